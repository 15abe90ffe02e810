// The same objects as for require, so that instanceof works across both.
import library from './main.cjs';

export const {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, ReplacerError,
  StoredProfile, addressVerdict, catalogue, parseRequest, schema, version,
} = library;
