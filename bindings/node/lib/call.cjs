'use strict';
// Calls of the addon: its failures become errors, thrown or, in a batch, in their item's place.

const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { CallbackProfileError, errorOf } = require('./errors.cjs');

/** Whether the outcome of a call is a failure. */
const isFailure = (outcome) => typeof outcome === 'object' && outcome !== null && Object.hasOwn(outcome, 'failure');

function unwrap(outcome) {
  if (isFailure(outcome)) throw errorOf(outcome.failure);
  return outcome;
}

/** An item of a batch: the value that `convert` makes, or the error. It gets the index of the input too. */
function result(outcome, convert, index) {
  if (isFailure(outcome)) return errorOf(outcome.failure);
  try {
    return convert(outcome, index);
  } catch (error) {
    if (error instanceof CallbackProfileError) return error;
    throw error;
  }
}

/** What `make` returns, or the error that it throws, unless that is a defect of the library. */
function attempt(make) {
  try {
    return make();
  } catch (error) {
    // What is no error, though thrown, could not be told from a value.
    if (!(error instanceof Error) || (error instanceof CallbackProfileError && error.code === 'internal')) throw error;
    return error;
  }
}

/**
 * The error for whatever the addon throws. The arguments were checked before, so it is a panic that was caught, a defect of
 * the library. The panic's own text is dropped: it could quote a value.
 */
const internal = () => new CallbackProfileError({ __proto__: null, code: 'internal', message: 'a defect of the library; please report it' });

/** Calls the addon, or a method of one of its handles. */
function run(target, method, ...args) {
  let outcome;
  try {
    outcome = target[method](...args);
  } catch {
    throw internal();
  }
  return unwrap(outcome);
}

/**
 * Runs `work` with the handle that stops what it starts on the thread pool, and with `pending`, which waits for that: it gives the
 * outcome, or rejects at once when the signal aborts.
 */
async function abortable(signal, work) {
  signal?.throwIfAborted();
  const cancel = new addon.Cancel();
  let stop;
  const aborted = signal && new Promise((_, reject) => {
    stop = () => {
      cancel.cancel();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  const pending = async (start) => {
    const outcome = (async () => start(cancel))().catch(() => { throw internal(); });
    return unwrap(await (aborted ? Promise.race([outcome, aborted]) : outcome));
  };
  try {
    return await work(pending);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

module.exports = { abortable, attempt, result, run };
