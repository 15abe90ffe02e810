// Compiled, never run: what must type-check, and what must not.
import {
  ArgumentError, CallbackProfileError, Cipher, DecryptionError, Envelope, KeyRing, Profile, ProfileError, ReplacerError,
  SignatureError, Signer, StoredProfile, Verifier, addressVerdict, backend, catalogue, destination, keygen, keygenSealed, keygenSigning,
  parseRequest, schema, version,
  type AddressVerdict, type Advisory, type AdvisoryCode, type Callback, type ErrorCode, type Message,
  type Cause, type Destination, type DiagnoseOptions, type Diagnosis, type Finding, type FindingSettings, type Grade, type Json, type JsonInput,
  type Expected, type OpenedByKey, type OpenedDetails, type ParseOptions, type Received, type ReceivedByKey, type SignatureHeaders,
  type Verified, type ProfileField, type Violation,
} from 'callback-profile';
import { gcmSeal } from 'callback-profile/hazmat';
import * as wasm from 'callback-profile/wasm';

const options: ParseOptions = { policy: 'strict', limits: { depth: 8 }, encoding: 'hex', tag: 'prepended', reading: 'strict' };
const profile: Profile = Profile.parse({ title: 'abc' }, options);
const checked: void = Profile.check('{}', options);
const callback: Callback = profile.callback(new Uint8Array(), { missing: 'keep', boundary: 'x' });
const goesTo: Destination = destination(callback);
void [goesTo.host.length, destination({ url: 'https://example.com/' }).isHttps];
const message: Message = profile.message('{}', { pairs: true });
const opened: Promise<({ [name: string]: unknown } | Error | null)[]> = profile.openManyAsync([callback.body ?? ''], { signal: AbortSignal.timeout(1) });
const texts: Promise<(string | Error | null)[]>[] = [profile.openJsonManyAsync(['{}', null], { absent: true, signal: AbortSignal.timeout(1) }), profile.callbackBodiesAsync([{}, null], { missing: 'null', signal: AbortSignal.timeout(1) })];
// @ts-expect-error texts have no numbers to convert
void [texts, profile.openJsonManyAsync([], { numbers: 'bigint' })];
const bodies: (string | null)[] = profile.callbacks([{}]).flatMap((each) => (each instanceof Error || each === null ? [] : [each.body]));
const details: OpenedDetails = profile.openDetails(new URL('https://example.com/?a=b'), { structures: ['contacts'], absent: true, numbers: 'bigint', prototypeNames: false });
const json: string = profile.openJson(new URLSearchParams(), { structures: false, absent: ['a.b'], contentType: 'application/json' });
const value: Json | undefined = details.values['to'];
const fields: readonly ProfileField[] = profile.fields;
interface Dto { id: bigint; when: Date; nested?: { list: readonly (string | null)[] } }
const dto: Dto = { id: 1n, when: new Date() };
void [json, value, fields, profile.callback(dto, { missing: 'null', surrogates: 'replace' }), profile.callback([]), profile.message(Object.create(null) as object)];
// Records of every kind that programs have.
declare const input: JsonInput;
declare const anything: any;
declare const parsed: Record<string, unknown>;
interface Tree { name: string; children?: Tree[]; parent?: Tree | null }
declare const tree: Tree;
class Row { constructor(public id: bigint, readonly at: Date | null) {} toJSON(): unknown { return { id: this.id, at: this.at }; } }
const records = [dto, tree, parsed, new Row(1n, null), '{}', new Uint8Array(), { list: [1, { nested: [true, null, undefined] }] as const }] as const;
void [profile.callback(input), profile.callback(anything), profile.callback(parsed), profile.callback(tree), profile.callback(new Row(1n, new Date()))];
void [profile.message(input), profile.message(tree), profile.callbacks([input]), profile.callbacks(records), profile.callbacksAsync([dto, tree, '{}'], { signal: AbortSignal.timeout(1) })];
void [profile.callbacks([]), profile.callbacks([{}, '{}']), profile.callback({ url: new URL('https://example.com/'), rows: [new Row(2n, null)] })];
const known: DiagnoseOptions = { expect: ['x'], also: [profile], parameter: 'to', contentType: undefined, show: true };
const diagnosis: Diagnosis = profile.diagnose(['x'] as const, known);
const findings: Finding[] = [...profile.diagnose('x').findings, ...profile.diagnose(null, { body: new Uint8Array(), also: profile }).findings];
const [cause, grade]: [Cause | undefined, Grade | undefined] = [findings[0]?.cause, findings[0]?.grade];
const needed: FindingSettings | null | undefined = diagnosis.findings[0]?.settings;
const causes: Cause[] = catalogue().causes.map(({ name }) => name);
void [cause === 'tag_first', grade === 'proved', needed?.tag === 'prepended', diagnosis.judged_bytes.toFixed(), causes];
const advisories: readonly Advisory[] = profile.advisories;
const verdict: AddressVerdict = addressVerdict('::1');
const created: Envelope = Envelope.created(profile, { profileId: 'x', secrets: 'shown' });
const stored: StoredProfile = StoredProfile.parse(created.toJson());
const status: 1 | 2 | 3 | null = stored.status;
const sealed: Buffer = gcmSeal(new Uint8Array(16), new Uint8Array(12), new Uint8Array(), new Uint8Array());
parseRequest({ sid: 'x', headers: new Headers(), payload: '{}' });
parseRequest({ sid: 'x', headers: { a: ['b'], c: undefined }, payload: {} });
new Cipher('AES-128-GCM', 'k', 'i', { encoding: 'base64url' }).encrypt('x').toUpperCase();
const expected: Expected = { tolerance: 300, method: 'POST', url: null, profileId: null };
const signature: SignatureHeaders = new Signer([keygenSigning()]).signCallback(callback, { id: 'a', uncovered: true });
const verifier = new Verifier('whsec_');
const nodeHeaders: import('node:http').IncomingHttpHeaders = {};
const verified: Verified = verifier.verify(nodeHeaders, Buffer.alloc(0), { now: 0, tolerance: 300 });
const received: Received = profile.receive(new Headers(), new Uint8Array(), { verifier, target: '/', expected, numbers: 'bigint' });
const ring: KeyRing = KeyRing.byHeader('x', { tryInTurn: true, refuseV1: false });
ring.add('a', profile);
const byKey: OpenedByKey = ring.open(Object.entries(signature), '', { expected });
const receivedByKey: ReceivedByKey = ring.receive(nodeHeaders, '', { verifier });
const version2: 2 = keygenSealed('a', { random: new Uint8Array(32) }).version;
void [verified.timestamp, received.sealed?.kid, byKey.inTurn, receivedByKey.keyId, version2, keygen('AES-128-GCM').IV, ring.remove('a')?.kid, ring.ids];
void [signature['webhook-id'], profile.callback({}, { random: new Uint8Array(32), issuedAt: 0, id: 'a' }).isSealed, profile.diagnose('x', { sealed: expected })];
void fetch(callback.url, { method: callback.method, headers: callback.headers, body: callback.body });

try {
  void [checked, message, opened, bodies, advisories, verdict, status, sealed, schema(), version];
} catch (error) {
  if (error instanceof ProfileError) {
    const violations: Violation[] = error.violations;
    const limit: number | undefined = violations[0]?.params.limit;
    void limit;
    const code: 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile' | 'invalid_request' | 'invalid_envelope' = error.code;
    void [violations, code, error.envelope.status];
  } else if (error instanceof ReplacerError) {
    void error.missing.length;
  } else if (error instanceof DecryptionError) {
    void [error.parameter?.length, error.parameters.length, error.statusCode === 400, error.toJSON()];
    // @ts-expect-error a DecryptionError never has this code
    void (error.code === 'invalid_profile');
  } else if (error instanceof ArgumentError) {
    const code: 'unknown_algorithm' | 'invalid_key' | 'invalid_iv' | 'too_long' | 'invalid_argument' = error.code;
    void code;
  } else if (error instanceof SignatureError) {
    const code: 'signature_refused' | 'timestamp_refused' = error.code;
    void code;
  } else if (error instanceof CallbackProfileError) {
    const code: ErrorCode = error.code;
    void code;
  }
}
const runs: 'native' | 'wasm' = backend;
const same: typeof Profile = wasm.Profile;
void [runs, same, wasm.backend];
const codes: AdvisoryCode[] = catalogue().advisories.map(({ name }) => name);
void codes;

// @ts-expect-error no such policy
Profile.parse('{}', { policy: 'lax' });
// @ts-expect-error no such option
Profile.parse('{}', { polcy: 'strict' });
// @ts-expect-error a URL alone is no callback
destination('https://example.com/');
// @ts-expect-error a number is not a payload
Profile.parse(1);
// @ts-expect-error no public constructor
new Profile();
// @ts-expect-error a profile never changes
profile.title = 'x';
// @ts-expect-error the names are in upper case
new Cipher('aes-128-gcm', 'k', 'i');
// @ts-expect-error a key is a string
new Cipher('AES-128-GCM', new Uint8Array(16), 'i');
// @ts-expect-error no such setting
profile.callback({}, { missing: 'ignore' });
// @ts-expect-error its text must be read first
profile.open(new Request('https://example.com/'));
// @ts-expect-error its text must be read first
profile.open(new Response());
// @ts-expect-error no JSON
profile.open(new Blob());
// @ts-expect-error no JSON
profile.callback(new FormData());
// @ts-expect-error no JSON
profile.callback(new Headers());
// @ts-expect-error no JSON
profile.callback(new ReadableStream());
// @ts-expect-error no JSON
profile.callback(new Map());
// @ts-expect-error no JSON within a record
profile.callback({ a: new Map() });
// @ts-expect-error no JSON within a record
profile.callback({ a: [{ b: new Set([1]) }] });
// @ts-expect-error no JSON within a record
profile.callback({ a: { body: new Request('https://example.com/') } });
// @ts-expect-error no JSON within a record
profile.message({ a: Symbol('a') });
// @ts-expect-error no JSON within a record
profile.message({ a: () => 1 });
// @ts-expect-error bytes are no JSON within a record
profile.callback({ a: Buffer.from('x') });
// @ts-expect-error it must be awaited first
profile.callback({ a: Promise.resolve(1) });
// @ts-expect-error an instance without toJSON
profile.callback({ a: new (class Named { name(): string { return ''; } })() });
// @ts-expect-error no JSON
profile.callbacks([{ a: 1 }, new Map()]);
// @ts-expect-error texts or a body
profile.diagnose();
// @ts-expect-error a text is a string
profile.diagnose([new Uint8Array()]);
// @ts-expect-error no such cause
void (cause === 'tag_last');
// @ts-expect-error no such grade
void (grade === 'certain');
// @ts-expect-error a parsed body does not show what was wrong with it
profile.diagnose(null, { body: {} });
// @ts-expect-error it must be awaited first
profile.open(Promise.resolve('{}'));
// @ts-expect-error no JSON
profile.callback(() => 1);
// @ts-expect-error no JSON
profile.callback(/x/);
// @ts-expect-error openJson gives text, whose numbers have all digits
profile.openJson('{}', { numbers: 'bigint' });
// @ts-expect-error each member is a decision
profile.open('{}', { expected: { tolerance: 300, method: 'POST', url: null } });
// @ts-expect-error a parsed body is not what was signed
verifier.verify({}, {});
// @ts-expect-error the same id for each retry
new Signer('whsec_').sign('{}');
// @ts-expect-error each callback has random bytes and an id of its own
profile.callbacks([{}], { id: 'a' });
// @ts-expect-error a signature is required
profile.receive({}, '{}');
