// A program as somebody writes it; each bundler takes it as it is.
import { Profile, ProfileError, backend } from 'callback-profile';
import { Profile as Named } from 'callback-profile/wasm';
import { gcmSeal } from 'callback-profile/hazmat';

const enc = { algo: 'AES-128-GCM', key: 'K1abcdefghijkl2P', IV: 'POabcdefghijklLY' };
const profile = Profile.parse({ title: 'bundled', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>' }, enc });
const { body } = profile.callback({ to: '+919876543210' });
const lines = [`${backend} ${profile.open(body).to} ${gcmSeal.length} ${Named === Profile}`];
try {
  Profile.parse('{');
} catch (error) {
  lines.push(`${error instanceof ProfileError} ${error.envelope.status} ${error.name}`);
}
profile.openManyAsync([...Array(200).fill(body), '{']).then((many) => {
  lines.push(`${many.length} ${many[199].to} ${many[200].code}`);
  globalThis.printed(lines.join('\n'));
}, (error) => globalThis.printed(`${error.stack}`));
