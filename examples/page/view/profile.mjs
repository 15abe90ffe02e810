// What the profile is: why it is refused, what is worth knowing about it, and what it does.
import { TEXTS, fill } from '../texts.mjs';
import { facts, foreign, h, heading, veiled } from './dom.mjs';

/** The card's contents; null without a profile. */
export function profileOf({ profile }, reveal) {
  if (profile.state === 'empty') return null;
  const parts = [heading('about', TEXTS.about)];
  if (profile.isStored) parts.push(h('p.note', {}, TEXTS.stored));
  if (profile.state === 'refused') {
    const { violations, unlisted } = profile;
    const title = violations.length === 1 && unlisted === 0 ? TEXTS.oneViolation : fill(TEXTS.violations, { count: violations.length + unlisted });
    parts.push(h('h4', {}, title), h('ol.reasons', {}, ...violations.map((each) => reason(each, 'violation', null, reveal))));
    if (unlisted > 0) parts.push(h('p.note', {}, fill(TEXTS.unlisted, { count: unlisted })));
    return parts;
  }
  if (profile.facts !== null) parts.push(factsOf(profile.facts));
  if (profile.advisories.length === 0) parts.push(h('p.note', {}, TEXTS.noAdvisories));
  else parts.push(h('h4', {}, TEXTS.advisories), h('ul.reasons', {}, ...profile.advisories.map((each) => reason(each, 'advisory', each.code, reveal))));
  return parts;
}

function reason(each, kind, code, reveal) {
  const place = each.range ?? each.field ?? null;
  return h(`li.${kind}`, {},
    code === null ? null : h('code', {}, code),
    h('span', {}, foreign(each.message)),
    each.allowed == null ? null : h('span.note', {}, fill(TEXTS.allowed, { values: each.allowed.join(', ') })),
    place === null ? null : h('button.link', { type: 'button', onclick: () => reveal(each) }, TEXTS.show));
}

function factsOf({ title, method, url, channel, algorithm, kid, encryptedParams, fields }) {
  const names = TEXTS.facts;
  return facts([
    [names.title, foreign(title)],
    [names.request, h('span', {}, h('b', {}, method), ' ', veiled(url))],
    [names.channel, foreign(channel)],
    [names.encrypts, foreign(encryptsOf(algorithm, kid, encryptedParams))],
    [names.fields, fields.length === 0 ? null : foreign(fields.slice(0, 50).join(', '))],
  ]);
}

function encryptsOf(algorithm, kid, encryptedParams) {
  const texts = TEXTS.encrypts;
  if (kid !== null) return fill(texts.sealed, { kid });
  if (algorithm === null) return texts.nothing;
  return encryptedParams === null ? fill(texts.all, { algorithm }) : fill(texts.some, { names: encryptedParams.slice(0, 50).join(', '), algorithm });
}
