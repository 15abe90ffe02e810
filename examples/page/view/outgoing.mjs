// The callback as it would go out for a record.
import { TEXTS, fill } from '../texts.mjs';
import { cut, foreign, h, veiled } from './dom.mjs';

export function outgoingOf({ callback }) {
  if (callback === null) return [];
  if (callback.error !== undefined) return [h('p.state.refused', {}, foreign(callback.error.message))];
  const { method, url, headers, body, missing, isSealed, message, signed } = callback;
  const all = [...headers, ...(signed?.headers ?? [])];
  return [
    h('pre.request', { tabindex: '0', role: 'region', 'aria-label': TEXTS.request },
      h('b', {}, method), ' ', cut(url, { show: veiled }), '\n',
      ...all.flatMap(([name, value]) => [h('span.name', {}, foreign(name)), ': ', veiled(value, { before: `${name}: ` }), '\n']),
      ...(body === null ? [] : ['\n', cut(body, { lines: true, show: veiled })])),
    missing.length === 0 ? null : h('p.note', {}, foreign(fill(TEXTS.recordMissing, { names: missing.slice(0, 50).map(({ text }) => text).join(', ') }))),
    isSealed ? h('p.note', {}, TEXTS.sealedAnew) : null,
    signed === null ? null : h('p.note', {}, signed.error === undefined ? TEXTS.signedToo : fill(TEXTS.notSigned, { message: signed.error.message })),
    message === null ? null : h('div', {}, h('h4', {}, TEXTS.message), h('p.bubble', {}, cut(message, { lines: true }))),
  ].filter((child) => child !== null);
}
