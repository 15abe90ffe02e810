// The thread pool: AbortSignal, the same results and codes as the synchronous calls; worker threads.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { Cipher, DecryptionError, Profile, ReplacerError, keygenSealed } from 'callback-profile';
import { gcmOpen, gcmSeal } from 'callback-profile/hazmat';
import { IV, KEY, PAYLOAD, RECORD, require } from './support.mjs';

const profile = Profile.parse(PAYLOAD);
const records = Array.from({ length: 500 }, (_, at) => ({ ...RECORD, recipient: `+91${at}` }));

test('the same results as the synchronous calls', async () => {
  const callbacks = await profile.callbacksAsync(records);
  assert.deepEqual(callbacks, profile.callbacks(records));
  const bodies = callbacks.map(({ body }) => body);
  assert.deepEqual(await profile.openManyAsync(bodies), profile.openMany(bodies));
  assert.deepEqual(await profile.openManyAsync(bodies.map((body) => JSON.parse(body))), profile.openMany(bodies));
  assert.deepEqual(await profile.callbacksAsync([]), []);
  const [kept] = await profile.callbacksAsync([{}], { missing: 'keep' });
  assert.deepEqual(kept, profile.callback({}, { missing: 'keep' }));
});

test('the same errors as the synchronous calls', async () => {
  const bad = ['{"to":"AAAA"}', '{"to":1}', '{', '[]', '{"to":"!"}', '{"to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}'];
  const codes = [];
  const good = profile.callback(RECORD).body;
  for (const body of bad) {
    const [opened, failed, last] = await profile.openManyAsync([good, body, good]);
    assert.deepEqual([opened, last], [profile.open(good), profile.open(good)]);
    const [, sync] = profile.openMany([good, body, good]);
    assert.ok(failed instanceof DecryptionError && failed.constructor === sync.constructor);
    assert.deepEqual({ ...failed, message: failed.message }, { ...sync, message: sync.message });
    codes.push(failed.code);
  }
  assert.deepEqual(codes, ['auth_failed', 'not_encrypted', 'invalid_json', 'not_an_object', 'invalid_encoding', 'auth_failed']);
  const [lacks, made] = await profile.callbacksAsync([{}, RECORD], { missing: 'error' });
  assert.ok(lacks instanceof ReplacerError);
  assert.deepEqual([lacks.code, lacks.missing], ['missing_value', ['status', 'recipient']]);
  assert.deepEqual(made, profile.callback(RECORD));
  await assert.rejects(profile.callbacksAsync(1), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(profile.callbacksAsync([{}], { signal: {} }), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(profile.openManyAsync('x'), { name: 'TypeError' });
});

test('an AbortSignal ends the wait with its reason', async () => {
  await assert.rejects(profile.callbacksAsync(records, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const reason = new Error('enough');
  await assert.rejects(profile.openManyAsync([], { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const many = Array(20_000).fill(RECORD);
  const running = profile.callbacksAsync(many, { signal: controller.signal });
  setImmediate(() => controller.abort(reason));
  await assert.rejects(running, reason);
  // An abort after the end changes nothing, and no listener is left.
  const late = new AbortController();
  const done = await profile.callbacksAsync(records, { signal: late.signal });
  late.abort();
  assert.equal(done.length, records.length);
  await assert.rejects(profile.callbacksAsync(many, { signal: AbortSignal.timeout(1) }), { name: 'TimeoutError' });
});

test('an error keeps its place across pieces, and an abort ends the work between two', async () => {
  const many = Array.from({ length: 1000 }, (_, at) => (at % 7 === 3 ? new Map() : at % 7 === 5 ? '{' : { ...RECORD, recipient: `+${at}` }));
  const made = await profile.callbacksAsync(many);
  assert.deepEqual(made.map((each) => each.code ?? each.body), profile.callbacks(many).map((each) => each.code ?? each.body));
  assert.equal(made.filter((each) => each instanceof Error).length, 286);
  const sealed = Profile.parse({ ...PAYLOAD, enc: keygenSealed('a') });
  const ids = (await sealed.callbacksAsync(many)).filter((each) => !(each instanceof Error)).map(({ id, body }) => {
    assert.equal(sealed.openDetails(body, { expected: { tolerance: 300, method: 'POST', url: PAYLOAD.url, profileId: null } }).sealed.id, id);
    return id;
  });
  assert.equal(new Set(ids).size, 714);
  const controller = new AbortController();
  const bodies = Array.from({ length: 1000 }, (_, at) => (at === 500 ? { toJSON: () => { setTimeout(() => controller.abort(), 1); return RECORD; } } : '{}'));
  await assert.rejects(profile.openManyAsync([...bodies, ...Array(200_000).fill('{}')], { signal: controller.signal }), { name: 'AbortError' });
});

test('a detached array is refused, not read as an empty one', () => {
  const detached = Buffer.from(new ArrayBuffer(8));
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  assert.throws(() => profile.open(detached), { code: 'invalid_argument', message: 'body must not be a detached Uint8Array' });
});

test('a SharedArrayBuffer is copied before it is read', async () => {
  const { body } = profile.callback(RECORD);
  const shared = new Uint8Array(new SharedArrayBuffer(body.length));
  shared.set(Buffer.from(body));
  assert.deepEqual(profile.open(shared), { status: 'DELIVERED', to: RECORD.recipient });
  assert.equal(new Cipher('AES-128-GCM', KEY, IV).encrypt(new Uint8Array(new SharedArrayBuffer(3))), new Cipher('AES-128-GCM', KEY, IV).encrypt('\0\0\0'));
  const raw = new Uint8Array(new SharedArrayBuffer(16));
  assert.equal(gcmOpen(raw, raw, raw, gcmSeal(raw, raw, raw, raw)).length, 16);

  // Another thread writes all the time: a call validates and uses the same copy, so it fails or succeeds as a whole.
  const writer = new Worker(`
    const { workerData: shared } = require('node:worker_threads');
    const view = new Uint8Array(shared);
    for (;;) { view.fill(0x41, 8, 40); view.fill(0x7a, 8, 40); }`, { eval: true, workerData: shared.buffer });
  await new Promise((resolve) => writer.once('online', resolve));
  let opened = 0;
  for (let at = 0; at < 3000; at += 1) {
    try {
      profile.open(shared);
      opened += 1;
    } catch (error) {
      assert.ok(['invalid_json', 'auth_failed', 'invalid_encoding', 'not_an_object', 'not_encrypted'].includes(error.code), String(error));
      assert.ok(error instanceof DecryptionError);
    }
  }
  assert.equal((await profile.openManyAsync([shared, shared])).length, 2);
  await writer.terminate();
  assert.ok(opened < 3000);
});

test('worker threads each load the library, and may end while work runs', async () => {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { Profile, ProfileError } = require(workerData.path);
    const profile = Profile.parse(workerData.payload);
    let refused = false;
    try { Profile.parse('{}'); } catch (error) { refused = error instanceof ProfileError; }
    profile.callbacksAsync(Array(50).fill(workerData.record)).then((callbacks) => {
      parentPort.postMessage({ refused, bodies: new Set(callbacks.map(({ body }) => body)) });
      if (workerData.leave) profile.callbacksAsync(Array(5000).fill(workerData.record));
    });`;
  const path = require.resolve('callback-profile');
  const { body } = profile.callback(RECORD);
  await Promise.all(Array.from({ length: 4 }, async (_, at) => {
    const worker = new Worker(code, { eval: true, workerData: { path, payload: PAYLOAD, record: RECORD, leave: at % 2 === 0 } });
    const { refused, bodies } = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    assert.ok(refused);
    assert.deepEqual([...bodies], [body]);
    await worker.terminate();
  }));
  assert.equal(profile.callback(RECORD).body, body);
});
