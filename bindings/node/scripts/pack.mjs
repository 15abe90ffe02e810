// Makes the tarballs: the package, and one package per addon. `node scripts/pack.mjs <folder> [<folder of addons>]`
// Without the second, the addons are those that are here. Beside an addon may lie a folder of its platform's name, with further
// licence texts, and the text LICENSE-THIRD-PARTY of what the WebAssembly is linked with.
//
// The package depends on exactly those platform packages that are packed with it, so that npm asks no registry for a
// package that this release does not have. A release job gathers the addons of all machines here first.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(here, '../..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));
const addons = resolve(process.argv[3] ?? here);

const LIMITS = {
  'linux-x64-gnu': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-arm64-gnu': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'linux-x64-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'linux-arm64-musl': { os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
};

const { devDependencies, napi, scripts, ...manifest } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const stage = mkdtempSync(join(tmpdir(), 'callback-profile-pack-'));
const licences = readdirSync(root).filter((name) => name.startsWith('LICENSE-'));

function pack(name, files, json) {
  const folder = join(stage, name);
  for (const [from, to] of files) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(from, join(folder, to));
  }
  for (const licence of licences) copyFileSync(join(root, licence), join(folder, licence));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(json, null, 2)}\n`);
  const tarball = join(out, `${name}-${json.version}.tgz`);
  rmSync(tarball, { force: true });
  const [{ size, unpackedSize, files: packed }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', out], { cwd: folder, encoding: 'utf8' }),
  );
  console.log(`${tarball}: ${size} bytes packed, ${unpackedSize} unpacked, ${packed.length} files`);
}

mkdirSync(out, { recursive: true });
const platforms = Object.keys(LIMITS).filter((name) => existsSync(join(addons, `callback-profile.${name}.node`)));
if (platforms.length === 0) throw new Error('there is no addon here; run make node-build');

for (const platform of platforms) {
  const file = `callback-profile.${platform}.node`;
  const readme = join(stage, `${platform}.md`);
  const name = `callback-profile-${platform}`;
  writeFileSync(readme, `# ${name}\n\nThe native addon of [callback-profile](../callback-profile) for ${platform}. Not for use on its own.\n`);
  const further = existsSync(join(addons, platform)) ? readdirSync(join(addons, platform)) : [];
  pack(name, [[join(addons, file), file], [readme, 'README.md'], ...further.map((text) => [join(addons, platform, text), text])], {
    name,
    version: manifest.version,
    description: `The native addon of callback-profile for ${platform}.`,
    license: manifest.license,
    type: 'commonjs',
    main: file,
    files: [file, 'LICENSE-*'],
    engines: manifest.engines,
    ...LIMITS[platform],
  });
}

if (!existsSync(join(here, 'wasm/build/core.cjs'))) throw new Error('there is no WebAssembly here; run make wasm');
const filesOf = (folder) => readdirSync(join(here, folder), { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
const own = ['README.md', 'hazmat/package.json', ...readdirSync(here).filter((name) => /^(main|hazmat)\./.test(name)),
  ...['lib', 'lib/wasm', 'wasm', 'wasm/hazmat', 'wasm/build'].flatMap(filesOf)];
const optionalDependencies = Object.fromEntries(platforms.map((name) => [`callback-profile-${name}`, manifest.version]));
const notices = join(addons, 'LICENSE-THIRD-PARTY');
const further = existsSync(notices) ? [[notices, 'LICENSE-THIRD-PARTY']] : [];
pack('callback-profile', [...own.map((name) => [join(here, name), name]), ...further], { ...manifest, optionalDependencies });
rmSync(stage, { recursive: true });
