/*
 * callback_profile.h - validates callback profiles, renders their replacers, and builds, encrypts and opens their
 * callbacks. The library opens no file and no socket, and reads no clock and no random number: the same input gives
 * the same bytes.
 *
 * Generated from bindings/c/src by `make c-header`; do not edit.
 *
 * How every function works
 *
 * - Status. What can fail returns a cbp_status: CBP_OK (0) or a CBP_ERROR number. Its last argument is a place for an
 *   error object with the details, or NULL. Let it point at a NULL pointer: it is written on failure only, and then
 *   the caller frees the object with cbp_error_free().
 * - Input is a pointer and a length; (NULL, 0) is an empty input. Nothing needs to end with a zero byte. Text must be
 *   UTF-8. Inputs are copied where they are needed longer than the call.
 * - Output is written on success only (cbp_cipher_encrypt() and cbp_cipher_decrypt() document their one exception).
 * - Objects are opaque. Whoever gets one through a `cbp_..._new`, or through a `cbp_...**` argument, frees it with the
 *   cbp_..._free() of its type, once; NULL does nothing. A `const` object that a function returns belongs to another
 *   one and is not freed.
 * - Views (cbp_str) that a function returns live as long as the object they were asked of. A function that asks
 *   something of NULL, or beyond the last element, answers NULL, 0 or false.
 * - Numbers of a set (CBP_POLICY_..., CBP_ENCODING_...) are passed as uint32_t. Others are CBP_ERROR_INVALID_ARGUMENT.
 * - Threads. What takes an object by a `const` pointer may be called from many threads at once, without locks. What
 *   takes one by a plain pointer (set, free) needs it for itself.
 * - Defects of the library never end the process: they become CBP_ERROR_INTERNAL, or the answer for NULL.
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

/** Most characters that a value of `plaintext_len` bytes is written as, in any algorithm and encoding. */
#define CBP_ENCRYPTED_LEN_MAX(plaintext_len) (2 * ((size_t)(plaintext_len) + 16))

/** The two arguments of a "%.*s" that prints a cbp_str. */
#define CBP_STR_ARG(str) (int)(str).len, (str).data

#if defined(__GNUC__) || defined(__clang__)
#define CBP_MUST_USE __attribute__((warn_unused_result))
#else
#define CBP_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------------------------------------------------
 * Text: views of text that an object owns.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * A view of UTF-8 text that somebody else owns; it is not terminated by a zero byte.
 *
 * As a result it is valid until the object that it was asked of is freed; static text is valid for ever. `data` is NULL
 * if there is no such text; empty text has a `data` that is not NULL and a `len` of 0.
 */
typedef struct {
  /** The first byte, or NULL. */
  const char *data;
  /** How many bytes. */
  size_t len;
} cbp_str;

/** A header of a request, for cbp_request_check(). */
typedef struct {
  /** The name, in upper or lower case. */
  cbp_str name;
  /** The value. */
  cbp_str value;
} cbp_header;

/* ----------------------------------------------------------------------------------------------------
 * Bytes: results whose size is not known beforehand.
 * ---------------------------------------------------------------------------------------------------- */

/** A result that the library owns: text, JSON or raw bytes. It never changes: threads may share it. */
typedef struct cbp_bytes cbp_bytes;

/**
 * The first byte. A zero byte that cbp_bytes_len() does not count follows the last one, so text that holds no zero byte
 * itself can be printed. NULL if `bytes` is NULL.
 */
const char *cbp_bytes_data(const cbp_bytes *bytes);

/** How many bytes. 0 if `bytes` is NULL. */
size_t cbp_bytes_len(const cbp_bytes *bytes);

/** Overwrites the bytes and frees them. NULL does nothing. */
void cbp_bytes_free(cbp_bytes *bytes);

/**
 * Overwrites `len` bytes of the caller's own memory with zeros, which no compiler optimises away: for keys and for what
 * cbp_cipher_decrypt() wrote. NULL does nothing.
 */
void cbp_wipe(void *data, size_t len);

/* ----------------------------------------------------------------------------------------------------
 * Status and errors: every function that can fail returns a status and fills a nullable error object.
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
/** A text is no envelope. */
#define CBP_ERROR_INVALID_ENVELOPE 204
/** The record lacks a value and the caller asked for an error. */
#define CBP_ERROR_MISSING_VALUE 300
/** The rendered text would be longer than the limit. */
#define CBP_ERROR_OUTPUT_TOO_LARGE 301
/** A header would hold a character that could end it. */
#define CBP_ERROR_UNSAFE_HEADER 302
/** A path segment of the URL would become a dot segment. */
#define CBP_ERROR_UNSAFE_PATH 303
/** The algorithm's name is not one of the six. */
#define CBP_ERROR_UNKNOWN_ALGORITHM 400
/** The key has the wrong length or characters. */
#define CBP_ERROR_INVALID_KEY 401
/** The IV has the wrong length or characters. */
#define CBP_ERROR_INVALID_IV 402
/** The text is not written in the encoding of the wire format. */
#define CBP_ERROR_INVALID_ENCODING 403
/** AES-GCM refuses: wrong key or IV, changed or short text. One code for all of them. */
#define CBP_ERROR_AUTH_FAILED 404
/** AES-CFB gave no UTF-8: wrong key or IV, or not encrypted. Without this, CFB detects nothing. */
#define CBP_ERROR_NOT_UTF8 405
/** A value that should be encrypted is not a string. */
#define CBP_ERROR_NOT_ENCRYPTED 406
/** The text is longer than the algorithm or the limit allows. */
#define CBP_ERROR_TOO_LONG 407
/** The caller's buffer is too small. */
#define CBP_ERROR_BUFFER_TOO_SMALL 408
/** The content type is none that a callback can have. */
#define CBP_ERROR_UNSUPPORTED_CONTENT_TYPE 500
/** A multipart body breaks RFC 7578 or its boundary is missing. */
#define CBP_ERROR_MALFORMED_MULTIPART 501
/** A form body or query is not UTF-8. */
#define CBP_ERROR_MALFORMED_FORM 502
/** The given boundary breaks RFC 2046 or occurs in a value. */
#define CBP_ERROR_INVALID_BOUNDARY 503
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
 * Why a call failed: a code, a name, a sentence, a place, and for what the rules refuse every violation. No text of it
 * holds a key, an IV or a header's value. It never changes: threads may share it.
 */
typedef struct cbp_error cbp_error;

/**
 * CBP_OK, or one of the CBP_ERROR numbers. They come in families of 100: 1xx JSON, 2xx refused by the rules, 3xx
 * replacers, 4xx encryption, 5xx callbacks, 9xx the call itself. A number never changes its meaning and is never used
 * again; later versions may add some.
 */
typedef uint32_t cbp_status;

/** The status that the call returned: one of the CBP_ERROR numbers. CBP_OK if `error` is NULL. */
cbp_status cbp_error_code(const cbp_error *error);

/** The stable name of the code, the same in every language: `auth_failed`. */
cbp_str cbp_error_name(const cbp_error *error);

/** A sentence for people: what was expected, and where. Of a refusal, the first violation and a count of the others. */
cbp_str cbp_error_message(const cbp_error *error);

/** The JSON Pointer (RFC 6901) of the first violation; its `data` is NULL if the rules did not refuse anything. */
cbp_str cbp_error_pointer(const cbp_error *error);

/** The parameter that cbp_profile_open() could not open, such as `contacts[0].name`; its `data` is NULL if it was none. */
cbp_str cbp_error_parameter(const cbp_error *error);

/** Line of the place where a text is no JSON, from 1; 0 if that is not what is wrong. */
size_t cbp_error_line(const cbp_error *error);

/** Column of that place in characters, from 1; 0 if that is not what is wrong. */
size_t cbp_error_column(const cbp_error *error);

/** How many names the record lacks, after CBP_ERROR_MISSING_VALUE; otherwise 0. */
size_t cbp_error_missing_count(const cbp_error *error);

/** A name that the record lacks, in the order of their first use; its `data` is NULL beyond the last one. */
cbp_str cbp_error_missing(const cbp_error *error, size_t index);

/** How many violations are listed: at least 1 after a status of the 200 family, otherwise 0. */
size_t cbp_error_violation_count(const cbp_error *error);

/** How many more violations there were than are listed (CBP_LIMIT_VIOLATIONS). */
size_t cbp_error_unlisted(const cbp_error *error);

/** The part of a request that a violation is about: a CBP_CONTEXT number; 0 beyond the last violation. */
uint32_t cbp_error_violation_context(const cbp_error *error, size_t index);

/** The rule that is broken: a JSON Schema keyword (`required`, `type`, `pattern`) or a name of ours (`json`, `format`). */
cbp_str cbp_error_violation_keyword(const cbp_error *error, size_t index);

/** The JSON Pointer (RFC 6901) of the value in its part, as it was sent; empty for the whole part. */
cbp_str cbp_error_violation_pointer(const cbp_error *error, size_t index);

/** The whole sentence in the platform's words: `body/title must be string`. */
cbp_str cbp_error_violation_message(const cbp_error *error, size_t index);

/**
 * The error as a JSON object with the members `code`, `name`, `message`, `parameter`, `missing`, `violations` (each with
 * `context`, `keyword`, `pointer`, `message`, `line`, `column`) and `unlisted`.
 */
CBP_MUST_USE
cbp_status cbp_error_json(const cbp_error *error, cbp_bytes **json, cbp_error **failure);

/** Frees an error. NULL does nothing. */
void cbp_error_free(cbp_error *error);

/** The stable name of a status: `ok`, `auth_failed`; its `data` is NULL for a number that is no status. */
cbp_str cbp_status_name(cbp_status status);

/** One sentence on a status, without details; its `data` is NULL for a number that is no status. */
cbp_str cbp_status_text(cbp_status status);

/* ----------------------------------------------------------------------------------------------------
 * Options: how strictly a payload is judged, how values are written, and how one callback is made.
 * ---------------------------------------------------------------------------------------------------- */

/** The platform's documented rules; what is risky is an advisory. The default. */
#define CBP_POLICY_DOCUMENTED 0

/**
 * The documented rules, and the advisories plain_http, private_address, credentials_in_url, unknown_member and
 * metadata_header refuse.
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
 * Text is read in either base64 alphabet, with or without padding, with blanks for `+`; hexadecimal in either case. The
 * default.
 */
#define CBP_READING_TOLERANT 0
/** Text is read only in the spelling that is written. */
#define CBP_READING_STRICT 1

/** Longest payload, patch or stored profile, in bytes. Default 256 KiB. */
#define CBP_LIMIT_PAYLOAD_BYTES 1
/** Longest record, in bytes. Default 1 MiB. */
#define CBP_LIMIT_RECORD_BYTES 2
/** Longest received body or query, in bytes. Default 4 MiB. */
#define CBP_LIMIT_RECEIVED_BYTES 3
/** Deepest nesting of arrays and objects. Default 32; more than 128 is read as 128. */
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
/** Longest message, URL or body that is made, in bytes. Default 1 MiB. */
#define CBP_LIMIT_OUTPUT_BYTES 13

/** A value that the record lacks is the empty string. The default. */
#define CBP_MISSING_EMPTY 0
/** The replacer itself stays, as it was written. */
#define CBP_MISSING_KEEP 1
/** CBP_ERROR_MISSING_VALUE, with all the names. */
#define CBP_MISSING_ERROR 2

/** Key and IV are shown as asterisks. The default. */
#define CBP_SECRETS_MASKED 0
/** Key and IV are shown in clear, as the platform documents it. Keep the result out of logs. */
#define CBP_SECRETS_SHOWN 1
/** The settings of one message, callback or opening. Threads may share it while none sets anything. */
typedef struct cbp_call_options cbp_call_options;

/**
 * The settings of a parse: policy, limits, wire format. A profile keeps a copy, so it can be freed or used again. Threads
 * may share it while none sets anything.
 */
typedef struct cbp_parse_options cbp_parse_options;

/** New settings, all at their defaults. NULL where a function takes such settings means the same. */
cbp_parse_options *cbp_parse_options_new(void);

/** Sets a CBP_POLICY number. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_policy(cbp_parse_options *options, uint32_t policy, cbp_error **error);

/** Sets one CBP_LIMIT number to `value`. 0 allows nothing. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_limit(cbp_parse_options *options, uint32_t limit, size_t value,
    cbp_error **error);

/** Sets how encrypted values are written and read: a CBP_ENCODING, a CBP_TAG and a CBP_READING number. */
CBP_MUST_USE
cbp_status cbp_parse_options_set_wire_format(cbp_parse_options *options, uint32_t encoding, uint32_t tag,
    uint32_t reading, cbp_error **error);

/** The CBP_POLICY number. */
uint32_t cbp_parse_options_policy(const cbp_parse_options *options);

/** The value of a CBP_LIMIT number; 0 for another number. */
size_t cbp_parse_options_limit(const cbp_parse_options *options, uint32_t limit);

/** The CBP_ENCODING number. */
uint32_t cbp_parse_options_encoding(const cbp_parse_options *options);

/** The CBP_TAG number. */
uint32_t cbp_parse_options_tag(const cbp_parse_options *options);

/** The CBP_READING number. */
uint32_t cbp_parse_options_reading(const cbp_parse_options *options);

/** Frees settings. NULL does nothing. */
void cbp_parse_options_free(cbp_parse_options *options);

/** New settings, all at their defaults. NULL where a function takes such settings means the same. */
cbp_call_options *cbp_call_options_new(void);

/** What stands for missing values in a message or callback: a CBP_MISSING number. */
CBP_MUST_USE
cbp_status cbp_call_options_set_missing(cbp_call_options *options, uint32_t missing, cbp_error **error);

/** Whether a pair in a message stays a pair: `{"name": "John"}` instead of `John`. Default false. */
CBP_MUST_USE
cbp_status cbp_call_options_set_pairs(cbp_call_options *options, bool pairs, cbp_error **error);

/**
 * The boundary of a multipart callback: 1 to 70 characters of RFC 2046. NULL means the default: the one in the profile's
 * content-type header, or one derived from the content.
 */
CBP_MUST_USE
cbp_status cbp_call_options_set_boundary(cbp_call_options *options, const char *boundary, size_t boundary_len,
    cbp_error **error);

/** The content type that came with a received body, parameters included. NULL means the default: the profile's own. */
CBP_MUST_USE
cbp_status cbp_call_options_set_content_type(cbp_call_options *options, const char *content_type,
    size_t content_type_len, cbp_error **error);

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

/** Characters of an IV, for every algorithm; cbp_iv_len() at run time. */
#define CBP_IV_LEN 16

/** Bytes of a GCM tag; cbp_tag_len() at run time. */
#define CBP_TAG_LEN 16

/** Characters of the longest key. */
#define CBP_KEY_LEN_MAX 32

/**
 * Key and IV, ready for use. It never changes: threads share it freely. Key material is overwritten when it is freed.
 *
 * Somebody who sees one text learns the length of its value. But key **and IV** of a profile are fixed, which is the
 * platform's format and weak: equal values give equal texts, the XOR of two texts is the XOR of their values, and under GCM
 * two short values of equal length give away the authentication key, with which every text can be forged. CFB has no tag at
 * all. So treat what comes out as input from a stranger.
 */
typedef struct cbp_cipher cbp_cipher;

/**
 * Prepares a key and an IV. `algorithm` is a CBP_ALGORITHM number; the key has cbp_algorithm_key_len() letters and digits, the
 * IV 16. Values are written as base64 with the tag appended, and read tolerantly.
 *
 * Failures are CBP_ERROR_INVALID_KEY, CBP_ERROR_INVALID_IV and, for another number, CBP_ERROR_UNKNOWN_ALGORITHM.
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
 * Length of the text of a value of `plaintext_len` bytes: exactly what cbp_cipher_encrypt() writes. SIZE_MAX where the number
 * does not fit, 0 if `cipher` is NULL.
 */
size_t cbp_cipher_encrypted_len(const cbp_cipher *cipher, size_t plaintext_len);

/**
 * Length that the value of a text of `text_len` bytes has at most: a buffer of this size is enough for
 * cbp_cipher_decrypt(). 0 if `cipher` is NULL.
 */
size_t cbp_cipher_decrypted_len_max(const cbp_cipher *cipher, size_t text_len);

/**
 * Encrypts one value to the front of a buffer: the same value always gives the same text. No zero byte is added.
 *
 * `*written` is the length. If the buffer is too small the status is CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is
 * needed; after any other failure it is untouched. The buffer is written on success only. It must not overlap the input.
 */
CBP_MUST_USE
cbp_status cbp_cipher_encrypt(const cbp_cipher *cipher, const void *plaintext, size_t plaintext_len, char *text,
    size_t text_size, size_t *written, cbp_error **error);

/**
 * Decrypts one text to the front of a buffer and gives its bytes. **Under CFB a wrong key or a changed text is no failure, the
 * bytes are just others**; under GCM it is CBP_ERROR_AUTH_FAILED. Overwrite the buffer with cbp_wipe() after use.
 *
 * `*written` is the length. If the buffer is too small the status is CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is
 * needed; after any other failure it is untouched. The buffer is written on success only. It must not overlap the input.
 */
CBP_MUST_USE
cbp_status cbp_cipher_decrypt(const cbp_cipher *cipher, const char *text, size_t text_len, void *plaintext,
    size_t plaintext_size, size_t *written, cbp_error **error);

/** Like cbp_cipher_decrypt(), for values that must be UTF-8, as those of callbacks are: CBP_ERROR_NOT_UTF8 otherwise. */
CBP_MUST_USE
cbp_status cbp_cipher_decrypt_text(const cbp_cipher *cipher, const char *text, size_t text_len, void *plaintext,
    size_t plaintext_size, size_t *written, cbp_error **error);

/** Frees a cipher of the caller's own, not that of cbp_profile_cipher(). NULL does nothing. */
void cbp_cipher_free(cbp_cipher *cipher);

/** The CBP_ALGORITHM number of exactly this name (`AES-128-GCM`); 0 for another name. */
uint32_t cbp_algorithm_from_name(const char *name, size_t name_len);

/** The name of a CBP_ALGORITHM number; its `data` is NULL for another number. */
cbp_str cbp_algorithm_name(uint32_t algorithm);

/** Characters of the key of a CBP_ALGORITHM number: 16, 24 or 32; 0 for another number. */
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

/** The texts of a batch, whose memory is used again for the next one. Threads may share it while none fills it. */
typedef struct cbp_texts cbp_texts;

/** No texts, for cbp_cipher_encrypt_all(). NULL only after a defect. */
cbp_texts *cbp_texts_new(void);

/**
 * Encrypts many values at once, which under CFB is several times faster than one at a time: `texts` gets the text of each,
 * in their order, instead of what it held. Views of its former texts end with this call.
 *
 * A value with a NULL `data` and a `len` of 0 is empty. The failures are CBP_ERROR_TOO_LONG and
 * CBP_ERROR_INVALID_ARGUMENT; after the first of them `texts` is empty, after the second it is as it was.
 */
CBP_MUST_USE
cbp_status cbp_cipher_encrypt_all(const cbp_cipher *cipher, const cbp_str *values, size_t value_count,
    cbp_texts *texts, cbp_error **error);

/** How many texts. */
size_t cbp_texts_count(const cbp_texts *texts);

/** A text; its `data` is NULL beyond the last one. */
cbp_str cbp_texts_get(const cbp_texts *texts, size_t index);

/** Frees texts. NULL does nothing. */
void cbp_texts_free(cbp_texts *texts);

/* ----------------------------------------------------------------------------------------------------
 * Profiles: a payload is checked once; having a profile is the proof that it obeys the rules.
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
 * A validated callback profile with everything prepared: templates cut, cipher ready. Parsing is the expensive part, a
 * callback is the cheap one. It never changes: threads share it freely.
 */
typedef struct cbp_profile cbp_profile;

/**
 * Checks a create payload and makes the profile.
 *
 * `options` may be NULL for the documented policy and the default limits and wire format. A refusal is
 * CBP_ERROR_INVALID_PROFILE, and the error has every violation.
 */
CBP_MUST_USE
cbp_status cbp_profile_parse(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_profile **profile, cbp_error **error);

/**
 * Judges a create payload and makes nothing of it: the verdict and the error of cbp_profile_parse, several times faster,
 * for those who need no profile. `options` and the error are as there.
 */
CBP_MUST_USE
cbp_status cbp_profile_check(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_error **error);

/**
 * Checks the parts of a whole create request (`POST /v1/{sid}/callback/profiles`) and makes the profile: sid, the request's
 * own headers, and the payload, in this order. A refusal is CBP_ERROR_INVALID_REQUEST.
 */
CBP_MUST_USE
cbp_status cbp_request_check(const char *sid, size_t sid_len, const cbp_header *headers, size_t header_count,
    const char *payload, size_t payload_len, const cbp_parse_options *options, cbp_profile **profile,
    cbp_error **error);

/**
 * Makes the profile that a patch leads to: members that are present change, null clears an optional one, and the whole is
 * checked again with the settings of `profile`, which itself stays as it is. A refusal is CBP_ERROR_INVALID_PATCH.
 */
CBP_MUST_USE
cbp_status cbp_profile_patch(const cbp_profile *profile, const char *json, size_t json_len,
    cbp_profile **patched, cbp_error **error);

/**
 * The profile as a create payload: compact JSON. `secrets` is a CBP_SECRETS number; with masked key and IV the text is refused
 * when it is parsed again.
 */
CBP_MUST_USE
cbp_status cbp_profile_json(const cbp_profile *profile, uint32_t secrets, cbp_bytes **json, cbp_error **error);

/** The settings that the profile was parsed with, as a copy of the caller's own. */
CBP_MUST_USE
cbp_status cbp_profile_options(const cbp_profile *profile, cbp_parse_options **options, cbp_error **error);

/** The title. */
cbp_str cbp_profile_title(const cbp_profile *profile);

/** The HTTP method of its callbacks: a CBP_METHOD number; 0 if `profile` is NULL. */
uint32_t cbp_profile_method(const cbp_profile *profile);

/** The URL as it was sent, replacers unfilled. */
cbp_str cbp_profile_url(const cbp_profile *profile);

/** The body as compact JSON, replacers unfilled; its `data` is NULL if there is none. */
cbp_str cbp_profile_body(const cbp_profile *profile);

/** The message for chatbots, replacers unfilled; its `data` is NULL if there is none. */
cbp_str cbp_profile_response_message(const cbp_profile *profile);

/** The channel: a CBP_CHANNEL number; 0 if `profile` is NULL. */
uint32_t cbp_profile_channel(const cbp_profile *profile);

/** How many headers. */
size_t cbp_profile_header_count(const cbp_profile *profile);

/** The name of a header as it was sent; its `data` is NULL beyond the last one. */
cbp_str cbp_profile_header_name(const cbp_profile *profile, size_t index);

/** The value of a header, replacers unfilled. It may be a credential. */
cbp_str cbp_profile_header_value(const cbp_profile *profile, size_t index);

/** Whether the payload had events, null included. */
bool cbp_profile_has_events(const cbp_profile *profile);

/** How many events. */
size_t cbp_profile_event_count(const cbp_profile *profile);

/** An event; its `data` is NULL beyond the last one. */
cbp_str cbp_profile_event(const cbp_profile *profile, size_t index);

/** How many `{"label": "field"}` replacers the response message has. */
size_t cbp_profile_replacer_count(const cbp_profile *profile);

/** The label of such a replacer; its `data` is NULL beyond the last one. */
cbp_str cbp_profile_replacer_label(const cbp_profile *profile, size_t index);

/** The field that it stands for. */
cbp_str cbp_profile_replacer_field(const cbp_profile *profile, size_t index);

/** The encryption: a CBP_ALGORITHM number; 0 if there is none. */
uint32_t cbp_profile_algorithm(const cbp_profile *profile);

/** Whether every value is encrypted. If not, and there is encryption at all, those that cbp_profile_encrypt_param() names. */
bool cbp_profile_encrypts_all(const cbp_profile *profile);

/** How many names of values to encrypt there are. */
size_t cbp_profile_encrypt_param_count(const cbp_profile *profile);

/** A name of values to encrypt; its `data` is NULL beyond the last one. */
cbp_str cbp_profile_encrypt_param(const cbp_profile *profile, size_t index);

/**
 * The cipher with the wire format of the profile; NULL if there is no encryption. It belongs to the profile: do not free it, and
 * do not use it after the profile is freed.
 */
const cbp_cipher *cbp_profile_cipher(const cbp_profile *profile);

/** How many advisories: what is accepted but risky or useless. */
size_t cbp_profile_advisory_count(const cbp_profile *profile);

/** The stable name of an advisory (`plain_http`); its `data` is NULL beyond the last one. */
cbp_str cbp_profile_advisory_name(const cbp_profile *profile, size_t index);

/** The JSON Pointer to the member of the payload, as it was sent. */
cbp_str cbp_profile_advisory_pointer(const cbp_profile *profile, size_t index);

/** One sentence on the risk; it quotes no value. */
cbp_str cbp_profile_advisory_message(const cbp_profile *profile, size_t index);

/** All advisories as a JSON array of objects with the members `code`, `pointer` and `message`. */
CBP_MUST_USE
cbp_status cbp_profile_advisories(const cbp_profile *profile, cbp_bytes **json, cbp_error **error);

/** Frees a profile. NULL does nothing. */
void cbp_profile_free(cbp_profile *profile);

/** `GET`, `POST`, `PUT` or `DELETE`, for a CBP_METHOD number; its `data` is NULL for another number. */
cbp_str cbp_method_name(uint32_t method);

/** `sms` or `Default - No Channel Selected`, for a CBP_CHANNEL number; its `data` is NULL for another number. */
cbp_str cbp_channel_name(uint32_t channel);

/* ----------------------------------------------------------------------------------------------------
 * Stored profiles: what the platform returns, with id, status and dates.
 * ---------------------------------------------------------------------------------------------------- */

/** The platform sends the callbacks. */
#define CBP_PROFILE_STATUS_ACTIVE 1
/** The platform switched the profile off after failures. */
#define CBP_PROFILE_STATUS_AUTO_DISABLED 2
/** The profile is switched off. */
#define CBP_PROFILE_STATUS_DISABLED 3
/** A profile as the platform stores it. It never changes: threads share it freely. */
typedef struct cbp_stored_profile cbp_stored_profile;

/**
 * Reads a stored profile, a whole envelope that holds one in `data`, or a create payload. `options` may be NULL. A refusal is
 * CBP_ERROR_INVALID_STORED_PROFILE; a masked key is one.
 */
CBP_MUST_USE
cbp_status cbp_stored_profile_parse(const char *json, size_t json_len, const cbp_parse_options *options,
    cbp_stored_profile **stored, cbp_error **error);

/** The profile. It belongs to `stored`: do not free it, and do not use it after `stored` is freed. */
const cbp_profile *cbp_stored_profile_profile(const cbp_stored_profile *stored);

/** Makes the profile the caller's own: `*stored` is freed and set to NULL. */
CBP_MUST_USE
cbp_status cbp_stored_profile_take(cbp_stored_profile **stored, cbp_profile **profile, cbp_error **error);

/** The platform's id; its `data` is NULL if there is none. */
cbp_str cbp_stored_profile_id(const cbp_stored_profile *stored);

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

/** Frees a stored profile, with its profile. NULL does nothing. */
void cbp_stored_profile_free(cbp_stored_profile *stored);

/* ----------------------------------------------------------------------------------------------------
 * Messages and callbacks: what goes out, and opening what came in.
 * ---------------------------------------------------------------------------------------------------- */

/** An outgoing request, ready for any HTTP client. Threads may share it while none fills it again. */
typedef struct cbp_callback cbp_callback;

/** A rendered message. It never changes: threads may share it. */
typedef struct cbp_message cbp_message;

/**
 * The chatbot's answer: the response message with its replacers filled; empty if the profile has none.
 *
 * `record` is a JSON object that the replacers look values up in, within the limits of the profile. `options` may be NULL.
 */
CBP_MUST_USE
cbp_status cbp_profile_message(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_message **message, cbp_error **error);

/** The text. */
cbp_str cbp_message_text(const cbp_message *message);

/** How many names the record lacked. */
size_t cbp_message_missing_count(const cbp_message *message);

/** A name that the record lacked, in the order of their first use; its `data` is NULL beyond the last one. */
cbp_str cbp_message_missing(const cbp_message *message, size_t index);

/** Frees a message; its text is overwritten. NULL does nothing. */
void cbp_message_free(cbp_message *message);

/**
 * The outgoing request of a record: method, URL, headers, body, with the values encrypted if the profile says so. The same
 * input gives the same bytes.
 *
 * `record` is a JSON object that the replacers look values up in, within the limits of the profile. `options` may be NULL.
 * Failures are CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, those of the 300 family, and CBP_ERROR_INVALID_BOUNDARY.
 */
CBP_MUST_USE
cbp_status cbp_profile_callback(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_callback **callback, cbp_error **error);

/** An empty callback, for cbp_profile_callback_into(). NULL only after a defect. */
cbp_callback *cbp_callback_new(void);

/**
 * Like cbp_profile_callback(), into an object that is used again and again: after the first callbacks of a profile, a record
 * without escapes and missing values costs no allocation. Views of its former content end with this call.
 *
 * On failure `callback` is empty, so that nothing old or half-made is sent by mistake; only a NULL argument leaves it as
 * it was.
 */
CBP_MUST_USE
cbp_status cbp_profile_callback_into(const cbp_profile *profile, const char *record, size_t record_len,
    const cbp_call_options *options, cbp_callback *callback, cbp_error **error);

/** The method: a CBP_METHOD number; 0 if `callback` is NULL or empty. */
uint32_t cbp_callback_method(const cbp_callback *callback);

/** The URL. */
cbp_str cbp_callback_url(const cbp_callback *callback);

/** How many headers; a body's content-type is among them. */
size_t cbp_callback_header_count(const cbp_callback *callback);

/** The name of a header; its `data` is NULL beyond the last one. */
cbp_str cbp_callback_header_name(const cbp_callback *callback, size_t index);

/** The value of a header. */
cbp_str cbp_callback_header_value(const cbp_callback *callback, size_t index);

/** The body; its `data` is NULL for GET and DELETE. */
cbp_str cbp_callback_body(const cbp_callback *callback);

/** How many names the record lacked. */
size_t cbp_callback_missing_count(const cbp_callback *callback);

/** A name that the record lacked, in the order of their first use; its `data` is NULL beyond the last one. */
cbp_str cbp_callback_missing(const cbp_callback *callback, size_t index);

/** The request as HTTP/1.1 text, with the `Host` and `Content-Length` that a client would add. */
CBP_MUST_USE
cbp_status cbp_callback_http(const cbp_callback *callback, cbp_bytes **http, cbp_error **error);

/** Frees a callback; its URL, headers and body are overwritten. NULL does nothing. */
void cbp_callback_free(cbp_callback *callback);

/**
 * Opens a received callback of this profile: the body of a POST or PUT; for a GET or DELETE the URL or its query. The result
 * is a compact JSON object of the parameters, decrypted.
 *
 * **Under CFB a wrong key or a changed text is only noticed where the result is no UTF-8, and the fixed IV makes GCM
 * forgeable too**: treat what comes out as input from a stranger, and do not tell the sender why opening failed.
 *
 * `options` may be NULL. Failures are those of the 400 and 500 families (cbp_error_parameter() says which parameter),
 * CBP_ERROR_INVALID_JSON and CBP_ERROR_NOT_AN_OBJECT.
 */
CBP_MUST_USE
cbp_status cbp_profile_open(const cbp_profile *profile, const void *received, size_t received_len,
    const cbp_call_options *options, cbp_bytes **json, cbp_error **error);

/* ----------------------------------------------------------------------------------------------------
 * Envelopes: the response JSON of the API.
 * ---------------------------------------------------------------------------------------------------- */

/**
 * A response of the API: code, message, data, error, status. It never changes: threads may share it. Its data is overwritten
 * when it is freed.
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

/** 200: the profile was deleted. */
CBP_MUST_USE
cbp_status cbp_envelope_deleted(const char *id, size_t id_len, cbp_envelope **envelope, cbp_error **error);

/** 404: no profile has this id. */
CBP_MUST_USE
cbp_status cbp_envelope_not_found(const char *id, size_t id_len, cbp_envelope **envelope, cbp_error **error);

/** 400: the rules refused something. `refusal` is the error of it, with a status of the 200 family; it stays the caller's. */
CBP_MUST_USE
cbp_status cbp_envelope_refused(const cbp_error *refusal, cbp_envelope **envelope, cbp_error **error);

/** Reads an envelope of at most 256 KiB. A refusal is CBP_ERROR_INVALID_ENVELOPE. */
CBP_MUST_USE
cbp_status cbp_envelope_parse(const char *json, size_t json_len, cbp_envelope **envelope, cbp_error **error);

/** The code: `RBC024` or `RBC302` of ours; anything of others. */
cbp_str cbp_envelope_code(const cbp_envelope *envelope);

/** The sentence. */
cbp_str cbp_envelope_message(const cbp_envelope *envelope);

/** The data as compact JSON. */
cbp_str cbp_envelope_data(const cbp_envelope *envelope);

/** The error as compact JSON: `{}` in a success. */
cbp_str cbp_envelope_error(const cbp_envelope *envelope);

/** The HTTP status; 0 if `envelope` is NULL. */
uint32_t cbp_envelope_status(const cbp_envelope *envelope);

/** The envelope as compact JSON. */
CBP_MUST_USE
cbp_status cbp_envelope_json(const cbp_envelope *envelope, cbp_bytes **json, cbp_error **error);

/** Frees an envelope. NULL does nothing. */
void cbp_envelope_free(cbp_envelope *envelope);

/* ----------------------------------------------------------------------------------------------------
 * Versions, addresses, and the tables that all languages share.
 * ---------------------------------------------------------------------------------------------------- */

/** The ABI of this header. It changes when a program that was built with an older header could misbehave. */
#define CBP_ABI_VERSION 1

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
/** CBP_VERSION of the library that is running: static text that ends with a zero byte. */
const char *cbp_version(void);

/** CBP_ABI_VERSION of the library that is running. A program that loads it at run time compares the two. */
uint32_t cbp_abi_version(void);

/**
 * What an IP address is good for as the target of a callback: a CBP_ADDRESS number. `address` is text in the usual spelling
 * (`93.184.215.14`, `2606:4700::1`, without a zone).
 *
 * The library opens no connection. Whoever sends a callback resolves the host, asks about every address that comes back,
 * connects to one of exactly those, and follows no redirect without doing it all again.
 */
CBP_MUST_USE
cbp_status cbp_address_verdict(const char *address, size_t address_len, uint32_t *verdict, cbp_error **error);

/** Like cbp_address_verdict(), of the 4 or 16 bytes in network order that a `struct sockaddr` holds. */
CBP_MUST_USE
cbp_status cbp_address_verdict_of_bytes(const void *address, size_t address_len, uint32_t *verdict,
    cbp_error **error);

/** The stable name of a CBP_ADDRESS number: `public`, `link_local`; its `data` is NULL for another number. */
cbp_str cbp_address_verdict_name(uint32_t verdict);

/** The JSON Schema (draft 2020-12) of the structural rules of a create payload. */
CBP_MUST_USE
cbp_status cbp_schema(cbp_bytes **json, cbp_error **error);

/** All codes as JSON: errors with numbers, advisories, address verdicts. Every language is checked against it. */
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
