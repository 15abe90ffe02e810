'use strict';
// What the npm package asks of `node:crypto`, in a browser.

/** Random bytes of the operating system, which can be written in hex as Node's can. */
exports.randomBytes = (count) => {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  bytes.toString = () => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes;
};
