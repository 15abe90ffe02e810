// Receives the callbacks of one profile. `npm start -- ../../profiles/encrypted-gcm.json contacts`, where contacts is the
// parameter that may be an array or object.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { CallbackProfileError, StoredProfile } from 'callback-profile';

/**
 * `stored` is a profile as the platform returned it, or its create payload; `handle` gets the opened parameters. The library
 * refuses what the profile encrypts and is absent or not an encrypted string; `structures` names the parameters that may be an
 * array or object of them, whose shape `handle` must check.
 */
export function build(stored, handle, structures = []) {
  const { profile } = StoredProfile.parse(stored);
  const app = express();
  app.disable('x-powered-by');

  // The raw body: the library reads JSON, multipart and forms itself.
  app.use(express.raw({ type: () => true, limit: '4mb' }));

  app.all('/callback', (request, response) => {
    if (request.method !== profile.method) return response.sendStatus(405);
    const hasBody = profile.body !== null && ['POST', 'PUT'].includes(profile.method);
    // Treat the opened parameters as input from a stranger: a fixed key and IV prove nothing about the sender.
    handle(hasBody
      ? profile.open(request.body ?? '', { contentType: request.get('content-type'), structures })
      : profile.open(request.originalUrl));
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
  build(readFileSync(path), console.log, structures).listen(3001, '127.0.0.1', () => console.log('http://127.0.0.1:3001/callback'));
}
