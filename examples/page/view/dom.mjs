// Elements, whose contents are always text: nothing that a stranger wrote is ever markup.
import { secretsOf } from '../logic/secrets.mjs';
import { TEXTS, fill } from '../texts.mjs';

export const byId = (id) => document.getElementById(id);

/** An element of a class (`tag.class`) with attributes, and children that are elements or texts; null ones are left out. */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute === 'onclick') element.addEventListener('click', value);
    else element.setAttribute(attribute, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Controls, marks of text direction and what else cannot be seen; line breaks and tabs are none. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0]/gu;

/** Puts a text into an element, with what cannot be seen as an escape that can. */
function put(element, text, lines) {
  let from = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (lines && '\r\n\t'.includes(character)) continue;
    element.append(text.slice(from, index), h('span.escape', {}, `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`));
    from = index + character.length;
  }
  element.append(text.slice(from));
  return element;
}

/** A text of a stranger, isolated from the direction of what is around it. */
export const foreign = (text, { lines = false } = {}) => put(h('bdi'), text, lines);

/** The same, with its secrets as dots until they are asked for; `before` is what stands before it and says what it is. */
export function veiled(text, { lines = false, before = '' } = {}) {
  const element = h('bdi');
  let from = 0;
  for (const range of secretsOf(before + text)) {
    const [start, end] = [range.start, range.end].map((at) => Math.max(at - before.length, from));
    put(element, text.slice(from, start), lines);
    element.append(put(h('span.secret'), text.slice(start, end), lines));
    from = end;
  }
  return put(element, text.slice(from), lines);
}

/** A text that was cut for the page, with how much is not shown. */
export function cut({ text, more }, { show = foreign, ...options } = {}) {
  if (more === 0) return show(text, options);
  return h('span', {}, show(text, options), h('span.note', {}, ` ${fill(TEXTS.moreCharacters, { count: more.toLocaleString('en') })}`));
}

/** A list of terms, each with what it is; entries whose value is null are left out. */
export function facts(entries) {
  const rows = entries.filter(([, value]) => value !== null && value !== undefined);
  return h('dl.facts', {}, ...rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

export const heading = (id, text) => h('h3', { id: `${id}-heading` }, text);

const UNITS = [['days', 86_400], ['hours', 3600], ['minutes', 60], ['seconds', 1]];

/** A time in seconds since 1970, and how far it is from now. */
export function timeOf(seconds) {
  const ago = Date.now() / 1000 - seconds;
  const away = Math.abs(ago);
  const [unit, size] = UNITS.find(([, least]) => away >= 2 * least) ?? UNITS.at(-1);
  const date = new Date(seconds * 1000);
  const time = Number.isNaN(date.getTime()) ? `${seconds}` : date.toISOString().replace('T', ' ').replace('.000Z', ' UTC');
  return fill(ago >= 0 ? TEXTS.past : TEXTS.future, { time, age: fill(TEXTS.ages[unit], { count: Math.round(away / size).toLocaleString('en') }) });
}
