// A real Fastify 5 with our schema, over HTTP, against Profile.parse: the same verdict and the same messages wherever the
// schema reaches. fastify-differences.json lists every difference that is left, with its reason.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import test from 'node:test';
import { Profile, ProfileError, schema } from 'callback-profile';
import { payloads } from './payloads.mjs';
import { require } from './support.mjs';

const Fastify = require('fastify');
const { default: Ajv2020 } = require('ajv/dist/2020');

const COUNT = Number(process.env.FASTIFY_PAYLOADS ?? 8000);
const SEED = Number(process.env.FASTIFY_SEED ?? 20_231_107);

/** The keywords of the schema that the core reports under the same name. */
const REACHED = new Set(['required', 'type', 'enum', 'maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'maxProperties']);

/** As Fastify 5 writes a validation error of the body. */
const sentence = ({ instancePath, message }) => `body${instancePath} ${message}`;

async function start() {
  const app = Fastify({
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    ajv: { customOptions: { strict: true, allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  // Fastify's own compiler speaks draft-07, which has all the schema uses but its name.
  const { $schema, ...body } = schema();
  assert.match($schema, /2020-12/);
  app.post('/v1/:sid/callback/profiles', { schema: { body } }, () => ({ accepted: true }));
  app.setErrorHandler((error, _request, reply) => {
    const found = error.validation.map((each) => [each.keyword, sentence(each)]);
    assert.equal(error.message, found.map(([, text]) => text).join(', '));
    return reply.code(400).send({ found });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

function post(agent, port, payload) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const request = http.request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/v1/HX/callback/profiles', headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('end', () => {
        resolve({ status: response.statusCode, ...JSON.parse(Buffer.concat(parts)) });
      });
    });
    request.on('error', reject).end(payload);
  });
}

/** What the core finds, as `[keyword, sentence]`. */
function ours(payload) {
  try {
    Profile.parse(payload, { limits: { violations: 100_000 } });
    return [];
  } catch (error) {
    assert.ok(error instanceof ProfileError, String(error));
    return error.violations.map(({ keyword, message }) => [keyword, message]);
  }
}

/** What is in the first list and not in the second, as multisets. */
function missingFrom(second, first) {
  const left = second.map((each) => each.join(' '));
  return first.filter((each) => {
    const at = left.indexOf(each.join(' '));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test(`Fastify and the core agree on ${COUNT} payloads`, async () => {
  const entries = JSON.parse(readFileSync(new URL('fastify-differences.json', import.meta.url), 'utf8'))
    .map((entry) => ({ ...entry, pattern: new RegExp(entry.message), times: 0 }));
  /**
   * Whether an entry is about this difference. `if_string` is the member that must be a string for it; with `if_masked`, the
   * member of enc that the message names must be masked.
   */
  const explain = (side, [keyword, message], payload) => {
    const entry = entries.find((each) => each.side === side && each.keyword.split('|').includes(keyword) && each.pattern.test(message)
      && (!each.if_string || typeof payload[each.if_string] === 'string')
      && (!each.if_masked || payload.enc?.[each.pattern.exec(message)[1]] === '********'));
    if (entry) entry.times += 1;
    return entry !== undefined;
  };

  const strict = new Ajv2020({ strict: true, allErrors: true }).compile(schema());
  const app = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const list = payloads(SEED, COUNT);
  const unexplained = [];
  let [refusedByBoth, acceptedByBoth, refusedByCore, differing, messages] = [0, 0, 0, 0, 0];

  async function compare(payload) {
    const { status, found = [] } = await post(agent, app.server.address().port, payload);
    const parsed = JSON.parse(payload);
    assert.equal(strict(parsed), status === 200, 'draft-07 and 2020-12 read the schema alike');
    assert.deepEqual((strict.errors ?? []).map((each) => [each.keyword, sentence(each)]), found);
    const own = ours(payload);
    // What the schema refuses, the core refuses.
    if (status === 400 && own.length === 0) unexplained.push(`${payload}\n  accepted, but Fastify reports ${JSON.stringify(found)}`);
    const onlyFastify = missingFrom(own, found);
    const onlyCore = missingFrom(found, own.filter(([keyword]) => REACHED.has(keyword)));
    const left = [...onlyFastify.filter((each) => !explain('fastify', each, parsed)).map((each) => `only Fastify: ${each.join(' ')}`),
      ...onlyCore.filter((each) => !explain('core', each, parsed)).map((each) => `only the core: ${each.join(' ')}`)];
    if (left.length > 0) unexplained.push(`${payload}\n  ${left.join('\n  ')}`);
    messages += found.length;
    if (onlyFastify.length + onlyCore.length > 0) differing += 1;
    if (status === 200) acceptedByBoth += own.length === 0 ? 1 : 0;
    if (status === 200 && own.length > 0) refusedByCore += 1;
    if (status === 400) refusedByBoth += 1;
  }

  try {
    let next = 0;
    const worker = async () => {
      while (next < list.length) {
        next += 1;
        await compare(list[next - 1]);
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  } finally {
    agent.destroy();
    await app.close();
  }

  console.log(`fastify: ${list.length} payloads, seed ${SEED}: ${acceptedByBoth} accepted by both, ${refusedByBoth} refused by both `
    + `(${messages} messages), ${refusedByCore} refused by the core alone (beyond a schema); ${differing} differ in ways that are listed`);
  for (const { side, keyword, message, times } of entries) console.log(`fastify: ${times} times ${side} ${keyword} ${message}`);
  console.log(`count fastify node ran=${list.length} refused=0 failed=${unexplained.length}`);
  assert.equal(unexplained.length, 0, `${unexplained.length} unexplained:\n${unexplained.slice(0, 20).map((each) => each.slice(-1500)).join('\n')}`);
  assert.ok(list.length >= 5000 || process.env.FASTIFY_PAYLOADS);
  assert.equal(acceptedByBoth + refusedByBoth + refusedByCore, list.length);
  for (const kind of [acceptedByBoth, refusedByBoth, refusedByCore]) assert.ok(kind > list.length / 50, `only ${kind} of a kind`);
  for (const entry of entries) assert.ok(entry.times > 0, `never occurs any more: ${JSON.stringify(entry)}`);
});
