'use strict';
// The core, loaded once: the native addon of this machine, or WebAssembly where that does not load.

const native = require('./native.cjs');

/** The addon as WebAssembly. In a checkout that has not built it, the native addon's error says what is missing. */
function wasm(error) {
  let core;
  try {
    core = require('../wasm/build/core.cjs');
  } catch {
    throw error;
  }
  const addon = require('./wasm/addon.cjs');
  addon.use(require('./wasm/compile.cjs').compile(core));
  return addon;
}

/** Deno asks the person at the terminal before it loads native code, unless that was allowed: WebAssembly needs no permission. */
const mayLoad = () => globalThis.Deno === undefined || globalThis.Deno.permissions.querySync({ name: 'ffi' }).state === 'granted';

function load() {
  if (!mayLoad()) return wasm(new Error('callback-profile: native code needs --allow-ffi'));
  try {
    return native.load();
  } catch (error) {
    const addon = wasm(error);
    // A machine without an addon is nothing unusual; one that does not load is, and without a word it would only be slow.
    if (error.isBroken) process.emitWarning(`${error.message}\nWebAssembly runs in its place.`, { code: 'CALLBACK_PROFILE_WASM' });
    return addon;
  }
}

module.exports = load();
