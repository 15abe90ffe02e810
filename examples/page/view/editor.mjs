// A text field whose secrets are masked, and in which places can be marked. The field's own text is transparent; behind it lies the
// same text as it shall be seen.
import { placesOf } from '../logic/places.mjs';
import { secretsOf } from '../logic/secrets.mjs';
import { h } from './dom.mjs';

/** What is longer is not painted anew with each key press, and is masked as a whole. */
const PAINTED = 65_536;
/** What is longer has no colours, which are thousands of elements, but its secrets are masked and its places marked. */
const COLOURED = 16_384;

/** The character that stands for one that is masked; it is as wide as every other of the font. */
const MASK = '•';

/** Makes an editor of a text area with a `pre` before it. */
export function editorOf(textarea) {
  const backdrop = textarea.previousElementSibling;
  let marks = [];
  let areSecretsShown = false;

  const scroll = () => {
    backdrop.scrollTop = textarea.scrollTop;
    backdrop.scrollLeft = textarea.scrollLeft;
  };
  const paint = () => {
    const text = textarea.value;
    const isPainted = text.length <= PAINTED;
    textarea.classList.toggle('painted', isPainted);
    textarea.classList.toggle('secret', !isPainted && !areSecretsShown);
    // The last line break of a text has a line of its own only if something is on it.
    backdrop.replaceChildren(...(isPainted ? pieces(text, marks, areSecretsShown) : []), '\n\u200b');
    // Where something has scrolled the browser must lay out the text, which takes it minutes for megabytes before they are held.
    if (isPainted) scroll();
  };

  textarea.addEventListener('input', () => {
    marks = [];
    paint();
  });
  textarea.addEventListener('scroll', scroll, { passive: true });
  return {
    paint,
    /** Marks ranges, each `{ start, end, kind }`. */
    mark(ranges) {
      marks = ranges;
      paint();
    },
    showSecrets(areShown) {
      areSecretsShown = areShown;
      paint();
    },
    /** Selects a range and brings it into view. */
    reveal({ start, end }) {
      textarea.focus();
      textarea.setSelectionRange(start, end);
      const mark = backdrop.querySelector(`[data-at="${start}"]`);
      if (mark !== null) textarea.scrollTop = mark.offsetTop - textarea.clientHeight / 2;
      textarea.closest('.panel').scrollIntoView({ block: 'nearest' });
    },
  };
}

/** The text in pieces, each with all that is to be seen of it. */
function pieces(text, marks, areSecretsShown) {
  const layers = [
    ...(text.length <= COLOURED ? syntax(text) : []),
    ...marks.map(({ start, end, kind }) => ({ start, end, type: 'mark', name: kind })),
    ...(areSecretsShown ? [] : secretsOf(text).map(({ start, end }) => ({ start, end, type: 'masked' }))),
  ];
  const cuts = [...new Set([0, text.length, ...layers.flatMap(({ start, end }) => [start, end])])].sort((one, other) => one - other);
  const opened = layers.toSorted((one, other) => one.start - other.start);
  const elements = [];
  let active = [];
  let next = 0;
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    active = active.filter((layer) => layer.end > start);
    while (next < opened.length && opened[next].start <= start) active.push(opened[next++]);
    elements.push(piece(text.slice(start, end), active, start));
  }
  return elements;
}

function piece(text, layers, start) {
  const isMasked = layers.some(({ type }) => type === 'masked');
  const shown = isMasked ? MASK.repeat(text.length) : text;
  const classes = layers.filter(({ type }) => type !== 'mark').map(({ type }) => type);
  const inner = classes.length === 0 ? shown : h(`span.${classes.join('.')}`, {}, shown);
  const mark = layers.find(({ type }) => type === 'mark');
  return mark === undefined ? inner : h(`mark.${mark.name}`, { 'data-at': `${mark.start === start ? start : ''}` }, inner);
}

/** Names, strings and words of JSON, and the replacers in its strings; of what is no JSON the names of header lines. */
function* syntax(text) {
  if (!/^\s*[{["]/.test(text)) {
    for (const { 0: name, index } of text.matchAll(/^[\w-]+(?=: )/gm)) yield { start: index, end: index + name.length, type: 'name' };
    return;
  }
  for (const { start, end, name, kind } of placesOf(text).values()) {
    if (name !== null) yield { ...name, type: 'name' };
    if (kind === 'word') yield { start, end, type: 'word' };
    if (kind !== 'string') continue;
    yield { start, end, type: 'string' };
    for (const { 0: replacer, index } of text.slice(start, end).matchAll(/<[\w.[\]-]+>/g)) {
      yield { start: start + index, end: start + index + replacer.length, type: 'replacer' };
    }
  }
}
