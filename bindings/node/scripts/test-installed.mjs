// Installs the tarballs in an empty folder, as a user would, and runs the tests there. `node scripts/test-installed.mjs <folder> [file …]`;
// files of tests/, such as package.test.mjs, run those alone. With `--wasm` the addon's package is not there, as on a machine for which
// there is none, so that WebAssembly runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tarballsOf } from './tarballs.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(here, '../..');
const isWasm = process.argv.includes('--wasm');
const [dist, ...chosen] = process.argv.slice(2).filter((argument) => argument !== '--wasm').map((argument, index) => (index === 0 ? resolve(argument) : argument));
/** What is of the addon alone, or of the tarballs, or of the examples. */
const NATIVE = ['fastify', 'frameworks', 'members', 'native', 'package', 'services', 'examples'].map((name) => `${name}.test.mjs`);
/** What is of WebAssembly alone. */
const WASM = ['wasm.test.mjs'];
const { devDependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'callback-profile-installed-'));
try {
  writeFileSync(join(folder, 'package.json'), '{ "name": "somebody", "private": true }\n');
  // --offline: our packages need nothing from any registry.
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error',
    ...(isWasm ? ['--omit=optional', tarballsOf(dist)[0]] : tarballsOf(dist))],
    { cwd: folder, stdio: 'inherit' });
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (installed.length !== (isWasm ? 1 : 2)) throw new Error(`installed: ${installed}`);

  // What the tests compare with; linked, so that their own dependencies are found.
  for (const name of Object.keys(devDependencies).filter((name) => !name.startsWith('@napi-rs'))) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(here, 'node_modules', name), join(folder, 'node_modules', name));
  }
  cpSync(join(here, 'tests'), join(folder, 'tests'), { recursive: true });
  cpSync(join(root, 'examples/node'), join(folder, 'examples'), { recursive: true });

  const tests = readdirSync(join(folder, 'tests')).filter((name) => name.endsWith('.test.mjs') && !(isWasm ? NATIVE : WASM).includes(name))
    .filter((name) => chosen.length === 0 || chosen.includes(name)).map((name) => join('tests', name));
  const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...tests], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, CALLBACK_PROFILE_ROOT: root, CALLBACK_PROFILE_INSTALLED: folder, CALLBACK_PROFILE_DIST: dist },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
