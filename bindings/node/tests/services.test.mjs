// A newcomer's day with the examples, each a process of its own, over real HTTP on loopback: profiles are registered and stored, 1,000
// are loaded, events become signed callbacks, which are received and opened; and what goes wrong, goes wrong as it should.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import Database from 'libsql';
import { Profile, Signer, keygen, keygenSealed, keygenSigning } from 'callback-profile';

const installed = process.env.CALLBACK_PROFILE_INSTALLED;
const SECRET = keygenSigning();
const signer = new Signer(SECRET);
const folder = installed && mkdtempSync(join(installed, 'services-'));

const running = [];
test.after(() => running.forEach((each) => each.process.kill('SIGKILL')));

/** A program of the examples: its URL, what it wrote, and how to end it. */
async function start(program, args = [], env = {}) {
  const child = spawn(process.execPath, [join(installed, 'examples', program), ...args], { env: { ...process.env, PORT: '0', SIGNING_SECRETS: SECRET, ...env } });
  const service = { process: child, out: [], log: [], ended: once(child, 'exit') };
  running.push(service);
  createInterface({ input: child.stderr }).on('line', (line) => service.log.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    service.out.push(line);
    if (line.startsWith('http://')) break;
  }
  assert.match(service.out.at(-1) ?? '', /^http:\/\/127\.0\.0\.1:\d+$/, service.log.join('\n'));
  service.url = service.out.at(-1);
  service.stop = async () => {
    child.kill('SIGTERM');
    await service.ended;
  };
  return service;
}

/** Waits until a line of the log of a service matches. */
async function logged(service, pattern) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (service.log.some((line) => pattern.test(line))) return;
    await setTimeout(10);
  }
  assert.fail(`${pattern} is not in ${service.log.join('\n')}`);
}

const answerOf = async (response) => ({ status: response.status, body: JSON.parse(await response.text()) });

test('register, store, load 1,000, send, receive, rotate, and what goes wrong', { skip: !installed && 'not installed' }, async (t) => {
  const file = join(folder, 'profiles.sqlite3');
  let service = await start('fastify-service/service.js', [], { DATABASE: file });
  const api = async (method, path, payload) => answerOf(await fetch(`${service.url}/v1/HX0/callback/profiles${path}`, {
    method, headers: { 'api-key': 'A0', 'content-type': 'application/json' }, body: payload && JSON.stringify(payload),
  }));

  // The receiver is there first, on a port that it keeps, since the profiles have its URL.
  const keys = { a: keygen('AES-128-GCM'), b: keygen('AES-256-GCM'), sealed: keygenSealed('c') };
  const received = join(folder, 'received.sqlite3');
  const payload = (id, enc, port) => ({
    title: 'Delivery status', http_method: 'POST', url: `http://127.0.0.1:${port}/callback`, headers: enc.kid ? undefined : { 'x-key-id': id },
    body: { status: '<status>', to: '<recipient>' }, response_message: 'Thank you, {"name": "first_name"}', enc: enc.kid ? enc : { ...enc, params: ['to'] },
  });
  const write = (id, enc) => writeFileSync(join(folder, `${id}.json`), JSON.stringify(payload(id, enc, 1)));
  write('a', keys.a);
  write('b', keys.b);
  write('c', keys.sealed);
  const ring = (...ids) => ids.map((id) => `${id}=${join(folder, `${id}.json`)}`);
  let receiver = await start('ring-receiver/receiver.js', ring('a', 'b', 'c'), { DATABASE: received });
  const { port } = new URL(receiver.url);
  const effects = () => {
    const database = new Database(received);
    const hasTable = database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'effects'").get().n === 1;
    const rows = hasTable ? database.prepare('SELECT parameters FROM effects ORDER BY rowid').all() : [];
    database.close();
    return rows.map(({ parameters }) => JSON.parse(parameters).to);
  };

  let id;
  await t.test('a profile is registered from a request, or refused with every violation', async () => {
    const created = await api('POST', '', payload('a', keys.a, port));
    assert.deepEqual([created.status, created.body.code], [201, 'RBC024']);
    id = created.body.data.profile_id;
    assert.ok(!JSON.stringify(created).includes(keys.a.key));
    const refused = await api('POST', '', { title: 'ab', http_method: 'POST', url: 'x' });
    assert.deepEqual([refused.status, refused.body.code, refused.body.error.length], [400, 'RBC302', 3]);
  });

  await t.test('1,000 profiles outlive the service, and the dispatcher loads them', async () => {
    const answers = await Promise.all(Array.from({ length: 19 }, () => api('POST', '', payload('a', keys.a, port))));
    assert.ok(answers.every(({ status }) => status === 201));
    await service.stop();
    // The other 980 without the way over HTTP, which takes the disk ten seconds.
    const database = new Database(file);
    database.exec(`WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 980)
      INSERT INTO profiles SELECT 'copy_' || n, stored FROM number, (SELECT stored FROM profiles LIMIT 1)`);
    database.close();
    service = await start('fastify-service/service.js', [], { DATABASE: file });
    assert.equal((await api('GET', `/${id}`)).body.data.title, 'Delivery status');
  });
  let dispatcher = await start('dispatcher/dispatcher.js', [], { DATABASE: file, ALLOW_PRIVATE: '1' });
  assert.equal(dispatcher.out[0], '1000 profiles');
  const RECORD = { status: 'DELIVERED', recipient: '+919876543210', first_name: 'John' };
  const dispatch = async (event, record = RECORD, to = id) => answerOf(await fetch(`${dispatcher.url}/events/${to}`, {
    method: 'POST', headers: event === undefined ? {} : { 'event-id': event }, body: typeof record === 'string' ? record : JSON.stringify(record),
  }));

  await t.test('an event becomes a message and a callback, which is opened once', async () => {
    const sent = { status: 200, body: { message: 'Thank you, John', missing: [], status: 204 } };
    assert.deepEqual([await dispatch('e1'), await dispatch('e1')], [sent, sent]);
    assert.deepEqual(effects(), ['+919876543210']);
    assert.deepEqual((await dispatch('e2', { status: 'x', recipient: '2' })).body.missing, []);
    assert.deepEqual(effects(), ['+919876543210', '2']);
  });

  await t.test('what is wrong with an event is an answer, and the dispatcher lives on', async () => {
    assert.deepEqual((await dispatch('x', RECORD, 'nobody')).status, 404);
    assert.deepEqual((await dispatch(undefined)).status, 400);
    assert.deepEqual(await dispatch('x', '{'), { status: 400, body: { error: 'invalid_json' } });
    assert.deepEqual(await dispatch('x', '[]'), { status: 400, body: { error: 'not_an_object' } });
    assert.deepEqual(await dispatch('a.b'), { status: 400, body: { error: 'invalid_argument' } });
    assert.deepEqual((await dispatch('x', JSON.stringify({ ...RECORD, more: 'x'.repeat(1024 * 1024) }))).status, 413);
    assert.equal(effects().length, 2);
  });

  /** Sends to the receiver, signed, what a broken sender would send. */
  const post = async (body, headers = {}) => {
    const response = await fetch(`${receiver.url}/callback`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-key-id': 'a', ...signer.sign(body, { id: `bad_${Math.random()}`.replace('.', '') }), ...headers }, body,
    });
    assert.equal(await response.text(), '');
    return response.status;
  };

  await t.test('a wrong key, a truncated body and a wrong type are refused, each for its reason', async () => {
    const good = Profile.parse(payload('a', keys.a, port)).callback(RECORD).body;
    const foreign = Profile.parse(payload('a', keygen('AES-128-GCM'), port)).callback(RECORD).body;
    for (const [body, headers, reason] of [
      [foreign, {}, /^refused: auth_failed: parameter to: /],
      [good.slice(0, -9), {}, /^refused: invalid_json: /],
      [JSON.stringify({ ...JSON.parse(good), to: 919876543210 }), {}, /^refused: not_encrypted: parameter to: /],
      [JSON.stringify({ ...JSON.parse(good), to: { number: '+91' } }), {}, /^refused: not_encrypted: /],
      ['{"status":"x"}', {}, /^refused: missing_parameter: parameter to: /],
      [good, { 'content-type': 'text/xml' }, /^refused: unsupported_content_type: /],
      [good, { 'x-key-id': 'z' }, /^refused: unknown_key: /],
      [good, { 'webhook-signature': 'v1,AAAA' }, /^refused: signature_refused: /],
      [good, signer.sign(good, { id: 'old', timestamp: 1_500_000_000 }), /^refused: timestamp_refused: /],
    ]) {
      receiver.log.length = 0;
      assert.equal(await post(body, headers), 400);
      await logged(receiver, reason);
      assert.ok(!receiver.log.join().includes('+91'), receiver.log.join());
    }
    // The connection ends before the body does.
    receiver.log.length = 0;
    const socket = connect(port, '127.0.0.1');
    const head = Object.entries({ 'x-key-id': 'a', ...signer.sign(good, { id: 'cut' }) }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`POST /callback HTTP/1.1\r\nhost: a\r\ncontent-length: ${good.length}\r\n${head}\r\n${good.slice(0, -9)}`);
    await setTimeout(50);
    socket.destroy();
    await logged(receiver, /aborted/);
    assert.equal(await post('x'.repeat(4 * 1024 * 1024 + 1)).catch(() => 413), 413);
    assert.equal(effects().length, 2);
    assert.equal(await post(good), 204);
    assert.equal(effects().length, 3);
  });

  await t.test('the key of the profile in the store is replaced, and no callback is lost', async () => {
    const patch = (headers, enc) => api('PUT', `/${id}`, { headers, enc });
    // Changed at the sender alone, it is refused: the receiver has another key under this id.
    assert.equal((await patch({ 'x-key-id': 'a' }, { ...keygen('AES-128-GCM'), params: ['to'] })).status, 200);
    receiver.log.length = 0;
    assert.deepEqual(await dispatch('r0'), { status: 502, body: { message: 'Thank you, John', missing: [], status: 400 } });
    await logged(receiver, /^refused: auth_failed: /);
    // With a new id that the receiver has, it is opened, and so is what the old key still sends.
    assert.equal((await patch({ 'x-key-id': 'b' }, { ...keys.b, params: ['to'] })).status, 200);
    assert.equal((await dispatch('r1', { ...RECORD, recipient: 'new key' })).status, 200);
    assert.equal(await post(Profile.parse(payload('a', keys.a, port)).callback({ ...RECORD, recipient: 'old key' }).body), 204);
    // From the documented format to a sealed one.
    assert.equal((await api('PUT', `/${id}`, { headers: null, enc: keys.sealed })).status, 200);
    assert.equal((await dispatch('r2', { ...RECORD, recipient: 'sealed' })).status, 200);
    assert.deepEqual(effects().slice(3), ['new key', 'old key', 'sealed']);
    // Taken out of the ring, the old keys open nothing any more.
    await receiver.stop();
    receiver = await start('ring-receiver/receiver.js', ring('c'), { DATABASE: received, PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}/callback` });
    assert.equal(await post(Profile.parse(payload('a', keys.a, port)).callback(RECORD).body), 400);
    await logged(receiver, /^refused: unknown_key: /);
    assert.equal((await dispatch('r2')).status, 200, 'a retry is answered like a new one');
    assert.equal((await dispatch('r3', { ...RECORD, recipient: 'bound' })).status, 200);
    assert.deepEqual(effects().slice(6), ['bound']);
  });

  await t.test('a kept connection that the receiver closes when the callback comes: it is sent again, once, on a new one', async (t) => {
    const { send } = await import(join(installed, 'examples/dispatcher/send.js'));
    const requests = [];
    const closing = createServer((socket) => {
      let answered = 0;
      socket.on('error', () => {}).on('data', (bytes) => {
        requests.push(/\r\nwebhook-id: (.*)\r\n/i.exec(bytes)[1]);
        if (answered === 1) return socket.resetAndDestroy();
        answered += 1;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      });
    }).listen(0, '127.0.0.1');
    const refusing = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => {
        requests.push('-');
        socket.resetAndDestroy();
      });
    }).listen(0, '127.0.0.1');
    t.after(() => {
      http.globalAgent.destroy();
      closing.close();
      refusing.close();
    });
    await Promise.all([once(closing, 'listening'), once(refusing, 'listening')]);
    const { port } = closing.address();
    const callback = Profile.parse(payload('a', keys.a, port)).callback(RECORD);
    for (const id of ['k1', 'k2']) assert.equal(await send(callback, signer.sign(callback.body, { id }), { allowPrivate: true }), 204);
    assert.deepEqual(requests, ['k1', 'k2', 'k2']);
    // On a new connection that is closed nothing is sent again.
    const refused = Profile.parse(payload('a', keys.a, refusing.address().port)).callback(RECORD);
    await assert.rejects(send(refused, signer.sign(refused.body, { id: 'k3' }), { allowPrivate: true }), { code: 'ECONNRESET' });
    assert.deepEqual(requests, ['k1', 'k2', 'k2', '-']);
  });

  await t.test('addresses that are not public, receivers that are not there, and rows that are no profile', async () => {
    await receiver.stop();
    const unsent = { status: 502, body: { message: 'Thank you, John', missing: [], status: null } };
    assert.deepEqual(await dispatch('n1'), unsent);
    await logged(dispatcher, /^not sent: ECONNREFUSED$/);
    await dispatcher.stop();
    const database = new Database(file);
    database.prepare('INSERT INTO profiles VALUES (?, ?)').run('damaged', '{"title":');
    database.close();
    dispatcher = await start('dispatcher/dispatcher.js', [], { DATABASE: file });
    assert.equal(dispatcher.out[0], '1000 profiles');
    await logged(dispatcher, /^profile "damaged": /);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254']) {
      dispatcher.log.length = 0;
      assert.equal((await api('PUT', `/${id}`, { url: `http://${host}:${port}/callback` })).status, 200);
      assert.deepEqual(await dispatch('n2'), unsent, host);
      await logged(dispatcher, /^not sent: \S+ has an address that is (loopback|metadata)$/);
    }
    assert.equal((await api('DELETE', `/${id}`)).status, 200);
    assert.equal((await dispatch('n3')).status, 404);
    await dispatcher.stop();
    await service.stop();
  });
});
