'use strict';
// Raw keys, other IV lengths and associated data: for test vectors and interoperability, not for services.

const check = require('./lib/arguments.cjs');
const { run } = require('./lib/errors.cjs');

const native = require('./lib/native.cjs').load();

function gcmSeal(key, iv, associatedData, plaintext) {
  return run(native, 'gcmSeal', check.bytes(key, 'key'), check.bytes(iv, 'iv'),
    check.bytes(associatedData, 'associatedData'), check.bytes(plaintext, 'plaintext'));
}

function gcmOpen(key, iv, associatedData, sealed) {
  return run(native, 'gcmOpen', check.bytes(key, 'key'), check.bytes(iv, 'iv'),
    check.bytes(associatedData, 'associatedData'), check.bytes(sealed, 'sealed'));
}

function cfbEncrypt(key, iv, plaintext) {
  return run(native, 'cfbEncrypt', check.bytes(key, 'key'), check.bytes(iv, 'iv'), check.bytes(plaintext, 'plaintext'));
}

function cfbDecrypt(key, iv, ciphertext) {
  return run(native, 'cfbDecrypt', check.bytes(key, 'key'), check.bytes(iv, 'iv'), check.bytes(ciphertext, 'ciphertext'));
}

module.exports = { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal };
