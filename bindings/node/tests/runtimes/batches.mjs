// What is the runtime's own and not the library's, in any runtime: the thread pool, random numbers, errors that cross, no clones.
import assert from 'node:assert/strict';
import { DecryptionError, Profile, Signer, Verifier, keygen, keygenSealed, keygenSigning } from 'callback-profile';

const enc = keygen('AES-128-GCM');
const payload = { title: 'batches', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>' }, enc };
const profile = Profile.parse(payload);
const records = Array.from({ length: 500 }, (_, at) => ({ to: `${at}` }));
const bodies = (await profile.callbacksAsync(records)).map(({ body }) => body);
const opened = await profile.openManyAsync([...bodies, '{']);
assert.deepEqual(opened.slice(0, 500), records);
assert.deepEqual(await profile.callbackBodiesAsync(records), bodies);
assert.deepEqual(await profile.openJsonManyAsync(bodies), profile.openJsonMany(bodies));
assert.ok(opened[500] instanceof DecryptionError);
await assert.rejects(profile.openManyAsync(bodies, { signal: AbortSignal.abort() }), { name: 'AbortError' });

const sealed = profile.patch({ enc: keygenSealed('a') });
const callback = sealed.callback({ to: 'x' });
const secret = keygenSigning();
const headers = { ...callback.headers, ...new Signer(secret).signCallback(callback) };
const expected = { tolerance: 300, method: 'POST', url: 'https://example.com/', profileId: null };
assert.equal(sealed.receive(new Headers(headers), callback.body, { verifier: new Verifier(secret), expected }).values.to, 'x');
assert.throws(() => structuredClone(profile), { name: 'DataCloneError' });
console.log('batches: 501 bodies');
