/* Signing, sealed callbacks, receiving, key rings and new keys: what the shared cases do not say of the C functions. */
#include "misuse.h"

#include <stdlib.h>

static size_t checks, failures;

void check(int right, const char *what) {
    checks++;
    if (right) return;
    failures++;
    printf("FAILED sealing: %s\n", what);
}

#define SEALED_KEY "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define SEALED_ENC(kid) "\"enc\":{\"version\":2,\"kid\":\"" kid "\",\"key\":\"" SEALED_KEY "\"}}"
#define POST "{\"title\":\"sealing\",\"http_method\":\"POST\",\"url\":\"https://example.com/cb\",\"body\":{\"to\":\"<to>\"},"
#define GET "{\"title\":\"sealing\",\"http_method\":\"GET\",\"url\":\"https://example.com/cb?to=<to>\","
#define V1_ENC(mode, key) "\"enc\":{\"algo\":\"AES-128-" mode "\",\"key\":\"" key "\",\"IV\":\"POabcdefghijklLY\"}}"
#define HEADER(id) "\"headers\":{\"x-key-id\":\"" id "\"},"
#define URL "https://example.com/cb"
#define LEN(text) (sizeof(text) - 1)
enum { NOW = 1800000000 };

static cbp_profile *profile_of(const char *json) {
    cbp_profile *profile = NULL;
    cbp_error *problem = NULL;
    if (cbp_profile_parse(json, strlen(json), NULL, &profile, &problem) != CBP_OK)
        printf("  %.*s\n", CBP_STR_ARG(cbp_error_message(problem)));
    check(profile != NULL, json);
    cbp_error_free(problem);
    return profile;
}

/* Everything that a sealed callback needs and is held to. */
static cbp_call_options *sealed_options(void) {
    cbp_call_options *options = cbp_call_options_new();
    check(cbp_call_options_set_random(options, RANDOM, LEN(RANDOM), NULL) == CBP_OK &&
              cbp_call_options_set_issued_at(options, NOW, NULL) == CBP_OK &&
              cbp_call_options_set_id(options, "msg_1", 5, NULL) == CBP_OK &&
              cbp_call_options_set_profile_id(options, "p1", 2, NULL) == CBP_OK &&
              cbp_call_options_set_expected(options, true, NOW, 300, CBP_METHOD_POST, URL, LEN(URL), "p1", 2, NULL) == CBP_OK,
          "options");
    return options;
}

static cbp_callback *callback_of(const cbp_profile *profile, const cbp_call_options *options) {
    cbp_callback *callback = NULL;
    check(cbp_profile_callback(profile, RECORD, LEN(RECORD), options, &callback, NULL) == CBP_OK, "a callback");
    return callback;
}

static void fails(cbp_status status, cbp_error *problem, cbp_status wanted, const char *class_name, const char *what) {
    check(status == wanted && is(cbp_error_class(problem), class_name) && cbp_error_code(problem) == wanted, what);
    if (status != wanted) printf("  status %u: %.*s\n", (unsigned)status, CBP_STR_ARG(cbp_error_message(problem)));
    cbp_error_free(problem);
}
#define FAILS(call, wanted, class_name, what)                                                                          \
    do {                                                                                                               \
        cbp_error *problem = NULL;                                                                                     \
        cbp_status its_status = call;                                                                                       \
        fails(its_status, problem, wanted, class_name, what);                                                          \
    } while (0)

static void settings_of_a_parse(void) {
    cbp_parse_options *options = cbp_parse_options_new(), *kept = NULL;
    cbp_profile *profile = NULL, *sealed = profile_of(POST SEALED_ENC("k1"));
    check(!cbp_parse_options_refuse_sealed(options) && !cbp_parse_options_refuse_v1(options) && !cbp_parse_options_signed(options),
          "the defaults");
    check(cbp_parse_options_set_refuse_sealed(options, true, NULL) == CBP_OK && cbp_parse_options_refuse_sealed(options) &&
              cbp_profile_parse(POST SEALED_ENC("k1"), LEN(POST SEALED_ENC("k1")), options, &profile, NULL) ==
                  CBP_ERROR_INVALID_PROFILE,
          "sealed profiles are refused");
    check(cbp_profile_parse(PROFILE, LEN(PROFILE), options, &profile, NULL) == CBP_OK, "the documented ones are not");
    check(cbp_parse_options_set_refuse_v1(options, true, NULL) == CBP_OK && cbp_parse_options_refuse_v1(options) &&
              cbp_profile_check(PROFILE, LEN(PROFILE), options, NULL) == CBP_ERROR_INVALID_PROFILE,
          "the documented ones are refused");
    check(cbp_parse_options_set_signed(options, true, NULL) == CBP_OK && cbp_parse_options_signed(options), "signed");
    check(cbp_profile_options(profile, &kept, NULL) == CBP_OK && cbp_parse_options_refuse_sealed(kept) &&
              !cbp_parse_options_refuse_v1(kept),
          "a profile keeps its settings");
    check(cbp_profile_constant_url(sealed).len > 0 && cbp_profile_constant_url(NULL).data == NULL, "the URL of all callbacks");
    check(is(cbp_profile_kid(sealed), "k1") && cbp_profile_kid(profile).data == NULL, "the id of the key");
    check(cbp_profile_algorithm(sealed) == 0 && cbp_profile_cipher(sealed) == NULL && cbp_profile_encrypts_all(sealed),
          "a sealed profile has no algorithm");
    check(cbp_profile_encrypted_param_count(profile) == 1 && is(cbp_profile_encrypted_param(profile, 0), "to"), "params");
    cbp_parse_options_free(options);
    cbp_parse_options_free(kept);
    cbp_profile_free(profile);
    cbp_profile_free(sealed);
}

static void what_a_sealed_callback_needs(void) {
    cbp_profile *profile = profile_of(POST SEALED_ENC("k1"));
    cbp_call_options *options = cbp_call_options_new();
    cbp_callback *callback = NULL, *bare;
    cbp_opened *opened = NULL;
    cbp_str body;
#define MAKE cbp_profile_callback(profile, RECORD, LEN(RECORD), options, &callback, &problem)
    FAILS(MAKE, CBP_ERROR_RANDOM_REQUIRED, "ReplacerError", "random bytes are required");
    FAILS(cbp_call_options_set_random(options, RANDOM, 31, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "31 bytes");
    FAILS(cbp_call_options_set_random(options, SIGNING_RANDOM, 33, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "33 bytes");
    check(cbp_call_options_set_random(options, RANDOM, 32, NULL) == CBP_OK, "random");
    FAILS(MAKE, CBP_ERROR_ISSUED_AT_REQUIRED, "ReplacerError", "the time is required");
    check(cbp_call_options_set_issued_at(options, NOW, NULL) == CBP_OK, "the time");
    FAILS(MAKE, CBP_ERROR_ID_REQUIRED, "ReplacerError", "an id is required");
    check(cbp_call_options_set_id(options, "a.b", 3, NULL) == CBP_OK, "an id");
    FAILS(MAKE, CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "an id with a full stop");
    cbp_call_options_free(options);
    options = sealed_options();
    check(cbp_call_options_set_bare_token(options, true, NULL) == CBP_OK, "bare");
    bare = callback_of(profile, options);
    body = cbp_callback_body(bare);
    check(cbp_callback_is_sealed(bare) && body.len > 0 && body.data[0] == 'e' &&
              is(cbp_callback_header_value(bare, 0), "application/jose"),
          "a bare token");
    /* Each part of what is expected decides. */
#define OPEN cbp_profile_open_details(profile, body.data, body.len, options, &opened, NULL)
#define EXPECTS(wanted, checked, now, method, url, id)                                                                 \
    check(cbp_call_options_set_expected(options, checked, now, 300, method, url, url ? strlen(url) : 0, id, id ? strlen(id) : 0, \
                                        NULL) == CBP_OK && OPEN == wanted, "expected: " #checked ", " #now ", " #method ", " #url ", " #id); \
    cbp_opened_free(opened); \
    opened = NULL
    check(cbp_call_options_set_content_type(options, "application/jose", 16, NULL) == CBP_OK, "a content type");
    {
        const char *no = NULL, *url = URL, *other_url = "https://example.com/other", *p1 = "p1", *p2 = "p2";
        EXPECTS(CBP_OK, true, NOW + 300, CBP_METHOD_POST, url, p1);
        EXPECTS(CBP_ERROR_AUTH_FAILED, true, NOW + 301, CBP_METHOD_POST, url, p1);
        EXPECTS(CBP_ERROR_AUTH_FAILED, true, NOW - 301, CBP_METHOD_POST, url, p1);
        EXPECTS(CBP_OK, false, 0, 0, no, no);
        EXPECTS(CBP_ERROR_AUTH_FAILED, false, 0, CBP_METHOD_PUT, no, no);
        EXPECTS(CBP_ERROR_AUTH_FAILED, false, 0, 0, other_url, no);
        EXPECTS(CBP_ERROR_AUTH_FAILED, false, 0, 0, no, p2);
        EXPECTS(CBP_ERROR_INVALID_ARGUMENT, false, 0, 0, p1, no); /* no URL at all */
    }
    cbp_callback_free(bare);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

static void diagnoses_of_sealed_callbacks(void) {
    static const struct {
        uint64_t now;
        uint32_t method;
        const char *url, *profile_id, *cause;
    } rows[] = {{NOW, CBP_METHOD_POST, URL, "p1", "opens"},          {NOW + 400, 0, NULL, NULL, "sealed_time"},
                {NOW, CBP_METHOD_PUT, NULL, NULL, "sealed_method"},  {NOW, 0, "https://e.com/", NULL, "sealed_url"},
                {NOW, 0, NULL, "p2", "sealed_profile"}};
    cbp_profile *profile = profile_of(POST SEALED_ENC("k1"));
    cbp_call_options *making = sealed_options();
    cbp_callback *callback = callback_of(profile, making);
    cbp_str body = cbp_callback_body(callback);
    size_t i;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        cbp_diagnose_options *options = cbp_diagnose_options_new();
        cbp_diagnosis *diagnosis = NULL;
        check(cbp_diagnose_options_set_body(options, body.data, body.len, NULL) == CBP_OK &&
                  cbp_diagnose_options_set_sealed(options, true, rows[i].now, 300, rows[i].method, rows[i].url,
                                                  rows[i].url ? strlen(rows[i].url) : 0, rows[i].profile_id,
                                                  rows[i].profile_id ? 2 : 0, NULL) == CBP_OK &&
                  cbp_diagnose(profile, NULL, 0, options, &diagnosis, NULL) == CBP_OK &&
                  is(cbp_diagnosis_finding_cause(diagnosis, 0), rows[i].cause),
              rows[i].cause);
        cbp_diagnosis_free(diagnosis);
        cbp_diagnose_options_free(options);
    }
    cbp_callback_free(callback);
    cbp_call_options_free(making);
    cbp_profile_free(profile);
}

static void whole_callbacks_are_signed(cbp_signer *signer) {
    cbp_profile *get = profile_of(GET V1_ENC("GCM", KEY)), *sealed = profile_of(GET SEALED_ENC("k1"));
    cbp_profile *taken = profile_of(POST "\"headers\":{\"Webhook-Id\":\"1\"}," V1_ENC("GCM", KEY));
    cbp_call_options *options = sealed_options();
    cbp_callback *callback = callback_of(get, NULL), *tagged = callback_of(sealed, options), *other = callback_of(taken, NULL);
    cbp_callback *empty = cbp_callback_new();
    cbp_signature *signature = NULL;
#define SIGN(what, id, coverage) cbp_callback_sign(what, signer, id, strlen(id), NOW, coverage, &signature, &problem)
    FAILS(SIGN(callback, "m", CBP_COVERAGE_REQUIRED), CBP_ERROR_SIGNATURE_COVERS_NOTHING, "ReplacerError", "a GET");
    FAILS(SIGN(other, "m", CBP_COVERAGE_REQUIRED), CBP_ERROR_UNSAFE_HEADER, "ReplacerError", "a header that signing adds");
    FAILS(SIGN(tagged, "a.b", CBP_COVERAGE_REQUIRED), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "an id with a full stop");
    FAILS(SIGN(empty, "m", CBP_COVERAGE_REQUIRED), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "no callback");
    check(cbp_callback_sign(callback, signer, "m", 1, NOW, CBP_COVERAGE_NOT_REQUIRED, &signature, NULL) == CBP_OK, "on request");
    cbp_signature_free(signature);
    check(cbp_callback_sign(tagged, signer, "msg_1", 5, NOW, CBP_COVERAGE_REQUIRED, &signature, NULL) == CBP_OK, "a sealed GET");
    check(is(cbp_signature_header_name(signature, 0), "webhook-id") && is(cbp_signature_header_value(signature, 0), "msg_1") &&
              is(cbp_signature_header_value(signature, 1), "1800000000"),
          "its headers");
    cbp_signature_free(signature);
    cbp_callback_free(callback);
    cbp_callback_free(tagged);
    cbp_callback_free(other);
    cbp_callback_free(empty);
    cbp_call_options_free(options);
    cbp_profile_free(get);
    cbp_profile_free(sealed);
    cbp_profile_free(taken);
}

/* The headers of a message; the texts are those of the signature. */
static void sign(const cbp_signer *signer, cbp_signature **signature, const char *id, cbp_str body, cbp_header headers[3]) {
    size_t i;
    check(cbp_signer_sign(signer, id, strlen(id), NOW, body.data, body.len, signature, NULL) == CBP_OK, "a signature");
    for (i = 0; i < 3; i++) {
        headers[i].name = cbp_signature_header_name(*signature, i);
        headers[i].value = cbp_signature_header_value(*signature, i);
    }
}

static void received(const cbp_signer *signer, const cbp_verifier *verifier) {
    cbp_profile *profile = profile_of(POST SEALED_ENC("k1"));
    cbp_call_options *options = sealed_options();
    cbp_callback *callback = callback_of(profile, options);
    cbp_str body = cbp_callback_body(callback);
    cbp_signature *signature = NULL;
    cbp_received *got = NULL;
    cbp_header headers[3];
    char changed[1024];
    size_t i;
#define RECEIVE(data, now) cbp_profile_receive(profile, verifier, headers, 3, "/cb", 3, data, body.len, now, 300, options, &got, &problem)
    sign(signer, &signature, "msg_1", body, headers);
    check(cbp_profile_receive(profile, verifier, headers, 3, "/cb", 3, body.data, body.len, NOW + 300, 300, options, &got, NULL) ==
              CBP_OK,
          "received");
    check(is(cbp_received_id(got), "msg_1") && cbp_received_timestamp(got) == NOW &&
              is(cbp_opened_json(cbp_received_opened(got)), RECORD) && is(cbp_opened_sealed_id(cbp_received_opened(got)), "msg_1") &&
              is(cbp_opened_sealed_kid(cbp_received_opened(got)), "k1") &&
              is(cbp_opened_sealed_profile_id(cbp_received_opened(got)), "p1") &&
              cbp_opened_sealed_issued_at(cbp_received_opened(got)) == NOW,
          "what is received");
    check(cbp_received_key_id(got).data == NULL && cbp_received_version(got) == 0 && !cbp_received_in_turn(got), "no key ring");
    cbp_received_free(got);
    got = NULL;
    memcpy(changed, body.data, body.len);
    for (i = 0; i < body.len; i++) {
        changed[i] ^= 1;
        FAILS(RECEIVE(changed, NOW), CBP_ERROR_SIGNATURE_REFUSED, "SignatureError", "a changed body");
        changed[i] ^= 1;
    }
    FAILS(RECEIVE(body.data, NOW + 301), CBP_ERROR_TIMESTAMP_REFUSED, "SignatureError", "too late");
    FAILS(cbp_profile_receive(profile, verifier, NULL, 0, "/cb", 3, body.data, body.len, NOW, 300, options, &got, &problem),
          CBP_ERROR_SIGNATURE_REFUSED, "SignatureError", "without a signature");
    cbp_signature_free(signature);
    sign(signer, &signature, "msg_2", body, headers);
    FAILS(RECEIVE(body.data, NOW), CBP_ERROR_AUTH_FAILED, "DecryptionError", "the id of another message");
    check(got == NULL, "no output after a failure");
    cbp_signature_free(signature);
    cbp_callback_free(callback);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

static void key_rings(void) {
    cbp_profile *a = profile_of(POST HEADER("a") V1_ENC("GCM", KEY)), *b = profile_of(POST HEADER("b") V1_ENC("GCM", "otherkeyotherkey"));
    cbp_profile *cfb = profile_of(POST HEADER("c") V1_ENC("CFB", KEY)), *sealed = profile_of(POST SEALED_ENC("k1"));
    cbp_profile *query = profile_of("{\"title\":\"query\",\"http_method\":\"POST\",\"url\":\"https://e.com/?key=a\",\"body\":{\"to\":\"<to>\"}," V1_ENC("GCM", KEY));
    cbp_key_ring *ring = NULL, *by_query = NULL;
    cbp_received *got = NULL;
    cbp_call_options *options = sealed_options();
    cbp_callback *of_b = callback_of(b, NULL), *of_sealed = callback_of(sealed, options), *of_query = callback_of(query, NULL);
    cbp_str body = cbp_callback_body(of_b);
    cbp_header header = {{"X-Key-Id", 8}, {"b", 1}};
#define ADD(id, profile) cbp_key_ring_add(ring, id, strlen(id), profile, &problem)
#define RING(count) cbp_key_ring_open(ring, &header, count, "/cb", 3, body.data, body.len, options, &got, &problem)
#define RING_OPENS(count, id, number, turn)                                                                            \
    check(cbp_key_ring_open(ring, &header, count, "/cb", 3, body.data, body.len, options, &got, NULL) == CBP_OK &&     \
              is(cbp_received_key_id(got), id) && cbp_received_version(got) == number && cbp_received_in_turn(got) == turn && \
              is(cbp_opened_json(cbp_received_opened(got)), RECORD) && cbp_received_id(got).data == NULL && \
              cbp_received_timestamp(got) == 0, "the ring opens: " id); \
    cbp_received_free(got); \
    got = NULL
    check(cbp_key_ring_by_header("x-key-id", 8, &ring, NULL) == CBP_OK && cbp_key_ring_count(ring) == 0, "a ring");
    check(cbp_key_ring_add(ring, "a", 1, a, NULL) == CBP_OK && cbp_key_ring_add(ring, "b", 1, b, NULL) == CBP_OK, "two profiles");
    FAILS(ADD("a", a), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "an id that is taken");
    FAILS(ADD("z", cfb), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "an id that is not sent");
    FAILS(ADD("k2", sealed), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "an id that is not the kid");
    check(cbp_key_ring_count(ring) == 2 && is(cbp_key_ring_id(ring, 0), "a") && is(cbp_key_ring_id(ring, 1), "b") &&
              cbp_key_ring_id(ring, 2).data == NULL,
          "the ids");
    cbp_profile_free(a); /* the ring has copies */
    cbp_profile_free(b);
    RING_OPENS(1, "b", 1, false);
    FAILS(RING(0), CBP_ERROR_UNKNOWN_KEY, "DecryptionError", "no id");
    check(cbp_key_ring_set_try_in_turn(ring, true, NULL) == CBP_OK, "in turn");
    RING_OPENS(0, "b", 1, true);
    header.value.data = "y";
    FAILS(RING(1), CBP_ERROR_UNKNOWN_KEY, "DecryptionError", "an unknown id");
    check(cbp_key_ring_set_refuse_v1(ring, true, NULL) == CBP_OK, "refuse");
    header.value.data = "b";
    FAILS(RING(1), CBP_ERROR_UNKNOWN_KEY, "DecryptionError", "the documented format is refused");
    check(cbp_key_ring_set_refuse_v1(ring, false, NULL) == CBP_OK && cbp_key_ring_add(ring, "c", 1, cfb, NULL) == CBP_OK, "CFB");
    FAILS(RING(0), CBP_ERROR_CANNOT_TELL_KEY, "DecryptionError", "CFB is never tried in turn");
    check(cbp_key_ring_remove(ring, "c", 1) && !cbp_key_ring_remove(ring, "c", 1) && cbp_key_ring_count(ring) == 2, "removed");
    check(cbp_key_ring_add(ring, "k1", 2, sealed, NULL) == CBP_OK, "a sealed profile");
    FAILS(RING(0), CBP_ERROR_AUTH_FAILED, "DecryptionError", "with a sealed profile nothing is tried in turn");
    RING_OPENS(1, "b", 1, false);
    body = cbp_callback_body(of_sealed);
    RING_OPENS(0, "k1", 2, false);

    check(cbp_key_ring_by_query("key", 3, &by_query, NULL) == CBP_OK && cbp_key_ring_add(by_query, "a", 1, query, NULL) == CBP_OK,
          "a ring by query");
    body = cbp_callback_body(of_query);
    check(cbp_key_ring_open(by_query, NULL, 0, "/?key=a", 7, body.data, body.len, NULL, &got, NULL) == CBP_OK &&
              is(cbp_received_key_id(got), "a"),
          "it opens");
    cbp_received_free(got);
    cbp_key_ring_free(ring);
    cbp_key_ring_free(by_query);
    cbp_callback_free(of_b);
    cbp_callback_free(of_sealed);
    cbp_callback_free(of_query);
    cbp_call_options_free(options);
    cbp_profile_free(cfb);
    cbp_profile_free(sealed);
    cbp_profile_free(query);
}

static void new_keys(void) {
    unsigned char bytes[CBP_KEYGEN_RANDOM_LEN];
    cbp_bytes *made = NULL;
    size_t i;
    for (i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)i;
#define MADE(call, wanted) \
    check(call == CBP_OK && strcmp(cbp_bytes_data(made), wanted) == 0, wanted); \
    cbp_bytes_free(made); \
    made = NULL
    MADE(cbp_keygen(CBP_ALGORITHM_AES_128_GCM, bytes, sizeof bytes, &made, NULL),
         "{\"algo\":\"AES-128-GCM\",\"key\":\"ABCDEFGHIJKLMNOP\",\"IV\":\"QRSTUVWXYZabcdef\"}");
    MADE(cbp_keygen_sealed("k1", 2, bytes, 32, &made, NULL), "{\"version\":2,\"kid\":\"k1\",\"key\":\"" SEALED_KEY "\"}");
    MADE(cbp_keygen_signing(bytes, 48, &made, NULL), "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v");
    FAILS(cbp_keygen(CBP_ALGORITHM_AES_128_GCM, bytes, 31, &made, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "31 bytes");
    FAILS(cbp_keygen_sealed("k 1", 3, bytes, 32, &made, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "a kid");
    FAILS(cbp_keygen_sealed("k1", 2, bytes, 33, &made, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "33 bytes");
    FAILS(cbp_keygen_signing(bytes, 47, &made, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "47 bytes");
    memset(bytes, 7, sizeof bytes);
    FAILS(cbp_keygen_sealed("k1", 2, bytes, 32, &made, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "no random bytes");
}

/* A secret that is nearly right, and a key: in no text of an error, masked in a profile. */
static void secrets_stay_secret(void) {
    static const char *const broken[] = {WHSEC "x", "Whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-"};
    cbp_profile *profile = profile_of(POST SEALED_ENC("k1"));
    cbp_bytes *json = NULL;
    cbp_error *problem = NULL;
    size_t i;
    for (i = 0; i < 3; i++) {
        cbp_signer *signer = NULL;
        const cbp_str secret = {broken[i], strlen(broken[i])};
        check(cbp_signer_new(&secret, 1, &signer, &problem) == CBP_ERROR_INVALID_KEY, "no secret");
        check(cbp_error_to_json(problem, &json, NULL) == CBP_OK && !strstr(cbp_bytes_data(json), "MfKQ"), "a secret in an error");
        cbp_bytes_free(json);
        cbp_error_free(problem);
        problem = NULL;
    }
    check(cbp_profile_to_json(profile, CBP_SECRETS_MASKED, &json, NULL) == CBP_OK && !strstr(cbp_bytes_data(json), "AAECAwQF"),
          "a masked key");
    cbp_bytes_free(json);
    check(cbp_profile_check(POST "\"enc\":{\"version\":2,\"kid\":\"k\",\"key\":\"" SEALED_KEY "x\"}}",
                            LEN(POST "\"enc\":{\"version\":2,\"kid\":\"k\",\"key\":\"" SEALED_KEY "x\"}}"), NULL, &problem) ==
              CBP_ERROR_INVALID_PROFILE,
          "a broken key");
    check(cbp_error_to_json(problem, &json, NULL) == CBP_OK && !strstr(cbp_bytes_data(json), "AAECAwQF"), "a key in an error");
    cbp_bytes_free(json);
    cbp_error_free(problem);
    cbp_profile_free(profile);
}

int main(void) {
    const cbp_str secret = {WHSEC, LEN(WHSEC)};
    cbp_signer *signer = NULL;
    cbp_verifier *verifier = NULL;
    check(cbp_signer_new(&secret, 1, &signer, NULL) == CBP_OK && cbp_verifier_new(&secret, 1, &verifier, NULL) == CBP_OK, "a secret");
    FAILS(cbp_signer_new(NULL, 0, &signer, &problem), CBP_ERROR_INVALID_ARGUMENT, "ArgumentError", "no secret");
    settings_of_a_parse();
    what_a_sealed_callback_needs();
    diagnoses_of_sealed_callbacks();
    whole_callbacks_are_signed(signer);
    received(signer, verifier);
    key_rings();
    new_keys();
    secrets_stay_secret();
    cbp_signer_free(signer);
    cbp_verifier_free(verifier);
    printf("count sealing c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || checks < 390;
}
