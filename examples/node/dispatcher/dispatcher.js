// Sends a signed callback for each event, by the profiles that the service stored: `SIGNING_SECRETS=whsec_… npm start`, then
//   curl -H 'event-id: 1' -d @../../records/sms-status.json localhost:3003/events/profile_…
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { Signer } from 'callback-profile';
import { Profiles } from '../profiles.js';
import { send } from './send.js';

const RECORD_BYTES = 1024 * 1024;

/** The body of a request, or undefined if it is longer than a record may be. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  // Without destroyOnReturn, there would be no connection left to answer on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > RECORD_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * `secrets` are those of the endpoints; `allowPrivate` lets callbacks go to private addresses, which is for tests. The answer has the
 * message for the chatbot, the fields that the record lacks, and the status that the receiver answered.
 */
export function build(database, secrets, { allowPrivate = false } = {}) {
  const profiles = new Profiles(database);
  const signer = new Signer(secrets);
  console.log(`${profiles.load()} profiles`);

  async function handle(request) {
    const [, id] = /^\/events\/([\w-]+)$/.exec(request.url) ?? [];
    if (request.method !== 'POST' || id === undefined) return [404, { error: 'POST /events/PROFILE_ID' }];
    const profile = profiles.get(id)?.profile;
    if (profile === undefined) return [404, { error: 'no such profile' }];
    // The event's own id, so that a retry is the same message for the receiver.
    const eventId = request.headers['event-id'];
    if (eventId === undefined) return [400, { error: 'event-id is missing' }];
    const record = await bodyOf(request);
    if (record === undefined) return [413, { error: 'the record is too long' }];

    const message = `${profile.message(record)}`;
    const callback = profile.callback(record, { id: eventId });
    const signature = signer.signCallback(callback);
    const { missing } = callback;
    try {
      const status = await send(callback, signature, { allowPrivate });
      return [status < 300 ? 200 : 502, { message, missing, status }];
    } catch (error) {
      // Not the whole error, which may quote the URL.
      console.error(`not sent: ${error.code ?? error.message}`);
      return [502, { message, missing, status: null }];
    }
  }

  return http.createServer(async (request, response) => {
    let answer;
    try {
      answer = await handle(request);
    } catch (error) {
      console.error(error);
      // Of an error of the library the code; it says nothing about the profile's key.
      answer = [error.statusCode ?? 500, { error: error.code ?? 'failed' }];
    }
    const [status, body] = answer;
    const headers = { 'content-type': 'application/json', ...(status === 413 ? { connection: 'close' } : {}) };
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { DATABASE = 'profiles.sqlite3', SIGNING_SECRETS = '', ALLOW_PRIVATE, PORT = '3003' } = process.env;
  const server = build(new Database(DATABASE), SIGNING_SECRETS.split(' '), { allowPrivate: ALLOW_PRIVATE === '1' });
  server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}
