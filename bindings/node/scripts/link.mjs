// Makes the platform package of an addon that `make node-build` built, in node_modules: the library loads it by the same name in the
// checkout and where it is installed. `node scripts/link.mjs`
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
for (const file of readdirSync(here).filter((name) => name.endsWith('.node'))) {
  const [, platform] = file.match(/^callback-profile\.(.+)\.node$/);
  const folder = join(here, 'node_modules', `callback-profile-${platform}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  symlinkSync(join(here, file), join(folder, file));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `callback-profile-${platform}`, main: file }));
}
