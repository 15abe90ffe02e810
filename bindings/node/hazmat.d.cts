/** Raw keys, other IV lengths and associated data: for test vectors and interoperability, **not for services**. */
import type { OutputBytes } from './main.cjs';

/**
 * AES-GCM: the ciphertext followed by the 16-byte tag. The key has 16, 24 or 32 bytes, the IV at least one.
 * @throws {ArgumentError} `invalid_key`, `invalid_iv`, `too_long`
 */
export function gcmSeal(key: Uint8Array, iv: Uint8Array, associatedData: Uint8Array, plaintext: Uint8Array): OutputBytes;

/**
 * Verifies and decrypts the result of `gcmSeal`.
 * @throws {DecryptionError} `auth_failed`
 * @throws {ArgumentError} `invalid_key`, `invalid_iv`
 */
export function gcmOpen(key: Uint8Array, iv: Uint8Array, associatedData: Uint8Array, sealed: Uint8Array): OutputBytes;

/**
 * AES-CFB, 128-bit feedback, no padding. The key has 16, 24 or 32 bytes, the IV 16.
 * @throws {ArgumentError} `invalid_key`, `invalid_iv`
 */
export function cfbEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): OutputBytes;

/**
 * Decrypts the result of `cfbEncrypt`. A wrong key or a changed text gives other bytes, not an error.
 * @throws {ArgumentError} `invalid_key`, `invalid_iv`
 */
export function cfbDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): OutputBytes;
