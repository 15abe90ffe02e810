'use strict';
// The error classes. No message and no member of an error holds a key, an IV or a value.
//
// What an error says about names from outside is data and not enumerable, so that loggers, which copy what is enumerable,
// write only the code, the status and the message. `toJSON` and `inspect` show those names escaped.

const { inspect } = require('node:util');
const { visible } = require('./visible.cjs');

/** The base of all errors of this library. Itself, it has the code `internal`: a defect of the library was stopped. */
class CallbackProfileError extends Error {
  constructor(failure) {
    super(failure.message);
    this.code = failure.code;
    // Express, Fastify and http-errors answer with it: what is refused is the sender's mistake, a defect is ours.
    this.statusCode = failure.code === 'internal' ? 500 : 400;
  }

  /** For JSON.stringify. */
  toJSON() {
    const { name, code, statusCode, message } = this;
    return { name, code, statusCode, message };
  }

  [inspect.custom](_depth, options, inspect) {
    const { name, message, ...details } = this.toJSON();
    return `${this.stack} ${inspect(details, options)}`;
  }
}

/** An argument has the right type but a value that makes no sense. */
class ArgumentError extends CallbackProfileError {}

/** The text of the envelope that answers a refusal; for `envelope.cjs`. */
let envelopeText;

/** A violation as the addon gives it; what it may lack is left out. */
function violation({ params, line, column, ...reason }) {
  const position = line === undefined ? undefined : { line, column };
  return { ...reason, params: JSON.parse(params), ...position };
}

/** A payload, patch, stored profile, request or envelope is refused. Its `envelope` is defined in `envelope.cjs`. */
class ProfileError extends CallbackProfileError {
  #violations;
  #unlisted;
  #envelope;

  constructor(failure) {
    super(failure);
    this.#violations = failure.violations.map((each) => violation({ __proto__: null, ...each }));
    this.#unlisted = failure.unlisted;
    this.#envelope = failure.envelope;
  }

  static {
    envelopeText = (error) => error.#envelope;
  }

  get violations() {
    return this.#violations;
  }

  get unlisted() {
    return this.#unlisted;
  }

  toJSON() {
    const violations = this.#violations.map((each) => ({ ...each, pointer: visible(each.pointer) }));
    return { ...super.toJSON(), violations, unlisted: this.#unlisted };
  }
}

/** A message or a callback could not be made of the record. */
class ReplacerError extends CallbackProfileError {
  #missing;

  constructor(failure) {
    super(failure);
    this.#missing = failure.missing ?? [];
  }

  get missing() {
    return this.#missing;
  }

  toJSON() {
    return { ...super.toJSON(), missing: this.#missing.map(visible) };
  }
}

/** A received callback could not be opened, or a value not be decrypted. */
class DecryptionError extends CallbackProfileError {
  #parameters;

  constructor(failure) {
    super(failure);
    this.#parameters = failure.parameters ?? [];
  }

  /** The first of `parameters`. */
  get parameter() {
    return this.#parameters[0] ?? null;
  }

  get parameters() {
    return this.#parameters;
  }

  toJSON() {
    return { ...super.toJSON(), parameters: this.#parameters.map(visible) };
  }
}

/** The signature of a received callback is refused. */
class SignatureError extends CallbackProfileError {}

// By their own names, whatever a bundler calls the classes.
for (const [name, type] of Object.entries({ ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError, SignatureError })) {
  Object.defineProperty(type, 'name', { value: name, configurable: true });
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}

/** The class of each failure, by the name that the addon gives it. */
const CLASSES = {
  ArgumentError, DecryptionError, InternalError: CallbackProfileError, ProfileError, ReplacerError, SignatureError,
};

/** The error of a failure of the addon. */
const errorOf = (failure) => new CLASSES[failure.class]({ __proto__: null, ...failure });

module.exports = {
  ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError, SignatureError, envelopeText,
  errorOf,
};
