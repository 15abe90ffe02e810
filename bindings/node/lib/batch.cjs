'use strict';
// Batches on the thread pool. What the event loop has to do for one, the results above all, is done in pieces, with a turn of the
// loop between two, so that nothing else of the program waits for a whole batch.

const { types } = require('node:util');
const check = require('./arguments.cjs');
const { utf8 } = require('./bytes.cjs');
const { abortable, attempt, result } = require('./call.cjs');
const { wrongType } = require('./refusals.cjs');

/** The most items of a piece, and the length at which it ends, in characters or bytes: well under a millisecond of work. */
const PIECE = { items: 64, length: 128 * 1024 };

/** A row of a table without a value: it stays without. What is undefined is a mistake, as a hole in an array is. */
const isNothing = (item) => item === null;

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
  return input !== item && input.isWellFormed() ? utf8(input) : input;
}

/**
 * A result for each item, in their order: what `convert` makes of its outcome and its index, or its error. `prepare` makes of each
 * item what the addon gets, before this returns. `start` gives a piece of them to the thread pool.
 */
function inPieces(items, name, { signal, prepare, start, convert }) {
  const inputs = [];
  /** Of each input the index of its item. */
  const indices = [];
  const results = check.list(items, name, (item, place, index) => (isNothing(item) ? null : attempt(() => {
    inputs.push(kept(prepare(item, place), item));
    indices.push(index);
    return undefined;
  })));
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

/** The most items that one call of the addon gets: what is between two languages at a time is no more. */
const BLOCK = 1024;

/**
 * A result for each item, in their order: what `convert` makes of its outcome, its error, or null for null. `work` gives the
 * outcomes of many inputs, which the addon divides among threads.
 */
function inBlocks(items, name, { prepare, work, convert }) {
  let inputs = [];
  let indices = [];
  let results;
  const flush = () => {
    const outcomes = work(inputs);
    outcomes.forEach((outcome, at) => { results[indices[at]] = result(outcome, convert); });
    [inputs, indices] = [[], []];
  };
  check.list(items, name, (item, place, index) => {
    results ??= new Array(items.length).fill(null);
    if (isNothing(item)) return;
    const failed = attempt(() => {
      inputs.push(prepare(item, place));
      indices.push(index);
    });
    if (failed !== undefined) results[index] = failed;
    if (inputs.length === BLOCK) flush();
  });
  results ??= [];
  if (inputs.length > 0) flush();
  return results;
}

/** Results of items that do not fit in memory together: `many` makes those of a block while the next one has not been asked for. */
async function* inTurns(items, name, many) {
  if (typeof items?.[Symbol.asyncIterator] !== 'function' && typeof items?.[Symbol.iterator] !== 'function') {
    throw wrongType(name, 'an iterable or async iterable', items);
  }
  let block = [];
  for await (const item of items) {
    block.push(item);
    if (block.length === BLOCK) {
      yield* await many(block);
      block = [];
    }
  }
  if (block.length > 0) yield* await many(block);
}

module.exports = { inBlocks, inPieces, inTurns, PIECE };
