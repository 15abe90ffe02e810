// Receives the signed callbacks of one profile, and acts once on each:
// `SIGNING_SECRETS=whsec_… npm start -- ../../profiles/encrypted-gcm.json contacts`, where contacts is the parameter that may be an
// array or object.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Fastify from 'fastify';
import Database from 'libsql';
import { CallbackProfileError, StoredProfile, Verifier } from 'callback-profile';
import { Inbox, keep } from '../inbox.js';

/** The arguments are those of the Express receiver. */
export function build(stored, secrets, database, effect, structures = []) {
  const { profile } = StoredProfile.parse(stored);
  const verifier = new Verifier(secrets);
  const inbox = new Inbox(database);
  // Of a sealed callback: the URL as the profile has it; null, and so not checked, if its path has replacers.
  const expected = { tolerance: 300, method: profile.method, url: profile.constantUrl, profileId: null };
  const app = Fastify({ bodyLimit: 4 * 1024 * 1024, exposeHeadRoutes: false });

  // The raw body, which is what was signed.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.all('/callback', (request, reply) => {
    if (request.method !== profile.method) return reply.code(405).send();
    const received = profile.receive(request.headers, request.body ?? '', { verifier, target: request.url, structures, expected });
    inbox.once('callback', received.id, Math.floor(Date.now() / 1000), () => effect(database, received));
    // A message that was acted on before is answered like a new one.
    return reply.code(204).send();
  });

  // One answer for all failures: a difference between them would help an attacker.
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof CallbackProfileError)) return reply.send(error);
    console.error(`refused a callback: ${error.code}`);
    return reply.code(error.statusCode).send();
  });
  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path, ...structures] = process.argv.slice(2);
  const secrets = process.env.SIGNING_SECRETS?.split(' ') ?? [];
  const database = new Database(process.env.DATABASE ?? 'received.sqlite3');
  console.log(await build(readFileSync(path), secrets, database, keep, structures).listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3002) }));
}
