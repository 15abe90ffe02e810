// What a stranger pastes or sends: markup, marks of text direction, megabytes.
import assert from 'node:assert/strict';
import { fill, open, read, settled } from './harness.mjs';

const MARKUP = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"><svg onload=alert(1)>', "'-alert(1)-'", 'javascript:alert(1)', '</textarea><b>', '{{title}}', '&lt;b&gt;', '<iframe srcdoc=x>'];
const UNSEEN = ['\u202e', '\u0000', '\u200b', '\u2028', '\u001b', '\ufeff'];

/** Names, values and everything else as text: no element comes of it, and what cannot be seen is shown as an escape. */
export async function text(browser) {
  const session = await open(browser);
  const { frame } = session;
  const elements = () => frame.evaluate(() => document.querySelectorAll('img, script:not([type]), svg, iframe, b b, object, embed, a, link, .results script').length);
  const before = await elements();
  let ran = 0;
  for (const hostile of MARKUP) {
    const name = hostile.replaceAll('<', '\\<');
    const profile = JSON.stringify({ title: 'hostile', http_method: 'POST', url: 'https://example.com/', body: { [hostile]: '<x>', to: name }, headers: { 'x-a': hostile.replaceAll(/[<>]/g, '|') }, response_message: `<x> ${name}` });
    const seen = await fill(frame, { profile, received: JSON.stringify({ [hostile]: hostile, to: hostile, [`${hostile}2`]: hostile }), record: JSON.stringify({ x: hostile }) });
    assert.equal(seen.verdict, 'opened', hostile);
    assert.deepEqual(seen.rows.map(([, value]) => value), [hostile, hostile, hostile]);
    assert.equal(seen.rows[0][0], hostile);
    assert.ok(seen.outgoing.includes(JSON.stringify(hostile)) && seen.message.includes(hostile), hostile);
    // In refused profiles, errors, headers, secrets and every other field.
    for (const fields of [
      { profile: hostile }, { profile: JSON.stringify({ title: hostile, http_method: hostile, url: hostile, [hostile]: 1, body: hostile, headers: { [hostile]: 1 }, enc: { algo: hostile } }) },
      { received: hostile, headers: `x-a: ${hostile}\nwebhook-id: ${hostile}`, secret: hostile, expected: hostile, other: JSON.stringify({ [hostile]: hostile }) },
      { mode: 'key', key: hostile, iv: hostile }, { key: 'K1abcdefghijkl2P', iv: 'POabcdefghijklLY' }, { received: JSON.stringify({ [hostile]: hostile }) }, { mode: 'profile' },
    ]) await fill(frame, fields);
    assert.equal(await elements(), before, hostile);
    await settled(frame, () => frame.click('#clear'));
    ran += 1;
  }
  for (const character of UNSEEN) {
    const profile = JSON.stringify({ title: 'hostile', http_method: 'POST', url: 'https://example.com/', body: { [`a${character}b`]: '<x>' } });
    const seen = await fill(frame, { profile, received: JSON.stringify({ [`a${character}b`]: `c${character}d` }) });
    const escape = `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`;
    assert.deepEqual(seen.rows.map(([name, value]) => [name, value]), [[`a${escape}b`, `c${escape}d`]], escape);
    ran += 1;
  }
  // A name that changes objects changes none.
  const polluted = await fill(frame, { profile: JSON.stringify({ title: 'hostile', http_method: 'POST', url: 'https://example.com/', body: { a: '<x>' } }), received: '{"__proto__":{"polluted":1},"a":"x"}', record: '{"__proto__":{"polluted":1}}' });
  assert.equal(await frame.evaluate(() => ({}).polluted), undefined);
  assert.ok(polluted.rows.some(([name]) => name === '__proto__.polluted'), JSON.stringify(polluted.rows));
  await session.done();
  return ran + 1;
}

const FOUR_MEBIBYTES = 4 * 1024 * 1024;
/** A page that does not answer for longer than this feels as if it had stopped. Most is what a loaded machine adds. */
const FROZEN = 1000;

/** Pastes 4 MiB into each field, and measures the longest time in which the page could not answer. */
export async function large(browser) {
  const session = await open(browser);
  const { frame } = session;
  await fill(frame, { profile: JSON.stringify({ title: 'large', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>' }, enc: { algo: 'AES-128-GCM', key: 'K1abcdefghijkl2P', IV: 'POabcdefghijklLY', params: ['a'] } }) });
  const body = `{"a":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY=","rest":"${'x'.repeat(FOUR_MEBIBYTES - 66)}"}`.slice(0, FOUR_MEBIBYTES);
  const array = `{"a":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY=","rest":[${'"abcdefg",'.repeat(9000)}0]}`;
  const longest = {};
  for (const [name, id, given, way] of [
    ['a body by paste', 'received', body, 'paste'], ['a body at once', 'received', body, 'input'], ['nine thousand values', 'received', array, 'paste'],
    ['lines', 'received', 'AAAAAAAAAAAAAAAA\n'.repeat(FOUR_MEBIBYTES / 17), 'paste'], ['a profile', 'profile', body, 'paste'], ['a profile at once', 'profile', body, 'input'], ['brackets', 'profile', '['.repeat(FOUR_MEBIBYTES), 'paste'],
    ['header lines', 'headers', 'a: b\n'.repeat(FOUR_MEBIBYTES / 5), 'paste'], ['an expected value', 'expected', body, 'paste'], ['a record', 'record', body, 'paste'],
    ['a profile of 60 KB', 'profile', JSON.stringify({ body: Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`name${index}`, `<value${index}>`])) }, null, 2), 'paste'],
  ]) {
    // Not as an argument of what is measured: to read it takes the page time too.
    await frame.evaluate((text) => { globalThis.given = text; }, given);
    await frame.evaluate(() => {
      globalThis.stall = 0;
      let last = performance.now();
      const beat = () => {
        const now = performance.now();
        globalThis.stall = Math.max(globalThis.stall, now - last);
        last = now;
        globalThis.beating = setTimeout(beat, 4);
      };
      beat();
    });
    await settled(frame, () => frame.evaluate(([field, how]) => {
      const text = globalThis.given;
      const element = document.getElementById(field);
      if (how === 'paste') {
        const data = new DataTransfer();
        data.setData('text/plain', text);
        // A page cannot paste by itself: what it does not take over is put in as the browser would.
        const isTaken = !element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        if (isTaken) return;
      }
      element.value = text;
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, [id, way]));
    await frame.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 20)); }));
    longest[name] = await frame.evaluate(() => {
      clearTimeout(globalThis.beating);
      return Math.round(globalThis.stall);
    });
    if (given.length > 300_000) {
      assert.match(await frame.textContent('.held'), /^[\d,]+ characters are held and examined/, name);
      await settled(frame, () => frame.evaluate(() => document.querySelector('.held .link').click()));
    }
  }
  console.log(`page: longest time without an answer, in ms: ${Object.entries(longest).map(([name, time]) => `${name} ${time}`).join(', ')}`);
  for (const [name, time] of Object.entries(longest)) assert.ok(time < FROZEN, `${name} ${time} ms`);
  await fill(frame, { received: body, profile: JSON.stringify({ title: 'large', http_method: 'POST', url: 'https://example.com/', body: { a: '<a>' } }), record: '{}' });
  const seen = await read(frame);
  assert.equal(seen.verdict, 'opened');
  assert.match(seen.all, /more characters/);
  await session.done();
  return Object.keys(longest).length;
}
