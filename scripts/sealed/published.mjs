// The published packages of npm, for published.py: a JSON object per line in, a JSON value per line out, null for refused.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const fromBuild = createRequire(`${process.argv[2]}/package.json`);
const { CompactEncrypt, compactDecrypt } = await import(pathToFileURL(fromBuild.resolve('jose')).href);
const { Webhook } = fromBuild('standardwebhooks');

const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
const jobs = {
  async open({ token, key }) {
    const { plaintext } = await compactDecrypt(token, Buffer.from(key, 'base64url'), algorithms);
    return Buffer.from(plaintext).toString('base64');
  },
  async seal({ header, claims, key }) {
    const made = new CompactEncrypt(Buffer.from(claims)).setProtectedHeader(header);
    return made.encrypt(Buffer.from(key, 'base64url'));
  },
  sign: ({ secret, id, timestamp, body }) => new Webhook(secret).sign(id, new Date(timestamp * 1000), body),
  verify({ secret, headers, body, now, options }) {
    Date.now = () => now * 1000;
    new Webhook(secret).verify(body, headers, options);
    return true;
  },
};

for (const line of readFileSync(0, 'utf8').replace(/\n$/, '').split('\n')) {
  const job = JSON.parse(line);
  let result = null;
  try {
    result = await jobs[job.do](job);
  } catch {}
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
