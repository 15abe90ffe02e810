// Receives signed callbacks while their key is changed, without a framework, and acts once on each:
//   SIGNING_SECRETS=whsec_… npm start -- 2026-01=old.json 2026-02=new.json
// Each profile sends its id in the constant header `x-key-id`; of a sealed profile the id is its kid.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { CallbackProfileError, KeyRing, StoredProfile, Verifier } from 'callback-profile';
import { Inbox, keep } from '../inbox.js';

const BODY_BYTES = 4 * 1024 * 1024;

/** The raw body, which is what was signed; undefined if it is too long. It throws if the connection ends before the body does. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  // Without destroyOnReturn, there would be no connection left to answer on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * `ring` has the profiles of all keys that may still come in; take one out, and its callbacks are refused. `url` is the receiver's
 * public one, which sealed callbacks are bound to, or null. `effect` gets the database and what was received, once for each message.
 */
export function build(ring, secrets, url, database, effect) {
  const verifier = new Verifier(secrets);
  const inbox = new Inbox(database);

  async function statusOf(request) {
    const { method, headers, url: target } = request;
    const body = await bodyOf(request);
    if (body === undefined) return 413;
    const expected = { tolerance: 300, method, url, profileId: null };
    const received = ring.receive(headers, body, { verifier, target, expected });
    inbox.once('callback', received.id, Math.floor(Date.now() / 1000), () => effect(database, received));
    // A message that was acted on before is answered like a new one.
    return 204;
  }

  return http.createServer(async (request, response) => {
    try {
      const status = await statusOf(request);
      response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
    } catch (error) {
      // One answer for all refusals: a difference between them would help an attacker. The log has the error's message,
      // which names the parameter and shows no value.
      const isRefused = error instanceof CallbackProfileError && error.statusCode === 400;
      console.error(isRefused ? `refused: ${error.code}: ${error.message}` : error);
      response.writeHead(isRefused ? 400 : 500).end();
    }
  });
}

/** A ring of `id=path` arguments. */
export function ringOf(pairs) {
  const ring = KeyRing.byHeader('x-key-id');
  for (const pair of pairs) {
    const [id, path] = pair.split('=');
    ring.add(id, StoredProfile.parse(readFileSync(path)).profile);
  }
  return ring;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { DATABASE = 'received.sqlite3', SIGNING_SECRETS = '', PUBLIC_URL = null, PORT = '3004' } = process.env;
  const server = build(ringOf(process.argv.slice(2)), SIGNING_SECRETS.split(' '), PUBLIC_URL, new Database(DATABASE), keep);
  server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}
