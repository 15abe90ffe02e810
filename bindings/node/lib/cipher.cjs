'use strict';
// The class Cipher.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { run } = require('./call.cjs');
const { uncloneable } = require('./uncloneable.cjs');

const UNCLONEABLE = uncloneable('Cipher', 'make another one there');

class Cipher {
  uncloneable = UNCLONEABLE;
  #handle;
  #shown;

  constructor(algorithm, key, iv, options) {
    const settings = check.options(options, 'cipher');
    check.string(algorithm, 'algorithm');
    this.#handle = run(addon, 'newCipher', algorithm, check.string(key, 'key'), check.string(iv, 'iv'), settings);
    this.#shown = { algorithm, encoding: 'base64', tag: 'appended', reading: 'tolerant', ...settings };
  }

  get algorithm() {
    return this.#shown.algorithm;
  }

  encrypt(value) {
    if (typeof value === 'string') check.string(value, 'value');
    return run(this.#handle, 'encrypt', check.text(value, 'value'));
  }

  decrypt(text) {
    return run(this.#handle, 'decrypt', check.text(text, 'text'));
  }

  decryptText(text) {
    return run(this.#handle, 'decryptText', check.text(text, 'text'));
  }

  /** For JSON.stringify: algorithm and wire format; neither key nor IV. */
  toJSON() {
    return { ...this.#shown };
  }

  [inspect.custom](_depth, options, inspect) {
    return `Cipher ${inspect(this.toJSON(), options)}`;
  }
}

module.exports = { Cipher };
