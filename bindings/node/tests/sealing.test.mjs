// Sealed callbacks: made, opened, refused, and what is taken from the operating system and the clock.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import {
  ArgumentError, DecryptionError, Profile, ProfileError, ReplacerError, keygen, keygenSealed, keygenSigning, parseRequest,
} from 'callback-profile';
import { PAYLOAD, RECORD, allOf } from './support.mjs';

const KEY = 'cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const NOW = 1_800_000_000;
const URL_OF = 'https://example.com/sms';
const GIVEN = { random: new Uint8Array(32), issuedAt: NOW, id: 'msg_1' };
const MEMBERS = { ...PAYLOAD, body: { to: '<to>', state: 'sent' }, headers: undefined, enc: { version: 2, kid: '2026-01', key: KEY } };
const sealed = (changes) => Profile.parse({ ...MEMBERS, ...changes });
const expected = (changes) => ({ tolerance: 300, method: 'POST', url: URL_OF, profileId: null, now: NOW, ...changes });
const plain = Profile.parse(PAYLOAD);

test('a sealed profile has a kid and no algorithm', () => {
  const profile = sealed({ enc: { ...MEMBERS.enc, params: ['to'] } });
  assert.deepEqual([profile.kid, profile.algorithm, profile.encryptedParams], ['2026-01', null, ['to']]);
  assert.deepEqual([plain.kid, sealed().encryptedParams], [null, null]);
  assert.ok(inspect(profile).includes("kid: '2026-01'") && !inspect(plain).includes('kid'));
  for (const shown of [inspect(profile, { depth: 9, showHidden: true }), JSON.stringify(profile), profile.toJson()]) assert.ok(!shown.includes(KEY));
  assert.ok(profile.toJson({ secrets: 'shown' }).includes(KEY));
});

test('the settings of a parse', () => {
  const headers = { 'api-key': 'A', 'content-type': 'application/json' };
  const signed = { ...PAYLOAD, headers: { 'Webhook-Id': 'x' } };
  for (const parse of [Profile.parse, Profile.check, (payload, options) => parseRequest({ sid: 'HX0', headers, payload }, options)]) {
    for (const [payload, setting] of [[MEMBERS, 'refuseSealed'], [PAYLOAD, 'refuseV1'], [signed, 'signed']]) {
      parse(payload);
      parse(payload, { [setting]: false });
      assert.throws(() => parse(payload, { [setting]: true }), ProfileError);
      assert.throws(() => parse(payload, { [setting]: 1 }), TypeError);
    }
  }
});

test('given values give the same bytes, which open', () => {
  const profile = sealed();
  const callback = profile.callback({ to: '+91' }, GIVEN);
  assert.deepEqual(profile.callback({ to: '+91' }, { ...GIVEN, random: Buffer.alloc(32) }), callback);
  assert.deepEqual([callback.id, callback.issuedAt, callback.isSealed], ['msg_1', NOW, true]);
  const values = { to: '+91', state: 'sent' };
  for (const body of [callback.body, Buffer.from(callback.body), JSON.parse(callback.body)]) {
    const options = { expected: expected() };
    assert.deepEqual(profile.open(body, options), values);
    assert.equal(profile.openJson(body, options), JSON.stringify(values));
    assert.deepEqual(profile.openMany([body], options), [values]);
    const details = profile.openDetails(body, options);
    assert.deepEqual(details.sealed, { kid: '2026-01', id: 'msg_1', issuedAt: NOW, profileId: null });
    assert.deepEqual(details.values, values);
  }
  assert.equal(plain.openDetails(plain.callback(RECORD).body).sealed, null);
  assert.notEqual(profile.callback({ to: '+91' }, { ...GIVEN, random: new Uint8Array(32).fill(1) }).body, callback.body);
  const named = profile.callback({ to: '+91' }, { ...GIVEN, profileId: 'stage_1' });
  assert.equal(profile.openDetails(named.body, { expected: expected({ profileId: 'stage_1' }) }).sealed.profileId, 'stage_1');
  const bare = profile.callback({ to: '+91' }, { ...GIVEN, bareToken: true });
  assert.equal(bare.headers['content-type'], 'application/jose');
  assert.deepEqual(profile.open(bare.body, { contentType: 'application/jose', expected: expected() }), values);
});

test('random bytes, time and id have defaults', async () => {
  const profile = sealed();
  const records = Array.from({ length: 50 }, () => ({ to: '+91' }));
  const before = Math.floor(Date.now() / 1000);
  const made = [...records.map((record) => profile.callback(record)), ...allOf(profile.callbacks(records)), ...allOf(await profile.callbacksAsync(records))];
  assert.equal(new Set(made.map(({ id }) => id)).size, 150);
  assert.equal(new Set(made.map(({ body }) => body)).size, 150);
  for (const { id, issuedAt, body, isSealed } of made) {
    assert.match(id, /^msg_[A-Za-z0-9_-]{22}$/);
    assert.ok(issuedAt >= before && issuedAt <= Date.now() / 1000 && isSealed);
    const { sealed: told } = profile.openDetails(body, { expected: expected({ now: undefined, tolerance: 5 }) });
    assert.deepEqual([told.id, told.issuedAt], [id, issuedAt]);
  }
  assert.equal(new Set(made.flatMap(({ id }) => [...id.slice(4)])).size, 64, 'every character of base64url in 3300 of them');
  const mixed = profile.callbacks([{ to: 'a' }, 'no JSON', { to: 'b' }], { issuedAt: NOW, profileId: 'p', bareToken: true });
  assert.ok(mixed[1] instanceof ReplacerError);
  for (const [index, to] of [[0, 'a'], [2, 'b']]) {
    const { values, sealed: told } = profile.openDetails(mixed[index].body, { contentType: 'application/jose', expected: expected({ profileId: 'p' }) });
    assert.deepEqual([values.to, told.id, told.issuedAt], [to, mixed[index].id, NOW]);
  }
  const opened = await profile.openManyAsync(made.map(({ body }) => body), { expected: expected({ now: undefined }) });
  assert.ok(opened.every(({ to }) => to === '+91'));
});

test('the documented format takes nothing from the system', (context) => {
  context.mock.method(Date, 'now', () => assert.fail());
  const callback = plain.callback(RECORD);
  assert.deepEqual([callback.id, callback.issuedAt, callback.isSealed], [null, null, false]);
  assert.equal(plain.callback(RECORD, { id: 'msg_1' }).id, 'msg_1', 'for its signature');
  plain.open(callback.body);
  sealed().callback({}, GIVEN);
  assert.throws(() => sealed().callback({}), assert.AssertionError);
});

test('what is expected must be so', () => {
  const profile = sealed();
  const { body } = profile.callback({ to: '+91' }, { ...GIVEN, profileId: 'stage_1' });
  for (const changes of [{}, { url: 'HTTPS://EXAMPLE.com:443/sms?x#y' }, { profileId: 'stage_1' }, { now: NOW + 300 }, { now: NOW - 300 },
    { now: NOW + 9999, tolerance: null }, { method: null, url: null }]) {
    assert.equal(profile.open(body, { expected: expected(changes) }).to, '+91');
  }
  const messages = new Set();
  for (const changes of [{ now: NOW + 301 }, { now: NOW - 301 }, { now: undefined }, { method: 'PUT' }, { url: 'https://example.com/' }, { profileId: 'x' }]) {
    for (const method of ['open', 'openJson', 'openDetails']) {
      assert.throws(() => profile[method](body, { expected: expected(changes) }), (error) => {
        messages.add(`${error.code}: ${error.message}`);
        return error instanceof DecryptionError && error.code === 'auth_failed';
      });
    }
    assert.equal(profile.openMany([body], { expected: expected(changes) })[0].code, 'auth_failed');
  }
  assert.equal(messages.size, 1, 'a stranger learns nothing');
  for (const method of ['open', 'openJson', 'openDetails']) assert.throws(() => profile[method](body), { name: 'ArgumentError', code: 'invalid_argument' });
});

test('nothing is expected by default', () => {
  const { body } = sealed().callback({ to: '+91' }, GIVEN);
  const given = expected();
  const wrong = [
    ...['tolerance', 'method', 'url', 'profileId'].flatMap((name) => [
      [ArgumentError, `options.expected.${name} must be given`, { ...given, [name]: undefined }],
      [ArgumentError, `options.expected.${name} must be given`, Object.fromEntries(Object.entries(given).filter(([member]) => member !== name))],
      [ArgumentError, `options.expected.${name} must be given`, Object.assign(Object.create({ [name]: null }), { ...given, [name]: undefined })],
    ]),
    [TypeError, 'options.expected must be an object', 'x'],
    [TypeError, 'options.expected.tolerance must be a number', { ...given, tolerance: '300' }],
    [ArgumentError, 'options.expected.tolerance must be a whole number', { ...given, tolerance: 0.5 }],
    [ArgumentError, 'options.expected.now must be a whole number', { ...given, now: -1 }],
    [ArgumentError, "options.expected.method must be 'GET'", { ...given, method: 'post' }],
    [TypeError, 'options.expected.method must be a string or null', { ...given, method: 1 }],
    [TypeError, 'options.expected.url must be a string or null', { ...given, url: new URL(URL_OF) }],
    [ArgumentError, 'the expected URL must be an absolute', { ...given, url: '/sms' }],
    [ArgumentError, 'options.expected.profileId must not hold a lone surrogate', { ...given, profileId: '\ud800' }],
    [ArgumentError, 'options.expected must not have other members', { ...given, profile_id: null }],
  ];
  for (const [type, words, options] of wrong) {
    assert.throws(() => sealed().open(body, { expected: options }), (error) => error instanceof type && error.message.startsWith(words), words);
  }
});

test('arguments of sealing', () => {
  const profile = sealed();
  for (const [type, words, options] of [
    [ArgumentError, 'options.random must have 32 bytes', { random: new Uint8Array(31) }],
    [TypeError, 'options.random must be a Uint8Array', { random: 'x'.repeat(32) }],
    [TypeError, 'options.issuedAt must be a number', { issuedAt: `${NOW}` }],
    [ArgumentError, 'options.issuedAt must be a whole number', { issuedAt: 2 ** 53 }],
    [ArgumentError, 'the id must be 1 to 128', { id: 'a.b' }],
    [TypeError, 'options.id must be a string', { id: 1 }],
    [TypeError, 'options.profileId must be a string', { profileId: 1 }],
    [TypeError, 'options.bareToken must be a boolean', { bareToken: 1 }],
  ]) {
    assert.throws(() => profile.callback({}, options), (error) => error instanceof type && error.message.startsWith(words), words);
  }
  assert.throws(() => profile.callbacks([{}], { id: 'a' }), ArgumentError, 'each has its own');
  const get = sealed({ http_method: 'GET', body: undefined, url: `${URL_OF}?to=<to>&state=sent` });
  assert.throws(() => get.callback({ to: 'x'.repeat(9000) }), { code: 'output_too_large' });
  const callback = get.callback({ to: '+91' }, GIVEN);
  assert.deepEqual(get.open(callback.url, { expected: expected({ method: 'GET' }) }), { to: '+91', state: 'sent' });
  const view = new Uint8Array(40).fill(9).subarray(4, 36);
  assert.deepEqual(profile.callback({}, { ...GIVEN, random: view }), profile.callback({}, { ...GIVEN, random: new Uint8Array(32).fill(9) }));
});

test('new keys', () => {
  const random = Uint8Array.from({ length: 128 }, (_, index) => index);
  assert.deepEqual(keygen('AES-128-GCM', { random }), { algo: 'AES-128-GCM', key: 'ABCDEFGHIJKLMNOP', IV: 'QRSTUVWXYZabcdef' });
  assert.deepEqual(keygenSealed('2026-01', { random: random.subarray(0, 32) }), MEMBERS.enc);
  assert.equal(keygenSigning({ random: new Uint8Array(48).fill(7) }), `whsec_${'BwcH'.repeat(16)}`);
  assert.notDeepEqual(keygen('AES-256-GCM'), keygen('AES-256-GCM'));
  assert.notEqual(keygenSigning(), keygenSigning());
  assert.equal(sealed({ enc: keygenSealed('a') }).kid, 'a');
  for (const [type, call] of [
    [ArgumentError, () => keygen('AES-256-GCM', { random: new Uint8Array(47) })], [ArgumentError, () => keygen('AES')], [TypeError, () => keygen()],
    [ArgumentError, () => keygenSealed('a b')], [ArgumentError, () => keygenSealed('a', { random: new Uint8Array(33) })], [TypeError, () => keygenSealed()],
    [ArgumentError, () => keygenSigning({ random: new Uint8Array(32) })], [TypeError, () => keygenSigning({ random: 'x' })],
  ]) assert.throws(call, type);
});

test('the diagnosis of a sealed callback', () => {
  const profile = sealed();
  const { body } = profile.callback({ to: 'SecretValue' }, GIVEN);
  for (const [cause, options] of [['opens', {}], ['opens', { sealed: expected() }], ['sealed_time', { sealed: expected({ now: NOW + 301 }) }],
    ['sealed_method', { sealed: expected({ method: 'PUT' }) }], ['sealed_url', { sealed: expected({ url: 'https://example.com/' }) }]]) {
    const [finding] = profile.diagnose(null, { body, show: true, ...options }).findings;
    assert.deepEqual([finding.cause, 'value' in finding], [cause, false]);
  }
  assert.throws(() => profile.diagnose(null, { body, sealed: {} }), ArgumentError);
});
