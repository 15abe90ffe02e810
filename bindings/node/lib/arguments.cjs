'use strict';
// Checks of arguments. Options are read from own properties only, so that no polluted prototype changes a call.

const { types } = require('node:util');
const addon = require('./addon.cjs');
const { hex } = require('./bytes.cjs');
const { expected, seconds } = require('./expected.cjs');
const { write } = require('./json.cjs');
const { NUMBERS } = require('./opened.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');

/** A string without lone surrogates, which have no UTF-8. */
function string(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  if (!value.isWellFormed()) throw wrongValue(`${name} must not hold a lone surrogate`);
  return value;
}

/** Bytes; copied if they are shared, because another thread could change them while they are read. */
function bytes(value, name) {
  if (!types.isUint8Array(value)) throw wrongType(name, 'a Uint8Array', value);
  try {
    // Reads nothing, but throws for an array whose memory is gone. It would be read as an empty one.
    Uint8Array.prototype.at.call(value, 0);
  } catch {
    throw wrongValue(`${name} must not be a detached Uint8Array`);
  }
  return types.isSharedArrayBuffer(value.buffer) ? new Uint8Array(value) : value;
}

/** Text or bytes. The core refuses a lone surrogate and reports its offset. */
function text(value, name) {
  if (typeof value === 'string') return value;
  if (types.isUint8Array(value)) return bytes(value, name);
  throw wrongType(name, 'a string or Uint8Array', value);
}

/** JSON: text, bytes, or a plain object, an array or an object with toJSON, which becomes text. */
function json(value, name) {
  if (typeof value === 'string') return value;
  if (types.isUint8Array(value)) return bytes(value, name);
  if (typeof value !== 'object' || value === null) throw wrongType(name, 'a string, Uint8Array or plain object', value);
  const made = write(value, name);
  if (made === undefined) throw wrongValue(`${name} must be an object whose toJSON gives a value`);
  return made;
}

const NAMES = addon.optionNames();

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** The name that the core has for each limit. */
const LIMITS = new Map(NAMES.limits.map((name) => [camel(name), name]));

function limits(value, name) {
  if (typeof value !== 'object') throw wrongType(name, 'an object', value);
  const checked = Object.create(null);
  for (const [limit, number] of Object.entries(value)) {
    if (!LIMITS.has(limit)) throw wrongValue(`${name} has no limit of this name; there are ${[...LIMITS.keys()].join(', ')}`);
    if (number === undefined) continue;
    if (typeof number !== 'number') throw wrongType(`${name}.${limit}`, 'a number', number);
    if (!Number.isSafeInteger(number) || number < 0) throw wrongValue(`${name}.${limit} must be a whole number from 0`);
    checked[LIMITS.get(limit)] = number;
  }
  return checked;
}

const oneOf = (names) => (value, name) => {
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  if (!names.includes(value)) throw wrongValue(`${name} must be ${names.map((known) => `'${known}'`).join(' or ')}`);
  return value;
};

const flag = (value, name) => {
  if (typeof value !== 'boolean') throw wrongType(name, 'a boolean', value);
  return value;
};

/** 32 bytes, as the addon takes them: in hex. */
function randomBytes(value, name) {
  const given = bytes(value, name);
  if (given.length !== 32) throw wrongValue(`${name} must have 32 bytes`);
  return hex(given);
}

const signal = (value, name) => {
  if (!(value instanceof AbortSignal)) throw wrongType(name, 'an AbortSignal', value);
  return value;
};

/** An array, of whatever. */
function array(value, name) {
  if (!Array.isArray(value)) throw wrongType(name, 'an array', value);
  return value;
}

/** Every element checked. */
function list(value, name, check) {
  return Array.from(array(value, name), (element, index) => check(element, `${name}[${index}]`, index));
}

/** One string, or an array of them; always an array. */
function strings(value, name) {
  if (typeof value === 'string') return [string(value, name)];
  if (!Array.isArray(value)) throw wrongType(name, 'a string or an array of strings', value);
  return list(value, name, string);
}

/** Some of a profile's parameters: all or none of them, or their names. */
const parameters = (value, name) => {
  if (typeof value === 'boolean') return value;
  if (!Array.isArray(value)) throw wrongType(name, 'a boolean or an array of names', value);
  return list(value, name, string);
};

const WIRE = { encoding: oneOf(NAMES.encoding), tag: oneOf(NAMES.tag), reading: oneOf(NAMES.reading) };
const RECORD = { missing: oneOf(NAMES.missing), surrogates: oneOf(NAMES.surrogates) };
const OPEN = { contentType: string, structures: parameters, absent: parameters, expected };
/** Of each record of a batch, random bytes and id are its own. */
const SEAL_MANY = { issuedAt: seconds, profileId: string, bareToken: flag };
const SEAL = { ...SEAL_MANY, random: randomBytes, id: string };
const VALUES = { numbers: oneOf(NUMBERS), prototypeNames: flag };
const secrets = oneOf(NAMES.secrets);
/** For profiles and verifiers, which their own files check. */
const unchecked = (value) => value;

/** The options of each call, each with its check. */
const OPTIONS = {
  parse: { policy: oneOf(NAMES.policy), limits, ...WIRE, refuseSealed: flag, refuseV1: flag, signed: flag },
  cipher: WIRE,
  message: { ...RECORD, pairs: flag },
  callback: { ...RECORD, boundary: string, ...SEAL },
  callbacks: { ...RECORD, boundary: string, ...SEAL_MANY },
  callbacksAsync: { ...RECORD, boundary: string, ...SEAL_MANY, signal },
  open: { ...OPEN, ...VALUES },
  openDetails: { ...OPEN, ...VALUES, partial: flag },
  openJson: OPEN,
  diagnose: { expect: strings, also: unchecked, parameter: string, body: text, contentType: string, show: flag, sealed: expected },
  openManyAsync: { ...OPEN, ...VALUES, signal },
  openJsonManyAsync: { ...OPEN, signal },
  receive: { verifier: unchecked, target: string, now: seconds, tolerance: seconds, ...OPEN, ...VALUES },
  openByKey: { target: string, ...OPEN, ...VALUES },
  sign: { id: string, timestamp: seconds },
  signCallback: { id: string, timestamp: seconds, uncovered: flag },
  verify: { now: seconds, tolerance: seconds },
  keyRing: { tryInTurn: flag, refuseV1: flag },
  keygen: { random: bytes },
  secrets: { secrets },
  created: { profileId: string, secrets },
};

const NONE = Object.freeze(Object.create(null));

/** The checked options of a call, without a prototype; none are an empty object. */
function options(value, call) {
  if (value === undefined) return NONE;
  if (typeof value !== 'object' || value === null) throw wrongType('options', 'an object', value);
  const known = OPTIONS[call];
  const checked = Object.create(null);
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(known, name)) throw wrongValue(`options must not have other members than ${Object.keys(known).join(', ')}`);
    const setting = value[name];
    if (setting !== undefined && setting !== null) checked[name] = known[name](setting, `options.${name}`);
  }
  return checked;
}

/** A received body exactly as it came: what a framework has parsed is not what was signed. */
function rawBody(value, name) {
  if (typeof value === 'string') return string(value, name);
  if (types.isUint8Array(value)) return bytes(value, name);
  throw wrongType(name, 'the raw body as it was received, a string or Uint8Array', value);
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

module.exports = { array, bytes, headers, json, list, options, rawBody, string, strings, text };
