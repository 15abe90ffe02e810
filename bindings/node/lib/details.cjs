'use strict';
// Opened callbacks, as the addon gives them, for users.

const check = require('./arguments.cjs');
const { timed } = require('./expected.cjs');
const { values } = require('./opened.cjs');
const { time, verifierHandle } = require('./signing.cjs');

/** The members of an opened callback. */
function detailsOf(details, settings) {
  const { values: text, decrypted, unknown, sealed, failed } = { __proto__: null, ...details };
  return {
    values: values(text, settings), decrypted, unknown, sealed: sealed === undefined ? null : sealedOf(sealed), failed: failedOf(failed),
  };
}

/** The code of each parameter that did not open, by its name; of a name that is repeated, that of the first. */
function failedOf(flat) {
  const codes = new Map();
  for (let at = 0; at < flat.length; at += 2) if (!codes.has(flat[at])) codes.set(flat[at], flat[at + 1]);
  // fromEntries makes an own property of any name, `__proto__` too.
  return Object.fromEntries(codes);
}

function sealedOf(sealed) {
  const { kid, id, issuedAt, profileId = null } = { __proto__: null, ...sealed };
  return { kid, id, issuedAt, profileId };
}

/** The addon's arguments for a received request. */
const requestOf = (headers, body, { target = '' }) => ({
  headers: check.headers(headers, 'headers'), target, body: check.rawBody(body, 'body'),
});

/** All arguments of `receive`, checked: for the addon, and the settings. */
function receiving(headers, body, options) {
  const settings = check.options(options, 'receive');
  const verifier = verifierHandle(settings.verifier, 'options.verifier');
  const at = time(settings);
  return { args: [verifier, requestOf(headers, body, settings), at, timed(settings, at.now)], settings };
}

module.exports = { detailsOf, receiving, requestOf };
