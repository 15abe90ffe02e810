// The entry callback-profile/wasm: what the package gives, over WebAssembly, whatever the main entry runs.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as main from 'callback-profile';
import * as mainHazmat from 'callback-profile/hazmat';
import * as wasm from 'callback-profile/wasm';
import * as hazmat from 'callback-profile/wasm/hazmat';
import { KEY, IV, PAYLOAD, RECORD, require, thrown } from './support.mjs';

test('it has the names of the main entries, in ESM and CommonJS, and says what runs', () => {
  assert.equal(wasm.backend, 'wasm');
  assert.deepEqual(Object.keys(wasm), Object.keys(main));
  assert.deepEqual(Object.keys(hazmat), Object.keys(mainHazmat));
  const [cjs, cjsHazmat] = [require('callback-profile/wasm'), require('callback-profile/wasm/hazmat')];
  assert.deepEqual(Object.keys(cjs), Object.keys(require('callback-profile')));
  for (const [name, value] of Object.entries(cjs)) assert.equal(wasm[name], value);
  for (const [name, value] of Object.entries(cjsHazmat)) assert.equal(hazmat[name], value);
  assert.equal(wasm.version, main.version);
});

test('what the one makes the other reads, and what the one refuses the other does in the same words', () => {
  const [profile, other] = [wasm.Profile.parse(PAYLOAD), main.Profile.parse(PAYLOAD)];
  const callback = profile.callback(RECORD);
  assert.deepEqual(callback, other.callback(RECORD));
  assert.deepEqual(profile.open(callback.body), other.open(callback.body));
  const sealed = hazmat.gcmSeal(Buffer.from(KEY), Buffer.from(IV), Buffer.alloc(0), Buffer.from('x'));
  assert.deepEqual(mainHazmat.gcmOpen(Buffer.from(KEY), Buffer.from(IV), Buffer.alloc(0), sealed), Buffer.from('x'));
  const refusal = ({ Profile }) => {
    try {
      return Profile.parse({ ...PAYLOAD, title: '' });
    } catch (error) {
      return { ...error.toJSON(), envelope: JSON.parse(error.envelope.toJson()) };
    }
  };
  assert.ok(refusal(wasm).violations.length > 0);
  assert.deepEqual(refusal(wasm), refusal(main));
  const without = { title: 'sms', http_method: 'GET', url: 'https://example.com/?to=<to>' };
  const [refused, same] = [wasm, main].map(({ Profile }) => thrown(() => Profile.parse(without).callbackBodies([])));
  assert.deepEqual(refused.toJSON(), same.toJSON());
  // The classes are the entry's own: an error of the one is none of the other.
  assert.throws(() => wasm.Profile.parse('{'), (error) => error instanceof wasm.ProfileError && !(error instanceof main.ProfileError));
});

test('batches take turns with the event loop, and can be stopped', async () => {
  const profile = wasm.Profile.parse(PAYLOAD);
  const { body } = profile.callback(RECORD);
  const bodies = Array(64 * 50).fill(body);
  let turns = 0;
  let isRunning = true;
  const count = () => { if (isRunning) setImmediate(() => { turns += 1; count(); }); };
  count();
  const opened = await profile.openManyAsync(bodies);
  isRunning = false;
  assert.deepEqual(opened[bodies.length - 1], profile.open(body));
  assert.ok(turns >= 49, `only ${turns} turns`);
  assert.deepEqual(await profile.openJsonManyAsync([body, null]), [profile.openJson(body), null]);
  assert.deepEqual(await profile.callbackBodiesAsync([RECORD, null]), [body, null]);
  const controller = new AbortController();
  const stopped = profile.openManyAsync(bodies, { signal: controller.signal });
  setImmediate(() => controller.abort());
  await assert.rejects(stopped, { name: 'AbortError' });
});
