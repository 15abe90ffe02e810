// Opens and makes sealed callbacks, with node:crypto and nothing else (Node 18.14 or newer). Copy all above `The rest`.
//
// Node by itself takes a tag of four bytes and any nonce, skips what is not base64, and replaces what is not UTF-8: each
// line marked `trap:` closes one of these. README.md says which is which.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Refused extends Error {} // one answer for all failures

function check(holds) {
  if (!holds) throw new Refused();
}

const headerOf = (kid) => encode(Buffer.from(`{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"${kid}"}`));
const encode = (bytes) => bytes.toString('base64url');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(text) {
  const bytes = Buffer.from(text, 'base64url');
  check(encode(bytes) === text); // trap: base64
  return bytes;
}

/** Returns the claims, `jti` and `params` among them, only if every check has passed; throws Refused otherwise. */
function openSealed(token, kid, key, now, method, url) {
  try {
    const [header, second, ...rest] = token.split('.');
    check(rest.length === 3 && second === ''); // trap: parts
    check(header === headerOf(kid)); // trap: header
    const [nonce, data, tag] = rest.map(decode);
    check(nonce.length === 12); // trap: nonce
    check(tag.length === 16); // trap: tag
    // Node throws unless the key has 32 bytes.
    const decipher = createDecipheriv('aes-256-gcm', decode(key.replace('cbk2_', '')), nonce);
    const parts = [decipher.setAAD(Buffer.from(header)).setAuthTag(tag).update(data)];
    parts.push(decipher.final()); // trap: verified
    const claims = JSON.parse(utf8.decode(Buffer.concat(parts)));
    check(typeof claims.params === 'object' && claims.params && !Array.isArray(claims.params)); // trap: claims
    check(Number.isInteger(claims.iat) && Math.abs(now - claims.iat) <= 300); // trap: iat
    check(typeof claims.jti === 'string' && /^[!-\-/-~]{1,128}$/.test(claims.jti)); // trap: jti
    check(claims.htm === method); // trap: htm
    check(claims.htu === url); // trap: htu
    return claims;
  } catch {
    throw new Refused();
  }
}

/** The token of a JSON body; what is beside it is for others. JSON.parse by itself takes the last of two. */
function tokenInJson(body) {
  check(body.match(/"(j|\\u006[aA])(w|\\u0077)(e|\\u0065)"\s*:/g)?.length === 1); // trap: once
  let token;
  try {
    token = JSON.parse(body).jwe;
  } catch {}
  check(typeof token === 'string');
  return token;
}

/** The token of a form or of a query. */
function tokenInForm(body) {
  const tokens = new URLSearchParams(body).getAll('jwe');
  check(tokens.length === 1); // trap: once
  return tokens[0] ?? '';
}

/** The token over a claims set in JSON. */
function seal(kid, key, claims) {
  const header = headerOf(kid);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', decode(key.replace('cbk2_', '')), nonce).setAAD(Buffer.from(header));
  const data = Buffer.concat([cipher.update(claims, 'utf8'), cipher.final()]);
  return [header, '', encode(nonce), encode(data), encode(cipher.getAuthTag())].join('.');
}

// The rest is for scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out.
const finders = { json: tokenInJson, form: tokenInForm, token: (text) => text };
let out = '';
for (const line of readFileSync(0, 'utf8').replace(/\n$/, '').split('\n')) {
  const { do: job, kind, text, kid, key, now, method, url, claims } = JSON.parse(line);
  try {
    if (job === 'seal') {
      out += `ok ${seal(kid, key, claims)}\n`;
    } else {
      const opened = openSealed(finders[kind](text), kid, key, now, method, url);
      out += `ok ${JSON.stringify([opened.jti, opened.params])}\n`;
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out += 'refused\n';
  }
}
process.stdout.write(out);
