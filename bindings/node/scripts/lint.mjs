// Generated files, versions, types. Run by `make node-lint` after a build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
assert.doesNotMatch(read('index.d.ts'), /::|\bcrate\b|const enum/, 'index.d.ts speaks Rust');

// One version everywhere.
assert.equal(readFileSync(join(root, 'Cargo.toml'), 'utf8').match(/^version = "(.*)"/m)[1], version);
assert.equal(JSON.parse(read('package-lock.json')).version, version);
assert.doesNotMatch(read('package-lock.json'), /"resolved"/, 'package-lock.json names a registry');

// Types: the examples and the checked JavaScript, against the hand-written declarations.
const tsc = (...args) => execFileSync('npm', ['exec', '--offline', '--', 'tsc', ...args], { cwd: here, stdio: 'inherit' });
tsc('--project', 'tests/types');
console.log('node-lint: index.d.ts is fresh, one version, types check');
