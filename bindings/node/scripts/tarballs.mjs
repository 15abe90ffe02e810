// The tarballs of this version that this machine installs; a release folder has those of other machines too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const libc = process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'gnu';

export const tarballsOf = (dist) => ['', `${process.platform}-${process.arch}-${libc}-`].map((platform) => join(dist, `callback-profile-${platform}${version}.tgz`));
