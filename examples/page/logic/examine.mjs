// All that the page says about its fields, as one plain object. The library decides; this asks it and cuts what is too long to show.
import { errorOf, expectedOf, openSingly, openWhole } from './opening.mjs';
import { examineProfile, singleOf } from './profile.mjs';
import { headerOf, kindOf, linesOf, split } from './received.mjs';
import { examineSignature, signed } from './signature.mjs';
import { clipped, sampleRecord } from './values.mjs';

/** One cause must explain all texts; more of them say no more. */
const MOST_TEXTS = 16;

/** The fields of the page before anybody has written into them. */
export const EMPTY = Object.freeze({
  mode: 'profile', profile: '', algorithm: 'AES-128-GCM', key: '', iv: '', encoding: 'base64', tag: 'appended', policy: 'documented',
  kind: 'auto', received: '', headers: '', expected: '', other: '', secret: '', record: null,
});

/** Examines the fields of the page. `api` is the package `callback-profile`, with any backend. */
export function examine(api, input) {
  const { profile, report } = examineProfile(api, input);
  const other = examineProfile(api, { ...input, mode: 'profile', profile: input.other });
  const parts = split(input.received, input.headers);
  // The empty text is a value too, for those who say that it is one.
  const isEmpty = parts.content === '' && parts.target === null && input.kind !== 'values';
  const kind = isEmpty ? null : input.kind === 'auto' ? kindOf(parts, input.mode === 'key' ? null : profile) : input.kind;
  const received = { state: isEmpty ? 'empty' : 'given', kind, contentType: headerOf(parts.pairs, 'content-type') ?? null };
  const signature = examineSignature(api, parts.pairs, parts.content, input.secret);
  const opening = profile === null || isEmpty ? NOTHING : openingOf(api, input, profile, other.profile, parts, kind);
  return {
    profile: report,
    other: other.report,
    callback: input.mode === 'key' || profile === null ? null : callbackOf(api, profile, input),
    received,
    ...opening,
    signature,
    verdict: verdictOf(report, received, opening, signature),
  };
}

const NOTHING = { opened: null, diagnosis: null };

function openingOf(api, input, profile, other, parts, kind) {
  const content = kind === 'query' && parts.target !== null ? parts.target : parts.content;
  const contentType = headerOf(parts.pairs, 'content-type');
  const options = { expect: linesOf(input.expected), also: other ?? undefined };
  if (options.expect.length === 0) delete options.expect;
  const single = singleOf(profile);
  if (input.mode === 'key' || (kind === 'values' && single !== null)) {
    const { closed, all, ...opened } = openSingly(api, single, content, kind);
    return { opened, diagnosis: diagnosed(api, () => diagnoseSingly(single, content, closed.length > 0 ? closed : all, options)) };
  }
  // A sealed callback pasted alone is a token, which a receiver has as a body of this type.
  const type = kind === 'values' && profile.kid !== null ? 'application/jose' : kind === 'query' ? undefined : contentType;
  const text = kind === 'values' ? content.trim() : content;
  return {
    opened: openWhole(api, profile, text, type),
    diagnosis: diagnosed(api, () => profile.diagnose(null, { ...options, body: text, contentType: type, sealed: expectedOf(profile) })),
  };
}

/** One cause for all texts. What looks like a body may as a whole be what another program makes of one value. */
function diagnoseSingly(single, content, texts, options) {
  if (texts[0] !== content) {
    const whole = single.diagnose(content, options);
    if (texts.length === 0 || whole.findings[0].cause === 'foreign_container') return whole;
  }
  return single.diagnose(texts.slice(0, MOST_TEXTS), options);
}

function diagnosed(api, diagnose) {
  try {
    return diagnose();
  } catch (error) {
    // A text that holds half a character, which no received one can.
    if (error instanceof api.ArgumentError) return null;
    throw error;
  }
}

/** The callback of the record that was written, or of a made-up one. */
function callbackOf(api, profile, { record, secret }) {
  const text = record ?? JSON.stringify(sampleRecord(profile.fields), null, 2);
  const sample = record === null ? text : null;
  try {
    const callback = profile.callback(text);
    const { method, url, headers, body, isSealed } = callback;
    const message = profile.responseMessage === null ? null : profile.message(text);
    const missing = [...new Set([...callback.missing, ...(message?.missing ?? [])])];
    return {
      sample,
      method,
      url: clipped(url, 10_000),
      headers: Object.entries(headers),
      body: body === null ? null : clipped(body, 20_000),
      missing: missing.map((name) => clipped(name, 256)),
      isSealed,
      message: message === null ? null : clipped(message.text, 10_000),
      signed: signed(api, callback, secret),
    };
  } catch (error) {
    if (!(error instanceof api.CallbackProfileError)) throw error;
    return { sample, error: errorOf(error) };
  }
}

/**
 * The one word for all of it: `empty`, `profile_refused`, `profile_valid`, `no_profile`, `closed`, `unsigned` where the signature does
 * not hold, `odd` where what came out is not what was meant, `allowed` where a receiver must allow something, or `opened`.
 */
function verdictOf(profile, received, { opened, diagnosis }, signature) {
  if (profile.state === 'refused') return 'profile_refused';
  if (profile.state === 'empty') return received.state === 'empty' ? 'empty' : 'no_profile';
  if (received.state === 'empty') return 'profile_valid';
  const cause = diagnosis?.findings[0].cause ?? 'opens';
  if (!opened.ok || cause === 'parameter_renamed') return 'closed';
  if (signature.state === 'refused') return 'unsigned';
  // Another charset, padding, base64 once more.
  if (!['opens', 'unknown', 'parameter_missing'].includes(cause)) return 'odd';
  return opened.allowed.length > 0 ? 'allowed' : 'opened';
}
