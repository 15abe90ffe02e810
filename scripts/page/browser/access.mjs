// Who can use the page: with a screen reader, on a phone, in the dark, without a network.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { EXAMPLES } from '../../../examples/page/examples.mjs';
import { example, fill, open, read, settled } from './harness.mjs';

/** The widths of a phone of the smallest kind, of a phone, a tablet and a desk. */
const WIDTHS = [320, 390, 820, 1280];

/** axe finds nothing, in light and dark, for every example and with everything folded open. */
export async function screenReader(browser) {
  let ran = 0;
  for (const colorScheme of ['light', 'dark']) {
    const session = await open(browser, { colorScheme, viewport: { width: 1280, height: 1600 } });
    const { page, frame } = session;
    for (const each of [page, frame]) {
      await each.evaluate(axe.source);
      await each.evaluate(() => globalThis.axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] }));
    }
    // Of the outer document and the frame together, as whoever opens the page has them.
    const findings = async () => {
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'passes'] }));
      const examined = passes.flatMap(({ nodes }) => nodes).filter(({ target }) => target.length > 1);
      assert.ok(examined.length > 20, `axe examined ${examined.length} elements of the frame`);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`);
    };
    for (const name of ['', ...Object.keys(EXAMPLES)]) {
      if (name !== '') await example(frame, name);
      await frame.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
      assert.deepEqual(await findings(), [], `${name} ${colorScheme}`);
      ran += 1;
    }
    // That it can find something is shown by a field whose label is taken away.
    await frame.evaluate(() => document.querySelector('label[for=received]').remove());
    await frame.evaluate(() => document.getElementById('received').removeAttribute('placeholder'));
    assert.match((await findings()).join(), /label/);
    await session.done();
  }
  return ran;
}

/** Nothing is wider than the screen, and nothing that is touched is too small to be hit. */
export async function widths(browser) {
  let ran = 0;
  for (const width of WIDTHS) {
    const session = await open(browser, { viewport: { width, height: 800 } });
    const { frame } = session;
    for (const name of ['', ...Object.keys(EXAMPLES)]) {
      if (name !== '') await example(frame, name);
      const [inner, scroll] = await frame.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(scroll <= inner, `${name}: ${scroll} on ${inner}`);
      ran += 1;
    }
    // A long word breaks.
    await fill(frame, { received: 'x'.repeat(3000), headers: `a: ${'y'.repeat(3000)}`, profile: JSON.stringify({ title: 'wide', http_method: 'GET', url: `https://example.com/?${'z'.repeat(1500)}=<a>` }) });
    const [inner, scroll] = await frame.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    assert.ok(scroll <= inner, `long words: ${scroll} on ${inner}`);
    const small = await frame.evaluate(() => [...document.querySelectorAll('.tools button, .example')].filter((button) => button.getBoundingClientRect().height < (innerWidth < 640 ? 44 : 24)).length);
    assert.equal(small, 0);
    await session.done();
  }
  return ran;
}

/** The masked text lies exactly behind the field: what is typed appears where the cursor is. */
export async function overlay(browser) {
  let ran = 0;
  for (const width of WIDTHS) {
    const session = await open(browser, { viewport: { width, height: 800 } });
    const { frame } = session;
    for (const name of ['good', 'sealed', 'mistakes']) {
      await example(frame, name);
      const sizes = () => frame.evaluate(() => {
        const field = document.getElementById('profile');
        const pre = field.previousElementSibling;
        return [field.clientWidth - pre.clientWidth, Math.abs(field.scrollHeight - pre.scrollHeight), field.scrollTop - pre.scrollTop];
      });
      const [wide, high] = await sizes();
      // Behind the text the layer has one more line, for a line break at the end.
      assert.ok(wide === 0 && high <= 26, `${name} at ${width}: ${wide} ${high}`);
      await frame.evaluate(() => { document.getElementById('profile').scrollTop = 40; });
      await frame.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
      assert.equal((await sizes())[2], 0);
      ran += 1;
    }
    await session.done();
  }
  return ran;
}

/** Without a network, from a file; and with a style for those who chose their own colours. */
export async function offline(browser) {
  const session = await open(browser, { offline: true, forcedColors: 'active', reducedMotion: 'reduce' });
  const { page, frame } = session;
  assert.match(page.url(), /^file:/);
  for (const name of Object.keys(EXAMPLES)) await example(frame, name);
  await settled(frame, () => frame.click('[data-example=good]'));
  assert.equal((await read(frame)).verdict, 'opened');
  await session.done();
  return Object.keys(EXAMPLES).length;
}
