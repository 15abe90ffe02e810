'use strict';
// The class Profile.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { inBlocks, inPieces, inTurns } = require('./batch.cjs');
const { hex } = require('./bytes.cjs');
const { attempt, run } = require('./call.cjs');
const { detailsOf, receiving } = require('./details.cjs');
const { timed } = require('./expected.cjs');
const { newId } = require('./ids.cjs');
const { isPlain, members } = require('./members.cjs');
const { values } = require('./opened.cjs');
const { received } = require('./received.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');
const { now, randomBytes } = require('./system.cjs');
const { uncloneable } = require('./uncloneable.cjs');
const { visible } = require('./visible.cjs');

/** Proves to the constructor that this file calls it. */
const PRIVATE = Symbol('private');

/** The addon's handle of a profile; a TypeError if the argument is something else. */
let profileHandle;

/** The value, frozen with all that it holds. */
function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** A callback with its headers as an object; `sealing` is what sealed it, and of any other the id and time that were given. */
function toCallback(made, { id = null, issuedAt = null }, isSealed) {
  const { method, url, headers: flat, missing } = made;
  const headers = {};
  for (let at = 0; at < flat.length; at += 2) {
    // Not by assignment, which would set the prototype.
    if (flat[at] === '__proto__') Object.defineProperty(headers, '__proto__', { value: flat[at + 1], enumerable: true, configurable: true, writable: true });
    else headers[flat[at]] = flat[at + 1];
  }
  return { method, url, headers, body: Object.hasOwn(made, 'body') ? made.body : null, missing, id, issuedAt, isSealed };
}

/** What seals a callback beside the key: given, or from the operating system and the clock. */
function sealingOf({ random, issuedAt, id, profileId, bareToken }) {
  return {
    __proto__: null,
    random: random ?? hex(randomBytes(32)),
    issuedAt: issuedAt ?? now(),
    id: id ?? newId(),
    profileId,
    bareToken,
  };
}

/** What JSON.stringify shows of a key, an IV or a header's value. */
const MASK = '********';

/** JSON of a record as text or bytes. Text has no escapes for the lone surrogates that JavaScript's strings may have. */
function recordText(record, name, { surrogates }) {
  const text = check.json(record, name);
  return typeof text === 'string' && surrogates === 'replace' ? text.toWellFormed() : text;
}

/** Whether a record goes to the addon as its members. WebAssembly has no such way: there, text is all that crosses. */
const crossesAsMembers = (record) => addon.callbackOfMembers !== undefined && isPlain(record);

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

const UNCLONEABLE = uncloneable('Profile', "pass on what toJson({ secrets: 'shown' }) gives, and parse it there");

class Profile {
  uncloneable = UNCLONEABLE;
  #handle;
  #description;
  #callbacks;
  #isSealed;
  /** The last callback without its body: the addon returns the body alone where nothing else differs. */
  #last;

  constructor(token, handle) {
    if (token !== PRIVATE) throw new TypeError('Profile has no public constructor; use Profile.parse');
    this.#handle = handle;
  }

  static {
    profileHandle = (profile, name) => {
      if (typeof profile !== 'object' || profile === null || !(#handle in profile)) {
        throw wrongType(name, 'a Profile', profile);
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
    this.#description ??= { __proto__: null, ...run(this.#handle, 'describe') };
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

  get urlWithoutCredentials() {
    return this.#parts.urlWithoutCredentials;
  }

  get constantUrl() {
    return this.#parts.constantUrl ?? null;
  }

  get body() {
    const { body } = this.#parts;
    return body === undefined ? null : JSON.parse(body);
  }

  get responseMessage() {
    return this.#parts.responseMessage ?? null;
  }

  get headers() {
    return Object.fromEntries(this.#parts.headers);
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

  get kid() {
    return this.#parts.kid ?? null;
  }

  get advisories() {
    return frozen(this.#parts.advisories);
  }

  get replacers() {
    return Object.fromEntries(this.#parts.replacers);
  }

  get fields() {
    return frozen(run(this.#handle, 'fields'));
  }

  toJson(options) {
    return run(this.#handle, 'toJson', check.options(options, 'secrets').secrets);
  }

  patch(patch) {
    return profileOf(run(this.#handle, 'patch', check.json(patch, 'patch')));
  }

  message(record, options) {
    const settings = check.options(options, 'message');
    return new Message(run(this.#handle, 'message', recordText(record, 'record', settings), settings));
  }

  callback(record, options) {
    return this.#callback(record, 'record', check.options(options, 'callback'));
  }

  #callback(record, name, settings) {
    const isMembers = crossesAsMembers(record);
    const text = isMembers ? undefined : recordText(record, name, settings);
    const sealing = this.#sealed ? sealingOf(settings) : undefined;
    const made = isMembers
      ? this.#ofMembers('callbackOfMembers', members(record, name), settings, sealing)
      : run(addon, 'callback', this.#forCallbacks, text, settings, sealing);
    if (typeof made !== 'string') {
      this.#last = { ...made, body: null, missing: made.missing.slice() };
      return toCallback(made, sealing ?? settings, this.#isSealed);
    }
    const { method, url, headers, missing } = this.#last;
    return toCallback({ method, url, headers, body: made, missing: missing.slice() }, sealing ?? settings, this.#isSealed);
  }

  get #sealed() {
    this.#isSealed ??= run(this.#handle, 'isSealed');
    return this.#isSealed;
  }

  get #forCallbacks() {
    this.#callbacks ??= run(this.#handle, 'forCallbacks');
    return this.#callbacks;
  }

  #ofMembers(method, { text, lengths, count }, settings, sealing) {
    return run(addon, method, this.#forCallbacks, text, lengths, count, settings, sealing);
  }

  callbacks(records, options) {
    const settings = check.options(options, 'callbacks');
    return check.list(records, 'records', (record, name) => (
      record === null ? null : attempt(() => this.#callback(record, name, settings))));
  }

  async callbacksAsync(records, options) {
    const settings = check.options(options, 'callbacksAsync');
    const isSealed = this.#sealed;
    /** What seals the records of the piece that is being made. */
    let sealings;
    return inPieces(records, 'records', {
      signal: settings.signal,
      prepare: (record, name) => recordText(record, name, settings),
      start: (texts, cancel) => {
        sealings = this.#sealings(texts, settings);
        return this.#handle.callbacksAsync(texts, settings, sealings, cancel);
      },
      convert: (made, at) => toCallback(made, sealings?.[at] ?? settings, isSealed),
    });
  }

  callbackBodies(records, options) {
    const settings = check.options(options, 'callbacks');
    this.#requireBody('callbackBodies');
    return inBlocks(records, 'records', {
      // To write an object as text, which other threads could read, takes longer than all that they would do with it.
      atOnce: (record, name) => (crossesAsMembers(record)
        ? this.#ofMembers('bodyOfMembers', members(record, name), settings, this.#sealed ? sealingOf(settings) : undefined)
        : undefined),
      prepare: (record, name) => recordText(record, name, settings),
      work: (texts) => run(this.#handle, 'bodiesEach', texts, settings, this.#sealings(texts, settings)),
      convert: (body) => body,
    });
  }

  async callbackBodiesAsync(records, options) {
    const settings = check.options(options, 'callbacksAsync');
    this.#requireBody('callbackBodiesAsync');
    return inPieces(records, 'records', {
      signal: settings.signal,
      prepare: (record, name) => recordText(record, name, settings),
      start: (texts, cancel) => this.#handle.bodiesAsync(texts, settings, this.#sealings(texts, settings), cancel),
      convert: (body) => body,
    });
  }

  /** What seals each of these records, if the profile is sealed. */
  #sealings(texts, settings) {
    return this.#sealed ? texts.map(() => sealingOf(settings)) : undefined;
  }

  /** Refuses a call for bodies where no callback has one. */
  #requireBody(call) {
    if (!run(this.#handle, 'hasBody')) throw wrongValue(`${call} is for POST and PUT: a GET or DELETE has no body`);
  }

  open(body, options) {
    const settings = check.options(options, 'open');
    return values(this.#opened('open', body, settings), settings);
  }

  openDetails(body, options) {
    const settings = check.options(options, 'openDetails');
    return detailsOf(this.#opened('openDetails', body, settings), settings);
  }

  openJson(body, options) {
    return this.#opened('open', body, check.options(options, 'openJson'));
  }

  #opened(method, body, settings) {
    return run(this.#handle, method, this.#received(body, 'body', settings), timed(settings));
  }

  receive(headers, body, options) {
    const { args, settings } = receiving(headers, body, options);
    const { verified, details } = run(this.#handle, 'receive', ...args);
    return { ...verified, ...detailsOf(details, settings) };
  }

  /** The text or bytes of a received callback. */
  #received(body, name, { contentType }) {
    return received(body, name, () => run(this.#handle, 'isJsonBody', contentType));
  }

  openMany(bodies, options) {
    const settings = check.options(options, 'open');
    return this.#openEach(bodies, settings, (text) => values(text, settings));
  }

  openJsonMany(bodies, options) {
    return this.#openEach(bodies, check.options(options, 'openJson'), (text) => text);
  }

  #openEach(bodies, settings, convert) {
    return inBlocks(bodies, 'bodies', {
      prepare: (body, name) => this.#received(body, name, settings),
      work: (texts) => run(this.#handle, 'openEach', texts, timed(settings)),
      convert,
    });
  }

  openIter(bodies, options) {
    const { signal, ...settings } = check.options(options, 'openManyAsync');
    return inTurns(bodies, 'bodies', (block) => this.openManyAsync(block, { ...settings, signal }));
  }

  async openManyAsync(bodies, options) {
    const settings = check.options(options, 'openManyAsync');
    return this.#openEachAsync(bodies, settings, (text) => values(text, settings));
  }

  async openJsonManyAsync(bodies, options) {
    return this.#openEachAsync(bodies, check.options(options, 'openJsonManyAsync'), (text) => text);
  }

  #openEachAsync(bodies, settings, convert) {
    const timedSettings = timed(settings);
    return inPieces(bodies, 'bodies', {
      signal: settings.signal,
      prepare: (body, name) => this.#received(body, name, settings),
      start: (texts, cancel) => this.#handle.openManyAsync(texts, timedSettings, cancel),
      convert,
    });
  }

  diagnose(texts, options) {
    const settings = check.options(options, 'diagnose');
    const { body, also = [] } = settings;
    const isGiven = texts !== undefined && texts !== null;
    const list = isGiven ? check.strings(texts, 'texts') : [];
    const others = Array.isArray(also) ? check.list(also, 'options.also', profileHandle) : [profileHandle(also, 'options.also')];
    if (isGiven === (body !== undefined)) throw wrongValue(isGiven ? 'texts must not be given beside options.body' : 'texts or options.body must be given');
    return JSON.parse(run(addon, 'diagnose', this.#handle, list, body, others, timed(settings, undefined, 'sealed')));
  }

  /** For JSON.stringify: the payload, with key, IV, the values of headers and the URL's user name and password masked. */
  toJSON() {
    const payload = JSON.parse(this.toJson());
    payload.url = this.urlWithoutCredentials;
    if (Object.hasOwn(payload, 'headers')) {
      for (const name of Object.keys(payload.headers)) {
        // Not by assignment, which would set the prototype where the name is __proto__.
        Object.defineProperty(payload.headers, name, { value: MASK });
      }
    }
    return payload;
  }

  [inspect.custom](_depth, options, inspect) {
    const { title, method, channel, algorithm, kid } = this;
    const sealed = kid === null ? undefined : { kid };
    return `Profile ${inspect({ title: visible(title), method, channel, algorithm, ...sealed }, options)}`;
  }
}

/** The profile of a handle of the addon. */
const profileOf = (handle) => new Profile(PRIVATE, handle);

module.exports = { Profile, profileHandle, profileOf };
