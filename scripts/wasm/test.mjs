// The npm package's tests of the shared cases, signatures and errors, with WebAssembly in the place of the native addon; and what only
// WebAssembly has: traps, lost instances, addresses that were not given. `node scripts/wasm/test.mjs`
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const node = join(root, 'bindings/node');
/** Those that ask the library for answers; the others are about the native package: its addon, its files, its threads. */
const TESTS = ['shared', 'vectors', 'diagnosis', 'sealing', 'signing', 'many', 'properties'];

const folder = mkdtempSync(join(tmpdir(), 'callback-profile-wasm-'));
try {
  const installed = join(folder, 'node_modules/callback-profile');
  mkdirSync(installed, { recursive: true });
  for (const name of ['lib', 'main.cjs', 'main.mjs', 'main.d.cts', 'hazmat.cjs', 'hazmat.mjs', 'hazmat', 'package.json']) cpSync(join(node, name), join(installed, name), { recursive: true });
  cpSync(join(root, 'build/wasm/callback_profile.test.wasm'), join(installed, 'callback_profile.wasm'));
  const load = `'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const addon = require('./wasm/addon.cjs');
addon.use(new WebAssembly.Module(readFileSync(join(__dirname, '../callback_profile.wasm'))));
`;
  writeFileSync(join(installed, 'lib/addon.cjs'), `${load}module.exports = addon;\n`);
  writeFileSync(join(installed, 'lib/native.cjs'), "'use strict';\nmodule.exports = { load: () => require('./addon.cjs') };\n");
  for (const name of ['ajv', 'fast-check', 'typescript']) symlinkSync(join(node, 'node_modules', name), join(folder, 'node_modules', name));
  cpSync(join(node, 'tests'), join(folder, 'tests'), { recursive: true });
  cpSync(join(root, 'scripts/wasm/traps.test.mjs'), join(folder, 'tests/traps.test.mjs'));
  const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...[...TESTS, 'traps'].map((name) => `tests/${name}.test.mjs`)], {
    cwd: folder, stdio: 'inherit', env: { ...process.env, CALLBACK_PROFILE_ROOT: root, CALLBACK_PROFILE_SURFACE: 'wasm' },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
