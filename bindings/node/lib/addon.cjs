'use strict';
// The native addon of this machine, loaded once.

module.exports = require('./native.cjs').load();
