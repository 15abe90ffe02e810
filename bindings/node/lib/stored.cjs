'use strict';
// The class StoredProfile.

const { inspect } = require('node:util');
const addon = require('./addon.cjs');
const check = require('./arguments.cjs');
const { result, run } = require('./call.cjs');
const { profileOf } = require('./profile.cjs');
const { wrongType } = require('./refusals.cjs');
const { uncloneable } = require('./uncloneable.cjs');
const { visible } = require('./visible.cjs');

/** Proves to the constructor that this file calls it. */
const PRIVATE = Symbol('private');

/** The addon's handle of a stored profile; a TypeError if the argument is something else. */
let storedHandle;

const UNCLONEABLE = uncloneable('StoredProfile', 'pass on the text that it was made of, and parse it there');

class StoredProfile {
  uncloneable = UNCLONEABLE;
  #handle;
  #profile;
  #description;

  constructor(token, handle) {
    if (token !== PRIVATE) throw new TypeError('StoredProfile has no public constructor; use StoredProfile.parse');
    this.#handle = handle;
    this.#description = { __proto__: null, ...run(handle, 'describe') };
  }

  static {
    storedHandle = (stored, name) => {
      if (typeof stored !== 'object' || stored === null || !(#handle in stored)) {
        throw wrongType(name, 'a StoredProfile', stored);
      }
      return stored.#handle;
    };
  }

  static parse(stored, options) {
    const text = check.json(stored, 'stored');
    return new StoredProfile(PRIVATE, run(addon, 'parseStored', text, check.options(options, 'parse')));
  }

  static parseList(stored, options) {
    const text = check.json(stored, 'stored');
    const outcomes = run(addon, 'parseStoredList', text, check.options(options, 'parse'));
    return outcomes.map((outcome) => result(outcome, (handle) => new StoredProfile(PRIVATE, handle)));
  }

  get profile() {
    this.#profile ??= profileOf(run(this.#handle, 'profile'));
    return this.#profile;
  }

  get profileId() {
    return this.#description.profileId ?? null;
  }

  get status() {
    return this.#description.status ?? null;
  }

  get createdAt() {
    return this.#description.createdAt ?? null;
  }

  get modifiedAt() {
    return this.#description.modifiedAt ?? null;
  }

  get bodyType() {
    return this.#description.bodyType ?? null;
  }

  get dynamicVariables() {
    const { dynamicVariables } = this.#description;
    return dynamicVariables === undefined ? null : JSON.parse(dynamicVariables);
  }

  /** For JSON.stringify: key and IV masked. */
  toJSON() {
    const { profileId, status, createdAt, modifiedAt, bodyType, dynamicVariables } = this;
    return { profileId, status, createdAt, modifiedAt, bodyType, dynamicVariables, profile: this.profile.toJSON() };
  }

  [inspect.custom](_depth, options, inspect) {
    const { profileId, status, profile } = this;
    return `StoredProfile ${inspect({ profileId: profileId && visible(profileId), status, profile }, options)}`;
  }
}

module.exports = { StoredProfile, storedHandle };
