'use strict';
// The library with the core as WebAssembly, for whoever cannot wait: CommonJS, and so Node, Deno and Bun.

const { compile } = require('../lib/wasm/compile.cjs');
const core = require('./build/core.cjs');
const library = require('./build/library.cjs');

const { hazmat, ...main } = library(compile(core));

module.exports = main;
// Not enumerable, so that it is no name of the package.
Object.defineProperty(module.exports, 'hazmat', { value: hazmat });
