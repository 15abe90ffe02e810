// Builds dist/callback-profile.html of the module that `make page-wasm` made: `make page`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT, SOURCES, TARGET, assemble } from './assemble.mjs';

const WORKER = join(ROOT, 'scripts/page/worker');

/** The npm package with WebAssembly in place of its addon, and without Node. */
const inBrowser = {
  name: 'in-browser',
  setup({ onResolve }) {
    const leads = (filter, path) => onResolve({ filter }, () => ({ path }));
    leads(/^callback-profile$/, join(ROOT, 'bindings/node/main.cjs'));
    leads(/^\.\/addon\.cjs$/, join(WORKER, 'addon.cjs'));
    leads(/^node:util$/, join(WORKER, 'util.cjs'));
    leads(/^node:crypto$/, join(WORKER, 'crypto.cjs'));
  },
};

/** The worker's script, which runs when the first message has brought the module. */
async function workerScript() {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [join(SOURCES, 'worker.mjs')], plugins: [inBrowser], bundle: true, write: false, format: 'iife', minify: true, target: TARGET, legalComments: 'none', charset: 'utf8',
  });
  return `addEventListener("message",({data})=>{globalThis.CALLBACK_PROFILE_WASM=data;${text}},{once:true});`;
}

const wasm = readFileSync(join(ROOT, 'build/page/callback_profile.wasm'));
const html = await assemble({ script: await workerScript(), wasm });
mkdirSync(join(ROOT, 'dist'), { recursive: true });
writeFileSync(join(ROOT, 'dist/callback-profile.html'), html);
console.log(`page: dist/callback-profile.html has ${Buffer.byteLength(html)} bytes; its module ${wasm.length}`);
