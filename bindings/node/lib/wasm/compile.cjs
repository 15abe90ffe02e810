'use strict';
// The module of base64 text, compiled at once and not by a promise: the package's calls are synchronous, and CommonJS cannot wait.
// Chromium allows this on a page's main thread for modules of up to eight megabytes.

function bytesOf(base64) {
  if (globalThis.Buffer !== undefined) return globalThis.Buffer.from(base64, 'base64');
  if (Uint8Array.fromBase64 !== undefined) return Uint8Array.fromBase64(base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const compile = (base64) => new WebAssembly.Module(bytesOf(base64));

module.exports = { compile };
