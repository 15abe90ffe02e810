// Sizes, and the times of four calls by WebAssembly and by the native addon, in turns in one process: `node scripts/wasm/bench.mjs`, after
// `make node-build wasm`. Prints the tables of docs/web.md.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const node = join(dirname(fileURLToPath(import.meta.url)), '../../bindings/node');
const require = createRequire(join(node, 'main.cjs'));
const [native, wasm] = [require('callback-profile'), require('callback-profile/wasm')];
assert.deepEqual([native.backend, wasm.backend], ['native', 'wasm']);

const ROUNDS = 15;
/** Of a round of one of the two, in milliseconds. */
const SHARE = 60;

const PAYLOAD = {
  title: 'Bench', http_method: 'POST', url: 'https://example.com/sms',
  body: { status: '<status>', to: '<recipient>', id: '<id>', at: '<at>', price: '<price>' },
  enc: { algo: 'AES-128-GCM', key: 'q8Zr2LmV0xTb6NcY', IV: 'POabcdefghijklLY', params: ['status', 'to', 'id', 'at', 'price'] },
};
const RECORD = { status: 'DELIVERED', recipient: '+919876543210', id: '8f14e45fceea167a5a36dedd4bea2543', at: '2026-01-31T12:00:00Z', price: '0.0042' };
const TEXT = JSON.stringify(PAYLOAD);

/** The calls that are measured, of one of the two. */
function calls({ Cipher, Profile }) {
  const profile = Profile.parse(TEXT);
  const { body } = profile.callback(RECORD);
  const strange = new Cipher('AES-128-CFB', 'OTHERKEYCANARY00', PAYLOAD.enc.IV).encrypt(RECORD.recipient);
  assert.deepEqual(profile.open(body).to, RECORD.recipient);
  return {
    parse: () => Profile.parse(TEXT),
    callback: () => profile.callback(RECORD),
    open: () => profile.open(body),
    diagnose: () => profile.diagnose(strange),
  };
}

/** Nanoseconds of a call, over as many as take the share of time. */
function time(call) {
  let times = 0;
  const start = process.hrtime.bigint();
  const end = start + BigInt(SHARE) * 1_000_000n;
  let now = start;
  while (now < end) {
    for (let at = 0; at < 20; at += 1) call();
    times += 20;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / times;
}

/** What other programs of the machine take only adds. */
const least = (list) => Math.min(...list);
const shown = (number) => Math.round(number).toLocaleString('en-US');

function sizes() {
  const core = readFileSync(join(node, 'wasm/callback_profile.wasm'));
  const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
  const files = { 'wasm/callback_profile.wasm': core, 'wasm/build/library.mjs': readFileSync(join(node, 'wasm/build/library.mjs')) };
  console.log('| file | bytes | gzip -9 | brotli 11 |\n|---|---:|---:|---:|');
  for (const [name, bytes] of Object.entries(files)) {
    console.log(`| \`${name}\` | ${shown(bytes.length)} | ${shown(gzipSync(bytes, { level: 9 }).length)} | ${shown(brotli(bytes))} |`);
  }
  assert.ok(statSync(join(node, 'wasm/build/core.cjs')).size > core.length);
}

function times() {
  const both = [calls(wasm), calls(native)];
  console.log('\n| call | WebAssembly, ns | native, ns | ratio |\n|---|---:|---:|---:|');
  for (const name of Object.keys(both[0])) {
    const rounds = both.map(() => []);
    for (const of of both) time(of[name]);
    for (let round = 0; round < ROUNDS; round += 1) both.forEach((of, at) => rounds[at].push(time(of[name])));
    const [slow, fast] = rounds.map(least);
    console.log(`| \`${name}\` | ${shown(slow)} | ${shown(fast)} | ${(slow / fast).toFixed(2)} |`);
  }
}

sizes();
times();
console.log(`\n${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(1)}; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}`);
