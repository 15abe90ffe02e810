'use strict';
// Opened callbacks, as the addon gives them, for users.

const check = require('./arguments.cjs');
const { timed } = require('./expected.cjs');
const { values } = require('./opened.cjs');
const { time, verifierHandle } = require('./signing.cjs');

/** The members of an opened callback. */
function detailsOf(details, settings) {
  const { values: text, decrypted, unknown, sealed } = { __proto__: null, ...details };
  return { values: values(text, settings), decrypted, unknown, sealed: sealed === undefined ? null : sealedOf(sealed) };
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
