'use strict';
// Checks of arguments. A wrong type is a TypeError, a value that makes no sense an ArgumentError; both name the argument
// and never show its value.

const { types } = require('node:util');
const { ArgumentError } = require('./errors.cjs');

function typeName(value) {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === 'Object' ? 'object' : tag;
}

function wrongType(name, expected, value) {
  const error = new TypeError(`${name} must be ${expected}, not ${typeName(value)}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

const wrongValue = (message) => new ArgumentError({ code: 'invalid_argument', message });

/** A string without lone surrogates, which have no UTF-8. */
function string(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  if (!value.isWellFormed()) throw wrongValue(`${name} must not hold a lone surrogate`);
  return value;
}

function optional(value, name, check) {
  return value === undefined || value === null ? undefined : check(value, name);
}

/** Bytes; copied if they are shared, because another thread could change them while they are read. */
function bytes(value, name) {
  if (!types.isUint8Array(value)) throw wrongType(name, 'a Uint8Array', value);
  return types.isSharedArrayBuffer(value.buffer) ? new Uint8Array(value) : value;
}

/** Text or bytes. The core refuses a lone surrogate and reports its offset. */
function text(value, name) {
  if (typeof value === 'string') return value;
  if (types.isUint8Array(value)) return bytes(value, name);
  throw wrongType(name, 'a string or Uint8Array', value);
}

/** JSON: text, bytes, or an object that becomes text. */
function json(value, name) {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw wrongType(name, 'a string, Uint8Array or object', value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) {
    if (types.isUint8Array(value)) return bytes(value, name);
    // JSON.stringify writes {} for most of these, which would hide the mistake.
    if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isMap(value) || types.isSet(value)
      || types.isPromise(value)) {
      throw wrongType(name, 'a string, Uint8Array or plain object', value);
    }
  }
  const made = JSON.stringify(value);
  if (typeof made !== 'string') throw wrongValue(`${name} must be an object that JSON.stringify can write`);
  return made;
}

const LIMITS = new Set(['payloadBytes', 'recordBytes', 'receivedBytes', 'depth', 'nodes', 'violations', 'urlBytes', 'headers',
  'headerNameBytes', 'headerValueBytes', 'headersBytes', 'replacers', 'outputBytes']);

function limits(value, name) {
  if (typeof value !== 'object') throw wrongType(name, 'an object', value);
  const checked = {};
  for (const [limit, number] of Object.entries(value)) {
    if (!LIMITS.has(limit)) throw wrongValue(`${name} has no limit of this name; there are ${[...LIMITS].join(', ')}`);
    if (number === undefined) continue;
    if (typeof number !== 'number') throw wrongType(`${name}.${limit}`, 'a number', number);
    if (!Number.isSafeInteger(number) || number < 0) throw wrongValue(`${name}.${limit} must be a whole number from 0`);
    checked[limit] = number;
  }
  return checked;
}

const oneOf = (...names) => (value, name) => {
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  if (!names.includes(value)) throw wrongValue(`${name} must be ${names.map((known) => `'${known}'`).join(' or ')}`);
  return value;
};

const flag = (value, name) => {
  if (typeof value !== 'boolean') throw wrongType(name, 'a boolean', value);
  return value;
};

const signal = (value, name) => {
  if (!(value instanceof AbortSignal)) throw wrongType(name, 'an AbortSignal', value);
  return value;
};

const WIRE = {
  encoding: oneOf('base64', 'base64url', 'hex'),
  tag: oneOf('appended', 'prepended'),
  reading: oneOf('tolerant', 'strict'),
};
const missing = oneOf('empty', 'keep', 'error');

/** The options of each call, each with its check. */
const OPTIONS = {
  parse: { policy: oneOf('documented', 'strict'), limits, ...WIRE },
  cipher: WIRE,
  message: { missing, pairs: flag },
  callback: { missing, boundary: string },
  callbacksAsync: { missing, boundary: string, signal },
  open: { contentType: string },
  openManyAsync: { contentType: string, signal },
  secrets: { secrets: oneOf('masked', 'shown') },
  created: { profileId: string, secrets: oneOf('masked', 'shown') },
};

/** The checked options of a call; undefined if there are none. */
function options(value, call) {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) throw wrongType('options', 'an object', value);
  const known = OPTIONS[call];
  const checked = {};
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(known, name)) throw wrongValue(`options must not have other members than ${Object.keys(known).join(', ')}`);
    const setting = optional(value[name], `options.${name}`, known[name]);
    if (setting !== undefined) checked[name] = setting;
  }
  return checked;
}

/** Every element checked. */
function list(value, name, check) {
  if (!Array.isArray(value)) throw wrongType(name, 'an array', value);
  return Array.from(value, (element, index) => check(element, `${name}[${index}]`));
}

/** A request's headers, names and values alternating, from an object or an iterable of pairs (`Headers`, `Map`). */
function headers(value, name) {
  if (typeof value !== 'object' || value === null) throw wrongType(name, 'an object or pairs', value);
  const pairs = typeof value[Symbol.iterator] === 'function' ? [...value] : Object.entries(value);
  const flat = [];
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw wrongType(name, 'an object or pairs', pair);
    const [key, values] = pair;
    // Node has an array for a repeated header, and undefined for one that was removed.
    for (const single of Array.isArray(values) ? values : [values]) {
      if (single !== undefined) flat.push(string(key, `${name} names`), string(single, `${name} values`));
    }
  }
  return flat;
}

module.exports = { bytes, headers, json, list, options, string, text, wrongType, wrongValue };
