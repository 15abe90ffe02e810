/* Bad arguments to every function: a defined status, and no output touched. The calls are made by gen_misuse.py. */
#include "misuse_diagnosis.h"
#include "misuse_overlap.h"

#include <stdlib.h>

cbp_bytes *a_cbp_bytes, *out_cbp_bytes;
cbp_error *a_cbp_error, *refusal, *not_opened;
cbp_parse_options *a_cbp_parse_options, *out_cbp_parse_options;
cbp_call_options *a_cbp_call_options;
cbp_cipher *a_cbp_cipher, *out_cbp_cipher;
cbp_profile *a_cbp_profile, *out_cbp_profile;
cbp_stored_profile *a_cbp_stored_profile, *out_cbp_stored_profile, *stored, *no_stored;
cbp_callback *a_cbp_callback, *out_cbp_callback;
cbp_message *a_cbp_message, *out_cbp_message;
cbp_texts *a_cbp_texts;
cbp_opened *a_cbp_opened, *out_cbp_opened;
cbp_fields *a_cbp_fields, *out_cbp_fields;
cbp_diagnose_options *a_cbp_diagnose_options;
cbp_diagnosis *a_cbp_diagnosis, *out_cbp_diagnosis;
cbp_signer *a_cbp_signer, *out_cbp_signer;
cbp_signature *a_cbp_signature, *out_cbp_signature;
cbp_verifier *a_cbp_verifier, *out_cbp_verifier;
cbp_received *a_cbp_received, *out_cbp_received;
cbp_key_ring *a_cbp_key_ring, *out_cbp_key_ring, *an_empty_ring;
/* Those of RECEIVED, and the id of its key. */
cbp_header signed_headers[5] = {{{NULL, 0}, {NULL, 0}}, {{NULL, 0}, {NULL, 0}}, {{NULL, 0}, {NULL, 0}}, {{"A", 1}, {"b", 1}},
                                {{"content-type", 12}, {"application/json", 16}}};
cbp_str signing_secrets[2] = {{WHSEC, sizeof WHSEC - 1}, {WHSEC, sizeof WHSEC - 1}};
cbp_stored_profiles *a_cbp_stored_profiles, *out_cbp_stored_profiles, *list;
const cbp_stored_profile *listed[2], *no_listed[2];
const cbp_profile *profiles[2], *no_profiles[2];
cbp_str values[2] = {{"John", 4}, {NULL, 0}};
cbp_envelope *a_cbp_envelope, *out_cbp_envelope;
size_t out_size_t;
uint32_t out_uint32_t;
cbp_header headers[2] = {{{"api-key", 7}, {"A0", 2}}, {{"content-type", 12}, {"application/json", 16}}};
char buffer[512];
char sealed[21];
cbp_error **error, **failure;

static cbp_error *the_error;
static size_t checks, failures;

/* An address that no result has; it is never followed. */
static char nowhere;
#define UNTOUCHED(type) ((type *)(void *)&nowhere)

void check(int right, const char *call) {
    checks++;
    if (!right) {
        failures++;
        printf("FAILED misuse: %s\n", call);
    }
}

#define EACH_OUT(DO)                                                                                                   \
    DO(cbp_bytes) DO(cbp_parse_options) DO(cbp_cipher) DO(cbp_profile) DO(cbp_stored_profile) DO(cbp_callback)         \
        DO(cbp_message) DO(cbp_envelope) DO(cbp_opened) DO(cbp_fields) DO(cbp_diagnosis) DO(cbp_stored_profiles)       \
        DO(cbp_signer) DO(cbp_signature) DO(cbp_verifier) DO(cbp_received) DO(cbp_key_ring)

void before(int with_error) {
#define RESET(type) out_##type = UNTOUCHED(type);
    EACH_OUT(RESET)
    the_error = NULL;
    error = failure = with_error ? &the_error : NULL;
    out_size_t = 12345;
    out_uint32_t = 12345;
    memset(buffer, 'x', sizeof buffer);
    cbp_key_ring_remove(an_empty_ring, "b", 1);
    if (cbp_callback_method(a_cbp_callback) == 0 && /* a call that failed emptied it */
        cbp_profile_callback_into(a_cbp_profile, RECORD, sizeof RECORD - 1, NULL, a_cbp_callback, NULL) != CBP_OK)
        abort();
    cbp_stored_profiles_free(list); /* what was taken is there again */
    if (cbp_stored_profiles_parse(LIST, sizeof LIST - 1, NULL, &list, NULL) != CBP_OK) abort();
    if (!stored && cbp_stored_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &stored, NULL) != CBP_OK) abort();
}

void after(const char *call, cbp_status wanted, cbp_status status) {
    size_t i, touched = 0;
    check(wanted == ANY ? status != CBP_OK : status == wanted, call);
    if (status != wanted && wanted != ANY) printf("  status %u, not %u\n", (unsigned)status, (unsigned)wanted);
    if (status == CBP_OK) {
#define RELEASE(type)                                                                                                  \
    if (out_##type != UNTOUCHED(type)) type##_free(out_##type);
        EACH_OUT(RELEASE)
        check(the_error == NULL, "no error object after a success");
        return;
    }
#define COUNT(type) touched += out_##type != UNTOUCHED(type);
    EACH_OUT(COUNT)
    touched += out_uint32_t != 12345;
    touched += status != CBP_ERROR_BUFFER_TOO_SMALL && out_size_t != 12345;
    for (i = 0; i < sizeof buffer; i++) touched += buffer[i] != 'x';
    check(touched == 0, "an output is touched after a failure");
    if (touched) printf("  by %s\n", call);
    if (error) {
        check(cbp_error_code(the_error) == status && cbp_error_message(the_error).len > 0, "the error object");
        cbp_error_free(the_error);
    }
}

/* The sizes at which a buffer is just too small and just large enough. */
static void buffers(void) {
    size_t size, written = 0;
    char room[64];
    for (size = 0; size <= sizeof TEXT; size++) {
        cbp_status status;
        memset(room, 'x', sizeof room);
        status = cbp_cipher_encrypt(a_cbp_cipher, "John", 4, size ? room : NULL, size, &written, NULL);
        check(written == sizeof TEXT - 1, "encrypt says the size");
        if (size < sizeof TEXT - 1) check(status == CBP_ERROR_BUFFER_TOO_SMALL && room[0] == 'x', "encrypt: too small");
        else check(status == CBP_OK && memcmp(room, TEXT, sizeof TEXT - 1) == 0, "encrypt: large enough");
        check(room[sizeof TEXT - 1] == 'x', "encrypt writes no more than its text");
    }
    for (size = 0; size <= 5; size++) {
        cbp_status status;
        memset(room, 'x', sizeof room);
        status = cbp_cipher_decrypt(a_cbp_cipher, TEXT, sizeof TEXT - 1, size ? room : NULL, size, &written, NULL);
        check(written == 4, "decrypt says the size");
        if (size < 4) check(status == CBP_ERROR_BUFFER_TOO_SMALL && room[0] == 'x', "decrypt: too small");
        else check(status == CBP_OK && memcmp(room, "Johnx", 5) == 0, "decrypt: large enough");
    }
    memcpy(room, TEXT, sizeof TEXT);
    written = 7;
    room[0] ^= 1;
    check(cbp_cipher_decrypt(a_cbp_cipher, room, sizeof TEXT - 1, buffer, 0, &written, NULL) == CBP_ERROR_AUTH_FAILED &&
              written == 7,
          "a forged text does not even show its size");
    check(cbp_cipher_decrypt(a_cbp_cipher, room, sizeof TEXT - 1, room, sizeof room, &written, NULL) ==
              CBP_ERROR_INVALID_ARGUMENT,
          "decrypt in place");
    check(cbp_cipher_encrypt(a_cbp_cipher, room + 8, 4, room, sizeof room, &written, NULL) == CBP_ERROR_INVALID_ARGUMENT,
          "encrypt in place");
    memcpy(room, TEXT, sizeof TEXT);
    check(cbp_cipher_decrypt(cbp_profile_cipher(a_cbp_profile), room, sizeof TEXT - 1, buffer, sizeof buffer, &written,
                             NULL) == CBP_OK && written == 4 && memcmp(buffer, "Johnx", 5) == 0,
          "the profile's own cipher");
    check(cbp_cipher_encrypt(a_cbp_cipher, NULL, 0, room, sizeof room, &written, NULL) == CBP_OK && written == 24,
          "(NULL, 0) is an empty value");
    check(cbp_cipher_encrypted_len(a_cbp_cipher, SIZE_MAX) == SIZE_MAX, "a length that does not fit");
}

/* The class of an error follows the call that failed. The other classes are in testdata/. */
static void classes(void) {
    cbp_error *problem = NULL;
    size_t written = 0;
    cbp_bytes *bytes = NULL;
    check(cbp_testing_panic(&problem) == CBP_ERROR_INTERNAL && is(cbp_error_class(problem), "InternalError"), "a defect");
    cbp_error_free(problem);
    check(is(cbp_error_class(refusal), "ProfileError"), "the class of a refusal");
    check(is(cbp_error_class(a_cbp_error), "ArgumentError"), "the class of a NULL argument");
    check(has_no_text(cbp_error_class(NULL)), "no error");
    problem = NULL;
    check(cbp_cipher_decrypt(a_cbp_cipher, TEXT, sizeof TEXT - 1, buffer, 1, &written, &problem) == CBP_ERROR_BUFFER_TOO_SMALL &&
              is(cbp_error_class(problem), "ArgumentError"),
          "a small buffer");
    cbp_error_free(problem);
    problem = NULL;
    check(cbp_hazmat_gcm_open(KEY, 15, IV, 16, NULL, 0, sealed, 20, &bytes, &problem) == CBP_ERROR_INVALID_KEY &&
              is(cbp_error_class(problem), "ArgumentError"),
          "a short key");
    cbp_error_free(problem);
    problem = NULL;
    check(cbp_hazmat_gcm_open(KEY, 16, IV, 16, NULL, 0, sealed, 20, &bytes, &problem) == CBP_ERROR_AUTH_FAILED &&
              is(cbp_error_class(problem), "DecryptionError"),
          "other associated data");
    cbp_error_free(problem);
}

/* Everything that an error knows, as one JSON text. */
static void errors_as_json(void) {
    static const char refused[] = "{\"title\":\"\\u0001\\\"\",\"http_method\":\"GET\",\"url\":\"https://example.com/\"}";
    static const char wanted[] =
        "{\"code\":200,\"name\":\"invalid_profile\",\"class\":\"ProfileError\","
        "\"message\":\"body/title must NOT have fewer than 3 characters (and 1 more violation)\",\"line\":0,\"column\":0,"
        "\"parameters\":[],\"missing\":[],\"violations\":["
        "{\"context\":\"body\",\"keyword\":\"minLength\",\"pointer\":\"/title\","
        "\"message\":\"body/title must NOT have fewer than 3 characters\",\"params\":{\"limit\":3},\"line\":0,\"column\":0},"
        "{\"context\":\"body\",\"keyword\":\"pattern\",\"pointer\":\"/title\","
        "\"message\":\"body/title must match pattern \\\"^[a-zA-Z0-9 _-]+$\\\"\","
        "\"params\":{\"pattern\":\"^[a-zA-Z0-9 _-]+$\"},\"line\":0,\"column\":0}],\"unlisted\":0}";
    cbp_profile *profile = NULL;
    cbp_error *refusal = NULL;
    cbp_bytes *json = NULL;
    check(cbp_profile_parse(refused, sizeof refused - 1, NULL, &profile, &refusal) == CBP_ERROR_INVALID_PROFILE && !profile,
          "refused");
    check(cbp_error_to_json(refusal, &json, NULL) == CBP_OK, "an error as JSON");
    check(is(cbp_error_violation_params(refusal, 0), "{\"limit\":3}") && has_no_text(cbp_error_violation_params(refusal, 2)),
          "what a rule allows");
    check(cbp_bytes_len(json) == sizeof wanted - 1 && memcmp(cbp_bytes_data(json), wanted, sizeof wanted - 1) == 0,
          cbp_bytes_data(json));
    cbp_bytes_free(json);
    cbp_error_free(refusal);
    cbp_error_free(not_opened);
    cbp_stored_profiles_free(a_cbp_stored_profiles);
    cbp_stored_profiles_free(list);
    refusal = NULL;
    json = NULL;
    check(cbp_profile_parse("{\n ]", 4, NULL, &profile, &refusal) == CBP_ERROR_INVALID_PROFILE &&
              cbp_error_to_json(refusal, &json, NULL) == CBP_OK &&
              strstr(cbp_bytes_data(json), "line 2 column 2\",\"line\":2,\"column\":2,\"parameters\":") != NULL,
          "the position of a refusal in its JSON");
    cbp_bytes_free(json);
    cbp_error_free(refusal);
}

/* All parameters of an error, and none after another error. */
static void parameters(void) {
    static const char both[] = "{\"title\":\"both\",\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\","
                               "\"b\":\"<b>\"},\"enc\":{\"algo\":\"AES-128-GCM\",\"key\":\"" KEY "\",\"IV\":\"" IV "\"}}";
    cbp_profile *profile = NULL;
    cbp_bytes *json = NULL;
    cbp_opened *opened = NULL;
    cbp_fields *fields = NULL;
    cbp_error *problem = NULL;
    cbp_call_options *options = cbp_call_options_new();
    const cbp_str names[2] = {{"b", 1}, {"a", 1}};
    check(cbp_profile_parse(both, sizeof both - 1, NULL, &profile, NULL) == CBP_OK, "a profile of two");
    check(cbp_profile_open(profile, "{}", 2, NULL, &json, &problem) == CBP_ERROR_MISSING_PARAMETER &&
              cbp_error_parameter_count(problem) == 2 && is(cbp_error_parameter_at(problem, 0), "a") &&
              is(cbp_error_parameter_at(problem, 1), "b") && has_no_text(cbp_error_parameter_at(problem, 2)) &&
              is(cbp_error_parameter(problem), "a"),
          "both parameters are missing");
    cbp_error_free(problem);
    check(cbp_error_parameter_count(refusal) == 0 && has_no_text(cbp_error_parameter(refusal)), "a refusal has none");
    check(cbp_call_options_set_absent(options, names, 2, NULL) == CBP_OK &&
              cbp_profile_open_details(profile, "{}", 2, options, &opened, NULL) == CBP_OK &&
              is(cbp_opened_json(opened), "{}") && cbp_opened_decrypted_count(opened) == 0,
          "both may be absent");
    check(cbp_call_options_set_absent(options, NULL, 0, NULL) == CBP_OK &&
              cbp_profile_open(profile, "{}", 2, options, &json, NULL) == CBP_ERROR_MISSING_PARAMETER,
          "and no longer");
    check(cbp_profile_fields(profile, &fields, NULL) == CBP_OK && cbp_fields_count(fields) == 2 &&
              is(cbp_fields_name(fields, 1), "b") && cbp_fields_place_count(fields, 1) == 1 &&
              is(cbp_fields_place(fields, 1, 0), "/body/b") && has_no_text(cbp_fields_place(fields, 1, 1)) &&
              has_no_text(cbp_fields_place(fields, 2, 0)),
          "fields with their places");
    cbp_fields_free(fields);
    cbp_opened_free(opened);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

/* Objects whose memory is used again: what a failure leaves of them. */
static void used_again(void) {
    cbp_callback *callback = cbp_callback_new();
    cbp_texts *texts = cbp_texts_new();
    cbp_str broken[2] = {{"John", 4}, {NULL, 1}};
    check(cbp_callback_method(callback) == 0 && cbp_callback_url(callback).len == 0 &&
              cbp_callback_body(callback).data == NULL && cbp_callback_header_count(callback) == 0,
          "a new callback is empty");
    check(cbp_profile_callback_into(a_cbp_profile, RECORD, sizeof RECORD - 1, NULL, callback, NULL) == CBP_OK, "filled");
    check(cbp_callback_body(callback).len == sizeof RECEIVED - 1 &&
              memcmp(cbp_callback_body(callback).data, RECEIVED, sizeof RECEIVED - 1) == 0,
          "the callback of that record");
    check(cbp_profile_callback_into(a_cbp_profile, NULL, 1, NULL, callback, NULL) == CBP_ERROR_INVALID_ARGUMENT &&
              cbp_callback_method(callback) == CBP_METHOD_POST,
          "a wrong argument leaves the callback");
    check(cbp_profile_callback_into(a_cbp_profile, "{", 1, NULL, callback, NULL) == CBP_ERROR_INVALID_JSON &&
              cbp_callback_method(callback) == 0 && cbp_callback_body(callback).data == NULL,
          "a wrong record empties the callback");
    check(cbp_cipher_encrypt_all(a_cbp_cipher, values, 2, texts, NULL) == CBP_OK && cbp_texts_count(texts) == 2 &&
              cbp_texts_get(texts, 0).len == sizeof TEXT - 1 && memcmp(cbp_texts_get(texts, 0).data, TEXT, sizeof TEXT - 1) == 0 &&
              cbp_texts_get(texts, 1).len == 24,
          "a batch");
    check(cbp_cipher_encrypt_all(a_cbp_cipher, broken, 2, texts, NULL) == CBP_ERROR_INVALID_ARGUMENT &&
              cbp_texts_count(texts) == 2,
          "a wrong value leaves the texts");
    check(cbp_cipher_encrypt_all(a_cbp_cipher, NULL, 0, texts, NULL) == CBP_OK && cbp_texts_count(texts) == 0, "no values");
    cbp_callback_free(callback);
    cbp_texts_free(texts);
}

static void constants(void) {
    cbp_str empty;
    cbp_message *message = NULL;
    cbp_profile *profile = NULL;
    const char *get = "{\"title\":\"get\",\"http_method\":\"GET\",\"url\":\"https://example.com/\"}";
    check(strcmp(cbp_version(), CBP_VERSION) == 0, "CBP_VERSION");
    check(cbp_abi_version() == CBP_ABI_VERSION, "CBP_ABI_VERSION");
    check(cbp_iv_len() == CBP_IV_LEN && cbp_tag_len() == CBP_TAG_LEN, "lengths");
    check(cbp_algorithm_key_len(CBP_ALGORITHM_AES_256_CFB) == CBP_KEY_LEN_MAX, "CBP_KEY_LEN_MAX");
    check(cbp_profile_parse(get, strlen(get), NULL, &profile, NULL) == CBP_OK, "a profile");
    check(cbp_profile_message(profile, "{}", 2, NULL, &message, NULL) == CBP_OK, "a message");
    empty = cbp_message_text(message);
    check(empty.data != NULL && empty.len == 0, "empty text is not NULL");
    check(cbp_profile_body(profile).data == NULL, "text that is not there is NULL");
    check(cbp_profile_cipher(profile) == NULL, "no cipher");
    cbp_message_free(message);
    cbp_profile_free(profile);
}

/* A defect of the library does not end the process. */
/* The parts of a URL are views: of each callback its own, and none of an empty one. */
static void destinations(void) {
    static const char get[] = "{\"title\":\"get\",\"http_method\":\"GET\",\"url\":\"http://Example.com:8080?to=<to>\"}";
    cbp_profile *profile = NULL;
    cbp_callback *callback = cbp_callback_new();
    size_t i;
    check(has_no_text(cbp_callback_host(callback)) && has_no_text(cbp_callback_target(callback)) &&
              cbp_callback_port(callback) == 0 && !cbp_callback_is_https(callback),
          "an empty callback goes nowhere");
    check(cbp_profile_parse(get, sizeof get - 1, NULL, &profile, NULL) == CBP_OK, "a profile with a port");
    for (i = 0; i < 3; i++) { /* more than once: found when first asked for, forgotten when filled again */
        char record[] = "{\"to\":\"0\"}", target[] = "/?to=0";
        record[7] = target[5] = (char)('0' + i);
        check(cbp_profile_callback_into(profile, record, sizeof record - 1, NULL, callback, NULL) == CBP_OK &&
                  is(cbp_callback_target(callback), target) && is(cbp_callback_target(callback), target) &&
                  is(cbp_callback_host(callback), "example.com") && is(cbp_callback_authority(callback), "example.com:8080") &&
                  cbp_callback_port(callback) == 8080 && !cbp_callback_is_https(callback),
              "the parts of a URL");
    }
    check(cbp_profile_callback_into(profile, cbp_callback_target(callback).data, 4, NULL, callback, NULL) ==
                  CBP_ERROR_INVALID_ARGUMENT &&
              is(cbp_callback_target(callback), "/?to=2"),
          "a record that lies in a part of the URL");
    check(cbp_profile_callback_into(profile, "[]", 2, NULL, callback, NULL) == CBP_ERROR_NOT_AN_OBJECT &&
              has_no_text(cbp_callback_host(callback)),
          "a failure empties it");
    check(is(cbp_callback_host(a_cbp_callback), "example.com") && is(cbp_callback_target(a_cbp_callback), "/") &&
              is(cbp_callback_authority(a_cbp_callback), "example.com") && cbp_callback_port(a_cbp_callback) == 443 &&
              cbp_callback_is_https(a_cbp_callback),
          "https");
    cbp_callback_free(callback);
    cbp_profile_free(profile);
}

/* One value after the other: each kind, by name and by pointer, and those that are not there. */
static void opened_values(void) {
    static const char plain[] = "{\"title\":\"plain\",\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\"}}";
    static const char received[] = "{\"null\":null,\"false\":false,\"true\":true,\"number\":1.50,\"string\":\"a\\u0000\\n\","
                                   "\"array\":[1, {\"x/y\":\"z\"}],\"object\":{},\"/a\":\"slash\",\"\":\"\"}";
    static const struct {
        const char *name;
        uint32_t kind;
        const char *value;
        size_t len;
    } cases[] = {{"null", CBP_KIND_NULL, "null", 4},       {"false", CBP_KIND_FALSE, "false", 5},
                 {"true", CBP_KIND_TRUE, "true", 4},       {"number", CBP_KIND_NUMBER, "1.50", 4},
                 {"string", CBP_KIND_STRING, "a\0\n", 3},  {"array", CBP_KIND_ARRAY, "[1,{\"x/y\":\"z\"}]", 15},
                 {"object", CBP_KIND_OBJECT, "{}", 2},     {"/array/0", CBP_KIND_NUMBER, "1", 1},
                 {"/array/1/x~1y", CBP_KIND_STRING, "z", 1}, {"/~1a", CBP_KIND_STRING, "slash", 5},
                 {"", CBP_KIND_STRING, "", 0},             {"absent", 0, NULL, 0},
                 {"/a", 0, NULL, 0},                       {"/array/2", 0, NULL, 0},
                 {"array/0", 0, NULL, 0},                  {"/array/-1", 0, NULL, 0}};
    cbp_profile *profile = NULL;
    cbp_opened *opened = NULL;
    size_t i, ran = 0;
    check(cbp_profile_parse(plain, sizeof plain - 1, NULL, &profile, NULL) == CBP_OK &&
              cbp_profile_open_details(profile, received, sizeof received - 1, NULL, &opened, NULL) == CBP_OK,
          "something opened");
    for (i = 0; i < sizeof cases / sizeof *cases; i++, ran++) {
        uint32_t kind = 99;
        cbp_bytes *value = NULL;
        check(cbp_opened_get(opened, cases[i].name, strlen(cases[i].name), &kind, &value, NULL) == CBP_OK &&
                  kind == cases[i].kind && (value != NULL) == (cases[i].value != NULL) && cbp_bytes_len(value) == cases[i].len &&
                  (!value || memcmp(cbp_bytes_data(value), cases[i].value, cases[i].len + 1) == 0),
              cases[i].name);
        cbp_bytes_free(value);
    }
    check(ran == 16, "all kinds of values");
    cbp_opened_free(opened);
    cbp_profile_free(profile);
}

/* Texts as C strings: whole or not at all. */
static void copies(void) {
    const cbp_str abc = CBP_STR("abc"), none = {NULL, 0}, zero = CBP_STR("a\0b"), inside = {buffer + 2, 3};
    size_t size;
    for (size = 1; size < 8; size++) {
        memset(buffer, 'x', sizeof buffer);
        check(cbp_str_copy(abc, buffer, size) == (size > 3) && strcmp(buffer, size > 3 ? "abc" : "") == 0 &&
                  buffer[size > 3 ? 4 : 1] == 'x',
              "a copy that fits");
    }
    check(cbp_str_copy(CBP_STR(""), buffer, 1) && *buffer == 0, "an empty text");
    *buffer = 'x';
    check(!cbp_str_copy(none, buffer, sizeof buffer) && *buffer == 0, "no text");
    check(!cbp_str_copy(zero, buffer, sizeof buffer) && *buffer == 0 && zero.len == 3, "a zero byte");
    memcpy(buffer, "0123456", 8);
    check(!cbp_str_copy(inside, buffer, sizeof buffer) && strcmp(buffer, "0123456") == 0, "a text in the buffer itself");
    check(!cbp_str_copy(abc, buffer, 0) && *buffer == '0', "no room");
}

static void defects(void) {
    cbp_error *problem = NULL;
    check(cbp_testing_panic(&problem) == CBP_ERROR_INTERNAL, "a defect is a status");
    check(cbp_error_code(problem) == CBP_ERROR_INTERNAL, "a defect is an error");
    cbp_error_free(problem);
    check(cbp_testing_panic(NULL) == CBP_ERROR_INTERNAL, "a defect without an error object");
    check(cbp_testing_panic_value("fallback") != NULL, "a defect in what cannot fail");
}

int main(void) {
    cbp_bytes *bytes = NULL;
    size_t functions, i;
    int made = cbp_schema(&a_cbp_bytes, NULL) == CBP_OK && cbp_schema(NULL, &a_cbp_error) != CBP_OK &&
               cbp_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &a_cbp_profile, NULL) == CBP_OK &&
               cbp_profile_parse("{}", 2, NULL, &out_cbp_profile, &refusal) == CBP_ERROR_INVALID_PROFILE &&
               cbp_profile_open(a_cbp_profile, "{}", 2, NULL, &bytes, &not_opened) == CBP_ERROR_MISSING_PARAMETER &&
               cbp_stored_profiles_parse(LIST, sizeof LIST - 1, NULL, &a_cbp_stored_profiles, NULL) == CBP_OK &&
               cbp_stored_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &a_cbp_stored_profile, NULL) == CBP_OK &&
               cbp_cipher_new(CBP_ALGORITHM_AES_128_GCM, KEY, 16, IV, 16, &a_cbp_cipher, NULL) == CBP_OK &&
               cbp_profile_callback(a_cbp_profile, RECORD, sizeof RECORD - 1, NULL, &a_cbp_callback, NULL) == CBP_OK &&
               cbp_profile_message(a_cbp_profile, RECORD, sizeof RECORD - 1, NULL, &a_cbp_message, NULL) == CBP_OK &&
               cbp_profile_open_details(a_cbp_profile, RECEIVED, sizeof RECEIVED - 1, NULL, &a_cbp_opened, NULL) == CBP_OK &&
               cbp_profile_fields(a_cbp_profile, &a_cbp_fields, NULL) == CBP_OK &&
               cbp_diagnose(a_cbp_profile, values, 2, NULL, &a_cbp_diagnosis, NULL) == CBP_OK &&
               cbp_envelope_parse(ENVELOPE, sizeof ENVELOPE - 1, &a_cbp_envelope, NULL) == CBP_OK &&
               cbp_signer_new(signing_secrets, 2, &a_cbp_signer, NULL) == CBP_OK &&
               cbp_verifier_new(signing_secrets, 2, &a_cbp_verifier, NULL) == CBP_OK &&
               cbp_signer_sign(a_cbp_signer, "id", 2, 1, RECEIVED, sizeof RECEIVED - 1, &a_cbp_signature, NULL) == CBP_OK &&
               cbp_key_ring_by_header("a", 1, &a_cbp_key_ring, NULL) == CBP_OK &&
               cbp_key_ring_by_header("a", 1, &an_empty_ring, NULL) == CBP_OK &&
               cbp_key_ring_add(a_cbp_key_ring, "b", 1, a_cbp_profile, NULL) == CBP_OK &&
               cbp_hazmat_gcm_seal(KEY, 16, IV, 16, "a", 1, "John", 4, &bytes, NULL) == CBP_OK;
    a_cbp_parse_options = cbp_parse_options_new();
    a_cbp_call_options = cbp_call_options_new();
    a_cbp_texts = cbp_texts_new();
    a_cbp_diagnose_options = cbp_diagnose_options_new();
    for (i = 0; i < 3; i++) {
        signed_headers[i].name = cbp_signature_header_name(a_cbp_signature, i);
        signed_headers[i].value = cbp_signature_header_value(a_cbp_signature, i);
    }
    made = made && cbp_profile_receive(a_cbp_profile, a_cbp_verifier, signed_headers, 5, "/", 1, RECEIVED, sizeof RECEIVED - 1, 1,
                                       0, NULL, &a_cbp_received, NULL) == CBP_OK;
    listed[0] = listed[1] = no_listed[0] = a_cbp_stored_profile;
    profiles[0] = profiles[1] = no_profiles[0] = a_cbp_profile;
    if (!made || !a_cbp_diagnose_options || !a_cbp_parse_options || !a_cbp_call_options || !a_cbp_texts) return printf("FAILED misuse: nothing to misuse\n"), 1;
    memcpy(sealed, cbp_bytes_data(bytes), cbp_bytes_len(bytes));
    cbp_bytes_free(bytes);

    functions = misuse_all();
    buffers();
    buffers_that_overlap();
    records_that_overlap();
    values_that_overlap(CBP_ALGORITHM_AES_128_GCM);
    values_that_overlap(CBP_ALGORITHM_AES_128_CFB);
    classes();
    errors_as_json();
    parameters();
    diagnoses();
    used_again();
    destinations();
    opened_values();
    copies();
    constants();
    defects();

    cbp_bytes_free(a_cbp_bytes);
    cbp_error_free(a_cbp_error);
    cbp_error_free(refusal);
    cbp_parse_options_free(a_cbp_parse_options);
    cbp_call_options_free(a_cbp_call_options);
    cbp_cipher_free(a_cbp_cipher);
    cbp_profile_free(a_cbp_profile);
    cbp_stored_profile_free(a_cbp_stored_profile);
    cbp_stored_profile_free(stored);
    cbp_callback_free(a_cbp_callback);
    cbp_texts_free(a_cbp_texts);
    cbp_opened_free(a_cbp_opened);
    cbp_fields_free(a_cbp_fields);
    cbp_diagnose_options_free(a_cbp_diagnose_options);
    cbp_diagnosis_free(a_cbp_diagnosis);
    cbp_message_free(a_cbp_message);
    cbp_envelope_free(a_cbp_envelope);
    cbp_signer_free(a_cbp_signer);
    cbp_signature_free(a_cbp_signature);
    cbp_verifier_free(a_cbp_verifier);
    cbp_received_free(a_cbp_received);
    cbp_key_ring_free(a_cbp_key_ring);
    cbp_key_ring_free(an_empty_ring);
    printf("misuse: %zu functions\n", functions);
    printf("count misuse c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || functions < 263;
}
