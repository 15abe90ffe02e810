// What a person pastes as "received": a whole request, header lines, a body, a URL or query, or encrypted texts alone. This takes it
// apart by its look; what the parts mean is decided by the library.

/** The first line of a request. */
const REQUEST_LINE = /^(GET|POST|PUT|DELETE) (\S+)(?: HTTP\/[\d.]+)?$/;
/** A header's line; the blank behind the colon keeps `iv:tag:text` from being one. */
const HEADER_LINE = /^([!#$%&'*+.^_`|~\w-]+):(?: +(.*))?$/;

/** Name and value of each line of headers; other lines are left out. */
export function headerPairs(text) {
  const pairs = [];
  for (const line of text.split(/\r?\n/)) {
    const found = HEADER_LINE.exec(line.trim());
    if (found !== null) pairs.push([found[1], (found[2] ?? '').trim()]);
  }
  return pairs;
}

/** The value of a header, by its name in lower case; undefined if it is not there. */
export const headerOf = (pairs, name) => pairs.find(([each]) => each.toLowerCase() === name)?.[1];

/** Takes a pasted request apart: `{ target, pairs, content }`, `target` null where there is no first line of a request. */
export function split(text, headerText) {
  const own = headerPairs(headerText);
  const whole = { target: null, pairs: own, content: text };
  // The head of a request is short: of a body of megabytes, no line is looked at beyond.
  const head = text.slice(0, 65_536);
  const gap = /\r?\n\r?\n/.exec(head);
  const lines = (gap === null ? head : head.slice(0, gap.index)).trimEnd().split(/\r?\n/);
  const request = REQUEST_LINE.exec(lines[0]);
  const headerLines = request === null ? lines : lines.slice(1);
  const areHeaders = headerLines.every((line) => HEADER_LINE.test(line));
  if (!areHeaders || (request === null && gap === null)) return whole;
  const content = gap === null ? '' : text.slice(gap.index + gap[0].length);
  return { target: request?.[2] ?? null, pairs: [...headerPairs(headerLines.join('\n')), ...own], content };
}

/** Two pairs or more, as forms and queries have them. One alone may be base64, which ends in an equals sign. */
const PAIRS = /^[^=&\s]+=[^&\s]*(?:&[^=&\s]+=[^&\s]*)+$/;

/** Whether the text is a pair or more of a form or query; one pair alone has a name that the profile has. */
function isForm(text, profile) {
  const name = text.slice(0, text.indexOf('='));
  const names = profile === null ? [] : [...Object.keys(profile.body ?? {}), ...profile.url.split(/[?&]/).slice(1).map((pair) => pair.split('=')[0])];
  return PAIRS.test(text) || (text.includes('=') && names.includes(name));
}

/** What a text is, by its look: `body`, `query` or `values`. `profile` is null where none is known. */
export function kindOf({ target, pairs, content }, profile) {
  const hasNoBody = profile !== null && ['GET', 'DELETE'].includes(profile.method);
  const text = content.slice(0, 16_384).trimStart();
  if (target !== null && (hasNoBody || text === '')) return 'query';
  if (/^https?:\/\/\S+$/.test(text.trimEnd()) || /^[/?]\S*[?=]\S*$/.test(text.trimEnd())) return 'query';
  if (/^\uFEFF?[{[]/.test(text) || text.startsWith('--') || headerOf(pairs, 'content-type') !== undefined) return 'body';
  if (isForm(text.trimEnd(), profile)) return hasNoBody ? 'query' : 'body';
  return 'values';
}

/** The lines that are not empty. */
export const linesOf = (text) => text.split('\n').filter((line) => line.trim() !== '');

/** Whether the lines are those of one wrapped text: all of one length but the last. */
export function isWrapped(lines) {
  const width = lines[0].length;
  return lines.length > 1 && width >= 40 && lines.slice(0, -1).every((line) => line.length === width) && lines.at(-1).length <= width;
}
