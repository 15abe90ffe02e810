'use strict';
// Calls of the addon: its failures become errors, thrown or, in a batch, in their item's place.

const addon = require('./addon.cjs');
const { CallbackProfileError, errorOf } = require('./errors.cjs');

/** Whether the outcome of a call is a failure. */
const isFailure = (outcome) => typeof outcome === 'object' && outcome !== null && outcome.failure !== undefined;

function unwrap(outcome) {
  if (isFailure(outcome)) throw errorOf(outcome.failure);
  return outcome;
}

/** The items of a batch: values that are converted, and errors. */
const results = (outcomes, convert) =>
  outcomes.map((outcome) => (isFailure(outcome) ? errorOf(outcome.failure) : convert(outcome)));

/**
 * The error for whatever the addon throws. The arguments were checked before, so it is a panic that was caught, a defect of
 * the library. The panic's own text is dropped: it could quote a value.
 */
const internal = () => new CallbackProfileError({ code: 'internal', message: 'a defect of the library; please report it' });

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

/** Runs a batch on the thread pool; `start` gets the handle that stops it. */
async function runAsync(signal, start) {
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
  try {
    const outcome = (async () => start(cancel))().catch(() => { throw internal(); });
    return unwrap(await (aborted ? Promise.race([outcome, aborted]) : outcome));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

module.exports = { results, run, runAsync };
