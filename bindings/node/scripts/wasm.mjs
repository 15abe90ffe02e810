// Makes what the entries of `callback-profile/wasm` are made of, in wasm/: `node scripts/wasm.mjs`, after `scripts/wasm/build`.
//
// callback_profile.wasm   for engines that fetch it or, as workerd, take it as a module. It is beside the entry, so that with a bundler
//                         that does not know `new URL(…, import.meta.url)` it can be copied beside the bundle.
// build/core.cjs          the same as base64 in a module, for those that cannot wait: bundlers and tracers of files follow it without a
//                         setting, and Deno asks for no permission to read it.
// build/library.*         what main.cjs and hazmat.cjs export, as a function of the compiled WebAssembly, without any module of Node's.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const core = join(here, '../../build/wasm/callback_profile.wasm');
const made = join(here, 'wasm/build');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const esbuild = createRequire(import.meta.url)('esbuild');

/** What takes the place of modules of Node, and of the addon. */
const REPLACED = { 'node:util': 'util.cjs', 'node:crypto': 'crypto.cjs', './addon.cjs': 'addon.cjs', './lib/addon.cjs': 'addon.cjs' };
const replaced = {
  name: 'replaced',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:|\/addon\.cjs$/ }, ({ path }) => ({ path: join(here, 'lib/wasm', REPLACED[path] ?? assert.fail(path)) }));
    onLoad({ filter: /package\.json$/ }, () => ({ contents: JSON.stringify({ version }), loader: 'json' }));
  },
};

const LIBRARY = `module.exports = (compiled) => {
  require('./lib/addon.cjs').use(compiled);
  return { ...require('./main.cjs'), hazmat: require('./hazmat.cjs') };
};`;

rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
for (const [format, name] of [['cjs', 'library.cjs'], ['esm', 'library.mjs']]) {
  await esbuild.build({
    stdin: { contents: LIBRARY, resolveDir: here, sourcefile: 'library.cjs' },
    bundle: true, format, platform: 'neutral', target: 'es2022', mainFields: [], legalComments: 'none', plugins: [replaced],
    outfile: join(made, name), logLevel: 'warning',
  });
  assert.doesNotMatch(readFileSync(join(made, name), 'utf8'), /['"]node:|\bprocess\.|callback-profile-linux/, `${name} is not free of Node`);
}
copyFileSync(core, join(here, 'wasm/callback_profile.wasm'));
writeFileSync(join(made, 'core.cjs'), `'use strict';\nmodule.exports = '${readFileSync(core).toString('base64')}';\n`);
