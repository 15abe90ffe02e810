// Reads cases (src/outside.rs) from standard input and does them with node:crypto. `node outside.mjs CASES`
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createInterface } from 'node:readline';

const wanted = Number(process.argv[2]);
let ran = 0;
let failed = 0;

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [algorithm, key, iv, encoding, place, hex, text] = line.split('\t');
  const gcm = algorithm.endsWith('GCM');
  const value = Buffer.from(hex, 'hex');

  const name = algorithm.toLowerCase();
  const cipher = createCipheriv(name, key, iv);
  const ciphertext = Buffer.concat([cipher.update(value), cipher.final()]);
  const tag = gcm ? cipher.getAuthTag() : Buffer.alloc(0);
  const sealed = Buffer.concat(place === 'appended' ? [ciphertext, tag] : [tag, ciphertext]);

  // And back, from the library's text.
  const bytes = Buffer.from(text, encoding);
  const decipher = createDecipheriv(name, key, iv, gcm ? { authTagLength: 16 } : {});
  let opened = null;
  try {
    const tagAt = !gcm ? bytes.length : place === 'appended' ? bytes.length - 16 : 0;
    if (gcm) decipher.setAuthTag(bytes.subarray(tagAt, tagAt + 16));
    const rest = gcm && place === 'prepended' ? bytes.subarray(16) : bytes.subarray(0, tagAt);
    opened = Buffer.concat([decipher.update(rest), decipher.final()]);
  } catch { /* refused: opened stays null */ }

  ran += 1;
  if (sealed.toString(encoding) !== text || opened === null || !opened.equals(value)) {
    failed += 1;
    if (failed <= 10) console.error(`differs: ${line}\n  node: ${sealed.toString(encoding)}`);
  }
}
console.log(`differential against OpenSSL ${process.versions.openssl} in Node ${process.versions.node}: cases=${ran} mismatches=${failed}`);
console.log(`count differential_outside node ran=${ran} refused=0 failed=${failed}`);
process.exit(failed === 0 && ran === wanted && ran > 0 ? 0 : 1);
