'use strict';
// Bytes in hexadecimal.

const hex = (bytes) => (globalThis.Buffer === undefined
  ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  : globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex'));

module.exports = { hex };
