// What a call takes: what JSON has no text for is refused with its path, numbers keep their digits, and no prototype
// changes a call.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import test from 'node:test';
import {
  Cipher, DecryptionError, Envelope, KeyRing, Profile, Signer, StoredProfile, Verifier, catalogue, keygenSigning, parseRequest,
} from 'callback-profile';
import { gcmOpen } from 'callback-profile/hazmat';
import { IV, KEY, PAYLOAD, RECORD, allOf } from './support.mjs';

const profile = Profile.parse(PAYLOAD);
const echo = Profile.parse({ title: 'echo', http_method: 'POST', url: 'https://example.com/', body: { v: '<v>' } });
const TYPE = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
const VALUE = { name: 'ArgumentError', code: 'invalid_argument' };

/** What is no JSON, and how errors call it. */
const refused = () => {
  class Dto { a = 1; }
  const stream = new ReadableStream();
  return [
    [new Request('http://example.com/', { method: 'POST', body: '{}' }), 'Request (await request.text() first)'],
    [new Response('{}'), 'Response (await response.text() first)'],
    [new Blob(['{}']), 'Blob (await blob.text() first)'],
    [Promise.resolve({}), 'Promise (await it first)'],
    [stream, 'ReadableStream (await new Response(stream).text() first)'],
    [new FormData(), 'FormData (Object.fromEntries(form) first)'], [new Headers({ a: 'b' }), 'Headers (Object.fromEntries(headers) first)'], [new Error('x'), 'Error'], [new TypeError('x'), 'Error'], [/x/, 'RegExp'],
    [new Map([['a', 1]]), 'Map (Object.fromEntries(map) first)'], [new Set([1]), 'Set ([...set] first)'], [new WeakMap(), 'WeakMap'], [new ArrayBuffer(2), 'ArrayBuffer'],
    [new Uint16Array(2), 'Uint16Array'], [new DataView(new ArrayBuffer(2)), 'DataView'], [Object('x'), 'String'], [Object(1), 'Number'],
    [new Dto(), 'an instance of Dto'], [(function* generator() {})(), 'Generator'],
  ];
};

test('what JSON has no text for is refused, with its path', () => {
  const list = [...refused(), [() => {}, 'function'], [Symbol('s'), 'symbol']];
  for (const [value, named] of list) {
    for (const [call, path] of [
      [() => profile.callback(value), 'record'], [() => profile.callback({ contacts: [{ name: value }] }), 'record.contacts[0].name'],
      [() => profile.callback({ a: value }), 'record.a'], [() => profile.callback([value]), 'record[0]'],
      [() => profile.message({ 'a.b': { c: value } }), 'record.a.b.c'], [() => allOf(profile.callbacks([RECORD, { a: value }])), 'records[1].a'],
      [() => Profile.parse({ ...PAYLOAD, body: { a: [value] } }), 'payload.body.a[0]'], [() => profile.patch({ body: { a: value } }), 'patch.body.a'],
      [() => StoredProfile.parse({ data: value }), 'stored.data'], [() => Envelope.parse({ data: value }), 'envelope.data'],
      [() => profile.open(value), 'body'], [() => profile.openDetails({ to: value }), 'body.to'], [() => allOf(profile.openMany([value])), 'bodies[0]'],
      [() => parseRequest({ sid: 'x', headers: {}, payload: { a: value } }), 'request.payload.a'],
      [() => profile.callback({ toJSON: () => ({ a: value }) }), 'record.a'],
    ]) {
      assert.throws(call, (error) => {
        assert.deepEqual([error.name, error.code], [TYPE.name, TYPE.code], `${path} ${named}: ${error.stack}`);
        assert.ok(error.message.startsWith(`${path} must be `) && error.message.endsWith(`, not ${named}`), error.message);
        return true;
      });
    }
  }
  // Bytes are a text in place of the whole argument, and nothing within it: Buffer's toJSON would write a list of numbers.
  for (const value of [Buffer.from('x'), new Uint8Array(1)]) {
    for (const call of [() => profile.callback({ a: value }), () => profile.callbacks([{ a: value }]).map((each) => { throw each; })]) {
      assert.throws(call, (error) => error instanceof TypeError && /^records?(\[0\])?\.a must be .*, not Uint8Array \(buffer\.toString\('base64'\) first\)$/.test(error.message));
    }
  }
  assert.throws(() => profile.callback(new URLSearchParams('a=b')), /not URLSearchParams \(Object\.fromEntries\(params\) first\)$/);
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(() => profile.callback({ contacts: [{ age: value }] }), { ...VALUE, message: 'record.contacts[0].age must be a finite number' });
    assert.throws(() => profile.open({ a: value }), { ...VALUE, message: 'body.a must be a finite number' });
  }
  for (const call of [() => profile.callback({ contacts: [{ at: new Date('yesterday') }] }), () => profile.callback({ contacts: [{ at: new (class At extends Date {})(NaN) }] })]) {
    assert.throws(call, { ...VALUE, message: 'record.contacts[0].at must be a valid Date' });
  }
  const circle = {};
  circle.self = [circle];
  for (const call of [() => profile.callback(circle), () => profile.callback([circle]), () => Profile.parse(circle)]) assert.throws(call, VALUE);
  assert.throws(() => profile.callback({ 'a\u202e\n': new Map() }), /^TypeError: record\.a\\u\{202e\}\\u\{a\} must be /);
  assert.throws(() => profile.open({ toJSON: () => undefined }), VALUE);
});

test('a request of Node itself is refused too', async () => {
  const server = createServer((request, response) => {
    try {
      profile.open(request);
    } catch (error) {
      response.end(error.message);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
  assert.match(await response.text(), /^body must be .*, not an instance of IncomingMessage \(its raw body, which express\.raw\(\) or a content type parser reads\)$/);
  server.close();
});

test('what JSON.stringify writes without loss is taken as it writes it', () => {
  const shared = { a: 1 };
  const value = { text: 'x"\u2028\ud83d\ude00', list: [1, 1.5, -7, 1e21, 1e-7, true, false, null, undefined, [], {}], nothing: undefined, [Symbol('s')]: 1,
    date: new Date(0), url: new URL('https://example.com/'), twice: [shared, shared], bare: Object.assign(Object.create(null), shared),
    dto: { toJSON: (key) => ({ key, again: { toJSON: () => 'x' } }) }, proxy: new Proxy({ a: [1] }, {}), map: new Map().set('a', 1).get('a'),
    deep: JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`) };
  assert.equal(echo.callback({ v: value }).body, echo.callback(JSON.stringify({ v: value })).body);
  assert.deepEqual(echo.open({ v: value }), JSON.parse(JSON.stringify({ v: value })));
  assert.deepEqual(echo.callbacks([{ v: value }]), [echo.callback({ v: value })]);
  // Deeper than the core allows: its error, and not one of ours.
  assert.throws(() => echo.callback({ v: JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`) }), { name: 'ReplacerError', code: 'invalid_json' });
});

test('numbers go out with all their digits: bigint and -0', () => {
  for (const [value, text] of [[9007199254740993n, '9007199254740993'], [-(2n ** 70n), '-1180591620717411303424'], [0n, '0'], [-0, '-0'], [[-0, 1n], '[-0,1]'],
    [{ a: -0, b: 10n ** 30n }, `{"a":-0,"b":1${'0'.repeat(30)}}`]]) {
    assert.equal(echo.callback({ v: value }).body, `{"v":${text}}`);
    assert.equal(echo.callbacks([{ v: value }])[0].body, `{"v":${text}}`);
    assert.equal(echo.openJson({ v: value }), `{"v":${text}}`);
  }
  assert.throws(() => profile.callback(1n), TYPE);
});

test('a detached Uint8Array is refused, and so is one whose memory shrank', () => {
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const memory = new ArrayBuffer(16, { maxByteLength: 32 });
  const outside = new Uint8Array(memory, 8, 8);
  memory.resize(4);
  const cipher = new Cipher('AES-128-GCM', KEY, IV);
  let ran = 0;
  for (const array of [detached, outside]) {
    for (const call of [() => cipher.encrypt(array), () => cipher.decrypt(array), () => profile.open(array), () => profile.callback(array),
      () => Profile.parse(array), () => gcmOpen(array, new Uint8Array(12), new Uint8Array(), new Uint8Array(16))]) {
      assert.throws(call, (error) => error.code === 'invalid_argument' && / must not be a detached Uint8Array$/.test(error.message));
      ran += 1;
    }
  }
  assert.equal(ran, 12);
  assert.equal(cipher.decryptText(cipher.encrypt(new Uint8Array())), '');
});

test('open reads numbers as the caller wants them', () => {
  const text = '{"id":9007199254740993,"n":[1,-0,1.50,1e3,-9007199254740992,{"x":0.1}],"t":"1\\"2\\\\","b":[true,false,null],"e":{},"l":[]}';
  const rest = { t: '1"2\\', b: [true, false, null], e: {}, l: [] };
  assert.deepEqual(echo.openJson(text), text);
  const read = (numbers) => echo.open(text, { numbers, absent: true });
  assert.deepEqual(read(undefined), { id: 9007199254740992, n: [1, -0, 1.5, 1000, -9007199254740992, { x: 0.1 }], ...rest });
  assert.deepEqual(read('number'), read(undefined));
  assert.deepEqual(read('bigint'), { id: 9007199254740993n, n: [1, -0, 1.5, 1000, -9007199254740992n, { x: 0.1 }], ...rest });
  assert.deepEqual(read('text'), { id: '9007199254740993', n: ['1', '-0', '1.50', '1e3', '-9007199254740992', { x: '0.1' }], ...rest });
  assert.throws(() => read('strict'), { name: 'DecryptionError', code: 'invalid_json', parameter: 'id', message: 'parameter id: a JavaScript number cannot hold it' });
  assert.throws(() => read('exact'), VALUE);
  const strict = (number) => echo.open(`{"v":[{"a":${number}}]}`, { numbers: 'strict' }).v[0].a;
  for (const number of ['0', '-0', '1', '1.50', '100', '1e3', '1E+3', '1e-7', '0.1', '123456789012345680000', '9007199254740994', '1e308', '5e-324', '0e999999']) {
    assert.ok(Object.is(strict(number), Number(number)), number);
  }
  for (const number of ['9007199254740993', '0.1000000000000000055', '1e-400', '123456789012345678901', `1.${'0'.repeat(2000)}`]) {
    assert.throws(() => strict(number), { code: 'invalid_json', parameter: 'v[0].a' });
  }
  assert.equal(echo.open(`{"v":${'9'.repeat(308)}}`, { numbers: 'bigint' }).v, BigInt('9'.repeat(308)));
  assert.throws(() => echo.open(`{"v":${'9'.repeat(310)}}`, { numbers: 'bigint' }), { code: 'invalid_json', message: /number out of range/ });
  // In a batch, the error is in the place of its item.
  const [first, second] = echo.openMany(['{"v":1}', '{"v":9007199254740993}'], { numbers: 'strict' });
  assert.deepEqual(first, { v: 1 });
  assert.ok(second instanceof DecryptionError && second.code === 'invalid_json');
});

test('every call that opens reads numbers alike', async () => {
  const payload = { title: 'ids', http_method: 'POST', url: 'https://example.com/', headers: { 'x-key-id': 'a' }, body: { id: '<id>' } };
  const ids = Profile.parse(payload);
  const ring = KeyRing.byHeader('x-key-id');
  ring.add('a', ids);
  const secret = keygenSigning();
  const [signer, verifier] = [new Signer(secret), new Verifier(secret)];
  const { headers, body } = ids.callback({ id: { nested: [9007199254740993n] } });
  const signed = { ...headers, ...signer.sign(body, { id: 'msg_1' }) };
  const calls = {
    open: (options) => ids.open(body, options),
    openDetails: (options) => ids.openDetails(body, options).values,
    openMany: (options) => allOf(ids.openMany([body], options))[0],
    openManyAsync: async (options) => allOf(await ids.openManyAsync([body], options))[0],
    receive: (options) => ids.receive(signed, body, { verifier, ...options }).values,
    'KeyRing.open': (options) => ring.open(headers, body, options).values,
    'KeyRing.receive': (options) => ring.receive(signed, body, { verifier, ...options }).values,
  };
  let ran = 0;
  for (const [name, call] of Object.entries(calls)) {
    for (const [numbers, id] of [[undefined, 9007199254740992], ['number', 9007199254740992], ['bigint', 9007199254740993n], ['text', '9007199254740993']]) {
      assert.deepEqual(await call({ numbers }), { id: { nested: [id] } }, `${name} ${numbers}`);
      ran += 1;
    }
    await assert.rejects(async () => call({ numbers: 'strict' }), { name: 'DecryptionError', code: 'invalid_json', parameter: 'id.nested[0]' }, name);
    ran += 1;
  }
  assert.equal(ran, 35);
});

test('__proto__ is refused as a parameter, or an own property where the caller asks for it', () => {
  const { text } = catalogue().errors.find(({ name }) => name === 'refused_name');
  for (const [body, parameter] of [['{"__proto__":{"admin":true}}', '__proto__'], ['{"v":[{"a":{"__proto__":null}}]}', 'v[0].a.__proto__'],
    ['{"\\u005f_proto__":1}', '__proto__'], [{ v: JSON.parse('{"__proto__":1}') }, 'v.__proto__']]) {
    for (const call of [() => echo.open(body), () => echo.openDetails(body), () => echo.open(body, { numbers: 'bigint' })]) {
      assert.throws(call, { name: 'DecryptionError', code: 'refused_name', parameter, parameters: [parameter], message: `parameter ${parameter}: ${text}` });
    }
    assert.equal(echo.openMany([body])[0].code, 'refused_name');
    for (const numbers of ['number', 'bigint', 'text', 'strict']) {
      const opened = echo.open(body, { prototypeNames: true, numbers });
      assert.equal(Object.getPrototypeOf(opened), Object.prototype);
      assert.equal(opened.admin, undefined);
      if (typeof body === 'string') assert.equal(JSON.stringify(opened), numbers === 'text' ? JSON.stringify(opened) : JSON.stringify(JSON.parse(body)));
    }
  }
  // Only the name is refused, not the text.
  assert.deepEqual(echo.open('{"v":"__proto__\\u0001"}'), { v: '__proto__\u0001' });
  assert.equal({}.admin, undefined);
  const form = Profile.parse({ title: 'form', http_method: 'POST', url: 'https://example.com/', body: { v: '<v>' }, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.throws(() => form.open('v=1&__proto__=x'), { code: 'refused_name' });
  assert.equal(form.openJson('v=1&__proto__=x'), '{"v":"1","__proto__":"x"}');
});

test('a polluted Object.prototype changes no call', async () => {
  const everything = async () => {
    const outcome = (call) => {
      try {
        return call();
      } catch (error) {
        return [error.name, error.code, error.message, { ...error.violations?.[0] }, error.name === 'DecryptionError' && error.parameters, error.name === 'ReplacerError' && error.missing];
      }
    };
    const callback = profile.callback(RECORD);
    const bare = Profile.parse('{"title":"bare","http_method":"GET","url":"https://example.com/?a=<a>"}');
    const cipher = new Cipher('AES-128-GCM', KEY, IV);
    const outcomes = [
      profile.toJson(), profile.toJson({}), JSON.stringify(profile), callback, profile.callback(JSON.stringify(RECORD), {}), profile.callbacks([RECORD]),
      await profile.callbacksAsync([RECORD]), profile.open(callback.body), profile.open(callback.body, {}), profile.openDetails(callback.body),
      profile.openMany([callback.body, '{']).map((item) => item.code ?? item), (await profile.openManyAsync([callback.body])), `${profile.message({})}`,
      bare.body, bare.responseMessage, bare.events, bare.algorithm, bare.encryptedParams, bare.callback({ a: 1 }), bare.fields,
      `${Envelope.created(profile)}`, `${Envelope.created(profile, {})}`, cipher.encrypt('x'), cipher.toJSON(), StoredProfile.parse(PAYLOAD).profileId,
      outcome(() => Profile.parse({})), outcome(() => Profile.check('{')), outcome(() => profile.open('{}')), outcome(() => profile.callback({}, { missing: 'error' })),
      outcome(() => parseRequest({ sid: 'x', headers: { 'api-key': 'a' }, payload: PAYLOAD })), outcome(() => parseRequest({ headers: {}, payload: '{}' })),
      outcome(() => Profile.parse(`{"title":"${'x'.repeat(300)}","http_method":"GET","url":"https://example.com/"}`, { limits: {} })?.title),
    ];
    return JSON.parse(JSON.stringify(outcomes));
  };
  const before = await everything();
  const polluted = {
    secrets: 'shown', contentType: 'text/xml', limits: { payloadBytes: 1 }, failure: { class: 'ProfileError' }, policy: 'strict', encoding: 'hex', tag: 'prepended',
    reading: 'strict', missing: 'error', pairs: true, boundary: 'polluted', surrogates: 'replace', structures: true, absent: true, numbers: 'text',
    prototypeNames: true, profileId: 'polluted', sid: 'polluted', payload: '{}', signal: 1, body: 'polluted', responseMessage: 'polluted', events: ['x'],
    algorithm: 'polluted', encryptedParams: ['x'], line: 7, column: 7, parameters: ['x'], violations: [], unlisted: 7, envelope: '{}', payload_bytes: 1, content_type: 'x',
    statusCode: 200, params: '{', createdAt: 'x', above: 'x', step: 'x',
  };
  for (const [name, value] of Object.entries(polluted)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      assert.deepEqual(await everything(), before, name);
    } finally {
      delete Object.prototype[name];
    }
  }
});

test('lone surrogates of a record are replaced where the caller asks for it', () => {
  const settings = { surrogates: 'replace' };
  for (const record of [{ v: 'cut \ud83d' }, { v: 'cut \ud83d', n: 1 }, '{"v":"cut \\ud83d"}', '{"v":"cut \ud83d"}', { toJSON: () => ({ v: 'cut \ud83d' }) }, Buffer.from('{"v":"cut \\ud83d"}')]) {
    assert.equal(echo.callback(record, settings).body, '{"v":"cut \ufffd"}');
    assert.equal(echo.callbacks([record], settings)[0].body, '{"v":"cut \ufffd"}');
    assert.throws(() => echo.callback(record), { name: 'ReplacerError', code: 'invalid_json' });
    assert.throws(() => echo.callback(record, { surrogates: 'refuse' }), { code: 'invalid_json' });
  }
  const answer = Profile.parse({ title: 'answer', http_method: 'GET', url: 'https://example.com/', response_message: 'You: <v>' });
  assert.equal(`${answer.message({ v: '\ude00' }, settings)}`, 'You: \ufffd');
});
