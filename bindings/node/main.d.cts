/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** JSON as a text, as UTF-8 bytes, or as an object that `JSON.stringify` writes. */
export type JsonInput = string | Uint8Array | object;

/** The algorithms of a profile. */
export type Algorithm =
  | 'AES-128-GCM' | 'AES-192-GCM' | 'AES-256-GCM' | 'AES-128-CFB' | 'AES-192-CFB' | 'AES-256-CFB';

/** The code of an error: the same names in every language. */
export type ErrorCode =
  | 'invalid_json' | 'not_an_object' | 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile'
  | 'invalid_request' | 'invalid_envelope' | 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path'
  | 'unknown_algorithm' | 'invalid_key' | 'invalid_iv' | 'invalid_encoding' | 'auth_failed' | 'not_utf8'
  | 'not_encrypted' | 'too_long' | 'buffer_too_small' | 'unsupported_content_type' | 'malformed_multipart'
  | 'malformed_form' | 'invalid_boundary' | 'invalid_argument' | 'internal';

/** The code of an advisory. */
export type AdvisoryCode =
  | 'fixed_nonce_gcm' | 'unauthenticated_cfb' | 'key_equals_iv' | 'low_entropy_key' | 'plain_http' | 'private_address'
  | 'credentials_in_url' | 'url_fragment' | 'unusual_port' | 'unused_body' | 'unused_response_message'
  | 'unknown_member' | 'unmatched_encrypt_param' | 'secret_in_header' | 'metadata_header';

/** What an IP address is good for as the target of a callback; only `public` may be called. */
export type AddressVerdict =
  | 'public' | 'loopback' | 'private' | 'shared' | 'link_local' | 'metadata' | 'unspecified' | 'multicast'
  | 'documentation' | 'reserved';

/** How encrypted values are written and read. */
export interface WireFormat {
  /** The alphabet. Default `base64`. */
  encoding?: 'base64' | 'base64url' | 'hex' | undefined;
  /** Where GCM's tag stands. Default `appended`. */
  tag?: 'appended' | 'prepended' | undefined;
  /** `tolerant` (default) undoes what query strings and other libraries do to text. */
  reading?: 'tolerant' | 'strict' | undefined;
}

/** How much is read and made; bytes are those of UTF-8. */
export interface Limits {
  /** Longest payload, patch or stored profile. Default 262,144. */
  payloadBytes?: number | undefined;
  /** Longest record. Default 1,048,576. */
  recordBytes?: number | undefined;
  /** Longest received body or query. Default 4,194,304. */
  receivedBytes?: number | undefined;
  /** Deepest nesting. Default 32. */
  depth?: number | undefined;
  /** Most JSON values in one document. Default 10,000. */
  nodes?: number | undefined;
  /** Most violations that an error lists. Default 64. */
  violations?: number | undefined;
  /** Longest URL. Default 2,048. */
  urlBytes?: number | undefined;
  /** Most headers. Default 64. */
  headers?: number | undefined;
  /** Longest header name. Default 128. */
  headerNameBytes?: number | undefined;
  /** Longest header value. Default 4,096. */
  headerValueBytes?: number | undefined;
  /** All headers together. Default 16,384. */
  headersBytes?: number | undefined;
  /** Most replacers in a profile. Default 1,024. */
  replacers?: number | undefined;
  /** Longest message, URL or body that is made. Default 1,048,576. */
  outputBytes?: number | undefined;
}

/** How a payload is judged, and how its callbacks are written. */
export interface ParseOptions extends WireFormat {
  /** `strict` turns some advisories into violations. Default `documented`. */
  policy?: 'documented' | 'strict' | undefined;
  limits?: Limits | undefined;
}

/** What stands for a value that the record lacks: nothing (default), the replacer itself, or an error. */
export type Missing = 'empty' | 'keep' | 'error';

export interface MessageOptions {
  missing?: Missing | undefined;
  /** Whether a pair stays a pair: `{"name": "John"}` instead of `John`. */
  pairs?: boolean | undefined;
}

export interface CallbackOptions {
  missing?: Missing | undefined;
  /** The boundary of a multipart body; derived from the values if not given. */
  boundary?: string | undefined;
}

export interface OpenOptions {
  /** The received content type with its parameters; the profile's own if not given. */
  contentType?: string | undefined;
}

/** For what runs on the thread pool. */
export interface AbortOptions {
  signal?: AbortSignal | undefined;
}

export interface SecretsOptions {
  /** `shown` gives key and IV in clear, as the platform documents it. Default `masked`. */
  secrets?: 'masked' | 'shown' | undefined;
}

export interface CreatedOptions extends SecretsOptions {
  profileId?: string | undefined;
}

/** Something accepted but risky or useless. */
export interface Advisory {
  readonly code: AdvisoryCode;
  /** JSON Pointer to the member, as it was sent. */
  readonly pointer: string;
  /** One sentence; it quotes no value. */
  readonly message: string;
}

/** One reason why something is refused, in the platform's words. */
export interface Violation {
  context: 'params' | 'headers' | 'body';
  /** JSON Pointer to the value, as it was sent. */
  pointer: string;
  /** A JSON Schema keyword where there is one, else a name of ours. */
  keyword: string;
  /** The sentence, such as `body/title must be string`; never a key, an IV or a header's value. */
  message: string;
  /** The place, from 1, where the text is not JSON at all. */
  line?: number;
  column?: number;
}

/** A rendered message; a string where one is needed. */
export interface Message {
  text: string;
  /** The names that the record lacked. */
  missing: string[];
  toString(): string;
}

/** An outgoing request, ready for any HTTP client. */
export interface Callback {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** Without a prototype, in the profile's order; a body's content type is always among them. */
  headers: Record<string, string>;
  /** Null for GET and DELETE. */
  body: string | null;
  /** The names that the record lacked. */
  missing: string[];
}

/** A validated callback profile: having one is the proof that its payload obeys the rules. It never changes. */
export class Profile {
  protected constructor();

  /**
   * Parses a create payload.
   * @throws {ProfileError} with every violation
   */
  static parse(payload: JsonInput, options?: ParseOptions): Profile;

  /**
   * Judges a create payload: the verdict of `parse`, several times faster, for those who need no profile.
   * @throws {ProfileError} with every violation
   */
  static check(payload: JsonInput, options?: ParseOptions): void;

  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As it was sent, replacers unfilled. */
  readonly url: string;
  /** Replacers unfilled; a new object each time. */
  readonly body: { [name: string]: Json } | null;
  readonly responseMessage: string | null;
  readonly headers: Record<string, string>;
  readonly channel: 'sms' | 'Default - No Channel Selected';
  /** Null if absent. */
  readonly events: string[] | null;
  /** Null if nothing is encrypted. */
  readonly algorithm: Algorithm | null;
  /** The names to encrypt; null means every value, if there is an algorithm. */
  readonly encryptedParams: string[] | null;
  /** What is accepted but risky or useless. */
  readonly advisories: readonly Advisory[];
  /** Label to field of the `{"label": "field"}` replacers in the response message. */
  readonly replacers: Record<string, string>;

  /** The profile as the text of a create payload. */
  json(options?: SecretsOptions): string;

  /**
   * The profile with a patch applied: members that are present change, null clears an optional one.
   * @throws {ProfileError} with every violation of the patched whole
   */
  patch(patch: JsonInput): Profile;

  /**
   * The chatbot's answer, filled from the record.
   * @throws {ReplacerError} and {CallbackProfileError} for a record that is not a JSON object
   */
  message(record: JsonInput, options?: MessageOptions): Message;

  /**
   * The outgoing request, filled from the record and encrypted. The same input gives the same bytes.
   * @throws {ReplacerError} and {CallbackProfileError} for a record that is not a JSON object
   */
  callback(record: JsonInput, options?: CallbackOptions): Callback;

  /** Many at once. The first that fails is thrown, with its `index`. */
  callbacks(records: readonly JsonInput[], options?: CallbackOptions): Callback[];

  /** The same on the thread pool. The records are copied before it returns; `signal` ends the wait and the work. */
  callbacksAsync(records: readonly JsonInput[], options?: CallbackOptions & AbortOptions): Promise<Callback[]>;

  /**
   * Opens a received callback: the body of a POST or PUT as it came in, or parsed from JSON; the URL or query of a GET
   * or DELETE. What comes out is not proven to come from the platform: see Security in the README.
   * @throws {DecryptionError} with the parameter that could not be decrypted
   */
  open(body: JsonInput | URL | URLSearchParams, options?: OpenOptions): { [name: string]: Json };

  /** The same as its exact text: numbers keep all their digits. */
  openJson(body: JsonInput | URL | URLSearchParams, options?: OpenOptions): string;

  /** Many at once. The first that fails is thrown, with its `index`. */
  openMany(bodies: readonly (JsonInput | URL | URLSearchParams)[], options?: OpenOptions): { [name: string]: Json }[];

  /** The same on the thread pool. */
  openManyAsync(
    bodies: readonly (JsonInput | URL | URLSearchParams)[],
    options?: OpenOptions & AbortOptions,
  ): Promise<{ [name: string]: Json }[]>;

  /** The payload, key and IV masked. */
  toJSON(): { [name: string]: Json };
}

/** A profile as the platform stores it. */
export class StoredProfile {
  protected constructor();

  /**
   * Parses what create and get return: the data, or the whole envelope.
   * @throws {ProfileError} with every violation
   */
  static parse(stored: JsonInput, options?: ParseOptions): StoredProfile;

  readonly profile: Profile;
  readonly profileId: string | null;
  /** 1 active, 2 switched off by the platform, 3 disabled. */
  readonly status: 1 | 2 | 3 | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly bodyType: string | null;
  readonly dynamicVariables: Json;

  /** Key and IV masked. */
  toJSON(): { [name: string]: Json };
}

/** Single values under one key and IV. GCM or CFB: read Security in the README before relying on either. */
export class Cipher {
  /** @throws {CallbackProfileError} `unknown_algorithm`, `invalid_key` or `invalid_iv` */
  constructor(algorithm: Algorithm | (string & {}), key: string, iv: string, options?: WireFormat);

  readonly algorithm: Algorithm;

  /** Deterministic: the same value always gives the same text. */
  encrypt(value: string | Uint8Array): string;

  /** @throws {DecryptionError} Under CFB a wrong key or a changed text is not noticed. */
  decrypt(text: string | Uint8Array): Buffer;

  /** @throws {DecryptionError} `not_utf8` too */
  decryptText(text: string | Uint8Array): string;

  /** Algorithm and wire format. */
  toJSON(): { algorithm: string; encoding: string; tag: string; reading: string };
}

/** A response of the API: its members in the documented order. Send it as JSON, with its status. */
export class Envelope {
  protected constructor();
  readonly code: string;
  readonly message: string;
  readonly data: Json;
  readonly error: Json;
  readonly status: number;
  /** The exact JSON text. */
  toString(): string;
}

/** Makes the responses of the API. */
export const envelope: {
  /** 201 */
  created(profile: Profile, options?: CreatedOptions): Envelope;
  /** 200 */
  updated(profile: Profile, options?: CreatedOptions): Envelope;
  /** 200 */
  fetched(stored: StoredProfile, options?: SecretsOptions): Envelope;
  /** 200 */
  deleted(profileId: string): Envelope;
  /** 400 */
  refused(error: ProfileError): Envelope;
  /** 404 */
  notFound(profileId: string): Envelope;
  /** Reads one. @throws {ProfileError} `invalid_envelope` */
  parse(text: JsonInput): Envelope;
};

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
 * Checks sid, headers and payload, in that order.
 * @throws {ProfileError} `invalid_request`
 */
export function checkRequest(request: CreateRequest, options?: ParseOptions): Profile;

/**
 * The verdict on an IP address. Resolve a callback's host yourself, ask about every address, and connect to one of those.
 * @throws {TypeError} for what is no IP address
 */
export function addressVerdict(address: string): AddressVerdict;

/** The JSON Schema (draft 2020-12) of a payload's structural rules; a new object each time. */
export function schema(): { [name: string]: Json };

/** All codes with their numbers and texts. */
export function catalogue(): {
  errors: { number: number; name: ErrorCode; text: string }[];
  advisories: { name: AdvisoryCode; text: string }[];
  address_verdicts: { name: AddressVerdict }[];
};

export const version: string;

/** What this library throws, but for wrong argument types (`TypeError`). No text or member holds a key or a value. */
export class CallbackProfileError extends Error {
  protected constructor();
  readonly code: ErrorCode;
  /** In a batch: the place of the input that failed. */
  readonly index?: number;
}

/** A payload, patch, stored profile, request or envelope is refused. */
export class ProfileError extends CallbackProfileError {
  protected constructor();
  readonly code: 'invalid_profile' | 'invalid_patch' | 'invalid_stored_profile' | 'invalid_request' | 'invalid_envelope';
  readonly violations: Violation[];
  /** How many more there were than are listed. */
  readonly unlisted: number;
  /** The API's answer to it. */
  readonly envelope: Envelope;
}

/** A record lacks a value, or what its values make is refused. */
export class ReplacerError extends CallbackProfileError {
  protected constructor();
  readonly code: 'missing_value' | 'output_too_large' | 'unsafe_header' | 'unsafe_path';
  /** The names that the record lacks. */
  readonly missing: string[];
}

/** A text could not be decrypted. */
export class DecryptionError extends CallbackProfileError {
  protected constructor();
  readonly code: 'invalid_encoding' | 'auth_failed' | 'not_utf8' | 'not_encrypted';
  /** The parameter, `contacts[0].name` for one; null for a single value. */
  readonly parameter: string | null;
}
