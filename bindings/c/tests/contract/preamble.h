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
#define CBP_VERSION "@VERSION@"
#define CBP_VERSION_MAJOR @MAJOR@
#define CBP_VERSION_MINOR @MINOR@
#define CBP_VERSION_PATCH @PATCH@
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

