// One callback of 24 values of 64 bytes, object in and encrypted body out, and its opening, whole and in part, against what people
// write by hand with node:crypto; batches, those on the thread pool too, against the single call. Results are compared before they
// are timed.
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

/** All results of an asynchronous iterator. */
async function collected(results) {
  const all = [];
  for await (const each of results) all.push(each);
  return all;
}

for (const mode of ['gcm', 'cfb']) {
  const enc = { algo: `AES-128-${mode.toUpperCase()}`, key, IV: iv };
  const profile = Profile.parse({ title: 'bench', http_method: 'POST', url: 'https://example.com/', body, enc });
  const text = JSON.stringify(record);
  const bytes = Buffer.from(text);
  const hundred = Array(100).fill(record);
  for (const input of [record, text, bytes]) assert.equal(profile.callback(input).body, byHand(mode));
  assert.deepEqual(profile.callbackBodies(hundred), Array(100).fill(byHand(mode)));
  assert.deepEqual(await profile.callbacksAsync(hundred), profile.callbacks(hundred));
  assert.deepEqual(await profile.callbackBodiesAsync(hundred), profile.callbackBodies(hundred));
  const [hand, fromObject, fromText, fromBytes, many, bodies, manyAsync, bodiesAsync] = await race([
    () => byHand(mode), () => profile.callback(record), () => profile.callback(text), () => profile.callback(bytes),
    () => profile.callbacks(hundred), () => profile.callbackBodies(hundred),
    () => profile.callbacksAsync(hundred), () => profile.callbackBodiesAsync(hundred),
  ]);
  const what = `AES-128-${mode.toUpperCase()}, 24 values of 64 bytes`;
  row(`callback, ${what}, object in`, fromObject, 'node:crypto loop', hand, 18);
  row(`callback, ${what}, string in`, fromText, 'node:crypto loop', hand);
  row(`callback, ${what}, Uint8Array in`, fromBytes, 'node:crypto loop', hand);
  row(`callback, ${what}, one of callbacks(100 objects)`, many / 100, 'callback of an object', fromObject, 1);
  row(`callback, ${what}, one of callbackBodies(100 objects)`, bodies / 100, 'callback of an object', fromObject, 1);
  row(`callback, ${what}, one of callbacksAsync(100 objects)`, manyAsync / 100, 'callback of an object', fromObject, 1);
  row(`callback, ${what}, one of callbackBodiesAsync(100 objects)`, bodiesAsync / 100, 'callback of an object', fromObject, 1);

  const received = byHand(mode);
  const hundredBodies = Array(100).fill(received);
  const opened = openedByHand(mode, received);
  // In part: one of the 24 values is no encrypted text.
  const broken = JSON.stringify({ ...JSON.parse(received), field_7: '!' });
  const partial = { partial: true };
  assert.deepEqual(profile.open(received), opened);
  assert.deepEqual(await collected(profile.openIter(hundredBodies)), profile.openMany(hundredBodies));
  assert.deepEqual(await profile.openManyAsync(hundredBodies), profile.openMany(hundredBodies));
  assert.deepEqual(await profile.openJsonManyAsync(hundredBodies), profile.openJsonMany(hundredBodies));
  assert.deepEqual(profile.openDetails(received, partial).values, opened);
  assert.deepEqual(Object.keys(profile.openDetails(broken, partial).failed), ['field_7']);
  const [openHand, open, openJson, openMany, openJsonMany, openIter, openManyAsync, openJsonManyAsync, details, whole, inPart] = await race([
    () => openedByHand(mode, received), () => profile.open(received), () => profile.openJson(received),
    () => profile.openMany(hundredBodies), () => profile.openJsonMany(hundredBodies), () => collected(profile.openIter(hundredBodies)),
    () => profile.openManyAsync(hundredBodies), () => profile.openJsonManyAsync(hundredBodies),
    () => profile.openDetails(received), () => profile.openDetails(received, partial), () => profile.openDetails(broken, partial),
  ]);
  row(`open, ${what}, object out`, open, 'node:crypto loop', openHand, 14);
  row(`open, ${what}, JSON text out`, openJson, 'node:crypto loop', openHand);
  row(`open, ${what}, one of openMany(100 bodies)`, openMany / 100, 'open', open, 1);
  row(`open, ${what}, one of openJsonMany(100 bodies)`, openJsonMany / 100, 'openJson', openJson, 1);
  row(`open, ${what}, one of openIter(100 bodies)`, openIter / 100, 'open', open, 1);
  row(`open, ${what}, one of openManyAsync(100 bodies)`, openManyAsync / 100, 'open', open, 1);
  row(`open, ${what}, one of openJsonManyAsync(100 bodies)`, openJsonManyAsync / 100, 'openJson', openJson, 1);
  row(`open, ${what}, openDetails with partial, all values open`, whole, 'openDetails', details);
  row(`open, ${what}, openDetails with partial, one value does not`, inPart, 'openDetails', details);
}
verdict();
