// Batches on the thread pool are done in pieces: when each item is read, and that the event loop has a turn between two pieces.
import assert from 'node:assert/strict';
import test from 'node:test';
import { join } from 'node:path';
import { Profile } from 'callback-profile';
import { PACKAGE, PAYLOAD, RECORD, require } from './support.mjs';

const { PIECE } = require(join(PACKAGE, 'lib/batch.cjs'));
const profile = Profile.parse(PAYLOAD);
const BODY = profile.callback(RECORD).body;
const OPENED = profile.open(BODY);

/** Each asynchronous batch: an item of it as an object, and what it gives for that. */
const CALLS = {
  callbacksAsync: [RECORD, profile.callback(RECORD)],
  callbackBodiesAsync: [RECORD, BODY],
  openManyAsync: [JSON.parse(BODY), OPENED],
  openJsonManyAsync: [JSON.parse(BODY), profile.openJson(BODY)],
};

/** Counts turns of the event loop until the test `t` ends, however it does, or `stop` is called. */
function turns(t) {
  const counted = { count: 0, stop: () => { clearImmediate(next); } };
  t.after(counted.stop);
  let next;
  const turn = () => {
    counted.count += 1;
    next = setImmediate(turn);
  };
  next = setImmediate(turn);
  return counted;
}

/** An array that calls `read` with the index of each element that is asked for. */
const watched = (array, read) => new Proxy(array, {
  get(target, name) {
    if (typeof name === 'string' && /^[0-9]+$/.test(name)) read(Number(name));
    return Reflect.get(target, name);
  },
});

for (const [name, [object, result]] of Object.entries(CALLS)) {
  test(`${name} reads one piece before it returns, and each other one in a turn of its own`, async (t) => {
    const count = 20 * PIECE.items + 1;
    const counted = turns(t);
    /** Of each turn, how many elements were asked for, and how many objects for their text. */
    const [asked, written] = [new Map(), new Map()];
    const add = (to) => to.set(counted.count, (to.get(counted.count) ?? 0) + 1);
    const order = [];
    const items = watched(Array.from({ length: count }, () => ({ toJSON: () => { add(written); return object; } })), (index) => {
      order.push(index);
      add(asked);
    });
    const running = profile[name](items);
    assert.equal(order.length, PIECE.items);
    const results = await running;
    counted.stop();
    assert.deepEqual(order, Array.from({ length: count }, (_, index) => index));
    assert.deepEqual([...asked.values()], [...Array(20).fill(PIECE.items), 1]);
    assert.deepEqual(written, asked);
    assert.equal(results.length, count);
    for (const index of [0, PIECE.items - 1, PIECE.items, count - 1]) assert.deepEqual(results[index], result);
  });
}

test('the event loop gets its turns while results are made', async (t) => {
  const large = profile.callback({ ...RECORD, status: 'x'.repeat(PIECE.length) }).body;
  const count = 20 * PIECE.items + 1;
  for (const [bodies, pieces] of [[Array(count).fill(BODY), 21], [Array(10).fill(large), 10], [[large, BODY, BODY, large], 2]]) {
    const counted = turns(t);
    /** Of each turn, how many texts of results are read. */
    const busy = new Map();
    const parse = JSON.parse;
    const mocked = t.mock.method(JSON, 'parse', (text) => {
      busy.set(counted.count, (busy.get(counted.count) ?? 0) + 1);
      return parse(text);
    });
    const opened = await profile.openManyAsync(bodies);
    counted.stop();
    mocked.mock.restore();
    assert.equal(opened.length, bodies.length);
    assert.equal(busy.size, pieces);
    assert.ok(Math.max(...busy.values()) <= PIECE.items, `${[...busy.values()]}`);
    assert.equal([...busy.values()].reduce((sum, texts) => sum + texts), bodies.length);
  }
});

test('items that give the thread pool nothing to do, and an iterator that never waits, leave the loop its turns too', async (t) => {
  const count = 20 * PIECE.items;
  for (const items of [Array(count).fill(null), Array(count).fill(7)]) {
    const counted = turns(t);
    assert.equal((await profile.openManyAsync(items)).length, count);
    counted.stop();
    assert.ok(counted.count >= 19, `${counted.count} turns`);
  }
  const counted = turns(t);
  const read = new Map();
  function* source() {
    for (let at = 0; at < 1_000; at += 1) {
      read.set(counted.count, (read.get(counted.count) ?? 0) + 1);
      yield BODY;
    }
  }
  let opened = 0;
  for await (const each of profile.openIter(source())) opened += each.to === RECORD.recipient ? 1 : 0;
  counted.stop();
  assert.equal(opened, 1_000);
  assert.ok(Math.max(...read.values()) <= PIECE.items, `${[...read.values()]}`);
});

test('an item is read as it is when its piece begins, and once', async () => {
  const other = profile.callback({ ...RECORD, recipient: '+910000000000' }).body;
  assert.equal(other.length, BODY.length);
  const buffers = Array.from({ length: 3 * PIECE.items }, () => Buffer.from(BODY));
  const running = profile.openManyAsync(buffers);
  for (const buffer of buffers) buffer.write(other);
  const recipients = (await running).map(({ to }) => to);
  const expected = [...Array(PIECE.items).fill(RECORD.recipient), ...Array(2 * PIECE.items).fill('+910000000000')];
  assert.deepEqual(recipients, expected);
  // A turn is enough for bytes to be gone: they are refused, not read as none.
  const given = Array.from({ length: PIECE.items + 1 }, () => new Uint8Array(Buffer.from(BODY)));
  const last = profile.openManyAsync(given);
  structuredClone(given[PIECE.items], { transfer: [given[PIECE.items].buffer] });
  assert.match((await last)[PIECE.items].message, /^bodies\[64\] must not be a detached Uint8Array$/);
});

test('an array that becomes shorter or longer before it was read is refused', async () => {
  const changes = { emptied: (array) => { array.length = 0; }, shorter: (array) => array.pop(), longer: (array) => array.push(null) };
  for (const [name, [object]] of Object.entries(CALLS)) {
    const what = name.startsWith('open') ? 'bodies' : 'records';
    for (const change of Object.values(changes)) {
      const items = Array(PIECE.items + 1).fill(object);
      const running = profile[name](items);
      change(items);
      await assert.rejects(running, { code: 'invalid_argument', message: `${what} must keep its length until the promise settles` });
    }
    // All of it was read: nothing is lost.
    const items = Array(PIECE.items).fill(object);
    const running = profile[name](items);
    items.length = 0;
    assert.equal((await running).length, PIECE.items);
  }
});
