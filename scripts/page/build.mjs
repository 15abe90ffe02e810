// Builds dist/callback-profile.html of the module that `make page-wasm` made: `make page`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT, SOURCES, TARGET, assemble } from './assemble.mjs';

const PACKAGE = join(ROOT, 'bindings/node');
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));

/** What takes the place of modules of Node, and of the addon. */
const REPLACED = { 'node:util': 'util.cjs', 'node:crypto': 'crypto.cjs', './addon.cjs': 'addon.cjs', './lib/addon.cjs': 'addon.cjs' };

/** Of the npm package what the page uses, as a function of its WebAssembly, as `callback-profile/wasm` is one. */
const LIBRARY = `module.exports = (compiled) => {
  require('./lib/addon.cjs').use(compiled);
  return { ...require('./lib/errors.cjs'), ...require('./lib/profile.cjs'), ...require('./lib/signing.cjs'), ...require('./lib/stored.cjs') };
};`;
const library = {
  name: 'library',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^callback-profile\/library$/ }, () => ({ path: 'library', namespace: 'library' }));
    onLoad({ filter: /./, namespace: 'library' }, () => ({ contents: LIBRARY, resolveDir: PACKAGE }));
    onResolve({ filter: /^node:|\/addon\.cjs$/ }, ({ path }) => ({ path: join(PACKAGE, 'lib/wasm', REPLACED[path] ?? assert.fail(path)) }));
    onLoad({ filter: /package\.json$/ }, () => ({ contents: JSON.stringify({ version }), loader: 'json' }));
  },
};

const { outputFiles: [{ text: script }] } = await build({
  entryPoints: [join(SOURCES, 'worker.mjs')], plugins: [library], bundle: true, write: false, format: 'iife', minify: true, target: TARGET, legalComments: 'none', charset: 'utf8',
});
const wasm = readFileSync(join(ROOT, 'build/page/callback_profile.wasm'));
const page = await assemble({ script, wasm });
mkdirSync(join(ROOT, 'dist'), { recursive: true });
writeFileSync(join(ROOT, 'dist/callback-profile.html'), page);
console.log(`page: dist/callback-profile.html has ${page.length} bytes; its module ${wasm.length}, its worker's script ${script.length}`);
