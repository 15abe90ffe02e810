'use strict';
// The package: everything that it exports.

const { Cipher } = require('./lib/cipher.cjs');
const { Envelope } = require('./lib/envelope.cjs');
const {
  ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError,
} = require('./lib/errors.cjs');
const { addressVerdict, catalogue, parseRequest, schema } = require('./lib/functions.cjs');
const { Profile } = require('./lib/profile.cjs');
const { StoredProfile } = require('./lib/stored.cjs');
const { version } = require('./package.json');

module.exports = {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, ReplacerError,
  StoredProfile, addressVerdict, catalogue, parseRequest, schema, version,
};
