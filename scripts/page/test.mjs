// Uses the page as people do, in Chromium: `make page-test`; with `--smoke`, a part of it that takes less than a minute.
import { parseArgs } from 'node:util';
import { statSync } from 'node:fs';
import { launch, PAGE } from './browser/harness.mjs';
import * as access from './browser/access.mjs';
import * as hostile from './browser/hostile.mjs';
import * as isolation from './browser/isolation.mjs';
import * as use from './browser/use.mjs';

const { values: { smoke } } = parseArgs({ options: { smoke: { type: 'boolean', default: false } } });

/** The page is one file that can be mailed. */
const MOST_BYTES = 250_000;

/** Each suite; what it gives is how many cases ran, or also which of them failed. The last member is whether the short run has it. */
const SUITES = [
  ['page-texts', (browser) => use.texts(browser, smoke ? { every: 10 } : {}), smoke ? 27 : 266, true],
  ['page-examples', use.examples, 8, true],
  ['page-keys', use.keys, 18, true],
  ['page-readme', use.readme, 5, true],
  ['page-keyboard', use.keyboard, 18],
  ['page-hostile', hostile.text, 16, true],
  ['page-large', hostile.large, 11],
  ['page-screen-reader', access.screenReader, 16],
  ['page-widths', access.widths, 32],
  ['page-overlay', access.overlay, 12],
  ['page-offline', access.offline, 7],
  ['page-isolation', (browser) => isolation.isolation(browser, { isShort: smoke }), smoke ? 16 : 67, true],
];

const bytes = statSync(PAGE).size;
console.log(`page: ${bytes} bytes of at most ${MOST_BYTES}`);
let isRight = bytes <= MOST_BYTES;
if (!isRight) console.error('page: too large');

const browser = await launch();
try {
  for (const [name, suite, least, isShort = false] of SUITES) {
    if (smoke && !isShort) continue;
    const started = performance.now();
    let [ran, failed] = [0, []];
    try {
      const result = await suite(browser);
      ({ ran, failed } = typeof result === 'number' ? { ran: result, failed: [] } : result);
    } catch (error) {
      failed = [`${error.stack}`];
    }
    if (ran < least && failed.length === 0) failed.push(`only ${ran} of ${least} cases ran`);
    for (const each of failed) console.error(`${name}: ${each}`);
    console.log(`count ${name} chromium ran=${ran} refused=0 failed=${failed.length}`);
    console.log(`page: ${name} took ${((performance.now() - started) / 1000).toFixed(1)} s`);
    isRight &&= failed.length === 0;
  }
} finally {
  await browser.close();
}
process.exitCode = isRight ? 0 : 1;
