/* What the generated calls of gen_misuse.py work with. */
#ifndef CBP_TEST_MISUSE_H
#define CBP_TEST_MISUSE_H

#include "cases.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEY "K1abcdefghijkl2P"
#define IV "POabcdefghijklLY"
#define PROFILE                                                                                                        \
    "{\"title\":\"misuse\",\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"to\":\"<to>\"},"              \
    "\"response_message\":\"Hi {\\\"a\\\": \\\"b\\\"}\",\"headers\":{\"a\":\"b\"},\"enc\":{\"algo\":\"AES-128-GCM\",\"key\":\"" KEY "\",\"IV\":\"" IV   \
    "\",\"params\":[\"to\"]}}"
#define LIST "[" PROFILE ",{}]"
#define PATCH "{\"title\":\"patched\"}"
#define RECORD "{\"to\":\"John\"}"
#define TEXT "Y6rpazJmRslMExC1cCu3+DXVWA4="
#define RECEIVED "{\"to\":\"" TEXT "\"}"
#define ENVELOPE "{\"code\":\"RBC024\",\"message\":\"m\",\"data\":{},\"error\":{},\"status\":200}"
#define WHSEC "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define RANDOM "0123456789abcdef0123456789ABCDEF"
#define SIGNING_RANDOM RANDOM "0123456789abcdef"
#define MORE_RANDOM RANDOM RANDOM RANDOM RANDOM
/* 192.0.2.1 as a sockaddr_in: family, port, address, padding */
#define SOCKADDR "\2\0\0\0\300\0\2\1\0\0\0\0\0\0\0\0"
/* gcm_seal(KEY, IV, "a", "John") */
#define SEALED sealed

extern cbp_bytes *a_cbp_bytes, *out_cbp_bytes;
extern cbp_error *a_cbp_error, *refusal, *not_opened;
extern cbp_parse_options *a_cbp_parse_options, *out_cbp_parse_options;
extern cbp_call_options *a_cbp_call_options;
extern cbp_cipher *a_cbp_cipher, *out_cbp_cipher;
extern cbp_profile *a_cbp_profile, *out_cbp_profile;
extern cbp_stored_profile *a_cbp_stored_profile, *out_cbp_stored_profile, *stored, *no_stored;
extern cbp_callback *a_cbp_callback, *out_cbp_callback;
extern cbp_texts *a_cbp_texts;
extern cbp_opened *a_cbp_opened, *out_cbp_opened;
extern cbp_fields *a_cbp_fields, *out_cbp_fields;
extern cbp_diagnose_options *a_cbp_diagnose_options;
extern cbp_diagnosis *a_cbp_diagnosis, *out_cbp_diagnosis;
extern cbp_signer *a_cbp_signer, *out_cbp_signer;
extern cbp_signature *a_cbp_signature, *out_cbp_signature;
extern cbp_verifier *a_cbp_verifier, *out_cbp_verifier;
extern cbp_received *a_cbp_received, *out_cbp_received;
extern cbp_key_ring *a_cbp_key_ring, *out_cbp_key_ring, *an_empty_ring;
extern cbp_header signed_headers[5];
extern cbp_str signing_secrets[2];
extern cbp_stored_profiles *a_cbp_stored_profiles, *out_cbp_stored_profiles, *list;
extern const cbp_stored_profile *listed[2], *no_listed[2];
extern const cbp_profile *profiles[2], *no_profiles[2];
extern cbp_str values[2];
extern cbp_message *a_cbp_message, *out_cbp_message;
extern cbp_envelope *a_cbp_envelope, *out_cbp_envelope;
extern size_t out_size_t;
extern uint32_t out_uint32_t;
extern cbp_header headers[2];
extern char buffer[512];
extern char sealed[21];
extern cbp_error **error, **failure;

void before(int with_error);
void after(const char *call, cbp_status wanted, cbp_status status);
void check(int right, const char *call);
size_t misuse_all(void);

#define ANY 0xFFFFu
#define EXPECT(wanted, call) (before(1), after(#call, wanted, call))
#define EXPECT_WITHOUT_ERROR(wanted, call) (before(0), after(#call, wanted, call))
#define CALL(call) ((void)(call))
#define GIVES(call) check((call) != 0, #call)
#define NO_NUMBER(call) check((call) == 0, #call)
#define NO_CHANCE(call) check(isnan(call), #call)
#define NO_TEXT(call) check(has_no_text(call), #call)

static inline int is(cbp_str got, const char *want) { return got.len == strlen(want) && memcmp(got.data, want, got.len) == 0; }

/* Copies a view to `buffer`, as a C string. */
static inline void text_copy(cbp_str view) {
    check(view.len < sizeof buffer, "a short text");
    memcpy(buffer, view.data, view.len);
    buffer[view.len] = '\0';
}

static inline int has_no_text(cbp_str text) { return text.data == NULL && text.len == 0; }

#endif
