// Opens a callback, with node:crypto and nothing else (Node 18.14 or newer). Copy decrypt, openBody and Refused.
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

/** Returns the members of a JSON body, those of these names decrypted; throws Refused unless each is there as a text. */
function openBody(algo, key, iv, text, names) {
  let body;
  try {
    body = JSON.parse(text); // of a name that comes twice it keeps the last
  } catch {
    throw new Refused();
  }
  if (typeof body !== 'object' || body === null) throw new Refused(); // trap: object
  if (!names.every((name) => Object.hasOwn(body, name))) throw new Refused(); // trap: absent
  const isText = ([, value]) => typeof value === 'string';
  const named = Object.entries(body).filter(([name]) => names.includes(name));
  if (!named.every(isText)) throw new Refused(); // trap: text
  const opened = named.filter(isText).map(([name, value]) => [name, decrypt(algo, key, iv, value)]);
  return Object.fromEntries([...Object.entries(body), ...opened]);
}

// The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`,
// per line in; `ok BASE64`, of a body one for each name, or `refused` out.
function answers(line) {
  if (!line.startsWith('body\t')) return [decrypt(...line.split('\t', 4))];
  const [, algo, key, iv, names, text] = line.split('\t', 6);
  const body = openBody(algo, key, iv, text, names.split(','));
  return names.split(',').map((name) => `${body[name]}`);
}

let out = '';
for (const line of readFileSync(0, 'utf8').replace(/\n$/, '').split('\n')) {
  try {
    out += `ok ${answers(line).map((value) => Buffer.from(value).toString('base64')).join(' ')}\n`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out += 'refused\n';
  }
}
process.stdout.write(out);
