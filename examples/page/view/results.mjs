// The results: the verdict, and a card for each question. Each is made anew of the report.
import { TEXTS, fill } from '../texts.mjs';
import { byId, cut, facts, foreign, h, heading, timeOf } from './dom.mjs';
import { diagnosisOf, nothingWrongOf } from './diagnosis.mjs';
import { outgoingOf } from './outgoing.mjs';
import { profileOf } from './profile.mjs';

/** Shows a report; `reveal` brings a reason's place into view, `apply` sets the fields as a finding says. */
export function show(report, { reveal, apply }) {
  verdict(report);
  card('diagnosis', diagnosisOf(report, apply));
  card('opened', openedOf(report));
  card('signature', signatureOf(report));
  card('about', profileOf(report, reveal));
  byId('callback').hidden = report.callback === null;
  byId('outgoing').replaceChildren(...outgoingOf(report));
}

/** Shows that nothing could be examined. */
export function showFailure() {
  verdict({ verdict: 'failed' });
  for (const id of ['diagnosis', 'opened', 'signature', 'about', 'callback']) byId(id).hidden = true;
}

function card(id, children) {
  const element = byId(id);
  element.hidden = children === null;
  element.replaceChildren(...(children ?? []));
}

function verdict({ verdict: name, opened, diagnosis }) {
  const [title, hint] = TEXTS.verdicts[name];
  const finding = diagnosis?.findings[0];
  const isExplained = finding !== undefined && finding.grade !== 'none' && ['closed', 'odd'].includes(name);
  const words = name === 'allowed' ? fill(hint, { error: opened.error.message }) : isExplained ? finding.detail : hint || opened?.error?.message || '';
  byId('verdict').dataset.verdict = name;
  byId('verdict').replaceChildren(h('strong', {}, title), h('span', {}, foreign(words)));
}

function openedOf(report) {
  const { opened } = report;
  if (opened === null || (opened.rows.length === 0 && !opened.ok)) return null;
  const missing = opened.error?.code === 'missing_parameter' ? opened.error.parameters : [];
  const rows = opened.rows.map(openedRow);
  rows.push(...missing.map((name) => h('tr', {}, h('th', { scope: 'row' }, cut(name)), h('td', {}), h('td', {}, h('span.badge.missing', {}, TEXTS.missing)))));
  const names = opened.allowed.join(', ');
  return [
    heading('opened', TEXTS.opened),
    names === '' ? null : h('p.note', {}, fill(TEXTS.allowedHint, { names })),
    rows.length === 0 ? h('p.note', {}, TEXTS.noRows) : h('table', {}, head(), h('tbody', {}, rows)),
    opened.more === 0 ? null : h('p.note', {}, fill(TEXTS.moreRows, { count: opened.more.toLocaleString('en') })),
    opened.rows.some(({ how }) => how === 'readable') ? h('p.note', {}, TEXTS.readableHint) : null,
    opened.sealed === null ? null : sealedFacts(opened.sealed),
    nothingWrongOf(report),
  ].filter((child) => child !== null);
}

const head = () => h('thead', {}, h('tr', {}, ...[TEXTS.parameter, TEXTS.value, TEXTS.how].map((text) => h('th', { scope: 'col' }, text))));

function openedRow({ name, value, how, isUnknown, error }) {
  const shownName = name.text === '' ? TEXTS.singleValue : /^\d+$/.test(name.text) ? fill(TEXTS.lineNumber, { name: name.text }) : cut(name);
  const shownValue = value.text === '' ? h('em.note', {}, TEXTS.emptyValue) : cut(value);
  const badges = [h(`span.badge.${how}`, {}, TEXTS.hows[how])];
  if (isUnknown) badges.push(h('span.badge.unknown', {}, TEXTS.unknownToProfile));
  if (error !== undefined) badges.push(h('code.note', {}, error.code));
  return h('tr', {}, h('th', { scope: 'row' }, shownName), h('td.value', {}, shownValue), h('td', {}, h('div.badges', {}, badges)));
}

function sealedFacts({ kid, id, issuedAt, profileId }) {
  const names = TEXTS.sealedFacts;
  return facts([
    [names.kid, foreign(kid)],
    [names.id, foreign(id)],
    [names.issuedAt, timeOf(issuedAt)],
    [names.profileId, profileId === null ? null : foreign(profileId)],
  ]);
}

/** How far a receiver lets the time of sending be from now, in seconds, unless it says otherwise. */
const TOLERANCE = 300;

function signatureOf({ signature }) {
  const { state, id, timestamp, error, absent = [], change } = signature;
  if (state === 'none') return null;
  const text = state !== 'refused' ? TEXTS.signatures[state] : TEXTS.signatures[error.code === 'signature_refused' ? 'refused' : error.code] ?? error.message;
  const isOld = state === 'holds' && Math.abs(Date.now() / 1000 - timestamp) > TOLERANCE;
  return [
    heading('signature', TEXTS.signature),
    h(`p.state.${state}`, {}, fill(text, { message: error?.message ?? '' })),
    absent.length === 0 ? null : h('p.note', {}, fill(TEXTS.absentHeaders, { names: absent.join(', ') })),
    change === null || change === undefined ? null : h('p', {}, TEXTS.changes[change]),
    state === 'holds' ? facts([[TEXTS.messageId, foreign(id)], [TEXTS.signedAt, timeOf(timestamp)]]) : null,
    isOld ? h('p.note', {}, TEXTS.tooOld) : null,
  ].filter((child) => child !== null);
}
