// Shared by the tests. They run in the checkout (by the package's own name) and beside the installed package, with the same
// imports.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { backend } from 'callback-profile';

/** The checkout: where `testdata`, `examples` and the README are. */
export const ROOT = process.env.CALLBACK_PROFILE_ROOT ?? join(dirname(fileURLToPath(import.meta.url)), '../../..');

export const require = createRequire(import.meta.url);

/** The folder of the package under test, and its addon: native, or WebAssembly in its place. */
export const PACKAGE = dirname(require.resolve('callback-profile'));
export const addon = require(join(PACKAGE, 'lib/addon.cjs'));

export const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** A shared file of cases. */
export const cases = (suite) => JSON.parse(read(`testdata/${suite}.json`));

/** What the counts are of. That nothing else runs in its place is checked here, before any test. */
export const SURFACE = process.env.CALLBACK_PROFILE_SURFACE ?? 'node';
assert.equal(backend, SURFACE === 'node' ? 'native' : 'wasm', 'the wrong core runs');

export const KEY = 'q8Zr2LmV0xTb6NcY';
export const IV = 'POabcdefghijklLY';
export const PAYLOAD = Object.freeze({
  title: 'Delivery status',
  http_method: 'POST',
  url: 'https://example.com/sms',
  body: { status: '<status>', to: '<recipient>' },
  response_message: 'Thank you, {"name": "first_name"}',
  headers: { 'x-token': 'HEADERSECRET' },
  enc: { algo: 'AES-128-GCM', key: KEY, IV, params: ['to'] },
});
export const RECORD = Object.freeze({ status: 'DELIVERED', recipient: '+919876543210', first_name: 'John' });

/** The results of a batch, if none of them is an error; else the first error is thrown. */
export function allOf(results) {
  for (const result of results) if (result instanceof Error) throw result;
  return results;
}

/** A small generator of the same numbers for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, pick: (list) => list[below(list.length)], chance: (share) => next() < share };
}

/** What a call throws, which it must. */
export const thrown = (call) => {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
};
