// The typings without those of Node, as on a web page. Compiled, never run.
import { Cipher, backend } from 'callback-profile';
import { gcmOpen } from 'callback-profile/wasm/hazmat';

const decrypted: Uint8Array = new Cipher('AES-128-GCM', 'k', 'i').decrypt('');
const opened: Uint8Array = gcmOpen(decrypted, decrypted, decrypted, decrypted);
void [backend === 'wasm', opened];
// @ts-expect-error there is no Buffer here, so that nothing may promise one
new Cipher('AES-128-GCM', 'k', 'i').decrypt('').readUInt8(0);
