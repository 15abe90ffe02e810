'use strict';
// What the library uses of `node:util`, for engines without it. Node's own looks at the same hidden marks of an object.

const read = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const typedArrayName = read(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const length = read(ArrayBuffer.prototype, 'byteLength');
const sharedLength = globalThis.SharedArrayBuffer && read(SharedArrayBuffer.prototype, 'byteLength');

/** Whether the object has the mark that the function reads; without it, it throws. */
function has(get, value) {
  try {
    get.call(value);
    return true;
  } catch {
    return false;
  }
}

const isPlain = (prototype) => prototype === Object.prototype || prototype === null || prototype === Array.prototype;

const types = {
  isUint8Array: (value) => typedArrayName.call(value) === 'Uint8Array',
  // Where pages are not isolated there is no such class, but there may be such memory, of WebAssembly.
  isSharedArrayBuffer: (value) => !has(length, value) && (sharedLength === undefined
    ? Object.prototype.toString.call(value) === '[object SharedArrayBuffer]' : has(sharedLength, value)),
  // The question is asked of every object of a record, and a mark that is not there is an exception: plain ones are told first.
  isDate: (value) => !isPlain(Object.getPrototypeOf(value)) && has(Date.prototype.getTime, value),
};

/** Where Node, Deno and Bun look for an object's own way to be shown. */
const inspect = { custom: Symbol.for('nodejs.util.inspect.custom') };

module.exports = { inspect, types };
