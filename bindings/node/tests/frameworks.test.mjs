// What the README advises for frameworks and loggers, executed: the default error pages of Express and Fastify, and the lines
// of pino and the console. A refused callback answers 400, and nothing written about it holds a key or a value.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import test from 'node:test';
import { CallbackProfileError, DecryptionError, Profile } from 'callback-profile';
import { IV, KEY, PAYLOAD, RECORD, require } from './support.mjs';

const express = require('express');
const Fastify = require('fastify');
const pino = require('pino');

const profile = Profile.parse(PAYLOAD);
const SECRETS = [KEY, IV, 'HEADERSECRET', RECORD.recipient];
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Bodies that are refused; each holds what must not be repeated. */
const REFUSED = [
  '{}', '{"to":null}', `{"to":{"$ne":"${RECORD.recipient}"}}`, `{"to":"${KEY}"}`, `{"to":"${RECORD.recipient}"`, '[]', '', `{"to":"AAAA","a\\n\\u001b\\u202e":"${KEY}"}`,
];

const assertNoSecret = (text) => SECRETS.forEach((secret) => assert.ok(!text.includes(secret), text));

/** A stream that keeps the lines written to it. */
function lines() {
  const kept = [];
  const stream = new Writable({ write(chunk, _encoding, done) { kept.push(...`${chunk}`.split('\n').filter((line) => line !== '')); done(); } });
  return { kept, stream };
}

const post = (port, path, body) => fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

function refusals() {
  return REFUSED.map((body) => {
    try {
      profile.open(body);
    } catch (error) {
      assert.ok(error instanceof DecryptionError, String(error));
      return error;
    }
    return assert.fail(`accepted: ${body}`);
  });
}

/** A defect of the library, made as lib/call.cjs makes it. */
const defect = new CallbackProfileError({ code: 'internal', message: 'a defect of the library; please report it' });

test("Express' default error page answers 400, without a secret", async () => {
  for (const env of ['development', 'production']) {
    const app = express();
    app.set('env', env);
    app.use(express.raw({ type: () => true }));
    app.post('/callback', (request, response) => response.json(profile.open(request.body ?? '')));
    app.post('/profiles', (request, response) => response.json(Profile.parse(request.body)));
    app.post('/defect', () => { throw defect; });
    const errors = test.mock.method(console, 'error', () => {});
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    for (const body of REFUSED) {
      const response = await post(port, '/callback', body);
      const page = await response.text();
      assert.equal(response.status, 400, page);
      assertNoSecret(page);
      if (env === 'production') assert.match(page, /<pre>Bad Request<\/pre>/);
    }
    const refused = await post(port, '/profiles', JSON.stringify({ ...PAYLOAD, enc: { ...PAYLOAD.enc, key: `${KEY}x` } }));
    assert.equal(refused.status, 400);
    assertNoSecret(await refused.text());
    assert.equal((await post(port, '/defect', '{}')).status, 500);
    const accepted = await post(port, '/profiles', JSON.stringify(PAYLOAD));
    assert.equal(accepted.status, 200);
    assertNoSecret(await accepted.text());
    // What Express writes to the console about them.
    for (const call of errors.mock.calls) assertNoSecret(call.arguments.map(String).join(' '));
    errors.mock.restore();
    server.close();
    server.closeAllConnections();
  }
});

test("Fastify's default error handler answers 400 with the code, without a secret, and so does its log", async () => {
  const { kept, stream } = lines();
  const app = Fastify({ logger: { level: 'trace', stream } });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/callback', async (request) => profile.open(request.body ?? ''));
  app.post('/profiles', async (request) => Profile.parse(request.body).toJSON());
  app.post('/defect', async () => { throw defect; });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address();
  const expected = refusals();
  for (const [index, body] of REFUSED.entries()) {
    const response = await post(port, '/callback', body);
    const answer = await response.json();
    assert.deepEqual([response.status, answer.statusCode, answer.code, answer.message], [400, 400, expected[index].code, expected[index].message]);
    assertNoSecret(JSON.stringify(answer));
  }
  const refused = await post(port, '/profiles', JSON.stringify({ ...PAYLOAD, enc: { ...PAYLOAD.enc, key: `${KEY}x` } }));
  assert.deepEqual([refused.status, (await refused.json()).code], [400, 'invalid_profile']);
  const broken = await post(port, '/defect', '{}');
  assert.deepEqual([broken.status, (await broken.json()).code], [500, 'internal']);
  await app.close();
  assert.ok(kept.length > 2 * REFUSED.length, `${kept.length} lines`);
  for (const line of kept) {
    assertNoSecret(line);
    assert.ok(!CONTROLS.test(line), JSON.stringify(line));
    JSON.parse(line);
  }
});

test('lines of pino about errors, profiles and stored profiles hold no secret and cannot be forged', () => {
  const { kept, stream } = lines();
  const log = pino({ level: 'trace' }, stream);
  const errors = refusals();
  for (const error of errors) {
    log.error(error);
    log.error({ err: error }, 'refused');
    log.warn({ error }, 'refused %s', error.message);
    log.warn({ code: error.code }, 'refused');
  }
  log.info({ profile }, 'parsed');
  log.info(profile);
  log.info({ shown: [profile, { profile }] }, 'parsed %o', profile);
  assert.equal(kept.length, 4 * errors.length + 3);
  for (const line of kept) {
    assertNoSecret(line);
    assert.ok(!CONTROLS.test(line), JSON.stringify(line));
    JSON.parse(line);
  }
  // The code and the status can be searched for.
  const [first] = kept.map((line) => JSON.parse(line));
  assert.deepEqual([first.err.code, first.err.statusCode, first.err.message], [errors[0].code, 400, errors[0].message]);
});

test('lines of the console about errors and profiles hold no secret', () => {
  for (const error of refusals()) {
    const { kept, stream } = lines();
    const out = new console.Console(stream);
    out.error(error);
    out.error('refused:', error, { error });
    out.error(`refused: ${error}`);
    out.log('%o %O %j', error, error, error);
    out.dir(error, { showHidden: true, depth: null });
    out.log(profile, { profile }, '%j');
    out.log('%j', profile);
    assert.ok(kept.length > 6);
    for (const line of kept) {
      assertNoSecret(line);
      assert.ok(!CONTROLS.test(line), JSON.stringify(line));
    }
  }
});
