'use strict';
// Batches on the thread pool. What the event loop has to do for one, the results above all, is done in pieces, with a turn of the
// loop between two, so that nothing else of the program waits for a whole batch.

const { types } = require('node:util');
const check = require('./arguments.cjs');
const { abortable, attempt, result } = require('./call.cjs');

/** The most items of a piece, and the length at which it ends, in characters or bytes: well under a millisecond of work. */
const PIECE = { items: 64, length: 128 * 1024 };

/** Where the piece ends that begins at this index: an item later at least. */
function endOf(inputs, from) {
  let length = 0;
  let end = from;
  do {
    length += inputs[end].length;
    end += 1;
  } while (end < inputs.length && end - from < PIECE.items && length < PIECE.length);
  return end;
}

/**
 * An input as it is now: bytes are copied, since the caller may change them while the batch runs. Text that was just made of an object
 * becomes bytes: V8 holds it as a tree of its parts, of which many take much memory and half of the time.
 */
function kept(input, item) {
  if (types.isUint8Array(input)) return new Uint8Array(input);
  return input !== item && input.isWellFormed() ? new TextEncoder().encode(input) : input;
}

/**
 * A result for each item, in their order: what `convert` makes of its outcome and its index, or its error. `prepare` makes of each
 * item what the addon gets, before this returns. `start` gives a piece of them to the thread pool.
 */
function inPieces(items, name, { signal, prepare, start, convert }) {
  const inputs = [];
  /** Of each input the index of its item. */
  const indices = [];
  const results = check.list(items, name, (item, place, index) => attempt(() => {
    inputs.push(kept(prepare(item, place), item));
    indices.push(index);
    return undefined;
  }));
  return abortable(signal, async (pending) => {
    for (let from = 0; from < inputs.length;) {
      const to = endOf(inputs, from);
      const outcomes = await pending((cancel) => start(inputs.slice(from, to), cancel));
      outcomes.forEach((outcome, index) => {
        results[indices[from + index]] = result(outcome, convert, from + index);
      });
      from = to;
    }
    return results;
  });
}

module.exports = { inPieces, PIECE };
