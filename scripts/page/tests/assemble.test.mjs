// How the page is put together: its policy, its words, and that it is the same each time.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { TEXTS } from '../../../examples/page/texts.mjs';
import { SOURCES, assemble } from '../assemble.mjs';

const made = () => assemble({ script: 'postMessage(null)', wasm: Buffer.from([0, 0x61, 0x73, 0x6d]) });
const sources = () => readdirSync(SOURCES, { recursive: true }).filter((name) => /\.(mjs|html)$/.test(name)).map((name) => readFileSync(join(SOURCES, name), 'utf8'));

test('the policy names script and styles by their hashes, and nothing else', async () => {
  const html = await made();
  const policy = html.match(/Content-Security-Policy" content="([^"]*)"/)[1];
  const page = html.match(/srcdoc='([^']*)'/)[1].replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const script = page.match(/<script>([^]*?)<\/script>/)[1];
  const styles = [page, html.slice(0, html.indexOf('srcdoc'))].map((text) => text.match(/<style>([^]*?)<\/style>/)[1]);
  assert.equal(policy, `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${styles.map(hash).join(' ')}; worker-src blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types callback-profile-worker`);
  assert.match(html, /<iframe title="[^"]+" sandbox="allow-scripts" srcdoc='/);
  const outer = html.replace(/srcdoc='[^']*'/, '');
  assert.doesNotMatch(outer, /<script/);
  // Nothing is loaded from anywhere, and no style or handler is written into the markup.
  assert.doesNotMatch(outer + page.replace(script, ''), /\s(?:src|href|style|on\w+|action)\s*=/);
  assert.equal(await made(), html);
});

test('no source makes markup of text', () => {
  for (const text of sources()) assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|\beval\(|new Function|localStorage|sessionStorage|indexedDB|console\./);
});

test('every text is used, and every text that is used is there', () => {
  const all = sources().join('\n');
  const names = Object.keys(TEXTS);
  const isUsed = (name) => all.includes(`TEXTS.${name}`) || all.includes(`{{${name}}}`) || all.includes(`{{${name.replace('Names', 'Options')}}}`);
  assert.deepEqual(names.filter((name) => !isUsed(name)), []);
  const used = [...all.matchAll(/TEXTS\.(\w+)/g)].map(([, name]) => name);
  assert.deepEqual(used.filter((name) => !names.includes(name)), []);
  assert.ok(names.length > 80, `${names.length}`);
});
