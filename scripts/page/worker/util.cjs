'use strict';
// What the npm package asks of `node:util`, in a browser.

const { toString } = Object.prototype;
const isA = (name) => (value) => toString.call(value) === `[object ${name}]`;

exports.inspect = { custom: Symbol.for('nodejs.util.inspect.custom') };
exports.types = {
  isDate: isA('Date'),
  isProxy: () => false, // nothing can tell, and the page has none
  isSharedArrayBuffer: isA('SharedArrayBuffer'),
  isUint8Array: (value) => value instanceof Uint8Array,
};
