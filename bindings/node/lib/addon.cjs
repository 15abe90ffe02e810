'use strict';
// The core, loaded once: the native addon of this machine, or WebAssembly where there is none.

const { load } = require('./native.cjs');

/** The addon as WebAssembly; without it, in a checkout that has not built it, the error of the native one. */
function wasm(error) {
  let core;
  try {
    core = require('../wasm/built/core.cjs');
  } catch {
    throw error;
  }
  const { addonOf } = require('./wasm/addon.cjs');
  const { compile } = require('./wasm/compile.cjs');
  return addonOf(compile(core));
}

/** Deno asks the person at the terminal before it loads native code, unless it was allowed: WebAssembly needs no permission. */
const mayLoad = () => globalThis.Deno === undefined || globalThis.Deno.permissions.querySync({ name: 'ffi' }).state === 'granted';

function addon() {
  if (!mayLoad()) return wasm(new Error('callback-profile: native code needs --allow-ffi'));
  try {
    return load();
  } catch (error) {
    return wasm(error);
  }
}

module.exports = addon();
