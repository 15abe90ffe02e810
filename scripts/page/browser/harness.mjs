// Chromium on the page, as a file, without a network, with everything that the console says.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from '../assemble.mjs';

export const PAGE = process.env.PAGE ?? join(ROOT, 'dist/callback-profile.html');
const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Nothing of the browser's own goes over the network, so that what a server sees is the page's doing. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => {
  assert.ok(CHROMIUM !== undefined, 'Chromium is not installed: apt-get install chromium, or name it in CHROMIUM');
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
};

/**
 * The page in a context of its own: `page`, its `frame`, what the `console` said, the `requests` that were made. `done()` closes it, and
 * fails if the console said anything or anything was requested, but for what the test expects.
 */
export async function open(browser, options = {}, url = pathToFileURL(PAGE).href) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  const requests = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(`${error}`));
  page.on('request', (request) => requests.push(request.url().slice(0, 60)));
  page.on('dialog', (dialog) => {
    said.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(url);
  const [, frame] = page.frames();
  await frame.waitForSelector('.results[aria-busy=false]');
  return {
    context, page, frame, said, requests,
    async done() {
      await context.close();
      assert.deepEqual(said, [], 'the console stays empty');
      const others = requests.filter((request) => !/^(file:|blob:null|about:srcdoc)/.test(request));
      assert.deepEqual(others, [], 'nothing is requested');
    },
  };
}

/** Waits until what is in the fields has been examined; `act` changes them. */
export async function settled(frame, act) {
  const before = await frame.evaluate(() => Number(document.querySelector('.results').dataset.examined));
  await act();
  await frame.waitForFunction((old) => {
    const { dataset, ariaBusy } = document.querySelector('.results');
    return ariaBusy === 'false' && Number(dataset.examined) > old;
  }, before);
}

/** Fills the fields as a person does who pastes into them: each is emptied and gets its text at once. Returns what the page says. */
export async function fill(frame, fields) {
  await settled(frame, () => frame.evaluate((given) => {
    const paste = (id, text) => {
      const field = document.getElementById(id);
      if (field.value === text) return;
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    };
    const { mode, ...others } = given;
    const radio = [...document.getElementsByName('mode')].find(({ value }) => value === mode);
    if (radio && !radio.checked) radio.click();
    for (const [id, text] of Object.entries(others)) {
      const field = document.getElementById(id);
      if (field.tagName !== 'SELECT') paste(id, text);
      else if (field.value !== text) {
        field.value = text;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }
    // What is the same as before is examined once more, so that there is an answer to wait for.
    document.getElementById('kind').dispatchEvent(new Event('change', { bubbles: true }));
  }, fields));
  return read(frame);
}

/** What a reader of the page sees. */
export const read = (frame) => frame.evaluate(() => {
  const text = (selector) => document.querySelector(selector)?.innerText ?? null;
  return {
    verdict: document.getElementById('verdict').dataset.verdict,
    verdictText: text('#verdict'),
    cause: document.querySelector('.card:not([hidden]) [data-cause]')?.dataset.cause ?? null,
    cures: [...document.querySelectorAll('#diagnosis .cures')].slice(0, 1).flatMap((cures) => [...cures.querySelectorAll('p')].map((cure) => cure.innerText)),
    rows: [...document.querySelectorAll('#opened tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText)),
    reasons: [...document.querySelectorAll('#about .reasons li > span:first-of-type')].map((reason) => reason.innerText),
    marks: [...document.querySelectorAll('.editor mark[data-at]:not([data-at=""])')].map((mark) => mark.textContent),
    signature: text('#signature:not([hidden])'),
    outgoing: text('#outgoing .request'),
    message: text('.bubble'),
    all: document.body.innerText,
  };
});

/** Presses the button of an example, and returns what the page says. */
export async function example(frame, name) {
  await settled(frame, () => frame.click(`[data-example=${name}]`));
  return read(frame);
}
