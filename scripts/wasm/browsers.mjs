// The npm package in headless Chromium, as a user has it: `node scripts/wasm/browsers.mjs <folder of tarballs> [--bundles]`.
//
// The shared cases on a page, by the package's own files; those files without a bundler; and what esbuild, webpack and vite make of a
// program. --bundles leaves out the cases. Debian's Chromium; the driver and vite are kept in build/.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { open } from './browser/page.mjs';
import { installed } from './installed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const [dist] = process.argv.slice(2);
const tools = join(root, 'build/wasm-browsers');
mkdirSync(tools, { recursive: true });
cpSync(join(here, 'browser/package.json'), join(tools, 'package.json'));
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--prefer-offline'], { cwd: tools, stdio: 'inherit' });
if (!process.env.CHROMIUM && !existsSync('/usr/bin/chromium')) execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });

const ofNode = createRequire(join(root, 'bindings/node/package.json'));
const PRINTED = readFileSync(join(here, 'browser/printed.txt'), 'utf8').trimEnd();
const folder = installed(resolve(dist));
const out = join(folder, 'out');
mkdirSync(out);
cpSync(join(here, 'browser/program.mjs'), join(folder, 'program.mjs'));
const WASM = join(folder, 'node_modules/callback-profile/wasm/callback_profile.wasm');
const { close, printedAt, printedBy } = await open(folder, tools);

/** The entries of a page by their names, for a browser without a bundler. */
const importMap = (base = '/') => {
  const file = { '': 'index', '/wasm': 'index', '/hazmat': 'hazmat', '/wasm/hazmat': 'hazmat' };
  const imports = Object.fromEntries(Object.entries(file).map(([name, entry]) => [`callback-profile${name}`, `${base}node_modules/callback-profile/wasm/${entry}.mjs`]));
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
};

let bundles = 0;
function asItShould(name, text) {
  assert.equal(text, PRINTED, name);
  console.log(`${name}: as it should`);
  bundles += 1;
}
const runs = async (name, script) => asItShould(name, await printedBy(name, script));

/** The tests of the shared cases as they are, with what they use of Node replaced; the library is the package's files. */
async function sharedCases() {
  const tests = ['shared', 'cases'].map((name) => readFileSync(join(root, `bindings/node/tests/${name}.test.mjs`), 'utf8')).join('')
    + readFileSync(join(root, 'bindings/node/tests/published.mjs'), 'utf8');
  cpSync(join(root, 'bindings/node/tests'), join(folder, 'tests'), { recursive: true });
  const suites = [...tests.matchAll(/cases\('([\w/]+)'\)/g)].map(([, suite]) => suite);
  const texts = Object.fromEntries([...new Set([...suites, 'schema'])].map((suite) => [`testdata/${suite}.json`, readFileSync(join(root, `testdata/${suite}.json`), 'utf8')]));
  const own = readFileSync(join(root, 'bindings/node/tests/support.mjs'), 'utf8');
  const [constants] = own.match(/^export const KEY[^]*?(?=^\/\*\*)/m);
  const support = `${constants} const files = ${JSON.stringify(texts)};
    export const SURFACE = 'chromium';
    export const read = (path) => files[path];
    export const cases = (suite) => JSON.parse(read(\`testdata/\${suite}.json\`));`;
  const replaced = {
    name: 'replaced',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^node:test$/ }, () => ({ path: join(here, 'browser/test.mjs') }));
      onResolve({ filter: /^node:(assert\/strict|util)$/ }, () => ({ path: join(here, 'browser/assert.mjs') }));
      onResolve({ filter: /^\.\/support\.mjs$/ }, () => ({ path: 'support', namespace: 'given' }));
      onLoad({ filter: /.*/, namespace: 'given' }, () => ({ contents: support }));
    },
  };
  // That the replaced assertions see a difference is tried first.
  const contents = `import './shared.test.mjs'; import './cases.test.mjs'; import test, { runAll } from 'node:test'; import assert from 'node:assert/strict';
    test('planted', () => assert.deepEqual({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }));
    test('planted', () => assert.throws(() => { throw Object.assign(new Error(), { code: 'a' }); }, { code: 'b' }));
    test('planted', () => assert.throws(() => undefined, Error));
    globalThis.printed(JSON.stringify(await runAll()));`;
  await ofNode('esbuild').build({
    stdin: { contents, resolveDir: join(folder, 'tests') }, bundle: true, format: 'esm', platform: 'browser', outfile: join(out, 'shared.js'),
    inject: [join(here, 'browser/buffer.mjs')], external: ['callback-profile', 'callback-profile/*'], plugins: [replaced], logLevel: 'warning',
  });
  const { lines, ran, failed } = JSON.parse(await printedBy('shared', `${importMap()}<script type="module" src="shared.js"></script>`));
  console.log(lines.join('\n'));
  assert.deepEqual(failed.map((text) => text.slice(0, 200)), ['planted: {"a":[{"b":1}]} is not {"a":[{"b":2}]}', 'planted: "a" is not "b"', 'planted: nothing was thrown']);
  const counted = lines.filter((line) => /^count \S+ chromium ran=[1-9]\d* refused=\d+ failed=0$/.test(line));
  assert.deepEqual([ran, counted.length], [25, 20]);
}

async function withoutBundler() {
  await runs('files', `${importMap()}<script type="module" src="/program.mjs"></script>`);
  await runs('files-untyped', `${importMap('/untyped/')}<script type="module" src="/program.mjs"></script>`);
}

/** esbuild does not follow `new URL`: the file is copied beside the bundle. Scripts that are no modules take it by `require`. */
async function esbuild() {
  const { build } = ofNode('esbuild');
  const options = { bundle: true, minify: true, platform: 'browser', target: 'es2022', logLevel: 'warning' };
  cpSync(WASM, join(out, 'callback_profile.wasm'));
  await build({ ...options, entryPoints: [join(folder, 'program.mjs')], format: 'esm', outfile: join(out, 'esbuild.js') });
  await runs('esbuild', '<script type="module" src="esbuild.js"></script>');
  const required = readFileSync(join(folder, 'program.mjs'), 'utf8').replace(/^import (\{.*\}) from '(.*)';$/gm, (_, names, from) => `const ${names.replace(' as ', ': ')} = require('${from}');`);
  await build({ ...options, stdin: { contents: required, resolveDir: folder }, format: 'iife', outfile: join(out, 'script.js') });
  await runs('esbuild-script', '<script src="script.js"></script>');
  await build({ ...options, entryPoints: [join(folder, 'program.mjs')], format: 'esm', outfile: join(out, 'worker.js'), banner: { js: 'globalThis.printed = (text) => postMessage(text);' } });
  writeFileSync(join(out, 'start.js'), "new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => printed(data);\n");
  await runs('esbuild-worker', '<script src="start.js"></script>');
}

async function webpack() {
  const build = promisify((settings, done) => ofNode('webpack')(settings, done));
  for (const target of ['web', 'webworker']) {
    const stats = await build({ mode: 'production', target, entry: join(folder, 'program.mjs'), output: { path: join(out, target), filename: 'webpack.js' }, performance: false });
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  }
  await runs('webpack', '<script src="web/webpack.js"></script>');
  writeFileSync(join(out, 'webworker/worker.js'), "globalThis.printed = (text) => postMessage(text); importScripts('webpack.js');\n");
  writeFileSync(join(out, 'webworker/start.js'), "new Worker('webworker/worker.js').onmessage = ({ data }) => printed(data);\n");
  await runs('webpack-webworker', '<script src="webworker/start.js"></script>');
}

async function vite() {
  const { build, createServer } = await import(pathToFileURL(createRequire(join(tools, 'package.json')).resolve('vite')).href);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/program.mjs"></script>');
  await build({ root: folder, base: '/out/vite/', configFile: false, logLevel: 'warn', build: { outDir: join(out, 'vite') } });
  const [, script] = readFileSync(join(out, 'vite/index.html'), 'utf8').match(/src="([^"]+)"/);
  await runs('vite', `<script type="module" src="${script}"></script>`);
  // Its server bundles dependencies into another folder, where the file is not: it has to leave this one as it is.
  const server = await createServer({ root: folder, configFile: false, logLevel: 'warn', optimizeDeps: { exclude: ['callback-profile'] }, server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
  try {
    asItShould('vite-server', await printedAt('vite-server', `http://127.0.0.1:${server.httpServer.address().port}/`, (text) => text.startsWith('[vite]')));
  } finally {
    await server.close();
  }
}

try {
  if (!process.argv.includes('--bundles')) await sharedCases();
  await withoutBundler();
  await esbuild();
  await webpack();
  await vite();
  assert.equal(bundles, 9);
  console.log(`count bundles chromium ran=${bundles} refused=0 failed=0`);
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}
