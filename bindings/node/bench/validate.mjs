// A payload of 640 bytes against JSON.parse and compiled Ajv: validated, with rules that Ajv does not have (URL, headers,
// replacers, key), and made into a compiled profile. A message against compiled handlebars.
// Verdicts and texts are compared before they are timed.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import Ajv from 'ajv/dist/2020.js';
import Handlebars from 'handlebars';
import { race, row, verdict } from './race.mjs';

const { Profile, schema } = createRequire(import.meta.url)(process.env.CALLBACK_PROFILE ?? '../main.cjs');

const payload = JSON.stringify({
  title: 'Callback_Profile_Test_1', http_method: 'PUT', url: 'https://callbacks.example.com/v1/whatsapp?id=<id>',
  enc: { algo: 'AES-128-GCM', key: '12xxxxxxxxxxxx34', IV: '12xxxxxxxxxxxx38' },
  headers: { 'x-api-key': 'A-RANDOM-API-KEY', 'x-tenant': '<tenant>' },
  body: {
    name: 'John Doe', from: '<from>', body: '<body>', mime_type: '<mime_type>', media_url: '<media_url>',
    created_at: '<created_at>', reply_to: '<reply_to>', wanumber: '<wanumber>', contacts: '<contacts>', sid: '<sid>', message_id: '<message_id>', status: '<status>',
  },
  response_message: 'Thank you, {"name": "first_name"}, we have received it.', events: 'SMS-sent',
});
assert.ok(payload.length > 600 && payload.length < 700, `${payload.length}`);
const bytes = Buffer.from(payload);
const refused = payload.replace('"PUT"', '"PATCH"').replace('Callback_Profile', 'Callback Profile$');

const check = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema());
assert.ok(Profile.parse(payload) && check(JSON.parse(payload)));
assert.equal(Profile.check(payload), undefined);
assert.ok(!check(JSON.parse(refused)));
assert.throws(() => Profile.parse(refused));
assert.throws(() => Profile.check(refused));

const refuse = () => { try { Profile.check(refused); } catch { /* as expected */ } };
const [ours, fromBytes, made, ajv, oursRefused, ajvRefused] = await race([
  () => Profile.check(payload), () => Profile.check(bytes), () => Profile.parse(payload), () => check(JSON.parse(payload)),
  refuse, () => check(JSON.parse(refused)),
]);
const work = `payload of ${payload.length} bytes`;
row(`${work}, checked, string in`, ours, 'JSON.parse + Ajv', ajv, 3);
row(`${work}, checked, Uint8Array in`, fromBytes, 'JSON.parse + Ajv', ajv);
row(`${work}, refused with an Error of all violations`, oursRefused, 'JSON.parse + Ajv', ajvRefused);
row(`${work}, a compiled profile, string in`, made, 'JSON.parse + Ajv, which compile nothing', ajv);

const profile = Profile.parse({
  title: 'message', http_method: 'POST', url: 'https://example.com/', body: { a: '1' },
  response_message: `Dear {"name": "first_name"}, ${'your order is on its way. '.repeat(5)}It is {"order": "order_id"} and comes {"when": "day"}.`,
});
const record = { first_name: 'John', order_id: '1234567', day: 'on Monday' };
const text = `Dear {{first_name}}, ${'your order is on its way. '.repeat(5)}It is {{order_id}} and comes {{day}}.`;
const template = Handlebars.compile(text, { noEscape: true });
assert.equal(profile.message(record).text, template(record));
const [message, handlebars] = await race([() => profile.message(record), () => template(record)]);
row('message of 200 bytes, 3 replacers, object in', message, 'handlebars', handlebars);
verdict();
