'use strict';
// What the core has none of: the clock, and the operating system's random numbers.

const { randomBytes } = require('node:crypto');

/** The time in seconds since 1970. */
const now = () => Math.floor(Date.now() / 1000);

module.exports = { now, randomBytes };
