// Memory does not grow: every kind of object and error, many times over, in a process of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { require } from './support.mjs';

const program = `
const { Cipher, Envelope, Profile, StoredProfile } = require(process.argv[1]);
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
  await Promise.all([shared.callbacksAsync(Array(100).fill({ a: 'b' })), shared.openManyAsync(Array(100).fill(bytes)),
    shared.openManyAsync([bytes, '{']), shared.callbacksAsync([{}], { signal: AbortSignal.abort() }).catch(() => {})]);
}
// Finalizers run after a turn of the event loop; a collection alone frees nothing native.
const settle = async () => { for (let at = 0; at < 4; at += 1) { global.gc(); await new Promise(setImmediate); } };
(async () => {
  const used = [];
  for (let at = 0; at < 16; at += 1) {
    await round();
    await settle();
    used.push(process.memoryUsage().rss / 1048576);
  }
  console.log(JSON.stringify(used));
})();`;

test('memory does not grow', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', '--eval', program, require.resolve('callback-profile')], { encoding: 'utf8' });
  const used = JSON.parse(output);
  const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const growth = middle(used.slice(-4)) - middle(used.slice(4, 8));
  console.log(`leak: ${used.map((each) => each.toFixed(0)).join(' ')} MiB; growth ${growth.toFixed(1)} MiB over 8 rounds`);
  // One profile of 10 kB kept per iteration would be 24 MiB.
  assert.ok(growth < 16, `${growth} MiB`);
});
