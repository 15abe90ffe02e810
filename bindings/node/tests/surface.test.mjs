// The names of this package against the surface table in testdata/catalogue.json, both ways.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as library from 'callback-profile';
import * as hazmat from 'callback-profile/hazmat';
import { cases } from './support.mjs';

/** Members that every class or error has. */
const COMMON = new Set(['constructor', 'length', 'name', 'prototype']);

/** The own static and prototype members of a class; symbols are for Node's own use. */
const membersOf = (type) => [type, type.prototype].flatMap(Object.getOwnPropertyNames).filter((name) => !COMMON.has(name));

const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** Everything that the package exports: `parseRequest`, `Profile`, `Profile.parse`, `hazmat.gcmSeal`. */
function exported() {
  const names = Object.keys(hazmat).map((name) => `hazmat.${name}`);
  for (const [name, value] of Object.entries(library)) {
    names.push(name);
    if (isClass(value)) names.push(...membersOf(value).map((member) => `${name}.${member}`));
  }
  return [...new Set(names)].sort();
}

test('the package exports exactly the names of the surface table', () => {
  const { surface } = cases('catalogue');
  const listed = [...new Set(surface.flatMap(({ node }) => node))].sort();
  assert.ok(listed.length > 60, `only ${listed.length} names`);
  assert.deepEqual(listed, exported());
});
