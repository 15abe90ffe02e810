// Published test vectors and our own, as `make vectors` writes them; scripts/vectors/fetch.py describes the fields.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { CallbackProfileError, Cipher, Profile, ProfileError } from 'callback-profile';
import { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal } from 'callback-profile/hazmat';
import { ROOT, SURFACE } from './support.mjs';

/** A field's bytes. `Buffer.from` stops at the first digit that is none, so the length is checked. */
function bytes(hex) {
  const decoded = Buffer.from(hex, 'hex');
  assert.equal(decoded.length * 2, hex.length, 'no hexadecimal');
  return decoded;
}

/** The reason after `refused:`. */
const refusal = ({ expected }) => (expected.startsWith('refused:') ? expected.slice('refused:'.length) : undefined);

/** Runs every row of a suite, prints the count and fails with all differences. */
function run(suite, total, toRefuse, operation, check) {
  test(suite, () => {
    const path = join(ROOT, `build/vectors/${suite}.tsv`);
    assert.ok(existsSync(path), `${path} is not there; \`make vectors\` gets the test vectors`);
    let [ran, refused] = [0, 0];
    const failed = [];
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      const [found, expected, name, ...fields] = line.split('\t');
      const row = { expected, fields };
      ran += 1;
      if (refusal(row) !== undefined) refused += 1;
      try {
        assert.equal(found, operation);
        check(row);
      } catch (error) {
        failed.push(`${name}: ${error.message}`);
      }
    }
    console.log(`count ${suite} ${SURFACE} ran=${ran} refused=${refused} failed=${failed.length}`);
    assert.equal(failed.length, 0, `${failed.length} of ${ran} failed:\n${failed.join('\n')}`);
    assert.deepEqual([ran, refused], [total, toRefuse]);
  });
}

/** Much faster than assert.deepEqual, which matters for fifty thousand cases. */
const same = (found, expected) => assert.ok(found.equals(expected), `${found.toString('hex')} is not ${expected.toString('hex')}`);

function failsWith(code, call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof CallbackProfileError, String(error));
    assert.equal(error.code, code);
    return;
  }
  assert.fail(`no error, but ${code} is expected`);
}

/** An opened text, or the error that is expected; a shorter tag and an empty IV are refused by rules of ours. */
function gcm(row) {
  const [key, iv, associated, ciphertext, tag, plaintext] = row.fields.map(bytes);
  const sealed = Buffer.concat([ciphertext, tag]);
  if (row.expected === 'ok') {
    same(gcmSeal(key, iv, associated, plaintext), sealed);
    same(gcmOpen(key, iv, associated, sealed), plaintext);
  } else {
    failsWith(refusal(row) ?? 'auth_failed', () => gcmOpen(key, iv, associated, sealed));
  }
}

function cfb({ fields }) {
  const [key, iv, plaintext, ciphertext] = fields.map(bytes);
  same(cfbEncrypt(key, iv, plaintext), ciphertext);
  same(cfbDecrypt(key, iv, ciphertext), plaintext);
}

/** A thousand blocks, each made of the output of two steps before (NIST AESAVS, 6.4.4). */
function monteCarlo({ fields: [direction, ...fields] }) {
  const encrypts = direction === 'encrypt';
  const step = encrypts ? cfbEncrypt : cfbDecrypt;
  let [key, iv, input, last] = fields.map(bytes);
  let before = iv;
  let output;
  for (let round = 0; round < 1000; round += 1) {
    output = step(key, iv, input);
    iv = encrypts ? output : input;
    [input, before] = [before, output];
  }
  same(output, last);
}

/** The violations of a payload; undefined if it is accepted. */
function violations(payload) {
  try {
    Profile.parse(payload);
  } catch (error) {
    assert.ok(error instanceof ProfileError, String(error));
    return error.violations;
  }
  return undefined;
}

/** A payload that is JSON may be refused, but not with the keyword `json`. */
function json({ expected, fields: [text] }) {
  assert.equal(violations(bytes(text))[0].keyword !== 'json', expected === 'ok');
}

/** A URL that is accepted is sent to the scheme, host and port that WHATWG reads; a refusal of a valid one has the listed reason. */
function url(row) {
  const [payload, scheme, host, port] = row.fields;
  const found = violations(bytes(payload));
  if (found) {
    assert.notEqual(row.expected, 'ok', found[0].message);
    assert.deepEqual(found.map(({ pointer }) => pointer), ['/url']);
    assert.equal(found[0].message, refusal(row) ?? found[0].message);
    return;
  }
  assert.equal(row.expected, 'ok', 'accepted');
  const sent = new URL(Profile.parse(bytes(payload)).callback({}).url);
  assert.deepEqual([sent.protocol, sent.hostname, sent.port], [`${scheme}:`, host, port]);
}

/** One value. The name of CFB8 is refused, and what it encrypted does not decrypt as CFB. */
function value(row) {
  const [algorithm, key, iv, tag, text] = row.fields;
  const plaintext = bytes(row.fields[5]).toString();
  if (refusal(row) === 'unknown_algorithm') {
    failsWith('unknown_algorithm', () => new Cipher(algorithm, key, iv));
    assert.ok(!new Cipher(algorithm.slice(0, -1), key, iv).decrypt(text).equals(bytes(row.fields[5])));
    return;
  }
  const cipher = new Cipher(algorithm, key, iv, { tag });
  if (row.expected !== 'ok') {
    failsWith('auth_failed', () => cipher.decrypt(text));
    return;
  }
  assert.equal(cipher.decryptText(text), plaintext);
  assert.equal(cipher.encrypt(plaintext), text);
}

function callback({ fields }) {
  const [payload, record, boundary, method, address, headers, body, opened, structures] = fields;
  const profile = Profile.parse(bytes(payload));
  const made = profile.callback(bytes(record).toString(), boundary ? { boundary } : {});
  assert.deepEqual([made.method, made.url], [method, address]);
  assert.equal(Object.entries(made.headers).map(([name, text]) => `${name}: ${text}\n`).join(''), bytes(headers).toString());
  assert.equal(made.body ?? null, body === 'none' ? null : bytes(body).toString());
  const received = made.body ?? made.url;
  const names = structures.split(',').filter((name) => name !== '');
  assert.equal(profile.openJson(received, { structures: names }), bytes(opened).toString());
  if (names.length > 0) failsWith('not_encrypted', () => profile.openJson(received));
}

run('wycheproof-gcm', 316, 6, 'gcm', gcm);
run('wycheproof-gmac', 414, 0, 'gcm', gcm);
run('cavp-gcm', 47_250, 40_500, 'gcm', gcm);
run('cavp-cfb', 2_138, 0, 'cfb', cfb);
run('cavp-cfb-mct', 600, 0, 'mct', monteCarlo);
run('json-suite', 318, 32, 'json', json);
run('wpt-url', 819, 77, 'url', url);
run('own-gcm16', 2_250, 192, 'value', value);
run('own-cfb', 1_086, 312, 'value', value);
run('own-callback', 120, 0, 'callback', callback);
