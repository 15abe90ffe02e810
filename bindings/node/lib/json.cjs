'use strict';
// JavaScript values as JSON text. As in JSON.stringify, members that are undefined are left out and a toJSON is asked; what JSON has
// no text for is refused with its path, where JSON.stringify would write null or an empty object.

const { types } = require('node:util');
const { wrongType, wrongValue } = require('./refusals.cjs');
const { visible } = require('./visible.cjs');

/** Nothing that the core accepts is nested deeper; an object that holds itself is. */
const DEEPEST = 200;

const OBJECTS = 'plain object, array or object with toJSON';
const EXPECTED = { argument: `a string, Uint8Array, ${OBJECTS}`, member: `a string, number, bigint, boolean, null, ${OBJECTS}` };

function unwritable(path, value) {
  const expected = EXPECTED[typeof path === 'string' ? 'argument' : 'member'];
  return wrongType(shown(path), expected, value, types.isUint8Array(value) ? "buffer.toString('base64') first" : undefined);
}

/** An object whose members are all there is to it: made by a literal, `JSON.parse` or `Object.create(null)`, in any realm. */
function isPlainObject(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'));
}

/** How errors name a value: `record.contacts[0].name`. A path is the argument's name, or a step below another path. */
function shown(path) {
  if (typeof path === 'string') return path;
  const { above, step } = path;
  return typeof step === 'number' ? `${shown(above)}[${step}]` : `${shown(above)}.${visible(step)}`;
}

/** What a JSON string has an escape for, and halves of surrogate pairs, which have one where the other half is absent. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string. Most texts need no escape, and the test is faster than JSON.stringify of a short text. */
const quoted = (text) => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** The JSON text of a value; undefined for undefined, which objects leave out. */
function write(value, path, depth = 0) {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'boolean':
    case 'bigint':
      return `${value}`;
    case 'number':
      if (!Number.isFinite(value)) throw wrongValue(`${shown(path)} must be a finite number`);
      return Object.is(value, -0) ? '-0' : `${value}`;
    case 'undefined':
      return undefined;
    case 'object':
      return value === null ? 'null' : writeObject(value, path, depth);
    default:
      throw unwritable(path, value);
  }
}

function writeObject(value, path, depth) {
  if (depth > DEEPEST) throw wrongValue(`${shown(path)} must not hold itself or be nested this deep`);
  if (JSON.isRawJSON?.(value)) return value.rawJSON;
  if (ArrayBuffer.isView(value)) throw unwritable(path, value);
  // Its toJSON gives null, and a time that is wrong would go out as an empty one.
  if (types.isDate(value) && Number.isNaN(value.getTime())) throw wrongValue(`${shown(path)} must be a valid Date`);
  if (typeof value.toJSON === 'function') {
    const replaced = value.toJSON(typeof path === 'string' ? '' : `${path.step}`);
    // As in JSON.stringify, what toJSON gives is not asked for toJSON again.
    return typeof replaced === 'object' && replaced !== null ? writeMembers(replaced, path, depth) : write(replaced, path, depth);
  }
  return writeMembers(value, path, depth);
}

function writeMembers(value, path, depth) {
  if (Array.isArray(value)) {
    const elements = Array.from(value, (element, index) => write(element, { above: path, step: index }, depth + 1) ?? 'null');
    return `[${elements.join()}]`;
  }
  if (!isPlainObject(value)) throw unwritable(path, value);
  let members = '';
  for (const name of Object.keys(value)) {
    const member = value[name];
    const text = typeof member === 'string' ? quoted(member) : write(member, { above: path, step: name }, depth + 1);
    if (text !== undefined) members += `${members === '' ? '' : ','}${quoted(name)}:${text}`;
  }
  return `{${members}}`;
}

module.exports = { isPlainObject, write };
