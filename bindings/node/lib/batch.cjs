'use strict';
// Batches. What the event loop has to do for one on the thread pool, reading the items and making the results, is done in pieces,
// with a turn of the loop between two, so that nothing else of the program waits for a whole batch.

const check = require('./arguments.cjs');
const { abortable, attempt, result } = require('./call.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');
const { turn } = require('./turn.cjs');

/** The most items of a piece, and the length at which it ends, in characters or bytes: about a millisecond of work. */
const PIECE = { items: 64, length: 128 * 1024 };

/** A row of a table without a value: it stays without. What is undefined is a mistake, as a hole in an array is. */
const isNothing = (item) => item === null;

/**
 * The piece that begins at this index, with one item at least: `inputs` are what `prepare` makes of its items for the addon. `results`
 * has an element for each item: null for null, the error of an item of which no input can be made, else undefined.
 */
function pieceOf(items, name, from, count, prepare) {
  const inputs = [];
  const results = [];
  let length = 0;
  do {
    const index = from + results.length;
    const item = items[index];
    results.push(isNothing(item) ? null : attempt(() => {
      const input = prepare(item, `${name}[${index}]`);
      inputs.push(input);
      length += input.length;
    }));
  } while (from + results.length < count && results.length < PIECE.items && length < PIECE.length);
  return { inputs, results };
}

/**
 * A result for each item, in their order: what `convert` makes of its outcome and its index in its piece, or its error, or null for
 * null. `start` gives a piece of inputs to the thread pool, which has copied them when it returns.
 *
 * An item is read once, when its piece begins, and the array is not copied: either would block the loop for as long as the whole
 * batch is large. So both are the call's until the promise settles. An array whose length changes before all of it is read is
 * refused, so that one that is emptied to be filled again does not lose its items unnoticed.
 */
function inPieces(items, name, { signal, prepare, start, convert }) {
  const count = check.array(items, name).length;
  return abortable(signal, async (pending) => {
    const all = [];
    while (all.length < count) {
      if (items.length !== count) throw wrongValue(`${name} must keep its length until the promise settles`);
      const { inputs, results } = pieceOf(items, name, all.length, count, prepare);
      // Where there is nothing to wait for, the loop gets its turn all the same.
      const outcomes = await pending(inputs.length > 0 ? (cancel) => start(inputs, cancel) : turn);
      let at = 0;
      for (const known of results) {
        if (known !== undefined) {
          all.push(known);
        } else {
          all.push(result(outcomes[at], convert, at));
          at += 1;
        }
      }
    }
    return all;
  });
}

/** The most items that one call of the addon gets: what is between two languages at a time is no more. */
const BLOCK = 1024;

/**
 * A result for each item, in their order: what `convert` makes of its outcome, its error, or null for null. `work` gives the
 * outcomes of many inputs, which the addon divides among threads. What `atOnce` gives for an item, if it is given and gives something,
 * is its result already.
 */
function inBlocks(items, name, { atOnce, prepare, work, convert }) {
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
    const known = attempt(() => {
      const made = atOnce?.(item, place);
      if (made === undefined) {
        inputs.push(prepare(item, place));
        indices.push(index);
      }
      return made;
    });
    if (known !== undefined) results[index] = known;
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
    } else if (block.length % PIECE.items === 0) {
      // An iterator that never waits would be read without a turn of the loop.
      await turn();
    }
  }
  if (block.length > 0) yield* await many(block);
}

module.exports = { inBlocks, inPieces, inTurns, PIECE };
