'use strict';
// The classes Signer and Verifier.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { run } = require('./call.cjs');
const { newId } = require('./ids.cjs');
const { wrongType } = require('./refusals.cjs');
const { now } = require('./system.cjs');
const { uncloneable } = require('./uncloneable.cjs');

/** How far the time of sending may be from now, in seconds, unless the caller says otherwise. */
const { defaultTolerance: TOLERANCE } = addon.optionNames();

/** The addon's handle of a verifier; a TypeError if the argument is something else. */
let verifierHandle;

/** The three headers of a signed message. */
const headersOf = ([id, timestamp, signature]) => ({
  'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature,
});

/** What signing looks at in a callback. */
function parts(callback) {
  if (typeof callback !== 'object' || callback === null) throw wrongType('callback', 'a callback', callback);
  const { url, headers, body = null, isSealed = false } = { __proto__: null, ...callback };
  if (typeof headers !== 'object' || headers === null) throw wrongType('callback.headers', 'an object', headers);
  if (typeof isSealed !== 'boolean') throw wrongType('callback.isSealed', 'a boolean', isSealed);
  return {
    url: check.string(url, 'callback.url'),
    headerNames: Object.keys(headers).map((name) => check.string(name, 'callback.headers names')),
    body: body === null ? undefined : check.string(body, 'callback.body'),
    isSealed,
  };
}

class Signer {
  uncloneable = uncloneable('Signer', 'make another one there');
  #handle;

  constructor(secrets) {
    this.#handle = run(addon, 'newSigner', check.strings(secrets, 'secrets'));
  }

  sign(body, options) {
    const { id, timestamp = now() } = check.options(options, 'sign');
    if (id === undefined) throw wrongType('options.id', 'a string', id);
    const signed = typeof body === 'string' ? check.string(body, 'body') : check.text(body, 'body');
    return headersOf(run(this.#handle, 'sign', signed, id, timestamp));
  }

  signCallback(callback, options) {
    const { id, timestamp = now(), uncovered = false } = check.options(options, 'signCallback');
    const signed = parts(callback);
    const own = Object.hasOwn(callback, 'id') ? callback.id ?? undefined : undefined;
    const chosen = id ?? (own === undefined ? newId() : check.string(own, 'callback.id'));
    return headersOf(run(this.#handle, 'signCallback', signed, chosen, timestamp, uncovered));
  }

  [inspect.custom]() {
    return 'Signer {}';
  }
}

class Verifier {
  uncloneable = uncloneable('Verifier', 'make another one there');
  #handle;

  constructor(secrets) {
    this.#handle = run(addon, 'newVerifier', check.strings(secrets, 'secrets'));
  }

  static {
    verifierHandle = (verifier, name) => {
      if (typeof verifier !== 'object' || verifier === null || !(#handle in verifier)) {
        throw wrongType(name, 'a Verifier', verifier);
      }
      return verifier.#handle;
    };
  }

  verify(headers, body, options) {
    const settings = check.options(options, 'verify');
    return { ...run(this.#handle, 'verify', check.headers(headers, 'headers'), check.rawBody(body, 'body'), time(settings)) };
  }

  [inspect.custom]() {
    return 'Verifier {}';
  }
}

/** Time and tolerance of a verification. */
const time = ({ now: at = now(), tolerance = TOLERANCE }) => ({ now: at, tolerance });

module.exports = { Signer, Verifier, time, verifierHandle };
