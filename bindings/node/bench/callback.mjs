// One callback of 24 values of 64 bytes, object in and encrypted body out, against a loop written by hand with
// node:crypto, in the same run. `node bench/callback.mjs`; `--quick` for a smoke test.
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { createRequire } from 'node:module';

const { Profile } = createRequire(import.meta.url)(process.env.CALLBACK_PROFILE ?? '../main.cjs');
const quick = process.argv.includes('--quick');

const names = Array.from({ length: 24 }, (_, index) => `field_${index}`);
const record = Object.fromEntries(names.map((name, index) => [name, String.fromCharCode(97 + (index % 26)).repeat(64)]));
const body = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
const key = 'q8Zr2LmV0xTb6NcY';
const iv = 'POabcdefghijklLY';

/** What people write: one cipher per value, base64, JSON.stringify. */
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

/** Median time of a call in microseconds: the two take turns, so that a noisy machine hits both. */
function race(calls) {
  const seconds = quick ? 0.02 : 0.15;
  const rounds = quick ? 3 : 15;
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    calls.forEach((call, index) => {
      let count = 0;
      const start = performance.now();
      do {
        for (let at = 0; at < 20; at += 1) call();
        count += 20;
      } while (performance.now() - start < seconds * 1000);
      times[index].push(((performance.now() - start) * 1000) / count);
    });
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]);
}

for (const mode of ['gcm', 'cfb']) {
  const enc = { algo: `AES-128-${mode.toUpperCase()}`, key, IV: iv };
  const profile = Profile.parse({ title: 'bench', http_method: 'POST', url: 'https://example.com/', body, enc });
  assert.equal(profile.callback(record).body, byHand(mode));
  const text = JSON.stringify(record);
  const bytes = Buffer.from(text);
  const hundred = Array(100).fill(record);
  const [hand, object, fromText, fromBytes, many, stringify] = race([
    () => byHand(mode), () => profile.callback(record), () => profile.callback(text), () => profile.callback(bytes),
    () => profile.callbacks(hundred), () => JSON.stringify(record),
  ]);
  const row = (what, time) => console.log(`${mode} ${what.padEnd(28)} ${time.toFixed(2).padStart(8)} us ${(hand / time).toFixed(1).padStart(6)}x`);
  row('node:crypto by hand', hand);
  row('callback(object)', object);
  row('callback(string)', fromText);
  row('callback(Uint8Array)', fromBytes);
  row('callbacks(100 objects), each', many / 100);
  row('(JSON.stringify alone)', stringify);
}
