/*
 * callback_profile.h - validates callback profiles, renders their replacers, and builds, encrypts and opens their
 * callbacks. The library opens no file and no socket, and reads no clock and no random number: the same input gives
 * the same bytes.
 *
 * Generated from bindings/c by `make c-header`; do not edit.
 *
 * Job                                     Functions
 *
 * validate a payload, or a whole request  cbp_profile_parse, cbp_profile_check, cbp_request_parse
 * say why it is refused                   cbp_error_message, cbp_error_violation_message, cbp_error_to_json
 * answer a request                        cbp_envelope_created, cbp_envelope_refused, cbp_envelope_to_json
 * store a profile                         cbp_profile_to_json with CBP_SECRETS_SHOWN
 * load stored profiles                    cbp_stored_profile_parse, cbp_stored_profile_take, cbp_stored_profiles_parse
 * change a profile                        cbp_profile_patch
 * see what is risky, and what is needed   cbp_profile_advisory_message, cbp_profile_fields, cbp_fields_name
 * render the chatbot's answer             cbp_profile_message, cbp_message_text
 * build a callback                        cbp_profile_callback; many of them: cbp_profile_callback_into
 * send it                                 cbp_callback_method, cbp_callback_url, cbp_callback_header_name,
 *                                         cbp_callback_header_value, cbp_callback_body
 * connect by yourself                     cbp_callback_host, cbp_callback_port, cbp_callback_is_https,
 *                                         cbp_callback_authority, cbp_callback_target
 * check an address before you connect     cbp_address_verdict_of_sockaddr, cbp_address_verdict,
 *                                         cbp_address_verdict_of_bytes
 * sign a callback                         cbp_signer_new, cbp_callback_sign, cbp_signature_header_value
 * open a received callback                cbp_profile_open; with names: cbp_profile_open_details, cbp_opened_json
 * read one opened value                   cbp_opened_get
 * verify the signature, then open         cbp_verifier_new, cbp_profile_receive, cbp_received_opened
 * answer what could not be opened         cbp_envelope_not_opened
 * change a key                            cbp_key_ring_by_header, cbp_key_ring_add, cbp_key_ring_open, cbp_key_ring_receive
 * find out why it does not open           cbp_diagnose, cbp_diagnosis_finding_cause, cbp_diagnosis_finding_at_sender
 * make new keys and secrets               cbp_keygen, cbp_keygen_sealed, cbp_keygen_signing
 * encrypt and decrypt one value           cbp_cipher_new, cbp_cipher_encrypt, cbp_cipher_decrypt_text, cbp_profile_cipher
 * hand a text to a function of C          cbp_str_copy, CBP_STR_ARG; the other way: CBP_STR, CBP_TEXT
 *
 * An example: a callback is built, and its receiver opens it. It prints "to: +919876543210".
 *
 *     #include <callback_profile.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *         const cbp_str payload = CBP_STR(
 *             "{\"title\":\"Receipts\",\"http_method\":\"POST\",\"url\":\"https://example.com/sms\",\"body\":{\"to\":\"<to>\"},"
 *             "\"enc\":{\"algo\":\"AES-256-GCM\",\"key\":\"K1abcdefghijkl2PK1abcdefghijkl2P\",\"IV\":\"POabcdefghijklLY\"}}");
 *         const cbp_str record = CBP_STR("{\"to\":\"+919876543210\"}");
 *         cbp_profile *profile = NULL;
 *         cbp_callback *callback = NULL;
 *         cbp_opened *opened = NULL;
 *         cbp_bytes *to = NULL;
 *         cbp_error *error = NULL; // NULL before the first call; written where a call fails
 *         uint32_t kind = 0;
 *         int result = 1;
 *         cbp_str body;
 *         if (cbp_profile_parse(payload.data, payload.len, NULL, &profile, &error) != CBP_OK) goto failed;
 *         if (cbp_profile_callback(profile, record.data, record.len, NULL, &callback, &error) != CBP_OK) goto failed;
 *         body = cbp_callback_body(callback); // a view: valid until `callback` is filled again or freed
 *         if (cbp_profile_open_details(profile, body.data, body.len, NULL, &opened, &error) != CBP_OK) goto failed;
 *         if (cbp_opened_get(opened, CBP_TEXT("to"), &kind, &to, &error) != CBP_OK) goto failed;
 *         if (kind == CBP_KIND_STRING) printf("to: %s\n", cbp_bytes_data(to));
 *         result = 0;
 *     failed:
 *         if (error) fprintf(stderr, "%.*s\n", CBP_STR_ARG(cbp_error_message(error)));
 *         cbp_bytes_free(to); // every free() takes NULL
 *         cbp_opened_free(opened);
 *         cbp_callback_free(callback);
 *         cbp_profile_free(profile);
 *         cbp_error_free(error);
 *         return result;
 *     }
 *
 * What holds for every function
 *
 * - Status. A function that can fail returns a cbp_status: CBP_OK (0) or a CBP_ERROR number. Its last argument is the
 *   address of a cbp_error pointer, or NULL if no details are wanted. Set that pointer to NULL before the call: it is
 *   written on failure only, and then the caller owns the error object and frees it with cbp_error_free().
 * - Inputs are a pointer and a length in bytes; (NULL, 0) is an empty input. No zero byte is needed at the end. Text must
 *   be UTF-8. Inputs are copied if they are needed longer than the call. A NULL pointer with another length, a NULL
 *   handle, and a length above PTRDIFF_MAX are CBP_ERROR_INVALID_ARGUMENT.
 * - Overlap. An input must not lie in memory that the call writes to: a buffer, or an object that is filled again. That
 *   is CBP_ERROR_INVALID_ARGUMENT.
 * - Outputs are written on success only (cbp_cipher_encrypt() and cbp_cipher_decrypt() document their one exception).
 * - Ownership. Objects are opaque. The caller owns what a `cbp_..._new` returns and what is written to a `cbp_...**`
 *   argument, and frees it once with the cbp_..._free() of its type; NULL does nothing. A `const` object that a function
 *   returns is owned by another object and is not freed.
 * - Views (cbp_str) that a function returns are valid until the object that it was called for is freed or filled again.
 *   For a NULL object, or an index that is too large, such functions return NULL, 0, NaN or false.
 * - Numbers of a set (CBP_POLICY_..., CBP_ENCODING_...) are passed as uint32_t; a number that is not in the set is
 *   CBP_ERROR_INVALID_ARGUMENT.
 * - Threads. Functions that take an object by a `const` pointer may run in many threads at once, without locks.
 *   Functions that take it by a plain pointer (set, fill, free) need it for themselves.
 * - Defects of the library never end the process: they become CBP_ERROR_INTERNAL, or the result for a NULL object.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0
 */
#ifndef CALLBACK_PROFILE_H
#define CALLBACK_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The version of this header; cbp_version() at run time. */
#define CBP_VERSION "0.1.0"
#define CBP_VERSION_MAJOR 0
#define CBP_VERSION_MINOR 1
#define CBP_VERSION_PATCH 0
/** As one number that grows with every version. */
#define CBP_VERSION_NUMBER (CBP_VERSION_MAJOR * 1000000 + CBP_VERSION_MINOR * 1000 + CBP_VERSION_PATCH)

/** The longest text of a value of `plaintext_len` bytes, in bytes, for any algorithm and encoding. */
#define CBP_ENCRYPTED_LEN_MAX(plaintext_len) (2 * ((size_t)(plaintext_len) + 16))

/** A string literal as a cbp_str: `cbp_str names[] = {CBP_STR("to"), CBP_STR("from")};` within a function. */
#ifdef __cplusplus
#define CBP_STR(literal) (cbp_str{"" literal, sizeof("" literal) - 1})
#else
#define CBP_STR(literal) ((cbp_str){"" literal, sizeof("" literal) - 1})
#endif

/** A string literal as the two arguments, pointer and length, of an input: `cbp_key_ring_remove(ring, CBP_TEXT("2026-01"))`. */
#define CBP_TEXT(literal) "" literal, sizeof("" literal) - 1

/**
 * The two arguments that "%.*s" takes for a cbp_str. It evaluates `str` twice, since no macro of C can make two arguments of
 * one evaluation: give it a variable, or a function of this library that returns a cbp_str, none of which changes anything.
 */
#define CBP_STR_ARG(str) (int)(str).len, (str).data

#if defined(__GNUC__) || defined(__clang__)
#define CBP_MUST_USE __attribute__((warn_unused_result))
#else
#define CBP_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The structures of the Arrow C Data Interface and the C Stream Interface, as arrow.apache.org has them: any other header
 * with the same guards may come first.
 */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* ----------------------------------------------------------------------------------------------------
 * Text: views of text that somebody else owns.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * A view of UTF-8 text that somebody else owns; it is not terminated by a zero byte.
 *
 * As a result it is valid until the object that the function was called for is freed or filled again; static text is always
 * valid. `data` is NULL if there is no such text; empty text has a `data` that is not NULL and a `len` of 0.
 */
typedef struct {
  /** The first byte, or NULL. */
  const char *data;
  /** The number of bytes. */
  size_t len;
} cbp_str;

/** A header of a request, for cbp_request_parse() and for what was received. */
typedef struct {
  /** The name, in upper or lower case. */
  cbp_str name;
  /** The value. */
  cbp_str value;
} cbp_header;

/**
 * Copies a text with a zero byte after it into `buffer`, for functions that take C strings. Returns whether it did: a text that
 * does not fit, that holds a zero byte itself, or that is no text leaves an empty string, and never a part of a text.
 */
bool cbp_str_copy(cbp_str text, char *buffer, size_t buffer_size);

/* ----------------------------------------------------------------------------------------------------
 * Bytes: results whose size is not known before the call.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * A result in memory of the library: text, JSON or raw bytes. The caller frees it with cbp_bytes_free(). It never changes, so
 * threads may share it.
 */
typedef struct cbp_bytes cbp_bytes;

/**
 * The address of the first byte, valid until `bytes` is freed. A zero byte, which cbp_bytes_len() does not count, follows the
 * last one: text that holds no zero byte itself is a C string. NULL if `bytes` is NULL.
 */
const char *cbp_bytes_data(const cbp_bytes *bytes);

/** The number of bytes. 0 if `bytes` is NULL. */
size_t cbp_bytes_len(const cbp_bytes *bytes);

/** Overwrites the bytes and frees them. NULL does nothing. */
void cbp_bytes_free(cbp_bytes *bytes);

/**
 * Overwrites `len` bytes of the caller's own memory with zeros; no compiler optimises that away. Meant for keys and for what
 * cbp_cipher_decrypt() wrote. NULL does nothing.
 */
void cbp_wipe(void *data, size_t len);

/* ----------------------------------------------------------------------------------------------------
 * Status and errors: what every function that can fail returns, and the object that says why.
 * ---------------------------------------------------------------------------------------------------- */

/** Success. */
#define CBP_OK 0

/** A record or received body is not strict JSON within the limits. */
#define CBP_ERROR_INVALID_JSON 100
/** A record or received body is JSON, but not an object. */
#define CBP_ERROR_NOT_AN_OBJECT 101
/** A create payload is refused; the error has the violations. */
#define CBP_ERROR_INVALID_PROFILE 200
/** A patch, or the profile that it would make, is refused. */
#define CBP_ERROR_INVALID_PATCH 201
/** A stored profile is refused. */
#define CBP_ERROR_INVALID_STORED_PROFILE 202
/** The parts of a create request are refused. */
#define CBP_ERROR_INVALID_REQUEST 203
/** A text is not an envelope. */
#define CBP_ERROR_INVALID_ENVELOPE 204
/** The record lacks a value, and the options demand an error then (CBP_MISSING_ERROR). */
#define CBP_ERROR_MISSING_VALUE 300
/** The rendered text would be longer than the limit. */
#define CBP_ERROR_OUTPUT_TOO_LARGE 301
/** The value of a header would hold a character that is not allowed there, or be too long; or signing adds this header. */
#define CBP_ERROR_UNSAFE_HEADER 302
/** A path segment of the URL would become `.` or `..`. */
#define CBP_ERROR_UNSAFE_PATH 303
/** A name of the query was filled with nothing or with another one of its names. */
#define CBP_ERROR_UNSAFE_QUERY 304
/** The algorithm's name is not one of the six. */
#define CBP_ERROR_UNKNOWN_ALGORITHM 400
/** The key has the wrong length or characters. */
#define CBP_ERROR_INVALID_KEY 401
/** The IV has the wrong length or characters. */
#define CBP_ERROR_INVALID_IV 402
/** The text is not in the encoding of the wire format. */
#define CBP_ERROR_INVALID_ENCODING 403

/**
 * AES-GCM refuses the text: wrong key or IV, changed or short text. Of a sealed callback: whatever is wrong with it. One code
 * for all of them.
 */
#define CBP_ERROR_AUTH_FAILED 404
/** The decrypted bytes are not UTF-8: wrong key or IV, or a text that was not encrypted. CFB detects nothing else. */
#define CBP_ERROR_NOT_UTF8 405
/** A value that must be encrypted is not a string, or a sealed value is not what the template has there. */
#define CBP_ERROR_NOT_ENCRYPTED 406
/** The text is longer than the algorithm or the limit allows. */
#define CBP_ERROR_TOO_LONG 407
/** The caller's buffer is too small. */
#define CBP_ERROR_BUFFER_TOO_SMALL 408
/** A name that the profile encrypts is absent from what was received. */
#define CBP_ERROR_MISSING_PARAMETER 409
/** The callback names no key, and nobody can tell which one of the ring it was. */
#define CBP_ERROR_CANNOT_TELL_KEY 410
/** No profile of the key ring has the id that the callback names. */
#define CBP_ERROR_UNKNOWN_KEY 411
/** The signature of a received callback is missing, malformed or wrong. One code for all of them. */
#define CBP_ERROR_SIGNATURE_REFUSED 412
/** The signature holds, and its timestamp is too far from now. */
#define CBP_ERROR_TIMESTAMP_REFUSED 413
/** A sealed callback needs 32 random bytes: cbp_call_options_set_random(). */
#define CBP_ERROR_RANDOM_REQUIRED 414
/** A sealed callback needs the time of sending: cbp_call_options_set_issued_at(). */
#define CBP_ERROR_ISSUED_AT_REQUIRED 415
/** A sealed callback needs an id: cbp_call_options_set_id(). */
#define CBP_ERROR_ID_REQUIRED 416
/** The callback has parameters in its URL alone, which a signature does not cover. */
#define CBP_ERROR_SIGNATURE_COVERS_NOTHING 417
/** The received content type is not of the profile's kind. */
#define CBP_ERROR_UNSUPPORTED_CONTENT_TYPE 500
/** A multipart body breaks RFC 7578, or two parsers could read it differently. */
#define CBP_ERROR_MALFORMED_MULTIPART 501
/** A form body or query is not UTF-8, or two parsers could read it differently. */
#define CBP_ERROR_MALFORMED_FORM 502
/** The given boundary breaks RFC 2046, or its delimiter line occurs in a value. */
#define CBP_ERROR_INVALID_BOUNDARY 503
/** A parameter's name is refused, since it would change a JavaScript object's prototype; only from that language. */
#define CBP_ERROR_REFUSED_NAME 504
/** An opened value is not of the type that it is read into; only from Rust. */
#define CBP_ERROR_UNEXPECTED_TYPE 505
/** An argument of a call makes no sense. */
#define CBP_ERROR_INVALID_ARGUMENT 900
/** A defect of the library was stopped; please report it. */
#define CBP_ERROR_INTERNAL 999

/** A violation is about the path parameters of a request: sid. */
#define CBP_CONTEXT_PARAMS 1
/** A violation is about the request's own headers: api-key, content-type. */
#define CBP_CONTEXT_HEADERS 2
/** A violation is about the payload. */
#define CBP_CONTEXT_BODY 3

/**
 * Why a call failed: a code, a class, a sentence, the position or JSON Pointer of what is wrong, and every violation of what
 * the rules refuse. No text of it holds a key, an IV or the value of a header.
 *
 * Owner: the caller of the function that failed, who frees it with cbp_error_free(). Threads: it never changes, so they may
 * share it.
 */
typedef struct cbp_error cbp_error;

/**
 * CBP_OK, or one of the CBP_ERROR numbers. They come in families of 100: 1xx JSON, 2xx refused by the rules, 3xx
 * replacers, 4xx encryption, 5xx callbacks, 9xx the call itself. A number never changes its meaning and is never used
 * again; later versions may add some.
 */
typedef uint32_t cbp_status;

/* ----------------------------------------------------------------------------------------------------
 * Error details: what an error object says.
 * ---------------------------------------------------------------------------------------------------- */

/** The status that the failed call returned: a CBP_ERROR number. CBP_OK if `error` is NULL. */
cbp_status cbp_error_code(const cbp_error *error);

/** The stable name of the status, the same in every language: `auth_failed`. Static text. */
cbp_str cbp_error_name(const cbp_error *error);

/** A sentence for people: what was expected and where. After a refusal, the first violation and the number of the others. */
cbp_str cbp_error_message(const cbp_error *error);

/**
 * The class of the error, by the same name in every language: `ProfileError`, `ReplacerError`, `DecryptionError`,
 * `SignatureError`, `ArgumentError` or `InternalError`; static text. It follows the call that failed and not the code:
 *
 * - ProfileError: a payload, patch, stored profile, request or envelope is refused.
 * - ReplacerError: cbp_profile_message() or a callback cannot be made of the record, or the record is not JSON.
 * - DecryptionError: a received callback or an encrypted text cannot be opened, or the received body is not JSON.
 * - SignatureError: the signature of what was received is refused, or its timestamp.
 * - ArgumentError: an argument of any call is wrong: a NULL handle, a number of no set, a key, an IV, a buffer that is too
 *   small, a value that is too long to be encrypted.
 * - InternalError: a defect of the library, CBP_ERROR_INTERNAL.
 */
cbp_str cbp_error_class(const cbp_error *error);

/** The JSON Pointer (RFC 6901) of the first violation; its `data` is NULL if the status is not of the 200 family. */
cbp_str cbp_error_pointer(const cbp_error *error);

/** The number of parameters that the error is about: those that cbp_profile_open() could not open. */
size_t cbp_error_parameter_count(const cbp_error *error);

/**
 * The parameter at `index`, from 0, such as `contacts[0].name`, as it was sent: escape it before it is logged, or log
 * cbp_error_message() instead. Its `data` is NULL if there is none.
 */
cbp_str cbp_error_parameter_at(const cbp_error *error, size_t index);

/** The first of the parameters that the error is about; its `data` is NULL if it is about none. */
cbp_str cbp_error_parameter(const cbp_error *error);

/**
 * The line, from 1, at which a text stops being JSON; 0 if the error is not about one. After a refusal it is that of the first
 * violation that has one.
 */
size_t cbp_error_line(const cbp_error *error);

/** The column in characters, from 1, at which a text stops being JSON; 0 if the error is not about one. */
size_t cbp_error_column(const cbp_error *error);

/** The number of names that the record lacks, after CBP_ERROR_MISSING_VALUE; otherwise 0. */
size_t cbp_error_missing_count(const cbp_error *error);

/** The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none. */
cbp_str cbp_error_missing(const cbp_error *error, size_t index);

/** The number of violations that are listed: at least 1 after a status of the 200 family, otherwise 0. */
size_t cbp_error_violation_count(const cbp_error *error);

/** The number of violations beyond those that are listed (CBP_LIMIT_VIOLATIONS). */
size_t cbp_error_unlisted(const cbp_error *error);

/** The part of a request that the violation at `index` is about: a CBP_CONTEXT number; 0 if there is no such violation. */
uint32_t cbp_error_violation_context(const cbp_error *error, size_t index);

/** The rule that is broken: a JSON Schema keyword (`required`, `type`), or a name of this library (`json`, `format`). */
cbp_str cbp_error_violation_keyword(const cbp_error *error, size_t index);

/** The JSON Pointer (RFC 6901) of the value within its part of the request; empty for the whole part. */
cbp_str cbp_error_violation_pointer(const cbp_error *error, size_t index);

/** The whole sentence in the platform's words: `body/title must be string`. */
cbp_str cbp_error_violation_message(const cbp_error *error, size_t index);

/**
 * What the rule of the violation at `index` allows, as a JSON object: `{"limit":64}`, `{"allowedValues":["GET","POST"]}`, `{}`.
 * The members are those of the `params` of Ajv's errors. Its `data` is NULL if there is no such violation.
 */
cbp_str cbp_error_violation_params(const cbp_error *error, size_t index);

/**
 * The error as a JSON object with the members `code`, `name`, `class`, `message`, `line`, `column`, `parameters`, `missing`,
 * `violations` (each with `context`, `keyword`, `pointer`, `message`, `params`, `line`, `column`) and `unlisted`. Lines and
 * columns are 0 unless a text is not JSON. It is ASCII in one line, whatever names were sent. The caller frees `*json`; a
 * failure of this call goes to `*failure`.
 */
CBP_MUST_USE
cbp_status cbp_error_to_json(const cbp_error *error, cbp_bytes **json, cbp_error **failure);

/** Frees an error. NULL does nothing. */
void cbp_error_free(cbp_error *error);

/** The stable name of a status: `ok`, `auth_failed`; its `data` is NULL for another number. */
cbp_str cbp_status_name(cbp_status status);

/** One sentence on a status, without details; its `data` is NULL for another number. */
cbp_str cbp_status_text(cbp_status status);

/* ----------------------------------------------------------------------------------------------------
 * Parse options: how strictly a payload is validated, how much is read and made, and how values are written.
 * ---------------------------------------------------------------------------------------------------- */

/** The platform's documented rules; what is risky is an advisory. The default. */
#define CBP_POLICY_DOCUMENTED 0

/**
 * The documented rules; in addition the advisories plain_http, private_address, credentials_in_url, unknown_member,
 * ambiguous_member, metadata_header, forwarding_header, content_type_mismatch and encrypts_nothing become refusals.
 */
#define CBP_POLICY_STRICT 1

/** RFC 4648 base64 with padding. The default. */
#define CBP_ENCODING_BASE64 0
/** RFC 4648 base64url, written without padding. */
#define CBP_ENCODING_BASE64URL 1
/** Hexadecimal, written in lower case. */
#define CBP_ENCODING_HEX 2

/** Ciphertext, then GCM's tag. The default. */
#define CBP_TAG_APPENDED 0
/** GCM's tag, then ciphertext. */
#define CBP_TAG_PREPENDED 1

/**
 * Base64 is read in either alphabet, with or without padding, with blanks for `+`; hexadecimal in either case; all of them with
 * lines wrapped by CR and LF. The default. So one value has many texts: compare values and not texts, or read strictly (see
 * SECURITY.md).
 */
#define CBP_READING_TOLERANT 0
/** A text is read only in exactly the form in which it is written. */
#define CBP_READING_STRICT 1

/** Longest payload, patch or stored profile, in bytes. Default 256 KiB. */
#define CBP_LIMIT_PAYLOAD_BYTES 1
/** Longest record, in bytes. Default 1 MiB. */
#define CBP_LIMIT_RECORD_BYTES 2
/** Longest received body or query, in bytes. Default 4 MiB. */
#define CBP_LIMIT_RECEIVED_BYTES 3
/** Deepest nesting of arrays and objects. Default 32; more than 128 counts as 128. */
#define CBP_LIMIT_DEPTH 4
/** Most JSON values in one text. Default 10,000. */
#define CBP_LIMIT_NODES 5
/** Most violations that an error lists. Default 64. */
#define CBP_LIMIT_VIOLATIONS 6
/** Longest URL as sent, in bytes. Default 2,048. */
#define CBP_LIMIT_URL_BYTES 7
/** Most headers. Default 64. */
#define CBP_LIMIT_HEADERS 8
/** Longest header name, in bytes. Default 128. */
#define CBP_LIMIT_HEADER_NAME_BYTES 9
/** Longest header value, in bytes, as sent and as filled. Default 4,096. */
#define CBP_LIMIT_HEADER_VALUE_BYTES 10
/** All header names and values together, in bytes. Default 16 KiB. */
#define CBP_LIMIT_HEADERS_BYTES 11
/** Most replacers in one profile. Default 1,024. */
#define CBP_LIMIT_REPLACERS 12
/** Longest message, URL or body of a callback, in bytes. Default 1 MiB. */
#define CBP_LIMIT_OUTPUT_BYTES 13

/** Key and IV are shown as asterisks. The default. */
#define CBP_SECRETS_MASKED 0
/** Key and IV are shown in clear, as the platform documents it. Keep the result out of logs. */
#define CBP_SECRETS_SHOWN 1

/**
 * The settings of a parse: policy, limits, wire format. The caller frees it with cbp_parse_options_free(), at any time: a
 * profile keeps a copy. Threads may share it while none sets anything.
 */
typedef struct cbp_parse_options cbp_parse_options;

/**
 * New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
 * defect of the library.
 */
cbp_parse_options *cbp_parse_options_new(void);

/** Sets a CBP_POLICY number. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_policy(cbp_parse_options *options, uint32_t policy, cbp_error **error);

/** Sets the limit of a CBP_LIMIT number to `value`, in the unit of that limit. 0 allows nothing. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_limit(cbp_parse_options *options, uint32_t limit, size_t value,
    cbp_error **error);

/** Sets how encrypted values are written and read: a CBP_ENCODING, a CBP_TAG and a CBP_READING number. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_wire_format(cbp_parse_options *options, uint32_t encoding, uint32_t tag,
    uint32_t reading, cbp_error **error);

/** Sets whether sealed profiles, `enc` of version 2, are refused: they are an extension of the documents. Default false. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_refuse_sealed(cbp_parse_options *options, bool refuse_sealed,
    cbp_error **error);

/** Sets whether the documented `enc` is refused: for those who have moved to sealed profiles. Default false. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_refuse_v1(cbp_parse_options *options, bool refuse_v1, cbp_error **error);

/**
 * Sets whether the callbacks will be signed. Then a header named `webhook-id` or the like is a violation, and replacers in the
 * query of a POST or PUT, which a signature does not cover, are the advisory unsigned_target. Default false.
 */
CBP_MUST_USE
cbp_status cbp_parse_options_set_signed(cbp_parse_options *options, bool is_signed, cbp_error **error);

/** The CBP_POLICY number. */
uint32_t cbp_parse_options_policy(const cbp_parse_options *options);

/** The limit of a CBP_LIMIT number, in the unit of that limit; 0 for another number. */
size_t cbp_parse_options_limit(const cbp_parse_options *options, uint32_t limit);

/** The CBP_ENCODING number. */
uint32_t cbp_parse_options_encoding(const cbp_parse_options *options);

/** The CBP_TAG number. */
uint32_t cbp_parse_options_tag(const cbp_parse_options *options);

/** The CBP_READING number. */
uint32_t cbp_parse_options_reading(const cbp_parse_options *options);

/** Whether sealed profiles are refused. */
bool cbp_parse_options_refuse_sealed(const cbp_parse_options *options);

/** Whether the documented `enc` is refused. */
bool cbp_parse_options_refuse_v1(const cbp_parse_options *options);

/** Whether the callbacks will be signed. */
bool cbp_parse_options_signed(const cbp_parse_options *options);

/** Frees settings. NULL does nothing. */
void cbp_parse_options_free(cbp_parse_options *options);

/* ----------------------------------------------------------------------------------------------------
 * Call options: how one message or callback is made, and what opening accepts.
 * ---------------------------------------------------------------------------------------------------- */

/** A value that the record lacks becomes the empty string. The default. */
#define CBP_MISSING_EMPTY 0
/** A value that the record lacks leaves the replacer as it is written in the profile. */
#define CBP_MISSING_KEEP 1
/** A value that the record lacks is CBP_ERROR_MISSING_VALUE, with the names of all of them. */
#define CBP_MISSING_ERROR 2

/**
 * A value that the record lacks becomes JSON null where a string of a JSON body is one whole `<name>`, even if it is
 * encrypted; elsewhere the empty string. The receiver must allow it: cbp_call_options_set_absent().
 */
#define CBP_MISSING_NULL 3

/** A lone surrogate (half of an emoji) anywhere in a record is CBP_ERROR_INVALID_JSON. The default. */
#define CBP_SURROGATES_REFUSE 0
/** A lone surrogate in a record is read as U+FFFD, the replacement character. */
#define CBP_SURROGATES_REPLACE 1

/**
 * The settings of one message, callback or opening. The caller frees it with cbp_call_options_free(). Threads may share it
 * while none sets anything.
 */
typedef struct cbp_call_options cbp_call_options;

/**
 * New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
 * defect of the library.
 */
cbp_call_options *cbp_call_options_new(void);

/** Sets what replaces a value that the record lacks, in a message or callback: a CBP_MISSING number. */
CBP_MUST_USE
cbp_status cbp_call_options_set_missing(cbp_call_options *options, uint32_t missing, cbp_error **error);

/** Sets what becomes of lone surrogates in the record of a message or callback: a CBP_SURROGATES number. */
CBP_MUST_USE
cbp_status cbp_call_options_set_surrogates(cbp_call_options *options, uint32_t surrogates, cbp_error **error);

/** Sets whether a pair in a message stays a pair: `{"name": "John"}` instead of `John`. Default false. */
CBP_MUST_USE
cbp_status cbp_call_options_set_pairs(cbp_call_options *options, bool pairs, cbp_error **error);

/**
 * Sets the boundary of a multipart callback: 1 to 70 characters of RFC 2046. NULL restores the default: the boundary in the
 * profile's content-type header, or one derived from the content.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_boundary(cbp_call_options *options, const char *boundary, size_t boundary_len,
    cbp_error **error);

/**
 * Sets the content type that came with a received body, with its parameters: it must be of the profile's kind, and gives the
 * boundary of a multipart body. NULL restores the default: the profile's own, and the boundary of the body's first line.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_content_type(cbp_call_options *options, const char *content_type,
    size_t content_type_len, cbp_error **error);

/**
 * Sets where cbp_profile_open() takes an object or array of encrypted strings for a string that is one whole `<name>`: the
 * parameters of these names, with everything below them; dots reach nested members. (NULL, 0) restores the default: nowhere.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_structures(cbp_call_options *options, const cbp_str *names, size_t name_count,
    cbp_error **error);

/** Takes objects and arrays of encrypted strings for every whole `<name>`: see cbp_call_options_set_structures(). */
CBP_MUST_USE
cbp_status cbp_call_options_allow_all_structures(cbp_call_options *options, cbp_error **error);

/**
 * Sets which encrypted names may be absent for cbp_profile_open(), or null as CBP_MISSING_NULL writes it: the parameters of
 * these names, with everything below them; dots reach nested members. (NULL, 0) restores the default: none.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_absent(cbp_call_options *options, const cbp_str *names, size_t name_count,
    cbp_error **error);

/** Lets every encrypted name be absent or null: see cbp_call_options_set_absent(). */
CBP_MUST_USE
cbp_status cbp_call_options_allow_all_absent(cbp_call_options *options, cbp_error **error);

/**
 * Sets whether cbp_profile_open_details() opens a body without the parameters that do not open: they are in
 * cbp_opened_failed(), each with its reason, and not in the JSON. Default false. The rest is no more authentic than that of a
 * whole body. As many failures as an error may list (CBP_LIMIT_VIOLATIONS) are an error. A sealed callback opens as a whole or
 * not at all. cbp_profile_open() and the calls on columns could not tell what failed: they refuse the setting with
 * CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_partial(cbp_call_options *options, bool partial, cbp_error **error);

/** Frees settings. NULL does nothing. */
void cbp_call_options_free(cbp_call_options *options);

/* ----------------------------------------------------------------------------------------------------
 * Ciphers: single values, encrypted and decrypted as the platform does.
 * ---------------------------------------------------------------------------------------------------- */

/** AES in GCM mode, a key of 16 characters. */
#define CBP_ALGORITHM_AES_128_GCM 1
/** AES in GCM mode, a key of 24 characters. */
#define CBP_ALGORITHM_AES_192_GCM 2
/** AES in GCM mode, a key of 32 characters. */
#define CBP_ALGORITHM_AES_256_GCM 3
/** AES in CFB mode, a key of 16 characters. CFB does not detect tampering. */
#define CBP_ALGORITHM_AES_128_CFB 4
/** AES in CFB mode, a key of 24 characters. CFB does not detect tampering. */
#define CBP_ALGORITHM_AES_192_CFB 5
/** AES in CFB mode, a key of 32 characters. CFB does not detect tampering. */
#define CBP_ALGORITHM_AES_256_CFB 6

/** Length of an IV in characters, for every algorithm; cbp_iv_len() at run time. */
#define CBP_IV_LEN 16

/** Length of a GCM tag in bytes; cbp_tag_len() at run time. */
#define CBP_TAG_LEN 16

/** Length of the longest key in characters. */
#define CBP_KEY_LEN_MAX 32

/**
 * Key and IV, prepared. It never changes, so threads may share it. Key material is overwritten when it is freed.
 *
 * Key **and IV** of a profile are fixed, which is the platform's format and weak: equal values give equal texts, the XOR of
 * two texts is the XOR of their values, a text shows the length of its value, and under GCM two short values of equal length
 * reveal the authentication key, with which every text can be forged. CFB has no tag at all. So treat what was decrypted as
 * input from a stranger.
 */
typedef struct cbp_cipher cbp_cipher;

/**
 * Prepares a key and an IV. `algorithm` is a CBP_ALGORITHM number; the key has cbp_algorithm_key_len() letters and digits, the
 * IV 16. Values are written as base64 with the tag appended, and read tolerantly. The caller frees `*cipher`.
 *
 * Errors: CBP_ERROR_INVALID_KEY, CBP_ERROR_INVALID_IV, CBP_ERROR_UNKNOWN_ALGORITHM for another number.
 */
CBP_MUST_USE
cbp_status cbp_cipher_new(uint32_t algorithm, const char *key, size_t key_len, const char *iv, size_t iv_len,
    cbp_cipher **cipher, cbp_error **error);

/** Like cbp_cipher_new(), with a wire format: a CBP_ENCODING, a CBP_TAG and a CBP_READING number; 0 is the default of each. */
CBP_MUST_USE
cbp_status cbp_cipher_new_with(uint32_t algorithm, const char *key, size_t key_len, const char *iv,
    size_t iv_len, uint32_t encoding, uint32_t tag, uint32_t reading, cbp_cipher **cipher, cbp_error **error);

/** The CBP_ALGORITHM number; 0 if `cipher` is NULL. */
uint32_t cbp_cipher_algorithm(const cbp_cipher *cipher);

/** The CBP_ENCODING number. */
uint32_t cbp_cipher_encoding(const cbp_cipher *cipher);

/** The CBP_TAG number. */
uint32_t cbp_cipher_tag(const cbp_cipher *cipher);

/** The CBP_READING number. */
uint32_t cbp_cipher_reading(const cbp_cipher *cipher);

/**
 * Length in bytes of the text of a value of `plaintext_len` bytes: exactly what cbp_cipher_encrypt() writes. SIZE_MAX if the
 * number does not fit, 0 if `cipher` is NULL.
 */
size_t cbp_cipher_encrypted_len(const cbp_cipher *cipher, size_t plaintext_len);

/**
 * Length in bytes that the value of a text of `text_len` bytes has at most: a buffer of this size is large enough for
 * cbp_cipher_decrypt(). 0 if `cipher` is NULL.
 */
size_t cbp_cipher_decrypted_len_max(const cbp_cipher *cipher, size_t text_len);

/**
 * Encrypts one value into the caller's buffer: the same value always gives the same text. No zero byte is added.
 *
 * Sizes are in bytes. `*written` is the length of the result. If the buffer is too small, the status is
 * CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is needed; after any other error it is unchanged. The buffer is
 * written on success only. It must not overlap the input: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_cipher_encrypt(const cbp_cipher *cipher, const void *plaintext, size_t plaintext_len, char *text,
    size_t text_size, size_t *written, cbp_error **error);

/**
 * Decrypts one text into the caller's buffer, as bytes. **Under CFB a wrong key or a changed text is no error but gives other
 * bytes**; under GCM it is CBP_ERROR_AUTH_FAILED. Overwrite the buffer with cbp_wipe() after use.
 *
 * Sizes are in bytes. `*written` is the length of the result. If the buffer is too small, the status is
 * CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is needed; after any other error it is unchanged. The buffer is
 * written on success only. It must not overlap the input: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_cipher_decrypt(const cbp_cipher *cipher, const char *text, size_t text_len, void *plaintext,
    size_t plaintext_size, size_t *written, cbp_error **error);

/** Like cbp_cipher_decrypt(), for values that must be UTF-8, as those of callbacks are: CBP_ERROR_NOT_UTF8 otherwise. */
CBP_MUST_USE
cbp_status cbp_cipher_decrypt_text(const cbp_cipher *cipher, const char *text, size_t text_len, void *plaintext,
    size_t plaintext_size, size_t *written, cbp_error **error);

/** Frees a cipher that the caller owns, never one of cbp_profile_cipher(). NULL does nothing. */
void cbp_cipher_free(cbp_cipher *cipher);

/** The CBP_ALGORITHM number of exactly this name (`AES-128-GCM`); 0 for another name. */
uint32_t cbp_algorithm_from_name(const char *name, size_t name_len);

/** The name of a CBP_ALGORITHM number; its `data` is NULL for another number. */
cbp_str cbp_algorithm_name(uint32_t algorithm);

/** Length in characters of the key of a CBP_ALGORITHM number: 16, 24 or 32; 0 for another number. */
size_t cbp_algorithm_key_len(uint32_t algorithm);

/** Whether texts of a CBP_ALGORITHM number carry a tag (GCM). With a fixed IV even the tag does not stop forgery. */
bool cbp_algorithm_is_authenticated(uint32_t algorithm);

/** CBP_IV_LEN of the library that is running. */
size_t cbp_iv_len(void);

/** CBP_TAG_LEN of the library that is running. */
size_t cbp_tag_len(void);

/* ----------------------------------------------------------------------------------------------------
 * Batches: many values encrypted in one call.
 * ---------------------------------------------------------------------------------------------------- */

/** The texts of a batch, whose memory is used again for the next one. Threads may share it while none fills it again. */
typedef struct cbp_texts cbp_texts;

/**
 * An empty list of texts, for cbp_cipher_encrypt_all(). The caller frees it with cbp_texts_free(). NULL only after a defect
 * of the library.
 */
cbp_texts *cbp_texts_new(void);

/**
 * Encrypts many values at once, which under CFB is several times faster than one at a time. `texts` then holds one text per
 * value, in the order of the values, and no longer what it held before: views of its former texts become invalid.
 *
 * `value_count` is the number of values; a value with a NULL `data` and a `len` of 0 is empty. No value may lie in the memory
 * of `texts`, that is, be a view that cbp_texts_get() returned. Errors: CBP_ERROR_TOO_LONG, after which `texts` is empty;
 * CBP_ERROR_INVALID_ARGUMENT, after which `texts` is unchanged.
 */
CBP_MUST_USE
cbp_status cbp_cipher_encrypt_all(const cbp_cipher *cipher, const cbp_str *values, size_t value_count,
    cbp_texts *texts, cbp_error **error);

/** The number of texts. */
size_t cbp_texts_count(const cbp_texts *texts);

/** The text at `index`, from 0; its `data` is NULL if there is none. Valid until `texts` is filled again or freed. */
cbp_str cbp_texts_get(const cbp_texts *texts, size_t index);

/** Frees texts. NULL does nothing. */
void cbp_texts_free(cbp_texts *texts);

/* ----------------------------------------------------------------------------------------------------
 * Profiles: a payload is validated once; a profile exists only of a payload that obeys the rules.
 * ---------------------------------------------------------------------------------------------------- */

/** GET */
#define CBP_METHOD_GET 1
/** POST */
#define CBP_METHOD_POST 2
/** PUT */
#define CBP_METHOD_PUT 3
/** DELETE */
#define CBP_METHOD_DELETE 4

/** `sms` */
#define CBP_CHANNEL_SMS 1
/** `Default - No Channel Selected` */
#define CBP_CHANNEL_DEFAULT 2

/**
 * A validated callback profile with everything prepared: templates split, cipher ready. Parsing is the expensive part, a
 * callback the cheap one. The caller frees it with cbp_profile_free(). It never changes, so threads may share it.
 */
typedef struct cbp_profile cbp_profile;

/**
 * Validates a create payload and makes the profile.
 *
 * `options` may be NULL for the documented policy and the default limits and wire format. Error: CBP_ERROR_INVALID_PROFILE,
 * with every violation in `*error`.
 */
CBP_MUST_USE
cbp_status cbp_profile_parse(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_profile **profile, cbp_error **error);

/** Validates a create payload without making a profile: the status and the error of cbp_profile_parse(), several times faster. */
CBP_MUST_USE
cbp_status cbp_profile_check(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_error **error);

/**
 * Validates the parts of a whole create request (`POST /v1/{sid}/callback/profiles`) and makes the profile: sid, the headers
 * of the request itself, and the payload, in this order. Error: CBP_ERROR_INVALID_REQUEST, with every violation in `*error`.
 */
CBP_MUST_USE
cbp_status cbp_request_parse(const char *sid, size_t sid_len, const cbp_header *headers, size_t header_count,
    const char *payload, size_t payload_len, const cbp_parse_options *options, cbp_profile **profile,
    cbp_error **error);

/**
 * Applies a patch and makes a new profile: members of the patch replace those of `profile`, null clears an optional one, and
 * the whole is validated again with the settings of `profile`, which itself does not change. Error: CBP_ERROR_INVALID_PATCH.
 */
CBP_MUST_USE
cbp_status cbp_profile_patch(const cbp_profile *profile, const char *json, size_t json_len,
    cbp_profile **patched, cbp_error **error);

/**
 * The profile as a create payload: compact JSON. `secrets` is a CBP_SECRETS number; cbp_profile_parse() refuses a text with
 * masked key and IV. The caller frees `*json`.
 */
CBP_MUST_USE
cbp_status cbp_profile_to_json(const cbp_profile *profile, uint32_t secrets, cbp_bytes **json,
    cbp_error **error);

/** A copy of the settings that the profile was parsed with. The caller frees `*options`. */
CBP_MUST_USE
cbp_status cbp_profile_options(const cbp_profile *profile, cbp_parse_options **options, cbp_error **error);

/** The title. */
cbp_str cbp_profile_title(const cbp_profile *profile);

/** The HTTP method of its callbacks: a CBP_METHOD number; 0 if `profile` is NULL. */
uint32_t cbp_profile_method(const cbp_profile *profile);

/** The URL as it was sent, with its replacers. */
cbp_str cbp_profile_url(const cbp_profile *profile);

/**
 * The URL of all callbacks without query and fragment, which is what a sealed one is bound to; its
 * `data` is NULL if its path has replacers.
 */
cbp_str cbp_profile_constant_url(const cbp_profile *profile);

/** The body as compact JSON, with its replacers; its `data` is NULL if there is none. */
cbp_str cbp_profile_body(const cbp_profile *profile);

/** The message for chatbots, with its replacers; its `data` is NULL if there is none. */
cbp_str cbp_profile_response_message(const cbp_profile *profile);

/** The channel: a CBP_CHANNEL number; 0 if `profile` is NULL. */
uint32_t cbp_profile_channel(const cbp_profile *profile);

/** The number of headers. */
size_t cbp_profile_header_count(const cbp_profile *profile);

/** The name of the header at `index`, from 0, as it was sent; its `data` is NULL if there is none. */
cbp_str cbp_profile_header_name(const cbp_profile *profile, size_t index);

/** The value of the header at `index`, from 0, with its replacers; `data` is NULL if there is none. It may be a credential. */
cbp_str cbp_profile_header_value(const cbp_profile *profile, size_t index);

/** Whether the payload had the member `events`, even if it was null. */
bool cbp_profile_has_events(const cbp_profile *profile);

/** The number of events. */
size_t cbp_profile_event_count(const cbp_profile *profile);

/** The event at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_profile_event(const cbp_profile *profile, size_t index);

/** The number of `{"label": "field"}` replacers in the response message. */
size_t cbp_profile_replacer_count(const cbp_profile *profile);

/** The label of the replacer at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_profile_replacer_label(const cbp_profile *profile, size_t index);

/** The field of the replacer at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_profile_replacer_field(const cbp_profile *profile, size_t index);

/** The documented encryption: a CBP_ALGORITHM number; 0 if there is none, or if the profile is sealed. */
uint32_t cbp_profile_algorithm(const cbp_profile *profile);

/**
 * The id of the key of a sealed profile, whose `enc` has version 2; its `data` is NULL if the profile is not sealed. It is sent
 * in clear.
 */
cbp_str cbp_profile_kid(const cbp_profile *profile);

/**
 * Whether every value is encrypted. If not, and there is encryption at all, the values of cbp_profile_encrypted_param()
 * are. A sealed profile encrypts every value; where it has names, all other values are repeated outside in clear.
 */
bool cbp_profile_encrypts_all(const cbp_profile *profile);

/** The number of names in `enc.params`; 0 if every value is encrypted, or none. */
size_t cbp_profile_encrypted_param_count(const cbp_profile *profile);

/** The name at `index`, from 0, in `enc.params`: its values are encrypted. Its `data` is NULL if there is none. */
cbp_str cbp_profile_encrypted_param(const cbp_profile *profile, size_t index);

/**
 * The cipher of the profile, with its wire format; NULL if there is none of the documented format. Owner: the profile. Do not
 * free it, and do not use it after the profile is freed.
 */
const cbp_cipher *cbp_profile_cipher(const cbp_profile *profile);

/** The number of advisories: what is accepted but risky or useless. */
size_t cbp_profile_advisory_count(const cbp_profile *profile);

/** The stable name of the advisory at `index`, from 0 (`plain_http`); its `data` is NULL if there is none. */
cbp_str cbp_profile_advisory_name(const cbp_profile *profile, size_t index);

/** The JSON Pointer (RFC 6901) of the member of the payload that the advisory at `index` is about. */
cbp_str cbp_profile_advisory_pointer(const cbp_profile *profile, size_t index);

/** One sentence on the risk of the advisory at `index`; it quotes no value. */
cbp_str cbp_profile_advisory_message(const cbp_profile *profile, size_t index);

/**
 * All advisories as a JSON array of objects with the members `code`, `pointer` and `message`, in ASCII and one line. The caller
 * frees `*json`.
 */
CBP_MUST_USE
cbp_status cbp_profile_advisories(const cbp_profile *profile, cbp_bytes **json, cbp_error **error);

/** Frees a profile. NULL does nothing. */
void cbp_profile_free(cbp_profile *profile);

/** `GET`, `POST`, `PUT` or `DELETE`, for a CBP_METHOD number; its `data` is NULL for another number. */
cbp_str cbp_method_name(uint32_t method);

/** `sms` or `Default - No Channel Selected`, for a CBP_CHANNEL number; its `data` is NULL for another number. */
cbp_str cbp_channel_name(uint32_t channel);

/* ----------------------------------------------------------------------------------------------------
 * Fields: what a profile reads from a record.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * The fields that a profile reads from a record, each with its places in the payload. The caller frees it with
 * cbp_fields_free(). It never changes, so threads may share it.
 */
typedef struct cbp_fields cbp_fields;

/**
 * Every field that callbacks and messages of the profile read from a record, in order of first use: URL, headers, body,
 * response message. The caller frees `*fields`.
 */
CBP_MUST_USE
cbp_status cbp_profile_fields(const cbp_profile *profile, cbp_fields **fields, cbp_error **error);

/** The number of fields. */
size_t cbp_fields_count(const cbp_fields *fields);

/** The name of the field at `index`, from 0, as the replacer has it (`entry[0].value`); its `data` is NULL if there is none. */
cbp_str cbp_fields_name(const cbp_fields *fields, size_t index);

/** The number of places of the field at `index`; 0 if there is no such field. */
size_t cbp_fields_place_count(const cbp_fields *fields, size_t index);

/**
 * A JSON Pointer (RFC 6901) into the payload to the place at `place`, from 0, of the field at `index`; its `data` is NULL if
 * there is none.
 */
cbp_str cbp_fields_place(const cbp_fields *fields, size_t index, size_t place);

/** Frees fields. NULL does nothing. */
void cbp_fields_free(cbp_fields *fields);

/* ----------------------------------------------------------------------------------------------------
 * Stored profiles: what the platform returns for a profile, with id, status and dates.
 * ---------------------------------------------------------------------------------------------------- */

/** The platform sends the callbacks. */
#define CBP_PROFILE_STATUS_ACTIVE 1
/** The platform switched the profile off after failures. */
#define CBP_PROFILE_STATUS_AUTO_DISABLED 2
/** The profile is switched off. */
#define CBP_PROFILE_STATUS_DISABLED 3

/**
 * A profile as the platform stores it. The caller frees it with cbp_stored_profile_free(). It never changes, so threads may
 * share it.
 */
typedef struct cbp_stored_profile cbp_stored_profile;

/** A list of stored profiles. The caller frees it with cbp_stored_profiles_free(). One thread at a time uses it. */
typedef struct cbp_stored_profiles cbp_stored_profiles;

/**
 * Parses a stored profile, a whole envelope that holds one in `data`, or a create payload. `options` may be NULL. Error:
 * CBP_ERROR_INVALID_STORED_PROFILE, also for a masked key.
 */
CBP_MUST_USE
cbp_status cbp_stored_profile_parse(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_stored_profile **stored, cbp_error **error);

/** The profile. Owner: `stored`. Do not free it, and do not use it after `stored` is freed. */
const cbp_profile *cbp_stored_profile_profile(const cbp_stored_profile *stored);

/** Gives the profile to the caller, who frees it: `*stored` is freed and set to NULL. */
CBP_MUST_USE
cbp_status cbp_stored_profile_take(cbp_stored_profile **stored, cbp_profile **profile, cbp_error **error);

/** The platform's id of the profile; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_profile_id(const cbp_stored_profile *stored);

/** When it was created, as the platform wrote it; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_created_at(const cbp_stored_profile *stored);

/** When it was changed, as the platform wrote it; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_modified_at(const cbp_stored_profile *stored);

/** The platform's body type; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_body_type(const cbp_stored_profile *stored);

/** The platform's dynamic variables as compact JSON; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_dynamic_variables(const cbp_stored_profile *stored);

/** A CBP_PROFILE_STATUS number; 0 if there is none. */
uint32_t cbp_stored_profile_status(const cbp_stored_profile *stored);

/**
 * Parses a list of stored profiles, or a whole envelope that holds one in `data`. What a profile of it is refused for,
 * cbp_stored_profiles_take() says. `options` may be NULL; its limits on size hold for the whole text. The caller frees `*list`.
 * Error: CBP_ERROR_INVALID_STORED_PROFILE if the text is no list.
 */
CBP_MUST_USE
cbp_status cbp_stored_profiles_parse(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_stored_profiles **list, cbp_error **error);

/** The number of profiles in the list, also of those that are refused or taken. */
size_t cbp_stored_profiles_count(const cbp_stored_profiles *list);

/**
 * Takes the profile at `index`, from 0, out of the list. The caller frees `*stored`. Error: CBP_ERROR_INVALID_STORED_PROFILE if
 * this profile is refused, CBP_ERROR_INVALID_ARGUMENT if there is none or it was asked for before.
 */
CBP_MUST_USE
cbp_status cbp_stored_profiles_take(cbp_stored_profiles *list, size_t index, cbp_stored_profile **stored,
    cbp_error **error);

/** Frees a list with the profiles that were not taken. NULL does nothing. */
void cbp_stored_profiles_free(cbp_stored_profiles *list);

/** Frees a stored profile, with its profile. NULL does nothing. */
void cbp_stored_profile_free(cbp_stored_profile *stored);

/* ----------------------------------------------------------------------------------------------------
 * Messages and callbacks: what is sent.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * An outgoing request, ready for any HTTP client. The caller frees it with cbp_callback_free(). Threads may share it while
 * none fills it again.
 */
typedef struct cbp_callback cbp_callback;

/** A rendered message. The caller frees it with cbp_message_free(). It never changes, so threads may share it. */
typedef struct cbp_message cbp_message;

/**
 * Renders the chatbot's answer: the response message with its replacers filled; empty if the profile has none.
 *
 * `record` is a JSON object with the values of the replacers, within the limits of the profile. `options` may be NULL. Errors:
 * CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, CBP_ERROR_MISSING_VALUE, CBP_ERROR_OUTPUT_TOO_LARGE.
 */
CBP_MUST_USE
cbp_status cbp_profile_message(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_message **message, cbp_error **error);

/** The text of the message. */
cbp_str cbp_message_text(const cbp_message *message);

/** The number of names that the record lacks. */
size_t cbp_message_missing_count(const cbp_message *message);

/** The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none. */
cbp_str cbp_message_missing(const cbp_message *message, size_t index);

/** Frees a message; its text is overwritten. NULL does nothing. */
void cbp_message_free(cbp_message *message);

/**
 * Builds the outgoing request of a record: method, URL, headers and body, its values encrypted as the profile says. The same
 * input gives the same bytes.
 *
 * `record` is a JSON object with the values of the replacers, within the limits of the profile. `options` may be NULL. Errors:
 * CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, those of the 300 family, CBP_ERROR_INVALID_BOUNDARY. A sealed profile needs
 * random bytes, time and id in `options`: CBP_ERROR_RANDOM_REQUIRED, CBP_ERROR_ISSUED_AT_REQUIRED, CBP_ERROR_ID_REQUIRED.
 */
CBP_MUST_USE
cbp_status cbp_profile_callback(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_callback **callback, cbp_error **error);

/** An empty callback, for cbp_profile_callback_into(). NULL only after a defect of the library. */
cbp_callback *cbp_callback_new(void);

/**
 * Like cbp_profile_callback(), into an object that is used again and again: after the first callbacks of a profile, a record
 * without escapes and missing values needs no allocation. Views of the former content of `callback` become invalid.
 *
 * `record` must not lie in the memory of `callback`, that is, be a view of its URL, headers, body or missing names. Errors are
 * those of cbp_profile_callback(); after them `callback` is empty, so that nothing old or incomplete is sent by mistake. After a
 * wrong argument of this call itself, such as a NULL handle or such a record, it is unchanged.
 */
CBP_MUST_USE
cbp_status cbp_profile_callback_into(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_callback *callback, cbp_error **error);

/** The HTTP method: a CBP_METHOD number; 0 if `callback` is NULL or empty. */
uint32_t cbp_callback_method(const cbp_callback *callback);

/** Whether its parameters are sealed: the profile's `enc` has version 2. */
bool cbp_callback_is_sealed(const cbp_callback *callback);

/** The URL. This view and those of headers and body are valid until `callback` is filled again or freed. */
cbp_str cbp_callback_url(const cbp_callback *callback);

/** The number of headers; the content-type of a body is one of them. */
size_t cbp_callback_header_count(const cbp_callback *callback);

/** The name of the header at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_callback_header_name(const cbp_callback *callback, size_t index);

/** The value of the header at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_callback_header_value(const cbp_callback *callback, size_t index);

/** The body; its `data` is NULL for GET and DELETE. */
cbp_str cbp_callback_body(const cbp_callback *callback);

/** The number of names that the record lacks. */
size_t cbp_callback_missing_count(const cbp_callback *callback);

/** The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none. */
cbp_str cbp_callback_missing(const cbp_callback *callback, size_t index);

/** The request as HTTP/1.1 text, with the `Host` and `Content-Length` that a client would add. The caller frees `*http`. */
CBP_MUST_USE
cbp_status cbp_callback_to_http(const cbp_callback *callback, cbp_bytes **http, cbp_error **error);

/** Frees a callback; its URL, headers and body are overwritten. NULL does nothing. */
void cbp_callback_free(cbp_callback *callback);

/* ----------------------------------------------------------------------------------------------------
 * Where a callback goes, for programs that connect by themselves instead of giving the URL to an HTTP client.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * What to resolve: a name in lower case, an IPv4 address in four decimal numbers, or an IPv6 address without brackets. Check
 * every address that it leads to (cbp_address_verdict_of_sockaddr()), and connect to one that you checked.
 */
cbp_str cbp_callback_host(const cbp_callback *callback);

/** The port: that of the URL, else 443 or 80; 0 if `callback` is NULL or empty. */
uint32_t cbp_callback_port(const cbp_callback *callback);

/** Whether the scheme is https and not http. */
bool cbp_callback_is_https(const cbp_callback *callback);

/** The value of the header `host`: the host, an IPv6 address in brackets, and the port unless it is the scheme's own. */
cbp_str cbp_callback_authority(const cbp_callback *callback);

/**
 * Path and query, from the first `/`: the target of the request line. This view and those of host and authority are valid until
 * `callback` is filled again or freed.
 */
cbp_str cbp_callback_target(const cbp_callback *callback);

/* ----------------------------------------------------------------------------------------------------
 * Opening: what was received, decrypted and held to the profile.
 * ---------------------------------------------------------------------------------------------------- */

/** The value is `null`. */
#define CBP_KIND_NULL 1
/** The value is `false`. */
#define CBP_KIND_FALSE 2
/** The value is `true`. */
#define CBP_KIND_TRUE 3
/** The value is a number. */
#define CBP_KIND_NUMBER 4
/** The value is a string. */
#define CBP_KIND_STRING 5
/** The value is an array. */
#define CBP_KIND_ARRAY 6
/** The value is an object. */
#define CBP_KIND_OBJECT 7

/**
 * An opened callback: the parameters, and what is known of them. The caller frees it with cbp_opened_free(). It never
 * changes, so threads may share it.
 */
typedef struct cbp_opened cbp_opened;

/**
 * Opens a received callback of this profile: the body of a POST or PUT, or the URL or query of a GET or DELETE. `*json` is a
 * compact JSON object of the parameters, decrypted; the caller frees it.
 *
 * Every name that the profile encrypts must be there, as an encrypted string, unless `options` allow structures or absence;
 * names, order and what is not encrypted are not protected. **Under CFB a wrong key or a changed text is noticed only where
 * the result is not UTF-8, and the fixed IV makes GCM forgeable too**: treat the result as input from a stranger, and do not
 * report to the sender why opening failed.
 *
 * `options` may be NULL. Errors: those of the 400 and 500 families (cbp_error_parameter_at() names the parameters),
 * CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT. A sealed profile needs cbp_call_options_set_expected(), else it is
 * CBP_ERROR_INVALID_ARGUMENT; whatever is wrong with a sealed callback is CBP_ERROR_AUTH_FAILED. What it holds is authentic.
 */
CBP_MUST_USE
cbp_status cbp_profile_open(const cbp_profile *profile, const void *received, size_t received_len,
    const cbp_call_options *options, cbp_bytes **json, cbp_error **error);

/**
 * Like cbp_profile_open(), with the names of what was decrypted and of what the profile does not have. The caller frees
 * `*opened`.
 */
CBP_MUST_USE
cbp_status cbp_profile_open_details(const cbp_profile *profile, const void *received, size_t received_len,
    const cbp_call_options *options, cbp_opened **opened, cbp_error **error);

/** The parameters as a compact JSON object, decrypted: what cbp_profile_open() gives. */
cbp_str cbp_opened_json(const cbp_opened *opened);

/**
 * One value of the parameters: that of this name, or what a JSON Pointer (RFC 6901) leads to if it begins with `/`
 * (`/contacts/0/name`; a name that begins with `/` is reached by its pointer, `/~1a`).
 *
 * `*kind` is a CBP_KIND number. `*value` is a string's text, which may hold zero bytes, or the compact JSON text of every other
 * value; the caller frees it, and it is overwritten then. If there is no such value, `*kind` is 0 and `*value` NULL, and the
 * call succeeds. Each call reads the JSON text again: who wants many values reads cbp_opened_json().
 */
CBP_MUST_USE
cbp_status cbp_opened_get(const cbp_opened *opened, const char *name, size_t name_len, uint32_t *kind,
    cbp_bytes **value, cbp_error **error);

/** The number of parameters that were decrypted. Everything else is as readable and as forgeable as it was received. */
size_t cbp_opened_decrypted_count(const cbp_opened *opened);

/**
 * The name at `index`, from 0 and in the received order, of what was decrypted (`to`, `contacts[0].name`), at most 256
 * characters of it, as it was sent, so a stranger may have chosen it: escape it before it is logged. Its `data` is NULL if
 * there is none.
 */
cbp_str cbp_opened_decrypted(const cbp_opened *opened, size_t index);

/** The number of parameters that the profile does not have. */
size_t cbp_opened_unknown_count(const cbp_opened *opened);

/**
 * The name at `index`, from 0 and in the received order, of what the profile does not have, at most 256 characters of it, as
 * it was sent: escape it before it is logged. Its `data` is NULL if there is none.
 */
cbp_str cbp_opened_unknown(const cbp_opened *opened, size_t index);

/** The number of parameters that did not open: see cbp_call_options_set_partial(). 0 without that setting. */
size_t cbp_opened_failed_count(const cbp_opened *opened);

/**
 * The name at `index`, from 0, of what did not open, as cbp_opened_decrypted() gives names: escape it before it is logged. Its
 * `data` is NULL if there is none.
 */
cbp_str cbp_opened_failed(const cbp_opened *opened, size_t index);

/**
 * Why the parameter at `index`, from 0, did not open: the CBP_ERROR number that opening the whole would have failed with, such
 * as CBP_ERROR_AUTH_FAILED. CBP_OK if there is none.
 */
cbp_status cbp_opened_failed_code(const cbp_opened *opened, size_t index);

/** Whether the callback was sealed. If not, the texts of the following functions have a NULL `data`, and the time is 0. */
bool cbp_opened_is_sealed(const cbp_opened *opened);

/** The id of the key that it was sealed with. */
cbp_str cbp_opened_sealed_kid(const cbp_opened *opened);

/**
 * The id of the sealed message, the same for each retry. Keep it, with the id of the key, for at least twice the tolerance, in
 * the transaction of the effect; answer a message whose id is known with 2xx and without an effect.
 */
cbp_str cbp_opened_sealed_id(const cbp_opened *opened);

/** The time at which it was sealed, in seconds since 1970. */
uint64_t cbp_opened_sealed_issued_at(const cbp_opened *opened);

/** The id of the profile; its `data` is also NULL if the sender gave none. */
cbp_str cbp_opened_sealed_profile_id(const cbp_opened *opened);

/** Overwrites the parameters and frees an opened callback. NULL does nothing. */
void cbp_opened_free(cbp_opened *opened);

/* ----------------------------------------------------------------------------------------------------
 * Diagnose options: what is known beside the profile and the texts that do not open.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * What is known beside the profile and the texts. It keeps copies of everything that is set, the profiles of
 * cbp_diagnose_options_set_also() included, so the caller may free the originals at once. The caller frees it with
 * cbp_diagnose_options_free(), which overwrites expected values and body. Threads may share it while none sets anything.
 */
typedef struct cbp_diagnose_options cbp_diagnose_options;

/**
 * New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
 * defect of the library.
 */
cbp_diagnose_options *cbp_diagnose_options_new(void);

/**
 * Sets the values that the texts should have: of several texts in their order, of one text any of them. Under CFB a
 * cause is proved by them alone. (NULL, 0) restores the default: nothing is known.
 */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_expected(cbp_diagnose_options *options, const cbp_str *values,
    size_t value_count, cbp_error **error);

/**
 * Sets further profiles whose key may have been used, such as one with an older key. They are copied, and at most 64 are
 * tried. (NULL, 0) restores the default: none.
 */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_also(cbp_diagnose_options *options, const cbp_profile *const *profiles,
    size_t profile_count, cbp_error **error);

/** Sets the name of the texts' parameter. NULL restores the default: unknown. */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_parameter(cbp_diagnose_options *options, const char *parameter,
    size_t parameter_len, cbp_error **error);

/**
 * Sets a whole callback as it was received, which is diagnosed instead of texts: the body of a POST or PUT, or the URL or
 * query of a GET or DELETE. NULL restores the default: texts are diagnosed.
 */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_body(cbp_diagnose_options *options, const void *received,
    size_t received_len, cbp_error **error);

/** Sets the content type that came with the body. NULL restores the default: unknown. */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_content_type(cbp_diagnose_options *options, const char *content_type,
    size_t content_type_len, cbp_error **error);

/** Sets whether a proved value is shown. Default false. */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_show(cbp_diagnose_options *options, bool show, cbp_error **error);

/** Overwrites expected values and body, and frees settings. NULL does nothing. */
void cbp_diagnose_options_free(cbp_diagnose_options *options);

/* ----------------------------------------------------------------------------------------------------
 * Diagnosis: why a text or a received callback does not open.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * Why texts do not open: the findings, best first, and what was excluded. The caller frees it with cbp_diagnosis_free(), which
 * overwrites a shown value. It never changes, so threads may share it.
 */
typedef struct cbp_diagnosis cbp_diagnosis;

/**
 * Explains why texts that should be this profile's do not open, or that they do: the encrypted texts of one or several
 * parameters, or a whole callback if `options` have a body. One cause must explain all texts; at most 16 of them are examined,
 * of at most 4,096 bytes each. `options` may be NULL.
 *
 * **This is an oracle, for the owner of the key**: it says how a text could be decrypted, so no answer to a request may depend
 * on it or contain it. cbp_profile_open() never uses it. It holds no key and no IV, and a value only if
 * cbp_diagnose_options_set_show() asks for it.
 *
 * What cannot be explained is a success too, with the one finding `unknown`. Error: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_diagnose(const cbp_profile *profile, const cbp_str *texts, size_t text_count,
    const cbp_diagnose_options *options, cbp_diagnosis **diagnosis, cbp_error **error);

/** Whether a cause was found, `opens` among them: false if `unknown` is the one finding. */
bool cbp_diagnosis_is_found(const cbp_diagnosis *diagnosis);

/** The number of findings: at least 1. */
size_t cbp_diagnosis_finding_count(const cbp_diagnosis *diagnosis);

/**
 * The cause of the finding at `index`, from 0, by its name in the catalogue: `tag_first`, `opens`, `unknown`. Static text;
 * later versions may add some. Its `data` is NULL if there is no such finding.
 */
cbp_str cbp_diagnosis_finding_cause(const cbp_diagnosis *diagnosis, size_t index);

/**
 * How sure the finding at `index` is; static text:
 *
 * - `proved`: a tag verifies under the changed assumption, or at least 8 bytes of the expected value match.
 * - `likely`: it decrypts to text, which random bytes would do with the chance of cbp_diagnosis_finding_chance() only.
 * - `spelling`: told from the look of the text alone.
 * - `none`: not sure at all; nothing was found, or the text is too short to tell.
 */
cbp_str cbp_diagnosis_finding_grade(const cbp_diagnosis *diagnosis, size_t index);

/**
 * How probable it is, from 0 to 1, that random bytes would have led to the finding at `index`. Not a number (NaN, which
 * compares as false with everything) unless decrypted text is the evidence, or if there is no such finding.
 */
double cbp_diagnosis_finding_chance(const cbp_diagnosis *diagnosis, size_t index);

/** What was found, in a sentence. */
cbp_str cbp_diagnosis_finding_detail(const cbp_diagnosis *diagnosis, size_t index);

/** What the sender's program probably does, and what it should do. Static text. */
cbp_str cbp_diagnosis_finding_at_sender(const cbp_diagnosis *diagnosis, size_t index);

/** What the receiver can do. Static text. */
cbp_str cbp_diagnosis_finding_at_receiver(const cbp_diagnosis *diagnosis, size_t index);

/**
 * The change of wire format or profile under which the text opens, as a JSON object: those of the members `encoding`, `tag`,
 * `reading`, `algo`, `key` and `IV` (what has to be done to them, in words) and `profile` (an index into those of
 * cbp_diagnose_options_set_also()) that apply. Its `data` is NULL if no such change is known.
 */
cbp_str cbp_diagnosis_finding_settings(const cbp_diagnosis *diagnosis, size_t index);

/** The decrypted value, if it is proved and cbp_diagnose_options_set_show() asked for it; otherwise its `data` is NULL. */
cbp_str cbp_diagnosis_finding_value(const cbp_diagnosis *diagnosis, size_t index);

/** The number of causes that were tried and do not explain the texts. */
size_t cbp_diagnosis_excluded_count(const cbp_diagnosis *diagnosis);

/**
 * The excluded cause at `index`, from 0 and in the order of the catalogue, by its name. Static text; its `data` is NULL if
 * there is none.
 */
cbp_str cbp_diagnosis_excluded(const cbp_diagnosis *diagnosis, size_t index);

/** How many decrypted bytes were examined, IV and tag not counted. Below about 12, little can be concluded without a tag. */
size_t cbp_diagnosis_judged_bytes(const cbp_diagnosis *diagnosis);

/**
 * The diagnosis as compact JSON: `{"findings": [{"cause", "grade", "chance", "detail", "at_sender", "at_receiver",
 * "settings"}], "excluded": [cause, …], "judged_bytes": n}`, with a `value` where one is shown. The caller frees `*json`.
 */
CBP_MUST_USE
cbp_status cbp_diagnosis_to_json(const cbp_diagnosis *diagnosis, cbp_bytes **json, cbp_error **error);

/** Overwrites a shown value and frees a diagnosis. NULL does nothing. */
void cbp_diagnosis_free(cbp_diagnosis *diagnosis);

/* ----------------------------------------------------------------------------------------------------
 * Sealed options: what a sealed callback is made with, and what a receiver expects of one.
 * ---------------------------------------------------------------------------------------------------- */

/** The number of random bytes that a sealed callback needs, and a new sealing key. */
#define CBP_SEALING_RANDOM_LEN 32

/** How far the time of sending may be from now as a rule, in seconds, both ways. */
#define CBP_DEFAULT_TOLERANCE 300

/**
 * Sets the random bytes of a sealed callback: CBP_SEALING_RANDOM_LEN bytes of the operating system's random number generator.
 * **Set new ones for every callback.** NULL restores the default: none, and then a sealed callback cannot be made.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_random(cbp_call_options *options, const void *random, size_t random_len,
    cbp_error **error);

/** Sets the time at which a sealed callback is sent, in seconds since 1970. */
CBP_MUST_USE
cbp_status cbp_call_options_set_issued_at(cbp_call_options *options, uint64_t issued_at, cbp_error **error);

/**
 * Sets the id of a sealed callback, the same for each retry and for its signature: 1 to 128 characters of visible ASCII without
 * a full stop, which is checked when the callback is made. NULL restores the default: none.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_id(cbp_call_options *options, const char *id, size_t id_len, cbp_error **error);

/** Sets the id of the profile that a sealed callback names, if both sides know it. NULL restores the default: none. */
CBP_MUST_USE
cbp_status cbp_call_options_set_profile_id(cbp_call_options *options, const char *profile_id,
    size_t profile_id_len, cbp_error **error);

/**
 * Sets whether the body of a sealed POST or PUT is the token alone, of the type `application/jose`, instead of an object or
 * form that holds it. Default false.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_bare_token(cbp_call_options *options, bool bare_token, cbp_error **error);

/**
 * Sets what is expected of a sealed callback beside the right key. Without it none is opened, and each part is a decision:
 *
 * - `check_freshness`, `now`, `tolerance`: the time of sending must not be further from `now` (seconds since 1970) than
 *   `tolerance` (CBP_DEFAULT_TOLERANCE as a rule), both ways. With false, any age is right and both numbers mean nothing.
 * - `method`: the CBP_METHOD number that it was received with; 0: not checked.
 * - `url`: the receiver's own public URL, never one made of the headers Host or X-Forwarded-*; query and fragment make no
 *   difference. NULL: not checked.
 * - `profile_id`: the id of the profile. NULL: not checked.
 *
 * What is expected and missing in the callback is a mismatch.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_expected(cbp_call_options *options, bool check_freshness, uint64_t now,
    uint64_t tolerance, uint32_t method, const char *url, size_t url_len, const char *profile_id,
    size_t profile_id_len, cbp_error **error);

/**
 * Sets what cbp_diagnose() holds a sealed callback to; the arguments are those of cbp_call_options_set_expected(). Without it
 * neither age nor method, URL and profile id are checked.
 */
CBP_MUST_USE
cbp_status cbp_diagnose_options_set_sealed(cbp_diagnose_options *options, bool check_freshness, uint64_t now,
    uint64_t tolerance, uint32_t method, const char *url, size_t url_len, const char *profile_id,
    size_t profile_id_len, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Settings of calls on whole columns.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * Sets the columns that cbp_profile_open_arrow() gives in place of `opened`: each name is a parameter, or what a JSON Pointer
 * leads to if it begins with `/`. (NULL, 0) restores the default: all parameters as JSON, in one column.
 *
 * Error: CBP_ERROR_INVALID_ARGUMENT if a name is repeated, `error`, `parameter`, or has a zero character.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_columns(cbp_call_options *options, const cbp_str *names, size_t name_count,
    cbp_error **error);

/** Sets how many threads work on a column, at most 256. 0 restores the default: one for each processor. */
CBP_MUST_USE
cbp_status cbp_call_options_set_threads(cbp_call_options *options, uint32_t threads, cbp_error **error);

/** Sets whether a column is read to its end although its first 1,000 rows that are not null all fail. Default false. */
CBP_MUST_USE
cbp_status cbp_call_options_set_keep_going(cbp_call_options *options, bool keep_going, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Columns: many received callbacks, or records, in one call, through the Arrow C Data Interface.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * Opens a column of received callbacks, on several threads: see cbp_profile_open(). The result has `opened` (large_string: the
 * parameters as compact JSON), `error` (string: the name of the code of a row that failed) and `parameter` (string: the first
 * one concerned). A null row is null in all three, and a row that fails has no effect on others.
 *
 * With cbp_call_options_set_columns() there is a large_string for each name in place of `opened`: the text of a string, the
 * JSON text of another value, null where the value is absent or null. `options` may be NULL.
 *
 * Errors: CBP_ERROR_INVALID_ARGUMENT for structures that are refused, and for a sealed profile without
 * cbp_call_options_set_expected(); if the first 1,000 rows that are not null all fail, the commonest code of theirs, unless
 * cbp_call_options_set_keep_going().
 */
CBP_MUST_USE
cbp_status cbp_profile_open_arrow(const cbp_profile *profile, const struct ArrowSchema *schema,
    struct ArrowArray *array, const cbp_call_options *options, struct ArrowSchema *result_schema,
    struct ArrowArray *result, cbp_error **error);

/**
 * Makes an outgoing request of every row of a column of records, JSON texts, on several threads: see cbp_profile_callback().
 * The result has `method` (string), `url`, `headers` (a JSON object), `body` (null for GET and DELETE), `missing` (a JSON
 * array of the names that the record lacked, or null; all four large_string), `error` and `parameter` as
 * cbp_profile_open_arrow() has them.
 *
 * `options` may be NULL; of a sealed profile, whose callbacks each need an id of their own, it is CBP_ERROR_RANDOM_REQUIRED or
 * the like. Errors: as cbp_profile_open_arrow().
 */
CBP_MUST_USE
cbp_status cbp_profile_callback_arrow(const cbp_profile *profile, const struct ArrowSchema *schema,
    struct ArrowArray *array, const cbp_call_options *options, struct ArrowSchema *result_schema,
    struct ArrowArray *result, cbp_error **error);

/**
 * Opens a column that comes in parts: each part of `result` is made of the next part of `stream` when it is asked for, so that
 * memory does not grow with the number of rows. `profile` and `options` must live, unchanged, until `result` is released.
 *
 * Errors: as cbp_profile_open_arrow(). A part that fails is EINVAL of `result`'s get_next, whose get_last_error begins with the
 * name of the code; the stream is not asked again then.
 */
CBP_MUST_USE
cbp_status cbp_profile_open_arrow_stream(const cbp_profile *profile, struct ArrowArrayStream *stream,
    const cbp_call_options *options, struct ArrowArrayStream *result, cbp_error **error);

/**
 * Makes outgoing requests of a column of records that comes in parts: cbp_profile_callback_arrow() in the way of
 * cbp_profile_open_arrow_stream().
 */
CBP_MUST_USE
cbp_status cbp_profile_callback_arrow_stream(const cbp_profile *profile, struct ArrowArrayStream *stream,
    const cbp_call_options *options, struct ArrowArrayStream *result, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Signing: the headers of Standard Webhooks 1.0.0, which show who sent a body and that it is unchanged.
 * ---------------------------------------------------------------------------------------------------- */

/** A GET or DELETE whose parameters no signature covers is CBP_ERROR_SIGNATURE_COVERS_NOTHING, unless they are sealed. */
#define CBP_COVERAGE_REQUIRED 0
/** It is signed all the same: for receivers that look at method, id and time alone. */
#define CBP_COVERAGE_NOT_REQUIRED 1
/** The headers of a signed message. The caller frees it with cbp_signature_free(). It never changes, so threads may share it. */
typedef struct cbp_signature cbp_signature;

/**
 * Signs bodies, with one secret or, while secrets are changed, with several. The caller frees it with cbp_signer_free(). It
 * never changes, so threads may share it.
 */
typedef struct cbp_signer cbp_signer;

/**
 * Makes a signer of 1 to 16 secrets: `whsec_` and standard padded base64 of 24 to 64 bytes, one secret per endpoint. Published
 * verifiers take one secret, so while secrets are changed it is the sender that signs with both. Errors: CBP_ERROR_INVALID_KEY,
 * CBP_ERROR_INVALID_ARGUMENT; neither repeats a secret.
 */
CBP_MUST_USE
cbp_status cbp_signer_new(const cbp_str *secrets, size_t secret_count, cbp_signer **signer, cbp_error **error);

/**
 * Signs a body: `id` is the same for each retry, 1 to 128 characters of visible ASCII without a full stop, `timestamp` the time
 * of this one in seconds since 1970. The signature covers id, timestamp and body, and **never** the method, the URL, its query
 * or other headers. Error: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_signer_sign(const cbp_signer *signer, const char *id, size_t id_len, uint64_t timestamp,
    const void *message, size_t message_len, cbp_signature **signature, cbp_error **error);

/**
 * Signs a callback: send the headers of `*signature` beside its own, and sign a retry anew, with the same id. Of a sealed
 * callback the id is that of cbp_call_options_set_id(). `coverage` is a CBP_COVERAGE number. Errors:
 * CBP_ERROR_SIGNATURE_COVERS_NOTHING, CBP_ERROR_UNSAFE_HEADER if the profile has one of the headers itself,
 * CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_callback_sign(const cbp_callback *callback, const cbp_signer *signer, const char *id,
    size_t id_len, uint64_t timestamp, uint32_t coverage, cbp_signature **signature, cbp_error **error);

/** The number of headers: 3. */
size_t cbp_signature_header_count(const cbp_signature *signature);

/**
 * The name of the header at `index`, from 0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. Static text; its `data` is
 * NULL if there is none.
 */
cbp_str cbp_signature_header_name(const cbp_signature *signature, size_t index);

/** The value of the header at `index`, from 0; its `data` is NULL if there is none. */
cbp_str cbp_signature_header_value(const cbp_signature *signature, size_t index);

/** Frees a signature. NULL does nothing. */
void cbp_signature_free(cbp_signature *signature);

/** Overwrites the secrets and frees a signer. NULL does nothing. */
void cbp_signer_free(cbp_signer *signer);

/* ----------------------------------------------------------------------------------------------------
 * Receiving: the signature of a request is verified over its raw body, then its parameters are opened.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * What was received: id and time of a message whose signature holds, the parameters, and the key that opened them, as far as
 * the call has them. The caller frees it with cbp_received_free(). It never changes, so threads may share it.
 */
typedef struct cbp_received cbp_received;

/**
 * Checks the signatures of received callbacks. The caller frees it with cbp_verifier_free(). It never changes, so threads may
 * share it.
 */
typedef struct cbp_verifier cbp_verifier;

/**
 * Makes a verifier of 1 to 16 secrets, those of cbp_signer_new(). Errors: CBP_ERROR_INVALID_KEY, CBP_ERROR_INVALID_ARGUMENT;
 * neither repeats a secret.
 */
CBP_MUST_USE
cbp_status cbp_verifier_new(const cbp_str *secrets, size_t secret_count, cbp_verifier **verifier,
    cbp_error **error);

/**
 * Checks the signature of a received message: its headers in any order, and its **raw** body, before any parsing. `now` is the
 * time in seconds since 1970, `tolerance` how far the time of sending may be from it, both ways: CBP_DEFAULT_TOLERANCE as a
 * rule. Require the signature: to verify it only if it is present protects nothing. `*received` has id and time.
 *
 * Errors: CBP_ERROR_SIGNATURE_REFUSED for everything that is wrong, CBP_ERROR_TIMESTAMP_REFUSED only after a signature held.
 */
CBP_MUST_USE
cbp_status cbp_verifier_verify(const cbp_verifier *verifier, const cbp_header *headers, size_t header_count,
    const void *message, size_t message_len, uint64_t now, uint64_t tolerance, cbp_received **received,
    cbp_error **error);

/**
 * Verifies the signature of a received request, then opens its parameters: nothing is parsed that is not signed.
 *
 * `headers`, `now` and `tolerance` are those of cbp_verifier_verify(); the content type is taken from the headers unless
 * `options` have one. `target` is path and query, or the whole URL, of the request: what a GET or DELETE carries its parameters
 * in, and must then be sealed: CBP_ERROR_SIGNATURE_COVERS_NOTHING. `message` is the **raw** body; (NULL, 0) if there is none.
 * `options` may be NULL, unless the profile is sealed: cbp_call_options_set_expected(). The id of a sealed callback must be that
 * of the signature.
 *
 * The library keeps no ids: write cbp_received_id() in the transaction of the effect, keep it for at least twice the tolerance,
 * and answer a message whose id is known with 2xx and without an effect.
 *
 * Errors: those of cbp_verifier_verify(), then those of cbp_profile_open().
 */
CBP_MUST_USE
cbp_status cbp_profile_receive(const cbp_profile *profile, const cbp_verifier *verifier,
    const cbp_header *headers, size_t header_count, const char *target, size_t target_len, const void *message,
    size_t message_len, uint64_t now, uint64_t tolerance, const cbp_call_options *options,
    cbp_received **received, cbp_error **error);

/** The id of the message, as its signature covers it, the same for each retry. Its `data` is NULL if none was verified. */
cbp_str cbp_received_id(const cbp_received *received);

/** The time of sending, as the signature covers it, in seconds since 1970; 0 if no signature was verified. */
uint64_t cbp_received_timestamp(const cbp_received *received);

/**
 * The parameters, and what is known of them; NULL after cbp_verifier_verify(), which opens nothing. Owner: `received`. Do not
 * free it, and do not use it after `received` is freed.
 */
const cbp_opened *cbp_received_opened(const cbp_received *received);

/** The id of the key, if a key ring opened it; otherwise its `data` is NULL. */
cbp_str cbp_received_key_id(const cbp_received *received);

/** The version of the format, if a key ring opened it: 1 is the documented one, 2 is sealed; otherwise 0. */
uint32_t cbp_received_version(const cbp_received *received);

/** Whether the callback named no key, and the one that a key ring opened it with was found by trying. */
bool cbp_received_in_turn(const cbp_received *received);

/** Overwrites the parameters and frees what was received. NULL does nothing. */
void cbp_received_free(cbp_received *received);

/** Overwrites the secrets and frees a verifier. NULL does nothing. */
void cbp_verifier_free(cbp_verifier *verifier);

/* ----------------------------------------------------------------------------------------------------
 * Key rings: several profiles, each under the id of its key; how keys are changed without losing a callback.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * Profiles by the ids of their keys. The caller frees it with cbp_key_ring_free(). Threads may share it while none adds,
 * removes or sets anything.
 */
typedef struct cbp_key_ring cbp_key_ring;

/**
 * Makes an empty ring. Callbacks of the documented format name their key in the header of this name, sealed ones by their
 * kid.
 */
CBP_MUST_USE
cbp_status cbp_key_ring_by_header(const char *name, size_t name_len, cbp_key_ring **ring, cbp_error **error);

/**
 * Makes an empty ring. Callbacks of the documented format name their key in the parameter of this name in the query, sealed ones
 * by their kid.
 */
CBP_MUST_USE
cbp_status cbp_key_ring_by_query(const char *name, size_t name_len, cbp_key_ring **ring, cbp_error **error);

/**
 * Adds a copy of a profile under the id of its key; `profile` stays the caller's. Error: CBP_ERROR_INVALID_ARGUMENT if the id is
 * taken, if it is not the kid of a sealed profile, or if a profile of the documented format does not send it as a constant
 * header or parameter of the ring's name.
 */
CBP_MUST_USE
cbp_status cbp_key_ring_add(cbp_key_ring *ring, const char *id, size_t id_len, const cbp_profile *profile,
    cbp_error **error);

/** Removes the profile of this id. Returns whether there was one. */
bool cbp_key_ring_remove(cbp_key_ring *ring, const char *id, size_t id_len);

/** The number of profiles. */
size_t cbp_key_ring_count(const cbp_key_ring *ring);

/**
 * The id at `index`, from 0 and in the order in which they were added; its `data` is NULL if there is none. Valid until a
 * profile is added or removed.
 */
cbp_str cbp_key_ring_id(const cbp_key_ring *ring, size_t index);

/**
 * Sets whether a callback without an id is tried with each key in turn: under GCM alone, with at most four keys, and never in a
 * ring that holds a sealed profile. Default false.
 */
CBP_MUST_USE
cbp_status cbp_key_ring_set_try_in_turn(cbp_key_ring *ring, bool try_in_turn, cbp_error **error);

/** Sets whether callbacks of the documented format are refused: for receivers whose senders all seal. Default false. */
CBP_MUST_USE
cbp_status cbp_key_ring_set_refuse_v1(cbp_key_ring *ring, bool refuse_v1, cbp_error **error);

/**
 * Opens a received request by the profile whose key it names; its parts and `options` are those of cbp_profile_receive().
 *
 * Errors: CBP_ERROR_UNKNOWN_KEY if it names no key of the ring, CBP_ERROR_CANNOT_TELL_KEY if keys are tried in turn and nothing
 * tells which one it was, CBP_ERROR_AUTH_FAILED if it is sealed and names none of the ring; else those of cbp_profile_open().
 */
CBP_MUST_USE
cbp_status cbp_key_ring_open(const cbp_key_ring *ring, const cbp_header *headers, size_t header_count,
    const char *target, size_t target_len, const void *message, size_t message_len,
    const cbp_call_options *options, cbp_received **received, cbp_error **error);

/** Verifies the signature of a received request as cbp_profile_receive() does, then opens it as cbp_key_ring_open() does. */
CBP_MUST_USE
cbp_status cbp_key_ring_receive(const cbp_key_ring *ring, const cbp_verifier *verifier,
    const cbp_header *headers, size_t header_count, const char *target, size_t target_len, const void *message,
    size_t message_len, uint64_t now, uint64_t tolerance, const cbp_call_options *options,
    cbp_received **received, cbp_error **error);

/** Frees a ring with its copies of profiles. NULL does nothing. */
void cbp_key_ring_free(cbp_key_ring *ring);

/* ----------------------------------------------------------------------------------------------------
 * New keys, made of random bytes that the caller takes from its operating system (`getrandom()`, `/dev/urandom`).
 * ---------------------------------------------------------------------------------------------------- */

/** The number of random bytes that a new signing secret needs. */
#define CBP_SIGNING_RANDOM_LEN 48

/** A number of random bytes that is enough for cbp_keygen() and every algorithm, but for a chance below 10^-70. */
#define CBP_KEYGEN_RANDOM_LEN 128

/**
 * A new `enc` of the documented format as JSON: `{"algo", "key", "IV"}` of letters and digits, all equally likely. `random` are
 * new bytes of the operating system's random number generator; a character takes one of them, and one in 32 is passed over. The
 * caller frees `*json`. Errors: CBP_ERROR_UNKNOWN_ALGORITHM; CBP_ERROR_INVALID_ARGUMENT for too few bytes.
 */
CBP_MUST_USE
cbp_status cbp_keygen(uint32_t algorithm, const void *random, size_t random_len, cbp_bytes **json,
    cbp_error **error);

/**
 * A new `enc` of a sealed profile as JSON: `{"version", "kid", "key"}`. `kid` is the id of the key, 1 to 64 letters, digits,
 * dots, underscores and dashes, another one for each key; `random` are CBP_SEALING_RANDOM_LEN new bytes of the operating
 * system's random number generator. The caller frees `*json`. Error: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_keygen_sealed(const char *kid, size_t kid_len, const void *random, size_t random_len,
    cbp_bytes **json, cbp_error **error);

/**
 * The text of a new signing secret: `whsec_` and base64. `random` are CBP_SIGNING_RANDOM_LEN new bytes of the operating system's
 * random number generator. The caller frees `*secret`. Error: CBP_ERROR_INVALID_ARGUMENT.
 */
CBP_MUST_USE
cbp_status cbp_keygen_signing(const void *random, size_t random_len, cbp_bytes **secret, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Envelopes: the JSON of the API's responses.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * A response of the API: code, message, data, error, status. The caller frees it with cbp_envelope_free(), which overwrites
 * its data. It never changes, so threads may share it.
 */
typedef struct cbp_envelope cbp_envelope;

/** 201: the profile was created. `id` may be NULL, `secrets` is a CBP_SECRETS number. */
CBP_MUST_USE
cbp_status cbp_envelope_created(const cbp_profile *profile, const char *id, size_t id_len, uint32_t secrets,
    cbp_envelope **envelope, cbp_error **error);

/** 200: the profile was changed. `id` may be NULL, `secrets` is a CBP_SECRETS number. */
CBP_MUST_USE
cbp_status cbp_envelope_updated(const cbp_profile *profile, const char *id, size_t id_len, uint32_t secrets,
    cbp_envelope **envelope, cbp_error **error);

/** 200: the profile was fetched. `secrets` is a CBP_SECRETS number. */
CBP_MUST_USE
cbp_status cbp_envelope_fetched(const cbp_stored_profile *stored, uint32_t secrets, cbp_envelope **envelope,
    cbp_error **error);

/**
 * 200: a list of stored profiles. `stored` is an array of `stored_count` handles, and may be NULL where that is 0; `secrets` is a
 * CBP_SECRETS number.
 */
CBP_MUST_USE
cbp_status cbp_envelope_listed(const cbp_stored_profile *const *stored, size_t stored_count, uint32_t secrets,
    cbp_envelope **envelope, cbp_error **error);

/** 200: the profile was deleted. */
CBP_MUST_USE
cbp_status cbp_envelope_deleted(const char *id, size_t id_len, cbp_envelope **envelope, cbp_error **error);

/** 404: no profile has this id. */
CBP_MUST_USE
cbp_status cbp_envelope_not_found(const char *id, size_t id_len, cbp_envelope **envelope, cbp_error **error);

/** 400: the rules refused something. `refusal` is the error that says so, with a status of the 200 family. */
CBP_MUST_USE
cbp_status cbp_envelope_refused(const cbp_error *refusal, cbp_envelope **envelope, cbp_error **error);

/**
 * 400: a received callback could not be opened. `refusal` is the error that says so, of the class DecryptionError; its message
 * holds no key and no value.
 */
CBP_MUST_USE
cbp_status cbp_envelope_not_opened(const cbp_error *refusal, cbp_envelope **envelope, cbp_error **error);

/** Parses an envelope of at most 256 KiB. Error: CBP_ERROR_INVALID_ENVELOPE. */
CBP_MUST_USE
cbp_status cbp_envelope_parse(const char *json, size_t json_len, cbp_envelope **envelope, cbp_error **error);

/** The code: `RBC024` or `RBC302` if this library made the envelope, any text if it was parsed. */
cbp_str cbp_envelope_code(const cbp_envelope *envelope);

/** The message: a sentence for people. */
cbp_str cbp_envelope_message(const cbp_envelope *envelope);

/** The data as compact JSON; it holds key and IV if they were to be shown. */
cbp_str cbp_envelope_data(const cbp_envelope *envelope);

/** The error as compact JSON: `{}` after a success. */
cbp_str cbp_envelope_error(const cbp_envelope *envelope);

/** The HTTP status; 0 if `envelope` is NULL. */
uint32_t cbp_envelope_status(const cbp_envelope *envelope);

/** The envelope as compact JSON, with key and IV if they were to be shown. The caller frees `*json`. */
CBP_MUST_USE
cbp_status cbp_envelope_to_json(const cbp_envelope *envelope, cbp_bytes **json, cbp_error **error);

/** Frees an envelope. NULL does nothing. */
void cbp_envelope_free(cbp_envelope *envelope);

/* ----------------------------------------------------------------------------------------------------
 * Addresses: whether a callback may be sent there. The library opens no connection.
 * ---------------------------------------------------------------------------------------------------- */

/** Globally reachable: the only verdict that a callback may be sent to. */
#define CBP_ADDRESS_PUBLIC 1
/** The sender's own machine. */
#define CBP_ADDRESS_LOOPBACK 2
/** A private network. */
#define CBP_ADDRESS_PRIVATE 3
/** Shared address space behind a carrier's NAT. */
#define CBP_ADDRESS_SHARED 4
/** Valid on one link only. */
#define CBP_ADDRESS_LINK_LOCAL 5
/** A cloud's metadata or credentials service. */
#define CBP_ADDRESS_METADATA 6
/** No particular host; many systems connect to themselves. */
#define CBP_ADDRESS_UNSPECIFIED 7
/** A group of hosts. */
#define CBP_ADDRESS_MULTICAST 8
/** For examples in documents. */
#define CBP_ADDRESS_DOCUMENTATION 9
/** Everything else that is not global unicast. */
#define CBP_ADDRESS_RESERVED 10

/**
 * Classifies an IP address as the target of a callback: `*verdict` is a CBP_ADDRESS number. `address` is text in the usual
 * notation, with or without brackets and zone (`93.184.215.14`, `2606:4700::1`, `fe80::1%eth0`); any other text is
 * CBP_ERROR_INVALID_ARGUMENT.
 *
 * The library opens no connection. A sender resolves the host, classifies every address of the answer, connects to exactly
 * one of them, and does all that again for every redirect that it follows.
 */
CBP_MUST_USE
cbp_status cbp_address_verdict(const char *address, size_t address_len, uint32_t *verdict, cbp_error **error);

/** Like cbp_address_verdict(), for the 4 or 16 bytes in network order that a `struct sockaddr_in` or `sockaddr_in6` holds. */
CBP_MUST_USE
cbp_status cbp_address_verdict_of_bytes(const void *address, size_t address_len, uint32_t *verdict,
    cbp_error **error);

/**
 * Like cbp_address_verdict(), for a `struct sockaddr` of this platform: what `getaddrinfo()` gives as `ai_addr` and `ai_addrlen`,
 * and `getpeername()` as `struct sockaddr_storage`. Of another family than AF_INET and AF_INET6, or too short for its family, it
 * is CBP_ERROR_INVALID_ARGUMENT. Port and scope make no difference.
 */
CBP_MUST_USE
cbp_status cbp_address_verdict_of_sockaddr(const void *sockaddr, size_t sockaddr_len, uint32_t *verdict,
    cbp_error **error);

/** The stable name of a CBP_ADDRESS number (`public`, `link_local`); its `data` is NULL for another number. */
cbp_str cbp_address_verdict_name(uint32_t verdict);

/* ----------------------------------------------------------------------------------------------------
 * Versions, and the tables that all languages share.
 * ---------------------------------------------------------------------------------------------------- */

/** The ABI of this header. It changes when a program that was built with an older header could misbehave. */
#define CBP_ABI_VERSION 2
/** CBP_VERSION of the library at run time: a static C string. */
const char *cbp_version(void);

/** CBP_ABI_VERSION of the library at run time. A program that loads the library itself compares the two. */
uint32_t cbp_abi_version(void);

/** The JSON Schema (draft 2020-12) of the structural rules of a create payload. The caller frees `*json`. */
CBP_MUST_USE
cbp_status cbp_schema(cbp_bytes **json, cbp_error **error);

/** All codes as JSON: errors with numbers, advisories, address verdicts. The caller frees `*json`. */
CBP_MUST_USE
cbp_status cbp_catalogue(cbp_bytes **json, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Below the text rules, for published test vectors and interoperability, not for services: raw key bytes, other IV lengths,
 * associated data. Only in a library that was built with the feature `hazmat`.
 * ---------------------------------------------------------------------------------------------------- */

#ifdef CBP_HAZMAT

/** Encrypts with AES-GCM: ciphertext, then the 16-byte tag. The key has 16, 24 or 32 bytes, the IV at least one. */
CBP_MUST_USE
cbp_status cbp_hazmat_gcm_seal(const void *key, size_t key_len, const void *iv, size_t iv_len,
    const void *associated, size_t associated_len, const void *plaintext, size_t plaintext_len,
    cbp_bytes **sealed, cbp_error **error);

/** Checks and decrypts what cbp_hazmat_gcm_seal() made; CBP_ERROR_AUTH_FAILED for everything else. */
CBP_MUST_USE
cbp_status cbp_hazmat_gcm_open(const void *key, size_t key_len, const void *iv, size_t iv_len,
    const void *associated, size_t associated_len, const void *sealed, size_t sealed_len, cbp_bytes **plaintext,
    cbp_error **error);

/** Encrypts with AES-CFB (128-bit feedback). The key has 16, 24 or 32 bytes, the IV 16. */
CBP_MUST_USE
cbp_status cbp_hazmat_cfb_encrypt(const void *key, size_t key_len, const void *iv, size_t iv_len,
    const void *plaintext, size_t plaintext_len, cbp_bytes **ciphertext, cbp_error **error);

/** Decrypts AES-CFB. A wrong key or a changed text gives other bytes, not a failure. */
CBP_MUST_USE
cbp_status cbp_hazmat_cfb_decrypt(const void *key, size_t key_len, const void *iv, size_t iv_len,
    const void *ciphertext, size_t ciphertext_len, cbp_bytes **plaintext, cbp_error **error);

#endif /* CBP_HAZMAT */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CALLBACK_PROFILE_H */
