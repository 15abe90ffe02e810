'use strict';
// The library as WebAssembly: requests in, replies out, as bindings/wasm describes them. One instance serves all calls. A trap ends the
// instance, and the next call has a new one; what lived in the old one is made again from what it was made of.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What goes beside the JSON of the request that is being written. */
let beside;

/** A text or bytes of the caller's, which goes beside the JSON of a request, where its place is. */
class Attached {
  #value;

  constructor(value) {
    this.#value = value;
  }

  toJSON() {
    const bytes = typeof this.#value === 'string' ? utf8(this.#value) : this.#value;
    const place = [beside.size, bytes.length];
    beside.parts.push(bytes);
    beside.size += bytes.length;
    return place;
  }
}

const attached = (value) => (value === undefined || value === null ? null : new Attached(value));

/** UTF-8, but three bytes for a lone surrogate, which has none: the core refuses them and reports their offset. */
function utf8(text) {
  if (text.isWellFormed()) return encoder.encode(text);
  const parts = [];
  for (const character of text) {
    const unit = character.charCodeAt(0);
    const isLone = character.length === 1 && unit >= 0xd800 && unit <= 0xdfff;
    parts.push(isLone ? [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63)] : encoder.encode(character));
  }
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

let compiled;
let current;

/** Makes instances of this module from now on. */
function use(module) {
  [compiled, current] = [module, undefined];
}

function instance() {
  current ??= new WebAssembly.Instance(compiled).exports;
  return current;
}

/** Gives back the object of a handle that was collected, if its instance is still there. */
const collected = typeof FinalizationRegistry === 'undefined' ? undefined : new FinalizationRegistry(({ of, number }) => {
  if (of === current) call('forget', number);
});

/** An object that lives in the instance. `make` gives its number, and makes it again in another instance. */
class Handle {
  #make;
  #of;
  #number;

  constructor(make, number) {
    this.#make = make;
    this.#keep(number);
  }

  #keep(number) {
    [this.#of, this.#number] = [current, number];
    collected?.register(this, { of: current, number });
  }

  get number() {
    if (this.#of !== current) this.#keep(this.#make());
    return this.#number;
  }

  toJSON() {
    return this.number;
  }
}

/** The bytes of a request. A handle of a lost instance writes another request meanwhile. */
function request(name, args) {
  const outer = beside;
  const { parts } = beside = { parts: [], size: 0 };
  let size;
  let json;
  try {
    json = encoder.encode(JSON.stringify([name, ...args]));
    size = beside.size;
  } finally {
    beside = outer;
  }
  const bytes = new Uint8Array(4 + json.length + size);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The letter and the content of a reply; throws for a trap, and leaves the instance behind. */
function exchange(bytes) {
  const exports = instance();
  try {
    const address = exports.alloc(bytes.length);
    if (address === 0) throw new RangeError('the memory of WebAssembly is full');
    new Uint8Array(exports.memory.buffer, address, bytes.length).set(bytes);
    bytes.fill(0);
    const reply = exports.call(address, bytes.length);
    const head = new DataView(exports.memory.buffer, reply);
    const content = new Uint8Array(exports.memory.buffer, reply + 5, head.getUint32(0, true)).slice();
    const letter = String.fromCharCode(head.getUint8(4));
    exports.release(reply);
    return { letter, content };
  } catch (error) {
    // Nothing of a call that trapped is read, and nothing else runs in its memory.
    if (current === exports) current = undefined;
    throw error;
  }
}

/** Calls the library: a value, or `{ failure }`. A handle is given as its number. */
function call(name, ...args) {
  // Handles of a lost instance are made again before the request is written, not while it is.
  instance();
  const { letter, content } = exchange(request(name, args));
  switch (letter) {
    case 'u': return undefined;
    case 'n': return null;
    case 'b': return content;
    case 'f': return { failure: JSON.parse(decoder.decode(content)) };
    case 't': return decoder.decode(content);
    default: return JSON.parse(decoder.decode(content));
  }
}

const isFailure = (outcome) => typeof outcome === 'object' && outcome !== null && Object.hasOwn(outcome, 'failure');

/** Calls the library for an object that stays there: what `wrap` makes of its handle, or `{ failure }`. */
function made(wrap, name, ...args) {
  const outcome = call(name, ...args);
  if (isFailure(outcome) || outcome === null) return outcome;
  return wrap(new Handle(() => call(name, ...args), outcome));
}

module.exports = { Handle, attached, call, isFailure, made, use };
