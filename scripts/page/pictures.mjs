// The pictures of docs/page.md: `make page-pictures`. They are made smaller where pngquant is installed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './assemble.mjs';
import { example, launch, open } from './browser/harness.mjs';

/** A phone, a tablet and a desk, with what each shows. */
const PICTURES = [
  { file: 'page-desk.png', name: 'tag', width: 1280, height: 1220, colorScheme: 'light' },
  { file: 'page-tablet.png', name: 'mistakes', width: 820, height: 1180, colorScheme: 'dark' },
  { file: 'page-phone.png', name: 'good', width: 390, height: 1700, colorScheme: 'light' },
];

const browser = await launch();
try {
  for (const { file, name, width, height, colorScheme } of PICTURES) {
    const { page, frame, context } = await open(browser, { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    await example(frame, name);
    await frame.evaluate(() => document.activeElement.blur());
    const path = join(ROOT, 'docs/images', file);
    await page.screenshot({ path, animations: 'disabled' });
    const { error } = spawnSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', path, '64', path]);
    console.log(`page: ${file}${error === undefined ? '' : ', not made smaller: there is no pngquant'}`);
    await context.close();
  }
} finally {
  await browser.close();
}
