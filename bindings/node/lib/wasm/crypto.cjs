'use strict';
// What the library uses of `node:crypto`, for engines without it.

const randomBytes = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));

module.exports = { randomBytes };
