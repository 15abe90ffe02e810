'use strict';
// Failures of the core as errors. Their texts and members hold no key, no IV and no value.

/** What this library throws; `code` is a name of the catalogue. */
class CallbackProfileError extends Error {
  constructor(failure) {
    super(failure.message);
    this.code = failure.code;
    if (failure.index !== undefined) this.index = failure.index;
  }
}

/** A payload, patch, stored profile, request or envelope is refused. */
class ProfileError extends CallbackProfileError {
  #envelope;

  constructor(failure) {
    super(failure);
    this.violations = failure.violations.map(({ context, pointer, keyword, message, line, column }) =>
      line === undefined ? { context, pointer, keyword, message } : { context, pointer, keyword, message, line, column });
    this.unlisted = failure.unlisted;
    this.#envelope = failure.envelope;
  }

  /** The API's answer to it: RBC302, 400. */
  get envelope() {
    return new Envelope(this.#envelope);
  }
}

/** A record lacks a value, or what its values make is refused. */
class ReplacerError extends CallbackProfileError {
  constructor(failure) {
    super(failure);
    this.missing = failure.missing ?? [];
  }
}

/** A text could not be decrypted. */
class DecryptionError extends CallbackProfileError {
  constructor(failure) {
    super(failure);
    this.parameter = failure.parameter ?? null;
  }
}

for (const type of [CallbackProfileError, ProfileError, ReplacerError, DecryptionError]) {
  Object.defineProperty(type.prototype, 'name', { value: type.name, configurable: true, writable: true });
}

/** A response of the API. Its own members are those of the JSON, in the documented order. */
class Envelope {
  #text;

  constructor(text) {
    const { code, message, data, error, status } = JSON.parse(text);
    Object.assign(this, { code, message, data, error, status });
    this.#text = text;
  }

  /** The exact JSON text. */
  toString() {
    return this.#text;
  }

  /** For logs: the data may hold a key that was asked for by name. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    const { code, message, status } = this;
    return `Envelope ${inspect({ code, message, status }, options)}`;
  }
}

const REPLACER = new Set(['missing_value', 'output_too_large', 'unsafe_header', 'unsafe_path']);
const DECRYPTION = new Set(['invalid_encoding', 'auth_failed', 'not_utf8', 'not_encrypted']);

function errorOf(failure) {
  if (failure.violations !== undefined) return new ProfileError(failure);
  if (REPLACER.has(failure.code)) return new ReplacerError(failure);
  if (DECRYPTION.has(failure.code)) return new DecryptionError(failure);
  return new CallbackProfileError(failure);
}

/** The result, or the error that it stands for. */
function unwrap(outcome) {
  if (typeof outcome === 'object' && outcome !== null && outcome.failure !== undefined) {
    throw errorOf(outcome.failure);
  }
  return outcome;
}

/** The front door has checked the arguments, so whatever the addon throws is a defect of ours: a panic that was caught. */
function defect(error) {
  // The panic's own text stays out: it could quote a value.
  return error instanceof CallbackProfileError
    ? error
    : new CallbackProfileError({ code: 'internal', message: 'a defect of the library; please report it' });
}

/** Calls the addon. */
function run(target, method, ...args) {
  let outcome;
  try {
    outcome = target[method](...args);
  } catch (error) {
    throw defect(error);
  }
  return unwrap(outcome);
}

/** Runs a batch on the thread pool; `start` gets the handle that stops it. */
async function runAsync(Cancel, signal, start) {
  signal?.throwIfAborted();
  const cancel = new Cancel();
  let stop;
  const aborted = signal && new Promise((_, reject) => {
    stop = () => {
      cancel.cancel();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const outcome = start(cancel).catch((error) => { throw defect(error); });
    return unwrap(await (aborted ? Promise.race([outcome, aborted]) : outcome));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

module.exports = {
  CallbackProfileError, DecryptionError, Envelope, ProfileError, ReplacerError, run, runAsync,
};
