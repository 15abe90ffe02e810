// What runs where the native addon is missing, does not load, or is of another version; and what is said.
import assert from 'node:assert/strict';
import test from 'node:test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAYLOAD, RECORD } from './support.mjs';

const modules = join(process.env.CALLBACK_PROFILE_INSTALLED, 'node_modules');
const platform = `${process.platform}-${process.arch}-${process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`;
const name = `callback-profile-${platform}`;

/** A program's output and warnings, beside an addon's package whose main file has this text; without a text there is none. */
function run(addon) {
  const folder = join(modules, name);
  rmSync(folder, { recursive: true, force: true });
  if (addon !== undefined) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'main.js' }));
    writeFileSync(join(folder, 'main.js'), addon);
  }
  const program = `const { backend, Profile } = require('callback-profile');
    const profile = Profile.parse(${JSON.stringify(PAYLOAD)});
    console.log(backend, profile.open(profile.callback(${JSON.stringify(RECORD)}).body).to);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: join(modules, '..'), encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  assert.equal(status, 0, stderr);
  return { stdout, stderr };
}

test('without the package of the platform, WebAssembly runs and nothing is said', () => {
  assert.deepEqual(run(undefined), { stdout: `wasm ${RECORD.recipient}\n`, stderr: '' });
});

test('where the addon does not load, WebAssembly runs and a warning says why', () => {
  const { stdout, stderr } = run("throw new Error('GLIBC_2.99 not found');");
  assert.equal(stdout, `wasm ${RECORD.recipient}\n`);
  assert.match(stderr, new RegExp(`CALLBACK_PROFILE_WASM.*could not load.*${name}: GLIBC_2\\.99 not found\\nWebAssembly runs in its place`, 's'));
});

test('an addon of another version is not run', () => {
  const { stdout, stderr } = run("exports.version = () => '0.0.1';");
  assert.equal(stdout, `wasm ${RECORD.recipient}\n`);
  assert.match(stderr, new RegExp(`${name} has version 0\\.0\\.1`));
});
