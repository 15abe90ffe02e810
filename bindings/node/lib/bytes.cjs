'use strict';
// Bytes and texts, by Node's Buffer where there is one: it is faster than what browsers have.

/** UTF-8 of a well-formed text. */
const utf8 = globalThis.Buffer === undefined ? (text) => new TextEncoder().encode(text) : (text) => globalThis.Buffer.from(text);

/** Bytes in hexadecimal. */
const hex = (bytes) => (globalThis.Buffer === undefined
  ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  : globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex'));

module.exports = { hex, utf8 };
