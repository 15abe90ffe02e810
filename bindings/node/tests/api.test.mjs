// The conventions of JavaScript: types, errors, plain objects, and nothing secret in any output.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import * as esm from 'callback-profile';
import {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, ReplacerError, StoredProfile,
  addressVerdict, catalogue, destination, parseRequest, schema, version,
} from 'callback-profile';
import * as hazmat from 'callback-profile/hazmat';
import { IV, KEY, PAYLOAD, RECORD, addon, allOf, cases, require, thrown } from './support.mjs';

const profile = Profile.parse(PAYLOAD);

test('ESM and CommonJS are the same objects', () => {
  const cjs = require('callback-profile');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  for (const name of Object.keys(cjs)) assert.equal(cjs[name], esm[name]);
  assert.equal(require('callback-profile/hazmat').gcmSeal, hazmat.gcmSeal);
  assert.equal(version, require('callback-profile/package.json').version);
  assert.equal(version, addon.version());
});

test('a payload is text, bytes or an object', () => {
  const text = JSON.stringify(PAYLOAD);
  for (const payload of [PAYLOAD, text, Buffer.from(text), new TextEncoder().encode(text), Object.assign(Object.create(null), PAYLOAD)]) {
    assert.equal(Profile.parse(payload).toJson({ secrets: 'shown' }), profile.toJson({ secrets: 'shown' }));
    assert.equal(Profile.check(payload), undefined);
  }
  class Dto {
    toJSON() {
      return PAYLOAD;
    }
  }
  assert.equal(Profile.parse(new Dto()).title, PAYLOAD.title);
});

test('the members of a profile', () => {
  assert.equal(profile.title, 'Delivery status');
  assert.equal(profile.method, 'POST');
  assert.equal(profile.url, 'https://example.com/sms');
  assert.deepEqual(profile.body, PAYLOAD.body);
  assert.notEqual(profile.body, profile.body);
  assert.equal(profile.responseMessage, PAYLOAD.response_message);
  assert.deepStrictEqual(profile.headers, { ...PAYLOAD.headers });
  assert.equal(profile.channel, 'Default - No Channel Selected');
  assert.equal(profile.events, null);
  assert.equal(profile.algorithm, 'AES-128-GCM');
  assert.deepEqual(profile.encryptedParams, ['to']);
  assert.deepStrictEqual(profile.replacers, { name: 'first_name' });
  assert.ok(profile.advisories.some(({ code, pointer }) => code === 'fixed_nonce_gcm' && pointer === '/enc'));
  assert.throws(() => profile.advisories.push({}), TypeError);
  assert.throws(() => { 'use strict'; profile.title = 'x'; }, TypeError);
  assert.deepEqual(profile.fields.map(({ field }) => field), ['status', 'recipient', 'first_name']);
  assert.deepEqual(profile.fields[0], { field: 'status', places: ['/body/status'] });
  assert.throws(() => profile.fields.push({}), TypeError);
  const bare = Profile.parse({ title: 'bare', http_method: 'GET', url: 'https://example.com/' });
  assert.deepEqual([bare.body, bare.responseMessage, bare.algorithm, bare.encryptedParams, bare.events], [null, null, null, null, null]);
  assert.equal(bare.message({}).text, '');
});

test('a callback, a message, and the opened callback', () => {
  const callback = profile.callback(RECORD);
  assert.deepEqual(Object.keys(callback), ['method', 'url', 'headers', 'body', 'missing', 'id', 'issuedAt', 'isSealed']);
  // Jest's toStrictEqual compares prototypes, as this does.
  assert.deepStrictEqual(callback.headers, { 'x-token': 'HEADERSECRET', 'content-type': 'application/json' });
  assert.deepEqual(profile.open(callback.body), { status: 'DELIVERED', to: RECORD.recipient });
  assert.deepEqual(profile.open(Buffer.from(callback.body)), profile.open(JSON.parse(callback.body)));
  assert.equal(`${profile.message(RECORD)}`, 'Thank you, John');
  assert.deepEqual(profile.message({}, { missing: 'keep', pairs: true }).missing, ['first_name']);
  assert.deepEqual(profile.callbacks([RECORD, JSON.stringify(RECORD)]), [callback, callback]);
  assert.deepEqual(profile.openMany([callback.body, callback.body]).length, 2);
  assert.deepEqual(profile.openMany([JSON.parse(callback.body)]), profile.openMany([callback.body]));
  const forms = [JSON.parse(callback.body), callback.body, Buffer.from(callback.body)];
  assert.deepEqual(profile.openMany(forms), forms.map((form) => profile.open(form)));
  const get = Profile.parse({ title: 'get', http_method: 'GET', url: 'https://example.com/?to=<to>' });
  const { url, body } = get.callback({ to: 'a b&c' });
  assert.equal(body, null);
  for (const received of [url, new URL(url), new URL(url).searchParams, new URL(url).search]) {
    assert.deepEqual(get.open(received), { to: 'a b&c' });
  }
});

test('a parsed object is taken in place of a JSON body only', () => {
  const members = { title: 'kind', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>' } };
  const json = Profile.parse(members);
  const form = Profile.parse({ ...members, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const multipart = Profile.parse({ ...members, headers: { 'content-type': 'multipart/form-data' } });
  const text = Profile.parse({ ...members, headers: { 'content-type': 'text/plain' } });
  const get = Profile.parse({ ...members, http_method: 'GET', url: 'https://example.com/?a=<a>' });
  const refusal = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE',
    message: 'body must be a string, Uint8Array, URL or URLSearchParams (an object only if the body is JSON), not object' };
  for (const [made, options] of [[get], [form], [multipart], [get, { contentType: 'application/json' }], [json, { contentType: 'multipart/form-data; boundary=b' }],
    [json, { contentType: 'Application/X-WWW-Form-Urlencoded' }]]) {
    for (const call of [() => made.open({ a: 'x' }, options), () => made.openJson({ a: 'x' }, options), () => made.openDetails({ a: 'x' }, options)]) {
      assert.throws(call, refusal);
    }
    const [error] = made.openMany([{ a: 'x' }], options);
    assert.deepEqual([error.name, error.message], ['TypeError', refusal.message.replace('body', 'bodies[0]')]);
  }
  for (const [made, options] of [[json], [text], [json, { contentType: 'application/json; charset=utf-8' }]]) assert.deepEqual(made.open({ a: 'x' }, options), { a: 'x' });
  for (const [made, options] of [[form, { contentType: 'application/json' }], [json, { contentType: 'text/xml' }]]) {
    assert.throws(() => made.open({ a: 'x' }, options), { name: 'DecryptionError', code: 'unsupported_content_type' });
  }
});

test('where a callback goes', () => {
  const goes = (url) => destination(Profile.parse({ title: 'goes', http_method: 'GET', url }).callback({ to: 'a b' }));
  assert.deepStrictEqual(goes('https://user:word@Example.com:8443/sms?to=<to>'), { isHttps: true, host: 'example.com', port: 8443, authority: 'example.com:8443', target: '/sms?to=a%20b' });
  assert.deepStrictEqual(goes('http://[2001:DB8::1]'), { isHttps: false, host: '2001:db8::1', port: 80, authority: '[2001:db8::1]', target: '/' });
  assert.deepEqual(destination({ url: 'http://0x7f.1:8080/a' }).host, '127.0.0.1');
  for (const url of ['', '/a', 'ftp://example.com/', 'https://']) assert.throws(() => destination({ url }), { name: 'ArgumentError', code: 'invalid_argument' });
  for (const wrong of [undefined, null, 'https://example.com/', {}, { url: 1 }]) assert.throws(() => destination(wrong), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
});

test('the URL is shown without user name and password', () => {
  for (const [url, shown] of [['https://example.com/a@b', 'https://example.com/a@b'], ['https://user:word@example.com/a@b?c=<d>', 'https://********@example.com/a@b?c=<d>']]) {
    const made = Profile.parse({ ...PAYLOAD, url });
    assert.deepEqual([made.url, made.urlWithoutCredentials, made.toJSON().url], [url, shown, shown]);
  }
});

test('callbacks in a row share nothing, whatever differs between them', () => {
  const filled = Profile.parse({
    title: 'in a row', http_method: 'POST', url: 'https://example.com/<a>', headers: { 'x-a': '<b>' }, body: { c: '<c>', d: '<d>' },
  });
  const records = [
    { a: '1', b: '1', c: '1', d: '1' }, { a: '1', b: '1', c: '2', d: '1' }, { a: '1', b: '1', c: 'ä€𝄞', d: '1' },
    { a: '2', b: '1', c: '1', d: '1' }, { a: '2', b: '2', c: '1', d: '1' }, { a: '2', b: '2', c: '1' }, { a: '2', b: '2', c: '2' },
    { a: '2', b: '2', d: '1' }, { a: '2', b: '2', c: '1', d: 'x'.repeat(100_000) }, { a: '1', b: '1', c: '1', d: '1' },
  ];
  for (const record of [...records, ...records]) {
    const made = filled.callback(record);
    const expected = Profile.parse(filled.toJson({ secrets: 'shown' })).callback(record);
    assert.deepEqual(made, expected);
    assert.equal(Object.getPrototypeOf(made.headers), Object.prototype);
    // Changes that a caller makes to one do not show in the next.
    made.headers['x-a'] = 'changed';
    made.missing.push('changed');
    made.url = made.body = 'changed';
    assert.deepEqual(filled.callback(record), expected);
    assert.throws(() => filled.callback('['), { code: 'invalid_json' });
  }
  const get = Profile.parse({ title: 'get', http_method: 'GET', url: 'https://example.com/?a=<a>' });
  for (const a of ['1', '1', '2']) assert.deepEqual([get.callback({ a }).body, get.callback({ a }).url], [null, `https://example.com/?a=${a}`]);
});

test('no name has a meaning of its own', () => {
  const body = '{"__proto__":"<__proto__>","constructor":"<a>","toString":1}';
  const hostile = Profile.parse(`{"title":"abc","http_method":"POST","url":"https://example.com/","body":${body},
    "headers":{"__proto__":"own"},"response_message":"{\\"__proto__\\": \\"x\\"}"}`);
  const callback = hostile.callback('{"__proto__":"polluted","a":"b"}');
  for (const headers of [callback.headers, hostile.headers, hostile.callbacks(['{}'])[0].headers]) {
    assert.deepEqual(Object.entries(headers)[0], ['__proto__', 'own']);
    assert.equal(Object.getPrototypeOf(headers), Object.prototype);
  }
  const opened = hostile.open(callback.body, { prototypeNames: true });
  assert.ok(Object.hasOwn(opened, '__proto__'));
  assert.equal(JSON.stringify(opened), '{"__proto__":"polluted","constructor":"b","toString":1}');
  assert.deepEqual(Object.entries(hostile.replacers), [['__proto__', 'x']]);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.prototype.own, undefined);
});

test('numbers keep their digits in openJson', () => {
  const numbers = Profile.parse({ title: 'abc', http_method: 'POST', url: 'https://example.com/', body: { n: '<n>' } });
  assert.equal(numbers.openJson(numbers.callback('{"n":12345678901234567890.10}').body), '{"n":12345678901234567890.10}');
});

test('wrong arguments are a TypeError or an ArgumentError that names the argument and shows no value', () => {
  const type = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
  const value = { name: 'ArgumentError', code: 'invalid_argument' };
  const cipher = new Cipher('AES-128-GCM', KEY, IV);
  const no = [undefined, null, 1, true, 1n, Symbol('x'), () => {}];
  for (const wrong of [...no, new ArrayBuffer(4), new Uint16Array(2), new DataView(new ArrayBuffer(2)), new Map(), new Set(), Promise.resolve()]) {
    for (const call of [() => Profile.parse(wrong), () => Profile.check(wrong), () => StoredProfile.parse(wrong), () => profile.patch(wrong),
      () => profile.message(wrong), () => profile.callback(wrong), () => profile.open(wrong), () => Envelope.parse(wrong)]) {
      assert.throws(call, type);
    }
    // In a batch null is a row without a value.
    if (wrong === null) continue;
    for (const call of [() => allOf(profile.callbacks([RECORD, wrong])), () => allOf(profile.openMany([wrong]))]) assert.throws(call, type);
  }
  for (const wrong of [...no, {}, []]) {
    for (const call of [() => cipher.encrypt(wrong), () => cipher.decrypt(wrong), () => cipher.decryptText(wrong),
      () => new Cipher(wrong, KEY, IV), () => new Cipher('AES-128-GCM', wrong, IV), () => new Cipher('AES-128-GCM', KEY, wrong),
      () => addressVerdict(wrong), () => Envelope.deleted(wrong), () => Envelope.notFound(wrong), () => Envelope.created(wrong),
      () => Envelope.updated(wrong), () => Envelope.fetched(wrong), () => Envelope.refused(wrong),
      () => hazmat.gcmSeal(wrong, Buffer.alloc(12), Buffer.alloc(0), Buffer.alloc(0)),
      () => hazmat.cfbDecrypt(Buffer.alloc(16), wrong, Buffer.alloc(0))]) {
      assert.throws(call, type);
    }
  }
  for (const wrong of [1, 'x', null, true]) assert.throws(() => Profile.parse(PAYLOAD, wrong), type);
  assert.throws(() => Profile.parse(PAYLOAD, { policy: 1 }), type);
  assert.throws(() => Profile.check(PAYLOAD, { policy: 1 }), type);
  assert.throws(() => Profile.parse(PAYLOAD, { policy: 'lax' }), value);
  assert.throws(() => Profile.parse(PAYLOAD, { polcy: 'strict' }), value);
  assert.throws(() => Profile.parse(PAYLOAD, { limits: { depth: '3' } }), type);
  assert.throws(() => Profile.parse(PAYLOAD, { limits: { depth: -1 } }), value);
  assert.throws(() => Profile.parse(PAYLOAD, { limits: { dept: 1 } }), value);
  assert.throws(() => profile.callback(RECORD, { missing: 'ignore' }), value);
  assert.throws(() => profile.callback(RECORD, { pairs: true }), value);
  assert.throws(() => profile.callbacks('x'), type);
  assert.throws(() => profile.open('{}', { contentType: 1 }), type);
  assert.throws(() => addressVerdict('example.com'), value);
  assert.throws(() => cipher.encrypt('\ud800'), value);
  assert.throws(() => parseRequest({ sid: 1, headers: {}, payload: '{}' }), type);
  assert.throws(() => parseRequest({ sid: 'x', headers: 'y', payload: '{}' }), type);
  assert.throws(() => new Profile(), TypeError);
  assert.throws(() => new StoredProfile(), TypeError);
  assert.throws(() => new Envelope('{}'), TypeError);
  assert.throws(() => Profile.prototype.callback.call({}, RECORD), TypeError);
  const message = thrown(() => new Cipher('AES-128-GCM', Buffer.from(KEY), IV)).message;
  assert.equal(message, 'key must be a string, not Uint8Array');
});

test('options that are undefined or null are the defaults', () => {
  assert.equal(Profile.parse(PAYLOAD, { policy: undefined, limits: undefined, encoding: null }).title, profile.title);
  assert.equal(profile.callback(RECORD, {}).body, profile.callback(RECORD).body);
});

test('errors: class, code and details', () => {
  const refused = thrown(() => Profile.parse({ title: 'ab', http_method: 'POST', url: 'x' }));
  assert.ok(refused instanceof ProfileError && refused instanceof CallbackProfileError && refused instanceof Error);
  assert.equal(refused.code, 'invalid_profile');
  assert.equal(refused.name, 'ProfileError');
  assert.equal(refused.violations[0].message, "body must have required property 'body'");
  assert.equal(refused.message, "body must have required property 'body' (and 2 more violations)");
  assert.ok(refused.envelope instanceof Envelope);
  assert.deepEqual([refused.envelope.code, refused.envelope.status], ['RBC302', 400]);
  assert.equal(String(refused.envelope), String(Envelope.refused(refused)));
  assert.deepEqual({ ...thrown(() => Profile.check({ title: 'ab', http_method: 'POST', url: 'x' })) }, { ...refused });
  assert.deepEqual(refused.violations.map(({ params }) => params), [{ missingProperty: 'body' }, { limit: 3 }, {}]);
  assert.deepEqual([refused.statusCode, refused.toJSON().statusCode], [400, 400]);
  assert.deepEqual(thrown(() => Profile.parse({ ...PAYLOAD, http_method: 'PATCH' })).violations[0].params, { allowedValues: ['GET', 'POST', 'PUT', 'DELETE'] });
  const [{ line, column, keyword }] = thrown(() => Profile.parse('{"title":\n x}')).violations;
  assert.deepEqual([line, column, keyword], [2, 2, 'json']);
  assert.equal(thrown(() => profile.patch({})).code, 'invalid_patch');
  assert.equal(thrown(() => StoredProfile.parse({})).code, 'invalid_stored_profile');
  assert.equal(thrown(() => Envelope.parse({})).code, 'invalid_envelope');
  assert.equal(thrown(() => parseRequest({ sid: '', headers: {}, payload: {} })).code, 'invalid_request');

  const lacks = thrown(() => profile.message({}, { missing: 'error' }));
  assert.ok(lacks instanceof ReplacerError);
  assert.deepEqual([lacks.code, lacks.missing], ['missing_value', ['first_name']]);
  const tampered = thrown(() => profile.open('{"to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}'));
  assert.ok(tampered instanceof DecryptionError);
  assert.deepEqual([tampered.code, tampered.parameter, tampered.parameters], ['auth_failed', 'to', ['to']]);
  const all = Profile.parse({ ...PAYLOAD, enc: { ...PAYLOAD.enc, params: undefined } });
  const absent = thrown(() => all.open({}));
  assert.deepEqual([absent.code, absent.parameter, absent.parameters], ['missing_parameter', 'status', ['status', 'to']]);
  assert.deepEqual(thrown(() => all.open({ status: null, to: [] })).parameters, ['status', 'to']);
  assert.deepEqual(all.open({}, { absent: true }), {});
  assert.deepEqual(all.open({}, { absent: ['status', 'to'] }), {});
  assert.throws(() => all.open({}, { absent: 'status' }), { name: 'TypeError' });
});

test('the class of an error follows the call', () => {
  const cipher = new Cipher('AES-128-GCM', KEY, IV);
  const [none, zeros] = [Buffer.alloc(0), Buffer.alloc(16)];
  for (const [call, type, code] of [
    [() => Profile.parse('{'), ProfileError, 'invalid_profile'],
    [() => Profile.check('{'), ProfileError, 'invalid_profile'],
    [() => profile.patch('{'), ProfileError, 'invalid_patch'],
    [() => StoredProfile.parse('{'), ProfileError, 'invalid_stored_profile'],
    [() => Envelope.parse('{'), ProfileError, 'invalid_envelope'],
    [() => parseRequest({ sid: 'HX', headers: {}, payload: '{' }), ProfileError, 'invalid_request'],
    [() => profile.message('{'), ReplacerError, 'invalid_json'],
    [() => profile.callback('[]'), ReplacerError, 'not_an_object'],
    [() => profile.callback('{"a":"\ud800"}'), ReplacerError, 'invalid_json'],
    [() => profile.callback({ a: '\ud800' }), ReplacerError, 'invalid_json'],
    [() => profile.open('{'), DecryptionError, 'invalid_json'],
    [() => profile.openJson('[]'), DecryptionError, 'not_an_object'],
    [() => profile.open('{}', { contentType: 'text/xml' }), DecryptionError, 'unsupported_content_type'],
    [() => cipher.decrypt('AAAA'), DecryptionError, 'auth_failed'],
    [() => cipher.decryptText('!'), DecryptionError, 'invalid_encoding'],
    [() => new Cipher('AES-128-CFB8', KEY, IV), ArgumentError, 'unknown_algorithm'],
    [() => new Cipher('AES-128-GCM', '', IV), ArgumentError, 'invalid_key'],
    [() => new Cipher('AES-128-GCM', KEY, ''), ArgumentError, 'invalid_iv'],
    [() => hazmat.gcmOpen(zeros, zeros, none, zeros), DecryptionError, 'auth_failed'],
    [() => hazmat.gcmOpen(none, zeros, none, zeros), ArgumentError, 'invalid_key'],
    [() => hazmat.gcmSeal(zeros, none, none, none), ArgumentError, 'invalid_iv'],
    [() => hazmat.cfbEncrypt(none, zeros, none), ArgumentError, 'invalid_key'],
    [() => hazmat.cfbDecrypt(zeros, none, none), ArgumentError, 'invalid_iv'],
  ]) {
    const error = thrown(call);
    assert.equal(error.constructor, type, `${call}: ${error.stack}`);
    assert.deepEqual([error.name, error.code], [type.name, code], String(call));
    assert.ok(error instanceof CallbackProfileError);
  }
});

test('structures are allowed by name, and details tell what was decrypted and what is unknown', async () => {
  const whole = Profile.parse({ title: 'whole', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>', contacts: '<contacts>', left: '<left>' },
    enc: { algo: 'AES-128-GCM', key: KEY, IV, params: ['to', 'contacts'] } });
  const record = { to: '+91', contacts: [{ name: 'John' }, []], left: 1 };
  const body = JSON.stringify({ ...JSON.parse(whole.callback(record).body), extra: 'x' });
  const values = { ...record, extra: 'x' };
  assert.throws(() => whole.open(body), { code: 'not_encrypted', parameters: ['contacts'] });
  for (const structures of [true, ['contacts'], ['to', 'contacts']]) {
    assert.deepEqual(whole.open(body, { structures }), values);
    assert.equal(whole.openJson(body, { structures }), JSON.stringify(values));
    assert.deepEqual(whole.openDetails(body, { structures }), { values, decrypted: ['to', 'contacts[0].name'], unknown: ['extra'], sealed: null, failed: {} });
    assert.deepEqual(whole.openMany([body, body], { structures }), [values, values]);
    assert.deepEqual(await whole.openManyAsync([body], { structures }), [values]);
  }
  for (const structures of [false, [], ['to']]) assert.equal(whole.openMany([body], { structures })[0].code, 'not_encrypted');
});

test('a batch has a result for each item, in its place', () => {
  const { body } = profile.callback(RECORD);
  const callbacks = profile.callbacks([RECORD, '[]', RECORD, {}], { missing: 'error' });
  assert.deepEqual(callbacks.map((item) => item.code ?? item.body), [body, 'not_an_object', body, 'missing_value']);
  assert.ok(callbacks[1] instanceof ReplacerError);
  assert.deepEqual(callbacks[3].missing, ['status', 'recipient']);
  assert.ok(!('index' in callbacks[1]));
  const opened = profile.openMany(['{"to":"AAAA"}', body, '{']);
  assert.deepEqual(opened.map((item) => item.code ?? item.to), ['auth_failed', RECORD.recipient, 'invalid_json']);
  assert.ok(opened[0] instanceof DecryptionError);
  assert.equal(opened[0].parameter, 'to');
  assert.deepEqual([profile.callbacks([]), profile.openMany([])], [[], []]);
});

test('an item that cannot be taken has its error in its place, and the others have their results', async () => {
  const { body } = profile.callback(RECORD);
  const opened = profile.open(body);
  const own = new RangeError('mine');
  const raising = { toJSON() { throw own; } };
  // eslint-disable-next-line no-sparse-arrays
  const records = [RECORD, 1, { a: new Map() }, JSON.stringify(RECORD), { a: NaN }, raising, '{', , RECORD];
  const kinds = ['Object', 'TypeError', 'TypeError', 'Object', 'ArgumentError', 'RangeError', 'ReplacerError', 'TypeError', 'Object'];
  for (const made of [profile.callbacks(records), await profile.callbacksAsync(records)]) {
    assert.deepEqual(made.map((each) => each.constructor.name), kinds);
    assert.deepEqual([made[0], made[3], made[8]], Array(3).fill(profile.callback(RECORD)));
    assert.match(made[1].message, /^records\[1\] must be a string, Uint8Array or plain object, not number$/);
    assert.match(made[2].message, /^records\[2\]\.a must be /);
    assert.equal(made[5], own);
  }
  const bodies = [body, JSON.parse(body), undefined, Buffer.from(body), { to: 1n, status: Symbol('s') }, raising, '{', new Map(), body];
  for (const results of [profile.openMany(bodies), await profile.openManyAsync(bodies)]) {
    assert.deepEqual(results.map((each) => each.constructor.name), ['Object', 'Object', 'TypeError', 'Object', 'TypeError', 'RangeError', 'DecryptionError', 'TypeError', 'Object']);
    for (const at of [0, 1, 3, 8]) assert.deepEqual(results[at], opened);
  }
  // What is thrown and no error could not be told from a value.
  assert.throws(() => profile.callbacks([RECORD, { toJSON() { throw 'text'; } }]), (thrown) => thrown === 'text');
  assert.throws(() => profile.openMany({ 0: body, length: 1 }), TypeError);
});

test('a lone surrogate is refused with its position', () => {
  const [found] = thrown(() => Profile.parse('{"title": "abc\ud83d"}')).violations;
  assert.match(found.message, /UTF-8/);
  assert.deepEqual([found.line, found.column], [1, 15]);
});

test('stored profiles, requests and envelopes', () => {
  const created = Envelope.created(profile, { profileId: 'stage_1' });
  assert.deepEqual(Object.keys(created), ['code', 'message', 'data', 'error', 'status']);
  assert.equal(created.status, 201);
  assert.equal(created.toJson(), JSON.stringify(created));
  assert.equal(created.toJson(), `${created}`);
  const shown = Envelope.created(profile, { profileId: 'stage_1', secrets: 'shown' });
  const stored = StoredProfile.parse(String(shown));
  assert.deepEqual([stored.profileId, stored.status, stored.createdAt, stored.dynamicVariables], ['stage_1', 1, null, null]);
  assert.equal(stored.profile.toJson({ secrets: 'shown' }), profile.toJson({ secrets: 'shown' }));
  assert.equal(stored.profile.callback(RECORD).body, profile.callback(RECORD).body);
  assert.equal(stored.profile, stored.profile);
  assert.equal(Envelope.fetched(stored).data.profile_id, 'stage_1');
  const headers = { 'API-Key': 'A0', 'content-type': 'application/json' };
  for (const each of [headers, Object.entries(headers), new Headers(headers), new Map(Object.entries(headers)), { ...headers, x: ['a', 'b'], y: undefined }]) {
    assert.equal(parseRequest({ sid: 'HX', headers: each, payload: PAYLOAD }).title, profile.title);
  }
  assert.notEqual(schema(), schema());
  assert.equal(addressVerdict('::ffff:10.0.0.1'), 'private');
  assert.equal(addressVerdict('fe80::1%eth0'), 'link_local');
});

test('no output shows a key, an IV or a header value', () => {
  const cipher = new Cipher('AES-256-CFB', KEY + KEY, IV, { encoding: 'hex' });
  const stored = StoredProfile.parse(String(Envelope.created(profile, { secrets: 'shown' })));
  const shown = Envelope.created(profile, { secrets: 'shown' });
  const errors = [];
  for (const call of [() => Profile.parse({ ...PAYLOAD, enc: { ...PAYLOAD.enc, key: `${KEY}x`, IV: `${IV}x` }, headers: { a: 'HEADERSECRET\u0000' } }),
    () => new Cipher('AES-128-GCM', `${KEY}x`, IV), () => new Cipher('AES-128-GCM', KEY, `${IV}x`), () => new Cipher(KEY, KEY, IV),
    () => profile.open(`{"to":"${KEY}"}`), () => profile.open(`{"to":1,"${KEY}`), () => profile.patch({ enc: { key: `${KEY}x` } }),
    () => Profile.parse(`${JSON.stringify(PAYLOAD)} ${KEY}`), () => cipher.decrypt(KEY), () => profile.callback(`{"a":"${KEY}"`)]) {
    errors.push(thrown(call));
  }
  assert.equal(errors.length, 10);
  const everything = { depth: Infinity, showHidden: true, getters: true };
  const outputs = [profile, cipher, stored, [profile], { stored }, ...errors].flatMap((each) => [
    inspect(each), inspect(each, everything), JSON.stringify(each), String(each), `${each?.stack}`]);
  // This envelope has them in its JSON, because the caller asked for it, but a log of the envelope does not show them.
  outputs.push(inspect(shown), inspect(shown, everything));
  assert.ok(!JSON.stringify(Envelope.created(profile)).includes(KEY));
  // The values of headers are shown by name.
  assert.match(profile.toJson({ secrets: 'shown' }), /HEADERSECRET/);
  assert.deepEqual(JSON.parse(JSON.stringify(profile)).headers, { 'x-token': '********' });
  for (const output of outputs) {
    for (const secret of [KEY, IV, 'HEADERSECRET']) assert.ok(!output?.includes(secret), output);
  }
  assert.equal(inspect(cipher), "Cipher {\n  algorithm: 'AES-256-CFB',\n  encoding: 'hex',\n  tag: 'appended',\n  reading: 'tolerant'\n}");
});

test('what holds a key cannot be cloned or sent to a worker thread', () => {
  const stored = StoredProfile.parse(String(Envelope.created(profile, { secrets: 'shown' })));
  const secret = esm.keygenSigning();
  const all = { Profile: profile, StoredProfile: stored, Cipher: new Cipher('AES-128-GCM', KEY, IV), Signer: new esm.Signer(secret), Verifier: new esm.Verifier(secret), KeyRing: esm.KeyRing.byHeader('x-key-id') };
  const { port1 } = new MessageChannel();
  for (const [name, each] of Object.entries(all)) {
    for (const call of [() => structuredClone(each), () => structuredClone({ nested: [each] }), () => port1.postMessage(each)]) {
      assert.throws(call, (error) => error.name === 'DataCloneError' && error.message.startsWith(`Symbol(a ${name} cannot be cloned or sent to another thread: `));
    }
  }
  port1.close();
  // The way that the message names.
  const sent = structuredClone(profile.toJson({ secrets: 'shown' }));
  assert.equal(Profile.parse(sent).callback(RECORD).body, profile.callback(RECORD).body);
});

test('the typings name exactly the codes of the catalogue', async () => {
  const { readFileSync } = await import('node:fs');
  const typings = readFileSync(require.resolve('callback-profile').replace(/cjs$/, 'd.cts'), 'utf8');
  const { errors, advisories, address_verdicts: verdicts } = catalogue();
  for (const [type, rows] of [['ErrorCode', errors], ['AdvisoryCode', advisories], ['AddressVerdict', verdicts]]) {
    const [, union] = typings.match(new RegExp(`export type ${type} =([^;]*);`));
    assert.deepEqual(union.match(/\w+/g), rows.map(({ name }) => name));
  }
  // The codes that the typings list for a class are all in the catalogue, and include all that the shared cases expect.
  const expected = ['message', 'callback', 'open', 'value'].flatMap(cases).filter((one) => 'error' in one);
  for (const type of ['ArgumentError', 'ProfileError', 'ReplacerError', 'DecryptionError']) {
    const [, union] = typings.match(new RegExp(`class ${type} [^}]*readonly code:([^;]*);`));
    const codes = union.match(/\w+/g);
    for (const code of codes) assert.ok(errors.some(({ name }) => name === code), code);
    for (const one of expected.filter((one) => one.class === type)) assert.ok(codes.includes(one.error), `${type} ${one.error}`);
  }
  assert.doesNotMatch(typings, /const enum|::/);
  // What `open` can throw is in its hover: the codes of its class, but for those of key rings.
  const [hover] = typings.match(/\/\*\*(?:(?!\*\/)[^])*\*\/\s*open\(body: JsonInput/);
  const [, union] = typings.match(/class DecryptionError [^}]*readonly code:([^;]*);/);
  const thrownByOpen = union.match(/\w+/g).filter((code) => !['unknown_key', 'cannot_tell_key'].includes(code));
  assert.ok(thrownByOpen.length >= 12);
  for (const code of thrownByOpen) assert.ok(hover.includes(`\`${code}\``), code);
});
