// The native addon alone: panics, and what its loader says where there is none.
import assert from 'node:assert/strict';
import test from 'node:test';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CallbackProfileError, Profile } from 'callback-profile';
import { PACKAGE, PAYLOAD, RECORD, addon, require, thrown } from './support.mjs';

const profile = Profile.parse(PAYLOAD);

test('a panic is an error, and the process lives on', async () => {
  assert.throws(() => addon.testPanic(), /panic|on purpose/i);
  const { failure } = await addon.testPanicAsync(new addon.Cancel());
  assert.deepEqual([failure.class, failure.code], ['InternalError', 'internal']);
  assert.equal(failure.message, 'a defect of the library; please report it');
  // The JavaScript side makes the same error of both, without the panic's own text; so it does where a batch cannot start.
  const { abortable, run } = require(join(PACKAGE, 'lib/call.cjs'));
  for (const error of [thrown(() => run(addon, 'testPanic')), await abortable(undefined, (pending) => pending(addon.testPanicAsync)).catch((each) => each),
    await abortable(undefined, (pending) => pending(addon.testPanic)).catch((each) => each)]) {
    assert.equal(error.constructor, CallbackProfileError);
    assert.deepEqual([error.code, error.message], ['internal', 'a defect of the library; please report it']);
  }
  assert.equal(profile.callback(RECORD).method, 'POST');
});

test('a panic reports its place and not its message', () => {
  const file = join(PACKAGE, 'lib/addon.cjs');
  const program = `const addon = require(${JSON.stringify(file)});
    const calls = [addon.testPanic, () => addon.testPanicAsync(new addon.Cancel())];
    (async () => { for (const call of calls) { try { await call(); } catch {} } })();`;
  const { stderr, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stderr, /^(callback-profile: a defect was stopped at testing\.rs:\d+\n){2}$/);
});

test('without an addon, its loader reports what is missing, and whether it was broken', () => {
  const { load } = require(join(PACKAGE, 'lib/native.cjs'));
  assert.throws(() => load('sunos-x64'), /no prebuilt addon for this machine.*linux-x64-gnu/s);
  assert.throws(() => load('constructor'), /no prebuilt addon for this machine/);
  // What nobody has built is not listed.
  assert.throws(() => load('darwin-arm64'), /no prebuilt addon for this machine\. Prebuilt: linux-x64-gnu, linux-x64-musl, linux-arm64-gnu, linux-arm64-musl\.$/m);
  const absent = () => ({ error: Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }) });
  assert.throws(() => load('linux-x64', absent), /callback-profile-linux-x64-gnu or callback-profile-linux-x64-musl.*bundled.*serverExternalPackages.*--omit=optional/s);
  assert.throws(() => load('linux-x64', () => ({ error: new Error('GLIBC_2.99 not found') })), /callback-profile-linux-x64-musl: GLIBC_2\.99 not found/);
  assert.throws(() => load('linux-arm64', () => ({ addon: { version: () => '0.0.1' } })), /callback-profile-linux-arm64-gnu has version 0\.0\.1/);
  const isBroken = (...given) => thrown(() => load(...given)).isBroken ?? false;
  assert.deepEqual([isBroken('sunos-x64'), isBroken('linux-x64', absent)], [false, false]);
  assert.ok(isBroken('linux-x64', () => ({ error: new Error('GLIBC_2.99 not found') })) && isBroken('linux-x64', () => ({ addon: { version: () => '0.0.1' } })));
});
