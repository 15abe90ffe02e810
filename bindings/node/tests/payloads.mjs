// Generates payloads from a seed: valid ones, mutated ones and hostile ones, as JSON text.
import { IV, KEY, numbers } from './support.mjs';

const NAMES = ['title', 'http_method', 'url', 'body', 'response_message', 'headers', 'enc', 'channel', 'events'];
const CHANNELS = ['sms', 'Default - No Channel Selected', 'Defatul - No Channel Selected'];
const KEYS = { 128: KEY, 192: 'K1abcdefghijkl2PK1abcdef', 256: 'Zk3vQ9tLm2Rw8XcYb5NdHs7JpAe4UfGi' };

export function payloads(seed, count) {
  const { below, pick, chance } = numbers(seed);

  const odd = () => pick([
    null, true, false, 0, -1, 1.5, 1e300, '', ' ', 'x', 'ab', '<', '\u0000', '😀', '😀😀', '😀😀😀', 'é', '[', '{', '[]', '{}', '[""]',
    '["SMS-sent"]', '["a",1]', '{"a":1}', '{"a":"b"}', 'null', '********', [], {}, ['a'], ['SMS-sent'], [''], [null], [[]], [1, 'a', ''],
    { a: 1 }, { a: 'b' }, { 'a/b~c': 1 }, { '': 1 }, { length: 1 }, { constructor: 1 }, ['SMS-sent', 'SMS-sent'], ['a', 'b', 'c'],
    'a'.repeat(2048), `https://example.com/${'a'.repeat(2028)}`, `https://example.com/${'a'.repeat(2029)}`, '1234567890123456', '12345678901234567',
  ]);

  function enc() {
    const bits = pick([128, 192, 256]);
    const made = { algo: `AES-${bits}-${pick(['GCM', 'CFB'])}`, key: KEYS[chance(0.8) ? bits : pick([128, 192, 256])], IV };
    if (chance(0.4)) made[chance(0.8) ? 'params' : 'Params'] = chance(0.7) ? pick(['to', ['to'], ['a.b', 'to']]) : odd();
    if (chance(0.15)) made[pick(['algo', 'key', 'IV', 'more'])] = odd();
    if (chance(0.1)) made.key = pick(['short', `${KEY}!`, '', 'ключ', `${KEY}\n`]);
    if (chance(0.1)) made.IV = pick(['short', 'ivivivivivivivi-', `${IV}1`, '', '😀'.repeat(16), `${IV.slice(1)}\n`, '********']);
    if (chance(0.1)) delete made[pick(['algo', 'key', 'IV'])];
    return made;
  }

  function headers() {
    const kind = below(8);
    if (kind === 0) return pick(['{"aa":"heyy"}', '{"aa":1,"b":"c"}']);
    if (kind === 1) return Object.fromEntries(Array.from({ length: 62 + below(5) }, (_, at) => [`x-${at}`, 'v']));
    if (kind === 2) return { 'x-long': 'v'.repeat(4095 + below(4)) };
    if (kind === 3) return { [pick(['a b', 'host', 'Ä', '', '__proto__'])]: 'v' };
    if (kind === 4) return { 'x-a': odd(), 'x-b': odd() };
    return { 'x-a': 'b' };
  }

  const valid = {
    title: () => pick(['abc', 'Delivery status', 'a_b-c 9']),
    http_method: () => pick(['GET', 'POST', 'PUT', 'DELETE']),
    url: () => pick(['https://example.com/sms', 'http://example.com/?to=<to>', 'https://example.com/<a>']),
    body: () => pick([{ to: '<recipient>' }, '{"to":"<recipient>"}', { deep: { list: [1, '<a>'] } }, {}]),
    response_message: () => pick(['Thank you, {"name": "first_name"}', '', 'Hi <a>']),
    headers,
    enc,
    channel: () => pick(CHANNELS),
    events: () => pick(['SMS-sent', ['SMS-sent'], null, ['a', 'b'], 'x']),
  };

  const wrong = {
    title: () => pick(['ab', '', 'a!', 'abc\n', '😀😀😀', 'Ünï', 'a\tb', 'a'.repeat(5000)]),
    http_method: () => pick(['get', 'PATCH', '', 'POST ', 'HEAD']),
    url: () => pick(['', 'example.com', 'ftp://example.com', 'https://', 'https://exa mple.com', 'javascript:alert(1)', 'https://ex\\ample.com',
      `https://example.com/${'é'.repeat(1100)}`, `https://example.com/${'😀'.repeat(600)}`, `https://example.com/${'é'.repeat(2100)}`]),
    body: () => pick(['', '[]', 'x', '{"a":', [], 1]),
    response_message: () => pick([1, null, {}, []]),
    headers,
    enc,
    channel: () => pick(['SMS', '', 'whatsapp', 'sms ']),
    events: () => pick([[], '["SMS-sent","SMS-sent"]', '["a","",1]', '', [''], '[]', '["a"', ['SMS-sent', 'SMS-sent'], ['x'], {}, 1]),
  };

  function payload() {
    // Now and then not even an object.
    if (chance(0.02)) return odd();
    const made = {};
    for (const name of NAMES) {
      const needed = ['title', 'http_method', 'url'].includes(name) || (name === 'body' && chance(0.8));
      if (needed || chance(0.35)) made[name] = valid[name]();
    }
    if (made.channel === 'sms' && chance(0.7)) made.events = 'SMS-sent';
    const mutations = chance(0.25) ? 0 : 1 + below(4);
    for (let at = 0; at < mutations; at += 1) {
      const name = pick(NAMES);
      const kind = below(4);
      if (kind === 0) delete made[name];
      else made[name] = kind === 1 ? odd() : wrong[name]();
    }
    if (chance(0.1)) made[pick(['more', 'Title', '', 'toString', 'constructor'])] = odd();
    return made;
  }

  return Array.from({ length: count }, () => JSON.stringify(payload()));
}
