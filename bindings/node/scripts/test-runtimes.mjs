// Runs the quick start and testdata/open.json under Bun and Deno, with the package as a user has it. `node scripts/test-runtimes.mjs <dist>`
// With --wasm, as on a machine without an addon, and under Deno without a permission for native code.
//
// The runtimes are packages of npm with the binary in them, 200 MB together, so they are kept in build/. What they run at installation
// is not needed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocks, expectedLines } from '../tests/readme-blocks.mjs';
import { tarballsOf } from './tarballs.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(here, '../..');
const kept = join(root, 'build/node-runtimes');
const npm = (cwd, ...args) => execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd, stdio: 'inherit' });

mkdirSync(kept, { recursive: true });
cpSync(join(here, 'tests/runtimes/package.json'), join(kept, 'package.json'));
npm(kept, '--ignore-scripts', '--prefer-offline');
const isWasm = process.argv.includes('--wasm');
const arm = process.arch === 'arm64';
const RUNTIMES = {
  bun: { command: [join(kept, `node_modules/@oven/bun-linux-${arm ? 'aarch64' : 'x64'}/bin/bun`), 'run'], version: ['--version'] },
  deno: {
    // An addon is native code, which Deno asks the permission for. Nothing else is allowed, but for the cases to be read.
    command: [join(kept, `node_modules/@deno/linux-${process.arch}-glibc/deno`), 'run', '--no-prompt', ...(isWasm ? [] : ['--allow-ffi']), `--allow-read=${join(root, 'testdata')}`],
    version: ['--version'],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'callback-profile-runtimes-'));
try {
  writeFileSync(join(folder, 'package.json'), '{ "name": "somebody", "private": true }\n');
  const [library, addon] = tarballsOf(resolve(process.argv[2]));
  for (const name of ['open-cases.mjs', 'batches.mjs']) cpSync(join(here, 'tests/runtimes', name), join(folder, name));
  const programs = blocks(readFileSync(join(here, 'README.md'), 'utf8')).filter(({ name }) => name.startsWith('quickstart.'));
  assert.deepEqual(programs.map(({ name }) => name), ['quickstart.mjs', 'quickstart.cjs', 'quickstart.ts']);
  let ran = 0;
  for (const [name, { command: [binary, ...args], version }] of Object.entries(RUNTIMES)) {
    const run = (...more) => execFileSync(binary, [...args, ...more], { cwd: folder, encoding: 'utf8' });
    // Under Deno the addon is there in any case: the permission alone decides.
    npm(folder, '--offline', ...(isWasm && name === 'bun' ? ['--omit=optional', library] : [library, addon]));
    const surface = isWasm ? `${name}-wasm` : name;
    console.log(`${name}: ${execFileSync(binary, version, { encoding: 'utf8' }).split('\n')[0]}`);
    for (const program of programs) {
      writeFileSync(join(folder, program.name), program.code);
      assert.deepEqual(run(program.name).trimEnd().split('\n'), expectedLines(program.code), `${name} ${program.name}`);
      ran += 1;
    }
    const counted = run('open-cases.mjs', root, surface, isWasm ? 'wasm' : 'native');
    assert.match(counted, new RegExp(`^count open ${surface} ran=\\d{4} refused=0 failed=0$`, 'm'));
    process.stdout.write(counted);
    assert.equal(run('batches.mjs'), 'batches: 501 bodies\n');
    ran += 2;
  }
  assert.equal(ran, 10);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
