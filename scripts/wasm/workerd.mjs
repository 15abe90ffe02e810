// The npm package in workerd, the runtime of Cloudflare's workers, which compiles no WebAssembly at run time: a worker that is bundled by
// the condition `workerd`, with the module given by the configuration, as wrangler does. `node scripts/wasm/workerd.mjs <folder of tarballs>`
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { installed } from './installed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const binary = join(root, `build/wasm-browsers/node_modules/@cloudflare/workerd-linux-${process.arch === 'arm64' ? 'arm64' : '64'}/bin/workerd`);
const folder = installed(resolve(process.argv[2]));

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (compatibilityDate = "2026-01-01", modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "callback_profile.wasm", wasm = embed "callback_profile.wasm"),
  ]))],
  sockets = [(name = "http", address = "127.0.0.1:0", service = "main")],
);
`;

const program = readFileSync(join(here, 'browser/program.mjs'), 'utf8');
const split = program.indexOf('const enc');
// Random numbers and timers are for requests alone.
writeFileSync(join(folder, 'entry.mjs'), `${program.slice(0, split)}
import { keygen } from 'callback-profile';
const work = () => new Promise((resolve) => { globalThis.printed = resolve;\n${program.slice(split)}});
export default { fetch: async () => new Response(\`\${await work()} \${keygen('AES-128-GCM').key.length}\`) };
`);
await createRequire(join(root, 'bindings/node/package.json'))('esbuild').build({
  entryPoints: [join(folder, 'entry.mjs')], bundle: true, format: 'esm', platform: 'neutral', conditions: ['workerd', 'worker', 'browser'],
  external: ['*.wasm'], outfile: join(folder, 'worker.mjs'), logLevel: 'warning',
});
cpSync(join(folder, 'node_modules/callback-profile/wasm/callback_profile.wasm'), join(folder, 'callback_profile.wasm'));
writeFileSync(join(folder, 'config.capnp'), CONFIG);

const server = spawn(binary, ['serve', '--control-fd=3', 'config.capnp'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
try {
  const port = await new Promise((found, failed) => {
    server.once('exit', (code) => failed(new Error(`workerd ended with ${code}`)));
    createInterface({ input: server.stdio[3] }).on('line', (line) => {
      const { event, port: listening } = JSON.parse(line);
      if (event === 'listen') found(listening);
    });
  });
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const expected = readFileSync(join(here, 'browser/printed.txt'), 'utf8').trimEnd();
  assert.deepEqual([response.status, await response.text()], [200, `${expected} 16`]);
  console.log('count bundles workerd ran=1 refused=0 failed=0');
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
