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
 * JSON as a text, as UTF-8 bytes, or as an object. A bigint and -0 keep their digits, and undefined members are left out.
 * What JSON has no text for is a `TypeError` (NaN and Infinity an `ArgumentError`) that names the path, such as
 * `record.contacts[0].name`: functions, symbols, `Map`, `Request`, instances of classes without `toJSON`.
 */
export type JsonInput = string | Uint8Array | JsonObject | { readonly [name: string]: unknown };

/** The algorithms of a profile. */
export type Algorithm =
  | 'AES-128-GCM' | 'AES-192-GCM' | 'AES-256-GCM' | 'AES-128-CFB' | 'AES-192-CFB' | 'AES-256-CFB';

/** The code of an error: the same names in every language. */
export type ErrorCode =
  | 'invalid_json' | 'not_an_object' | 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile'
  | 'invalid_request' | 'invalid_envelope' | 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path'
  | 'unknown_algorithm' | 'invalid_key' | 'invalid_iv' | 'invalid_encoding' | 'auth_failed' | 'not_utf8'
  | 'not_encrypted' | 'too_long' | 'buffer_too_small' | 'missing_parameter' | 'unsupported_content_type'
  | 'malformed_multipart' | 'malformed_form' | 'invalid_boundary' | 'refused_name' | 'invalid_argument' | 'internal';

/** The code of an advisory. */
export type AdvisoryCode =
  | 'fixed_nonce_gcm' | 'unauthenticated_cfb' | 'key_equals_iv' | 'key_reused_across_modes' | 'low_entropy_key'
  | 'plain_http' | 'private_address' | 'credentials_in_url' | 'url_fragment' | 'unusual_port' | 'unused_body'
  | 'unused_response_message' | 'unused_content_type' | 'content_type_mismatch' | 'unknown_member'
  | 'ambiguous_member' | 'unmatched_encrypt_param' | 'encrypts_nothing' | 'ambiguous_name' | 'secret_in_header'
  | 'metadata_header' | 'forwarding_header' | 'suspicious_replacer' | 'html_like_replacer';

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
  | 'padding' | 'wrapped_value' | 'body_form' | 'parameter_missing' | 'parameter_renamed' | 'unknown';

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

export interface CallbackOptions {
  missing?: Missing | undefined;
  surrogates?: Surrogates | undefined;
  /** The boundary of a multipart body; derived from the values if not given. */
  boundary?: string | undefined;
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
}

export interface OpenOptions extends OpenJsonOptions {
  /**
   * What the numbers of the result are: JavaScript numbers (default), which round beyond 2^53; the same with a bigint for
   * each whole number beyond; the text of each; or JavaScript numbers, with `invalid_json` for one that would be rounded.
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
  /** Whether a proved value is shown. Default false. */
  show?: boolean | undefined;
}

/** What `diagnose` gives. The names of its members are the same in every language. */
export interface Diagnosis {
  /** The explanations, best first, never empty: where nothing was found, the cause of the only one is `unknown`. */
  findings: Finding[];
  /** The causes that were tried and do not explain the texts, in the order of the catalogue. */
  excluded: Cause[];
  /** How many decrypted bytes were examined. Below about 12, nothing can be told without a tag. */
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
  /** An object without a prototype, in the profile's order. With a body, `content-type` is always among them. */
  headers: Record<string, string>;
  /** Null for GET and DELETE. */
  body: string | null;
  /** The names that the record lacked, in the order of their first use. */
  missing: string[];
}

/** A validated callback profile: every instance has passed all rules. It never changes. */
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

  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As it was sent, with its replacers. */
  readonly url: string;
  /** The same for people and logs: user name and password masked. */
  readonly urlWithoutCredentials: string;
  /** As it was sent, with its replacers; a new object each time. */
  readonly body: { [name: string]: Json } | null;
  readonly responseMessage: string | null;
  readonly headers: Record<string, string>;
  readonly channel: 'sms' | 'Default - No Channel Selected';
  /** Null if absent. */
  readonly events: string[] | null;
  /** Null if nothing is encrypted. */
  readonly algorithm: Algorithm | null;
  /** The names of the parameters to encrypt. Null if all are encrypted, or none because there is no algorithm. */
  readonly encryptedParams: string[] | null;
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
  message(record: JsonInput, options?: MessageOptions): Message;

  /**
   * The outgoing request, filled from the record and encrypted. The same input gives the same bytes.
   * @throws {ReplacerError} if the callback cannot be made of the record
   */
  callback(record: JsonInput, options?: CallbackOptions): Callback;

  /**
   * A result for each record, in their order: the callback, or the error that `callback` throws, whatever it is.
   * @throws {TypeError} if `records` is no array
   */
  callbacks(records: readonly JsonInput[], options?: CallbackOptions): (Callback | Error)[];

  /**
   * The same as `callbacks`, on the thread pool. The records are copied before it returns. The promise is rejected if
   * `records` is no array, for wrong options, an abort or an internal error only.
   */
  callbacksAsync(
    records: readonly JsonInput[],
    options?: CallbackOptions & AbortOptions,
  ): Promise<(Callback | Error)[]>;

  /**
   * Opens a received callback by the profile's template. `body` is the body of a POST or PUT as it was received, or what a
   * framework parsed if it was JSON; of a GET or DELETE it is the URL or query. Every parameter that the profile encrypts must be there, as an
   * encrypted string. Nothing else is protected, and the result is not proven to come from the platform: see Security in the
   * README.
   * @throws {DecryptionError} for a body that cannot be read (`invalid_json`, `malformed_form`, `unsupported_content_type`, …),
   * lacks a parameter (`missing_parameter`), has something else in its place (`not_encrypted`) or a text that cannot be
   * decrypted (`auth_failed`, …); `parameters` has the names
   * @throws {ArgumentError} for an option that makes no sense
   * @throws {TypeError} for an argument of a wrong type
   */
  open(body: JsonInput | URL | URLSearchParams, options?: OpenOptions): { [name: string]: Json };

  /**
   * The same as `open`, with the names of what was decrypted and of what the profile does not have.
   * @throws the errors of `open`
   */
  openDetails(body: JsonInput | URL | URLSearchParams, options?: OpenOptions): OpenedDetails;

  /**
   * The same as `open`, as JSON text, in which numbers keep all their digits. A parameter may be named `__proto__`.
   * @throws the errors of `open`
   */
  openJson(body: JsonInput | URL | URLSearchParams, options?: OpenJsonOptions): string;

  /**
   * A result for each body, in their order: the opened parameters, or the error that `open` throws, whatever it is.
   * @throws {TypeError} if `bodies` is no array
   */
  openMany(
    bodies: readonly (JsonInput | URL | URLSearchParams)[],
    options?: OpenOptions,
  ): ({ [name: string]: Json } | Error)[];

  /**
   * The same as `openMany`, on the thread pool. The bodies are copied before it returns. The promise is rejected if `bodies`
   * is no array, for wrong options, an abort or an internal error only.
   */
  openManyAsync(
    bodies: readonly (JsonInput | URL | URLSearchParams)[],
    options?: OpenOptions & AbortOptions,
  ): Promise<({ [name: string]: Json } | Error)[]>;

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
  decrypt(text: string | Uint8Array): Buffer;

  /**
   * The decrypted text.
   * @throws {DecryptionError} `invalid_encoding`, `auth_failed`, `not_utf8`
   */
  decryptText(text: string | Uint8Array): string;

  /** For `JSON.stringify`: algorithm and wire format. */
  toJSON(): { algorithm: string; encoding: string; tag: string; reading: string };
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
  static notOpened(error: DecryptionError): Envelope;

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

/**
 * The kind of an IP address; an IPv6 address may have a zone (`%eth0`). Before calling a callback's URL, resolve its host, ask about every address, and connect to one
 * that is `public`.
 * @throws {ArgumentError} `invalid_argument` if the text is not an IP address
 */
export function addressVerdict(address: string): AddressVerdict;

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
    | 'invalid_json' | 'not_an_object' | 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path'
    | 'invalid_boundary';
  /** The names that the record lacks, if `missing: 'error'` was given. */
  readonly missing: string[];
}

/** A received callback could not be opened, or a value not be decrypted. */
export class DecryptionError extends CallbackProfileError {
  protected constructor();
  readonly code:
    | 'invalid_json' | 'not_an_object' | 'invalid_encoding' | 'auth_failed' | 'not_utf8' | 'not_encrypted' | 'too_long'
    | 'missing_parameter' | 'unsupported_content_type' | 'malformed_multipart' | 'malformed_form' | 'refused_name';
  /** The first of `parameters`, such as `contacts[0].name`; null if the error is not about one. As it was received: not escaped. */
  readonly parameter: string | null;
  /** All parameters that the error is about, at most 256 characters of each name. */
  readonly parameters: string[];
}
