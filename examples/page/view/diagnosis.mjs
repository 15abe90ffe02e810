// The diagnosis: what explains a text that does not open, and what cures it at either side, in the library's words.
import { TEXTS, fill } from '../texts.mjs';
import { facts, foreign, h, heading } from './dom.mjs';

/** What the card of what was opened says of a text with which nothing is wrong; null for any other. */
export function nothingWrongOf({ diagnosis }) {
  const first = diagnosis?.findings[0];
  return first?.cause === 'opens' ? h('div', {}, ...findingOf(first, false)) : null;
}

/** The card's contents; null if there is nothing to explain. `apply` sets the page's fields as a finding says. */
export function diagnosisOf({ diagnosis, verdict, opened }, apply) {
  if (diagnosis === null || diagnosis.findings[0].cause === 'opens') return null;
  const [first, ...others] = diagnosis.findings;
  const isClosed = verdict === 'closed';
  return [
    heading('diagnosis', isClosed ? TEXTS.diagnosis : TEXTS.diagnosisOdd),
    ...findingOf(first, true, apply),
    isClosed && opened.error !== null ? h('p.note.error', {}, h('code', {}, opened.error.code), ' ', foreign(opened.error.message)) : null,
    others.length === 0 ? null : h('details', {}, h('summary', {}, TEXTS.otherFindings), ...others.map((each) => h('div.finding', {}, ...findingOf(each, true)))),
    diagnosis.excluded.length === 0 ? null : excludedOf(diagnosis.excluded),
  ].filter((child) => child !== null);
}

function findingOf({ cause, grade, chance, detail, at_sender, at_receiver, settings }, hasCures, apply = null) {
  const rarity = chance === null || chance <= 0 ? null : fill(TEXTS.chance, { count: Math.round(1 / chance).toLocaleString('en') });
  return [
    h('p.cause', {}, h('code', { 'data-cause': cause }, cause), ' ', h(`span.badge.grade-${grade}`, {}, TEXTS.grades[grade]), rarity === null ? null : h('span.note', {}, ` ${rarity}`)),
    h('p', {}, foreign(detail)),
    hasCures ? h('div.cures', {}, cure(TEXTS.atSender, at_sender), cure(TEXTS.atReceiver, at_receiver)) : null,
    settings === null || !hasCures ? null : settingsOf(settings, apply),
  ].filter((child) => child !== null);
}

const cure = (title, text) => h('div.cure', {}, h('h4', {}, title), h('p', {}, text));

/** What a field of the page can set by itself. */
const FIELDS = ['encoding', 'tag', 'reading'];

function settingsOf(settings, apply) {
  const isSet = apply !== null && Object.keys(settings).every((name) => FIELDS.includes(name));
  const entries = Object.entries(settings).map(([name, value]) => [
    TEXTS.settingNames[name] ?? name,
    name === 'profile' ? TEXTS.otherProfile : foreign(`${value}`),
  ]);
  return h('div.settings', {}, h('h4', {}, TEXTS.settingsThatOpen), facts(entries),
    isSet ? h('button.link', { type: 'button', id: 'apply', onclick: () => apply(settings) }, TEXTS.apply) : null);
}

const excludedOf = (causes) => h('details', {},
  h('summary', {}, fill(TEXTS.excluded, { count: causes.length })),
  h('p.excluded', {}, ...causes.flatMap((cause) => [h('code', {}, cause), ' '])));
