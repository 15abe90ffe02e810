// The shared cases of diagnosis and of opening in part; shared.test.mjs has the others.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect, isDeepStrictEqual } from 'node:util';
import { DecryptionError, Profile } from 'callback-profile';
import { published } from './published.mjs';
import { SURFACE, cases } from './support.mjs';

test('published texts have one of their causes first', () => {
  let ran = 0;
  const failed = [];
  for (const { one, profile, options, exceptions } of published()) {
    const [finding] = profile.diagnose(one.text, options).findings;
    if (one.causes.includes(finding.cause) === exceptions.includes(one.id)) failed.push(`${one.id} ${inspect(finding)}`);
    ran += 1;
  }
  console.log(`count diagnosis-published ${SURFACE} ran=${ran} refused=0 failed=${failed.length}`);
  assert.deepEqual([failed, ran], [[], 266]);
});

/** The payload of a case that has `enc` alone. */
const BARE = { title: 'diagnosis', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>' } };

test('our own texts have one of their causes first', () => {
  let ran = 0;
  const failed = [];
  for (const one of cases('diagnosis')) {
    const { payload, enc, encoding, tag, reading, texts, expected: expect, parameter, body, content_type: contentType } = one;
    const also = one.also?.map((other) => Profile.parse({ ...BARE, enc: other }));
    const [found] = Profile.parse(payload ?? { ...BARE, enc }, { encoding, tag, reading })
      .diagnose(texts, { expect, also, parameter, body, contentType }).findings;
    const isRight = one.causes.includes(found.cause)
      && ['grade', 'settings'].every((name) => !(name in one) || isDeepStrictEqual(found[name], one[name]));
    if (!isRight) failed.push(`${one.name} ${inspect(found)}`);
    ran += 1;
  }
  console.log(`count diagnosis ${SURFACE} ran=${ran} refused=0 failed=${failed.length}`);
  assert.deepEqual(failed, []);
  assert.ok(ran >= 3079, `only ${ran}`);
});

test('partial.json', () => {
  const list = cases('partial');
  let refused = 0;
  for (const one of list) {
    const options = { partial: true };
    for (const name of ['structures', 'absent']) if (name in one) options[name] = one[name];
    const whole = Profile.parse(one.profile);
    if ('error' in one) {
      refused += 1;
      assert.throws(() => whole.openDetails(one.received, options), { code: one.error }, one.name);
      continue;
    }
    const { values, failed, unknown } = whole.openDetails(one.received, options);
    assert.equal(JSON.stringify(values), JSON.stringify(JSON.parse(one.opened)), one.name);
    assert.deepEqual(Object.entries(failed), one.failed, one.name);
    if ('unknown' in one) assert.deepEqual(unknown, one.unknown, one.name);
    const { partial, ...others } = options;
    if (one.failed.length > 0) assert.throws(() => whole.openDetails(one.received, others), DecryptionError, one.name);
    else assert.deepEqual(whole.openDetails(one.received, others).failed, {}, one.name);
  }
  console.log(`count partial ${SURFACE} ran=${list.length} refused=${refused} failed=0`);
  assert.deepEqual([list.length, refused], [25, 2]);
});
