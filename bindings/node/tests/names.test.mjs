// Names from outside in everything that is written about them: one line, nothing raw, no secret. The data itself (a pointer,
// a parameter) stays as it was sent.
import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { join } from 'node:path';
import test from 'node:test';
import { inspect } from 'node:util';
import { Cipher, Envelope, Profile, StoredProfile, parseRequest } from 'callback-profile';
import { IV, KEY, PACKAGE, PAYLOAD, require } from './support.mjs';

const HOSTILE = ['a\nFORGED level=info', 'a\r\nb', 'a\u001b[31mb', 'a\u0000b', 'a\u202eb', 'a\u2066b', 'a\u2028b', 'a\u2029b', 'a\u0085b', 'a\u007fb', 'a\u200bb', 'a\ufeffb',
  'a\u{e0001}b', 'a\u061cb', 'a\u00adb'];

/** Controls, line separators, marks of direction, invisible characters. */
const RAW = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail(`nothing was thrown by ${call}`);
}

/** Errors about a hostile name. */
function errorsAbout(name) {
  const sealed = Profile.parse({ ...PAYLOAD, body: { to: '<to>' }, enc: { ...PAYLOAD.enc, params: undefined } });
  const named = Profile.parse({ ...PAYLOAD, body: { [name]: '<x>' }, enc: { ...PAYLOAD.enc, params: undefined } });
  const plain = Profile.parse({ ...PAYLOAD, enc: undefined });
  const form = Profile.parse({ ...PAYLOAD, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  return [
    thrown(() => Profile.parse({ ...PAYLOAD, headers: { [name]: 'HEADERSECRET' } })),
    thrown(() => Profile.parse({ ...PAYLOAD, headers: { 'x-a': { [name]: 1 } } })),
    thrown(() => Profile.parse({ ...PAYLOAD, [name]: 1 }, { policy: 'strict' })),
    thrown(() => Profile.parse({ ...PAYLOAD, enc: { ...PAYLOAD.enc, [name]: 1, key: `${KEY}x` } }, { policy: 'strict' })),
    thrown(() => Profile.parse(`{"${JSON.stringify(name).slice(1, -1)}":1,"${JSON.stringify(name).slice(1, -1)}":2}`)),
    thrown(() => sealed.patch({ [name]: 1, title: 1 })),
    thrown(() => StoredProfile.parse({ ...PAYLOAD, headers: { [name]: 1 } })),
    thrown(() => parseRequest({ sid: name, headers: { 'api-key': name, 'content-type': name }, payload: { [name]: 1 } })),
    thrown(() => Envelope.parse({ [name]: name, code: name })),
    thrown(() => sealed.open({ to: 'x', [name]: { [name]: 1 } })),
    thrown(() => sealed.open(`{"to":"${new Cipher('AES-128-GCM', KEY, IV).encrypt('x')}","${JSON.stringify(name).slice(1, -1)}":"AAAA"}`)),
    thrown(() => named.open({})),
    thrown(() => named.open({ [name]: null })),
    thrown(() => named.open({ [name]: 'AAAA' })),
    thrown(() => sealed.open('{}', { contentType: name })),
    thrown(() => sealed.open(`{"${name}`)),
    thrown(() => form.open(`to=x&${encodeURIComponent(name)}=1&${encodeURIComponent(name)}=2&status=1`)),
    thrown(() => plain.message(`{"${name}":`)),
    thrown(() => plain.callback({ [name]: [new Map()] })),
    thrown(() => plain.callback({ [name]: NaN })),
    thrown(() => plain.open({ [name]: { ['__proto__']: 1, n: 2n ** 60n + 1n } }, { numbers: 'strict' })),
    thrown(() => plain.open(JSON.parse(`{${JSON.stringify(name)}:{"__proto__":1}}`))),
    thrown(() => Profile.parse(PAYLOAD, { [name]: 1 })),
    thrown(() => Profile.parse(PAYLOAD, { policy: name })),
    thrown(() => Profile.parse(PAYLOAD, { limits: { [name]: 1 } })),
    thrown(() => new Cipher(name, KEY, IV)),
  ];
}

/** What a console writes of a value. */
function logged(...values) {
  let written = '';
  const stream = new Writable({ write(chunk, _encoding, done) { written += chunk; done(); } });
  new Console(stream).error(...values);
  return written;
}

test('no error about a name from outside writes it raw, forges a line or shows a secret', () => {
  let ran = 0;
  for (const name of HOSTILE) {
    for (const error of errorsAbout(name)) {
      const about = `${JSON.stringify(name)}: ${error.code}`;
      for (const line of [error.message, String(error), JSON.stringify(error), ...(error.violations ?? []).map((each) => each.message)]) {
        assert.ok(!RAW.test(line), `${about}: ${JSON.stringify(line)}`);
      }
      const everything = { depth: Infinity, showHidden: true, getters: true, breakLength: Infinity, maxStringLength: Infinity };
      for (const text of [inspect(error), inspect(error, everything), inspect({ error }), inspect(error, { colors: false, compact: true }), error.stack, logged(error),
        logged('refused: %s', error), logged('refused: %o', error)]) {
        assert.ok(!text.split('\n').some((line) => RAW.test(line)), `${about}: ${JSON.stringify(text)}`);
        assert.ok(!/^\s*FORGED/m.test(text), `${about}: ${text}`);
        for (const secret of [KEY, IV, 'HEADERSECRET']) assert.ok(!text.includes(secret), `${about}: ${text}`);
      }
      // Loggers copy what can be enumerated: the code and the status, and nothing that a stranger chose.
      const copied = [];
      for (const key in error) copied.push(key);
      assert.ok(copied.every((key) => key === 'code' || key === 'statusCode'), `${about}: ${copied}`);
      ran += 1;
    }
  }
  assert.equal(ran, HOSTILE.length * 26);
});

test('the data of an error is as it was sent', () => {
  const name = 'a\n\u202e';
  const [header] = thrown(() => Profile.parse({ ...PAYLOAD, headers: { [name]: 'x' } })).violations;
  assert.equal(header.pointer, `/headers/${name}`);
  const sealed = Profile.parse({ ...PAYLOAD, body: { [name]: '<x>' }, enc: { ...PAYLOAD.enc, params: undefined } });
  assert.deepEqual(thrown(() => sealed.open({})).parameters, [name]);
  assert.deepEqual(thrown(() => sealed.open({})).toJSON().parameters, ['a\\u{a}\\u{202e}']);
});

test('inspect of a profile, a stored profile and an envelope shows no raw name and no value', () => {
  for (const name of HOSTILE) {
    let profile;
    const payload = { ...PAYLOAD, body: { [name]: 'CONSTANT' }, url: 'https://user:URLSECRET@example.com/', headers: { 'x-token': 'HEADERSECRET' }, enc: { ...PAYLOAD.enc, params: undefined } };
    profile = Profile.parse(payload);
    const stored = StoredProfile.parse({ ...payload, profile_id: name });
    const envelope = Envelope.notFound(name);
    for (const text of [profile, stored, envelope, [profile], { stored }].map((each) => inspect(each, { depth: Infinity, showHidden: true, getters: true }))) {
      assert.ok(!text.split('\n').some((line) => RAW.test(line)), JSON.stringify(text));
      for (const secret of [KEY, IV, 'HEADERSECRET', 'URLSECRET', 'CONSTANT']) assert.ok(!text.includes(secret), text);
    }
    for (const text of [JSON.stringify(profile), JSON.stringify({ stored })]) {
      for (const secret of [KEY, IV, 'HEADERSECRET', 'URLSECRET']) assert.ok(!text.includes(secret), text);
      assert.ok(text.includes('CONSTANT') && text.includes('https://********@example.com/'), text);
    }
  }
});

test('every control and bidi character is shown escaped, as the core shows it', () => {
  const { visible } = require(join(PACKAGE, 'lib/visible.cjs'));
  const hidden = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(String.fromCodePoint(code)));
  assert.ok(hidden.length > 4000 && [0, 0x1f, 0x7f, 0x9f, 0x61c, 0x200e, 0x202e, 0x2069].every((code) => hidden.includes(code)));
  for (const code of hidden) {
    const character = String.fromCodePoint(code);
    const shown = `a\\u{${code.toString(16)}}b`;
    assert.equal(visible(`a${character}b`), shown);
  }
  // The same in what a message says of a name.
  for (const code of hidden.filter((each) => each < 0x3000)) {
    const [{ message }] = thrown(() => Profile.parse({ ...PAYLOAD, headers: { [`a${String.fromCodePoint(code)}b`]: 1 } })).violations;
    assert.equal(message, `body/headers/a\\u{${code.toString(16)}}b must be string`);
  }
  assert.equal(visible('x'.repeat(300)), 'x'.repeat(256));
  assert.equal(visible('\ud800'), '\ufffd');
});
