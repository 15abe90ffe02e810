// What the shared cases use of `node:assert/strict`, for browsers.

function fail(message, found, expected) {
  const shown = (value) => JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each));
  throw new Error(message ?? `${shown(found)} is not ${shown(expected)}`);
}

/** Strictly equal, at every depth: of the same prototype, with the same own members. */
function isSame(found, expected) {
  if (Object.is(found, expected)) return true;
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null) return false;
  if (Object.getPrototypeOf(found) !== Object.getPrototypeOf(expected)) return false;
  const names = Object.keys(found);
  return names.length === Object.keys(expected).length && names.every((name) => Object.hasOwn(expected, name) && isSame(found[name], expected[name]));
}

const assert = {
  equal: (found, expected, message) => Object.is(found, expected) || fail(message, found, expected),
  deepEqual: (found, expected, message) => isSame(found, expected) || fail(message, found, expected),
  ok: (value, message = 'not ok') => value || fail(message),
  fail: (message) => fail(message),
  throws(call, expected) {
    let error;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    if (error === undefined) fail('nothing was thrown');
    if (expected.prototype instanceof Error) return assert.ok(error instanceof expected, `${error}`);
    if (typeof expected === 'function') return assert.ok(expected(error) === true);
    if (expected instanceof RegExp) return assert.ok(expected.test(`${error}`));
    Object.entries(expected).forEach(([name, value]) => assert.equal(error[name], value));
    return undefined;
  },
};

export default assert;

/** What they use of `node:util`. */
export const isDeepStrictEqual = isSame;
export const inspect = (value) => JSON.stringify(value);
