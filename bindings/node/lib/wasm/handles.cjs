'use strict';
// The handles of objects in an instance, with the methods that the native addon's have (`bindings/node/index.d.ts`).

const { turn } = require('./turn.cjs');

/** The settings of each kind of call, by the names that `bindings/wasm/src/settings.rs` reads. */
const NAMES = {
  parse: ['policy', 'encoding', 'tag', 'reading', 'refuseSealed', 'refuseV1', 'signed', 'limits'],
  render: ['missing', 'pairs', 'boundary', 'surrogates'],
  seal: ['random', 'issuedAt', 'id', 'profileId', 'bareToken'],
  open: ['contentType', 'structures', 'absent', 'expected'],
  diagnose: ['expect', 'parameter', 'contentType', 'show', 'sealed'],
  time: ['now', 'tolerance'],
};

/** The settings of these names as JSON; no text if there are none. Own members only, so that no polluted prototype changes a call. */
function textOf(settings, names = Object.keys(settings)) {
  let picked;
  for (const name of names) {
    if (settings === undefined || !Object.hasOwn(settings, name) || settings[name] === undefined) continue;
    picked ??= Object.create(null);
    picked[name] = settings[name];
  }
  return picked === undefined ? '' : JSON.stringify(picked);
}

const json = (answer) => answer.json();
const text = (answer) => answer.text();
const isTrue = (answer) => answer.number === 1;
/** The texts of a received callback that was opened: its values, and what else is known. */
const details = ({ decrypted, unknown, sealed }, answer) => ({ values: answer.text(0), decrypted, unknown, ...(sealed && { sealed }) });
const byKey = ({ keyId, version, inTurn, ...rest }, answer) => ({ id: keyId, version, inTurn, details: details(rest, answer) });

/** An object in an instance. */
class Handle {
  constructor(instance, id) {
    this.instance = instance;
    this.id = id;
    instance.keep(this);
  }

  call(name, read, { settings = '', texts = [], others = [] } = {}) {
    return this.instance.call(name, [this, ...others], settings, texts, read);
  }

  /** The handle that an answer has. */
  made(Kind) {
    return ({ number }) => new Kind(this.instance, number);
  }
}

class CipherHandle extends Handle {
  encrypt(value) {
    return this.call('cipher_encrypt', text, { texts: [value] });
  }

  decrypt(value) {
    return this.call('cipher_decrypt', (answer) => answer.bytes(), { texts: [value] });
  }

  decryptText(value) {
    return this.call('cipher_decrypt_text', text, { texts: [value] });
  }
}

/** The text arguments of a received request. */
const textsOf = ({ body, target, headers }) => [body, target, ...headers];

class ProfileHandle extends Handle {
  describe() {
    return this.call('profile_describe', json);
  }

  toJson(secrets) {
    return this.call('profile_to_json', text, { settings: textOf({ secrets }) });
  }

  patch(patch) {
    return this.call('profile_patch', this.made(ProfileHandle), { texts: [patch] });
  }

  message(record, settings) {
    const read = (answer) => ({ text: answer.text(0), missing: answer.json(1) });
    return this.call('profile_message', read, { settings: textOf(settings, NAMES.render), texts: [record] });
  }

  isSealed() {
    return this.call('profile_is_sealed', isTrue);
  }

  fields() {
    return this.call('profile_fields', json);
  }

  isJsonBody(contentType) {
    return this.call('profile_is_json_body', isTrue, { settings: textOf({ contentType }) });
  }

  /** The first argument of `callback`: the profile, and the text of its last callback without the body. */
  forCallbacks() {
    return { profile: this, last: '' };
  }

  /** A callback; its body alone if everything else is as in the last one. */
  callback(callbacks, record, settings, sealing) {
    const read = (answer) => {
      const head = answer.text(0);
      const body = answer.count > 1 ? answer.text(1) : undefined;
      if (body !== undefined && head === callbacks.last) return body;
      callbacks.last = head;
      return { ...JSON.parse(head), ...(body !== undefined && { body }) };
    };
    const picked = textOf({ ...settings, ...sealing }, sealing === undefined ? NAMES.render : [...NAMES.render, ...NAMES.seal]);
    return this.call('callback', read, { settings: picked, texts: [record] });
  }

  callbacksAsync(records, settings, sealing, cancel) {
    return inTurn(records, cancel, (record, index) => this.callback(this.forCallbacks(), record, settings, sealing?.[index]));
  }

  open(received, settings) {
    return this.call('profile_open', text, { settings: textOf(settings, NAMES.open), texts: [received] });
  }

  openManyAsync(bodies, settings, cancel) {
    return inTurn(bodies, cancel, (body) => this.open(body, settings));
  }

  openDetails(received, settings) {
    const read = (answer) => details(answer.json(1), answer);
    return this.call('profile_open_details', read, { settings: textOf(settings, NAMES.open), texts: [received] });
  }

  receive(verifier, request, time, settings) {
    const read = (answer) => {
      const { id, timestamp, ...rest } = answer.json(1);
      return { verified: { id, timestamp }, details: details(rest, answer) };
    };
    return this.call('profile_receive', read, { settings: receiving(time, settings), texts: textsOf(request), others: [verifier] });
  }
}

const receiving = (time, settings) => textOf({ ...settings, ...time }, [...NAMES.open, ...NAMES.time]);

class KeyRingHandle extends Handle {
  add(id, profile) {
    return this.call('key_ring_add', () => undefined, { texts: [id], others: [profile] });
  }

  remove(id) {
    return this.call('key_ring_remove', this.made(ProfileHandle), { texts: [id] });
  }

  ids() {
    return this.call('key_ring_ids', json);
  }

  open(request, settings) {
    const read = (answer) => byKey(answer.json(1), answer);
    return this.call('key_ring_open', read, { settings: textOf(settings, NAMES.open), texts: textsOf(request) });
  }

  receive(verifier, request, time, settings) {
    const read = (answer) => {
      const { id, timestamp, ...rest } = answer.json(1);
      return { verified: { id, timestamp }, opened: byKey(rest, answer) };
    };
    return this.call('key_ring_receive', read, { settings: receiving(time, settings), texts: textsOf(request), others: [verifier] });
  }
}

const signature = (answer) => [answer.text(0), answer.text(1), answer.text(2)];

class SignerHandle extends Handle {
  sign(body, id, timestamp) {
    return this.call('signer_sign', signature, { settings: textOf({ timestamp }), texts: [body, id] });
  }

  signCallback({ url, headerNames, body, isSealed }, id, timestamp, uncovered) {
    const settings = textOf({ timestamp, uncovered, isSealed, hasBody: body !== undefined });
    return this.call('signer_sign_callback', signature, { settings, texts: [id, url, body ?? '', ...headerNames] });
  }
}

class VerifierHandle extends Handle {
  verify(headers, body, time) {
    return this.call('verifier_verify', json, { settings: textOf(time, NAMES.time), texts: [body, ...headers] });
  }
}

class StoredHandle extends Handle {
  profile() {
    return this.call('stored_profile', this.made(ProfileHandle));
  }

  describe() {
    return this.call('stored_describe', json);
  }
}

/** Stops a running batch whose result nobody waits for any more. */
class Cancel {
  isCancelled = false;

  cancel() {
    this.isCancelled = true;
  }
}

/** An outcome for each item, made in a turn of the event loop of their own: a piece of a batch is small (`../batch.cjs`). */
async function inTurn(items, cancel, outcome) {
  await turn();
  // JavaScript has rejected the promise with the reason of the abort, and drops the result.
  return cancel.isCancelled ? [] : items.map(outcome);
}

module.exports = { Cancel, CipherHandle, KeyRingHandle, NAMES, ProfileHandle, SignerHandle, StoredHandle, VerifierHandle, json, text, textOf };
