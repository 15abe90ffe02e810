// Where the values of a JSON text stand. The core says what is wrong by JSON Pointer; the page shows it in the text. It judges nothing:
// a text that is not JSON has the places of what comes before the mistake.

/** A string with its quotes, closed or not: what is being typed has no end yet. */
const STRING = /"(?:[^"\\\n]|\\.)*"?/y;
/** A number, true, false or null. */
const WORD = /[-+.\w]+/y;
/** Blanks of JSON. */
const BLANKS = /[ \t\r\n]*/y;
/** Nothing that the core accepts is nested deeper. */
const DEEPEST = 128;
/** No profile has more values than this. */
const MOST = 10_000;

const escaped = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The text of a string's token; the token itself where it is malformed. */
function unquoted(token) {
  try {
    return JSON.parse(token);
  } catch {
    return token.slice(1);
  }
}

/**
 * The places of all values by JSON Pointer, in the order of the text. A place is `{ start, end, name, kind }`: offsets of the value in
 * the text, `name` those of the member's name or null, `kind` `string`, `word`, `object` or `array`. Of a name that is there twice, the
 * last one counts.
 */
export function placesOf(text) {
  const places = new Map();
  let at = 0;

  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const next = () => {
    match(BLANKS);
    return text[at];
  };

  /** Reads a value and returns whether it was whole. */
  function value(pointer, name, depth) {
    const first = next();
    const start = at;
    const place = { start, end: start, name, kind: 'word' };
    if (first === undefined || depth > DEEPEST || places.size >= MOST) return false;
    places.set(pointer, place);
    let isWhole = true;
    if (first === '"') {
      place.kind = 'string';
      const token = match(STRING);
      isWhole = token.length > 1 && token.endsWith('"');
    } else if (first === '{' || first === '[') {
      place.kind = first === '{' ? 'object' : 'array';
      isWhole = container(pointer, first === '{' ? '}' : ']', depth);
    } else {
      isWhole = match(WORD) !== '';
    }
    place.end = at;
    return isWhole;
  }

  function container(pointer, close, depth) {
    at += 1;
    if (next() === close) {
      at += 1;
      return true;
    }
    for (let index = 0; ; index += 1) {
      let step = `${index}`;
      let name = null;
      if (close === '}') {
        if (next() !== '"') return false;
        const start = at;
        const token = match(STRING);
        name = { start, end: at };
        if (next() !== ':') return false;
        at += 1;
        step = escaped(unquoted(token));
      }
      if (!value(`${pointer}/${step}`, name, depth + 1)) return false;
      const after = next();
      at += 1;
      if (after === close) return true;
      if (after !== ',') return false;
    }
  }

  value('', null, 0);
  return places;
}

/**
 * The range to mark for a pointer: the value, or of an object or array its name, or its first bracket. A pointer that leads to nothing
 * (a member that is missing, or within a string that holds JSON) leads to what is above it; null if there is nothing at all.
 */
export function rangeOf(places, pointer) {
  for (let above = pointer; ; above = above.slice(0, above.lastIndexOf('/'))) {
    const place = places.get(above);
    if (place !== undefined) {
      if (place.kind === 'string' || place.kind === 'word') return { start: place.start, end: place.end };
      return place.name ?? { start: place.start, end: place.start + 1 };
    }
    if (above === '') return null;
  }
}

/** The range of the character at a line and a column, both from 1, columns counted in characters; the last one at the text's end. */
export function rangeAt(text, line, column) {
  let start = 0;
  for (let each = 1; each < line; each += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  for (let each = 1; each < column && start < text.length; each += 1) start += text.codePointAt(start) > 0xffff ? 2 : 1;
  if (text.length === 0) return null;
  const from = Math.min(start, text.length - 1);
  return { start: from, end: Math.min(from + (text.codePointAt(from) > 0xffff ? 2 : 1), text.length) };
}
