// Makes the JavaScript of `callback-profile/wasm`, in wasm/built/: `node scripts/wasm.mjs`, after `make wasm`.
//
// core.*       the WebAssembly as base64 in a module. A file beside it would have to be fetched, and the calls of this package do not
//              wait; and every bundler knows what to do with a module, without a setting.
// library.*    the same library as main.cjs, as a function of the compiled WebAssembly, for engines without the modules of Node.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const core = join(here, '../../build/wasm/callback_profile.wasm');
const built = join(here, 'wasm/built');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const esbuild = createRequire(import.meta.url)('esbuild');

/** What takes the place of modules of Node, and of the addon. */
const REPLACED = { 'node:util': 'util.cjs', 'node:crypto': 'crypto.cjs' };
const replaced = {
  name: 'replaced',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path: join(here, 'lib/wasm', REPLACED[path]) }));
    build.onResolve({ filter: /\/addon\.cjs$/ }, ({ path, importer }) => (importer.includes(join('lib', 'wasm')) || importer === '<stdin>' ? undefined : { path, namespace: 'given' }));
    build.onLoad({ filter: /.*/, namespace: 'given' }, () => ({ contents: 'module.exports = addon;' }));
    build.onLoad({ filter: /package\.json$/ }, () => ({ contents: JSON.stringify({ version }), loader: 'json' }));
  },
};

const { outputFiles: [{ text: code }] } = await esbuild.build({
  stdin: { contents: "module.exports = { ...require('./main.cjs'), hazmat: require('./hazmat.cjs') };", resolveDir: here, sourcefile: '<stdin>' },
  bundle: true, format: 'cjs', platform: 'neutral', target: 'es2022', mainFields: [], minifySyntax: true, minifyWhitespace: true,
  legalComments: 'none', plugins: [replaced], write: false, logLevel: 'warning',
});
const { outputFiles: [{ text: addon }] } = await esbuild.build({
  stdin: { contents: "module.exports = require('./lib/wasm/addon.cjs').addonOf;", resolveDir: here },
  bundle: true, format: 'cjs', platform: 'neutral', target: 'es2022', minifySyntax: true, minifyWhitespace: true, legalComments: 'none', write: false, logLevel: 'warning',
});

/** The library of a `WebAssembly.Module`. */
const library = `function library(core) {
const module = { exports: {} };
(function () {${addon}})();
const addon = module.exports(core);
module.exports = {};
(function () {${code}})();
return module.exports;
}`;
const { outputFiles: [{ text: compile }] } = await esbuild.build({
  stdin: { contents: "import file from './lib/wasm/compile.cjs'; export const { compile } = file;", resolveDir: here },
  bundle: true, format: 'esm', platform: 'neutral', target: 'es2022', write: false,
});

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
copyFileSync(core, join(built, 'callback_profile.wasm'));
const base64 = readFileSync(core).toString('base64');
const write = (name, text) => writeFileSync(join(built, name), text);
write('core.cjs', `'use strict';\nmodule.exports = '${base64}';\n`);
write('core.mjs', `export default '${base64}';\n`);
write('library.cjs', `'use strict';\nmodule.exports = ${library};\n`);
write('library.mjs', `export default ${library}\n`);
write('compile.mjs', compile);
