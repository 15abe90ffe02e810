// A canary key and IV in a great many failing calls of the Node package: node.mjs [CALLS], from its folder.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';

const require = createRequire(join(process.cwd(), 'package.json'));
const { Profile, StoredProfile, Cipher, parseRequest } = require('callback-profile');
const calls = Number(process.argv[2] ?? 1_000_000);

const [KEY, IV] = ['CANARYkEy7Qz2Wx5', 'CANARYiVq8Zr2LmV'];
const PAYLOAD =
  '{"title":"canary","http_method":"POST","url":"http://10.0.0.1/<p>?q=<x>","body":{"a":"<x>","b":5},' +
  `"headers":{"x-a":"<h>"},"enc":{"algo":"AES-128-GCM","key":"${KEY}","IV":"${IV}","params":["a","q"]}}`;
const RECORD = '{"x":"v","y":"w","p":"p","h":"h"}';
const PATCH = `{"title":"patched","enc":{"algo":"AES-128-CFB","key":"${KEY}","IV":"${IV}"}}`;
const SPLINTERS = ['"', '{', '}', '[', ']', '\\', ',', ':', 'é', '\0', 'null', '1', '\r\n', ' ', '<x>', '%', 'A', ''];

let state = 20260824;
const below = (bound) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * bound);
};
function mutated(text) {
  for (let left = 1 + below(3); left > 0; left--) {
    const near = below(4) === 0 ? text.indexOf('CANARY') : -1;
    const at = near >= 0 ? near + below(40) : below(text.length + 1);
    text =
      below(8) === 0 ? text.slice(0, at) : text.slice(0, at) + SPLINTERS[below(18)] + text.slice(at + below(4));
  }
  return text;
}

const profile = Profile.parse(PAYLOAD);
const body = profile.callback(JSON.parse(RECORD)).body;
const kinds = [
  () => Profile.parse(mutated(PAYLOAD)),
  () => StoredProfile.parse(mutated(PAYLOAD)),
  () => profile.patch(mutated(PATCH)),
  () => parseRequest({ sid: 'HX0', headers: { 'api-key': 'k', 'content-type': 'x' }, payload: mutated(PAYLOAD) }),
  () => profile.callback(mutated(RECORD)),
  () => profile.open(mutated(body)),
  () => new Cipher('AES-128-GCM', mutated(KEY), mutated(IV)),
];
const ofKind = kinds.map(() => 0);
let [failures, leaks] = [0, 0];
while (failures < calls) {
  const kind = below(kinds.length);
  try {
    kinds[kind]();
  } catch (error) {
    failures++;
    ofKind[kind]++;
    const text = [String(error), error.stack, inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)].join();
    if (text.includes(KEY) || text.includes(IV)) {
      leaks++;
      console.log('LEAK:', text);
    }
  }
}
console.log('failures of each kind:', ofKind.join(' '));
if (Math.min(...ofKind) < calls / 100) throw new Error('a kind of call hardly ever failed');
console.log(`count canary node ran=${failures} refused=0 failed=${leaks}`);
process.exitCode = leaks ? 1 : 0;
