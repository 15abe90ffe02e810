// The README's code is run unchanged: every block that begins with a file name, in ESM, CommonJS and TypeScript. So are the examples that
// editors show of the typings.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { blocks, examples, expectedLines } from './readme-blocks.mjs';
import { PACKAGE, require } from './support.mjs';

const programs = blocks(readFileSync(join(PACKAGE, 'README.md'), 'utf8'));
// Beside the tests, so that the package is found by its name.
const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'readme-'));
test.after(() => rmSync(folder, { recursive: true }));

test('the README has the quick start in three languages, and the programs of a day in their order', () => {
  assert.deepEqual(programs.map(({ name }) => name), ['quickstart.mjs', 'quickstart.cjs', 'quickstart.ts', 'register.mjs', 'store.mjs', 'send.mjs', 'signing.mjs', 'sealing.mjs', 'opening.mjs', 'web.mjs', 'changing.mjs', 'diagnosis.mjs', 'wasm.mjs']);
});

const hovers = examples(readFileSync(join(PACKAGE, 'main.d.cts'), 'utf8'));

test('the typings have examples', () => {
  assert.deepEqual(hovers.map(({ name }) => name), ['Profile.mjs', 'Signer.mjs', 'KeyRing.mjs']);
});

for (const { name, code } of [...programs, ...hovers]) {
  // In the checkout, the temporary folder's package.json hides the package's name from TypeScript.
  const skip = name.endsWith('.ts') && !process.env.CALLBACK_PROFILE_INSTALLED && 'not installed';
  test(name, { skip }, () => {
    let program = join(folder, name);
    writeFileSync(program, code);
    if (name.endsWith('.ts')) {
      for (const module of ['module', 'commonjs']) {
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: module }));
        execFileSync(process.execPath, [join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '--strict', '--noEmitOnError',
          '--module', 'nodenext', '--target', 'es2022', '--types', 'node', '--isolatedModules', '--exactOptionalPropertyTypes', program], { stdio: 'inherit' });
        program = program.replace(/ts$/, 'js');
        check(program, code);
        program = join(folder, name);
      }
      return;
    }
    check(program, code);
  });
}

/** `console.log` prints the text of the comment beside it. */
function check(program, code) {
  const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' }).trimEnd().split('\n');
  assert.deepEqual(printed, expectedLines(code));
}
