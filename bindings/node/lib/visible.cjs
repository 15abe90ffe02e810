'use strict';
// Names that come from outside, shown so that nobody can forge a log line with them: as the core's messages show them.

const addon = require('./addon.cjs');

/** A name with every character escaped that is not shown as itself; what follows the 256th is left out. */
const visible = (name) => addon.visible(name);

module.exports = { visible };
