// The library for workers that compile no WebAssembly themselves: the runtime gives the module.
import core from './callback_profile.wasm';
import library from './build/library.mjs';

export const { hazmat, ...main } = library(core);
