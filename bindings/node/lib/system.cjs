'use strict';
// What the core has none of: the clock, and the operating system's random numbers.

const { randomBytes, randomInt } = require('node:crypto');

/** What ids are made of after their prefix. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The time in seconds since 1970. */
const now = () => Math.floor(Date.now() / 1000);

/** A new id: `msg_` and 22 random letters and digits, 130 bits. */
const newId = () => `msg_${Array.from({ length: 22 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;

module.exports = { newId, now, randomBytes };
