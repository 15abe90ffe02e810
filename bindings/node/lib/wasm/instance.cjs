'use strict';
// An instance of the core as WebAssembly. The texts of a call are written into its memory, and those of the answer are read from there;
// the instance wipes both (`bindings/wasm/src/exchange.rs`).
//
// A trap ends an instance and nothing else: what it had written is never read, its objects report that it has ended, and the next
// object is made in a new one.

/** What an export returns beside handles and truth values. */
const [FAILED, NONE, NO_MEMORY] = [-1, -2, -3];

/** The most that one call takes in, in bytes: addresses in the memory have 32 bits. */
const LARGEST_INPUT = 2 ** 31;

/** Longer strings are encoded before there is room for them: room is made for the most that a string can become, three times its length. */
const LONG_STRING = 16 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const internal = (message) => ({ failure: { class: 'InternalError', code: 'internal', message } });

const TRAPPED = 'a defect of the library, or no memory was left; objects that were made before have to be made again';
const ENDED = 'it was made before a call ended by a defect or for want of memory, and has to be made again';
const FULL = 'no memory is left for this call';

/** UTF-8; a lone surrogate, which has none, as the three bytes of its number: the core refuses them and reports their offset. */
function invalidUtf8(text) {
  const parts = [...text].map((character) => {
    const code = character.charCodeAt(0);
    const isLone = character.length === 1 && code >= 0xd800 && code <= 0xdfff;
    return isLone ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)] : [...encoder.encode(character)];
  });
  return Uint8Array.from(parts.flat());
}

/** What is written of a text: itself, or bytes. */
function written(text) {
  if (typeof text !== 'string') return text;
  if (!text.isWellFormed()) return invalidUtf8(text);
  return text.length > LONG_STRING ? encoder.encode(text) : text;
}

/** The answer to a call; read before the instance wipes it. */
class Answer {
  /** A handle, or 1 or 0. */
  number;
  #memory;
  #at;

  constructor(number, memory, at) {
    this.number = number;
    this.#memory = memory;
    this.#at = at;
  }

  get count() {
    return this.#memory.getUint32(this.#at, true);
  }

  /** The bytes of a text, where they are. */
  #bytes(index) {
    let start = this.#at + 4 * (this.count + 1);
    for (let before = 1; before <= index; before += 1) start += this.#memory.getUint32(this.#at + 4 * before, true);
    return new Uint8Array(this.#memory.buffer, start, this.#memory.getUint32(this.#at + 4 * (index + 1), true));
  }

  text(index = 0) {
    return decoder.decode(this.#bytes(index));
  }

  json(index = 0) {
    return JSON.parse(this.text(index));
  }

  bytes() {
    return globalThis.Buffer === undefined ? this.#bytes(0).slice() : globalThis.Buffer.from(this.#bytes(0));
  }
}

class Instance {
  #exports;
  #memory;
  /** Frees what JavaScript has no handle of any more; absent in engines that do not tell. */
  #registry = globalThis.FinalizationRegistry && new FinalizationRegistry((id) => this.#free(id));

  constructor(module) {
    this.#exports = new WebAssembly.Instance(module).exports;
  }

  get isEnded() {
    return this.#exports === undefined;
  }

  /**
   * Calls an export: with handles of this instance, the text of the settings, and texts or bytes. Gives what `read` makes of the answer;
   * null where there is none; or a failure.
   */
  call(name, handles, settings, texts, read) {
    if (this.isEnded || handles.some(({ instance }) => instance !== this)) return internal(ENDED);
    const inputs = [settings, ...texts].map(written);
    let number;
    try {
      if (!this.#write(inputs)) return internal(FULL);
      number = this.#exports[name](...handles.map(({ id }) => id));
    } catch {
      this.#exports = undefined;
      return internal(TRAPPED);
    }
    if (number === NO_MEMORY) return internal(FULL);
    if (number === NONE) return null;
    try {
      const answer = new Answer(number, this.#view(), this.#exports.output() >>> 0);
      return number === FAILED ? { failure: answer.json() } : read(answer);
    } finally {
      this.#exports.finish();
    }
  }

  /** Tells the instance when the handle is gone. */
  keep(handle) {
    this.#registry?.register(handle, handle.id);
  }

  #free(id) {
    try {
      this.#exports?.free(id);
    } catch {
      this.#exports = undefined;
    }
  }

  /** The memory, which is another buffer after it grew. */
  #view() {
    const { buffer } = this.#exports.memory;
    if (this.#memory?.buffer !== buffer) this.#memory = new DataView(buffer);
    return this.#memory;
  }

  /** Number and lengths of the texts, then the texts. Whether there was room for them. */
  #write(texts) {
    const head = 4 * (texts.length + 1);
    const most = texts.reduce((sum, text) => sum + (typeof text === 'string' ? 3 : 1) * text.length, head);
    const start = most < LARGEST_INPUT ? this.#exports.input(most) >>> 0 : 0;
    if (start === 0) return false;
    const memory = this.#view();
    memory.setUint32(start, texts.length, true);
    let at = start + head;
    texts.forEach((text, index) => {
      const room = new Uint8Array(memory.buffer, at, (typeof text === 'string' ? 3 : 1) * text.length);
      const length = typeof text === 'string' ? encoder.encodeInto(text, room).written : text.length;
      if (typeof text !== 'string') room.set(text);
      memory.setUint32(start + 4 * (index + 1), length, true);
      at += length;
    });
    return true;
  }
}

module.exports = { Instance };
