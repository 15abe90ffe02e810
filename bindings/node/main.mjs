// The same objects as for require, so that instanceof works across both.
import library from './main.cjs';

export const {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, KeyRing, Profile, ProfileError, ReplacerError,
  SignatureError, Signer, StoredProfile, Verifier, addressVerdict, backend, catalogue, destination, keygen, keygenSealed,
  keygenSigning, parseRequest, schema, version,
} = library;
