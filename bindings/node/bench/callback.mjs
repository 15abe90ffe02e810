// One callback of 24 values of 64 bytes, object in and encrypted body out, against what people write by hand with
// node:crypto. The bodies are compared before they are timed.
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { createRequire } from 'node:module';
import { race, row, verdict } from './race.mjs';

const { Profile } = createRequire(import.meta.url)(process.env.CALLBACK_PROFILE ?? '../main.cjs');

const names = Array.from({ length: 24 }, (_, index) => `field_${index}`);
const record = Object.fromEntries(names.map((name, index) => [name, String.fromCharCode(97 + (index % 26)).repeat(64)]));
const body = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
const key = 'q8Zr2LmV0xTb6NcY';
const iv = 'POabcdefghijklLY';

/** One cipher per value, base64, JSON.stringify. */
function byHand(mode) {
  const values = {};
  for (const name of names) {
    const cipher = createCipheriv(`aes-128-${mode}`, key, iv);
    const sealed = [cipher.update(record[name], 'utf8'), cipher.final()];
    if (mode === 'gcm') sealed.push(cipher.getAuthTag());
    values[name] = Buffer.concat(sealed).toString('base64');
  }
  return JSON.stringify(values);
}

for (const mode of ['gcm', 'cfb']) {
  const enc = { algo: `AES-128-${mode.toUpperCase()}`, key, IV: iv };
  const profile = Profile.parse({ title: 'bench', http_method: 'POST', url: 'https://example.com/', body, enc });
  const text = JSON.stringify(record);
  const bytes = Buffer.from(text);
  const hundred = Array(100).fill(record);
  for (const input of [record, text, bytes]) assert.equal(profile.callback(input).body, byHand(mode));
  const [hand, fromObject, fromText, fromBytes, many] = race([
    () => byHand(mode), () => profile.callback(record), () => profile.callback(text), () => profile.callback(bytes),
    () => profile.callbacks(hundred),
  ]);
  const work = `callback, AES-128-${mode.toUpperCase()}, 24 values of 64 bytes`;
  row(`${work}, object in`, fromObject, 'node:crypto loop', hand, 15);
  row(`${work}, string in`, fromText, 'node:crypto loop', hand);
  row(`${work}, Uint8Array in`, fromBytes, 'node:crypto loop', hand);
  row(`${work}, one of callbacks(100 objects)`, many / 100, 'node:crypto loop', hand);
}
verdict();
