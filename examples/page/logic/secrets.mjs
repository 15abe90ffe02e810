// Which characters of a text are secrets, to be masked on the screen. It errs on the side of masking: while a profile is typed or
// is no JSON at all, its key must not show either.

/** Names of keys, and parts of the names that credentials have: those of the core's rule for headers, but no `author`. */
const PARTS = 'auth(?!ors?\\b)|token|secret|passw|api[-_]?key|access[-_]?key|cookie|credential';
/** Of a long name a part alone is looked at, so that the time is that of the text's length. */
const NAMES = `(?:key|iv|[\\w-]{0,40}(?:${PARTS})[\\w-]{0,40})`;

/** A member whose name says that it is a secret, with a string for a value, which may have no end yet. */
const MEMBER = new RegExp(`"${NAMES}"\\s*:\\s*"((?:[^"\\\\\\n]|\\\\.)*)`, 'gi');

/** The same within a string that holds JSON: its quotes are behind backslashes. */
const INNER_MEMBER = new RegExp(`\\\\"${NAMES}\\\\"\\s*:\\s*\\\\"((?:(?!\\\\")[^\\n])*)`, 'gi');

/** A header line whose name says that its value is a secret. */
const HEADER = new RegExp(`^${NAMES}[ \\t]*:[ \\t]*(\\S[^\\n]*)`, 'gim');

/** Keys of sealed profiles and signing secrets say what they are, wherever they stand. */
const TOKEN = /(?:cbk2_|whsec_)([\w+/=-]+)/g;

/** Replacers are no secrets, and whoever reads `"key": "<value>"` wants to see them. */
const REPLACER = /^<[\w.[\]-]+>$/;

/** User name and password of a URL. */
const CREDENTIALS = /\bhttps?:\/\/([^\s/?#"@]+)@/gi;

/** A parameter of a query or form whose name says so. */
const PARAMETER = new RegExp(`[?&]${NAMES}=([^\\s&#"\\\\]+)`, 'gi');

/** The ranges of secrets in the text, in order, without overlaps. */
export function secretsOf(text) {
  const found = [];
  for (const pattern of [MEMBER, INNER_MEMBER, HEADER, TOKEN, CREDENTIALS, PARAMETER]) {
    for (const { 0: whole, 1: value, index } of text.matchAll(pattern)) {
      const start = index + whole.lastIndexOf(value);
      if (value !== '' && !REPLACER.test(value)) found.push({ start, end: start + value.length });
    }
  }
  found.sort((one, other) => one.start - other.start || one.end - other.end);
  const merged = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push(range);
  }
  return merged;
}
