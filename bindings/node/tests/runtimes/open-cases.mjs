// testdata/open.json without a test framework, for any runtime: `open-cases.mjs <checkout> <name of the runtime>
// <what must run>`. It prints the count.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CallbackProfileError, Profile, backend } from 'callback-profile';

const [checkout, runtime, expected] = process.argv.slice(2);
assert.equal(backend, expected);
const cases = JSON.parse(readFileSync(join(checkout, 'testdata/open.json'), 'utf8'));

const pick = (one, ...names) => Object.fromEntries(names.filter((name) => name in one).map((name) => [name, one[name]]));
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

function check(one) {
  const limits = Object.fromEntries(Object.entries(one.limits ?? {}).map(([name, value]) => [camel(name), value]));
  const profile = Profile.parse(one.profile, { ...pick(one, 'encoding', 'tag', 'reading'), limits });
  const received = 'received_hex' in one ? Buffer.from(one.received_hex, 'hex') : one.received;
  const options = { contentType: one.content_type, ...pick(one, 'structures', 'absent') };
  if (one.error === undefined) {
    assert.equal(profile.openJson(received, options), one.opened);
    assert.deepEqual(profile.open(received, { ...options, prototypeNames: true }), JSON.parse(one.opened));
    return;
  }
  assert.throws(() => profile.openJson(received, options), (error) => {
    assert.ok(error instanceof CallbackProfileError);
    assert.deepEqual([error.name, error.code, error.parameter ?? undefined], [one.class, one.error, one.parameter]);
    return true;
  });
}

let [ran, opened] = [0, 0];
const failed = [];
for (const one of cases) {
  ran += 1;
  if (one.error === undefined) opened += 1;
  try {
    check(one);
  } catch (error) {
    failed.push(`${one.name}: ${error.message}`);
  }
}
console.log(`count open ${runtime} ran=${ran} refused=0 failed=${failed.length}`);
assert.deepEqual(failed, []);
assert.ok(ran >= 1193 && opened >= 365 && ran > opened, `${ran} cases, ${opened} opened`);
