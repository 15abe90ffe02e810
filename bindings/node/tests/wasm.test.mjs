// WebAssembly alone: what ends an instance, and what does not; what is left in its memory; the exports.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as fallback from 'callback-profile';
import * as named from 'callback-profile/wasm';
import * as hazmat from 'callback-profile/wasm/hazmat';
import { IV, KEY, PACKAGE, PAYLOAD, RECORD, numbers, require } from './support.mjs';

const { addonOf } = require(join(PACKAGE, 'lib/wasm/addon.cjs'));
const { Instance } = require(join(PACKAGE, 'lib/wasm/instance.cjs'));
const bytes = readFileSync(join(PACKAGE, 'wasm/built/callback_profile.wasm'));
const module = new WebAssembly.Module(bytes);
const text = JSON.stringify(PAYLOAD);

test('it is what runs, with the same names wherever it is imported from', () => {
  assert.equal(fallback.backend, 'wasm');
  assert.equal(named.backend, 'wasm');
  assert.deepEqual(Object.keys(named).sort(), Object.keys(fallback).sort());
  assert.equal(require('callback-profile/wasm').Profile, named.Profile);
  assert.equal(hazmat.gcmSeal.length, 4);
  assert.equal(named.Profile.parse(PAYLOAD).open(fallback.Profile.parse(PAYLOAD).callback(RECORD).body).to, RECORD.recipient);
});

test('it imports nothing, and exports what the addon calls', () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name).filter((name) => !/^__|^memory$/.test(name));
  const source = ['addon', 'handles', 'instance'].map((name) => readFileSync(join(PACKAGE, `lib/wasm/${name}.cjs`), 'utf8')).join('');
  const called = [...source.matchAll(/(?:call|make)\('(\w+)'|exports\??\.(\w+)\(/g)].map(([, name, other]) => name ?? other);
  assert.deepEqual([...new Set(called)].sort(), exported.sort());
  assert.ok(exported.length > 50, `only ${exported.length}`);
});

/** What `work` makes, and the memories of the instances that were made meanwhile. */
function spied(work) {
  const memories = [];
  const { Instance: Original } = WebAssembly;
  WebAssembly.Instance = function Spied(of) {
    const instance = new Original(of);
    memories.push(instance.exports.memory);
    return instance;
  };
  try {
    return [work(), memories];
  } finally {
    WebAssembly.Instance = Original;
  }
}

test('memory that is used up ends one instance: its objects say so, new ones are made in another, other instances live on', () => {
  const other = addonOf(module);
  const kept = other.parseProfile(text);
  const { body } = other.callback(kept.forCallbacks(), JSON.stringify(RECORD));
  const [addon, [memory]] = spied(() => addonOf(module));
  const profile = addon.parseProfile(text);
  const [stored, cipher] = [addon.parseStored(addon.envelopeCreated(profile, 'p1', 'shown')), addon.newCipher('AES-128-GCM', KEY, IV)];
  assert.equal(JSON.parse(profile.open(body)).to, RECORD.recipient);
  assert.match(addon.envelopeListed([stored]), /p1/);
  memory.grow(65536 - memory.buffer.byteLength / 65536);
  let outcome;
  const profiles = [];
  do {
    outcome = addon.parseProfile(text);
    profiles.push(outcome);
  } while (outcome.failure === undefined && profiles.length < 10000);
  assert.deepEqual([outcome.failure.class, outcome.failure.code], ['InternalError', 'internal']);
  assert.match(outcome.failure.message, /no memory was left; objects that were made before have to be made again$/);
  for (const { failure } of [profile.open(body), profile.describe(), cipher.encrypt('a'), addon.envelopeListed([stored]), addon.diagnose(profile, ['a'], undefined, [], {})]) {
    assert.deepEqual([failure.class, failure.code], ['InternalError', 'internal']);
    assert.match(failure.message, /has to be made again$/);
  }
  const again = addon.parseProfile(text);
  assert.equal(JSON.parse(again.open(body)).to, RECORD.recipient);
  assert.equal(JSON.parse(kept.open(body)).to, RECORD.recipient);
  // Of two instances, an object of the one is none of the other.
  const foreign = other.newVerifier([fallback.keygenSigning()]);
  const verifier = addon.newVerifier([fallback.keygenSigning()]);
  const receive = (by) => again.receive(by, { headers: [], target: '', body }, { now: 0, tolerance: 0 }, {}).failure;
  assert.equal(receive(foreign).code, 'internal');
  assert.equal(addon.diagnose(again, ['a'], undefined, [profile], {}).failure.code, 'internal');
  assert.equal(addon.newKeyRing(true, 'a', false, false).add('a', profile).failure.code, 'internal');
  assert.equal(receive(verifier).class, 'SignatureError');
});

test('an input that no memory holds is refused before it is written, and the instance goes on', () => {
  const [addon, [memory]] = spied(() => addonOf(module));
  const profile = addon.parseProfile(text);
  const { body } = addon.callback(profile.forCallbacks(), JSON.stringify(RECORD));
  memory.grow(65536 - memory.buffer.byteLength / 65536);
  assert.match(profile.open(new Uint8Array(4 * 1024 * 1024)).failure.message, /no memory is left for this call/);
  assert.equal(JSON.parse(profile.open(body)).to, RECORD.recipient);
});

test('frames and handles that make no sense are failures, never traps', () => {
  const { exports } = new WebAssembly.Instance(module);
  const names = Object.keys(exports).filter((name) => typeof exports[name] === 'function' && !['input', 'output', 'finish', 'free'].includes(name));
  const { below, pick, chance } = numbers(19);
  const frames = 20000;
  let failed = 0;
  for (let round = 0; round < frames; round += 1) {
    const length = below(80);
    const at = exports.input(length) >>> 0;
    const room = new DataView(exports.memory.buffer, at, length);
    for (let byte = 0; byte < length; byte += 1) room.setUint8(byte, below(256));
    // Mostly a small number of texts, so that some are read.
    if (length >= 4 && chance(0.9)) room.setUint32(0, below(6), true);
    for (let word = 4; word + 4 <= length && word < 28; word += 4) if (chance(0.9)) room.setUint32(word, chance(0.4) ? 0 : below(20), true);
    const result = exports[pick(names)](below(3) - 1, pick([0, 1, 2 ** 31, -1]));
    if (result < 0) failed += 1;
    exports.finish();
    if (chance(0.01)) exports.free(below(8));
  }
  assert.ok(failed > frames / 2 && failed < frames, `${failed} of ${frames} failed`);
  const instance = new Instance(module);
  for (const id of [0, 1, 2 ** 32 - 1]) assert.equal(instance.call('profile_describe', [{ instance, id }], '', [], () => 0).failure.code, 'internal');
  assert.equal(instance.call('new_cipher', [], '{', [], () => 0).failure.code, 'invalid_argument');
});

/** How often the needle is in the memory of an instance. */
function occurrences(memory, needle) {
  const all = Buffer.from(memory.buffer);
  let found = 0;
  for (let at = all.indexOf(needle); at >= 0; at = all.indexOf(needle, at + 1)) found += 1;
  return found;
}

test('what went through the memory of an instance is wiped', () => {
  const [addon, [memory]] = spied(() => addonOf(module));
  const [plain, key, iv] = ['PLAINTEXT-OF-A-TEST', 'q8Zr2LmV0xTb6Nca', 'POabcdefghijklLa'];
  const none = (...texts) => texts.forEach((secret) => assert.equal(occurrences(memory, secret), 0, secret));
  const made = addon.newCipher('AES-128-GCM', key, iv);
  none(key, iv);
  assert.equal(made.decryptText(made.encrypt(plain)), plain);
  none(plain, key, iv);
  const profile = addon.parseProfile(JSON.stringify({ ...PAYLOAD, enc: { algo: 'AES-128-GCM', key, IV: iv, params: ['to'] } }));
  const { body } = addon.callback(profile.forCallbacks(), JSON.stringify({ ...RECORD, recipient: plain }));
  none(plain);
  assert.match(profile.open(body), new RegExp(plain));
  none(plain);
  assert.match(profile.toJson('shown'), new RegExp(key));
  // A profile keeps the text that it was made of, which a patch is applied to: that is the one that is left.
  assert.deepEqual([occurrences(memory, key), occurrences(memory, iv)], [1, 1]);
});

test('batches let the event loop turn between their pieces', async () => {
  const profile = fallback.Profile.parse(PAYLOAD);
  const { body } = profile.callback(RECORD);
  let turns = 0;
  const timer = setInterval(() => { turns += 1; }, 0);
  const opened = await profile.openManyAsync(Array(64 * 50).fill(body));
  clearInterval(timer);
  assert.equal(opened.length, 64 * 50);
  assert.ok(turns > 5, `only ${turns} turns`);
});
