// The same objects as for require, so that instanceof works across both.
import library from './main.cjs';

export const {
  CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, ReplacerError, StoredProfile,
  addressVerdict, catalogue, checkRequest, envelope, schema, version,
} = library;
