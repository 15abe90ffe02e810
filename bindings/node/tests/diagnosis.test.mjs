// Why a text does not open, beside the shared cases: what the answer holds and never shows, and the arguments.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inspect } from 'node:util';
import { Cipher, Profile, catalogue } from 'callback-profile';
import { gcmSeal } from 'callback-profile/hazmat';
import { ofEnc, published } from './published.mjs';
import { IV, KEY, PAYLOAD, require } from './support.mjs';

const GCM = ofEnc({ algo: 'AES-128-GCM', key: KEY, IV });
const CFB = ofEnc({ algo: 'AES-128-CFB', key: KEY, IV });
const OTHER = ofEnc({ algo: 'AES-128-GCM', key: 'OTHERKEYCANARY00', IV: 'OTHERIVCANARY000' });

const first = (diagnosis) => [diagnosis.findings[0].cause, diagnosis.findings[0].grade];

test('every answer has the members that are documented', () => {
  const rows = new Map(catalogue().causes.map((row) => [row.name, row]));
  const [seen, grades, settings] = [new Set(), new Set(), new Set()];
  for (const { one, profile, options } of published()) {
    const diagnosis = profile.diagnose([one.text], { ...options, show: true });
    assert.deepEqual(Object.keys(diagnosis), ['findings', 'excluded', 'judged_bytes']);
    assert.ok(diagnosis.findings.length > 0 && Number.isInteger(diagnosis.judged_bytes));
    assert.ok(diagnosis.excluded.every((cause) => rows.has(cause)));
    for (const finding of diagnosis.findings) {
      const { cause, grade, chance, detail, at_sender, at_receiver, value = '', ...rest } = finding;
      assert.deepEqual(Object.keys(rest), ['settings']);
      assert.deepEqual({ name: cause, at_sender, at_receiver }, rows.get(cause));
      assert.ok(chance === null || (chance >= 0 && chance <= 1), `${chance}`);
      assert.ok(typeof detail === 'string' && typeof value === 'string');
      seen.add(cause);
      grades.add(grade);
      for (const name of Object.keys(rest.settings ?? {})) settings.add(name);
    }
  }
  assert.deepEqual([...grades].sort(), typing('Grade').sort());
  assert.ok(seen.size >= 35, `${seen.size} causes`);
  for (const name of settings) assert.ok(typings().match(new RegExp(`interface FindingSettings \\{[^}]*\\b${name}\\?:`)), name);
  assert.ok(settings.size >= 5, [...settings].join());
});

const typings = () => readFileSync(require.resolve('callback-profile').replace(/cjs$/, 'd.cts'), 'utf8');
const typing = (name) => typings().match(new RegExp(`export type ${name} =([^;]*);`))[1].match(/\w+/g);

test('the typings name exactly the causes of the catalogue', () => {
  assert.deepEqual(typing('Cause'), catalogue().causes.map(({ name }) => name));
});

test('ES modules and CommonJS have the same call', () => {
  const { Profile: Required } = require('callback-profile');
  assert.equal(Required, Profile);
  assert.deepEqual(Required.parse(PAYLOAD).diagnose('AAAA'), Profile.parse(PAYLOAD).diagnose('AAAA'));
});

test('several texts, expected values, further profiles, a name', () => {
  const cipher = new Cipher('AES-128-CFB', KEY, IV);
  const four = ['+91987', 'READ', '42 EUR', 'Berlin'].map((value) => cipher.encrypt(value));
  assert.deepEqual(first(CFB.diagnose(four[0])), ['opens', 'none']);
  const together = CFB.diagnose(four);
  assert.deepEqual([...first(together), together.judged_bytes], ['opens', 'likely', 22]);
  const cfb8 = Profile.parse({ ...PAYLOAD, enc: { algo: 'AES-128-CFB', key: 'K1abcdefghijkl2P', IV } });
  for (const expect of ['+919876543210', ['x', '+919876543210']]) assert.deepEqual(first(cfb8.diagnose('hI0izbdzQmxjgF/+gQ==', { expect })), ['cfb8', 'proved']);

  const sealed = new Cipher('AES-128-GCM', 'OTHERKEYCANARY00', 'OTHERIVCANARY000').encrypt('+919876543210');
  assert.deepEqual(first(GCM.diagnose(sealed)), ['unknown', 'none']);
  for (const [also, profile] of [[OTHER, 0], [[CFB, OTHER], 1]]) {
    const diagnosis = GCM.diagnose(sealed, { also });
    assert.deepEqual([...first(diagnosis), diagnosis.findings[0].settings.profile], ['other_key', 'proved', profile]);
  }
  const named = gcmSeal(Buffer.from(KEY), Buffer.from(IV), Buffer.from('to'), Buffer.from('+919876543210')).toString('base64');
  assert.deepEqual(first(GCM.diagnose(named, { parameter: 'to' })), ['tag_wrong', 'proved']);
  assert.notDeepEqual(first(GCM.diagnose(named)), ['tag_wrong', 'proved']);
  assert.deepEqual(first(GCM.diagnose([])), ['unknown', 'none']);
});

test('a proved value is shown only where it is asked for', () => {
  const text = new Cipher('AES-128-GCM', KEY, IV, { tag: 'prepended' }).encrypt('+919876543210');
  assert.ok(!Object.hasOwn(GCM.diagnose(text).findings[0], 'value'));
  assert.ok(!Object.hasOwn(GCM.diagnose(text, { show: false }).findings[0], 'value'));
  assert.equal(GCM.diagnose(text, { show: true }).findings[0].value, '+919876543210');
});

test('whole bodies', () => {
  const profile = Profile.parse({ ...PAYLOAD, enc: { algo: 'AES-128-GCM', key: KEY, IV } });
  const { body } = profile.callback({ recipient: '+919876543210', status: 'READ' });
  const { to, status } = JSON.parse(body);
  for (const [received, cause] of [
    [body, 'opens'], [Buffer.from(body), 'opens'], [`\ufeff${body}`, 'body_form'], [JSON.stringify(body), 'body_form'],
    [JSON.stringify({ status }), 'parameter_missing'], [JSON.stringify({ To: to, status }), 'parameter_renamed'], ['', 'body_form'],
    [new Uint8Array([0xff, 0xfe]), 'body_form'],
  ]) {
    for (const texts of [undefined, null]) assert.equal(profile.diagnose(texts, { body: received }).findings[0].cause, cause, `${received}`);
  }
  assert.equal(profile.diagnose(null, { body, contentType: 'application/json' }).findings[0].cause, 'opens');
});

test('no key, IV or value is in any answer', () => {
  let ran = 0;
  for (const { one, profile, options } of published()) {
    const shown = JSON.stringify(profile.diagnose(one.text, { ...options, also: OTHER }));
    for (const secret of [one.enc.key, one.enc.IV, 'CANARY', one.value]) {
      assert.ok(secret.length <= 4 || !shown.includes(secret), `${one.id}: ${shown}`);
    }
    ran += 1;
  }
  assert.equal(ran, 266);
});

test('a name that a stranger chose is escaped', () => {
  const raw = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
  for (const name of ['a\nFORGED', 'a\r\nb', 'a\u001b[31mb', 'a\u0000b', 'a\u202eb', 'a\u2028b', 'a\u200bb', 'a\ufeffb']) {
    const profile = Profile.parse({ ...PAYLOAD, body: { [name]: '<x>', y: '<y>' }, enc: { algo: 'AES-128-GCM', key: KEY, IV } });
    const { body } = profile.callback({ x: '+919876543210', y: 'READ' });
    const members = JSON.parse(body);
    const answers = [body, { y: members.y }, { [name]: `${members.y.slice(0, -4)}AAA=`, y: members.y }, { [name]: 1, y: members.y },
      { [name]: members }, { y: members.y, [name.toUpperCase()]: members[name] }, { [name]: 'x' }]
      .map((received) => profile.diagnose(null, { body: typeof received === 'string' ? received : JSON.stringify(received) }));
    answers.push(profile.diagnose(null, { body, contentType: name }), profile.diagnose('AAAA', { parameter: name }), profile.diagnose(name), profile.diagnose('AAAA', { expect: name }));
    for (const { findings } of answers) {
      for (const { detail, settings } of findings) {
        for (const said of [detail, ...Object.values(settings ?? {})]) assert.ok(!raw.test(`${said}`), JSON.stringify(said));
      }
    }
  }
  // A parameter of this name changes no object.
  const answer = GCM.diagnose(null, { body: '{"__proto__":{"polluted":"AAAA"},"to":"AAAA"}' });
  assert.ok(answer.findings.length > 0 && {}.polluted === undefined && answer.polluted === undefined);
});

test('wrong arguments are refused by name, and the text shows nowhere', () => {
  const secret = 'SecretValue';
  const half = `${secret}\ud800`;
  const strings = 'a string or an array of strings';
  for (const [name, message, call] of [
    ['TypeError', `texts must be ${strings}, not Uint8Array`, () => GCM.diagnose(Buffer.from(secret))],
    ['TypeError', `texts must be ${strings}, not number`, () => GCM.diagnose(1)],
    ['TypeError', `texts must be ${strings}, not object`, () => GCM.diagnose({ body: secret })],
    ['TypeError', `texts must be ${strings}, not Set ([...set] first)`, () => GCM.diagnose(new Set([secret]))],
    ['TypeError', 'texts[1] must be a string, not null', () => GCM.diagnose([secret, null])],
    ['TypeError', `options.expect must be ${strings}, not number`, () => GCM.diagnose('A', { expect: 1 })],
    ['TypeError', 'options.expect[0] must be a string, not number', () => GCM.diagnose('A', { expect: [1] })],
    ['TypeError', 'options.also must be a Profile, not string', () => GCM.diagnose('A', { also: secret })],
    ['TypeError', 'options.also must be a Profile, not object', () => GCM.diagnose('A', { also: PAYLOAD })],
    ['TypeError', 'options.also[1] must be a Profile, not object', () => GCM.diagnose('A', { also: [OTHER, PAYLOAD] })],
    ['TypeError', 'options.also must be a Profile, not an instance of Profile', () => GCM.diagnose('A', { also: Object.create(Profile.prototype) })],
    ['TypeError', 'options.parameter must be a string, not number', () => GCM.diagnose('A', { parameter: 1 })],
    ['TypeError', 'options.body must be a string or Uint8Array, not object', () => GCM.diagnose(null, { body: { to: secret } })],
    ['TypeError', 'options.contentType must be a string, not number', () => GCM.diagnose(null, { body: secret, contentType: 1 })],
    ['TypeError', 'options.show must be a boolean, not string', () => GCM.diagnose('A', { show: secret })],
    ['TypeError', 'options must be an object, not string', () => GCM.diagnose('A', secret)],
    ['ArgumentError', 'options must not have other members than expect, also, parameter, body, contentType, show, sealed', () => GCM.diagnose('A', { [secret]: 1 })],
    ['ArgumentError', 'texts or options.body must be given', () => GCM.diagnose()],
    ['ArgumentError', 'texts or options.body must be given', () => GCM.diagnose(null, { expect: secret })],
    ['ArgumentError', 'texts must not be given beside options.body', () => GCM.diagnose(secret, { body: secret })],
    ['ArgumentError', 'texts must not hold a lone surrogate', () => GCM.diagnose(half)],
    ['ArgumentError', 'texts[0] must not hold a lone surrogate', () => GCM.diagnose([half])],
    ['ArgumentError', 'options.expect must not hold a lone surrogate', () => GCM.diagnose('A', { expect: half })],
    ['ArgumentError', 'options.parameter must not hold a lone surrogate', () => GCM.diagnose('A', { parameter: half })],
  ]) {
    assert.throws(call, (error) => {
      assert.deepEqual([error.name, error.message], [name, message]);
      assert.ok(!inspect(error, { showHidden: true }).split('\n').some((line) => /Secret/.test(line) && !/^ +at /.test(line)), inspect(error));
      return true;
    });
  }
  assert.equal(GCM.diagnose('A', { expect: undefined, also: null, parameter: undefined, body: null, contentType: null, show: null }).findings.length, 1);
  assert.equal(Profile.parse({ ...PAYLOAD, enc: undefined }).diagnose('A').findings[0].detail, 'The profile encrypts nothing.');
});

test('options are read from own properties only', () => {
  const text = new Cipher('AES-128-GCM', KEY, IV).encrypt('+919876543210');
  const expected = GCM.diagnose(text);
  try {
    Object.assign(Object.prototype, { show: true, body: 'x', expect: 1, also: 1 });
    assert.deepEqual(GCM.diagnose(text, {}), expected);
    assert.ok(!Object.hasOwn(GCM.diagnose(text).findings[0], 'value'));
  } finally {
    for (const name of ['show', 'body', 'expect', 'also']) delete Object.prototype[name];
  }
});
