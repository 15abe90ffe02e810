// The examples, by real HTTP on loopback. They import the package by name, so they run where it is installed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { Profile } from 'callback-profile';
import { IV, KEY, PAYLOAD, RECORD, cases, read } from './support.mjs';

const installed = process.env.CALLBACK_PROFILE_INSTALLED;
const example = (path) => import(pathToFileURL(join(installed, 'examples', path)));

test('the Fastify service answers the documented envelopes', { skip: !installed && 'not installed' }, async () => {
  const { build } = await example('fastify-service/service.js');
  const app = build();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${app.server.address().port}/v1/HX0/callback/profiles`;
  const call = async (method, path, payload, headers = { 'api-key': 'A0', 'content-type': 'application/json' }) => {
    const body = payload === undefined || typeof payload === 'string' ? payload : JSON.stringify(payload);
    const response = await fetch(base + path, { method, headers, body });
    const text = await response.text();
    const answer = JSON.parse(text);
    assert.equal(answer.status, response.status, text);
    assert.deepEqual(Object.keys(answer), ['code', 'message', 'data', 'error', 'status']);
    assert.ok(!text.includes(KEY) && !text.includes(IV), text);
    return answer;
  };
  try {
    const created = await call('POST', '', PAYLOAD);
    assert.deepEqual([created.code, created.message, created.status, created.error], ['RBC024', 'Profile created successfully', 201, {}]);
    const id = `/${created.data.profile_id}`;
    assert.equal((await call('GET', id)).data.title, PAYLOAD.title);
    const updated = await call('PUT', id, { title: 'new title' });
    assert.deepEqual([updated.status, updated.data.title, updated.data.url], [200, 'new title', PAYLOAD.url]);
    assert.equal((await call('GET', id)).data.title, 'new title');

    const refused = await call('POST', '', { title: 'ab', http_method: 'POST', url: 'x' });
    assert.deepEqual(refused, {
      code: 'RBC302', message: "body must have required property 'body'", data: {},
      error: [{ body: "body must have required property 'body'" }, { body: 'body/title must NOT have fewer than 3 characters' },
        { body: 'body/url must be an absolute http or https URL' }],
      status: 400,
    });
    for (const payload of ['', '{', '[]', '{"title":1,"title":2}', undefined]) assert.equal((await call('POST', '', payload)).code, 'RBC302');
    assert.deepEqual((await call('POST', '', PAYLOAD, { 'content-type': 'text/xml' })).error, [
      { headers: "headers must have required property 'api-key'" }, { headers: 'headers/content-type must be application/json' }]);
    assert.equal((await call('PUT', id, {})).message, 'body must NOT have fewer than 1 properties');
    assert.equal((await call('PUT', id, { channel: 'sms' })).status, 400);

    assert.deepEqual((await call('DELETE', id)).data, { profileId: created.data.profile_id });
    const gone = await call('GET', id);
    assert.deepEqual([gone.code, gone.message, gone.status], ['RBC302', 'No profile exists with this id', 404]);
    // Every shared case gets the same verdict over HTTP.
    let ran = 0;
    for (const one of cases('profile').filter(({ payload, limits, policy }) => payload !== undefined && !limits && !policy)) {
      assert.equal((await call('POST', '', one.payload)).status, one.violations ? 400 : 201, one.name);
      ran += 1;
    }
    assert.ok(ran > 300, `${ran}`);
  } finally {
    await app.close();
  }
});

const profileHasTag = ({ enc }) => enc.algo.endsWith('GCM');

test('the Express receiver opens encrypted callbacks', { skip: !installed && 'not installed' }, async () => {
  const { build } = await example('express-receiver/receiver.js');
  const types = ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'];
  const profiles = [
    ...types.flatMap((type) => ['POST', 'PUT'].map((http_method) => ({ ...PAYLOAD, http_method, headers: { 'content-type': type } }))),
    ...['GET', 'DELETE'].map((http_method) => ({ ...PAYLOAD, http_method, body: undefined, url: `${PAYLOAD.url}?status=<status>&to=<recipient>` })),
    { ...PAYLOAD, enc: { ...PAYLOAD.enc, algo: 'AES-128-CFB' } },
  ];
  for (const payload of profiles) {
    const opened = [];
    const server = build(payload, (parameters) => opened.push(parameters)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const callback = Profile.parse(payload).callback(RECORD);
      const { search } = new URL(callback.url);
      const send = (body, headers) => fetch(`http://127.0.0.1:${server.address().port}/callback${search}`, {
        method: callback.method, headers, body: body ?? undefined });
      assert.equal((await send(callback.body, callback.headers)).status, 204);
      assert.deepEqual(opened, [{ status: RECORD.status, to: RECORD.recipient }]);
      // Somebody with another key: GCM notices, CFB has nothing to notice it with.
      if (callback.body !== null && profileHasTag(payload)) {
        const forged = Profile.parse({ ...payload, enc: { ...payload.enc, key: IV } }).callback(RECORD);
        const errors = test.mock.method(console, 'error', () => {});
        const bad = await send(forged.body, forged.headers);
        assert.deepEqual(errors.mock.calls.map((call) => call.arguments), [['refused a callback: auth_failed']]);
        errors.mock.restore();
        assert.deepEqual([bad.status, await bad.text(), opened.length], [400, 'Bad Request', 1]);
      }
      assert.equal((await fetch(`http://127.0.0.1:${server.address().port}/callback`, { method: 'PATCH' })).status, 405);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
});

/** Requests to a receiver of examples/profiles/encrypted-gcm.json whose contacts may be a structure, and its answers. */
function received() {
  const { body } = Profile.parse(read('examples/profiles/encrypted-gcm.json')).callback(read('examples/records/encrypted-gcm.json'));
  const sent = JSON.parse(body);
  const json = { 'content-type': 'application/json' };
  const changed = (change) => JSON.stringify({ ...sent, ...change });
  return [
    ['POST', json, body, 204],
    ['PATCH', json, body, 405],
    ['POST', { 'content-type': 'text/xml' }, body, 400],
    ['POST', {}, undefined, 400],
    ['POST', json, '{}', 400],
    ['POST', json, changed({ status: 'DELIVERED' }), 400],
    ['POST', json, changed({ status: { $ne: null } }), 400],
    ['POST', json, changed({ status: { a: sent.status } }), 400],
    ['POST', json, changed({ status: null }), 400],
    ['POST', json, changed({ contacts: [{ wa_id: 'in clear' }] }), 400],
    ['POST', json, changed({ extra: { $gt: '' } }), 400],
    ['POST', json, `${body.slice(0, -1)},"__proto__":{"a":{}}}`, 400],
  ];
}

/** The answers of a receiver, and what it handled. */
async function answersOf({ build }) {
  const opened = [];
  const server = build(read('examples/profiles/encrypted-gcm.json'), (parameters) => opened.push(parameters), ['contacts']).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answers = [];
  for (const [method, headers, body] of received()) {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/callback`, { method, headers, body });
    answers.push([response.status, await response.text()]);
  }
  // A POST without any body, not even an empty one, which fetch does not send.
  const socket = connect(server.address().port, '127.0.0.1');
  socket.end('POST /callback HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
  const [statusLine] = `${Buffer.concat(await socket.toArray())}`.split('\r\n');
  server.close();
  server.closeAllConnections();
  return { answers, statusLine, handled: opened.length };
}

test('the Express receiver refuses what is absent, in clear or not the shape that it expects; each check is needed', { skip: !installed && 'not installed' }, async () => {
  const errors = test.mock.method(console, 'error', () => {});
  const texts = { 204: '', 400: 'Bad Request', 405: 'Method Not Allowed' };
  const expected = { answers: received().map(([, , , status]) => [status, texts[status]]), statusLine: 'HTTP/1.1 400 Bad Request', handled: 1 };
  assert.deepEqual(await answersOf(await example('express-receiver/receiver.js')), expected);
  // Without any one of its checks, the receiver answers something else.
  const folder = join(installed, 'examples/express-receiver');
  const source = readFileSync(join(folder, 'receiver.js'), 'utf8');
  const checks = [
    ['if (!(error instanceof CallbackProfileError)) return next(error);', 'return next(error);'],
    ['if (request.method !== profile.method) return response.sendStatus(405);', ''], ["contentType: request.get('content-type'), ", ''],
    [', structures })', ', structures: true })'], [', structures })', ' })'], ["request.body ?? ''", 'request.body'],
  ];
  for (const [index, [check, without]] of checks.entries()) {
    assert.ok(source.includes(check), check);
    writeFileSync(join(folder, `without-${index}.js`), source.replace(check, without));
    assert.notDeepEqual(await answersOf(await example(`express-receiver/without-${index}.js`)), expected, check);
  }
  errors.mock.restore();
});

test('the example inputs parse, render and open', () => {
  const decryptedOf = {
    chatbot: '', 'created-response': 'key', 'encrypted-gcm': 'status recipient price contacts[0].wa_id contacts[0].blocked', 'get-query': 'body from',
    multipart: 'reason other_info.company_id', 'seed-sample': 'name', 'sms-status': 'recipient message', 'whatsapp-incoming': '',
  };
  for (const [name, expected] of Object.entries(decryptedOf)) {
    const profile = Profile.parse(read(`examples/profiles/${name}.json`));
    const callback = profile.callback(read(`examples/records/${name}.json`));
    assert.deepEqual(callback.missing, [], name);
    // The one structure that an example encrypts.
    const structures = name === 'encrypted-gcm' ? ['contacts'] : [];
    const { decrypted, unknown } = profile.openDetails(callback.body ?? callback.url, { structures });
    assert.deepEqual([decrypted.join(' '), unknown], [expected, []], name);
  }
});
