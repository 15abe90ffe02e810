// Plain objects as they cross into the addon: the text is that of lib/json.cjs, which is that of JSON.stringify for all
// that both accept, and nothing is read twice or in another order.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { Profile } from 'callback-profile';
import { IV, KEY, PACKAGE, addon, require } from './support.mjs';

const fc = require('fast-check');
const { isPlain, members } = require(join(PACKAGE, 'lib/members.cjs'));
const { write } = require(join(PACKAGE, 'lib/json.cjs'));

/** The text that the addon writes. */
function written(object) {
  const { text, lengths, count } = members(object, 'record');
  return addon.testMembers(text, lengths, count, 2 ** 31);
}

/** What a call gives, or the error that it throws. */
function outcome(call) {
  try {
    return call();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

/** Whether it is JSON text of an object and no error. */
const isText = (text) => text.startsWith('{');

/** JSON text with -0 as JSON.stringify writes it. */
const withoutSign = (text) => text.replace(/(?<=[:,[])-0(?=[,\]}])/g, '0');

/** A string of any code units, with half surrogate pairs, and often with what has to be escaped. */
const units = (maxLength) => fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) }, fc.integer({ min: 0, max: 0x1f }), fc.integer({ min: 0x7f, max: 0x2ff }),
  fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x22, 0x5c, 0x2028, 0xd83d, 0xde00),
), { maxLength }).map((codes) => String.fromCharCode(...codes));

const name = fc.oneof(fc.constantFrom('a', 'b', 'c', '', '0', '1', '10', '-1', '01', '4294967294', '4294967295', '1e3', '__proto__',
  'constructor', 'toString', 'rawJSON', 'a"b', '\\', '\n', '\0', 'é', '\ud800', '\udc00\ud800', '😀'), units(40));

/** Makers of values, so that two objects of the same shape share nothing; `log` records what is read. */
const plain = fc.oneof({ weight: 6, arbitrary: units(200) }, units(3000), fc.double(), fc.integer(), fc.constantFrom(-0, 1e21, 1e-7, 2 ** 53, NaN, Infinity),
  fc.boolean(), fc.constant(null)).map((value) => () => value);
const odd = fc.oneof(
  fc.constantFrom(undefined, Symbol('s'), 1n, 'x').map((value) => () => value),
  fc.constantFrom(
    () => () => {}, () => new Date(0), () => new Date(NaN), () => new Map([[1, 2]]), () => [1, , 'x', undefined, () => {}], () => new Uint8Array(2),
    () => new String('boxed'), () => new Number(1), () => Object(1n), () => Object(Symbol('s')), () => /x/, () => new (class { a = 1; })(),
    (log) => ({ toJSON(key) { log.push(`toJSON ${key}`); return { key }; } }),
    (log) => Object.assign(() => {}, { toJSON(key) { log.push(`function ${key}`); return key; } }),
    (log) => ({ get deep() { log.push('deep'); return [{}]; } }),
    (log) => new Proxy({ a: 1, b: [2] }, { get(target, key) { log.push(`trap ${String(key)}`); return target[key]; } }),
    (_, root) => root, (_, root) => ({ root }), () => { throw new RangeError('a getter'); },
  ),
  fc.object({ maxDepth: 2 }).map((value) => () => value),
);
const member = fc.record({
  name, make: fc.oneof({ weight: 5, arbitrary: plain }, odd), kind: fc.constantFrom('data', 'data', 'data', 'getter', 'hidden', 'hider', 'remover', 'symbol'),
});
const shape = fc.record({
  members: fc.array(member, { maxLength: 30 }), prototype: fc.constantFrom(Object.prototype, null), isFrozen: fc.boolean(),
});

/** An object of that shape, and the log of its reading. */
function build({ members: list, prototype, isFrozen }) {
  const log = [];
  const object = Object.create(prototype);
  for (const { name: key, make, kind } of list) {
    const read = () => {
      log.push(`get ${key}`);
      if (kind === 'hider') Object.defineProperty(object, 'b', { value: 'hidden', enumerable: false, configurable: true });
      if (kind === 'remover') delete object.c;
      return make(log, object);
    };
    const getter = { get: read, enumerable: true, configurable: true };
    const data = () => ({ value: make(log, object), enumerable: kind !== 'hidden', configurable: true, writable: true });
    try {
      Object.defineProperty(object, kind === 'symbol' ? Symbol(key) : key, ['getter', 'hider', 'remover'].includes(kind) ? getter : data());
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // thrown by the maker, which is for getters
    }
  }
  return { object: isFrozen ? Object.freeze(object) : object, log };
}

test('the text of a plain object is that of json.cjs and JSON.stringify, read once and in its order', () => {
  let [plainOnes, comparedOnes] = [0, 0];
  fc.assert(fc.property(shape, (one) => {
    const [ours, theirs] = [build(one), build(one)];
    if (!isPlain(ours.object)) return assert.ok('rawJSON' in ours.object);
    plainOnes += 1;
    const [found, expected] = [outcome(() => written(ours.object)), outcome(() => write(theirs.object, 'record'))];
    assert.equal(found, expected);
    assert.deepEqual(ours.log, theirs.log);
    const standard = build(one);
    const byStandard = outcome(() => JSON.stringify(standard.object));
    if (isText(found) && isText(byStandard)) {
      assert.equal(withoutSign(found), withoutSign(byStandard));
      assert.deepEqual(ours.log, standard.log);
      comparedOnes += 1;
    }
  }), { numRuns: 3000 });
  assert.ok(plainOnes > 1500 && comparedOnes > 500, `${plainOnes} ${comparedOnes}`);
});

test('a callback of an object is that of its text', () => {
  const names = ['a', 'b', '0', '__proto__', 'é', '😀'];
  const body = JSON.stringify({ all: names.map((each) => `<${each}>`), deep: '<a.b.0>', text: 'x<a>' });
  const profile = Profile.parse(`{"title":"members","http_method":"POST","url":"https://example.com/","body":${body},
    "enc":{"algo":"AES-128-GCM","key":"${KEY}","IV":"${IV}"}}`);
  const result = (record) => {
    try {
      return profile.callback(record());
    } catch (error) {
      return [error.name, error.code, error.message];
    }
  };
  fc.assert(fc.property(shape, (one) => {
    const text = outcome(() => write(build(one).object, 'record'));
    if (!isText(text)) return;
    assert.deepEqual(result(() => build(one).object), result(() => text));
  }), { numRuns: 1000 });
});

test('what is no plain object, or a proxy, does not cross member by member', () => {
  const others = [null, undefined, 'x', 1, () => {}, [], Object.setPrototypeOf([1], Array.prototype), new Date(), new (class { a = 1; })(),
    new Proxy({}, {}), Object(1), new Map(), { toJSON: 1 }, { rawJSON: 'x' }, Object.defineProperty({}, 'toJSON', { value: () => 1 })];
  for (const other of others) assert.ok(!isPlain(other));
  Object.prototype.toJSON = () => ({});
  assert.ok(!isPlain({}));
  delete Object.prototype.toJSON;
  const args = (function args() { return arguments; })('x', 'y');
  for (const object of [{}, Object.create(null), { a: 1 }, Object.freeze({ a: 1 }), args, runInNewContext('({ a: [{ b: 1 }] })')]) {
    assert.ok(isPlain(object));
    assert.equal(written(object), JSON.stringify(object));
  }
});

test('a getter may make a callback of its own', () => {
  const profile = Profile.parse({ title: 'nested', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>', b: '<b>', c: '<c>' } });
  const record = { a: 'first', get b() { return profile.callback({ a: 'inner', b: 'x'.repeat(9), c: '' }).body; }, c: 'last' };
  assert.equal(profile.callback(record).body, profile.callback(JSON.stringify(record)).body);
  assert.throws(() => profile.callback({ get a() { throw new RangeError('mine'); } }), RangeError);
  assert.equal(profile.callback({ a: '1' }).body, '{"a":"1","b":"","c":""}');
});

test('many members, long values, and what is longer than the limit', () => {
  const profile = Profile.parse({ title: 'long', http_method: 'POST', url: 'https://example.com/', body: { a: '<name_9000>' } });
  const many = Object.fromEntries(Array.from({ length: 9500 }, (_, index) => [`name_${index}`, `value "${index}"`]));
  assert.equal(written(many), JSON.stringify(many));
  assert.equal(profile.callback(many).body, profile.callback(JSON.stringify(many)).body);
  for (const value of ['x'.repeat(2 ** 20), '"'.repeat(2 ** 19), 'é'.repeat(2 ** 19), '\ud800'.repeat(2 ** 18)]) {
    const record = { a: value, name_9000: 'x' };
    assert.equal(written(record), JSON.stringify(record));
    const message = (call) => { try { call(); } catch (error) { return error.message; } return assert.fail('accepted'); };
    assert.equal(message(() => profile.callback(record)), message(() => profile.callback(JSON.stringify(record))));
  }
});

test('lengths that are not those of the text make no text', () => {
  const lengths = (...list) => Int32Array.from(list);
  assert.equal(addon.testMembers('abc', lengths(1, 2), 1, 100), '{"a":"bc"}');
  assert.equal(addon.testMembers('a12', lengths(1, -2), 1, 100), '{"a":12}');
  for (const [list, count] of [[[1, 1], 1], [[1, 3], 1], [[4, 0], 1], [[1, 2], 2], [[1, 2], 0], [[1], 1], [[-(2 ** 31), 1], 1], [[], 1]]) {
    assert.equal(addon.testMembers('abc', lengths(...list), count, 100), null);
  }
  const handle = addon.parseProfile('{"title":"abc","http_method":"GET","url":"https://example.com/"}').forCallbacks();
  assert.equal(addon.callbackOfMembers(handle, 'abc', lengths(9, 9), 1).failure.code, 'internal');
  assert.equal(addon.bodyOfMembers(handle, 'abc', lengths(9, 9), 1).failure.code, 'internal');
  // Nor has a callback a body that has none: `callbackBodies` asks before.
  assert.equal(addon.bodyOfMembers(handle, 'abc', lengths(1, 2), 1).failure.code, 'internal');
  assert.throws(() => addon.callback({}, '{}'));
});
