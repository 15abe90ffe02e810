'use strict';
// The class KeyRing.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { run } = require('./call.cjs');
const { detailsOf, receiving, requestOf } = require('./details.cjs');
const { timed } = require('./expected.cjs');
const { profileHandle, profileOf } = require('./profile.cjs');
const { uncloneable } = require('./uncloneable.cjs');
const { visible } = require('./visible.cjs');

/** Proves to the constructor that this file calls it. */
const PRIVATE = Symbol('private');

class KeyRing {
  uncloneable = uncloneable('KeyRing', 'fill another one there');
  #handle;

  constructor(token, handle) {
    if (token !== PRIVATE) throw new TypeError('KeyRing has no public constructor; use KeyRing.byHeader or KeyRing.byQuery');
    this.#handle = handle;
  }

  static byHeader(name, options) {
    return ringOf(true, name, options);
  }

  static byQuery(name, options) {
    return ringOf(false, name, options);
  }

  add(id, profile) {
    run(this.#handle, 'add', check.string(id, 'id'), profileHandle(profile, 'profile'));
  }

  remove(id) {
    const handle = run(this.#handle, 'remove', check.string(id, 'id'));
    return handle === null ? null : profileOf(handle);
  }

  get ids() {
    return run(this.#handle, 'ids');
  }

  open(headers, body, options) {
    const settings = check.options(options, 'openByKey');
    const { id, version, inTurn, details } = run(this.#handle, 'open', requestOf(headers, body, settings), timed(settings));
    return { id, version, inTurn, ...detailsOf(details, settings) };
  }

  receive(headers, body, options) {
    const { args, settings } = receiving(headers, body, options);
    const { verified, opened } = run(this.#handle, 'receive', ...args);
    const { id: keyId, version, inTurn, details } = opened;
    return { ...verified, keyId, version, inTurn, ...detailsOf(details, settings) };
  }

  [inspect.custom](_depth, options, inspect) {
    return `KeyRing ${inspect({ ids: this.ids.map(visible) }, options)}`;
  }
}

function ringOf(isHeader, name, options) {
  const { tryInTurn = false, refuseV1 = false } = check.options(options, 'keyRing');
  return new KeyRing(PRIVATE, run(addon, 'newKeyRing', isHeader, check.string(name, 'name'), tryInTurn, refuseV1));
}

module.exports = { KeyRing };
