'use strict';
// The class Envelope, and the member `envelope` of a ProfileError.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { run } = require('./call.cjs');
const { DecryptionError, ProfileError, SignatureError, envelopeText } = require('./errors.cjs');
const { profileHandle } = require('./profile.cjs');
const { wrongType } = require('./refusals.cjs');
const { visible } = require('./visible.cjs');
const { storedHandle } = require('./stored.cjs');

/** Proves to the constructor that this file calls it. */
const PRIVATE = Symbol('private');

/** A response of the API. Its own members are those of the JSON, in the documented order. */
class Envelope {
  #text;

  constructor(token, text) {
    if (token !== PRIVATE) throw new TypeError('Envelope has no public constructor; use Envelope.created and its like');
    const { code, message, data, error, status } = { __proto__: null, ...JSON.parse(text) };
    Object.assign(this, { code, message, data, error, status });
    this.#text = text;
  }

  static created(profile, options) {
    return ofProfile('envelopeCreated', profile, options);
  }

  static updated(profile, options) {
    return ofProfile('envelopeUpdated', profile, options);
  }

  static fetched(stored, options) {
    const handle = storedHandle(stored, 'stored');
    return made('envelopeFetched', handle, check.options(options, 'secrets').secrets);
  }

  static listed(stored, options) {
    const handles = check.list(stored, 'stored', storedHandle);
    return made('envelopeListed', handles, check.options(options, 'secrets').secrets);
  }

  static deleted(profileId) {
    return made('envelopeDeleted', check.string(profileId, 'profileId'));
  }

  static refused(error) {
    if (!(error instanceof ProfileError)) throw wrongType('error', 'a ProfileError', error);
    return error.envelope;
  }

  static notFound(profileId) {
    return made('envelopeNotFound', check.string(profileId, 'profileId'));
  }

  static notOpened(error) {
    if (!(error instanceof DecryptionError || error instanceof SignatureError)) throw wrongType('error', 'a DecryptionError or SignatureError', error);
    return made('envelopeNotOpened', check.string(error.message, 'error.message'));
  }

  static parse(envelope) {
    return made('envelopeParse', check.json(envelope, 'envelope'));
  }

  toJson() {
    return this.#text;
  }

  toString() {
    return this.#text;
  }

  /** For logs, without the data: it may hold a key that the caller asked for. */
  [inspect.custom](_depth, options, inspect) {
    const { code, message, status } = this;
    return `Envelope ${inspect({ code: visible(`${code}`), message: visible(`${message}`), status }, options)}`;
  }
}

function made(method, ...args) {
  return new Envelope(PRIVATE, run(addon, method, ...args));
}

function ofProfile(method, profile, options) {
  const { profileId, secrets } = check.options(options, 'created');
  return made(method, profileHandle(profile, 'profile'), profileId, secrets);
}

// Here and not in errors.cjs: an envelope is made by calls, and calls throw errors, so the files would need each other.
Object.defineProperty(ProfileError.prototype, 'envelope', {
  get() {
    return new Envelope(PRIVATE, envelopeText(this));
  },
  configurable: true,
});

module.exports = { Envelope };
