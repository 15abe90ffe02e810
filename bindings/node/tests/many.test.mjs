// Batches that give texts, rows without a value, iterators, and who opens in part.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ArgumentError, DecryptionError, Profile, ReplacerError, keygenSealed } from 'callback-profile';
import { PAYLOAD, RECORD, thrown } from './support.mjs';

const profile = Profile.parse(PAYLOAD);
const RECORDS = Array.from({ length: 3_000 }, (_, at) => ({ ...RECORD, recipient: `+91${at}` }));
const BODIES = RECORDS.map((record) => profile.callback(record).body);

test('texts are those of the single calls, in their order, on any number of threads', async () => {
  assert.deepEqual(profile.callbackBodies(RECORDS), BODIES);
  assert.deepEqual(profile.callbackBodies(RECORDS.map((record) => JSON.stringify(record))), BODIES);
  // What is filled at once and what many threads fill keep their places among each other, and so do failures.
  const failing = { get to() { throw new RangeError('mine'); } };
  const forms = [(record) => record, (record) => JSON.stringify(record), (record) => Buffer.from(JSON.stringify(record)), () => failing, () => null];
  const mixed = profile.callbackBodies(RECORDS.map((record, at) => forms[at % forms.length](record)));
  mixed.forEach((body, at) => {
    if (at % forms.length === 3) assert.ok(body instanceof RangeError);
    else assert.equal(body, at % forms.length === 4 ? null : BODIES[at]);
  });
  assert.equal(mixed.length, RECORDS.length);
  assert.deepEqual(profile.openJsonMany(BODIES), BODIES.map((body) => profile.openJson(body)));
  assert.deepEqual(profile.openMany(BODIES), BODIES.map((body) => profile.open(body)));
  assert.deepEqual(profile.openJsonMany(BODIES.map((body) => Buffer.from(body))), profile.openJsonMany(BODIES));
  assert.deepEqual([profile.callbackBodies([]), profile.openJsonMany([])], [[], []]);
  assert.deepEqual(await profile.callbackBodiesAsync(RECORDS), BODIES);
  assert.deepEqual(await profile.openJsonManyAsync(BODIES), profile.openJsonMany(BODIES));
  assert.deepEqual([await profile.callbackBodiesAsync([]), await profile.openJsonManyAsync([])], [[], []]);
});

test('null stays null, and a failed item is its error in its place', async () => {
  const bodies = [null, BODIES[0], '{', null, '{"to":"AAAA"}', 7, undefined, BODIES[1]];
  const kinds = ['null', 'value', 'invalid_json', 'null', 'auth_failed', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE', 'value'];
  const kind = (each) => (each === null ? 'null' : each.code ?? 'value');
  const many = [profile.openMany(bodies), profile.openJsonMany(bodies), await profile.openManyAsync(bodies), await profile.openJsonManyAsync(bodies)];
  for (const opened of many) {
    assert.deepEqual(opened.map(kind), kinds);
    assert.ok(opened[2] instanceof DecryptionError && opened[4].parameter === 'to');
    assert.match(opened[5].message, /^bodies\[5\] must be /);
  }
  const records = [RECORD, null, '[', {}];
  const options = { missing: 'error' };
  const filled = ['callbacks', 'callbackBodies', 'callbacksAsync', 'callbackBodiesAsync'].map((method) => profile[method](records, options));
  for (const made of await Promise.all(filled)) {
    assert.deepEqual(made.map(kind), ['value', 'null', 'invalid_json', 'missing_value']);
    assert.ok(made[3] instanceof ReplacerError);
  }
  for (const method of ['callbackBodies', 'openJsonMany', 'openMany']) assert.throws(() => profile[method]('x'), { name: 'TypeError' });
  for (const method of ['callbackBodiesAsync', 'openJsonManyAsync']) {
    await assert.rejects(profile[method]('x'), { name: 'TypeError' });
    await assert.rejects(profile[method]([], { signal: AbortSignal.abort() }), { name: 'AbortError' });
  }
  await assert.rejects(profile.openJsonManyAsync([], { numbers: 'bigint' }), { code: 'invalid_argument' });
});

test('bodies of a profile without any are refused, whatever the records', async () => {
  for (const http_method of ['GET', 'DELETE']) {
    const without = Profile.parse({ title: 'sms', http_method, url: 'https://example.com/?to=<to>' });
    for (const records of [[{ to: '1' }], [null], []]) {
      for (const name of ['callbackBodies', 'callbackBodiesAsync']) {
        const refused = name === 'callbackBodies' ? thrown(() => without[name](records)) : await without[name](records).catch((error) => error);
        assert.ok(refused instanceof ArgumentError && refused.code === 'invalid_argument', `${http_method} ${name} ${refused}`);
        // The words are Python's, of callback_bodies.
        assert.equal(refused.message, `${name} is for POST and PUT: a GET or DELETE has no body`);
      }
    }
    assert.equal(without.callbacks([{ to: '1' }])[0].body, null);
  }
});

test('a sealed profile gives each callback of a batch an id of its own', async () => {
  const { title, http_method, url, body } = PAYLOAD;
  const sealed = Profile.parse({ title, http_method, url, body, enc: keygenSealed('k1') });
  const expected = { tolerance: null, method: null, url: null, profileId: null };
  for (const bodies of [sealed.callbackBodies(RECORDS.slice(0, 1_500)), await sealed.callbackBodiesAsync(RECORDS.slice(0, 1_500))]) {
    assert.equal(new Set(bodies).size, 1_500);
    const ids = bodies.map((each) => sealed.openDetails(each, { expected }).sealed.id);
    assert.equal(new Set(ids).size, 1_500);
    assert.equal(sealed.openJsonMany(bodies, { expected })[7], sealed.openJson(bodies[7], { expected }));
  }
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

test('opening in part is asked for by openDetails alone', () => {
  assert.throws(() => profile.openDetails('{}', { partial: 1 }), { name: 'TypeError' });
  assert.throws(() => profile.open('{}', { partial: true }), { code: 'invalid_argument' });
});
