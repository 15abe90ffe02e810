// The library for browsers and workers, made once.
import core from './built/core.mjs';
import { compile } from './built/compile.mjs';
import library from './built/library.mjs';

export const { hazmat, ...main } = library(compile(core));
