'use strict';
// The functions of the package that are no class's members.

const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { run } = require('./call.cjs');
const { profileOf } = require('./profile.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');
const { randomBytes } = require('./system.cjs');

function parseRequest(request, options) {
  if (typeof request !== 'object' || request === null) throw wrongType('request', 'an object', request);
  const own = { __proto__: null, ...request };
  const sid = check.string(own.sid, 'request.sid');
  const headers = check.headers(own.headers, 'request.headers');
  const payload = check.json(own.payload, 'request.payload');
  return profileOf(run(addon, 'parseRequest', sid, headers, payload, check.options(options, 'parse')));
}

function addressVerdict(address) {
  const verdict = run(addon, 'addressVerdict', check.string(address, 'address'));
  if (verdict === null) throw wrongValue('address must be an IPv4 or IPv6 address');
  return verdict;
}

function destination(callback) {
  if (typeof callback !== 'object' || callback === null) throw wrongType('callback', 'a callback', callback);
  const { url } = { __proto__: null, ...callback };
  const found = run(addon, 'destination', check.string(url, 'callback.url'));
  if (found === null) throw wrongValue('callback.url must be the URL of a callback');
  return found;
}

const schema = () => JSON.parse(run(addon, 'schemaText'));

const catalogue = () => JSON.parse(run(addon, 'catalogueText'));

/** Random bytes that are asked for: a key and an IV take at most 48, and one in 32 is passed over. */
const KEYGEN_BYTES = 128;

/** The bytes that the caller gave, or new ones. */
const randomOf = (options, count) => check.options(options, 'keygen').random ?? randomBytes(count);

function keygen(algorithm, options) {
  check.string(algorithm, 'algorithm');
  return JSON.parse(run(addon, 'keygen', algorithm, randomOf(options, KEYGEN_BYTES)));
}

function keygenSealed(kid, options) {
  return JSON.parse(run(addon, 'keygenSealed', check.string(kid, 'kid'), randomOf(options, 32)));
}

const keygenSigning = (options) => run(addon, 'keygenSigning', randomOf(options, 48));

module.exports = { addressVerdict, catalogue, destination, keygen, keygenSealed, keygenSigning, parseRequest, schema };
