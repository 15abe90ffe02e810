// Generated files, versions, types, imports. Run by `make node-lint` after a build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(here, '../..');
const read = (path) => readFileSync(join(here, path), 'utf8');
const { version } = JSON.parse(read('package.json'));

// The typings of the native half: written anew into another file and compared with the committed one.
const folder = mkdtempSync(join(tmpdir(), 'callback-profile-lint-'));
try {
  execFileSync('npm', ['exec', '--offline', '--', 'napi', 'build', '--platform', '--no-js', '--no-const-enum',
    '--output-dir', folder, '--dts', 'index.d.ts'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
  const fresh = readFileSync(join(folder, 'index.d.ts'), 'utf8');
  assert.equal(read('index.d.ts'), fresh, 'index.d.ts is stale: run make node-build and commit it');
} finally {
  rmSync(folder, { recursive: true });
}
assert.doesNotMatch(read('index.d.ts'), /::|\bcrate\b|const enum/, 'index.d.ts has Rust names');

// One version everywhere.
assert.equal(readFileSync(join(root, 'Cargo.toml'), 'utf8').match(/^version = "(.*)"/m)[1], version);
assert.equal(JSON.parse(read('package-lock.json')).version, version);
assert.doesNotMatch(read('package-lock.json'), /"resolved"/, 'package-lock.json names a registry');

// No circle of imports. The function is tried on a circle first, so that it cannot pass by finding nothing.
function circle(graph, path) {
  const [file] = path.slice(-1);
  if (path.indexOf(file) < path.length - 1) return path;
  return graph[file].map((next) => circle(graph, [...path, next])).find((found) => found);
}
assert.deepEqual(circle({ a: ['b'], b: ['c'], c: ['b'] }, ['a']), ['a', 'b', 'c', 'b']);
const files = ['main.cjs', 'hazmat.cjs', ...['lib', 'wasm'].flatMap((folder) => readdirSync(join(here, folder), { recursive: true })
  .filter((name) => name.endsWith('.cjs') && !name.startsWith('build/')).map((name) => `${folder}/${name}`))];
const imports = (file) => [...read(file).matchAll(/require\('(\.[^']*\.cjs)'\)/g)].map(([, path]) => join(dirname(file), path));
const graph = Object.fromEntries(files.map((file) => [file, imports(file).filter((name) => !name.startsWith('wasm/build/'))]));
for (const file of files) assert.equal(circle(graph, [file]), undefined);
assert.ok(Object.values(graph).flat().length > 20, 'the imports were not found');

// Types: the examples and the checked JavaScript, against the hand-written declarations.
const tsc = (...args) => execFileSync('npm', ['exec', '--offline', '--', 'tsc', ...args], { cwd: here, stdio: 'inherit' });
tsc('--project', 'tests/types');
tsc('--project', 'tests/types/web.tsconfig.json');

// WebAssembly has what the native addon has, but for what tests alone call and what only Node-API is fast with; and nothing of Node's.
const functions = (text) => [...text.matchAll(/^export declare (?:function|class) (\w+)/gm)].map(([, name]) => name);
const native = functions(read('index.d.ts')).filter((name) => !/^test|Handle$|^ExternalObject$|^(callback|body)OfMembers$/.test(name));
const [, wasm] = read('lib/wasm/addon.cjs').match(/module\.exports = \{(.*)\};/s);
for (const name of native) assert.match(wasm, new RegExp(`^  ${name}[:,]`, 'm'), `lib/wasm/addon.cjs has no ${name}`);
assert.ok(native.length > 30, `only ${native.length} functions`);
const OF_NODE = /node:|\bprocess\b|__dirname|\bBuffer\b/;
assert.match(read('lib/system.cjs'), OF_NODE);
for (const file of files.filter((name) => /^(lib\/)?wasm\//.test(name))) {
  const code = read(file).replace(/^\s*(\/\/|\/?\*).*$/gm, '').replace(/globalThis\.Buffer/g, '');
  assert.doesNotMatch(code, OF_NODE, `${file} is for browsers too`);
}
console.log(`node-lint: index.d.ts is fresh, one version, no circle in ${files.length} files, types check`);
