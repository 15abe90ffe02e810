// The shared cases of testdata/, which hold all expectations.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CallbackProfileError, Cipher, DecryptionError, Envelope, Profile, ProfileError, Signer, StoredProfile, Verifier, addressVerdict, catalogue,
  parseRequest, schema,
} from 'callback-profile';
import { gcmOpen, gcmSeal } from 'callback-profile/hazmat';
import { SURFACE, cases, read } from './support.mjs';

/** Runs every case, prints the count and fails with all differences. */
function run(suite, atLeast, list, check, isRefused = () => false) {
  test(`${suite}.json`, () => {
    let ran = 0;
    let refused = 0;
    const failed = [];
    for (const one of list) {
      ran += 1;
      if (isRefused(one)) refused += 1;
      try {
        check(one);
      } catch (error) {
        failed.push(`${one.name ?? JSON.stringify(one)}: ${error.message}`);
      }
    }
    console.log(`count ${suite} ${SURFACE} ran=${ran} refused=${refused} failed=${failed.length}`);
    assert.equal(failed.length, 0, `${failed.length} of ${ran} failed:\n${failed.join('\n')}`);
    assert.equal(ran, list.length);
    assert.ok(ran >= atLeast, `only ${ran} cases, not ${atLeast}`);
  });
}

const input = (one, name) => (`${name}_hex` in one ? Buffer.from(one[`${name}_hex`], 'hex') : one[name]);

const pickOptions = (one, ...names) => Object.fromEntries(names.filter((name) => name in one).map((name) => [name, one[name]]));

const wire = (one) => pickOptions(one, 'encoding', 'tag', 'reading');

function options(one) {
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const limits = one.limits && Object.fromEntries(Object.entries(one.limits).map(([name, value]) => [camel(name), value]));
  return { ...pickOptions(one, 'policy'), ...wire(one), limits };
}

const profile = (one) => Profile.parse(input(one, 'profile'), options(one));

/** Line and column of the first violation that has them. */
function position(error) {
  const { line, column } = error.violations.find((violation) => violation.line !== undefined) ?? {};
  return [line, column];
}

/** Compares a refusal with the case, or an acceptance with what `accepted` finds in it. */
function validates(one, make, accepted) {
  let value;
  try {
    value = make();
  } catch (error) {
    assert.ok(error instanceof ProfileError && error instanceof CallbackProfileError, String(error));
    assert.ok(one.violations, `refused: ${error.message}`);
    assert.deepEqual(error.violations.map(({ keyword, pointer, message }) => [keyword, pointer, message]), one.violations);
    assert.equal(error.unlisted, one.unlisted ?? 0);
    if (one.position) assert.deepEqual(position(error), one.position);
    return;
  }
  assert.ok(!one.violations, 'accepted');
  accepted(value);
}

/** Compares an error with the case, or a success with what `done` finds in it. */
function failsOr(one, call, done) {
  let value;
  try {
    value = call();
  } catch (error) {
    assert.ok(error instanceof CallbackProfileError, String(error.stack));
    assert.deepEqual([error.constructor.name, error.code], [one.class, one.error], error.message);
    assert.equal(error.parameter ?? undefined, one.parameter);
    if (error instanceof DecryptionError) assert.equal(error.parameters[0], one.parameter);
    if (one.parameters) assert.deepEqual(error.parameters, one.parameters);
    return;
  }
  assert.ok(!('error' in one || 'class' in one), `no error, but ${one.class} ${one.error} is expected`);
  done(value);
}

let withFields = 0;
run('profile', 802, cases('profile'), (one) => {
  validates(one, () => Profile.parse(input(one, 'payload'), options(one)), (made) => {
    assert.deepEqual(made.advisories.map(({ code, pointer }) => [code, pointer]), one.advisories);
    if (one.replacers) assert.deepEqual({ ...made.replacers }, one.replacers);
    if (one.fields) {
      assert.deepEqual(made.fields.map(({ field, places }) => [field, places]), one.fields);
      withFields += 1;
    }
    const json = made.toJson({ secrets: 'shown' });
    const roomy = { limits: { payloadBytes: 2 ** 30, nodes: 2 ** 30 } };
    assert.equal(Profile.parse(json, roomy).toJson({ secrets: 'shown' }), json);
    if (one.json) assert.equal(json, one.json);
  });
  validates(one, () => Profile.check(input(one, 'payload'), options(one)), (nothing) => assert.equal(nothing, undefined));
});

run('request', 26, cases('request'), (one) => {
  let found = null;
  try {
    parseRequest({ sid: one.sid, headers: one.headers, payload: input(one, 'payload') }, options(one));
  } catch (error) {
    assert.equal(error.code, 'invalid_request', String(error.stack));
    if (one.position) assert.deepEqual(position(error), one.position);
    found = error.violations.map(({ context, keyword, pointer, message }) => [context, keyword, pointer, message]);
  }
  assert.deepEqual(found, one.violations.length > 0 ? one.violations : null);
});

let withAdvisories = 0;
run('patch', 93, cases('patch'), (one) => {
  const base = profile(one);
  validates(one, () => base.patch(input(one, 'patch')), (patched) => {
    assert.equal(patched.toJson({ secrets: 'shown' }), one.json);
    if (!one.advisories) return;
    assert.deepEqual(patched.advisories.map(({ code, pointer }) => [code, pointer]), one.advisories);
    withAdvisories += 1;
  });
});

test('the members that few cases have were compared', () => assert.deepEqual([withFields, withAdvisories], [9, 13]));

run('stored', 43, cases('stored'), (one) => {
  validates(one, () => StoredProfile.parse(input(one, 'stored'), options(one)), (stored) => {
    assert.equal(stored.profile.toJson({ secrets: 'shown' }), one.json);
    assert.equal(stored.profileId, one.profile_id);
    assert.equal(stored.status, one.status);
  });
});

run('envelope', 45, cases('envelope'), (one) => {
  const secrets = one.secrets;
  const profileId = one.profile_id;
  const parsed = () => Profile.parse(input(one, 'payload'), options(one));
  const made = {
    created: () => Envelope.created(parsed(), { profileId, secrets }),
    updated: () => Envelope.updated(parsed(), { profileId, secrets }),
    fetched: () => Envelope.fetched(StoredProfile.parse(input(one, 'stored')), { secrets }),
    deleted: () => Envelope.deleted(profileId),
    refused() {
      try {
        parsed();
      } catch (error) {
        return Envelope.refused(error);
      }
      return assert.fail('accepted');
    },
    not_found: () => Envelope.notFound(profileId),
    listed() {
      const items = StoredProfile.parseList(input(one, 'stored'));
      const errors = items.filter((item) => item instanceof ProfileError);
      assert.deepEqual(errors.map((error) => error.violations[0].message), one.refused);
      return Envelope.listed(items.filter((item) => item instanceof StoredProfile), { secrets });
    },
    not_opened() {
      try {
        parsed().open(input(one, 'received'));
      } catch (error) {
        return Envelope.notOpened(error);
      }
      return assert.fail('opened');
    },
    parse: () => Envelope.parse(input(one, 'envelope')),
  }[one.kind];
  validates(one, made, (answer) => {
    assert.equal(answer.toJson(), one.envelope);
    assert.equal(String(answer), one.envelope);
    assert.deepEqual(JSON.parse(JSON.stringify(answer)), JSON.parse(one.envelope));
  });
});

const rendering = (one) => pickOptions(one, 'missing', 'boundary', 'surrogates');

/** Compares what was opened with the case. */
function opens(one, made, received, settings) {
  assert.equal(made.openJson(received, settings), one.opened);
  const expected = JSON.parse(one.opened);
  assert.deepEqual(made.open(received, { ...settings, prototypeNames: true }), expected);
  const { values, decrypted, unknown } = made.openDetails(received, { ...settings, prototypeNames: true });
  assert.deepEqual(values, expected);
  if (one.decrypted) assert.deepEqual(decrypted, one.decrypted);
  if (one.unknown) assert.deepEqual(unknown, one.unknown);
  assert.deepEqual(made.openMany([received], { ...settings, prototypeNames: true }), [expected]);
}

run('message', 166, cases('message'), (one) => {
  const made = profile(one);
  failsOr(one, () => made.message(input(one, 'record'), pickOptions(one, 'missing', 'pairs', 'surrogates')), (message) => {
    assert.equal(message.text, one.text);
    assert.equal(`${message}`, one.text);
    assert.deepEqual(message.missing, one.missing_names);
  });
});

run('callback', 304, cases('callback'), (one) => {
  const made = profile(one);
  failsOr(one, () => made.callback(input(one, 'record'), rendering(one)), (callback) => {
    assert.equal(callback.method, one.method);
    assert.equal(callback.url, one.url);
    assert.deepEqual(Object.entries(callback.headers), one.headers);
    assert.equal(callback.body, one.body);
    assert.deepEqual(callback.missing, one.missing_names);
    const received = callback.body ?? callback.url;
    const [, contentType] = Object.entries(callback.headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
    const allowed = pickOptions(one, 'structures', 'absent');
    for (const settings of [allowed, { ...allowed, contentType }]) {
      opens(one, made, received, settings);
      opens(one, made, Buffer.from(received), settings);
    }
    // The batch is the same as the single call.
    assert.deepEqual(made.callbacks([input(one, 'record')], rendering(one)), [callback]);
  });
});

run('open', 1193, cases('open'), (one) => {
  const made = profile(one);
  const settings = { contentType: one.content_type, ...pickOptions(one, 'structures', 'absent') };
  failsOr(one, () => made.openJson(input(one, 'received'), settings), () => opens(one, made, input(one, 'received'), settings));
});

run('value', 122, cases('value'), (one) => {
  failsOr(one, () => {
    const cipher = new Cipher(one.algorithm, one.key, one.iv, wire(one));
    return [cipher, cipher.decryptText(one.text)];
  }, ([cipher, decrypted]) => {
    assert.equal(decrypted, one.plaintext ?? one.decrypted);
    assert.equal(Buffer.from(cipher.decrypt(one.text)).toString(), decrypted);
    if ('plaintext' in one) assert.equal(cipher.encrypt(one.plaintext), one.text);
  });
});

run('crypto', 96, cases('crypto'), (one) => {
  const base64 = one.ct_tag_b64 ?? one.ct_b64;
  const make = (settings) => new Cipher(one.algo, one.key, one.iv, settings);
  if (one.algo.endsWith('CFB8')) {
    assert.throws(make, { code: 'unknown_algorithm' });
  } else if (one.iv.length !== 16) {
    assert.throws(make, { code: 'invalid_iv' });
    const [key, iv, none] = [Buffer.from(one.key), Buffer.from(one.iv), Buffer.alloc(0)];
    const sealed = gcmSeal(key, iv, none, Buffer.from(one.pt));
    assert.equal(Buffer.from(sealed).toString('base64'), base64);
    assert.equal(Buffer.from(gcmOpen(key, iv, none, sealed)).toString(), one.pt);
  } else {
    assert.equal(make().encrypt(one.pt), base64);
    assert.equal(make().decryptText(base64), one.pt);
    const tag = one.tag_hex ?? '';
    assert.equal(make({ encoding: 'hex' }).encrypt(one.pt), one.ct_hex + tag);
    assert.equal(make({ encoding: 'hex', tag: 'prepended' }).decryptText(tag + one.ct_hex), one.pt);
  }
}, (one) => one.algo.endsWith('CFB8'));

/** The message for a URL that is refused, else whether its host has the advisory `private_address`. */
function verdictOf(url) {
  try {
    const { advisories } = Profile.parse({ title: 'url', http_method: 'GET', url });
    return advisories.some(({ code }) => code === 'private_address');
  } catch (error) {
    return error.violations[0].message;
  }
}

const addresses = cases('address');
run('address', 764, [...addresses.addresses, ...addresses.spellings, ...addresses.names], (one) => {
  if ('verdict' in one) {
    assert.equal(addressVerdict(one.address), one.verdict);
    const host = one.address.includes(':') ? `[${one.address}]` : one.address;
    assert.equal(verdictOf(`https://${host}/`), one.verdict !== 'public');
    return;
  }
  const verdict = verdictOf(`https://${one.host}/`);
  if (one.host === '' || one.host?.includes('..')) {
    assert.equal(typeof verdict, 'string'); // no host at all, refused before it is classified
    return;
  }
  if ('internal' in one) {
    assert.equal(verdict, one.internal);
  } else if (one.reading === 'malformed') {
    assert.equal(typeof verdict, 'string');
  } else if (one.reading === 'address') {
    assert.equal(verdict, addressVerdict(one.address) !== 'public' || one.address !== one.host);
  }
});

run('url', 354, cases('url'), (one) => {
  const verdict = verdictOf(one.url);
  assert.equal(typeof verdict !== 'string', one.accepted, String(verdict));
});

test('the tables are those of testdata', () => {
  assert.deepEqual(catalogue(), cases('catalogue'));
  assert.deepEqual(schema(), JSON.parse(read('testdata/schema.json')));
});

const sealedCases = cases('sealed');

run('sealed-seal', 123, sealedCases.seal, (one) => {
  const made = Profile.parse(one.profile);
  const { random, bare: bareToken, issued_at: issuedAt, profile_id: profileId, id, boundary } = one;
  const callback = made.callback(one.record, { random: Buffer.from(random, 'hex'), issuedAt, id, profileId, bareToken, boundary });
  const { method, url, headers, body } = callback;
  assert.deepEqual({ method, url, headers: Object.entries(headers), body }, one.callback);
  assert.deepEqual([callback.id, callback.issuedAt, callback.isSealed], [id, issuedAt, true]);
  const [, contentType] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const expected = { tolerance: 0, method, url, profileId: profileId ?? null, now: issuedAt };
  const opened = made.openJson(body ?? url, { contentType, structures: true, absent: true, expected });
  assert.deepEqual(JSON.parse(opened), JSON.parse(one.claims).params);
});

run('sealed-open', 505, sealedCases.open, (one) => {
  const made = Profile.parse(one.profile);
  const { now, tolerance, not_checked: notChecked, method, url, profile_id: profileId } = one.expected;
  const expected = { now, tolerance: notChecked ? null : tolerance, method, url, profileId };
  const settings = { contentType: one.content_type, ...one.options, expected };
  const isRefused = (error) => error instanceof DecryptionError && error.code === one.error;
  if (one.error) {
    for (const name of ['open', 'openJson', 'openDetails']) assert.throws(() => made[name](one.received, settings), isRefused);
    assert.ok(isRefused(made.openMany([one.received], settings)[0]));
    return;
  }
  opens({ opened: one.values, unknown: one.unknown }, made, one.received, settings);
  const { sealed } = made.openDetails(one.received, { ...settings, prototypeNames: true });
  assert.deepEqual([sealed.kid, sealed.id, sealed.issuedAt], [made.kid, one.id, one.issued_at]);
});

const signatureCases = cases('signature');

run('signature-sign', 20, signatureCases.sign, (one) => {
  assert.deepEqual(new Signer(one.secrets).sign(one.body, { id: one.id, timestamp: one.timestamp }), one.headers);
});

run('signature-verify', 129, signatureCases.verify, (one) => {
  const { headers, body, now, tolerance } = one;
  for (const raw of [body, Buffer.from(body)]) {
    const verify = () => new Verifier(one.secrets).verify(headers, raw, { now, tolerance });
    if (one.error) assert.throws(verify, { name: 'SignatureError', code: one.error });
    else assert.deepEqual(verify(), one.verified);
  }
});

run('signature-secrets', 34, signatureCases.secrets, (one) => {
  for (const Class of [Signer, Verifier]) {
    if (one.valid) assert.ok(new Class(one.text));
    else assert.throws(() => new Class(one.text), { name: 'ArgumentError', code: 'invalid_key' });
  }
});
