// What only WebAssembly has: an instance that is lost to a trap, and an interface of addresses.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Cipher, KeyRing, Profile, Signer, StoredProfile, Verifier } from 'callback-profile';
import { PACKAGE, PAYLOAD, RECORD, ROOT, require } from './support.mjs';

const { call, use } = require(join(PACKAGE, 'lib/wasm/instance.cjs'));
const module = new WebAssembly.Module(readFileSync(join(PACKAGE, 'wasm/callback_profile.wasm')));
// The same with a call that panics.
use(new WebAssembly.Module(readFileSync(join(ROOT, 'build/wasm/callback_profile.test.wasm'))));

test('the module needs nothing, and exports memory and three functions', () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name).filter((name) => !name.startsWith('__'));
  assert.deepEqual(names.sort(), ['alloc', 'call', 'memory', 'release']);
});

test('a trap costs its call alone: what was made before goes on in a new instance', () => {
  const profile = Profile.parse(PAYLOAD);
  const patched = profile.patch({ title: 'Another one' });
  const ring = KeyRing.byHeader('x-key');
  const [first, second] = ['a', 'b'].map((id) => profile.patch({ headers: { 'x-key': id } }));
  ring.add('a', first);
  ring.add('b', second);
  ring.remove('b');
  const stored = StoredProfile.parse(JSON.stringify({ ...PAYLOAD, profile_id: '0123456789abcdef0123456789abcdef' }));
  const cipher = new Cipher('AES-128-GCM', 'K1abcdefghijkl2P', 'POabcdefghijklLY');
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const [signer, verifier] = [new Signer([secret]), new Verifier([secret])];
  const { body } = profile.callback(RECORD);
  const before = [profile.open(body), patched.title, cipher.encrypt('x'), stored.profile.open(body), ring.ids];
  for (let times = 0; times < 3; times += 1) {
    assert.throws(() => call('testPanic'), WebAssembly.RuntimeError);
    assert.deepEqual([profile.open(body), patched.title, cipher.encrypt('x'), stored.profile.open(body), ring.ids], before);
    assert.equal(patched.open(body).to, RECORD.recipient);
    assert.equal(ring.open({ 'x-key': 'a' }, body).values.to, RECORD.recipient);
    const headers = signer.sign(body, { id: 'msg_1', timestamp: 7 });
    assert.equal(verifier.verify(headers, body, { now: 7 }).id, 'msg_1');
  }
});

test('addresses that were not given, wrong lengths and broken requests are refused, not followed', () => {
  const { alloc, call: raw, release, memory } = new WebAssembly.Instance(module).exports;
  const address = alloc(8);
  for (const [at, length] of [[0, 8], [address, 9], [address + 4, 4], [0xffffffff, 8]]) assert.equal(raw(at, length), 0);
  assert.equal(release(address), 1);
  assert.equal(release(address), 0);
  assert.equal(raw(address, 8), 0);
  let ran = 0;
  const texts = ['', '[', '{}', '[]', '[1]', '["no such call"]', '["profile.open",0,[0,1]]', '["profile.open",99999,[0,1]]', '["parseProfile",[0,99]]',
    '["parseProfile",[5,1]]', '["parseProfile",[-1,1]]', '["parseProfile","x"]', '["newCipher",1,2,3]', '["keygen","AES-128-GCM",[0,0]]', '["forget",7]'];
  for (const text of texts) {
    for (const claimed of [text.length, text.length + 1, 0xffffffff]) {
      const bytes = Buffer.concat([Buffer.from(Uint32Array.of(claimed).buffer), Buffer.from(text)]);
      const at = alloc(bytes.length);
      new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
      const reply = raw(at, bytes.length);
      assert.notEqual(reply, 0);
      assert.ok('fut'.includes(String.fromCharCode(new DataView(memory.buffer).getUint8(reply + 4))), text);
      assert.equal(release(reply), 1);
      ran += 1;
    }
  }
  assert.equal(ran, texts.length * 3);
});

test('memory does not grow with the number of calls', () => {
  const profile = Profile.parse(PAYLOAD);
  const { body } = profile.callback(RECORD);
  const size = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  for (let times = 0; times < 2_000; times += 1) profile.open(body);
  const before = size();
  for (let times = 0; times < 20_000; times += 1) profile.open(body);
  assert.ok(size() < before + 16 * 1024 * 1024, `${before} ${size()}`);
});
