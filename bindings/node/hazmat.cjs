'use strict';
// Raw keys, other IV lengths and associated data: for test vectors and interoperability, not for services.

const addon = require('./lib/addon.cjs');
const check = require('./lib/arguments.cjs');
const { run } = require('./lib/call.cjs');

function gcmSeal(key, iv, associatedData, plaintext) {
  return run(addon, 'gcmSeal', check.bytes(key, 'key'), check.bytes(iv, 'iv'),
    check.bytes(associatedData, 'associatedData'), check.bytes(plaintext, 'plaintext'));
}

function gcmOpen(key, iv, associatedData, sealed) {
  return run(addon, 'gcmOpen', check.bytes(key, 'key'), check.bytes(iv, 'iv'),
    check.bytes(associatedData, 'associatedData'), check.bytes(sealed, 'sealed'));
}

function cfbEncrypt(key, iv, plaintext) {
  return run(addon, 'cfbEncrypt', check.bytes(key, 'key'), check.bytes(iv, 'iv'), check.bytes(plaintext, 'plaintext'));
}

function cfbDecrypt(key, iv, ciphertext) {
  return run(addon, 'cfbDecrypt', check.bytes(key, 'key'), check.bytes(iv, 'iv'), check.bytes(ciphertext, 'ciphertext'));
}

module.exports = { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal };
