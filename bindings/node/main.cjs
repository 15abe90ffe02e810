'use strict';
// The package: everything that it exports.

const addon = require('./lib/addon.cjs');
const { Cipher } = require('./lib/cipher.cjs');
const { Envelope } = require('./lib/envelope.cjs');
const {
  ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError, SignatureError,
} = require('./lib/errors.cjs');
const {
  addressVerdict, catalogue, destination, keygen, keygenSealed, keygenSigning, parseRequest, schema,
} = require('./lib/functions.cjs');
const { KeyRing } = require('./lib/key-ring.cjs');
const { Profile } = require('./lib/profile.cjs');
const { Signer, Verifier } = require('./lib/signing.cjs');
const { StoredProfile } = require('./lib/stored.cjs');
const { version } = require('./package.json');

/** What runs the core. The native addon does not say so itself. */
const backend = addon.backend ?? 'native';

module.exports = {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, KeyRing, Profile, ProfileError, ReplacerError,
  SignatureError, Signer, StoredProfile, Verifier, addressVerdict, backend, catalogue, destination, keygen, keygenSealed,
  keygenSigning, parseRequest, schema, version,
};
