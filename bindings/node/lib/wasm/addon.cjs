'use strict';
// What the native addon exports (index.d.ts), over WebAssembly, but for what tests alone call, `callbackOfMembers` and
// `bodyOfMembers`. There is one thread: batches run in pieces on the event loop.

const { Handle, attached, call, isFailure, made, use } = require('./instance.cjs');
const { turn } = require('../turn.cjs');

/** Bytes as Node's own callers get them. */
const buffer = (outcome) => (outcome instanceof Uint8Array && globalThis.Buffer !== undefined ? globalThis.Buffer.from(outcome.buffer) : outcome);

/** What is started is over before it could be stopped: nothing to do. */
class Cancel {
  cancel() {}
}

/** The outcomes of a piece of a batch, which are made at once, in a later turn. */
async function later(outcomes) {
  await turn();
  return outcomes;
}

class ProfileHandle {
  constructor(handle) {
    this.handle = handle;
  }

  describe() { return call('profile.describe', this.handle); }

  toJson(shown) { return call('profile.toJson', this.handle, shown); }

  patch(patch) { return made(profile, 'profile.patch', this.handle, attached(patch)); }

  message(record, settings) { return call('profile.message', this.handle, attached(record), settings); }

  forCallbacks() { return this; }

  isSealed() { return call('profile.isSealed', this.handle); }

  hasBody() { return call('profile.hasBody', this.handle); }

  fields() { return call('profile.fields', this.handle); }

  isJsonBody(contentType) { return call('profile.isJsonBody', this.handle, contentType); }

  open(received, settings) { return call('profile.open', this.handle, attached(received), settings); }

  openDetails(received, settings) { return call('profile.openDetails', this.handle, attached(received), settings); }

  receive(verifier, request, time, settings) {
    return call('profile.receive', this.handle, verifier.handle, requestOf(request), time, settings);
  }

  openEach(bodies, settings) { return bodies.map((body) => this.open(body, settings)); }

  bodiesEach(records, settings, sealing) {
    return records.map((record, index) => {
      const outcome = callback(this, record, settings, sealing?.[index]);
      return isFailure(outcome) ? outcome : outcome.body;
    });
  }

  async openManyAsync(bodies, settings) { return later(this.openEach(bodies, settings)); }

  async bodiesAsync(records, settings, sealing) { return later(this.bodiesEach(records, settings, sealing)); }

  async callbacksAsync(records, settings, sealing) {
    return later(records.map((record, index) => callback(this, record, settings, sealing?.[index])));
  }
}

const profile = (handle) => new ProfileHandle(handle);

const callback = (of, record, settings, sealing) => call('callback', of.handle, attached(record), settings, sealing);

class StoredHandle {
  constructor(handle) {
    this.handle = handle;
  }

  profile() { return made(profile, 'stored.profile', this.handle); }

  describe() { return call('stored.describe', this.handle); }
}

const stored = (handle) => new StoredHandle(handle);

/** Each stored profile of a list. One that is lost is made again of the whole list. */
function parseStoredList(text, settings) {
  const list = () => call('parseStoredList', attached(text), settings);
  const outcomes = list();
  if (isFailure(outcomes)) return outcomes;
  return outcomes.map((outcome, index) => (isFailure(outcome) ? outcome : stored(new Handle(() => list()[index].handle, outcome.handle))));
}

class CipherHandle {
  constructor(handle) {
    this.handle = handle;
  }

  encrypt(value) { return call('cipher.encrypt', this.handle, attached(value)); }

  decrypt(text) { return buffer(call('cipher.decrypt', this.handle, attached(text))); }

  decryptText(text) { return call('cipher.decryptText', this.handle, attached(text)); }
}

class SignerHandle {
  constructor(handle) {
    this.handle = handle;
  }

  sign(body, id, timestamp) { return call('signer.sign', this.handle, attached(body), id, timestamp); }

  signCallback(parts, id, timestamp, uncovered) { return call('signer.signCallback', this.handle, parts, id, timestamp, uncovered); }
}

class VerifierHandle {
  constructor(handle) {
    this.handle = handle;
  }

  verify(headers, body, time) { return call('verifier.verify', this.handle, headers, attached(body), time); }
}

const requestOf = ({ headers, target, body }) => ({ headers, target, body: attached(body) });

/** A ring remembers its profiles, since it must be filled again where its instance is lost. */
class KeyRingHandle {
  #profiles = new Map();

  constructor(...args) {
    const make = () => {
      const number = call('newKeyRing', ...args);
      this.#profiles.forEach(({ handle }, id) => call('ring.add', number, id, handle));
      return number;
    };
    this.handle = new Handle(make, call('newKeyRing', ...args));
  }

  add(id, added) {
    const outcome = call('ring.add', this.handle, id, added.handle);
    if (!isFailure(outcome)) this.#profiles.set(id, added);
    return outcome;
  }

  remove(id) {
    const removed = this.#profiles.get(id);
    if (removed === undefined) return null;
    call('ring.remove', this.handle, id);
    this.#profiles.delete(id);
    return removed;
  }

  ids() { return call('ring.ids', this.handle); }

  open(request, settings) { return call('ring.open', this.handle, requestOf(request), settings); }

  receive(verifier, request, time, settings) {
    return call('ring.receive', this.handle, verifier.handle, requestOf(request), time, settings);
  }
}

module.exports = {
  backend: 'wasm',
  use,
  Cancel,
  addressVerdict: (address) => call('addressVerdict', address),
  callback,
  catalogueText: () => call('catalogueText'),
  cfbDecrypt: (...bytes) => buffer(call('cfbDecrypt', ...bytes.map(attached))),
  cfbEncrypt: (...bytes) => buffer(call('cfbEncrypt', ...bytes.map(attached))),
  checkProfile: (payload, settings) => call('checkProfile', attached(payload), settings),
  destination: (url) => call('destination', url),
  diagnose: (of, texts, body, also, settings) => call('diagnose', of.handle, texts, attached(body), also.map(({ handle }) => handle), settings),
  envelopeCreated: (of, id, shown) => call('envelopeCreated', of.handle, id, shown),
  envelopeDeleted: (id) => call('envelopeDeleted', id),
  envelopeFetched: (of, shown) => call('envelopeFetched', of.handle, shown),
  envelopeListed: (list, shown) => call('envelopeListed', list.map(({ handle }) => handle), shown),
  envelopeNotFound: (id) => call('envelopeNotFound', id),
  envelopeNotOpened: (message) => call('envelopeNotOpened', message),
  envelopeParse: (text) => call('envelopeParse', attached(text)),
  envelopeUpdated: (of, id, shown) => call('envelopeUpdated', of.handle, id, shown),
  gcmOpen: (...bytes) => buffer(call('gcmOpen', ...bytes.map(attached))),
  gcmSeal: (...bytes) => buffer(call('gcmSeal', ...bytes.map(attached))),
  keygen: (algorithm, random) => call('keygen', algorithm, attached(random)),
  keygenSealed: (kid, random) => call('keygenSealed', kid, attached(random)),
  keygenSigning: (random) => call('keygenSigning', attached(random)),
  newCipher: (...args) => made((handle) => new CipherHandle(handle), 'newCipher', ...args),
  newKeyRing: (...args) => new KeyRingHandle(...args),
  newMessageId: (random) => call('newMessageId', attached(random)),
  newSigner: (secrets) => made((handle) => new SignerHandle(handle), 'newSigner', secrets),
  newVerifier: (secrets) => made((handle) => new VerifierHandle(handle), 'newVerifier', secrets),
  optionNames: () => call('optionNames'),
  parseProfile: (payload, settings) => made(profile, 'parseProfile', attached(payload), settings),
  parseRequest: (sid, headers, payload, settings) => made(profile, 'parseRequest', sid, headers, attached(payload), settings),
  parseStored: (text, settings) => made(stored, 'parseStored', attached(text), settings),
  parseStoredList,
  schemaText: () => call('schemaText'),
  version: () => call('version'),
  visible: (name) => call('visible', name.toWellFormed()),
};
