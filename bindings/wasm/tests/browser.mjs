// The package in headless Chromium, as a user has it: `node browser.mjs <checkout> <folder of tarballs> <folder of tools>`.
//
// The shared cases on a page; the files of the package without a bundler, on a page and in a worker; and what esbuild, webpack and vite
// make of a program without any setting.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const [root, dist, tools] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(tools, 'package.json'))('playwright-core');
const ofNode = createRequire(join(root, 'bindings/node/package.json'));
const { version } = ofNode('./package.json');
const PRINTED = readFileSync(join(here, 'browser/printed.txt'), 'utf8').trimEnd();

const folder = mkdtempSync(join(tmpdir(), 'callback-profile-browser-'));
const out = join(folder, 'out');
mkdirSync(out);
writeFileSync(join(folder, 'package.json'), '{ "name": "somebody", "private": true, "type": "module" }\n');
execFileSync('npm', ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error', join(dist, `callback-profile-${version}.tgz`)],
  { cwd: folder, stdio: 'inherit' });
cpSync(join(here, 'browser/program.mjs'), join(folder, 'program.mjs'));

/** Files of `folder` over HTTP; everything else is not found. */
const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json' };
const server = createServer((request, response) => {
  const file = join(folder, new URL(request.url, 'http://localhost').pathname);
  if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': `${TYPES[file.split('.').pop()]}; charset=utf-8` }).end(readFileSync(file));
});
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
console.log(`chromium ${browser.version()}`);

/** What a page prints, once: `script` is the text of its only script. Whatever else it says is an error. */
async function printedBy(name, script) {
  writeFileSync(join(out, `${name}.html`), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>${name}</title>${script}`);
  const page = await browser.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(`${error.stack}`));
  page.on('requestfailed', (request) => said.push(`${request.url()} failed`));
  let printed;
  const done = new Promise((print) => { printed = print; });
  await page.exposeFunction('printed', (text) => printed(text));
  await page.goto(`${origin}/out/${name}.html`);
  const text = await Promise.race([done, new Promise((_, reject) => { setTimeout(() => reject(new Error(`${name} printed nothing: ${said.join('\n')}`)), 120_000); })]);
  await page.close();
  assert.deepEqual(said, [], name);
  return text;
}

let bundles = 0;
async function runs(name, script) {
  assert.equal(await printedBy(name, script), PRINTED, name);
  console.log(`${name}: as it should`);
  bundles += 1;
}

async function sharedCases() {
  const data = (path) => JSON.stringify(readFileSync(join(root, path), 'utf8'));
  const suites = [...readFileSync(join(root, 'bindings/node/tests/shared.test.mjs'), 'utf8').matchAll(/cases\('(\w+)'\)/g)].map(([, suite]) => suite);
  const files = [...new Set([...suites, 'schema', 'catalogue'])].map((suite) => `testdata/${suite}.json`);
  const support = `const files = {${files.map((file) => `${JSON.stringify(file)}: ${data(file)}`).join()}};
    export const SURFACE = 'chromium';
    export const read = (path) => files[path];
    export const cases = (suite) => JSON.parse(read(\`testdata/\${suite}.json\`));`;
  const replaced = {
    name: 'replaced',
    setup(build) {
      build.onResolve({ filter: /^node:test$/ }, () => ({ path: join(here, 'browser/test.mjs') }));
      build.onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: join(here, 'browser/assert.mjs') }));
      build.onResolve({ filter: /^\.\/support\.mjs$/ }, () => ({ path: 'support', namespace: 'given' }));
      build.onLoad({ filter: /.*/, namespace: 'given' }, () => ({ contents: support }));
    },
  };
  cpSync(join(root, 'bindings/node/tests/shared.test.mjs'), join(folder, 'shared.test.mjs'));
  await ofNode('esbuild').build({
    stdin: { contents: "import './shared.test.mjs'; import { runAll } from 'node:test'; const lines = []; const { log } = console; console.log = (line) => lines.push(line); const { ran, failed } = await runAll(); console.log = log; globalThis.printed(JSON.stringify({ lines, ran, failed }));", resolveDir: folder },
    bundle: true, format: 'esm', platform: 'browser', outfile: join(out, 'shared.js'), inject: [join(here, 'browser/buffer.mjs')], plugins: [replaced], logLevel: 'warning',
  });
  const { lines, ran, failed } = JSON.parse(await printedBy('shared', '<script type="module" src="shared.js"></script>'));
  console.log(lines.join('\n'));
  assert.deepEqual(failed, []);
  assert.ok(ran >= 19 && lines.filter((line) => /^count \S+ chromium ran=[1-9]\d* refused=\d+ failed=0$/.test(line)).length >= 17, `${ran} tests`);
}

async function withoutBundler() {
  const names = ['', '/wasm', '/hazmat'].map((name) => [`callback-profile${name}`, `/node_modules/callback-profile/wasm/${name === '/hazmat' ? 'hazmat' : 'index'}.mjs`]);
  const map = `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(names) })}</script>`;
  await runs('files', `${map}<script type="module" src="/program.mjs"></script>`);
}

async function esbuild() {
  for (const format of ['esm', 'iife']) {
    // An immediate function cannot wait, so that the program, which does, becomes one that is called.
    const contents = format === 'esm' ? readFileSync(join(folder, 'program.mjs'), 'utf8') : readFileSync(join(folder, 'program.mjs'), 'utf8').replace(/(?<=gcmSeal.*;\n)[^]*/, '(async () => {$&})();');
    await ofNode('esbuild').build({ stdin: { contents, resolveDir: folder }, bundle: true, minify: true, platform: 'browser', format, outfile: join(out, `esbuild-${format}.js`), logLevel: 'warning' });
    await runs(`esbuild-${format}`, `<script ${format === 'esm' ? 'type="module" ' : ''}src="esbuild-${format}.js"></script>`);
  }
  await ofNode('esbuild').build({ entryPoints: [join(folder, 'program.mjs')], bundle: true, platform: 'browser', format: 'esm', outfile: join(out, 'worker.js'), logLevel: 'warning', banner: { js: 'globalThis.printed = (text) => postMessage(text);' } });
  await runs('module-worker', "<script type=\"module\">new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => printed(data);</script>");
}

async function webpack() {
  const build = promisify((settings, done) => ofNode('webpack')(settings, done));
  for (const target of ['web', 'webworker']) {
    const stats = await build({ mode: 'production', target, entry: join(folder, 'program.mjs'), output: { path: out, filename: `webpack-${target}.js` }, performance: false });
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  }
  await runs('webpack', '<script src="webpack-web.js"></script>');
  writeFileSync(join(out, 'webpack-worker.js'), "globalThis.printed = (text) => postMessage(text); importScripts('webpack-webworker.js');\n");
  await runs('webpack-webworker', "<script>new Worker('webpack-worker.js').onmessage = ({ data }) => printed(data);</script>");
}

async function vite() {
  const { build } = await import(pathToFileURL(createRequire(join(tools, 'package.json')).resolve('vite')).href);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/program.mjs"></script>');
  await build({ root: folder, base: '/out/vite/', configFile: false, logLevel: 'warn', build: { outDir: join(out, 'vite'), target: 'es2022', chunkSizeWarningLimit: 10_000 } });
  const [, script] = readFileSync(join(out, 'vite/index.html'), 'utf8').match(/src="([^"]+)"/);
  await runs('vite', `<script type="module" src="${script}"></script>`);
}

try {
  await sharedCases();
  await withoutBundler();
  await esbuild();
  await webpack();
  await vite();
  assert.equal(bundles, 7);
  console.log(`count bundles chromium ran=${bundles} refused=0 failed=0`);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
