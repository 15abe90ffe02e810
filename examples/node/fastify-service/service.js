// The callback-profiles API, with the profiles in SQLite. `npm start`, then:
//   curl -H 'api-key: A0' -H 'content-type: application/json' -d @../../profiles/sms-status.json localhost:3000/v1/HX0/callback/profiles
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import Fastify from 'fastify';
import Database from 'libsql';
import { CallbackProfileError, Envelope, ProfileError, parseRequest } from 'callback-profile';
import { Profiles } from '../profiles.js';

/** `database` is an open one of libsql or better-sqlite3. */
export function build(database) {
  const app = Fastify({ bodyLimit: 300 * 1024 });
  const profiles = new Profiles(database);

  // The library reads the body itself: strictly, within limits, with the messages that Fastify has.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const answer = (reply, made) => reply.code(made.status).type('application/json').send(made.toJson());

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ProfileError) return answer(reply, error.envelope);
    // The caller gets the code only; details belong in the log.
    if (error instanceof CallbackProfileError) return reply.code(error.statusCode).send({ code: error.code });
    return reply.send(error);
  });

  const found = (handler) => (request, reply) => {
    const { id } = request.params;
    const stored = profiles.get(id);
    return stored ? handler(stored, request, reply) : answer(reply, Envelope.notFound(id));
  };

  app.post('/v1/:sid/callback/profiles', (request, reply) => {
    const profile = parseRequest({ sid: request.params.sid, headers: request.headers, payload: request.body ?? '' });
    for (const { code, pointer } of profile.advisories) request.log.warn({ code, pointer }, 'advisory');
    const id = `profile_${randomUUID()}`;
    profiles.put(id, profile, { created_at: new Date().toISOString() });
    return answer(reply, Envelope.created(profile, { profileId: id }));
  });

  app.get('/v1/:sid/callback/profiles/:id', found((stored, _request, reply) => answer(reply, Envelope.fetched(stored))));

  app.put('/v1/:sid/callback/profiles/:id', found((stored, request, reply) => {
    const patched = stored.profile.patch(request.body ?? '');
    profiles.put(stored.profileId, patched, { created_at: stored.createdAt, modified_at: new Date().toISOString() });
    return answer(reply, Envelope.updated(patched, { profileId: stored.profileId }));
  }));

  app.delete('/v1/:sid/callback/profiles/:id', found((stored, _request, reply) => {
    profiles.delete(stored.profileId);
    return answer(reply, Envelope.deleted(stored.profileId));
  }));

  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const database = new Database(process.env.DATABASE ?? 'profiles.sqlite3');
  console.log(await build(database).listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3000) }));
}
