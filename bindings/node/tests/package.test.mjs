// The tarballs as tools and bundlers see them: publint, arethetypeswrong, esbuild, webpack, and the tracer of files that Next.js and
// Vercel use. What each makes is run.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { ROOT, require } from './support.mjs';

const installed = process.env.CALLBACK_PROFILE_INSTALLED;
const skip = !installed && 'not installed';
const modules = installed && join(installed, 'node_modules');

/** What is bundled, and what it prints. */
const PROGRAM = `import { Profile, ProfileError } from 'callback-profile';
import { gcmSeal } from 'callback-profile/hazmat';
const enc = { algo: 'AES-128-GCM', key: 'K1abcdefghijkl2P', IV: 'POabcdefghijklLY' };
const profile = Profile.parse({ title: 'bundled', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>' }, enc });
console.log(profile.open(profile.callback({ to: '+919876543210' }).body).to, gcmSeal.length);
try { Profile.parse('{'); } catch (error) { console.log(error instanceof ProfileError, error.envelope.status); }
`;
const PRINTS = '+919876543210 4\ntrue 400\n';

const folder = installed && mkdtempSync(join(installed, 'bundled-'));
const entry = folder && join(folder, 'program.mjs');
if (folder) writeFileSync(entry, PROGRAM);
/** A folder from which no package is found. */
const elsewhere = mkdtempSync(join(tmpdir(), 'callback-profile-bundled-'));
test.after(() => rmSync(elsewhere, { recursive: true }));

const run = (program) => execFileSync(process.execPath, [program], { encoding: 'utf8' });

test('four platforms, the same everywhere', () => {
  const { napi } = JSON.parse(readFileSync(join(ROOT, 'bindings/node/package.json'), 'utf8'));
  const { PLATFORMS } = require(require.resolve('callback-profile').replace('main.cjs', 'lib/native.cjs'));
  const named = napi.targets.map((target) => target.replace(/^(\w+)-unknown-linux-(\w+)$/, (_, cpu, libc) => `linux-${cpu === 'x86_64' ? 'x64' : 'arm64'}-${libc}`));
  assert.equal(named.length, 4);
  assert.deepEqual(Object.values(PLATFORMS).flat().sort(), named.sort());
  const source = readFileSync(require.resolve('callback-profile').replace('main.cjs', 'lib/native.cjs'), 'utf8');
  assert.deepEqual([...source.matchAll(/require\('callback-profile-(.*?)'\)/g)].map(([, name]) => name).sort(), named);
  const pack = readFileSync(join(ROOT, 'bindings/node/scripts/pack.mjs'), 'utf8');
  assert.deepEqual([...pack.matchAll(/^ {2}'(linux-.*?)': \{ os/gm)].map(([, name]) => name).sort(), named);
});

test('publint has nothing to say, and every package has the licence texts', { skip }, async () => {
  const { publint } = await import('publint');
  const packages = readdirSync(modules).filter((name) => name.startsWith('callback-profile'));
  assert.equal(packages.length, 2);
  for (const name of packages) {
    const { messages } = await publint({ pkgDir: join(modules, name), strict: true, pack: false });
    // "No repository": there is no public one that could be named.
    assert.deepEqual(messages.filter(({ code }) => code !== 'USE_REPOSITORY'), [], name);
    for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) {
      assert.equal(readFileSync(join(modules, name, licence), 'utf8'), readFileSync(join(ROOT, licence), 'utf8'));
    }
  }
});

test('arethetypeswrong finds nothing', { skip }, () => {
  const [tarball] = readdirSync(process.env.CALLBACK_PROFILE_DIST).filter((name) => /^callback-profile-\d.*\.tgz$/.test(name));
  const attw = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
  const { stdout, status } = spawnSync(process.execPath, [attw, '--format', 'json', join(process.env.CALLBACK_PROFILE_DIST, tarball)], { encoding: 'utf8' });
  const { analysis, problems } = JSON.parse(stdout);
  assert.deepEqual([status, problems ?? {}], [0, {}]);
  assert.deepEqual(analysis.problems, []);
  assert.deepEqual(Object.keys(analysis.entrypoints), ['.', './hazmat', './wasm', './wasm/hazmat', './package.json']);
});

for (const format of ['cjs', 'esm']) {
  test(`esbuild, ${format}: left out, it is loaded from node_modules`, { skip }, async () => {
    const outfile = join(folder, `external.${format === 'cjs' ? 'cjs' : 'mjs'}`);
    const { warnings } = await require('esbuild').build({ entryPoints: [entry], bundle: true, platform: 'node', format, outfile, external: ['callback-profile'], logLevel: 'silent' });
    assert.deepEqual(warnings, []);
    assert.equal(run(outfile), PRINTS);
  });
}

test('esbuild sees the addon: it copies it, or says that it does not know what to do with it', { skip }, async () => {
  const options = { entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile: join(elsewhere, 'bundle.cjs'), logLevel: 'silent' };
  await assert.rejects(require('esbuild').build(options), /No loader is configured for "\.node" files/);
  await require('esbuild').build({ ...options, loader: { '.node': 'copy' } });
  assert.equal(readdirSync(elsewhere).filter((name) => name.endsWith('.node')).length, 1);
  assert.equal(run(options.outfile), PRINTS);
});

test('esbuild for a page: nothing of Node is in it, and it runs where there is nothing of Node', { skip }, async () => {
  const contents = PROGRAM.replace(/^import (.*) from '(.*)';$/gm, "const $1 = require('$2');");
  const { metafile, outputFiles: [{ text }] } = await require('esbuild').build({ stdin: { contents, resolveDir: folder }, bundle: true, platform: 'browser', format: 'iife', write: false, metafile: true, logLevel: 'silent' });
  const inputs = Object.keys(metafile.inputs).map((name) => name.replace(/.*callback-profile\//, ''));
  assert.deepEqual(inputs.filter((name) => /\.node$|^lib\/(?!wasm\/)/.test(name)), []);
  assert.ok(inputs.includes('wasm/build/core.cjs'));
  const printed = [];
  const page = createContext({ WebAssembly, TextDecoder, TextEncoder, atob, crypto, console: { log: (...words) => printed.push(words.join(' ')) } });
  runInContext(text, page);
  assert.equal(`${printed.join('\n')}\n`, PRINTS);
});

test('webpack: left out, it is loaded from node_modules; bundled, the build fails and not the program', { skip }, async () => {
  const webpack = require('webpack');
  const options = { mode: 'production', target: 'node20', entry, output: { path: folder, filename: 'webpack.cjs' } };
  const build = promisify((settings, done) => webpack(settings, done));
  const external = await build({ ...options, externals: [/^callback-profile/], externalsType: 'commonjs' });
  assert.deepEqual(external.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  assert.equal(run(join(folder, 'webpack.cjs')), PRINTS);
  const bundled = await build({ ...options, output: { path: elsewhere, filename: 'webpack.cjs' } });
  assert.match(bundled.toString('errors-only'), /callback-profile\.linux-\w+-\w+\.node/);
});

test('what a tracer of files finds is enough to run', { skip }, async () => {
  const { nodeFileTrace } = require('@vercel/nft');
  const { fileList, warnings } = await nodeFileTrace([entry], { base: installed });
  assert.deepEqual([...warnings].filter((warning) => !/callback-profile-linux/.test(warning.message)), []);
  assert.equal([...fileList].filter((name) => name.endsWith('.node')).length, 1);
  for (const name of fileList) {
    mkdirSync(dirname(join(elsewhere, 'traced', name)), { recursive: true });
    cpSync(join(installed, name), join(elsewhere, 'traced', name));
  }
  assert.ok(!existsSync(join(elsewhere, 'traced/node_modules/esbuild')));
  assert.equal(run(join(elsewhere, 'traced', entry.slice(installed.length + 1))), PRINTS);
});
