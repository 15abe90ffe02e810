/** Raw keys, other IV lengths and associated data: for test vectors and interoperability, **not for services**. */

/** AES-GCM: ciphertext followed by the 16-byte tag. The key has 16, 24 or 32 bytes, the IV at least one. */
export function gcmSeal(key: Uint8Array, iv: Uint8Array, associatedData: Uint8Array, plaintext: Uint8Array): Buffer;

/** Checks and decrypts what `gcmSeal` returned. */
export function gcmOpen(key: Uint8Array, iv: Uint8Array, associatedData: Uint8Array, sealed: Uint8Array): Buffer;

/** AES-CFB, 128-bit feedback, no padding. The IV has 16 bytes. */
export function cfbEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Buffer;

/** Decrypts what `cfbEncrypt` returned. A wrong key or a changed text gives other bytes, not an error. */
export function cfbDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Buffer;
