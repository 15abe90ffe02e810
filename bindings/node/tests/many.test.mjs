// Batches that give texts, rows without a value, iterators, and who opens in part.
import assert from 'node:assert/strict';
import test from 'node:test';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DecryptionError, Profile, ReplacerError, keygenSealed } from 'callback-profile';
import { PAYLOAD, RECORD } from './support.mjs';

const profile = Profile.parse(PAYLOAD);
const RECORDS = Array.from({ length: 3_000 }, (_, at) => ({ ...RECORD, recipient: `+91${at}` }));
const BODIES = RECORDS.map((record) => profile.callback(record).body);

test('texts are those of the single calls, in their order, on any number of threads', () => {
  assert.deepEqual(profile.callbackBodies(RECORDS), BODIES);
  assert.deepEqual(profile.callbackBodies(RECORDS.map((record) => JSON.stringify(record))), BODIES);
  assert.deepEqual(profile.openJsonMany(BODIES), BODIES.map((body) => profile.openJson(body)));
  assert.deepEqual(profile.openMany(BODIES), BODIES.map((body) => profile.open(body)));
  assert.deepEqual(profile.openJsonMany(BODIES.map((body) => Buffer.from(body))), profile.openJsonMany(BODIES));
  assert.deepEqual([profile.callbackBodies([]), profile.openJsonMany([])], [[], []]);
});

test('null stays null, and a failed item is its error in its place', async () => {
  const bodies = [null, BODIES[0], '{', null, '{"to":"AAAA"}', 7, undefined, BODIES[1]];
  const kinds = ['null', 'value', 'invalid_json', 'null', 'auth_failed', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE', 'value'];
  const kind = (each) => (each === null ? 'null' : each.code ?? 'value');
  for (const opened of [profile.openMany(bodies), profile.openJsonMany(bodies), await profile.openManyAsync(bodies)]) {
    assert.deepEqual(opened.map(kind), kinds);
    assert.ok(opened[2] instanceof DecryptionError && opened[4].parameter === 'to');
    assert.match(opened[5].message, /^bodies\[5\] must be /);
  }
  const records = [RECORD, null, '[', {}];
  const options = { missing: 'error' };
  for (const made of [profile.callbacks(records, options), profile.callbackBodies(records, options), await profile.callbacksAsync(records, options)]) {
    assert.deepEqual(made.map(kind), ['value', 'null', 'invalid_json', 'missing_value']);
    assert.ok(made[3] instanceof ReplacerError);
  }
  for (const method of ['callbackBodies', 'openJsonMany', 'openMany']) assert.throws(() => profile[method]('x'), { name: 'TypeError' });
});

test('a GET has no bodies, and a sealed profile gives each callback an id of its own', () => {
  const get = Profile.parse({ title: 'sms', http_method: 'GET', url: 'https://example.com/?to=<to>' });
  assert.deepEqual(get.callbackBodies([{ to: '1' }, { to: '2' }]), [null, null]);
  const { title, http_method, url, body } = PAYLOAD;
  const sealed = Profile.parse({ title, http_method, url, body, enc: keygenSealed('k1') });
  const bodies = sealed.callbackBodies(RECORDS.slice(0, 1_500));
  assert.equal(new Set(bodies).size, 1_500);
  const expected = { tolerance: null, method: null, url: null, profileId: null };
  const ids = bodies.map((each) => sealed.openDetails(each, { expected }).sealed.id);
  assert.equal(new Set(ids).size, 1_500);
  assert.equal(sealed.openJsonMany(bodies, { expected })[7], sealed.openJson(bodies[7], { expected }));
});

test('an iterator gives the results of what need not fit in memory', async () => {
  async function* lines() {
    for (const body of BODIES) yield body;
    yield null;
    yield '{';
  }
  for (const source of [lines(), [...BODIES, null, '{'], new Set([...BODIES, null, '{'])]) {
    const opened = [];
    for await (const each of profile.openIter(source)) opened.push(each);
    assert.equal(opened.length, BODIES.length + 2);
    assert.deepEqual(opened.slice(0, -1), [...profile.openMany(BODIES), null]);
    assert.equal(opened.at(-1).code, 'invalid_json');
  }
  // No more is read ahead than a block, and the source is closed by whoever stops early.
  let read = 0;
  let isClosed = false;
  function* endless() {
    try {
      for (;;) {
        read += 1;
        yield BODIES[0];
      }
    } finally {
      isClosed = true;
    }
  }
  for await (const each of profile.openIter(endless())) {
    assert.equal(each.status, RECORD.status);
    break;
  }
  assert.ok(isClosed && read === 1_024, `${read}`);
  await assert.rejects(profile.openIter(7).next(), { name: 'TypeError' });
  await assert.rejects(profile.openIter(BODIES, { signal: AbortSignal.abort() }).next(), { name: 'AbortError' });
  function* failing() {
    yield BODIES[0];
    throw new RangeError('mine');
  }
  await assert.rejects(profile.openIter(failing()).next(), RangeError);
});

test('the event loop turns while a batch runs', async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const many = Array.from({ length: 20 }, () => BODIES).flat();
  delay.enable();
  const opened = await profile.openManyAsync(many);
  delay.disable();
  assert.equal(opened.length, many.length);
  // Copying the bodies is one piece of work, before the promise; afterwards a turn comes every 64 results. A busy machine may add to it.
  assert.ok(delay.percentile(90) < 50e6, `${delay.percentile(90) / 1e6} ms`);
});

test('opening in part is asked for by openDetails alone', () => {
  assert.throws(() => profile.openDetails('{}', { partial: 1 }), { name: 'TypeError' });
  assert.throws(() => profile.open('{}', { partial: true }), { code: 'invalid_argument' });
});
