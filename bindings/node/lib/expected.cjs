'use strict';
// What is expected of a sealed callback.

const addon = require('./addon.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');
const { now } = require('./system.cjs');

const METHODS = addon.optionNames().method;

/** A whole number of seconds, without the digits that a JavaScript number cannot keep. */
function seconds(value, name) {
  if (typeof value !== 'number') throw wrongType(name, 'a number', value);
  if (!Number.isSafeInteger(value) || value < 0) throw wrongValue(`${name} must be a whole number from 0`);
  return value;
}

function string(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'a string or null', value);
  if (!value.isWellFormed()) throw wrongValue(`${name} must not hold a lone surrogate`);
  return value;
}

function method(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'a string or null', value);
  if (!METHODS.includes(value)) throw wrongValue(`${name} must be ${METHODS.map((known) => `'${known}'`).join(' or ')}, or null`);
  return value;
}

/** The decisions, each with its check: none has a default. */
const DECISIONS = { tolerance: seconds, method, url: string, profileId: string };

/** The checked members; null, the decision not to check, is left out. Without a time it is that of the call. */
function expected(value, name) {
  if (typeof value !== 'object' || value === null) throw wrongType(name, 'an object', value);
  const checked = Object.create(null);
  for (const member of Object.keys(value)) {
    if (member !== 'now' && !Object.hasOwn(DECISIONS, member)) {
      throw wrongValue(`${name} must not have other members than ${Object.keys(DECISIONS).join(', ')}, now`);
    }
  }
  for (const [member, check] of Object.entries(DECISIONS)) {
    const decision = Object.hasOwn(value, member) ? value[member] : undefined;
    if (decision === undefined) throw wrongValue(`${name}.${member} must be given; null is the decision not to check it`);
    if (decision !== null) checked[member] = check(decision, `${name}.${member}`);
  }
  const time = Object.hasOwn(value, 'now') ? value.now ?? undefined : undefined;
  if (time !== undefined) checked.now = seconds(time, `${name}.now`);
  return checked;
}

/** The settings of opening, with a time in what is expected. */
function timed(settings, at, member = 'expected') {
  const { [member]: of } = settings;
  if (of === undefined || of.now !== undefined) return settings;
  return { __proto__: null, ...settings, [member]: { __proto__: null, ...of, now: at ?? now() } };
}

module.exports = { expected, seconds, timed };
