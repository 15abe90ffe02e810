// One callback of 24 values of 64 bytes, object in and encrypted body out, and its opening, against what people write by
// hand with node:crypto; batches against the single call. Results are compared before they are timed.
import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv } from 'node:crypto';
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

/** One decipher per value, with the tag behind the text. */
function openedByHand(mode, body) {
  const values = {};
  for (const [name, value] of Object.entries(JSON.parse(body))) {
    const sealed = Buffer.from(value, 'base64');
    const decipher = createDecipheriv(`aes-128-${mode}`, key, iv);
    const end = sealed.length - (mode === 'gcm' ? 16 : 0);
    if (mode === 'gcm') decipher.setAuthTag(sealed.subarray(end));
    values[name] = decipher.update(sealed.subarray(0, end), undefined, 'utf8') + decipher.final('utf8');
  }
  return values;
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
  const what = `AES-128-${mode.toUpperCase()}, 24 values of 64 bytes`;
  row(`callback, ${what}, object in`, fromObject, 'node:crypto loop', hand, 18);
  row(`callback, ${what}, string in`, fromText, 'node:crypto loop', hand);
  row(`callback, ${what}, Uint8Array in`, fromBytes, 'node:crypto loop', hand);
  row(`callback, ${what}, one of callbacks(100 objects)`, many / 100, 'callback of an object', fromObject, 1);

  const received = byHand(mode);
  const hundredBodies = Array(100).fill(received);
  assert.deepEqual(profile.open(received), openedByHand(mode, received));
  const [openHand, open, openJson, openMany, openJsonMany] = race([
    () => openedByHand(mode, received), () => profile.open(received), () => profile.openJson(received),
    () => profile.openMany(hundredBodies), () => profile.openJsonMany(hundredBodies),
  ]);
  row(`open, ${what}, object out`, open, 'node:crypto loop', openHand, 14);
  row(`open, ${what}, JSON text out`, openJson, 'node:crypto loop', openHand);
  row(`open, ${what}, one of openMany(100 bodies)`, openMany / 100, 'open', open, 1);
  row(`open, ${what}, one of openJsonMany(100 bodies)`, openJsonMany / 100, 'openJson', openJson, 1);
}
verdict();
