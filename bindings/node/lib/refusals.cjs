'use strict';
// The errors for arguments. A wrong type is a TypeError, a value that makes no sense an ArgumentError; both name the
// argument and never show its value.

const { ArgumentError } = require('./errors.cjs');
const { visible } = require('./visible.cjs');

/** The way out, for objects that hold what is meant and are none of it; by the names that errors call them by. */
const HINTS = {
  __proto__: null,
  Blob: 'await blob.text() first',
  File: 'await file.text() first',
  FormData: 'Object.fromEntries(form) first',
  Headers: 'Object.fromEntries(headers) first',
  Map: 'Object.fromEntries(map) first',
  Promise: 'await it first',
  ReadableStream: 'await new Response(stream).text() first',
  Request: 'await request.text() first',
  Response: 'await response.text() first',
  Set: '[...set] first',
  URLSearchParams: 'Object.fromEntries(params) first',
  'an instance of IncomingMessage': 'its raw body, which express.raw() or a content type parser reads',
};

function typeName(value) {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') return visible(tag);
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `an instance of ${visible(name)}` : 'object';
}

function wrongType(name, expected, value, way) {
  const found = typeName(value);
  const hint = way ?? HINTS[found];
  const error = new TypeError(`${name} must be ${expected}, not ${found}${hint === undefined ? '' : ` (${hint})`}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

const wrongValue = (message) => new ArgumentError({ __proto__: null, code: 'invalid_argument', message });

module.exports = { wrongType, wrongValue };
