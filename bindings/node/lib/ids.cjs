'use strict';
// New ids of messages.

const addon = require('./addon.cjs');
const { run } = require('./call.cjs');
const { randomBytes } = require('./system.cjs');

/** A new id of a message. */
const newId = () => run(addon, 'newMessageId', randomBytes(16));

module.exports = { newId };
