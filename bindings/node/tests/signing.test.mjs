// Signatures, receiving in one call, and key rings.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { inspect } from 'node:util';
import {
  ArgumentError, CallbackProfileError, DecryptionError, KeyRing, Profile, ReplacerError, SignatureError, Signer, Verifier,
  keygen, keygenSealed, keygenSigning,
} from 'callback-profile';
import { IV, KEY, PAYLOAD, RECORD } from './support.mjs';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = `whsec_${'BwcH'.repeat(16)}`;
const NOW = 1_800_000_000;
const signer = new Signer(SECRET);
const verifier = new Verifier(SECRET);
const plain = Profile.parse(PAYLOAD);
const sign = (body, options) => signer.sign(body, { id: 'msg_1', timestamp: NOW, ...options });
const of = (enc, changes) => Profile.parse({ ...PAYLOAD, body: { to: '<to>' }, headers: undefined, enc, ...changes });
const sealed = (kid = 'a', changes = {}) => of(keygenSealed(kid), changes);
const expected = { tolerance: 300, method: 'POST', url: 'https://example.com/sms', profileId: null };
const GIVEN = { issuedAt: NOW, id: 'msg_1' };

test("the example of the standard's own libraries", () => {
  const body = '{"test": 2432232314}';
  const headers = signer.sign(body, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330 });
  assert.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  const options = { now: 1614265330 };
  for (const form of [headers, new Headers(headers), Object.entries(headers), new Map(Object.entries(headers)), { ...headers, 'set-cookie': ['a', 'b'], gone: undefined },
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))]) {
    assert.deepEqual(verifier.verify(form, Buffer.from(body), options), { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330 });
  }
});

test('whatever is wrong is one error, and a time that is too far another one', () => {
  const headers = sign('{}');
  const messages = new Set();
  for (const [changes, body] of [[{}, '{} '], [{ 'webhook-id': 'msg_2' }, '{}'], [{ 'webhook-id': undefined }, '{}'], [{ 'webhook-id': ['msg_1', 'msg_1'] }, '{}'],
    [{ 'webhook-timestamp': `0${NOW}` }, '{}'], [{ 'webhook-timestamp': `${NOW + 1}` }, '{}'], [{ 'webhook-signature': 'v1,AAAA' }, '{}'], [{ 'Webhook-Id': 'msg_1' }, '{}']]) {
    assert.throws(() => verifier.verify({ ...headers, ...changes }, body, { now: NOW }), (error) => {
      messages.add(error.message);
      return error instanceof SignatureError && error instanceof CallbackProfileError && error.code === 'signature_refused' && error.statusCode === 400 && error.name === 'SignatureError';
    });
  }
  assert.equal(messages.size, 1, 'a stranger learns nothing');
  for (const now of [NOW + 300, NOW - 300]) verifier.verify(headers, '{}', { now });
  verifier.verify(headers, '{}', { now: NOW + 400, tolerance: 400 });
  for (const options of [{ now: NOW + 301 }, { now: NOW - 301 }, { now: NOW + 1, tolerance: 0 }, {}]) {
    assert.throws(() => verifier.verify(headers, '{}', options), { code: 'timestamp_refused' });
  }
  const fresh = signer.sign('{}', { id: 'a' });
  assert.ok(Math.abs(fresh['webhook-timestamp'] - Date.now() / 1000) < 10);
  verifier.verify(fresh, '{}');
});

test('several secrets while one is changed', () => {
  const both = new Signer([SECRET, OTHER]).sign('{}', { id: 'a', timestamp: NOW });
  for (const secrets of [SECRET, OTHER, [OTHER, SECRET]]) assert.equal(new Verifier(secrets).verify(both, '{}', { now: NOW }).id, 'a');
  assert.throws(() => new Verifier(OTHER).verify(sign('{}'), '{}', { now: NOW }), SignatureError);
  for (const count of [0, 17]) for (const Class of [Signer, Verifier]) assert.throws(() => new Class(Array(count).fill(SECRET)), { code: 'invalid_argument' });
});

test('a whole callback', () => {
  const callback = plain.callback(RECORD);
  assert.deepEqual(signer.signCallback(callback, { id: 'msg_1', timestamp: NOW }), sign(callback.body));
  assert.match(signer.signCallback(callback)['webhook-id'], /^msg_[A-Za-z0-9_-]{22}$/);
  assert.equal(signer.signCallback(JSON.parse(JSON.stringify(plain.callback(RECORD, { id: 'msg_9' }))))['webhook-id'], 'msg_9');
  const whole = sealed().callback({ to: 'x' });
  assert.equal(signer.signCallback(whole)['webhook-id'], whole.id);
  const get = { http_method: 'GET', body: undefined, url: 'https://example.com/?to=<to>' };
  const uncovered = of(undefined, get).callback({ to: 'x' });
  assert.throws(() => signer.signCallback(uncovered), (error) => error instanceof ReplacerError && error.code === 'signature_covers_nothing');
  assert.deepEqual(signer.signCallback(uncovered, { id: 'msg_1', timestamp: NOW, uncovered: true }), sign(''));
  signer.signCallback(sealed('a', get).callback({ to: 'x' }));
  assert.throws(() => signer.signCallback(of(undefined, { headers: { 'Webhook-Id': 'x' } }).callback({})), { code: 'unsafe_header' });
});

test('receiving verifies first and opens then', () => {
  const callback = plain.callback(RECORD);
  const headers = { ...callback.headers, ...signer.signCallback(callback, { id: 'msg_1', timestamp: NOW }) };
  const options = { verifier, now: NOW };
  assert.deepEqual(plain.receive(headers, callback.body, options), {
    id: 'msg_1', timestamp: NOW, values: { status: 'DELIVERED', to: '+919876543210' }, decrypted: ['to'], unknown: [], sealed: null, failed: {},
  });
  assert.throws(() => plain.receive(headers, 'no JSON', options), SignatureError);
  assert.throws(() => plain.receive(sign('no JSON'), 'no JSON', options), (error) => error instanceof DecryptionError && error.code === 'invalid_json');
  assert.throws(() => plain.receive({ ...headers, 'content-type': 'text/plain' }, callback.body, options), { code: 'unsupported_content_type' });
  assert.throws(() => plain.receive(headers, callback.body, { verifier }), { code: 'timestamp_refused' });
  const bigint = of(undefined, { body: { id: '<id>' } });
  assert.equal(bigint.receive(sign('{"id":9007199254740993}'), '{"id":9007199254740993}', { ...options, numbers: 'bigint' }).values.id, 9007199254740993n);

  const profile = sealed();
  const whole = profile.callback({ to: 'x' }, GIVEN);
  const signed = { ...whole.headers, ...signer.signCallback(whole, { timestamp: NOW }) };
  const { id, sealed: told } = profile.receive(signed, Buffer.from(whole.body), { ...options, expected }); // the time of receive counts
  assert.deepEqual([id, told.id, told.kid], ['msg_1', 'msg_1', 'a']);
  const other = { ...whole.headers, ...signer.signCallback(whole, { id: 'msg_2', timestamp: NOW }) };
  assert.throws(() => profile.receive(other, whole.body, { ...options, expected }), { code: 'auth_failed' });
  const get = sealed('a', { http_method: 'GET', body: undefined, url: 'https://example.com/sms?to=<to>' });
  const { url, ...sent } = get.callback({ to: 'x' }, GIVEN);
  const target = url.replace('https://example.com', '');
  const received = get.receive(signer.signCallback({ url, ...sent }, { timestamp: NOW }), '', { ...options, target, expected: { ...expected, method: 'GET' } });
  assert.deepEqual(received.values, { to: 'x' });
});

test('the body must be raw', () => {
  for (const body of [{ to: 'SecretValue' }, ['SecretValue'], null, undefined, 1, new Response('x'), new URLSearchParams('a=b'), new ArrayBuffer(2)]) {
    for (const call of [() => verifier.verify(sign('{}'), body), () => plain.receive(sign('{}'), body, { verifier }), () => KeyRing.byHeader('x').open({}, body),
      () => KeyRing.byHeader('x').receive({}, body, { verifier })]) {
      assert.throws(call, (error) => error instanceof TypeError && /raw body/.test(error.message) && !error.message.includes('SecretValue'));
    }
  }
  const body = '{"amount": 1.0, "to": "+91"}';
  assert.throws(() => verifier.verify(sign(body), JSON.stringify(JSON.parse(body)), { now: NOW }), SignatureError);
});

test('misuse names the argument', () => {
  for (const [type, words, call] of [
    [TypeError, 'headers must be an object or pairs', () => verifier.verify('x', '{}')],
    [TypeError, 'headers values must be a string', () => verifier.verify({ a: 1 }, '{}')],
    [TypeError, 'options.now must be a number', () => verifier.verify({}, '{}', { now: '1' })],
    [ArgumentError, 'options.tolerance must be a whole number', () => verifier.verify({}, '{}', { tolerance: -1 })],
    [TypeError, 'options.id must be a string', () => signer.sign('{}')],
    [ArgumentError, 'the id must be 1 to 128', () => sign('{}', { id: 'a.b' })],
    [TypeError, 'body must be a string or Uint8Array', () => sign({})],
    [ArgumentError, 'body must not hold a lone surrogate', () => sign('\ud800')],
    [TypeError, 'options.verifier must be a Verifier', () => plain.receive({}, '{}')],
    [TypeError, 'options.verifier must be a Verifier', () => plain.receive({}, '{}', { verifier: signer })],
    [TypeError, 'secrets must be a string or an array', () => new Signer(Buffer.from(SECRET))],
    [TypeError, 'secrets must be a string or an array', () => new Verifier()],
    [ArgumentError, 'a signing secret must begin with whsec_', () => new Signer(SECRET.slice(6))],
    [ArgumentError, 'a signing secret must be standard base64', () => new Verifier([`${SECRET}-`])],
    [TypeError, 'callback must be a callback', () => signer.signCallback('x')],
    [TypeError, 'callback.url must be a string', () => signer.signCallback({ headers: {} })],
    [TypeError, 'callback.headers must be an object', () => signer.signCallback({ url: 'x' })],
    [TypeError, 'callback.body must be a string', () => signer.signCallback({ url: 'x', headers: {}, body: {} })],
    [TypeError, 'profile must be a Profile', () => KeyRing.byHeader('x').add('a', PAYLOAD)],
    [TypeError, 'KeyRing has no public constructor', () => new KeyRing()],
  ]) {
    assert.throws(call, (error) => error instanceof type && error.message.startsWith(words) && !inspect(error).includes(SECRET.slice(6)), words);
  }
  assert.throws(() => new Signer('whsec_short'), { name: 'ArgumentError', code: 'invalid_key' });
});

test('no secret shows in any output, and none is serialised', () => {
  const ring = KeyRing.byHeader('x');
  const enc = keygenSealed('a');
  ring.add('a', of(enc));
  for (const holder of [signer, new Verifier([SECRET, OTHER]), ring, of(enc)]) {
    const shown = [inspect(holder, { depth: 9, showHidden: true }), JSON.stringify(holder), `${holder}`, inspect({ ...holder })];
    for (const text of shown) for (const key of [SECRET.slice(6), OTHER.slice(6), enc.key, enc.key.slice(5)]) assert.ok(!text.includes(key), text);
  }
  assert.equal(inspect(ring), "KeyRing { ids: [ 'a' ] }");
  assert.equal(inspect([signer, new Verifier(SECRET)]), '[ Signer {}, Verifier {} ]');
});

const ringOf = (options, ...profiles) => {
  const ring = KeyRing.byHeader('X-Key-Id', options);
  for (const [id, profile] of profiles) ring.add(id, profile);
  return ring;
};
const named = (id, key, algo = 'AES-128-GCM') => of({ algo, key, IV }, { headers: { 'x-key-id': id } });

test('a callback is opened by the key that it names', () => {
  const [old, next] = [named('old', KEY), named('next', 'otherkeyotherkey')];
  const ring = ringOf({}, ['old', old], ['next', next]);
  assert.deepEqual(ring.ids, ['old', 'next']);
  for (const [id, profile] of [['old', old], ['next', next]]) {
    const { headers, body } = profile.callback({ to: '+91' });
    assert.deepEqual(ring.open(headers, body), { id, version: 1, inTurn: false, values: { to: '+91' }, decrypted: ['to'], unknown: [], sealed: null, failed: {} });
    assert.throws(() => ring.open({ 'x-key-id': id === 'old' ? 'next' : 'old' }, body), { code: 'auth_failed' });
    for (const strange of [{}, { 'x-key-id': 'none' }, [['x-key-id', id], ['X-Key-Id', id]]]) {
      assert.throws(() => ring.open(strange, body), (error) => error instanceof DecryptionError && error.code === 'unknown_key');
    }
  }
  assert.equal(ring.remove('old').toJson({ secrets: 'shown' }), old.toJson({ secrets: 'shown' }));
  assert.equal(ring.remove('old'), null);
  assert.throws(() => ring.add('next', next), { code: 'invalid_argument' });
  assert.throws(() => ring.add('other', old), { code: 'invalid_argument' });
  assert.throws(() => ring.add('other', sealed()), { code: 'invalid_argument' });
  const get = { http_method: 'GET', body: undefined, url: 'https://example.com/?to=<to>&k=a' };
  const query = KeyRing.byQuery('k');
  query.add('a', of({ algo: 'AES-128-GCM', key: KEY, IV }, get));
  const { url } = of({ algo: 'AES-128-GCM', key: KEY, IV }, get).callback({ to: 'x' });
  assert.equal(query.open({}, '', { target: url }).values.to, 'x');
});

test('keys in turn, and sealed profiles in a ring', () => {
  const [old, next] = [named('old', KEY), named('next', 'otherkeyotherkey')];
  const { body } = next.callback({ to: '+91' });
  const found = ringOf({ tryInTurn: true }, ['old', old], ['next', next]).open({}, body);
  assert.deepEqual([found.id, found.inTurn], ['next', true]);
  const cfb = named('old', KEY, 'AES-128-CFB');
  assert.throws(() => ringOf({ tryInTurn: true }, ['old', cfb]).open({}, cfb.callback({ to: 'x' }).body), { code: 'cannot_tell_key' });
  const whole = sealed();
  const ring = ringOf({}, ['old', old], ['a', whole]);
  for (const [profile, version, keyId] of [[old, 1, 'old'], [whole, 2, 'a']]) {
    const callback = profile.callback({ to: '+91' }, GIVEN);
    const headers = { ...callback.headers, ...signer.signCallback(callback, { timestamp: NOW }) };
    const received = ring.receive(headers, callback.body, { verifier, now: NOW, expected });
    assert.deepEqual([received.id, received.timestamp, received.keyId, received.version, received.inTurn, received.values], ['msg_1', NOW, keyId, version, false, { to: '+91' }]);
    assert.equal(received.sealed?.kid ?? null, version === 2 ? 'a' : null);
    assert.throws(() => ring.receive(headers, `${callback.body} `, { verifier, now: NOW, expected }), SignatureError);
  }
  const sent = old.callback({ to: 'x' });
  assert.throws(() => ringOf({ refuseV1: true }, ['old', old], ['a', whole]).open(sent.headers, sent.body), { code: 'unknown_key' });
});

/** Senders that never stop, and a receiver, on loopback; both change while callbacks are under way. */
async function flowing(make, open, change) {
  const flow = { make, open, sent: [], opened: [], failures: [], rounds: [0, 0, 0], done: false };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    try {
      flow.opened.push(flow.open(request.headers, body).to);
      response.writeHead(204).end();
    } catch (error) {
      flow.failures.push(`${error.code}`);
      response.writeHead(400).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const send = async (sender) => {
    while (!flow.done) {
      const value = `${sender}-${flow.rounds[sender]}`;
      const { callback, signature } = flow.make(value);
      flow.sent.push(value);
      const { status } = await fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', headers: { ...callback.headers, ...signature }, body: callback.body });
      if (status !== 204) flow.failures.push(`${status}`);
      flow.rounds[sender] += 1;
    }
  };
  // Until what was under way before the last change, and something after it, has arrived: the longest retry.
  const step = async () => {
    const before = [...flow.rounds];
    while (flow.rounds.some((now, sender) => now < before[sender] + 3)) await new Promise(setImmediate);
  };
  const senders = [0, 1, 2].map(send);
  await step();
  await change(flow, step);
  await step();
  flow.done = true;
  await Promise.all(senders);
  server.close();
  server.closeAllConnections();
  assert.deepEqual(flow.failures, []);
  assert.deepEqual([...flow.opened].sort(), [...flow.sent].sort(), 'none lost, none doubled, none opened wrongly');
  assert.ok(flow.sent.length >= 20);
}

const unsigned = (profile) => (to) => ({ callback: profile.callback({ to }), signature: {} });
const by = (ring) => (headers, body) => ring.open(headers, body, { expected }).values;

test('no callback is lost while keys change', async () => {
  const [oldSecret, newSecret] = [keygenSigning(), keygenSigning()];
  const gcm = of(keygen('AES-128-GCM'));
  const signed = (...secrets) => (to) => {
    const callback = gcm.callback({ to });
    return { callback, signature: new Signer(secrets).signCallback(callback) };
  };
  const verified = (secret) => (headers, body) => gcm.receive(headers, body, { verifier: new Verifier(secret) }).values;
  await flowing(signed(oldSecret), verified(oldSecret), async (flow, step) => {
    flow.make = signed(oldSecret, newSecret);
    await step();
    flow.open = verified(newSecret);
    await step();
    flow.make = signed(newSecret);
  });
  // A sealed key, and from the documented format to sealed callbacks.
  for (const [id, old] of [['a', sealed('a')], ['old', named('old', KEY)]]) {
    const next = sealed('b');
    const ring = ringOf({}, [id, old]);
    await flowing(unsigned(old), by(ring), async (flow, step) => {
      ring.add('b', next);
      await step();
      flow.make = unsigned(next);
      await step();
      ring.remove(id);
    });
  }
  for (const [algorithm, tryInTurn] of [['AES-128-GCM', true], ['AES-256-CFB', false]]) {
    const bare = of(keygen(algorithm));
    const old = bare.patch({ headers: { 'x-key-id': 'a' } });
    const next = old.patch({ headers: { 'x-key-id': 'b' }, enc: keygen(algorithm) });
    await flowing(unsigned(bare), (_, body) => bare.open(body), async (flow, step) => {
      if (!tryInTurn) flow.make = unsigned(old);
      await step();
      flow.open = by(ringOf({ tryInTurn }, ['a', old], ['b', next]));
      await step();
      flow.make = unsigned(next);
      await step();
      flow.open = by(ringOf({}, ['b', next]));
    });
  }
});
