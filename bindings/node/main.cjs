'use strict';
// The public face: checks arguments, calls the native addon, gives plain objects back.

const { types } = require('node:util');
const check = require('./lib/arguments.cjs');
const {
  CallbackProfileError, DecryptionError, Envelope, ProfileError, ReplacerError, run, runAsync,
} = require('./lib/errors.cjs');
const { isPlain, members } = require('./lib/members.cjs');

const native = require('./lib/native.cjs').load();

/** Only this module can make a profile from a handle. */
const FROM_HANDLE = Symbol('handle');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** An object without a prototype, so that no name means anything but itself. */
function dictionary(pairs) {
  const object = Object.create(null);
  for (const [name, value] of pairs) object[name] = value;
  return object;
}

/** A handle's JavaScript side, made once and frozen as deep as it goes. */
function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function toCallback({ method, url, headers: flat, body = null, missing }) {
  const headers = Object.create(null);
  for (let at = 0; at < flat.length; at += 2) headers[flat[at]] = flat[at + 1];
  return { method, url, headers, body, missing };
}

class Message {
  constructor({ text, missing }) {
    this.text = text;
    this.missing = missing;
  }

  toString() {
    return this.text;
  }
}

class Profile {
  #handle;
  #description;
  #callbacks;
  #last;

  constructor(token, handle) {
    if (token !== FROM_HANDLE) throw new TypeError('Profile has no public constructor; use Profile.parse');
    this.#handle = handle;
  }

  static parse(payload, options) {
    const text = check.json(payload, 'payload');
    return new Profile(FROM_HANDLE, run(native, 'parseProfile', text, check.options(options, 'parse')));
  }

  static check(payload, options) {
    const text = check.json(payload, 'payload');
    run(native, 'checkProfile', text, check.options(options, 'parse'));
  }

  /** The native handle of a profile, for this module. */
  static handle(token, profile, name) {
    if (token !== FROM_HANDLE || typeof profile !== 'object' || profile === null || !(#handle in profile)) {
      throw check.wrong(name, 'a Profile', profile);
    }
    return profile.#handle;
  }

  get #parts() {
    this.#description ??= run(this.#handle, 'describe');
    return this.#description;
  }

  get title() {
    return this.#parts.title;
  }

  get method() {
    return this.#parts.method;
  }

  get url() {
    return this.#parts.url;
  }

  get body() {
    const { body } = this.#parts;
    return body === undefined ? null : JSON.parse(body);
  }

  get responseMessage() {
    return this.#parts.responseMessage ?? null;
  }

  get headers() {
    return dictionary(this.#parts.headers);
  }

  get channel() {
    return this.#parts.channel;
  }

  get events() {
    return this.#parts.events?.slice() ?? null;
  }

  get algorithm() {
    return this.#parts.algorithm ?? null;
  }

  get encryptedParams() {
    return this.#parts.params?.slice() ?? null;
  }

  get advisories() {
    return frozen(this.#parts.advisories);
  }

  get replacers() {
    return dictionary(this.#parts.replacers);
  }

  json(options) {
    return run(this.#handle, 'json', check.options(options, 'secrets')?.secrets);
  }

  patch(patch) {
    return new Profile(FROM_HANDLE, run(this.#handle, 'patch', check.json(patch, 'patch')));
  }

  message(record, options) {
    const text = check.json(record, 'record');
    return new Message(run(this.#handle, 'message', text, check.options(options, 'message')));
  }

  callback(record, options) {
    const text = isPlain(record) ? undefined : check.json(record, 'record');
    const settings = check.options(options, 'callback');
    this.#callbacks ??= run(this.#handle, 'forCallbacks');
    const made = text === undefined
      ? this.#callbackOf(members(record), settings)
      : run(native, 'callback', this.#callbacks, text, settings);
    if (typeof made !== 'string') {
      this.#last = { ...made, body: null, missing: made.missing.slice() };
      return toCallback(made);
    }
    const { method, url, headers, missing } = this.#last; // only the body is another
    return toCallback({ method, url, headers, body: made, missing: missing.slice() });
  }

  #callbackOf({ text, lengths, count }, settings) {
    return run(native, 'callbackOfMembers', this.#callbacks, text, lengths, count, settings);
  }

  callbacks(records, options) {
    const texts = check.list(records, 'records', check.json);
    return run(this.#handle, 'callbacks', texts, check.options(options, 'callback')).map(toCallback);
  }

  async callbacksAsync(records, options) {
    const texts = check.list(records, 'records', check.json);
    const { signal, ...settings } = check.options(options, 'callbacksAsync') ?? {};
    const start = (cancel) => this.#handle.callbacksAsync(texts, settings, cancel);
    return (await runAsync(native.Cancel, signal, start)).map(toCallback);
  }

  open(body, options) {
    return JSON.parse(this.openJson(body, options));
  }

  openJson(body, options) {
    const { contentType } = check.options(options, 'open') ?? {};
    const [text, type] = this.#received(body, 'body', contentType);
    return run(this.#handle, 'open', text, type);
  }

  openMany(bodies, options) {
    const { contentType } = check.options(options, 'open') ?? {};
    return run(this.#handle, 'openMany', ...this.#allReceived(bodies, contentType)).map((text) => JSON.parse(text));
  }

  async openManyAsync(bodies, options) {
    const { contentType, signal } = check.options(options, 'openManyAsync') ?? {};
    const [texts, type] = this.#allReceived(bodies, contentType);
    const start = (cancel) => this.#handle.openManyAsync(texts, type, cancel);
    return (await runAsync(native.Cancel, signal, start)).map((text) => JSON.parse(text));
  }

  /** What was received as text or bytes, and its content type: an object that a framework has parsed is JSON. */
  #received(body, name, contentType) {
    if (typeof body === 'string' || types.isUint8Array(body)) return [check.text(body, name), contentType];
    if (body instanceof URL || body instanceof URLSearchParams) return [String(body), contentType];
    const { method } = this.#parts;
    if (method === 'GET' || method === 'DELETE') {
      throw check.wrong(name, `the URL or query of a ${method} as a string, URL or URLSearchParams`, body);
    }
    return [check.json(body, name), contentType ?? 'application/json'];
  }

  #allReceived(bodies, contentType) {
    let type = contentType;
    let parsed = 0;
    const texts = check.list(bodies, 'bodies', (body, name) => {
      const [text, own] = this.#received(body, name, contentType);
      if (own !== contentType) {
        type = own;
        parsed += 1;
      }
      return text;
    });
    if (parsed !== 0 && parsed !== texts.length) {
      throw check.badValue('bodies must be all parsed objects or all as received, or options.contentType be given');
    }
    return [texts, type];
  }

  /** The payload with key and IV masked. */
  toJSON() {
    return JSON.parse(this.json());
  }

  [INSPECT](_depth, options, inspect) {
    const { title, method, channel, algorithm } = this;
    return `Profile ${inspect({ title, method, channel, algorithm }, options)}`;
  }
}

class StoredProfile {
  #handle;
  #profile;
  #description;

  constructor(token, handle) {
    if (token !== FROM_HANDLE) throw new TypeError('StoredProfile has no public constructor; use StoredProfile.parse');
    this.#handle = handle;
    this.#description = run(handle, 'describe');
  }

  static parse(stored, options) {
    const text = check.json(stored, 'stored');
    return new StoredProfile(FROM_HANDLE, run(native, 'parseStored', text, check.options(options, 'parse')));
  }

  /** The native handle of a stored profile, for this module. */
  static handle(token, stored, name) {
    if (token !== FROM_HANDLE || typeof stored !== 'object' || stored === null || !(#handle in stored)) {
      throw check.wrong(name, 'a StoredProfile', stored);
    }
    return stored.#handle;
  }

  get profile() {
    this.#profile ??= new Profile(FROM_HANDLE, run(this.#handle, 'profile'));
    return this.#profile;
  }

  get profileId() {
    return this.#description.profileId ?? null;
  }

  get status() {
    return this.#description.status ?? null;
  }

  get createdAt() {
    return this.#description.createdAt ?? null;
  }

  get modifiedAt() {
    return this.#description.modifiedAt ?? null;
  }

  get bodyType() {
    return this.#description.bodyType ?? null;
  }

  get dynamicVariables() {
    const { dynamicVariables } = this.#description;
    return dynamicVariables === undefined ? null : JSON.parse(dynamicVariables);
  }

  toJSON() {
    const { profileId, status, createdAt, modifiedAt, bodyType, dynamicVariables } = this;
    return { profileId, status, createdAt, modifiedAt, bodyType, dynamicVariables, profile: this.profile.toJSON() };
  }

  [INSPECT](_depth, options, inspect) {
    const { profileId, status, profile } = this;
    return `StoredProfile ${inspect({ profileId, status, profile }, options)}`;
  }
}

class Cipher {
  #handle;
  #shown;

  constructor(algorithm, key, iv, options) {
    const settings = check.options(options, 'cipher');
    check.string(algorithm, 'algorithm');
    this.#handle = run(native, 'newCipher', algorithm, check.string(key, 'key'), check.string(iv, 'iv'), settings);
    this.#shown = frozen({ algorithm, encoding: 'base64', tag: 'appended', reading: 'tolerant', ...settings });
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

  /** Algorithm and wire format; neither key nor IV. */
  toJSON() {
    return { ...this.#shown };
  }

  [INSPECT](_depth, options, inspect) {
    return `Cipher ${inspect(this.toJSON(), options)}`;
  }
}

const envelope = Object.freeze({
  created(profile, options) {
    const { profileId, secrets } = check.options(options, 'created') ?? {};
    const handle = Profile.handle(FROM_HANDLE, profile, 'profile');
    return new Envelope(run(native, 'envelopeCreated', handle, profileId, secrets));
  },
  updated(profile, options) {
    const { profileId, secrets } = check.options(options, 'created') ?? {};
    const handle = Profile.handle(FROM_HANDLE, profile, 'profile');
    return new Envelope(run(native, 'envelopeUpdated', handle, profileId, secrets));
  },
  fetched(stored, options) {
    const handle = StoredProfile.handle(FROM_HANDLE, stored, 'stored');
    return new Envelope(run(native, 'envelopeFetched', handle, check.options(options, 'secrets')?.secrets));
  },
  deleted(profileId) {
    return new Envelope(run(native, 'envelopeDeleted', check.string(profileId, 'profileId')));
  },
  refused(error) {
    if (!(error instanceof ProfileError)) throw check.wrong('error', 'a ProfileError', error);
    return error.envelope;
  },
  notFound(profileId) {
    return new Envelope(run(native, 'envelopeNotFound', check.string(profileId, 'profileId')));
  },
  parse(text) {
    return new Envelope(run(native, 'envelopeParse', check.json(text, 'envelope')));
  },
});

function checkRequest(request, options) {
  if (typeof request !== 'object' || request === null) throw check.wrong('request', 'an object', request);
  const sid = check.string(request.sid, 'request.sid');
  const headers = check.headers(request.headers, 'request.headers');
  const payload = check.json(request.payload, 'request.payload');
  const settings = check.options(options, 'parse');
  return new Profile(FROM_HANDLE, run(native, 'checkRequest', sid, headers, payload, settings));
}

function addressVerdict(address) {
  const verdict = run(native, 'addressVerdict', check.string(address, 'address'));
  if (verdict === null) throw check.badValue('address must be an IPv4 or IPv6 address');
  return verdict;
}

const schema = () => JSON.parse(run(native, 'schemaText'));
const catalogue = () => JSON.parse(run(native, 'catalogueText'));
const { version } = require('./package.json');

module.exports = {
  CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, ReplacerError, StoredProfile,
  addressVerdict, catalogue, checkRequest, envelope, schema, version,
};
