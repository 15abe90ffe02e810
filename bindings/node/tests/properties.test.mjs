// Properties over generated values, with node:crypto as the oracle.
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import test from 'node:test';
import { CallbackProfileError, Cipher, Profile } from 'callback-profile';
import { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal } from 'callback-profile/hazmat';
import { IV, KEY, require } from './support.mjs';

const fc = require('fast-check');

const ALGORITHMS = ['AES-128-GCM', 'AES-192-GCM', 'AES-256-GCM', 'AES-128-CFB', 'AES-192-CFB', 'AES-256-CFB'];
const letters = (length) => fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189'), minLength: length, maxLength: length });
const secret = fc.constantFrom(...ALGORITHMS).chain((algorithm) => fc.tuple(fc.constant(algorithm), letters(Number(algorithm.slice(4, 7)) / 8), letters(16)));
const text = fc.string({ unit: 'binary', maxLength: 300 });

function byNode(algorithm, key, iv, plaintext, aad) {
  const cipher = createCipheriv(algorithm.toLowerCase(), key, iv);
  if (aad) cipher.setAAD(aad);
  const parts = [cipher.update(plaintext), cipher.final()];
  return Buffer.concat(algorithm.endsWith('GCM') ? [...parts, cipher.getAuthTag()] : parts);
}

test('values are encrypted as node:crypto does, and decrypt to themselves', () => {
  fc.assert(fc.property(secret, text, fc.constantFrom('base64', 'base64url', 'hex'), ([algorithm, key, iv], value, encoding) => {
    const cipher = new Cipher(algorithm, key, iv, { encoding });
    const sealed = cipher.encrypt(value);
    assert.equal(sealed, byNode(algorithm, key, iv, value).toString(encoding));
    assert.equal(cipher.decryptText(sealed), value);
    assert.deepEqual(cipher.decrypt(Buffer.from(sealed)), Buffer.from(value));
  }), { numRuns: 500 });
});

test('hazmat is node:crypto with any IV and associated data', () => {
  const bytes = (minLength, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
  fc.assert(fc.property(fc.constantFrom(16, 24, 32).chain((length) => bytes(length)), bytes(1, 64), bytes(16), bytes(0, 40), bytes(0, 300), (key, iv, block, aad, value) => {
    const bits = key.length * 8;
    const sealed = gcmSeal(key, iv, aad, value);
    assert.deepEqual(sealed, byNode(`AES-${bits}-GCM`, key, iv, value, aad));
    assert.deepEqual(gcmOpen(key, iv, aad, sealed), Buffer.from(value));
    assert.deepEqual(cfbEncrypt(key, block, value), byNode(`AES-${bits}-CFB`, key, block, value));
    assert.deepEqual(cfbDecrypt(key, block, cfbEncrypt(key, block, value)), Buffer.from(value));
  }), { numRuns: 300 });
  assert.throws(() => gcmSeal(Buffer.alloc(15), Buffer.alloc(12), Buffer.alloc(0), Buffer.alloc(0)), { code: 'invalid_key' });
  assert.throws(() => cfbEncrypt(Buffer.alloc(16), Buffer.alloc(12), Buffer.alloc(0)), { code: 'invalid_iv' });
  assert.throws(() => gcmOpen(Buffer.alloc(16), Buffer.alloc(12), Buffer.alloc(0), Buffer.alloc(20)), { code: 'auth_failed' });
});

test('what a callback carries is what open gives', () => {
  const records = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(text, fc.integer(), fc.boolean()), { noNullPrototype: true });
  const types = ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'];
  fc.assert(fc.property(secret, records, fc.constantFrom(...types), ([algo, key, IV], record, type) => {
    const profile = Profile.parse({
      title: 'property', http_method: 'POST', url: 'https://example.com/', headers: { 'content-type': type },
      body: { a: 'x<a>', b: 'x<b>', c: 'x<c>' }, enc: { algo, key, IV },
    });
    const { body, headers } = profile.callback(record);
    const expected = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, `x${record[name] ?? ''}`]));
    assert.deepEqual(profile.open(body, { contentType: headers['content-type'] }), expected);
  }), { numRuns: 300 });
});

test('hostile input gives only errors with a code', () => {
  const profile = Profile.parse({
    title: 'property', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>' }, enc: { algo: 'AES-128-GCM', key: KEY, IV },
  });
  const input = fc.oneof(text, fc.uint8Array({ maxLength: 200 }), fc.json(), fc.object({ withNullPrototype: true }));
  fc.assert(fc.property(input, (value) => {
    for (const call of [() => Profile.parse(value), () => profile.callback(value), () => profile.message(value), () => profile.open(value), () => profile.patch(value)]) {
      try {
        call();
      } catch (error) {
        // What is no JSON is a TypeError.
        if (!(error instanceof TypeError)) assert.ok(error instanceof CallbackProfileError && error.code !== 'internal', String(error));
      }
    }
  }), { numRuns: 1000 });
});
