/** Any JSON value; a bigint only where `open` was asked for it. */
export type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };

/** A plain object, an array, or an object with `toJSON`. The members are those of objects that are none of them. */
export type JsonObject = object & {
  /** `Map`, `Set`, `Promise`, `ArrayBuffer`. */
  readonly [Symbol.toStringTag]?: never;
  /** Functions and classes. */
  readonly [Symbol.hasInstance]?: never;
  /** `RegExp`. */
  readonly [Symbol.match]?: never;
  /** `Request`, `Response`, `Blob`: `await request.text()` first. */
  readonly arrayBuffer?: never;
  /** `FormData`. */
  readonly getAll?: never;
  /** `Headers`. */
  readonly getSetCookie?: never;
  /** `ReadableStream`. */
  readonly getReader?: never;
};

/**
 * JSON as a text, as UTF-8 bytes, or as an object.
 *
 * Members of objects are taken as `JSON.stringify` takes them: undefined ones are left out, and an object with `toJSON` (`Date`, `URL`,
 * a class of yours) is what that gives. A bigint and -0 keep their digits. What JSON has no text for is refused with its path, such as
 * `record.contacts[0].name`: a `TypeError` for functions, symbols, `Map`, `Set`, typed arrays, `Buffer`, `Request`, instances of classes
 * without `toJSON`; an `ArgumentError` for NaN, Infinity and a `Date` without a time.
 */
export type JsonInput = string | Uint8Array | JsonObject | { readonly [name: string]: unknown };

/**
 * What JSON has a text for, at every depth: `never` where it has none, so that the compiler refuses a `Map` in a record as the library
 * does. What the compiler does not know (`unknown`, `any`) passes it.
 */
export type JsonMembers<T> = unknown extends T ? T
  : T extends string | number | bigint | boolean | null | undefined ? T
  : T extends symbol | ArrayBufferView | ((...args: never[]) => unknown) ? never
  : T extends { toJSON(...args: never[]): unknown } ? T
  : T extends JsonObject ? { [K in keyof T]: JsonMembers<T[K]> } : never;

/** A record: as `JsonInput`, and checked by the compiler at every depth. */
export type RecordInput<R extends object> = string | Uint8Array | (R & JsonMembers<R>);

/** Bytes that come out: a `Buffer` in Node, Deno and Bun, whose types then know it, and a `Uint8Array` elsewhere. */
export type OutputBytes = typeof globalThis extends { Buffer: { alloc(size: number): infer B extends Uint8Array } } ? B : Uint8Array;

/** The algorithms of a profile. */
export type Algorithm =
  | 'AES-128-GCM' | 'AES-192-GCM' | 'AES-256-GCM' | 'AES-128-CFB' | 'AES-192-CFB' | 'AES-256-CFB';

/** The code of an error: the same names in every language. */
export type ErrorCode =
  | 'invalid_json' | 'not_an_object' | 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile'
  | 'invalid_request' | 'invalid_envelope' | 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path' | 'unsafe_query'
  | 'unknown_algorithm' | 'invalid_key' | 'invalid_iv' | 'invalid_encoding' | 'auth_failed' | 'not_utf8'
  | 'not_encrypted' | 'too_long' | 'buffer_too_small' | 'missing_parameter' | 'cannot_tell_key' | 'unknown_key'
  | 'signature_refused' | 'timestamp_refused' | 'random_required' | 'issued_at_required' | 'id_required'
  | 'signature_covers_nothing' | 'unsupported_content_type' | 'malformed_multipart' | 'malformed_form'
  | 'invalid_boundary' | 'refused_name' | 'unexpected_type' | 'invalid_argument' | 'internal';

/** The code of an advisory. */
export type AdvisoryCode =
  | 'fixed_nonce_gcm' | 'unauthenticated_cfb' | 'key_equals_iv' | 'key_reused_across_modes' | 'low_entropy_key'
  | 'plain_http' | 'private_address' | 'credentials_in_url' | 'url_fragment' | 'unusual_port' | 'unused_body'
  | 'unused_response_message' | 'unused_content_type' | 'content_type_mismatch' | 'unknown_member'
  | 'ambiguous_member' | 'unmatched_encrypt_param' | 'encrypts_nothing' | 'ambiguous_name' | 'unsigned_target'
  | 'unsealed_replacer' | 'secret_in_header' | 'metadata_header' | 'forwarding_header' | 'suspicious_replacer'
  | 'html_like_replacer';

/** The kind of an IP address as the target of a callback; only `public` is safe to call. */
export type AddressVerdict =
  | 'public' | 'loopback' | 'private' | 'shared' | 'link_local' | 'metadata' | 'unspecified' | 'multicast'
  | 'documentation' | 'reserved';

/** Why a text does not open, or that it does (`opens`): a row of the catalogue. */
export type Cause =
  | 'opens' | 'line_breaks' | 'surrounding_characters' | 'percent_encoded' | 'escaped_text' | 'hex_text'
  | 'double_encoding' | 'pieces' | 'case_lost' | 'cut_short' | 'raw_bytes' | 'foreign_container' | 'not_encrypted'
  | 'only_base64' | 'empty_not_encrypted' | 'encrypted_twice' | 'cfb8' | 'cfb_segment' | 'cfb1' | 'ofb' | 'ctr'
  | 'cbc' | 'ecb' | 'sent_gcm' | 'sent_cfb' | 'tag_first' | 'tag_missing' | 'tag_short' | 'tag_repeated' | 'tag_wrong'
  | 'iv_in_text' | 'iv_cut' | 'iv_other' | 'iv_unknown' | 'key_iv_swapped' | 'key_length' | 'key_hex' | 'key_base64'
  | 'key_utf16' | 'key_hashed' | 'key_case' | 'key_line_break' | 'other_key' | 'other_charset' | 'byte_order_mark'
  | 'padding' | 'wrapped_value' | 'body_form' | 'parameter_missing' | 'parameter_renamed' | 'sealed_carrier'
  | 'sealed_token' | 'sealed_header' | 'sealed_kid' | 'sealed_key' | 'sealed_claims' | 'sealed_time' | 'sealed_method'
  | 'sealed_url' | 'sealed_profile' | 'sealed_copy' | 'sealed_parameters' | 'unknown';

/**
 * How sure a finding is: proved; it decrypts to text, which random bytes would do with the finding's chance only; told from
 * the look of the text alone; not sure at all.
 */
export type Grade = 'proved' | 'likely' | 'spelling' | 'none';

/** How encrypted values are written and read. */
export interface WireFormat {
  /** The alphabet. Default `base64`. */
  encoding?: 'base64' | 'base64url' | 'hex' | undefined;
  /** Whether GCM's tag follows or precedes the ciphertext. Default `appended`. */
  tag?: 'appended' | 'prepended' | undefined;
  /** `tolerant` (default) also accepts the changes that query strings and other libraries make to encoded text. */
  reading?: 'tolerant' | 'strict' | undefined;
}

/** Upper limits of inputs and outputs: whole numbers from 0; bytes are those of UTF-8. */
export interface Limits {
  /** Longest payload, patch, stored profile or envelope, in bytes. Default 262,144. */
  payloadBytes?: number | undefined;
  /** Longest record, in bytes. Default 1,048,576. */
  recordBytes?: number | undefined;
  /** Longest received body or query, in bytes. Default 4,194,304. */
  receivedBytes?: number | undefined;
  /** Deepest nesting of JSON, in levels; above 128 it is 128. Default 32. */
  depth?: number | undefined;
  /** Number of JSON values in one document. Default 10,000. */
  nodes?: number | undefined;
  /** Number of violations that an error lists. Default 64. */
  violations?: number | undefined;
  /** Longest URL, in bytes. Default 2,048. */
  urlBytes?: number | undefined;
  /** Number of headers. Default 64. */
  headers?: number | undefined;
  /** Longest header name, in bytes. Default 128. */
  headerNameBytes?: number | undefined;
  /** Longest header value, in bytes. Default 4,096. */
  headerValueBytes?: number | undefined;
  /** All headers together, in bytes. Default 16,384. */
  headersBytes?: number | undefined;
  /** Number of replacers in a profile. Default 1,024. */
  replacers?: number | undefined;
  /** Longest message, URL or body that is rendered, in bytes. Default 1,048,576. */
  outputBytes?: number | undefined;
}

/** How a payload is validated, and how the values of its callbacks are encoded. */
export interface ParseOptions extends WireFormat {
  /** `strict` turns some advisories into violations. Default `documented`. */
  policy?: 'documented' | 'strict' | undefined;
  limits?: Limits | undefined;
  /** Refuses sealed profiles: version 2 of `enc`, which is an extension of the documents. */
  refuseSealed?: boolean | undefined;
  /** Refuses the documented `enc`: for those who have moved to sealed profiles. */
  refuseV1?: boolean | undefined;
  /** The callbacks will be signed: the profile may not have the headers of a signature. */
  signed?: boolean | undefined;
}

/**
 * What replaces a value that the record lacks: nothing (default), the replacer itself, an error, or null where the value would
 * be a whole string of a JSON body.
 */
export type Missing = 'empty' | 'keep' | 'error' | 'null';

/** What becomes of a lone surrogate in the record, as at the end of a text that was shortened: an error (default), or U+FFFD. */
export type Surrogates = 'refuse' | 'replace';

export interface MessageOptions {
  missing?: Missing | undefined;
  surrogates?: Surrogates | undefined;
  /** Whether a pair stays a pair: `{"name": "John"}` instead of `John`. */
  pairs?: boolean | undefined;
}

/** The settings of many callbacks. Each sealed one has random bytes and an id of its own. */
export interface CallbacksOptions {
  missing?: Missing | undefined;
  surrogates?: Surrogates | undefined;
  /** The boundary of a multipart body; derived from the values if not given. */
  boundary?: string | undefined;
  /** Of a sealed callback: the time of sending in seconds since 1970; that of the clock if not given. */
  issuedAt?: number | undefined;
  /** Of a sealed callback: the id of the profile, if both sides know it. */
  profileId?: string | undefined;
  /** Of a sealed callback of POST or PUT: the body is the token alone, of the type `application/jose`. */
  bareToken?: boolean | undefined;
}

export interface CallbackOptions extends CallbacksOptions {
  /** Of a sealed callback: 32 bytes; those of the operating system if not given. */
  random?: Uint8Array | undefined;
  /**
   * Of a sealed callback: its id, the same for each retry, 1 to 128 characters of visible ASCII without a full stop; a new one
   * if not given.
   */
  id?: string | undefined;
}

/**
 * What a receiver expects of a sealed callback beside the right key. Each member is a decision, and null is the decision not to
 * check it: none may be left out. What is expected and missing is a mismatch.
 */
export interface Expected {
  /** How far the time of sending may be from now, in seconds, both ways: 300 as a rule; null for archives. */
  tolerance: number | null;
  /** The method that it was received with. */
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | null;
  /**
   * The receiver's own **public** URL, as the sender's profile has it. Never one made of the headers `Host` or `X-Forwarded-*`,
   * which the sender of a request chooses. Query and fragment make no difference.
   */
  url: string | null;
  /** The id of the profile, which both sides know. */
  profileId: string | null;
  /** The time in seconds since 1970; that of the clock if not given. */
  now?: number | undefined;
}

/** What a receiver accepts beside encrypted strings. */
export interface OpenJsonOptions {
  /** The received content type with its parameters, of the profile's kind; the profile's own if not given. */
  contentType?: string | undefined;
  /**
   * Where a value that is one whole `<name>` may be an object or array of encrypted strings: everywhere, nowhere (default),
   * or under these names. Dots reach nested members.
   */
  structures?: boolean | readonly string[] | undefined;
  /** Which encrypted parameters may be absent, or null as `missing: 'null'` writes it. Default none. */
  absent?: boolean | readonly string[] | undefined;
  /** What is expected of a sealed callback; a sealed profile opens nothing without it. */
  expected?: Expected | undefined;
}

export interface OpenOptions extends OpenJsonOptions {
  /**
   * What the numbers of the result are.
   * - `number` (default): JavaScript numbers, which round beyond 2^53 - 1, as `JSON.parse` does.
   * - `bigint`: the same, but a bigint for a whole number beyond that is written with digits alone. What a program computes with stays
   *   a number; ids keep their digits.
   * - `text`: the text of each, as it was sent.
   * - `strict`: JavaScript numbers, and `invalid_json` with the parameter's name for one that would be rounded.
   */
  numbers?: 'number' | 'bigint' | 'text' | 'strict' | undefined;
  /** Whether a parameter may be named `__proto__`. It is an own property then; by default it is `refused_name`. */
  prototypeNames?: boolean | undefined;
}

/** An opened callback. */
export interface OpenedDetails {
  /** What `open` gives. */
  values: { [name: string]: Json };
  /**
   * What was decrypted (`to`, `contacts[0].name`), at most 256 characters of each name. Everything else was sent in clear, and
   * anyone could have written it.
   */
  decrypted: string[];
  /** What the profile does not have, at most 256 characters of each name. */
  unknown: string[];
  /** What the sender of a sealed callback said about it; null of the documented format. */
  sealed: SealedMessage | null;
  /**
   * With `partial`, the code of each parameter that did not open (`missing_parameter`, `not_encrypted`, `auth_failed` …), by its name;
   * else empty. In `values` such a member is absent, such an element of an array is null: the received text is never there.
   */
  failed: { [name: string]: string };
}

/** How a received callback is opened in part. */
export interface OpenDetailsOptions extends OpenOptions {
  /** Open what can be opened, and name the rest in `failed`. Default false. */
  partial?: boolean | undefined;
}

/** What the sender of a sealed callback said about it, authentic as the parameters are. */
export interface SealedMessage {
  /** The id of the key. */
  kid: string;
  /**
   * The id of the message, the same for each retry. Keep it, with the key's id, for at least twice the tolerance, in the
   * transaction of the effect.
   */
  id: string;
  /** The time of sending in seconds since 1970. */
  issuedAt: number;
  /** The id of the profile, if the sender gave one. */
  profileId: string | null;
}

/** Received headers: Node's own, `Headers`, or pairs; names in any case. */
export type ReceivedHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string]>;

/** Id and time of a message whose signature holds. */
export interface Verified {
  /**
   * The id, the same for each retry. Keep it for at least twice the tolerance, in the transaction of the effect; answer a
   * message whose id is known with 2xx and without an effect.
   */
  id: string;
  /** The time of sending in seconds since 1970. */
  timestamp: number;
}

/** A received callback whose signature holds, opened. */
export interface Received extends Verified, OpenedDetails {}

/** A callback that a key ring opened. */
export interface OpenedByKey extends OpenedDetails {
  /** The id of the key. */
  id: string;
  /** 1: the documented format, whose id is not authentic. 2: sealed. */
  version: 1 | 2;
  /** Whether the callback named no key, and the one that it was opened with was found by trying. */
  inTurn: boolean;
}

/** A received callback whose signature holds, opened by a key ring. */
export interface ReceivedByKey extends Received {
  /** The id of the key. */
  keyId: string;
  /** 1: the documented format, whose id is not authentic. 2: sealed. */
  version: 1 | 2;
  /** Whether the callback named no key, and the one that it was opened with was found by trying. */
  inTurn: boolean;
}

/** The settings of opening by a key ring. */
export interface OpenByKeyOptions extends OpenOptions {
  /** The received path and query: what a GET or DELETE has its parameters in. */
  target?: string | undefined;
}

export interface VerifyOptions {
  /** The time in seconds since 1970; that of the clock if not given. */
  now?: number | undefined;
  /** How far the time of sending may be from it, in seconds, both ways. Default 300. */
  tolerance?: number | undefined;
}

/** The settings of receiving. */
export interface ReceiveOptions extends OpenByKeyOptions, VerifyOptions {
  verifier: Verifier;
}

export interface SignOptions {
  /** 1 to 128 characters of visible ASCII without a full stop, the same for each retry. */
  id: string;
  /** The time of this sending in seconds since 1970; that of the clock if not given. */
  timestamp?: number | undefined;
}

export interface SignCallbackOptions {
  /** The callback's own id if not given, or a new one: give it for a retry, which has the id of the first sending. */
  id?: string | undefined;
  /** The time of this sending in seconds since 1970; that of the clock if not given. */
  timestamp?: number | undefined;
  /** Whether a GET or DELETE may be signed, whose parameters a signature does not cover unless they are sealed. Default false. */
  uncovered?: boolean | undefined;
}

/** The three headers of a signed message; send them beside its own. */
export interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** What signing looks at; a `Callback` has it. */
export type SignedCallback = Pick<Callback, 'url' | 'headers' | 'body'> & Partial<Pick<Callback, 'id' | 'isSealed'>>;

export interface KeyRingOptions {
  /**
   * Whether a callback without an id is tried with each key: under GCM alone, with at most four keys, and never in a ring that
   * holds a sealed profile. Default false.
   */
  tryInTurn?: boolean | undefined;
  /** Refuses callbacks of the documented format. Default false. */
  refuseV1?: boolean | undefined;
}

export interface KeygenOptions {
  /** The bytes to make it of; those of the operating system if not given. */
  random?: Uint8Array | undefined;
}

/** What is known beside the profile and the texts. */
export interface DiagnoseOptions {
  /** The values that the texts should have: of several texts in their order, of one text any of them. */
  expect?: string | readonly string[] | undefined;
  /** Further profiles whose key may have been used, such as one with an older key. */
  also?: Profile | readonly Profile[] | undefined;
  /** The name of the texts' parameter. */
  parameter?: string | undefined;
  /**
   * In place of texts: a whole callback exactly as it was received; of a GET or DELETE the URL or its query. What a framework
   * has parsed would not show what is wrong with it.
   */
  body?: string | Uint8Array | undefined;
  /** The received content type of the body. */
  contentType?: string | undefined;
  /** Whether a proved value is shown, which of a sealed callback is none. Default false. */
  show?: boolean | undefined;
  /** What is expected of a sealed callback; without it neither age nor method, URL and profile id are checked. */
  sealed?: Expected | undefined;
}

/** What `diagnose` gives. The names of its members are the same in every language. */
export interface Diagnosis {
  /** The explanations, best first, never empty: where nothing was found, the cause of the only one is `unknown`. */
  findings: Finding[];
  /** The causes that were tried and do not explain the texts, in the order of the catalogue. */
  excluded: Cause[];
  /** How many decrypted bytes were examined. Below about 12, nothing can be concluded without a tag. */
  judged_bytes: number;
}

/** One explanation of texts that do not open. */
export interface Finding {
  cause: Cause;
  grade: Grade;
  /** How probable it is that random bytes would have led to this finding; null unless decrypted text is the evidence. */
  chance: number | null;
  /** What was found, in a sentence. */
  detail: string;
  /** What the sender's program probably does, and what it should do. */
  at_sender: string;
  /** What the receiver can do. */
  at_receiver: string;
  /** The change of wire format or profile under which the text opens, if there is one. */
  settings: FindingSettings | null;
  /** The value; there only if it is proved and was asked for. */
  value?: string;
}

/** What has to change in the profile for a text to open; what stays is absent. Key and IV are described and never shown. */
export interface FindingSettings {
  encoding?: 'base64' | 'base64url' | 'hex';
  tag?: 'appended' | 'prepended';
  reading?: 'tolerant' | 'strict';
  algo?: Algorithm;
  /** What has to be done to the key, in words. */
  key?: string;
  /** What has to be done to the IV, in words. */
  IV?: string;
  /** Which of `also` opens the text, counted from 0. */
  profile?: number;
}

/** For calls on the thread pool. */
export interface AbortOptions {
  /** Rejects the promise with the signal's reason and stops the work after the current item. */
  signal?: AbortSignal | undefined;
}

export interface SecretsOptions {
  /** `shown` writes key and IV in clear, as the platform documents it. Default `masked`. */
  secrets?: 'masked' | 'shown' | undefined;
}

export interface CreatedOptions extends SecretsOptions {
  /** The id of the stored profile; the response has none if not given. */
  profileId?: string | undefined;
}

/** Something accepted but risky or useless; it never causes an error. */
export interface Advisory {
  readonly code: AdvisoryCode;
  /** JSON Pointer to the member, as it was sent. */
  readonly pointer: string;
  /** One sentence; it quotes no value. */
  readonly message: string;
}

/** A field that a profile reads from a record. */
export interface ProfileField {
  /** The name as the replacer has it: `first_name`, `contacts[0].name`. */
  readonly field: string;
  /** JSON Pointers to where it is read in the payload. */
  readonly places: readonly string[];
}

/** One reason why something is refused, in the platform's words. */
export interface Violation {
  context: 'params' | 'headers' | 'body';
  /** JSON Pointer to the value, as it was sent. */
  pointer: string;
  /** The JSON Schema keyword of the rule, or a name of this library where JSON Schema has none. */
  keyword: string;
  /** The sentence, such as `body/title must be string`; never a key, an IV or a header's value. */
  message: string;
  /** What the rule allows, with Ajv's names: `{ limit: 3 }`, `{ allowedValues: ['GET', …] }`; `{}` if it has nothing. */
  params: {
    missingProperty?: string;
    limit?: number;
    allowedValues?: string[];
    pattern?: string;
    type?: string;
  };
  /** Where the text is not JSON: the line, from 1. */
  line?: number;
  /** Where the text is not JSON: the column, from 1. */
  column?: number;
}

/** A rendered message; `String(message)` is its text. */
export interface Message {
  text: string;
  /** The names that the record lacked, in the order of their first use. */
  missing: string[];
  toString(): string;
}

/** An outgoing request, ready for any HTTP client. */
export interface Callback {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** A plain object, in the profile's order; a header named `__proto__` is an own member as any other. With a body, `content-type` is always among them. */
  headers: Record<string, string>;
  /** Null for GET and DELETE. */
  body: string | null;
  /** The names that the record lacked, in the order of their first use. */
  missing: string[];
  /** The id that was given, or made for a sealed callback; else null. A retry is sealed anew, with the same id. */
  id: string | null;
  /** The time of sending in seconds since 1970 that was given, or taken for a sealed callback; else null. */
  issuedAt: number | null;
  /** Whether its parameters are sealed: `enc` of version 2. */
  isSealed: boolean;
}

/**
 * A validated callback profile: every instance has passed all rules. It never changes. It belongs to one thread, and cannot be cloned:
 * `structuredClone` and `postMessage` are a `DataCloneError`.
 * @example
 * ```js
 * import { Profile } from 'callback-profile';
 *
 * const profile = Profile.parse({
 *   title: 'Delivery status', http_method: 'POST', url: 'https://example.com/sms', body: { to: '<recipient>' },
 *   enc: { algo: 'AES-128-GCM', key: 'K1abcdefghijkl2P', IV: 'POabcdefghijklLY' },
 * });
 * const { method, url, headers, body } = profile.callback({ recipient: '+919876543210' }); // for any HTTP client
 * console.log(profile.open(body).to); // => +919876543210
 * ```
 */
export class Profile {
  protected constructor();

  /**
   * Validates a create payload and makes the profile.
   * @throws {ProfileError} `invalid_profile`, with every violation
   * @throws {ArgumentError} for an option that makes no sense
   * @throws {TypeError} for an argument of a wrong type
   */
  static parse(payload: JsonInput, options?: ParseOptions): Profile;

  /**
   * Validates a create payload as `parse` does, several times faster, and makes no profile.
   * @throws the errors of `parse`
   */
  static check(payload: JsonInput, options?: ParseOptions): void;

  /** The title, as it was sent. */
  readonly title: string;
  /** The method of its callbacks. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As it was sent, with its replacers. */
  readonly url: string;
  /** The same for people and logs: user name and password masked. */
  readonly urlWithoutCredentials: string;
  /** The URL of all callbacks without query and fragment, which is what a sealed one is bound to; null if its path has replacers. */
  readonly constantUrl: string | null;
  /** As it was sent, with its replacers; a new object each time. */
  readonly body: { [name: string]: Json } | null;
  /** The chatbot's answer with its replacers; null if absent. */
  readonly responseMessage: string | null;
  /** A plain object of the headers with their replacers; a new one each time. Their values may be secrets. */
  readonly headers: Record<string, string>;
  /** The channel; the platform's own words where none is selected. */
  readonly channel: 'sms' | 'Default - No Channel Selected';
  /** The events that it is for; null if absent. */
  readonly events: string[] | null;
  /** Null if nothing is encrypted. */
  readonly algorithm: Algorithm | null;
  /** The names of the parameters to encrypt. Null if all are encrypted, or none because there is no algorithm. */
  readonly encryptedParams: string[] | null;
  /** The id of a sealed profile's key, which its callbacks carry in clear; null of any other profile. */
  readonly kid: string | null;
  /** What is accepted but risky or useless. */
  readonly advisories: readonly Advisory[];
  /** Every field that callbacks and messages read from a record, in order of first use; a new list each time. */
  readonly fields: readonly ProfileField[];
  /** Label to field of the `{"label": "field"}` replacers in the response message. */
  readonly replacers: Record<string, string>;

  /** The profile as the text of a create payload. */
  toJson(options?: SecretsOptions): string;

  /**
   * The profile with a patch applied: members of the patch replace those of the profile, null clears an optional one.
   * @throws {ProfileError} `invalid_patch`, with every violation of the patched profile
   */
  patch(patch: JsonInput): Profile;

  /**
   * The chatbot's answer, filled from the record.
   * @throws {ReplacerError} if the message cannot be made of the record
   */
  message<R extends object>(record: RecordInput<R>, options?: MessageOptions): Message;

  /**
   * The outgoing request, filled from the record and encrypted. The same input gives the same bytes.
   * @throws {ReplacerError} if the callback cannot be made of the record
   */
  callback<R extends object>(record: RecordInput<R>, options?: CallbackOptions): Callback;

  /**
   * A result for each record, in their order: the callback, null for null, or the error that `callback` throws,
   * whatever it is.
   * @throws {TypeError} if `records` is no array
   */
  callbacks(records: readonly (JsonInput | null)[], options?: CallbacksOptions): (Callback | Error | null)[];

  /**
   * The same as `callbacks`, on the thread pool, in pieces of at most 64 with a turn of the event loop between two. What the loop has
   * to do for a piece is to make text of its objects, some ten microseconds for one of 2 KB, and the results.
   *
   * Each record is read when its piece begins. So neither they nor the array may be changed before the promise settles: a record that
   * changes earlier may be used as it is then, and an array that becomes shorter or longer is refused (`invalid_argument`). Otherwise
   * the promise is rejected only if `records` is no array, for wrong options, an abort or an internal error.
   */
  callbacksAsync(
    records: readonly (JsonInput | null)[],
    options?: CallbacksOptions & AbortOptions,
  ): Promise<(Callback | Error | null)[]>;

  /**
   * The body of each callback, in their order, faster than `callbacks`: null for null, or the error that `callback` throws. Records
   * that are texts or bytes of many kilobytes are filled on several threads while the call lasts, plain objects one after the other.
   * @throws {ArgumentError} `invalid_argument` if the profile's method is GET or DELETE: its callbacks have no body
   * @throws {TypeError} if `records` is no array
   */
  callbackBodies(records: readonly (JsonInput | null)[], options?: CallbacksOptions): (string | Error | null)[];

  /** The same as `callbackBodies`, on the thread pool, as `callbacksAsync`. It rejects where that throws. */
  callbackBodiesAsync(
    records: readonly (JsonInput | null)[],
    options?: CallbacksOptions & AbortOptions,
  ): Promise<(string | Error | null)[]>;

  /**
   * Opens a received callback by the profile's template. `body` is the body of a POST or PUT as it was received, or what a
   * framework parsed if it was JSON; of a GET or DELETE it is the URL or query. Every parameter that the profile encrypts must be there, as an
   * encrypted string. Nothing else is protected, and the result is not proven to come from the platform: see Security in the
   * README.
   * @throws {DecryptionError} with the names in `parameters`
   * - for a body that cannot be read, such as a truncated one: `invalid_json`, `not_an_object`, `malformed_form`,
   *   `malformed_multipart`, `unsupported_content_type`, `too_long`
   * - for one that lacks a parameter: `missing_parameter`; has something else in its place: `not_encrypted`; or a parameter named
   *   `__proto__`: `refused_name`
   * - for a text that cannot be decrypted: `invalid_encoding`, `auth_failed`, `not_utf8`; of a sealed callback `auth_failed` is whatever
   *   is wrong with it
   * @throws {ArgumentError} for an option that makes no sense
   * @throws {TypeError} for an argument of a wrong type
   */
  open(body: JsonInput | URL | URLSearchParams, options?: OpenOptions): { [name: string]: Json };

  /**
   * The same as `open`, with the names of what was decrypted and of what the profile does not have.
   * @throws the errors of `open`; with `partial` only those of a body that cannot be read, and of a sealed callback
   */
  openDetails(body: JsonInput | URL | URLSearchParams, options?: OpenDetailsOptions): OpenedDetails;

  /**
   * The same as `open`, as JSON text, in which numbers keep all their digits. A parameter may be named `__proto__`.
   * @throws the errors of `open`
   */
  openJson(body: JsonInput | URL | URLSearchParams, options?: OpenJsonOptions): string;

  /**
   * Verifies the signature of a received request over its **raw** body, then opens its parameters: nothing is parsed that is not
   * signed. The received content type is that of the headers unless `contentType` is given. Of a GET or DELETE, `target` is the
   * received path and query, which the signature does not cover: it must be sealed (`signature_covers_nothing`). The id of a sealed
   * callback must be that of the signature.
   *
   * Keep the ids that were seen for at least twice the tolerance, in the transaction of the effect, and answer a message whose
   * id is known with 2xx and without an effect.
   * @throws {SignatureError} `signature_refused`, `timestamp_refused`
   * @throws the errors of `open`
   */
  receive(headers: ReceivedHeaders, body: string | Uint8Array, options: ReceiveOptions): Received;

  /**
   * A result for each body, in their order: the opened parameters, null for null, or the error that `open` throws,
   * whatever it is. Many kilobytes are opened on several threads while the call lasts.
   * @throws {TypeError} if `bodies` is no array
   */
  openMany(
    bodies: readonly (JsonInput | URL | URLSearchParams | null)[],
    options?: OpenOptions,
  ): ({ [name: string]: Json } | Error | null)[];

  /**
   * The same as `openMany`, as JSON texts; `openJson` for each.
   * @throws {TypeError} if `bodies` is no array
   */
  openJsonMany(
    bodies: readonly (JsonInput | URL | URLSearchParams | null)[],
    options?: OpenJsonOptions,
  ): (string | Error | null)[];

  /**
   * The results of `openMany` one by one, for bodies that do not fit in memory together: 1,024 of them are read ahead, and opened
   * on the thread pool. A body must not be changed before its result has come. Ends with an error if `bodies` does, for wrong options
   * and an abort.
   */
  openIter(
    bodies: Iterable<JsonInput | URL | URLSearchParams | null> | AsyncIterable<JsonInput | URL | URLSearchParams | null>,
    options?: OpenOptions & AbortOptions,
  ): AsyncGenerator<{ [name: string]: Json } | Error | null, void, undefined>;

  /**
   * The same as `openMany`, on the thread pool, in pieces of at most 64 with a turn of the event loop between two.
   *
   * Each body is read when its piece begins. So neither they nor the array may be changed before the promise settles: a body that
   * changes earlier may be opened as it is then, and an array that becomes shorter or longer is refused (`invalid_argument`).
   * Otherwise the promise is rejected only if `bodies` is no array, for wrong options, an abort or an internal error.
   */
  openManyAsync(
    bodies: readonly (JsonInput | URL | URLSearchParams | null)[],
    options?: OpenOptions & AbortOptions,
  ): Promise<({ [name: string]: Json } | Error | null)[]>;

  /** The same as `openManyAsync`, as JSON texts; `openJson` for each. */
  openJsonManyAsync(
    bodies: readonly (JsonInput | URL | URLSearchParams | null)[],
    options?: OpenJsonOptions & AbortOptions,
  ): Promise<(string | Error | null)[]>;

  /**
   * Explains why texts that should be this profile's do not open, or that they do. Several texts need one cause that explains
   * them all. Where a whole `body` is given, leave the texts out (`null`).
   *
   * It is for the owner of the key, and never for the answer to a request: it says of any text how it could be decrypted.
   * @throws {ArgumentError} `invalid_argument` for both texts and body or neither, for a lone surrogate in a text
   * @throws {TypeError} for an argument of a wrong type
   */
  diagnose(texts: string | readonly string[] | null | undefined, options?: DiagnoseOptions): Diagnosis;

  /**
   * For `JSON.stringify`: the payload, with key, IV, the values of headers and the URL's user name and password masked. For
   * logs: it is no payload any more. The constants of body, query and message are shown.
   */
  toJSON(): { [name: string]: Json };
}

/** A profile as the platform stores it. */
export class StoredProfile {
  protected constructor();

  /**
   * Reads what create and get return: the data, or the whole envelope.
   * @throws {ProfileError} `invalid_stored_profile`, with every violation
   */
  static parse(stored: JsonInput, options?: ParseOptions): StoredProfile;

  /**
   * Reads a list of them: an array, or a whole envelope whose data is one. The result has an item for each, in order: the stored
   * profile, or the error of one that is refused. The limits on size hold for the whole text.
   * @throws {ProfileError} `invalid_stored_profile` if the text is no list
   */
  static parseList(stored: JsonInput | readonly unknown[], options?: ParseOptions): (StoredProfile | ProfileError)[];

  readonly profile: Profile;
  readonly profileId: string | null;
  /** 1 active, 2 switched off by the platform, 3 disabled. */
  readonly status: 1 | 2 | 3 | null;
  /** The time as the platform wrote it. */
  readonly createdAt: string | null;
  /** The time as the platform wrote it. */
  readonly modifiedAt: string | null;
  readonly bodyType: string | null;
  readonly dynamicVariables: Json;

  /** For `JSON.stringify`: masked as `toJSON` of a profile. */
  toJSON(): { [name: string]: Json };
}

/** Encrypts and decrypts single values under one key and IV. Read Security in the README before relying on GCM or CFB. */
export class Cipher {
  /**
   * Prepares a key of 16, 24 or 32 characters, as the algorithm needs, and an IV of 16.
   * @throws {ArgumentError} `unknown_algorithm`, `invalid_key`, `invalid_iv`, `invalid_argument`
   */
  constructor(algorithm: Algorithm, key: string, iv: string, options?: WireFormat);

  readonly algorithm: Algorithm;

  /**
   * The encrypted value in the encoding of the wire format. Deterministic: equal values give equal texts.
   * @throws {ArgumentError} `too_long` above 64 GiB, `invalid_argument` for a lone surrogate
   */
  encrypt(value: string | Uint8Array): string;

  /**
   * The decrypted bytes. Under CFB a wrong key or a changed text is not detected.
   * @throws {DecryptionError} `invalid_encoding`, `auth_failed`
   */
  decrypt(text: string | Uint8Array): OutputBytes;

  /**
   * The decrypted text.
   * @throws {DecryptionError} `invalid_encoding`, `auth_failed`, `not_utf8`
   */
  decryptText(text: string | Uint8Array): string;

  /** For `JSON.stringify`: algorithm and wire format. */
  toJSON(): { algorithm: string; encoding: string; tag: string; reading: string };
}

/**
 * Signs callbacks as Standard Webhooks 1.0.0 does, so that their receiver can tell who sent a body and that it is unchanged. A
 * signature covers id, timestamp and body, never the method, the URL, its query or other headers, and it keeps nothing secret.
 * @example
 * ```js
 * import { Signer, Verifier, keygenSigning } from 'callback-profile';
 *
 * const secret = keygenSigning(); // one for each endpoint
 * const headers = new Signer(secret).sign('{"to":"x"}', { id: 'msg_1' });
 * console.log(new Verifier(secret).verify(headers, '{"to":"x"}').id); // => msg_1
 * ```
 */
export class Signer {
  /**
   * `secrets` is one secret (`whsec_` and base64 of 24 to 64 bytes) or several, at most 16: while a secret is changed, the sender
   * signs with both.
   * @throws {ArgumentError} `invalid_key`, `invalid_argument`
   */
  constructor(secrets: string | readonly string[]);

  /**
   * The headers that sign this body. Send exactly this body: nothing may write its JSON anew.
   * @throws {ArgumentError} `invalid_argument` for a malformed id
   */
  sign(body: string | Uint8Array, options: SignOptions): SignatureHeaders;

  /**
   * The headers that sign a callback.
   * @throws {ReplacerError} `signature_covers_nothing`; `unsafe_header` if the profile has one of these headers itself
   * @throws {ArgumentError} `invalid_argument` for a malformed id
   */
  signCallback(callback: SignedCallback, options?: SignCallbackOptions): SignatureHeaders;
}

/** Checks the signatures of received callbacks. */
export class Verifier {
  /**
   * `secrets` is one secret or several, at most 16.
   * @throws {ArgumentError} `invalid_key`, `invalid_argument`
   */
  constructor(secrets: string | readonly string[]);

  /**
   * Checks the signature of a received message over its **raw** body, before any parsing.
   * @throws {SignatureError} `signature_refused` for everything that is wrong; `timestamp_refused` only after a signature held
   */
  verify(headers: ReceivedHeaders, body: string | Uint8Array, options?: VerifyOptions): Verified;
}

/**
 * Profiles by the ids of their keys: a received callback is opened by exactly the profile that its id names. This is how keys are
 * changed without losing a callback. A profile of the documented format carries its id as a constant header or a constant
 * parameter of its query; in a sealed profile the id is its `kid`.
 * @example
 * ```js
 * import { KeyRing, Profile, keygenSealed } from 'callback-profile';
 *
 * const profileOf = (kid) => Profile.parse({
 *   title: 'ring', http_method: 'POST', url: 'https://example.com/', body: { to: '<to>' }, enc: keygenSealed(kid),
 * });
 * const [old, next] = [profileOf('2026-01'), profileOf('2026-02')];
 * const ring = KeyRing.byHeader('x-key-id');
 * ring.add('2026-01', old);
 * ring.add('2026-02', next); // then the sender changes; after the longest retry: ring.remove('2026-01')
 * const { headers, body } = old.callback({ to: 'x' });
 * const expected = { tolerance: 300, method: 'POST', url: 'https://example.com/', profileId: null };
 * console.log(ring.open(headers, body, { expected }).id); // => 2026-01
 * ```
 */
export class KeyRing {
  protected constructor();

  /** An empty ring; callbacks of the documented format name their key in the header of this name. */
  static byHeader(name: string, options?: KeyRingOptions): KeyRing;

  /** An empty ring; callbacks of the documented format name their key in the query's parameter of this name. */
  static byQuery(name: string, options?: KeyRingOptions): KeyRing;

  /**
   * Adds a profile under the id of its key.
   * @throws {ArgumentError} `invalid_argument` if the id is taken, if it is not the kid of a sealed profile, or if a profile of
   * the documented format does not send it as a constant header or parameter of the ring's name
   */
  add(id: string, profile: Profile): void;

  /** Takes the profile of this id out of the ring; null if there is none. */
  remove(id: string): Profile | null;

  /** The ids, in the order in which they were added. */
  readonly ids: string[];

  /**
   * Opens a received request by the profile whose key it names.
   * @throws {DecryptionError} `unknown_key` if it names none of the ring's keys, `cannot_tell_key` if keys are tried in turn and
   * nothing tells which one it was; else as `Profile.open`
   */
  open(headers: ReceivedHeaders, body: string | Uint8Array, options?: OpenByKeyOptions): OpenedByKey;

  /**
   * Verifies the signature of a received request over its **raw** body, then opens it by the profile whose key it names.
   * @throws the errors of `Profile.receive` and of `open`
   */
  receive(headers: ReceivedHeaders, body: string | Uint8Array, options: ReceiveOptions): ReceivedByKey;
}

/** A response of the API. Its own members are those of the JSON, in the documented order; `status` is the HTTP status. */
export class Envelope {
  protected constructor();

  /** The response to a create: 201. */
  static created(profile: Profile, options?: CreatedOptions): Envelope;

  /** The response to an update: 200. */
  static updated(profile: Profile, options?: CreatedOptions): Envelope;

  /** The response to a get: 200. */
  static fetched(stored: StoredProfile, options?: SecretsOptions): Envelope;

  /** The response to a list: 200; each profile as in `fetched`. */
  static listed(stored: readonly StoredProfile[], options?: SecretsOptions): Envelope;

  /** The response to a delete: 200. */
  static deleted(profileId: string): Envelope;

  /** The response to what is refused: 400; the same as `error.envelope`. */
  static refused(error: ProfileError): Envelope;

  /** The response to an id that does not exist: 404. */
  static notFound(profileId: string): Envelope;

  /** The response to a received callback that cannot be opened: 400. */
  static notOpened(error: DecryptionError | SignatureError): Envelope;

  /**
   * Reads a response.
   * @throws {ProfileError} `invalid_envelope`
   */
  static parse(envelope: JsonInput): Envelope;

  readonly code: string;
  readonly message: string;
  readonly data: Json;
  readonly error: Json;
  readonly status: number;

  /** The exact JSON text. */
  toJson(): string;

  /** The same as `toJson`. */
  toString(): string;
}

/** The parts of a create request. */
export interface CreateRequest {
  /** The account's identifier from the path. */
  sid: string;
  /** As Node, `fetch` or a `Map` have them. */
  headers:
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | Iterable<readonly [string, string]>;
  payload: JsonInput;
}

/**
 * Validates sid, headers and payload, in that order, and makes the profile.
 * @throws {ProfileError} `invalid_request`, with every violation
 */
export function parseRequest(request: CreateRequest, options?: ParseOptions): Profile;

/** Where a callback goes, in the parts that a client needs which connects by itself. */
export interface Destination {
  /** Whether the scheme is https, else http. */
  isHttps: boolean;
  /** What to resolve: a name in lower case, an IPv4 address in four decimal numbers, or an IPv6 address without brackets. */
  host: string;
  /** The port, 443 or 80 where the URL has none. */
  port: number;
  /** The value of the header `host`: the host, an IPv6 address in brackets, and the port unless it is the scheme's own. */
  authority: string;
  /** Path and query, from the first `/`. */
  target: string;
}

/**
 * Where a callback goes. Resolve the host and ask `addressVerdict` about every address before a connection is made; user name and password
 * of the URL are left out.
 * @throws {ArgumentError} `invalid_argument` for a URL that no callback has
 */
export function destination(callback: Pick<Callback, 'url'>): Destination;

/**
 * The kind of an IP address; an IPv6 address may have a zone (`%eth0`). Before calling a callback's URL, resolve its host, ask about every address, and connect to one
 * that is `public`.
 * @throws {ArgumentError} `invalid_argument` if the text is not an IP address
 */
export function addressVerdict(address: string): AddressVerdict;

/**
 * A new key and IV, the `enc` of a profile: random letters and digits. It is a secret.
 * @throws {ArgumentError} `unknown_algorithm`; `invalid_argument` if `random` has too few bytes: 128 are enough
 */
export function keygen(algorithm: Algorithm, options?: KeygenOptions): { algo: Algorithm; key: string; IV: string };

/**
 * A new key of a sealed profile, its `enc`. `kid` is the key's id, another one for each key: 1 to 64 letters, digits, `.`, `_` and
 * `-`. `random` has 32 bytes. It is a secret.
 * @throws {ArgumentError} `invalid_argument`
 */
export function keygenSealed(kid: string, options?: KeygenOptions): { version: 2; kid: string; key: string };

/**
 * A new signing secret, `whsec_` and the base64 of 48 bytes; each endpoint needs its own.
 * @throws {ArgumentError} `invalid_argument`
 */
export function keygenSigning(options?: KeygenOptions): string;

/** The JSON Schema (draft 2020-12) of a payload's structural rules; a new object each time. */
export function schema(): { [name: string]: Json };

/** All codes with their numbers and texts; a new object each time. */
export function catalogue(): {
  errors: { number: number; name: ErrorCode; text: string }[];
  advisories: { name: AdvisoryCode; text: string }[];
  address_verdicts: { name: AddressVerdict }[];
  /** Why texts do not open, and what cures it at either side. */
  causes: { name: Cause; at_sender: string; at_receiver: string }[];
  /** What each job is called in each language. */
  surface: { job: string; rust: string[]; c: string[]; cpp: string[]; python: string[]; node: string[]; command: string[] }[];
};

/**
 * What runs the core: the native addon of the machine, or WebAssembly where that does not load. Both give the same results; WebAssembly
 * has no threads, so that batches take turns with the event loop.
 */
export const backend: 'native' | 'wasm';

/** The version of the library, the same in every language. */
export const version: string;

/**
 * The base of all errors of this library; itself it has the code `internal`, a defect of the library. Only an argument of a
 * wrong type is another error, a `TypeError`. No message and no member holds a key, an IV or a value. A name from outside is
 * shown in a message with controls and marks of text direction escaped, and what follows its 256th character is left out.
 */
export class CallbackProfileError extends Error {
  protected constructor();
  readonly code: ErrorCode;
  /** For frameworks that answer with it, as Express and Fastify do: 400; 500 for `internal`. */
  readonly statusCode: 400 | 500;
  /** For `JSON.stringify`: name, code, status, message, and the members of the class with names from outside escaped. */
  toJSON(): { [name: string]: unknown };
}

/** An argument has the right type but a value that makes no sense. */
export class ArgumentError extends CallbackProfileError {
  protected constructor();
  readonly code: 'unknown_algorithm' | 'invalid_key' | 'invalid_iv' | 'too_long' | 'invalid_argument';
}

/** A payload, patch, stored profile, request or envelope is refused. Its message is the first violation's. */
export class ProfileError extends CallbackProfileError {
  protected constructor();
  readonly code: 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile' | 'invalid_request' | 'invalid_envelope';
  /** The reasons, in the order of the rules; at least one. */
  readonly violations: Violation[];
  /** The number of violations that were found but are not listed. */
  readonly unlisted: number;
  /** The API's response to it: RBC302, 400. */
  readonly envelope: Envelope;
}

/** A message or a callback could not be made of the record. */
export class ReplacerError extends CallbackProfileError {
  protected constructor();
  readonly code:
    | 'invalid_json' | 'not_an_object' | 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path' | 'unsafe_query'
    | 'invalid_boundary' | 'signature_covers_nothing';
  /** The names that the record lacks, if `missing: 'error'` was given. */
  readonly missing: string[];
}

/** A received callback could not be opened, or a value not be decrypted. */
export class DecryptionError extends CallbackProfileError {
  protected constructor();
  readonly code:
    | 'invalid_json' | 'not_an_object' | 'invalid_encoding' | 'auth_failed' | 'not_utf8' | 'not_encrypted' | 'too_long'
    | 'missing_parameter' | 'unsupported_content_type' | 'malformed_multipart' | 'malformed_form' | 'refused_name'
    | 'unknown_key' | 'cannot_tell_key';
  /** The first of `parameters`, such as `contacts[0].name`; null if the error is not about one. As it was received: not escaped. */
  readonly parameter: string | null;
  /** All parameters that the error is about, at most 256 characters of each name. */
  readonly parameters: string[];
}

/** The signature of a received callback is refused. */
export class SignatureError extends CallbackProfileError {
  protected constructor();
  /** `timestamp_refused` only after a signature held; everything else is `signature_refused`. */
  readonly code: 'signature_refused' | 'timestamp_refused';
}
