// Opened values as rows of a table, and texts out of a body whose profile is not known.

/** The most rows that a table shows, and the most characters of a value or name. */
export const MOST_ROWS = 300;
export const MOST_CHARACTERS = 2000;
/** The library cuts the names that it lists. */
const LISTED_CHARACTERS = 256;

/** The start of a long text, and how long it is. */
export function clipped(text, most = MOST_CHARACTERS) {
  return text.length <= most ? { text, more: 0 } : { text: text.slice(0, most).toWellFormed(), more: text.length - most };
}

/** Calls `visit` with name and value of each leaf; names are those of the library: `contacts[0].name`. */
function eachLeaf(value, name, visit) {
  if (typeof value !== 'object' || value === null) return visit(name, value);
  const isList = Array.isArray(value);
  const entries = isList ? value.entries() : Object.entries(value);
  let isEmpty = true;
  for (const [step, member] of entries) {
    isEmpty = false;
    eachLeaf(member, isList ? `${name}[${step}]` : `${name}${name === '' ? '' : '.'}${step}`, visit);
  }
  if (isEmpty) visit(name, isList ? [] : {});
  return undefined;
}

/** The rows of opened values: `{ rows: [{ name, value, how }], more }`; `how` is `decrypted`, `readable` or `unknown`. */
export function rowsOf({ values, decrypted, unknown }) {
  const wasDecrypted = new Set(decrypted);
  const rows = [];
  let more = 0;
  eachLeaf(values, '', (name, value) => {
    if (rows.length >= MOST_ROWS) {
      more += 1;
      return;
    }
    const listed = name.slice(0, LISTED_CHARACTERS);
    const how = wasDecrypted.has(listed) ? 'decrypted' : 'readable';
    const isUnknown = unknown.some((known) => listed === known || listed.startsWith(`${known}.`) || listed.startsWith(`${known}[`));
    rows.push({ name: clipped(name, LISTED_CHARACTERS), value: clipped(typeof value === 'string' ? value : JSON.stringify(value)), how, isUnknown });
  });
  return { rows, more };
}

/** The texts of a body by their names, where no profile says what they are: JSON, or a form or query. */
export function namedTexts(content) {
  const texts = [];
  try {
    eachLeaf(JSON.parse(content), '', (name, value) => {
      if (typeof value === 'string') texts.push({ name, text: value });
    });
    return texts;
  } catch {
    const query = content.replace(/^[^?]*\?/, '').replace(/#.*$/s, '');
    for (const [name, text] of new URLSearchParams(query.trim())) texts.push({ name, text });
    return texts;
  }
}

/** What a record could say, by the name of a field. */
const SAMPLES = [
  [/phone|mobile|recipient|^to$|number|msisdn/i, '+919876543210'],
  [/status|state/i, 'DELIVERED'],
  [/mail/i, 'john@example.com'],
  [/name/i, 'John'],
  [/time|date|_at$/i, '2026-01-31T09:30:00Z'],
];

/** A record with a value for each field that a profile reads. */
export function sampleRecord(fields) {
  const record = Object.create(null);
  for (const { field } of fields) {
    const steps = field.match(/[^.[\]]+/g) ?? [field];
    const sample = SAMPLES.find(([pattern]) => pattern.test(steps.at(-1)))?.[1] ?? `some ${steps.at(-1)}`;
    // A whole name that is there as a key wins over the path, so what does not fit as a path is written as one name.
    if (!put(record, field, sample)) record[field] = sample;
  }
  return record;
}

/** A field that is read as a path where no name of a record is the whole of it. */
const PATH = /^[^.[\]]+(?:\.[^.[\]]+|\[\d+\])*$/;

/** Puts a value where a path leads, making objects and arrays on the way; false if something else is there. */
function put(record, field, value) {
  if (!PATH.test(field)) return false;
  const steps = [...field.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? name : Number(index)));
  // No sample needs a list of thousands, and no list of holes is a record.
  if (steps.some((step) => step === '__proto__' || step > 20)) return false;
  let at = record;
  for (const [position, step] of steps.entries()) {
    if (Array.isArray(at) !== (typeof step === 'number')) return false;
    if (position === steps.length - 1) {
      if (at[step] !== undefined) return typeof at[step] === 'string';
      at[step] = value;
      return true;
    }
    at[step] ??= typeof steps[position + 1] === 'number' ? [] : Object.create(null);
    at = at[step];
    if (typeof at !== 'object') return false;
  }
  return false;
}
