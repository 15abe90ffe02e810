'use strict';
// The core as WebAssembly, with the functions and classes of the native addon (`bindings/node/index.d.ts`), but for those of its tests
// and `callbackOfMembers`, which is a way for Node-API alone.

const {
  Cancel, CipherHandle, KeyRingHandle, NAMES, ProfileHandle, SignerHandle, StoredHandle, VerifierHandle, json, text, textOf,
} = require('./handles.cjs');
const { Instance } = require('./instance.cjs');

const bytes = (answer) => answer.bytes();
const secret = (secrets) => textOf({ secrets });
const created = (profileId, secrets) => textOf({ profileId, secrets });

/** The addon of a `WebAssembly.Module`. */
function addonOf(module) {
  let current = new Instance(module);
  const instance = () => {
    if (current.isEnded) current = new Instance(module);
    return current;
  };
  /** Calls an export without a handle. */
  const call = (name, read, texts = [], settings = '') => instance().call(name, [], settings, texts, read);
  const make = (name, Kind, texts, settings) => {
    const of = instance();
    return of.call(name, [], settings ?? '', texts, ({ number }) => new Kind(of, number));
  };
  const parse = (settings) => textOf(settings, NAMES.parse);

  return {
    backend: 'wasm',
    Cancel,

    parseProfile: (payload, settings) => make('parse_profile', ProfileHandle, [payload], parse(settings)),
    checkProfile: (payload, settings) => call('check_profile', () => undefined, [payload], parse(settings)),
    parseRequest: (sid, headers, payload, settings) => make('parse_request', ProfileHandle, [sid, payload, ...headers], parse(settings)),
    parseStored: (stored, settings) => make('parse_stored', StoredHandle, [stored], parse(settings)),
    parseStoredList: (stored, settings) => {
      const of = instance();
      const outcome = (found) => (found.startsWith('{') ? { failure: JSON.parse(found) } : new StoredHandle(of, Number(found)));
      const read = (answer) => Array.from({ length: answer.count }, (_, index) => outcome(answer.text(index)));
      return of.call('parse_stored_list', [], parse(settings), [stored], read);
    },
    callback: (callbacks, record, settings, sealing) => callbacks.profile.callback(callbacks, record, settings, sealing),
    diagnose: (profile, texts, body, also, settings) => {
      const isBody = body !== undefined && body !== null;
      // An object of another instance, which has ended, cannot be named by its number.
      const foreign = also.find(({ instance: of }) => of !== profile.instance);
      if (foreign !== undefined) return foreign.describe();
      const more = { ...settings, isBody, also: also.map(({ id }) => id) };
      const of = { settings: textOf(more, [...NAMES.diagnose, 'isBody', 'also']), texts: isBody ? [body, ...texts] : texts };
      return profile.call('diagnose', text, of);
    },

    newCipher: (algorithm, key, iv, settings) => make('new_cipher', CipherHandle, [algorithm, key, iv], parse(settings)),
    newKeyRing: (isHeader, name, tryInTurn, refuseV1) =>
      make('new_key_ring', KeyRingHandle, [name], textOf({ isHeader, tryInTurn, refuseV1 })),
    newSigner: (secrets) => make('new_signer', SignerHandle, secrets),
    newVerifier: (secrets) => make('new_verifier', VerifierHandle, secrets),
    keygen: (algorithm, random) => call('keygen', text, [algorithm, random]),
    keygenSealed: (kid, random) => call('keygen_sealed', text, [kid, random]),
    keygenSigning: (random) => call('keygen_signing', text, [random]),
    newMessageId: (random) => call('new_message_id', text, [random]),

    envelopeCreated: (profile, profileId, secrets) => profile.call('envelope_created', text, { settings: created(profileId, secrets) }),
    envelopeUpdated: (profile, profileId, secrets) => profile.call('envelope_updated', text, { settings: created(profileId, secrets) }),
    envelopeFetched: (stored, secrets) => stored.call('envelope_fetched', text, { settings: secret(secrets) }),
    envelopeListed: (stored, secrets) => {
      const of = instance();
      const foreign = stored.find((one) => one.instance !== of);
      if (foreign !== undefined) return foreign.describe();
      return of.call('envelope_listed', [], textOf({ secrets, stored: stored.map(({ id }) => id) }), [], text);
    },
    envelopeDeleted: (profileId) => call('envelope_deleted', text, [profileId]),
    envelopeNotFound: (profileId) => call('envelope_not_found', text, [profileId]),
    envelopeNotOpened: (message) => call('envelope_not_opened', text, [message]),
    envelopeParse: (envelope) => call('envelope_parse', text, [envelope]),

    addressVerdict: (address) => call('address_verdict', text, [address]),
    destination: (url) => call('destination', json, [url]),
    schemaText: () => call('schema_text', text),
    catalogueText: () => call('catalogue_text', text),
    optionNames: () => call('option_names', json),
    visible: (name) => call('visible', text, [name.toWellFormed()]),
    version: () => call('version', text),

    gcmSeal: (...all) => call('gcm_seal', bytes, all),
    gcmOpen: (...all) => call('gcm_open', bytes, all),
    cfbEncrypt: (...all) => call('cfb_encrypt', bytes, all),
    cfbDecrypt: (...all) => call('cfb_decrypt', bytes, all),
  };
}

module.exports = { addonOf };
