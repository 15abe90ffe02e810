'use strict';
// A received callback as text or bytes, whatever a framework made of it.

const { types } = require('node:util');
const check = require('./arguments.cjs');
const { wrongType } = require('./refusals.cjs');

/** Text or bytes of one callback. An object that a framework has parsed becomes JSON again, if `isJsonBody` says that it was. */
function received(body, name, isJsonBody) {
  if (typeof body === 'string' || types.isUint8Array(body)) return check.text(body, name);
  if (body instanceof URL || body instanceof URLSearchParams) return String(body);
  if (!isJsonBody()) {
    throw wrongType(name, 'a string, Uint8Array, URL or URLSearchParams (an object only if the body is JSON)', body);
  }
  return check.json(body, name);
}

module.exports = { received };
