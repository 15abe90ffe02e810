// Puts the page together: one file, whose policy names its script and its style by their hashes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transformSync } from 'esbuild';
import { unpacked } from '../../examples/page/lzma.mjs';
import { bytesOf, fileOf, textOf } from '../../examples/page/one-byte.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const SOURCES = join(ROOT, 'examples/page');

/** Browsers of 2023 and newer: `isWellFormed`, `toSorted`. */
export const TARGET = ['chrome111', 'firefox119', 'safari16.4'];

const read = (name) => readFileSync(join(SOURCES, name), 'utf8');
const styleOf = (name) => transformSync(read(name), { loader: 'css', minify: true, target: TARGET }).code.trim();
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Text as HTML, between tags and in attributes within double quotes. */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  .replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`);

/** A template with every `{{name}}` filled. */
function filled(name, template, values) {
  return template.replace(/\{\{(\w+)\}\}/g, (_whole, key) => {
    if (!Object.hasOwn(values, key)) throw new Error(`${name} names {{${key}}}, which there is not`);
    return values[key];
  });
}

const options = (names) => Object.entries(names).map(([value, text]) => `<option value="${value}">${escaped(text)}</option>`).join('');

/** The policy of the page. */
function policyOf(script, styles) {
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${styles.map(hash).join(' ')}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types callback-profile-worker',
  ].join('; ');
}

/**
 * The script of the worker and the module, as the page unpacks them: the script's length in four bytes, the script, the module. LZMA,
 * since it makes them a fifth smaller than what browsers can undo by themselves.
 */
function packed(script, wasm) {
  const length = Buffer.alloc(4);
  const bytes = Buffer.from(script);
  length.writeUInt32BE(bytes.length);
  const whole = Buffer.concat([length, bytes, wasm]);
  const text = textOf(execFileSync('python3', [join(ROOT, 'scripts/page/pack.py')], { input: whole, maxBuffer: 2 ** 24 }));
  assert.deepEqual(Buffer.from(unpacked(bytesOf(text))), whole, 'what is packed can be unpacked');
  return text;
}

/** The texts that scripts use; those of the markup are in it already. */
const usedTexts = {
  name: 'used-texts',
  setup({ onLoad }) {
    onLoad({ filter: /\/texts\.mjs$/ }, async ({ path }) => {
      const { TEXTS, fill } = await import(path);
      const scripts = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith('.mjs')).map(read).join('\n');
      const used = Object.entries(TEXTS).filter(([name]) => new RegExp(`TEXTS\\.${name}\\b`).test(scripts));
      return { contents: `export const TEXTS = ${JSON.stringify(Object.fromEntries(used))}; export const fill = ${fill};` };
    });
  },
};

/** A script of the page in one text, of ASCII alone. */
async function bundled(name) {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [join(SOURCES, name)], plugins: [usedTexts], bundle: true, write: false, format: 'iife', minify: true, target: TARGET, legalComments: 'none',
    charset: 'ascii',
  });
  return inline(text.trim());
}

/** A script within HTML. No text of ours holds the end of a script or of a comment. */
function inline(script) {
  if (/<\/script|<!--/i.test(script)) throw new Error('the script holds what would end it');
  return script;
}

/** The page as one HTML file in windows-1252, around the worker's script and the module. */
export async function assemble({ script: workerScript, wasm }) {
  const { TEXTS } = await import(join(SOURCES, 'texts.mjs'));
  const script = await bundled('main.mjs');
  const [style, frameStyle] = [styleOf('style.css'), styleOf('frame.css')];
  const texts = Object.fromEntries(Object.entries(TEXTS).filter(([, text]) => typeof text === 'string').map(([name, text]) => [name, escaped(text)]));
  const page = filled('page.html', read('page.html').replace(/^ +/gm, ''), {
    ...texts, style, script, unpack: await bundled('unpack.mjs'), core: packed(workerScript, wasm),
    encodingOptions: options(TEXTS.encodingNames), tagOptions: options(TEXTS.tagNames), policyOptions: options(TEXTS.policyNames), kindOptions: options(TEXTS.kindNames),
  });
  // In an attribute within single quotes, which minified script hardly has; an ampersand before anything else begins no reference.
  const srcdoc = page.replace(/&(?=[#A-Za-z0-9])/g, '&amp;').replaceAll("'", '&#39;');
  const template = read('frame.html').replace(' srcdoc="{{page}}"', " srcdoc='{{page}}'");
  return fileOf(filled('frame.html', template, { ...texts, style: frameStyle, page: srcdoc, policy: policyOf(script, [style, frameStyle]) }));
}
