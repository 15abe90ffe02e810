'use strict';
// A plain object in the form that crosses into the addon fastest: the names and values of all its members as one text, and
// their lengths. The addon writes of them what `json.cjs` writes of the object, character for character, in a fraction of
// the time. Reading the object member by member from Rust takes longer than writing it here.

const { types } = require('node:util');
const { isPlainObject, write } = require('./json.cjs');

/** The largest list of lengths that is kept for the next call. */
const KEPT = 4096;

/** The list for the next call; undefined while one is in use, because a getter may make a callback of its own. */
let spare = new Int32Array(128);

/** Whether `json.cjs` would read nothing of it but its own members, each once, in the order of Object.keys. */
function isPlain(value) {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && isPlainObject(value)
    && !('toJSON' in value) && !('rawJSON' in value);
}

/**
 * The members of a plain object, which errors call `path`. The next call overwrites `lengths`; the length of a JSON text is
 * negative.
 */
function members(object, path) {
  let lengths = spare ?? new Int32Array(KEPT);
  spare = undefined;
  let text = '';
  let count = 0;
  for (const name of Object.keys(object)) {
    const value = object[name];
    const isString = typeof value === 'string';
    const written = isString ? value : write(value, { above: path, step: name }, 1);
    if (written === undefined) continue;
    if (2 * count === lengths.length) lengths = twice(lengths);
    lengths[2 * count] = name.length;
    lengths[2 * count + 1] = isString ? written.length : -written.length;
    count += 1;
    text += name;
    text += written;
  }
  if (lengths.length <= KEPT) spare = lengths;
  return { text, lengths, count };
}

function twice(lengths) {
  const larger = new Int32Array(2 * lengths.length);
  larger.set(lengths);
  return larger;
}

module.exports = { isPlain, members };
