// Verifies signatures (Standard Webhooks 1.0.0) with node:crypto and nothing else. Copy all above `The rest`.
//
// Node by itself skips what is no base64 in a secret: each line marked `trap:` closes something. README.md says what.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Refused extends Error {} // one answer for all failures

function check(holds) {
  if (!holds) throw new Refused();
}

function keyOf(secret) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  check(secret === `whsec_${key.toString('base64')}` && key.length >= 24 && key.length <= 64); // trap: secret
  return key;
}

const isSame = (a, b) => a.length === b.length && timingSafeEqual(a, b);

/** Returns id and timestamp, for the body (a Buffer) as it was received. Remember the id for twice the tolerance. */
function verify(secrets, headers, body, now, tolerance = 300) {
  const wanted = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const found = wanted.map((header) => headers.filter(([name]) => name.toLowerCase() === header));
  check(found.every((values) => values.length === 1)); // trap: headers
  const [id, timestamp, signatures] = found.map((values) => values[0]?.[1] ?? '');
  check(/^[!-\-/-~]{1,128}$/.test(id)); // trap: id
  check(/^(0|[1-9][0-9]{0,17})$/.test(timestamp)); // trap: timestamp
  const received = signatures.split(' ').map((text) => Buffer.from(text));
  check(received.length <= 16); // trap: many
  const sign = (secret) => createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const made = secrets.map((secret) => Buffer.from(`v1,${sign(secret)}`));
  check(made.some((a) => received.some((b) => isSame(a, b)))); // trap: signature
  check(Math.abs(now - Number(timestamp)) <= tolerance); // trap: time
  return [id, Number(timestamp)];
}

// The rest is for scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out.
let out = '';
for (const line of readFileSync(0, 'utf8').replace(/\n$/, '').split('\n')) {
  const [now, tolerance, body, count, ...texts] = line.split('\t');
  const plain = texts.map((text) => Buffer.from(text, 'base64').toString());
  const secrets = plain.splice(0, Number(count));
  const headers = plain.flatMap((name, place) => (place % 2 ? [] : [[name, plain[place + 1]]]));
  try {
    out += `ok ${verify(secrets, headers, Buffer.from(body, 'base64'), Number(now), Number(tolerance)).join(' ')}\n`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out += 'refused\n';
  }
}
process.stdout.write(out);
