'use strict';
// The class Profile.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { results, run, runAsync } = require('./call.cjs');
const { isPlain, members } = require('./members.cjs');
const { allReceived, received } = require('./received.cjs');

/** Proves to the constructor that this file calls it. */
const PRIVATE = Symbol('private');

/** The addon's handle of a profile; a TypeError if the argument is something else. */
let profileHandle;

/** An object without a prototype, so that no name is inherited. */
function dictionary(pairs) {
  const object = Object.create(null);
  for (const [name, value] of pairs) object[name] = value;
  return object;
}

/** The value, frozen with all that it holds. */
function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** A callback with its headers as an object. */
function toCallback({ method, url, headers: flat, body = null, missing }) {
  const headers = Object.create(null);
  for (let at = 0; at < flat.length; at += 2) headers[flat[at]] = flat[at + 1];
  return { method, url, headers, body, missing };
}

/** A rendered message, which is a string where one is needed. */
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
  /** The last callback without its body: the addon returns the body alone where nothing else differs. */
  #last;

  constructor(token, handle) {
    if (token !== PRIVATE) throw new TypeError('Profile has no public constructor; use Profile.parse');
    this.#handle = handle;
  }

  static {
    profileHandle = (profile, name) => {
      if (typeof profile !== 'object' || profile === null || !(#handle in profile)) {
        throw check.wrongType(name, 'a Profile', profile);
      }
      return profile.#handle;
    };
  }

  static parse(payload, options) {
    const text = check.json(payload, 'payload');
    return profileOf(run(addon, 'parseProfile', text, check.options(options, 'parse')));
  }

  static check(payload, options) {
    const text = check.json(payload, 'payload');
    run(addon, 'checkProfile', text, check.options(options, 'parse'));
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
    return this.#parts.encryptedParams?.slice() ?? null;
  }

  get advisories() {
    return frozen(this.#parts.advisories);
  }

  get replacers() {
    return dictionary(this.#parts.replacers);
  }

  toJson(options) {
    return run(this.#handle, 'toJson', check.options(options, 'secrets')?.secrets);
  }

  patch(patch) {
    return profileOf(run(this.#handle, 'patch', check.json(patch, 'patch')));
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
      : run(addon, 'callback', this.#callbacks, text, settings);
    if (typeof made !== 'string') {
      this.#last = { ...made, body: null, missing: made.missing.slice() };
      return toCallback(made);
    }
    const { method, url, headers, missing } = this.#last;
    return toCallback({ method, url, headers, body: made, missing: missing.slice() });
  }

  #callbackOf({ text, lengths, count }, settings) {
    return run(addon, 'callbackOfMembers', this.#callbacks, text, lengths, count, settings);
  }

  callbacks(records, options) {
    const texts = check.list(records, 'records', check.json);
    return results(run(this.#handle, 'callbacks', texts, check.options(options, 'callback')), toCallback);
  }

  async callbacksAsync(records, options) {
    const texts = check.list(records, 'records', check.json);
    const { signal, ...settings } = check.options(options, 'callbacksAsync') ?? {};
    const start = (cancel) => this.#handle.callbacksAsync(texts, settings, cancel);
    return results(await runAsync(signal, start), toCallback);
  }

  open(body, options) {
    return JSON.parse(this.openJson(body, options));
  }

  openJson(body, options) {
    const { contentType } = check.options(options, 'open') ?? {};
    return run(this.#handle, 'open', ...received(this, body, 'body', contentType));
  }

  openMany(bodies, options) {
    const { contentType } = check.options(options, 'open') ?? {};
    return results(run(this.#handle, 'openMany', ...allReceived(this, bodies, contentType)), (text) => JSON.parse(text));
  }

  async openManyAsync(bodies, options) {
    const { contentType, signal } = check.options(options, 'openManyAsync') ?? {};
    const [texts, type] = allReceived(this, bodies, contentType);
    const start = (cancel) => this.#handle.openManyAsync(texts, type, cancel);
    return results(await runAsync(signal, start), (text) => JSON.parse(text));
  }

  /** For JSON.stringify: the payload, key and IV masked. */
  toJSON() {
    return JSON.parse(this.toJson());
  }

  [inspect.custom](_depth, options, inspect) {
    const { title, method, channel, algorithm } = this;
    return `Profile ${inspect({ title, method, channel, algorithm }, options)}`;
  }
}

/** The profile of a handle of the addon. */
const profileOf = (handle) => new Profile(PRIVATE, handle);

module.exports = { Profile, profileHandle, profileOf };
