// Receives the signed callbacks of one profile, and acts once on each:
// `SIGNING_SECRETS=whsec_… npm start -- ../../profiles/encrypted-gcm.json contacts`, where contacts is the parameter that may be an
// array or object.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import express from 'express';
import Database from 'libsql';
import { CallbackProfileError, StoredProfile, Verifier } from 'callback-profile';
import { Inbox, keep } from '../inbox.js';

/**
 * `stored` is a profile as the platform returned it, or its create payload; `secrets` are the signing secrets of this endpoint,
 * `database` the file of what was received. `effect` gets the database and what was received, once for each message, in the
 * transaction in which its id is written. The library refuses what is not signed, and what the profile encrypts and is absent or not
 * an encrypted string; `structures` names the parameters that may be an array or object of them, whose shape `effect` must check.
 */
export function build(stored, secrets, database, effect, structures = []) {
  const { profile } = StoredProfile.parse(stored);
  const verifier = new Verifier(secrets);
  const inbox = new Inbox(database);
  // Of a sealed callback: the URL as the profile has it; null, and so not checked, if its path has replacers.
  const expected = { tolerance: 300, method: profile.method, url: profile.constantUrl, profileId: null };
  const app = express();
  app.disable('x-powered-by');

  // The raw body, which is what was signed.
  app.use(express.raw({ type: () => true, limit: '4mb' }));

  app.all('/callback', (request, response) => {
    if (request.method !== profile.method) return response.sendStatus(405);
    const received = profile.receive(request.headers, request.body ?? '', { verifier, target: request.originalUrl, structures, expected });
    inbox.once('callback', received.id, Math.floor(Date.now() / 1000), () => effect(database, received));
    // A message that was acted on before is answered like a new one.
    return response.sendStatus(204);
  });

  // One answer for all failures: a difference between them would help an attacker.
  app.use((error, _request, response, next) => {
    if (!(error instanceof CallbackProfileError)) return next(error);
    console.error(`refused a callback: ${error.code}`);
    return response.sendStatus(error.statusCode);
  });
  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path, ...structures] = process.argv.slice(2);
  const secrets = process.env.SIGNING_SECRETS?.split(' ') ?? [];
  const database = new Database(process.env.DATABASE ?? 'received.sqlite3');
  build(readFileSync(path), secrets, database, keep, structures)
    .listen(Number(process.env.PORT ?? 3001), '127.0.0.1', () => console.log('http://127.0.0.1:3001/callback'));
}
