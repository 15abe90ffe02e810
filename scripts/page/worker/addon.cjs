'use strict';
// In place of the native addon: WebAssembly, whose module the page gave to the worker before anything of it ran.

const addon = require('../../../bindings/node/lib/wasm/addon.cjs');

addon.use(new WebAssembly.Module(globalThis.CALLBACK_PROFILE_WASM));

module.exports = addon;
