// Memory does not grow: every kind of object and error, many times over, in a process of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { require } from './support.mjs';

/** All rounds, and those in which the allocators reach their size, which do not count. */
const [ROUNDS, WARM_UP] = [40, 12];

const program = `
const { Cipher, Envelope, KeyRing, Profile, Signer, StoredProfile, Verifier, keygenSealed, keygenSigning } = require(process.argv[1]);
const payload = { title: 'leak', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>', big: 'x'.repeat(4000) },
  enc: { algo: 'AES-128-GCM', key: 'q8Zr2LmV0xTb6NcY', IV: 'POabcdefghijklLY' } };
const shared = Profile.parse(payload);
const bytes = Buffer.from(shared.callback({ a: 'b' }).body);
async function round() {
  for (let at = 0; at < 300; at += 1) {
    const profile = Profile.parse(payload);
    profile.open(profile.callback({ a: 'b'.repeat(1000) }).body);
    profile.open(bytes);
    profile.patch({ title: 'other' }).message({});
    StoredProfile.parse(String(Envelope.created(profile, { secrets: 'shown' }))).profile.advisories;
    new Cipher('AES-256-CFB', payload.enc.key.repeat(2), payload.enc.IV).decrypt(new Cipher('AES-256-CFB', payload.enc.key.repeat(2), payload.enc.IV).encrypt(bytes));
    for (const bad of ['{}', '{', '{"big":"A"}']) {
      try { Profile.parse(bad); } catch {}
      try { shared.open(bad); } catch {}
    }
  }
  for (let at = 0; at < 100; at += 1) {
    const secret = keygenSigning();
    const sealed = Profile.parse({ ...payload, enc: keygenSealed('k') });
    const callback = sealed.callback({ a: 'b' });
    const headers = new Signer([secret, secret]).signCallback(callback);
    const ring = KeyRing.byHeader('x');
    ring.add('k', sealed);
    const options = { verifier: new Verifier(secret), expected: { tolerance: 300, method: 'POST', url: payload.url, profileId: null } };
    ring.receive(headers, callback.body, options);
    ring.remove('k').receive(headers, callback.body, options);
    try { ring.receive(headers, bytes, options); } catch {}
    try { new Signer('whsec_'); } catch {}
  }
  for (let at = 0; at < 5; at += 1) shared.diagnose([JSON.parse(bytes).a], { also: shared, expect: 'x' });
  await Promise.all([shared.callbackBodiesAsync(Array(100).fill({ a: 'b' })), shared.openJsonManyAsync(Array(100).fill(bytes))]);
  await Promise.all([shared.callbacksAsync(Array(100).fill({ a: 'b' })), shared.openManyAsync(Array(100).fill(bytes)),
    shared.openManyAsync([bytes, '{']), shared.callbacksAsync([{}], { signal: AbortSignal.abort() }).catch(() => {})]);
}
// Finalizers run after a turn of the event loop; a collection alone frees nothing native.
const settle = async () => { for (let at = 0; at < 4; at += 1) { global.gc(); await new Promise(setImmediate); } };
(async () => {
  const used = [];
  for (let at = 0; at < ${ROUNDS}; at += 1) {
    await round();
    await settle();
    used.push(process.memoryUsage().rss / 1048576);
  }
  console.log(JSON.stringify(used));
})();`;

/** The median of the slopes between all pairs of rounds (Theil and Sen): a step or a peak does not change it much. */
function slope(used) {
  const slopes = used.flatMap((from, at) => used.slice(at + 1).map((to, after) => (to - from) / (after + 1)));
  return slopes.sort((a, b) => a - b)[Math.floor(slopes.length / 2)];
}

test('memory does not grow', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', '--eval', program, require.resolve('callback-profile')], { encoding: 'utf8' });
  const used = JSON.parse(output);
  const growth = slope(used.slice(WARM_UP));
  console.log(`leak: ${used.map((each) => each.toFixed(0)).join(' ')} MiB; growth ${growth.toFixed(2)} MiB a round`);
  // One profile of 10 kB kept per iteration would be 3 MiB a round.
  assert.equal(used.length, ROUNDS);
  assert.ok(growth < 1, `${growth} MiB a round`);
});

test('a slope is that of most rounds, whatever single steps do', () => {
  const rounds = Array.from({ length: ROUNDS - WARM_UP }, (_, at) => at);
  assert.equal(slope(rounds.map(() => 80)), 0);
  assert.equal(slope(rounds.map((at) => 80 + (at > 13 ? 20 : 0) + (at % 9 === 0 ? 15 : 0))) < 1, true, 'a step and peaks under load');
  assert.equal(slope(rounds.map((at) => 80 + 3 * at)), 3);
  assert.ok(slope(rounds.map((at) => 80 + 3 * at + (at % 3) * 10)) > 2, 'a leak under load');
});
