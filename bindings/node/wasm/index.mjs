import { main } from './library.mjs';

export const {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, KeyRing, Profile, ProfileError, ReplacerError,
  SignatureError, Signer, StoredProfile, Verifier, addressVerdict, backend, catalogue, destination, keygen, keygenSealed, keygenSigning,
  parseRequest, schema, version,
} = main;
