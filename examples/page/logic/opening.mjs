// What was received, opened: a body or query by the whole profile, encrypted texts one by one.
import { MOST_ROWS, clipped, namedTexts, rowsOf } from './values.mjs';
import { isWrapped, linesOf } from './received.mjs';

/** A parameter of any name may be opened here: the page shows values as text and gives them to nobody. */
const READING = { numbers: 'text', prototypeNames: true };

/** What a receiver may allow, from nothing to both. */
const ALLOWANCES = [{}, { structures: true }, { absent: true }, { structures: true, absent: true }];

export const errorOf = ({ code, message, parameters = [] }) => ({ code, message, parameters: parameters.slice(0, 50).map((name) => clipped(name, 256)) });

/** What a sealed callback is held to. Its age is said beside the result, since callbacks are examined long after they were sent. */
export const expectedOf = (profile) => (profile.kid === null ? undefined : { tolerance: null, method: profile.method, url: profile.constantUrl, profileId: null });

/**
 * Opens a body or query: `{ ok, rows, more, allowed, sealed, error }`. `allowed` has what a receiver must allow for it to open, and
 * `error` is what one gets who allows nothing, null where nothing need be allowed.
 */
export function openWhole(api, profile, content, contentType) {
  const expected = expectedOf(profile);
  let first;
  for (const allowance of ALLOWANCES) {
    try {
      const details = profile.openDetails(content, { ...READING, ...allowance, contentType, expected });
      // Where everything may be absent, and nothing that is there was decrypted, nothing was opened.
      if (allowance.absent && details.decrypted.length === 0) break;
      return { ok: true, ...rowsOf(details), allowed: Object.keys(allowance), sealed: details.sealed, error: first === undefined ? null : errorOf(first) };
    } catch (error) {
      if (!(error instanceof api.CallbackProfileError)) throw error;
      first ??= error;
      if (!['not_encrypted', 'missing_parameter'].includes(error.code)) break;
    }
  }
  return { ok: false, rows: [], more: 0, allowed: [], sealed: null, error: errorOf(first) };
}

/** Opens one text by a profile for single values: a value or an error. */
function openOne(api, single, name, text) {
  try {
    const { value } = single.open({ value: text });
    return { name, text, ok: true, value };
  } catch (error) {
    if (!(error instanceof api.CallbackProfileError)) throw error;
    return { name, text, ok: false, error: errorOf(error) };
  }
}

/**
 * Opens texts one by one. What holds several lines is one wrapped text if it opens as that; texts of a body come with their names.
 * `{ ok, rows, more, closed, all }`: `closed` are the texts that did not open, `more` is how many were not looked at.
 */
export function openSingly(api, single, content, kind) {
  const { results, more } = kind === 'values' ? openLines(api, single, content) : openNamed(api, single, namedTexts(content));
  const rows = results.map(({ name, ok, value, error, text }) => ({
    name: clipped(name, 256),
    value: clipped(ok ? value : text),
    how: ok ? 'decrypted' : 'closed',
    isUnknown: false,
    error,
  }));
  const closed = results.filter(({ ok }) => !ok);
  const isAny = results.length > closed.length;
  return {
    ok: results.length > 0 && (kind === 'values' ? closed.length === 0 : isAny),
    rows,
    more,
    allowed: [],
    sealed: null,
    error: null,
    // Beside a text that opens, one that does not may be one that was never encrypted.
    closed: (isAny && kind !== 'values' ? [] : closed).map(({ text }) => text),
    all: results.map(({ text }) => text),
  };
}

function openNamed(api, single, texts) {
  const results = texts.slice(0, MOST_ROWS).map(({ name, text }) => openOne(api, single, name, text));
  return { results, more: texts.length - results.length };
}

function openLines(api, single, content) {
  const lines = linesOf(content);
  const one = () => ({ results: [openOne(api, single, '', content)], more: 0 });
  if (lines.length < 2) return one();
  const whole = one();
  if (whole.results[0].ok && single.algorithm.endsWith('GCM')) return whole;
  const each = openNamed(api, single, lines.map((line, index) => ({ name: `${index + 1}`, text: line })));
  return isWrapped(lines) && !each.results.some(({ ok }) => ok) ? whole : each;
}
