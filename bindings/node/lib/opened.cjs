'use strict';
// The text of an opened callback as a JavaScript object: numbers as the caller wants them, and no name that means the
// prototype.

const { DecryptionError } = require('./errors.cjs');
const { visible } = require('./visible.cjs');

/** Longest number that is read exactly, in characters: the time for it grows faster than its length. */
const LONGEST_NUMBER = 1000;

/** The digits and the power of ten of the last one that is not 0: equal for equal decimal numbers. */
function decimal(text) {
  const [, whole, fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  const power = BigInt(exponent.replace('+', '')) + BigInt(digits.length - kept.length - fraction.length);
  return kept === '' ? '0' : `${kept}e${power}`;
}

/** Whether a JavaScript number of this text is written as the same decimal number. The core refuses what is out of range. */
function isExact(text) {
  return text.length <= LONGEST_NUMBER && decimal(`${Number(text)}`) === decimal(text);
}

/** A parameter's name below another. */
const below = (path, name) => (path === '' ? name : `${path}.${name}`);

const refused = (code, path, why) =>
  new DecryptionError({ __proto__: null, code, message: `parameter ${visible(path)}: ${why}`, parameters: [path] });

/** What becomes of a number's text; undefined if it is refused. */
const READINGS = {
  __proto__: null,
  // The core refuses what is out of range, so a whole number is short.
  bigint: (text) => (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text)),
  text: (text) => text,
  strict: (text) => (isExact(text) ? Number(text) : undefined),
};

/** Reads compact JSON that the core wrote, so the text is known to be right. */
class Reader {
  #text;
  #at = 0;
  #number;

  constructor(text, number) {
    this.#text = text;
    this.#number = number;
  }

  value(path) {
    switch (this.#text[this.#at]) {
      case '"': return this.#string();
      case '{': return this.#object(path);
      case '[': return this.#array(path);
      default: return this.#scalar(path);
    }
  }

  #string() {
    const start = this.#at;
    do this.#at += this.#text[this.#at] === '\\' ? 2 : 1; while (this.#text[this.#at] !== '"');
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at));
  }

  #scalar(path) {
    const start = this.#at;
    while (this.#at < this.#text.length && !',]}'.includes(this.#text[this.#at])) this.#at += 1;
    const text = this.#text.slice(start, this.#at);
    if (text === 'true' || text === 'false' || text === 'null') return JSON.parse(text);
    const number = this.#number(text);
    if (number === undefined) throw refused('invalid_json', path, 'a JavaScript number cannot hold it');
    return number;
  }

  /** The items between two brackets. */
  #items(end, read) {
    this.#at += 1;
    for (let index = 0; this.#text[this.#at] !== end; index += 1) {
      if (index > 0) this.#at += 1; // the comma
      read(index);
    }
    this.#at += 1;
  }

  #array(path) {
    const elements = [];
    this.#items(']', (index) => elements.push(this.value(`${path}[${index}]`)));
    return elements;
  }

  #object(path) {
    const object = {};
    this.#items('}', () => {
      const name = this.#string();
      this.#at += 1; // the colon
      const value = this.value(below(path, name));
      // Not by assignment, which would set the prototype where the name is __proto__.
      Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    });
    return object;
  }
}

/** Throws if a member anywhere in the value is named `__proto__`. */
function refusePrototypes(value, path) {
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    const inner = Array.isArray(value) ? `${path}[${name}]` : below(path, name);
    if (name === '__proto__') {
      throw refused('refused_name', inner, "a parameter's name is refused: it would change a JavaScript object's prototype");
    }
    refusePrototypes(value[name], inner);
  }
}

/** The object of an opened callback's text; every parameter is an own property. */
function values(text, { numbers = 'number', prototypeNames = false }) {
  const object = numbers === 'number' ? JSON.parse(text) : new Reader(text, READINGS[numbers]).value('');
  // Most texts need no walk. An escape may hide the name.
  if (!prototypeNames && (text.includes('__proto__') || text.includes('\\u'))) refusePrototypes(object, '');
  return object;
}

const NUMBERS = ['number', ...Object.keys(READINGS)];

module.exports = { NUMBERS, values };
