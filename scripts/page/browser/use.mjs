// What a person does with the page: the published texts, the examples, keys, the keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../../examples/page/examples.mjs';
import { EXPECTED, fieldsOfText, published } from '../cases.mjs';
import { ROOT } from '../assemble.mjs';
import { example, fill, open, read, settled } from './harness.mjs';

/** Pastes each published text, without and with the value that should come out; `every` takes some of them only. */
export async function texts(browser, { every = 1 } = {}) {
  const session = await open(browser);
  let ran = 0;
  const failed = [];
  for (const [index, { one, withValue, exceptions }] of published().entries()) {
    if (index % every !== 0) continue;
    const { cause, cures, verdict } = await fill(session.frame, fieldsOfText(one, withValue));
    const isRight = one.causes.includes(cause) !== exceptions.includes(one.id);
    const hasCures = cause === 'opens' || (cures.length === 2 && cures.every((cure) => cure.length > 10));
    if (!isRight || !hasCures || (cause === 'opens') !== (verdict === 'opened')) failed.push(`${one.id} ${verdict} ${cause}`);
    ran += 1;
  }
  await session.done();
  return { ran, failed };
}

export async function examples(browser) {
  const session = await open(browser);
  const { frame } = session;
  let ran = 0;
  for (const [name, [verdict, cause]] of Object.entries(EXPECTED)) {
    const seen = await example(frame, name);
    assert.deepEqual([seen.verdict, seen.cause], [verdict, cause], name);
    if (name === 'good') {
      assert.deepEqual(seen.rows, [['status', 'DELIVERED', 'readable'], ['to', '+919876543210', 'decrypted']]);
      assert.match(seen.outgoing, /^POST https:\/\/example\.com\/sms\ncontent-type: application\/json\n\n\{"status":"DELIVERED","to":"AvywPF/);
      assert.equal(seen.message, 'Thank you, John');
      assert.match(seen.reasons.join(), /one IV serves every value/);
    }
    if (name === 'tag') {
      await settled(frame, () => frame.click('#apply'));
      assert.equal((await read(frame)).verdict, 'opened', 'what the finding says opens it');
    }
    if (name === 'mistakes') {
      assert.equal(seen.reasons.length, 9);
      assert.deepEqual([seen.marks[0], seen.marks.length], ['"Delivery status!"', 9]);
      // A reason leads to its place.
      await frame.click('#about .reasons li:nth-child(2) button');
      assert.equal(await frame.evaluate(() => {
        const { value, selectionStart, selectionEnd } = document.activeElement;
        return value.slice(selectionStart, selectionEnd);
      }), '"PATCH"');
    }
    if (name === 'signature') assert.match(seen.signature, /does not hold.*without blanks/s);
    ran += 1;
  }
  // A record that was written stays, and is filled in at once.
  await example(frame, 'good');
  await settled(frame, () => frame.fill('#record', '{"status": "SENT", "recipient": "<b>"}'));
  const written = await read(frame);
  assert.match(written.outgoing, /"status":"SENT"/);
  assert.match(written.all, /The record lacks: first_name/);
  await settled(frame, () => frame.fill('#received', ''));
  assert.match((await read(frame)).outgoing, /"status":"SENT"/);
  await settled(frame, () => frame.click('#record-reset'));
  assert.match((await read(frame)).outgoing, /"status":"DELIVERED"/);
  await session.done();
  return ran + 1;
}

/** Key and IV cannot be seen until asked for, and are gone when the page is left. */
export async function keys(browser) {
  const session = await open(browser);
  const { page, frame } = session;
  const secrets = ['K1abcdefghijkl2P', 'POabcdefghijklLY'];
  /** Everything that is drawn, as far as it is text: what is transparent or drawn as dots is not. */
  const seen = () => frame.evaluate(() => {
    const hasDots = (field) => getComputedStyle(field).webkitTextSecurity !== 'none';
    const isClear = (field) => getComputedStyle(field).color === 'rgba(0, 0, 0, 0)';
    const fields = [...document.querySelectorAll('textarea, input[type=text]')].filter((field) => field.checkVisibility() && !hasDots(field) && !isClear(field));
    return [document.body.innerText, ...fields.map(({ value }) => value), ...[...document.querySelectorAll('.editor pre')].map((pre) => pre.textContent)].join('\n');
  });
  const isSeen = async () => {
    const text = await seen();
    return secrets.map((secret) => text.includes(secret));
  };
  for (const name of Object.keys(EXAMPLES)) {
    await example(frame, name);
    assert.deepEqual(await isSeen(), [false, false], name);
    assert.doesNotMatch(await seen(), /cbk2_\w|whsec_\w/, name);
  }
  for (const name of ['good', 'mode']) {
    await example(frame, name);
    await frame.click('#show-keys');
    assert.deepEqual(await isSeen(), [true, true], `${name} shown`);
    await frame.click('#show-keys');
    assert.deepEqual(await isSeen(), [false, false], `${name} masked again`);
  }
  // What the profile's credentials are, wherever they are shown: in the fields, the facts, the callback as it would go out.
  const canary = {
    mode: 'profile',
    profile: JSON.stringify({ title: 'canary', http_method: 'POST', url: 'https://me:CANARY@example.com/?api_key=CANARY', body: { a: '<a>', client_secret: 'CANARY' }, headers: { Authorization: 'Bearer CANARY', 'X-Auth-Token': 'CANARY' } }),
    received: 'POST /?token=CANARY HTTP/1.1\r\nAuthorization: Bearer CANARY\r\nContent-Type: application/json\r\n\r\n{"a":"x"}', headers: 'cookie: a=CANARY', other: '{"enc":{"key":"CANARY',
  };
  await fill(frame, canary);
  assert.match((await read(frame)).outgoing, /^POST https:/);
  assert.doesNotMatch(await seen(), /CANARY/);
  await frame.click('#show-keys');
  // That there is something to see once it is asked for: profile, received, header lines, other profile, callback.
  const shown = await frame.evaluate(() => ['#profile', '#received', '#headers', '#other'].map((id) => document.querySelector(id).previousElementSibling.textContent)
    .concat(document.querySelector('#outgoing').innerText).map((text) => text.split('CANARY').length - 1));
  assert.deepEqual(shown, [5, 2, 1, 1, 5]);
  await frame.click('#show-keys');
  assert.doesNotMatch(await seen(), /CANARY/);
  // While it is typed, character by character.
  await settled(frame, () => frame.click('#clear'));
  await frame.focus('#profile');
  for (const character of '{"enc":{"key":"K1abcdefghijkl2P') {
    await page.keyboard.insertText(character);
    assert.doesNotMatch(await seen(), /K1/);
  }
  // Nothing is kept: not in the address, not in a store, not in the outer document; and leaving the page empties it.
  await example(frame, 'good');
  const outer = await page.evaluate(() => [location.search + location.hash, localStorage.length + sessionStorage.length, document.cookie, document.querySelector('iframe').srcdoc.length]);
  assert.deepEqual(outer.slice(0, 3), ['', 0, '']);
  const storage = await frame.evaluate(() => {
    const attempt = (action) => {
      try {
        action();
        return 'stored';
      } catch (error) {
        return error.name;
      }
    };
    return [() => localStorage.setItem('a', 'b'), () => sessionStorage.setItem('a', 'b'), () => { document.cookie = 'a=b'; }, () => indexedDB.open('a')].map(attempt);
  });
  assert.ok(storage.every((result) => result === 'SecurityError'), storage.join());
  await frame.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  assert.deepEqual(await frame.evaluate(() => [...document.querySelectorAll('textarea, input[type=text]')].map(({ value }) => value).join('')), '');
  await page.reload();
  const [, again] = page.frames();
  await again.waitForSelector('.results[aria-busy=false]');
  assert.deepEqual([(await read(again)).verdict, await again.inputValue('#profile')], ['empty', '']);
  // What a service of the browser would send away to look at.
  const attributes = await again.evaluate(() => [...document.querySelectorAll('textarea, input[type=text]')].map((field) => [field.spellcheck, field.autocomplete, field.translate].join()));
  assert.ok(attributes.length >= 9 && attributes.every((each) => each === 'false,off,false'), attributes.join(' '));
  await session.done();
  return secrets.length + Object.keys(EXAMPLES).length + shown.length + 4;
}

/** The profile and callback of the README, pasted; milliseconds from the paste to what was opened. */
export async function readme(browser) {
  const text = readFileSync(join(ROOT, 'bindings/node/README.md'), 'utf8');
  const literal = text.slice(text.indexOf('Profile.parse({') + 'Profile.parse('.length, text.indexOf('});\nconsole.log(profile.advisories') + 1);
  const profile = JSON.stringify(new Function(`return ${literal}`)(), null, 2);
  const [, body] = text.match(/console\.log\(body\); \/\/ => (.*)/);
  const times = [];
  let ready = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const session = await open(browser);
    const { frame } = session;
    ready = Math.min(ready, await frame.evaluate(() => performance.getEntriesByType('navigation')[0]?.domComplete ?? performance.now()));
    times.push(await frame.evaluate(([given, received]) => new Promise((resolve) => {
      const paste = (id, value) => {
        // As a browser does: the text at once and one event, where `insertText` of execCommand makes an event of each line.
        const field = document.getElementById(id);
        field.value = value;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      };
      const started = performance.now();
      new MutationObserver(() => {
        if (document.getElementById('verdict').dataset.verdict === 'opened') resolve(performance.now() - started);
      }).observe(document.querySelector('.results'), { attributes: true });
      paste('profile', given);
      paste('received', received);
    }), [profile, body]));
    const { rows, verdict } = await read(frame);
    assert.deepEqual([verdict, rows[1]], ['opened', ['to', '+919876543210', 'decrypted']]);
    await session.done();
  }
  const best = Math.min(...times);
  console.log(`page: README's callback opened ${best.toFixed(0)} ms after it was pasted (best of ${times.length}; worst ${Math.max(...times).toFixed(0)})`);
  assert.ok(best < 100, `${best} ms`);
  return times.length;
}

/** Everything can be reached and done with the keyboard alone. */
export async function keyboard(browser) {
  const session = await open(browser);
  const { page, frame } = session;
  await frame.focus('#show-keys');
  const order = [];
  for (let step = 0; step < 60; step += 1) {
    order.push(await frame.evaluate(() => {
      const { activeElement } = document;
      return activeElement.id || activeElement.dataset.example || activeElement.value || activeElement.closest('details')?.textContent.trim().slice(0, 12) || activeElement.tagName;
    }));
    if (order.at(-1) === 'BODY') break;
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.tagName !== 'IFRAME')) break;
  }
  for (const id of ['show-keys', 'clear', ...Object.keys(EXAMPLES), 'profile', 'kind', 'received']) assert.ok(order.includes(id), `${id} in ${order}`);
  assert.ok(order.length < 40, 'no field keeps the focus');
  await frame.focus('[data-example=good]');
  const outline = await frame.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  await settled(frame, () => page.keyboard.press('Enter'));
  assert.equal((await read(frame)).verdict, 'opened');
  await frame.focus('input[value=profile]');
  await settled(frame, () => page.keyboard.press('ArrowRight'));
  assert.ok(await frame.isVisible('#key') && !await frame.isVisible('#profile'));
  await frame.focus('#clear');
  await settled(frame, () => page.keyboard.press('Space'));
  assert.equal((await read(frame)).verdict, 'empty');
  await session.done();
  return order.length + (outline === 'none' ? 0 : 1);
}
