'use strict';
// Bytes as text, by Node's Buffer where there is one: it is faster than what browsers have.

/** Bytes in hexadecimal. */
const hex = (bytes) => (globalThis.Buffer === undefined
  ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  : globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex'));

module.exports = { hex };
