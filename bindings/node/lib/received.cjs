'use strict';
// A received callback as text or bytes with its content type, whatever a framework made of it.

const { types } = require('node:util');
const check = require('./arguments.cjs');
const { wrongType, wrongValue } = require('./refusals.cjs');

/** Text or bytes and the content type of one callback. An object that a framework has parsed becomes JSON again. */
function received(profile, body, name, contentType) {
  if (typeof body === 'string' || types.isUint8Array(body)) return [check.text(body, name), contentType];
  if (body instanceof URL || body instanceof URLSearchParams) return [String(body), contentType];
  const { method } = profile;
  if (method === 'GET' || method === 'DELETE') {
    throw wrongType(name, `the URL or query of a ${method} as a string, URL or URLSearchParams`, body);
  }
  return [check.json(body, name), contentType ?? 'application/json'];
}

/** The texts or bytes of many callbacks, and the content type of all. */
function allReceived(profile, bodies, contentType) {
  let type = contentType;
  let parsed = 0;
  const texts = check.list(bodies, 'bodies', (body, name) => {
    const [text, own] = received(profile, body, name, contentType);
    if (own !== contentType) {
      type = own;
      parsed += 1;
    }
    return text;
  });
  if (parsed !== 0 && parsed !== texts.length) {
    throw wrongValue('bodies must be all parsed objects or all as received, or options.contentType be given');
  }
  return [texts, type];
}

module.exports = { allReceived, received };
