// The logic of the page, without a browser, over the native package: `make page-logic-test`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import * as api from '../../../bindings/node/main.mjs';
import { EXAMPLES } from '../../../examples/page/examples.mjs';
import { EMPTY, examine } from '../../../examples/page/logic/examine.mjs';
import { placesOf, rangeAt, rangeOf } from '../../../examples/page/logic/places.mjs';
import { headerPairs, kindOf, split } from '../../../examples/page/logic/received.mjs';
import { secretsOf } from '../../../examples/page/logic/secrets.mjs';
import { sampleRecord } from '../../../examples/page/logic/values.mjs';
import { TEXTS, fill } from '../../../examples/page/texts.mjs';
import { EXPECTED, NOT_AT_ALL, NOT_WITHOUT_THE_VALUE, fieldsOfText, published } from '../cases.mjs';
import { ROOT } from '../assemble.mjs';

const examined = (fields) => examine(api, { ...EMPTY, ...fields });
const cases = (name) => JSON.parse(readFileSync(join(ROOT, 'testdata', `${name}.json`), 'utf8'));
const BASE = { title: 'Delivery status', http_method: 'POST', url: 'https://example.com/sms', body: { status: '<status>', to: '<to>' } };
const ENC = { algo: 'AES-128-GCM', key: 'K1abcdefghijkl2P', IV: 'POabcdefghijklLY' };

test('each example leads where it should', () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), Object.keys(TEXTS.exampleNames).sort());
  assert.deepEqual(Object.keys(EXAMPLES).sort(), Object.keys(EXPECTED).sort());
  assert.equal(Object.values(EXAMPLES).filter(({ isGood }) => !isGood).length, 5);
  for (const [name, { isGood, fields }] of Object.entries(EXAMPLES)) {
    const { verdict, diagnosis } = examined(fields);
    assert.deepEqual([verdict, diagnosis?.findings[0].cause ?? null], EXPECTED[name], name);
    assert.equal(verdict === 'opened', isGood, name);
  }
});

test('published texts have one of their causes first', () => {
  let ran = 0;
  const failed = [];
  for (const { one, withValue, exceptions } of published()) {
    const { diagnosis } = examined(fieldsOfText(one, withValue));
    if (one.causes.includes(diagnosis.findings[0].cause) === exceptions.includes(one.id)) failed.push(`${one.id} ${diagnosis.findings[0].cause}`);
    ran += 1;
  }
  console.log(`count page-logic node ran=${ran} refused=0 failed=${failed.length}`);
  assert.deepEqual([failed, ran], [[], 266]);
  assert.ok(NOT_AT_ALL.every((id) => NOT_WITHOUT_THE_VALUE.includes(id)));
});

test('every violation of the shared cases is listed with its place', () => {
  let [refused, valid] = [0, 0];
  for (const { payload, payload_hex: hex, policy, limits, violations } of cases('profile')) {
    if (hex !== undefined || limits !== undefined || payload.trim() === '') continue;
    const { profile, callback } = examined({ profile: payload, policy: policy ?? 'documented' });
    if (profile.isStored) continue;
    assert.equal(profile.state, violations === undefined ? 'valid' : 'refused', payload.slice(0, 300));
    if (profile.state === 'valid') {
      valid += 1;
      assert.notEqual(callback.error?.code, 'internal', payload);
      continue;
    }
    refused += 1;
    assert.equal(profile.violations.length, violations.length);
    for (const { range, message } of profile.violations) {
      assert.ok(range !== null && range.start < range.end && range.end <= payload.length, `${message}: ${payload.slice(0, 200)}`);
    }
  }
  console.log(`count page-profile node ran=${valid + refused} refused=${refused} failed=0`);
  assert.ok(valid > 250 && refused > 350, `${valid} ${refused}`);
});

test('every body of the shared cases opens, or has the error of the library', () => {
  let [ran, refused] = [0, 0];
  for (const one of cases('open')) {
    const { name, profile, received, content_type: contentType, error, encoding, tag, limits, reading, absent, structures } = one;
    if (received === undefined || received === '' || limits !== undefined || reading !== undefined || contentType?.trim() !== contentType) continue;
    const report = examined({ profile, received, encoding, tag, kind: 'body', headers: contentType === undefined ? '' : `content-type: ${contentType}` });
    // What looks like a request is taken apart, and a header line cannot hold every content type of the cases.
    if (report.received.contentType !== (contentType ?? null)) continue;
    ran += 1;
    // The page allows all that a receiver may allow, unless nothing at all would have been decrypted then.
    const { opened } = report;
    if (error === undefined) assert.ok(opened.ok || absent !== undefined, name);
    else if (absent === undefined && structures === undefined && error !== 'refused_name') {
      refused += 1;
      assert.equal(opened.error?.code, error, name);
    }
  }
  console.log(`count page-open node ran=${ran} refused=${refused} failed=0`);
  assert.ok(ran > 1000 && refused > 500, `${ran} ${refused}`);
});

test('places are those of the values', () => {
  const text = '{"a/b": {"~": [1, "x\\"y", {"c": tru}]}, "é😀": "z"}';
  const places = placesOf(text);
  const at = (pointer) => {
    const range = rangeOf(places, pointer);
    return range === null ? null : text.slice(range.start, range.end);
  };
  assert.deepEqual(['/a~1b/~0/0', '/a~1b/~0/1', '/a~1b/~0/2/c', '/é😀'].map(at), ['1', '"x\\"y"', 'tru', '"z"']);
  // Of a container its name, of the root its bracket, of what is missing what is above it.
  assert.deepEqual(['/a~1b', '', '/missing', '/a~1b/missing', '/a~1b/~0/1/deep'].map(at), ['"a/b"', '{', '{', '"a/b"', '"x\\"y"']);
  assert.equal(rangeOf(placesOf(''), ''), null);
  for (const broken of ['{', '{"a"', '{"a":', '{"a":"x', '{"a":[1,', '{"a":1]', '[', '"', 'x', '{"a":1,}', '\u0000']) placesOf(broken);
  assert.ok(placesOf('['.repeat(100_000)).size < 200);
  assert.deepEqual([rangeAt('ab\n😀c', 2, 2), rangeAt('ab', 9, 9), rangeAt('', 1, 1)], [{ start: 5, end: 6 }, { start: 1, end: 2 }, null]);
});

test('secrets are masked, also while they are typed and where the text is no JSON', () => {
  const left = (text) => {
    let shown = text;
    for (const { start, end } of secretsOf(text)) shown = shown.slice(0, start) + '*'.repeat(end - start) + shown.slice(end);
    return shown;
  };
  const whole = JSON.stringify({ ...BASE, headers: { Authorization: 'Bearer CANARY' }, enc: { algo: 'AES-128-GCM', key: 'CANARY"\\x', IV: 'CANARY' } }, null, 1);
  for (const text of [whole, whole.replaceAll('\n', ''), JSON.stringify({ data: whole }), '{"enc":{"KEY":"CANARY', '"iv" : "CANARY', '{"x":"cbk2_CANARY"}', 'whsec_CANARY', '{"url":"https://me:CANARY@example.com/"}',
    'POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer CANARY\r\nx-api-key:CANARY\r\n\r\n{}', 'cookie: a=CANARY; b=CANARY', 'Authorization : \tCANARY',
    'X-Auth-Token: CANARY', 'apikey: CANARY', '{"X-Amz-Security-Token": "CANARY", "db_password": "CANARY"}', 'https://example.com/?a=1&api_key=CANARY&key=CANARY', 'access-key=1&client_secret=CANARY']) {
    assert.doesNotMatch(left(text), /CANARY/, text);
  }
  // What says nothing of a secret is not masked, and a long text takes no longer than its length.
  const plain = '{"author":"me","monkey":"x"} author: me\nhost: a\nwebhook-id: b ?page=1&keyword=c';
  assert.equal(left(plain), plain);
  for (const text of ['"token'.repeat(10_000), `"${'token'.repeat(12_000)}`, `?${'auth-'.repeat(12_000)}`, `"key"${' '.repeat(60_000)}`, '?key'.repeat(15_000)]) {
    const started = performance.now();
    secretsOf(text);
    assert.ok(performance.now() - started < 500, text.slice(0, 20));
  }
  assert.match(left('{"body":{"key":"<value>"},"enc":{"kid":"2026-01","algo":"AES-128-GCM"}}'), /<value>.*2026-01.*GCM/);
  for (let length = 1; length <= whole.length; length += 1) {
    const shown = left(whole.slice(0, length));
    assert.doesNotMatch(shown, /CAN/, shown);
  }
});

test('what was received is taken apart', () => {
  const request = 'POST /sms?a=1 HTTP/1.1\r\nContent-Type: application/json\r\nX: y\r\n\r\n{"to":"x"}';
  assert.deepEqual(split(request, ''), { target: '/sms?a=1', pairs: [['Content-Type', 'application/json'], ['X', 'y']], content: '{"to":"x"}' });
  assert.deepEqual(split('GET /sms?a=1', ''), { target: '/sms?a=1', pairs: [], content: '' });
  assert.deepEqual(split('x: y\n\nbody', 'z: 1'), { target: null, pairs: [['x', 'y'], ['z', '1']], content: 'body' });
  for (const text of ['iv:tag:text', '{"a":1}\n\n', 'AAAA\n\nBBBB', '', '\n', ' x: y']) assert.deepEqual(split(text, ''), { target: null, pairs: [], content: text });
  assert.deepEqual(headerPairs('a: b\n\nno header\nC:d\nE:  f '), [['a', 'b'], ['E', 'f']]);
  const kind = (content, profile = null) => kindOf({ target: null, pairs: [], content }, profile);
  const GET = api.Profile.parse({ ...BASE, http_method: 'GET', url: 'https://example.com/?to=<to>' });
  assert.deepEqual(['{"a":1}', '[1]', '--b\r\n', 'AAAA=', 'AAAA==', 'AAAA=BBBB=', 'a=1&b=2', 'https://example.com/?a=1', '/sms?a=1', 'AAAA\nBBBB'].map((text) => kind(text)),
    ['body', 'body', 'body', 'values', 'values', 'values', 'body', 'query', 'query', 'values']);
  assert.deepEqual(['to=AAAA', 'from=AAAA', '?to=A'].map((text) => kind(text, GET)), ['query', 'values', 'query']);
});

test('queries, forms, several values and stored profiles open', () => {
  const query = api.Profile.parse({ ...BASE, http_method: 'GET', url: 'https://example.com/?to=<to>', enc: ENC });
  const { url } = query.callback({ to: '+91' });
  const opened = (fields) => examined(fields).opened.rows.map(({ name, value, how }) => `${name.text}=${value.text} ${how}`);
  const text = query.toJson({ secrets: 'shown' });
  for (const received of [url, new URL(url).search, `GET ${new URL(url).pathname}${new URL(url).search} HTTP/1.1\nhost: example.com\n\n`]) {
    assert.deepEqual(opened({ profile: text, received }), ['to=+91 decrypted'], received);
  }
  const form = api.Profile.parse({ ...BASE, headers: { 'content-type': 'application/x-www-form-urlencoded' }, enc: ENC });
  const { body } = form.callback({ status: 'SENT', to: '+91' });
  assert.deepEqual(opened({ profile: form.toJson({ secrets: 'shown' }), received: body }), ['status=SENT decrypted', 'to=+91 decrypted']);
  assert.deepEqual(opened({ mode: 'key', key: ENC.key, iv: ENC.IV, received: body }), ['status=SENT decrypted', 'to=+91 decrypted']);
  const cipher = new api.Cipher(ENC.algo, ENC.key, ENC.IV);
  const values = ['one', 'two'].map((value) => cipher.encrypt(value));
  assert.deepEqual(opened({ mode: 'key', key: ENC.key, iv: ENC.IV, received: values.join('\n') }), ['1=one decrypted', '2=two decrypted']);
  assert.deepEqual(opened({ profile: text, received: values.join('\n') }), ['1=one decrypted', '2=two decrypted']);
  assert.deepEqual(opened({ mode: 'key', key: ENC.key, iv: ENC.IV, received: JSON.stringify({ a: { b: [values[0]] }, c: 'READ' }) }), ['a.b[0]=one decrypted', 'c=READ closed']);
  const envelope = api.Envelope.created(form, { profileId: 'p1', secrets: 'shown' }).toJson();
  for (const stored of [envelope, JSON.stringify(JSON.parse(envelope).data)]) {
    const report = examined({ profile: stored, received: body });
    assert.deepEqual([report.profile.state, report.profile.isStored, report.verdict], ['valid', true, 'opened']);
  }
  const old = JSON.stringify({ ...BASE, enc: { ...ENC, key: 'OlderKeyOfThis00' } });
  const other = examined({ profile: old, other: text, received: values[0] });
  assert.equal(other.diagnosis.findings[0].cause, 'other_key');
});

test('structures and absent values are named as what a receiver must allow', () => {
  const profile = api.Profile.parse({ ...BASE, enc: ENC });
  const text = profile.toJson({ secrets: 'shown' });
  const structure = examined({ profile: text, received: profile.callback({ status: 'SENT', to: [{ a: 'b' }] }).body });
  assert.deepEqual([structure.verdict, structure.opened.allowed], ['allowed', ['structures']]);
  const { to: _to, ...rest } = JSON.parse(profile.callback({ status: 'SENT', to: 'x' }).body);
  const absent = examined({ profile: text, received: JSON.stringify(rest) });
  assert.deepEqual([absent.verdict, absent.opened.allowed, absent.opened.error.parameters.map(({ text: name }) => name)], ['allowed', ['absent'], ['to']]);
});

test('a signature holds as of its own time, and a change of the body is named', () => {
  const { profile, received, headers, secret } = EXAMPLES.signature.fields;
  const compact = JSON.stringify(JSON.parse(received));
  const state = (fields) => examined({ profile, headers, secret, received: compact, ...fields }).signature;
  assert.deepEqual([state({}).state, state({}).timestamp], ['holds', 1790000000]);
  assert.deepEqual([state({ received }).change, state({ received: `${compact}\n` }).change, state({ received: '{}' }).change], ['written_anew', 'line_break_added', null]);
  assert.equal(state({ secret: 'whsec_x' }).error.code, 'invalid_key');
  assert.deepEqual([state({ secret: '' }).state, state({ headers: '' }).state, state({ secret: '', headers: '' }).state], ['no_secret', 'no_headers', 'none']);
  assert.deepEqual(state({ headers: headers.replace(/webhook-id.*\n/, '') }).absent, ['webhook-id']);
  assert.equal(examined({ profile, secret }).callback.signed.headers.length, 3);
});

test('a record is made up for every profile of the shared cases', () => {
  let ran = 0;
  for (const { profile } of cases('callback')) {
    try {
      const parsed = api.Profile.parse(profile);
      const record = JSON.stringify(sampleRecord(parsed.fields));
      assert.ok(record.length < 20_000, record.slice(0, 200));
      assert.deepEqual(parsed.callback(record).missing, [], profile);
      ran += 1;
    } catch (error) {
      if (!(error instanceof api.CallbackProfileError)) throw error;
    }
  }
  assert.ok(ran > 200, `${ran}`);
  assert.equal(`${sampleRecord([{ field: '__proto__.x' }]).x}`, 'undefined');
  assert.equal(fill('{a} {b}', { a: '{b}' }), '{b} {b}');
});

test('nothing that was pasted makes it throw', () => {
  const texts = ['', ' ', '{', '[]', 'null', '"x"', '\ud800', '{"__proto__":{"a":1}}', '<b>', 'a=1&a=2', '-----', '\u0000', '{"data":[]}', '{"data":{},"code":1}', '{"profile_id":1}', 'x'.repeat(5000)];
  let ran = 0;
  for (const profile of [...texts, JSON.stringify({ ...BASE, enc: ENC }), EXAMPLES.sealed.fields.profile]) {
    for (const received of texts) {
      for (const mode of ['profile', 'key']) {
        for (const kind of ['auto', 'body', 'query', 'values']) {
          examined({ mode, kind, profile, received, key: ENC.key, iv: ENC.IV, headers: received, expected: received, other: received, secret: received, record: received });
          ran += 1;
        }
      }
    }
  }
  assert.equal(ran, 18 * 16 * 2 * 4);
});
