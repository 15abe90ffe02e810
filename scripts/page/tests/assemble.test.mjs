// How the page is put together: its policy, its words, and that it is the same each time.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { TEXTS } from '../../../examples/page/texts.mjs';
import { unpacked } from '../../../examples/page/lzma.mjs';
import { bytesOf, fileOf, textOf } from '../../../examples/page/one-byte.mjs';
import { ROOT, SOURCES, assemble } from '../assemble.mjs';

const made = async () => new TextDecoder('windows-1252').decode(await assemble({ script: 'postMessage(null)', wasm: Buffer.from([0, 0x61, 0x73, 0x6d]) }));
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

test('bytes are text of a file, and bytes again', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  // Every byte before every other one: what HTML reads into it depends on both.
  const pairs = Uint8Array.from({ length: 2 * 65_536 }, (_, at) => (at % 2 === 0 ? at >> 9 : at >> 1));
  const cases = [all, all.toReversed(), pairs, new Uint8Array(), Uint8Array.of(0x3d), Uint8Array.from('<!--</script><=&amp;\'\r\n\0', (character) => character.charCodeAt(0))];
  for (const bytes of cases) {
    const text = textOf(bytes);
    assert.deepEqual(bytesOf(text), bytes);
    assert.doesNotMatch(text, /[\0\r']|<[!/]|&[#A-Za-z0-9]/);
    assert.deepEqual(bytesOf(new TextDecoder('windows-1252').decode(fileOf(text))), bytes);
  }
  assert.throws(() => fileOf('\u2603'), /U\+2603/);
});

test('what liblzma packs is unpacked, whatever it is and by whatever settings', () => {
  const source = readFileSync(join(ROOT, 'examples/page/texts.mjs'));
  let state = 1;
  const noise = Uint8Array.from({ length: 5000 }, () => (state = (state * 48271) % 0x7fffffff) & 0xff);
  const inputs = [Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(100_000), Buffer.from('ab'.repeat(3000)), source, Buffer.from(noise), Buffer.concat([source, noise, source, Buffer.alloc(9000, 'abc'), source])];
  // Every setting of literals and positions that the format has.
  const program = `
import json, lzma, struct, sys
found = []
for data in map(bytes.fromhex, json.load(sys.stdin)):
    for lc, lp, pb in [(3, 0, 0), (0, 0, 0), (4, 0, 2), (0, 4, 4), (2, 2, 1), (1, 3, 3)]:
        settings = {"id": lzma.FILTER_LZMA1, "preset": 9, "lc": lc, "lp": lp, "pb": pb, "dict_size": 1 << 20}
        packed = lzma.compress(data, format=lzma.FORMAT_RAW, filters=[settings])
        found.append((struct.pack("<BIQ", (pb * 5 + lp) * 9 + lc, 1 << 20, len(data)) + packed).hex())
json.dump(found, sys.stdout)`;
  const packed = JSON.parse(execFileSync('python3', ['-c', program], { input: JSON.stringify(inputs.map((input) => Buffer.from(input).toString('hex'))), maxBuffer: 2 ** 26 }));
  assert.equal(packed.length, inputs.length * 6);
  packed.forEach((each, index) => assert.deepEqual(Buffer.from(unpacked(new Uint8Array(Buffer.from(each, 'hex')))), Buffer.from(inputs[Math.trunc(index / 6)])));
});
