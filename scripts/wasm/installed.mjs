// The npm package alone, installed from its tarball in an empty folder, as on a machine for which there is no native addon.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { version } = JSON.parse(readFileSync(new URL('../../bindings/node/package.json', import.meta.url), 'utf8'));

/** The folder; the caller removes it. --offline: the package needs nothing from any registry. */
export function installed(dist) {
  const folder = mkdtempSync(join(tmpdir(), 'callback-profile-wasm-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "somebody", "private": true }\n');
  execFileSync('npm', ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error', join(dist, `callback-profile-${version}.tgz`)],
    { cwd: folder, stdio: 'inherit' });
  const packages = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (`${packages}` !== 'callback-profile') throw new Error(`installed: ${packages}`);
  return folder;
}
