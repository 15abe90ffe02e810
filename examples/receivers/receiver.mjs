// Decrypts one value of a callback, with node:crypto and nothing else (Node 18.14 or newer). Copy decrypt and Refused.
//
// Node by itself takes a tag of four bytes and any IV for GCM, gives plaintext away before the tag is checked, skips what
// is not base64, and replaces what is not UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Refused extends Error {} // one answer for all failures

/** Returns the value only if every check has passed; throws Refused otherwise. */
function decrypt(algo, key, iv, text) {
  if (!/^AES-(128|192|256)-(GCM|CFB)$/.test(algo)) throw new Refused(); // trap: algorithm
  if (Buffer.byteLength(iv) !== 16) throw new Refused(); // trap: iv
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Refused(); // trap: base64
  try {
    const gcm = algo.endsWith('GCM');
    const options = {};
    if (gcm) options.authTagLength = 16; // trap: tag
    // "cfb" is CFB128. Node throws unless the key's length is the algorithm's.
    const decipher = createDecipheriv(algo.toLowerCase(), key, iv, options); // trap: cfb128
    if (gcm) decipher.setAuthTag(bytes.subarray(-16));
    const parts = [decipher.update(gcm ? bytes.subarray(0, -16) : bytes)];
    parts.push(decipher.final()); // trap: verified
    const value = Buffer.concat(parts);
    if (!isUtf8(value)) throw new Refused(); // trap: utf8
    return value.toString();
  } catch {
    throw new Refused();
  }
}

// The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64` per line in, `ok BASE64` or `refused` out.
let out = '';
for (const line of readFileSync(0, 'utf8').replace(/\n$/, '').split('\n')) {
  try {
    out += `ok ${Buffer.from(decrypt(...line.split('\t', 4))).toString('base64')}\n`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out += 'refused\n';
  }
}
process.stdout.write(out);
