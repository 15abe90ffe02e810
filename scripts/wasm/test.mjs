// The npm package where its native addon is missing: installed from its tarball in an empty folder, it runs its own tests of everything
// that is not of the addon, by WebAssembly. Then what only WebAssembly has: traps, lost instances, addresses that were not given, and
// addons that do not load. `node scripts/wasm/test.mjs <folder of tarballs> [test …]`
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from './installed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const node = join(root, 'bindings/node');
const [dist, ...chosen] = process.argv.slice(2);
/** What is of the addon, of the tarballs, or of services, which do not care what runs the core. */
const NATIVE = ['examples', 'fastify', 'frameworks', 'leak', 'members', 'native', 'package', 'services'];
const OWN = ['fallback', 'traps'];

const folder = installed(resolve(dist));
try {
  const { devDependencies } = JSON.parse(readFileSync(join(node, 'package.json'), 'utf8'));
  for (const name of Object.keys(devDependencies).filter((name) => !name.startsWith('@napi-rs'))) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(node, 'node_modules', name), join(folder, 'node_modules', name));
  }
  cpSync(join(node, 'tests'), join(folder, 'tests'), { recursive: true });
  for (const name of OWN) cpSync(join(here, `${name}.test.mjs`), join(folder, `tests/${name}.test.mjs`));
  const tests = readdirSync(join(folder, 'tests')).filter((name) => name.endsWith('.test.mjs')).map((name) => name.slice(0, -'.test.mjs'.length));
  const unknown = [...NATIVE, ...OWN].filter((name) => !tests.includes(name));
  if (unknown.length > 0) throw new Error(`no such tests: ${unknown}`);
  const run = tests.filter((name) => !NATIVE.includes(name) && (chosen.length === 0 || chosen.includes(name)));
  const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...run.map((name) => `tests/${name}.test.mjs`)], {
    cwd: folder, stdio: 'inherit', env: { ...process.env, CALLBACK_PROFILE_ROOT: root, CALLBACK_PROFILE_INSTALLED: folder, CALLBACK_PROFILE_SURFACE: 'wasm' },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
