'use strict';
// Finds the prebuilt addon of this machine, or reports which package is missing. It never compiles and never downloads.

const { version } = require('../package.json');

/** The platform packages by `${process.platform}-${process.arch}`: glibc first, then musl. */
const PLATFORMS = {
  __proto__: null,
  'linux-x64': ['linux-x64-gnu', 'linux-x64-musl'],
  'linux-arm64': ['linux-arm64-gnu', 'linux-arm64-musl'],
};

/**
 * The addon of a platform's package. Every name is written out, because bundlers and tracers of files follow only those, and is
 * within a `try`, because outside of one they refuse a package that is not installed.
 */
function addonOf(platform) {
  try {
    switch (platform) {
      case 'linux-x64-gnu': return { addon: require('callback-profile-linux-x64-gnu') };
      case 'linux-x64-musl': return { addon: require('callback-profile-linux-x64-musl') };
      case 'linux-arm64-gnu': return { addon: require('callback-profile-linux-arm64-gnu') };
      default: return { addon: require('callback-profile-linux-arm64-musl') };
    }
  } catch (error) {
    return { error };
  }
}

/** The addon. What this throws `isBroken` if an addon is there and does not load, or is of another version. */
function load(machine = `${process.platform}-${process.arch}`, from = addonOf) {
  const tried = [];
  for (const platform of PLATFORMS[machine] ?? []) {
    const { addon, error } = from(platform);
    if (error === undefined) return checked(addon, platform);
    tried.push({ platform, error });
  }
  throw explained(machine, tried);
}

function checked(addon, platform) {
  const found = addon.version();
  if (found !== version) {
    const message = `callback-profile-${platform} has version ${found}, but callback-profile has ${version}: install both again`;
    throw Object.assign(new Error(message), { isBroken: true });
  }
  return addon;
}

function explained(machine, tried) {
  const lines = [`callback-profile ${version} could not load its native addon on ${machine} (Node ${process.version}).`];
  const broken = tried.filter(({ error }) => error.code !== 'MODULE_NOT_FOUND');
  if (tried.length === 0) {
    lines.push(`There is no prebuilt addon for this machine. Prebuilt: ${Object.values(PLATFORMS).flat().join(', ')}.`);
  } else if (broken.length > 0) {
    lines.push(...broken.map(({ platform, error }) => `callback-profile-${platform}: ${error.message}`));
  } else {
    const names = tried.map(({ platform }) => `callback-profile-${platform}`);
    lines.push(
      `Its platform package was not found: ${names.join(' or ')}, of the same version. If the program was bundled, the bundler`,
      "must leave callback-profile out: esbuild --external:callback-profile, webpack externals, Next.js serverExternalPackages.",
      'Otherwise it is not installed. It is an optional dependency; these leave it out: npm install --omit=optional,',
      'node_modules copied from another system, and a lock file that was made on another system by an npm with npm/cli#4828.',
      'Remove node_modules and the lock file and install again, or name the package as a dependency of your own.',
      'If no release has it, build it: make node-pack in the sources.',
    );
  }
  return Object.assign(new Error(lines.join('\n'), { cause: broken[0]?.error ?? tried[0]?.error }), { isBroken: broken.length > 0 });
}

module.exports = { load, PLATFORMS };
