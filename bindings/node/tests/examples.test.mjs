// The examples, by real HTTP on loopback. They import the package by name, so they run where it is installed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { Profile, Signer, keygenSealed, keygenSigning } from 'callback-profile';
import { IV, KEY, PAYLOAD, RECORD, cases, read } from './support.mjs';

const installed = process.env.CALLBACK_PROFILE_INSTALLED;
const example = (path) => import(pathToFileURL(join(installed, 'examples', path)));

test('the Fastify service answers the documented envelopes', { skip: !installed && 'not installed' }, async () => {
  const { build } = await example('fastify-service/service.js');
  const app = build(new Database(':memory:'));
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

const SECRET = keygenSigning();
const signer = new Signer(SECRET);
const RECEIVERS = ['express-receiver', 'fastify-receiver'];
const sign = (body, options) => signer.sign(body ?? '', { id: `msg_${randomUUID()}`, ...options });

/** A receiver on loopback: its port, what it handled, and how to stop it. */
async function served({ build }, payload, structures, database = new Database(':memory:')) {
  const handled = [];
  const app = build(payload, [SECRET], database, (_database, received) => handled.push(received), structures);
  const server = app.server ?? app.listen(0, '127.0.0.1');
  if (app.server === undefined) await once(server, 'listening');
  else await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async () => {
    server.closeAllConnections();
    await (app.server === undefined ? new Promise((done) => server.close(done)) : app.close());
  };
  return { port: server.address().port, handled, stop };
}

for (const name of RECEIVERS) {
  test(`the ${name} opens signed callbacks once`, { skip: !installed && 'not installed' }, async () => {
    const receiver = await example(`${name}/receiver.js`);
    const types = ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'];
    const query = (http_method) => ({ ...PAYLOAD, http_method, body: undefined, url: `${PAYLOAD.url}?status=<status>&to=<recipient>` });
    const profiles = [
      ...types.flatMap((type) => ['POST', 'PUT'].map((http_method) => ({ ...PAYLOAD, http_method, headers: { 'content-type': type } }))),
      { ...PAYLOAD, enc: { ...PAYLOAD.enc, algo: 'AES-128-CFB' } },
      { ...PAYLOAD, enc: keygenSealed('a') },
      ...['GET', 'DELETE'].flatMap((method) => [query(method), { ...query(method), enc: keygenSealed('a') }]),
    ];
    for (const payload of profiles) {
      const { port, handled, stop } = await served(receiver, payload);
      const errors = test.mock.method(console, 'error', () => {});
      try {
        const profile = Profile.parse(payload);
        const callback = profile.callback(RECORD);
        const { search } = new URL(callback.url);
        const send = async (body, headers) => {
          const response = await fetch(`http://127.0.0.1:${port}/callback${search}`, { method: callback.method, headers, body: body ?? undefined });
          await response.text();
          return response.status;
        };
        const signature = signer.signCallback(callback, { uncovered: true });
        const headers = { ...callback.headers, ...signature };
        if (callback.body === null && !callback.isSealed) {
          assert.deepEqual([await send(null, headers), handled.length], [400, 0], 'nothing authenticates it');
          continue;
        }
        for (const wrong of [{}, { ...signature, 'webhook-signature': 'v1,AAAA' }, sign(`${callback.body} `), sign(callback.body, { timestamp: 1_500_000_000 })]) {
          assert.deepEqual([await send(callback.body, { ...callback.headers, ...wrong }), handled.length], [400, 0]);
        }
        // A replay, and a retry that was signed anew with the same id.
        for (const again of [headers, headers, { ...callback.headers, ...signer.signCallback(callback, { id: signature['webhook-id'], uncovered: true }) }]) {
          assert.equal(await send(callback.body, again), 204);
          assert.deepEqual(handled.map(({ values }) => values), [{ status: RECORD.status, to: RECORD.recipient }]);
        }
        assert.equal((await fetch(`http://127.0.0.1:${port}/callback`, { method: 'PATCH' })).status, 405);
      } finally {
        errors.mock.restore();
        await stop();
      }
    }
  });
}

/** Requests to a receiver of examples/profiles/encrypted-gcm.json whose contacts may be a structure, and its answers. */
function requests() {
  const { body } = Profile.parse(read('examples/profiles/encrypted-gcm.json')).callback(read('examples/records/encrypted-gcm.json'));
  const sent = JSON.parse(body);
  const json = { 'content-type': 'application/json' };
  const changed = (change) => JSON.stringify({ ...sent, ...change });
  const replayed = sign(body, { id: 'msg_1' });
  return [
    ['POST', { ...json, ...replayed }, body, 204],
    ['POST', { ...json, ...replayed }, body, 204],
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
    ['POST', { ...json, ...sign(`${body} `) }, body, 400],
  ].map(([method, headers, sentBody, status]) => [method, { ...sign(sentBody), ...headers }, sentBody, status]);
}

/** The answers of a receiver, and what it handled. */
async function answersOf(receiver) {
  const { port, handled, stop } = await served(receiver, read('examples/profiles/encrypted-gcm.json'), ['contacts']);
  const answers = [];
  const texts = new Set();
  for (const [method, headers, body] of requests()) {
    const response = await fetch(`http://127.0.0.1:${port}/callback`, { method, headers, body });
    const text = await response.text();
    answers.push(response.status);
    if (response.status === 400) texts.add(text);
  }
  // A POST without any body, not even an empty one, which fetch does not send.
  const socket = connect(port, '127.0.0.1');
  const headers = Object.entries(sign('')).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`POST /callback HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${headers}\r\n`);
  const [statusLine] = `${Buffer.concat(await socket.toArray())}`.split('\r\n');
  // A GET whose query nothing authenticates.
  await stop();
  const get = { title: 'get', http_method: 'GET', url: 'https://example.com/callback?to=<to>' };
  const second = await served(receiver, get);
  const callback = Profile.parse(get).callback({ to: 'x' });
  const answer = await fetch(`http://127.0.0.1:${second.port}/callback?to=x`, { headers: signer.signCallback(callback, { uncovered: true }) });
  await answer.text();
  // A sealed callback that was made long ago, signed now.
  await second.stop();
  const sealed = { title: 'sealed', http_method: 'POST', url: 'https://example.com/callback', body: { to: '<to>' }, enc: keygenSealed('a') };
  const third = await served(receiver, sealed);
  const late = Profile.parse(sealed).callback({ to: 'x' }, { issuedAt: Math.floor(Date.now() / 1000) - 301 });
  const lateAnswer = await fetch(`http://127.0.0.1:${third.port}/callback`, { method: 'POST', headers: { ...late.headers, ...signer.signCallback(late) }, body: late.body });
  await lateAnswer.text();
  await third.stop();
  return { answers, texts: texts.size, statusLine, handled: handled.length, get: answer.status, late: lateAnswer.status };
}

for (const name of RECEIVERS) {
  test(`the ${name} refuses what is not signed, absent, in clear or not the shape that it expects; each check is needed`, { skip: !installed && 'not installed' }, async () => {
    const errors = test.mock.method(console, 'error', () => {});
    const expected = { answers: requests().map(([, , , status]) => status), texts: 1, statusLine: 'HTTP/1.1 400 Bad Request', handled: 1, get: 400, late: 400 };
    assert.deepEqual(await answersOf(await example(`${name}/receiver.js`)), expected);
    // Without any one of its checks, the receiver answers something else.
    const folder = join(installed, 'examples', name);
    const source = readFileSync(join(folder, 'receiver.js'), 'utf8');
    const isExpress = name === 'express-receiver';
    const checks = [
      isExpress ? ["if (request.method !== profile.method) return response.sendStatus(405);", '']
        : ["if (request.method !== profile.method) return reply.code(405).send();", ''],
      [isExpress ? "if (!(error instanceof CallbackProfileError)) return next(error);" : "if (!(error instanceof CallbackProfileError)) return reply.send(error);",
        isExpress ? 'return next(error);' : 'return reply.code(500).send();'],
      [', structures, expected });', ', structures: true, expected });'], [', structures, expected });', ', expected });'],
      ["request.body ?? ''", 'request.body'],
      ['tolerance: 300, method', 'tolerance: null, method'],
      ["inbox.once('callback', received.id,", "inbox.once('callback', `${Math.random()}`,"],
      ['profile.receive(request.headers,', "({ receive: (_, body) => ({ id: `${Math.random()}`, values: profile.open(body, { structures }) }) }).receive(request.headers,"],
    ];
    for (const [index, [check, without]] of checks.entries()) {
      assert.ok(source.includes(check), check);
      writeFileSync(join(folder, `without-${index}.js`), source.replace(check, without));
      assert.notDeepEqual(await answersOf(await example(`${name}/without-${index}.js`)), expected, check);
    }
    errors.mock.restore();
  });
}

/** A receiver in a process of its own, which is killed where its last argument says. */
const PROGRAM = `
import Database from 'libsql';
import { ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
const [receiver, profile, file, port, secret, killed] = process.argv.slice(2);
const { build } = await import(receiver);
const { keep } = await import(new URL('../inbox.js', receiver));
const kill = () => process.kill(process.pid, 'SIGKILL');
const effect = (database, received) => {
  keep(database, received);
  if (killed === 'within the transaction') {
    kill();
    for (;;); // the signal comes at once
  }
};
if (killed === 'before the answer') ServerResponse.prototype.writeHead = () => { kill(); for (;;); };
const app = build(readFileSync(profile), [secret], new Database(file), effect, ['contacts']);
if (app.server) await app.listen({ host: '127.0.0.1', port: Number(port) });
else app.listen(Number(port), '127.0.0.1');
`;

class Killable {
  constructor(name) {
    this.folder = mkdtempSync(join(installed, 'killed-'));
    this.program = join(installed, 'examples', name, 'program.mjs');
    writeFileSync(this.program, PROGRAM);
    writeFileSync(join(this.folder, 'profile.json'), JSON.stringify(PAYLOAD));
    this.receiver = `${pathToFileURL(join(installed, 'examples', name, 'receiver.js'))}`;
    this.file = join(this.folder, 'received.sqlite3');
  }

  async start(killed = 'never') {
    if (this.port === undefined) {
      const listener = createServer().listen(0, '127.0.0.1');
      await once(listener, 'listening');
      this.port = listener.address().port;
      listener.close();
      await once(listener, 'close');
    }
    const args = [this.program, this.receiver, join(this.folder, 'profile.json'), this.file, `${this.port}`, SECRET, killed];
    this.process = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    const ended = once(this.process, 'exit');
    this.ended = ended;
    // A connection alone, since an answer may be what kills it.
    for (;;) {
      const socket = connect(this.port, '127.0.0.1');
      const isUp = await new Promise((done) => socket.on('connect', () => done(true)).on('error', () => done(false)));
      socket.destroy();
      if (isUp) return;
      assert.equal(this.process.exitCode, null);
      await setTimeout(20);
    }
  }

  async stop(signal = 'SIGKILL') {
    this.process.kill(signal);
    await this.ended;
  }

  /** The status of the answer; null if there is none. */
  async deliver({ body, headers }) {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/callback`, { method: 'POST', headers: { ...headers, connection: 'close' }, body });
      await response.text();
      return response.status;
    } catch {
      return null;
    }
  }

  effects() {
    const database = new Database(this.file);
    const hasTable = database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'effects'").get().n === 1;
    const rows = hasTable ? database.prepare('SELECT parameters FROM effects').all() : [];
    database.close();
    return rows.map(({ parameters }) => JSON.parse(parameters).to).sort();
  }
}

function message(to) {
  const callback = Profile.parse(PAYLOAD).callback({ ...RECORD, recipient: to });
  return { body: callback.body, headers: { ...callback.headers, ...signer.signCallback(callback, { id: `msg_${to}` }) } };
}

for (const name of RECEIVERS) {
  test(`the ${name} loses no effect and doubles none, whatever happens to it`, { skip: !installed && 'not installed' }, async () => {
    const receiver = new Killable(name);
    await receiver.start();
    assert.deepEqual([await receiver.deliver(message('a')), await receiver.deliver(message('a'))], [204, 204]);
    // Concurrent deliveries of one id.
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, index) => receiver.deliver(message(`b${index % 5}`))));
    assert.deepEqual(statuses, Array(20).fill(204));
    const five = ['b0', 'b1', 'b2', 'b3', 'b4'];
    assert.deepEqual(receiver.effects(), ['a', ...five]);
    // The file survives a restart.
    await receiver.stop('SIGTERM');
    await receiver.start();
    assert.equal(await receiver.deliver(message('a')), 204);
    assert.deepEqual(receiver.effects(), ['a', ...five]);
    await receiver.stop();
    // Killed between receipt and answer, and delivered again.
    const expected = ['a', ...five];
    for (const [killed, to, isDone] of [['within the transaction', 'c', false], ['before the answer', 'd', true]]) {
      await receiver.start(killed);
      assert.equal(await receiver.deliver(message(to)), null, 'no answer');
      const [, signal] = await receiver.ended;
      assert.equal(signal, 'SIGKILL');
      assert.deepEqual(receiver.effects(), isDone ? [...expected, to] : expected);
      await receiver.start();
      assert.equal(await receiver.deliver(message(to)), 204);
      expected.push(to);
      assert.deepEqual(receiver.effects(), expected, 'not lost, not doubled');
      await receiver.stop();
    }
    // Killed at any time while messages flow.
    await receiver.start();
    const sent = [];
    let isOver = false;
    const send = async (sender) => {
      for (let number = 0; !isOver; number += 1) {
        const to = `e${sender}-${number}`;
        while (await receiver.deliver(message(to)) !== 204) await setTimeout(10); // until it is answered, as senders do
        sent.push(to);
      }
    };
    const senders = [0, 1, 2, 3].map(send);
    for (const wait of [5, 31, 17, 44]) {
      const count = sent.length;
      while (sent.length < count + 8) await setTimeout(2);
      await setTimeout(wait);
      await receiver.stop();
      await receiver.start();
    }
    isOver = true;
    await Promise.all(senders);
    await receiver.stop();
    assert.deepEqual(receiver.effects(), [...expected, ...sent].sort(), 'each once');
    assert.ok(sent.length >= 32);
  });
}

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
