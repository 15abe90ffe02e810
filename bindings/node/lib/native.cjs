'use strict';
// Finds the prebuilt addon of this machine, or reports which package is missing. It never compiles and never downloads.

const { version } = require('../package.json');

/** The platform packages by `${process.platform}-${process.arch}`; on Linux the C library decides between two. */
const PLATFORMS = {
  'linux-x64': ['linux-x64-gnu', 'linux-x64-musl'],
  'linux-arm64': ['linux-arm64-gnu', 'linux-arm64-musl'],
  'darwin-x64': ['darwin-x64'],
  'darwin-arm64': ['darwin-arm64'],
  'win32-x64': ['win32-x64-msvc'],
  'win32-arm64': ['win32-arm64-msvc'],
};

function load(machine = `${process.platform}-${process.arch}`, from = require) {
  const tried = [];
  for (const platform of PLATFORMS[machine] ?? []) {
    // `make node-build` writes the first; a published package has only the second.
    for (const source of [`../callback-profile.${platform}.node`, `callback-profile-${platform}`]) {
      try {
        return checked(from(source), source);
      } catch (error) {
        tried.push({ source, error });
      }
    }
  }
  throw explained(machine, tried);
}

function checked(addon, source) {
  const found = addon.version();
  if (found !== version) {
    throw new Error(`${source} has version ${found}, but callback-profile has ${version}: install both again`);
  }
  return addon;
}

function explained(machine, tried) {
  const lines = [`callback-profile ${version} could not load its native addon on ${machine} (Node ${process.version}).`];
  const broken = tried.filter(({ error }) => error.code !== 'MODULE_NOT_FOUND');
  if (tried.length === 0) {
    lines.push(`There is no prebuilt addon for this machine. Prebuilt: ${Object.values(PLATFORMS).flat().join(', ')}.`);
  } else if (broken.length > 0) {
    lines.push(...broken.map(({ source, error }) => `${source}: ${error.message}`));
  } else {
    const names = PLATFORMS[machine].map((platform) => `callback-profile-${platform}`);
    lines.push(
      `Its platform package is not installed: ${names.join(' or ')}, of the same version. It is an optional dependency;`,
      'these leave it out: npm install --omit=optional, node_modules copied from another system, and a lock file that',
      'was made on another system by an npm with npm/cli#4828. Remove node_modules and the lock file and install again,',
      'or name the package as a dependency of your own. If no release has it, build it: make node-pack in the sources.',
    );
  }
  return new Error(lines.join('\n'), { cause: broken[0]?.error ?? tried[0]?.error });
}

module.exports = { load, PLATFORMS };
