'use strict';
// The error classes. No message and no member of an error holds a key, an IV or a value.

/** The base of all errors of this library. Itself, it has the code `internal`: a defect of the library was stopped. */
class CallbackProfileError extends Error {
  constructor(failure) {
    super(failure.message);
    this.code = failure.code;
  }
}

/** An argument has the right type but a value that makes no sense. */
class ArgumentError extends CallbackProfileError {}

/** The text of the envelope that answers a refusal; for `envelope.cjs`. */
let envelopeText;

/** A payload, patch, stored profile, request or envelope is refused. Its `envelope` is defined in `envelope.cjs`. */
class ProfileError extends CallbackProfileError {
  #envelope;

  constructor(failure) {
    super(failure);
    this.violations = failure.violations.map(({ context, pointer, keyword, message, line, column }) =>
      line === undefined ? { context, pointer, keyword, message } : { context, pointer, keyword, message, line, column });
    this.unlisted = failure.unlisted;
    this.#envelope = failure.envelope;
  }

  static {
    envelopeText = (error) => error.#envelope;
  }
}

/** A message or a callback could not be made of the record. */
class ReplacerError extends CallbackProfileError {
  constructor(failure) {
    super(failure);
    this.missing = failure.missing ?? [];
  }
}

/** A received callback could not be opened, or a value not be decrypted. */
class DecryptionError extends CallbackProfileError {
  constructor(failure) {
    super(failure);
    this.parameter = failure.parameter ?? null;
  }
}

for (const type of [ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError]) {
  Object.defineProperty(type.prototype, 'name', { value: type.name, configurable: true, writable: true });
}

/** The class of each failure, by the name that the addon gives it. */
const CLASSES = { ArgumentError, DecryptionError, InternalError: CallbackProfileError, ProfileError, ReplacerError };

const errorOf = (failure) => new CLASSES[failure.class](failure);

module.exports = {
  ArgumentError, CallbackProfileError, DecryptionError, ProfileError, ReplacerError, envelopeText, errorOf,
};
