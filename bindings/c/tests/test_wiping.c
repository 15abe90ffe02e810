/* Plaintexts of encrypted values in memory that the library frees: there are none, after successes and errors alike.
 *
 * This program's own free() and realloc() look at every block before it goes back. */
#define _GNU_SOURCE
#include "cases.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "hunter2SECRETplaintext"
#define ENC ",\"enc\":{\"algo\":\"%s\",\"key\":\"K1abcdefghijkl2P\",\"IV\":\"POabcdefghijklLY\"}}"

void __libc_free(void *block);
void *__libc_realloc(void *block, size_t size);

static int watching;
static size_t blocks, leaks, checks, failures;
static const char *stage = "";

/* Whether a block holds the secret: the first byte is looked for, since most blocks hold none. */
static void look(void *block) {
    size_t size = malloc_usable_size(block);
    blocks++;
    if (!memmem(block, size, SECRET, sizeof SECRET - 1)) return;
    leaks++;
    memset(block, 0, size); /* once: the same memory may become a block that is not filled to its end */
}

void free(void *block) {
    if (block && watching) look(block);
    __libc_free(block);
}

void *realloc(void *block, size_t size) {
    /* A block may move, and its old memory is then free. */
    if (block && watching) {
        void *copy = malloc(size);
        size_t old = malloc_usable_size(block);
        if (!copy) return NULL;
        memcpy(copy, block, old < size ? old : size);
        free(block);
        return copy;
    }
    return __libc_realloc(block, size);
}

static void check(int right, const char *what) {
    checks++;
    if (right) return;
    failures++;
    printf("FAILED wiping: %s: %s\n", stage, what);
}

/* Ends what is watched: nothing of it may have held the secret. */
static void clean(const char *what) {
    watching = 0;
    check(blocks > 0, "no block was freed");
    check(leaks == 0, what);
    blocks = leaks = 0;
}

typedef struct {
    const char *name, *members;
    const char *last; /* the value of `e`, which is opened last */
    cbp_status bad_boundary;
} kind;

static cbp_profile *profile_of(const char *members, const char *algorithm) {
    char json[1024];
    cbp_profile *profile = NULL;
    cbp_parse_options *options = cbp_parse_options_new();
    /* Hexadecimal: a digit of one text can be spoiled without touching what is around it. */
    check(cbp_parse_options_set_wire_format(options, CBP_ENCODING_HEX, CBP_TAG_APPENDED, CBP_READING_TOLERANT, NULL) == CBP_OK, "hex");
    snprintf(json, sizeof json, "{\"title\":\"wiping\",%s" ENC, members, algorithm);
    if (cbp_profile_parse(json, strlen(json), options, &profile, NULL) != CBP_OK) printf("FAILED wiping: %s\n", json), failures++;
    cbp_parse_options_free(options);
    return profile;
}

/* The text of the last value in what was received. */
static char *last_text(const cbp_profile *profile, const kind *k, char *received, size_t len, size_t *text_len) {
    char text[256];
    char *found = NULL;
    if (cbp_cipher_encrypt(cbp_profile_cipher(profile), k->last, strlen(k->last), text, sizeof text, text_len, NULL) == CBP_OK)
        found = (char *)memmem(received, len, text, *text_len);
    check(found != NULL, "the last text is found");
    return found;
}

/* Opens what has a wrong character in its last text: all values before it are open by then. */
static void refused(const cbp_profile *profile, const cbp_call_options *options, const char *received, size_t len,
                    cbp_status wanted, const char *what) {
    cbp_bytes *opened = NULL;
    cbp_error *error = NULL;
    watching = 1;
    check(cbp_profile_open(profile, received, len, options, &opened, &error) == wanted && !opened, what);
    check(cbp_error_parameter_count(error) == 1 && cbp_error_parameter(error).len == 1 &&
              cbp_error_parameter(error).data[0] == 'e',
          "the last value is refused and no other");
    cbp_error_free(error);
    clean("opening what is broken leaves the plaintext");
}

/* A value that needs no escape, one that has escapes, an array of many, and a text around a value. */
static const char record[] = "{\"a\":\"" SECRET "\",\"b\":\"\\u0022\\n" SECRET "\\u00e9\",\"c\":[\"" SECRET "1\",\"" SECRET "2\",{\"d\":\"" SECRET "\"}]}";

static void callbacks(const kind *k, const char *algorithm, int is_gcm) {
    cbp_profile *profile = profile_of(k->members, algorithm);
    cbp_callback *callback = NULL, *again = NULL;
    cbp_call_options *options = cbp_call_options_new();
    cbp_bytes *opened = NULL;
    cbp_opened *details = NULL;
    cbp_error *error = NULL;
    cbp_str received;
    char copy[4096];
    char *text, *digit;
    size_t i, len, text_len = 0;
    check(cbp_call_options_allow_all_structures(options, NULL) == CBP_OK, "structures");
    watching = 1;
    check(cbp_profile_callback(profile, record, sizeof record - 1, NULL, &callback, NULL) == CBP_OK, "a callback");
    received = cbp_callback_body(callback).data ? cbp_callback_body(callback) : cbp_callback_url(callback);
    len = received.len;
    check(len > 0 && len < sizeof copy, "what is received");
    memcpy(copy, received.data, len < sizeof copy ? len : 0);
    cbp_callback_free(callback);
    clean("a callback leaves the plaintext");

    watching = 1;
    again = cbp_callback_new();
    for (i = 0; i < 3; i++)
        check(cbp_profile_callback_into(profile, record, sizeof record - 1, NULL, again, NULL) == CBP_OK, "filled");
    /* The record ends too early, so that its values are read already. */
    check(cbp_profile_callback_into(profile, record, sizeof record - 2, NULL, again, &error) == CBP_ERROR_INVALID_JSON, "an error");
    cbp_error_free(error);
    check(cbp_call_options_set_boundary(options, "bad boundary ", 13, NULL) == CBP_OK, "a boundary");
    error = NULL;
    check(cbp_profile_callback_into(profile, record, sizeof record - 1, options, again, &error) == k->bad_boundary, "a bad boundary");
    cbp_error_free(error);
    cbp_callback_free(again);
    clean("a callback that is filled again leaves the plaintext");

    watching = 1;
    check(cbp_profile_open(profile, copy, len, options, &opened, NULL) == CBP_OK, "opened");
    check(opened && strstr(cbp_bytes_data(opened), SECRET) != NULL, "the plaintext is there");
    cbp_bytes_free(opened);
    check(cbp_profile_open_details(profile, copy, len, options, &details, NULL) == CBP_OK, "opened in detail");
    cbp_opened_free(details);
    clean("opening leaves the plaintext");

    text = last_text(profile, k, copy, len, &text_len);
    if (text) {
        /* The highest bit of the last byte, which makes it no UTF-8 under CFB: the rest of the value is still the secret. */
        digit = text + text_len - 2 - (is_gcm ? 2 * CBP_TAG_LEN : 0);
        *digit = "0123456789abcdef"[(unsigned)(*digit <= '9' ? *digit - '0' : *digit - 'a' + 10) ^ 8];
        refused(profile, options, copy, len, is_gcm ? CBP_ERROR_AUTH_FAILED : CBP_ERROR_NOT_UTF8, "a changed text");
        *digit = 'g';
        refused(profile, options, copy, len, CBP_ERROR_INVALID_ENCODING, "a text that is no hexadecimal");
    }
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

/* Diagnoses with the expected value and a shown one: of the profile's own reading, of a text that the search explains, of
 * several texts and of a whole callback. */
static void diagnoses(const char *algorithm, int is_gcm) {
    cbp_profile *profile = profile_of("\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\"}", algorithm);
    cbp_diagnose_options *options;
    cbp_diagnosis *diagnosis = NULL;
    cbp_bytes *json = NULL;
    char own[256], other[256] = {0}, body[512];
    const cbp_str expected = {SECRET, sizeof SECRET - 1};
    cbp_str texts[2];
    size_t i, len = 0, tag = is_gcm ? 2 * CBP_TAG_LEN : 0;
    check(cbp_cipher_encrypt(cbp_profile_cipher(profile), SECRET, sizeof SECRET - 1, own, sizeof own, &len, NULL) == CBP_OK, "a text");
    /* The tag first; under CFB, an IV before the text, which has no meaning there but is searched for. */
    memcpy(other, own + len - tag, tag);
    memcpy(other + tag, own, len - tag);
    if (!is_gcm) other[0] ^= 1;
    snprintf(body, sizeof body, "{\"a\":\"%.*s\"}", (int)len, own);
    for (i = 0; i < 6; i++) {
        texts[0].data = i % 3 == 1 ? other : own;
        texts[0].len = len;
        texts[1] = texts[0];
        watching = 1;
        options = cbp_diagnose_options_new();
        check(cbp_diagnose_options_set_show(options, true, NULL) == CBP_OK, "show");
        if (i < 3) check(cbp_diagnose_options_set_expected(options, &expected, 1, NULL) == CBP_OK, "expected");
        if (i % 3 == 2) check(cbp_diagnose_options_set_body(options, body, strlen(body), NULL) == CBP_OK, "a body");
        check(cbp_diagnose(profile, texts, i == 4 ? 2 : 1, options, &diagnosis, NULL) == CBP_OK, "a diagnosis");
        check(cbp_diagnosis_to_json(diagnosis, &json, NULL) == CBP_OK, "its JSON");
        check(!is_gcm || i == 4 || i % 3 == 2 || strstr(cbp_bytes_data(json), "\"value\":\"" SECRET "\"") != NULL, "the value is shown");
        check(!is_gcm || i != 1 || cbp_diagnosis_finding_settings(diagnosis, 0).data != NULL, "the search found it");
        cbp_bytes_free(json);
        cbp_diagnosis_free(diagnosis);
        cbp_diagnose_options_free(options);
        clean("a diagnosis leaves the plaintext");
    }
    cbp_profile_free(profile);
}

/* A sealed callback, made, signed, received and refused; the keys of profile and signer at their end. */
static void sealed(void) {
    static const char key[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    static const char json[] = "{\"title\":\"wiping\",\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\",\"b\":\"<b>\"},"
                               "\"enc\":{\"version\":2,\"kid\":\"k\",\"key\":\"cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}}";
    const cbp_str secret = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 38};
    cbp_call_options *options = cbp_call_options_new();
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL;
    cbp_signer *signer = NULL;
    cbp_verifier *verifier = NULL;
    cbp_signature *signature = NULL;
    cbp_received *received = NULL;
    cbp_header headers[3];
    cbp_str body;
    size_t i;
    check(cbp_call_options_set_random(options, key, 32, NULL) == CBP_OK && cbp_call_options_set_issued_at(options, 5, NULL) == CBP_OK &&
              cbp_call_options_set_id(options, "m", 1, NULL) == CBP_OK &&
              cbp_call_options_set_expected(options, false, 0, 0, 0, NULL, 0, NULL, 0, NULL) == CBP_OK &&
              cbp_call_options_allow_all_structures(options, NULL) == CBP_OK,
          "options");
    check(cbp_profile_parse(json, sizeof json - 1, NULL, &profile, NULL) == CBP_OK, "a profile");
    watching = 1;
    check(cbp_profile_callback(profile, record, sizeof record - 1, options, &callback, NULL) == CBP_OK, "sealed");
    body = cbp_callback_body(callback);
    check(cbp_signer_new(&secret, 1, &signer, NULL) == CBP_OK && cbp_verifier_new(&secret, 1, &verifier, NULL) == CBP_OK &&
              cbp_callback_sign(callback, signer, "m", 1, 5, CBP_COVERAGE_REQUIRED, &signature, NULL) == CBP_OK,
          "signed");
    for (i = 0; i < 3; i++) {
        headers[i].name = cbp_signature_header_name(signature, i);
        headers[i].value = cbp_signature_header_value(signature, i);
    }
    check(cbp_profile_receive(profile, verifier, headers, 3, "/", 1, body.data, body.len, 5, 0, options, &received, NULL) == CBP_OK &&
              memmem(cbp_opened_json(cbp_received_opened(received)).data, cbp_opened_json(cbp_received_opened(received)).len,
                     SECRET, sizeof SECRET - 1) != NULL,
          "received");
    cbp_received_free(received);
    check(cbp_call_options_set_expected(options, true, 1000, 0, 0, NULL, 0, NULL, 0, NULL) == CBP_OK &&
              cbp_profile_receive(profile, verifier, headers, 3, "/", 1, body.data, body.len, 5, 0, options, &received, NULL) ==
                  CBP_ERROR_AUTH_FAILED,
          "too late");
    cbp_signature_free(signature);
    cbp_callback_free(callback);
    cbp_signer_free(signer);
    cbp_verifier_free(verifier);
    clean("a sealed callback leaves the plaintext");
    cbp_profile_free(profile);
    cbp_call_options_free(options);
}

/* The target of a callback that is not encrypted, and values that are taken out of what was opened. */
static void parts(void) {
    static const char get[] = "{\"title\":\"wiping\",\"http_method\":\"GET\",\"url\":\"https://example.com?a=<a>\"}";
    static const char post[] = "{\"title\":\"wiping\",\"http_method\":\"POST\",\"url\":\"https://example.com\",\"body\":{\"a\":\"<a>\"}}";
    static const char *const names[] = {"a", "b", "/c/2/d", "c", "/c/0", "none"};
    cbp_profile *profile = NULL, *opening = NULL;
    cbp_callback *callback = cbp_callback_new();
    cbp_opened *opened = NULL;
    size_t i;
    check(cbp_profile_parse(get, sizeof get - 1, NULL, &profile, NULL) == CBP_OK &&
              cbp_profile_parse(post, sizeof post - 1, NULL, &opening, NULL) == CBP_OK,
          "profiles");
    watching = 1;
    for (i = 0; i < 2; i++) {
        check(cbp_profile_callback_into(profile, record, sizeof record - 1, NULL, callback, NULL) == CBP_OK, "a callback");
        check(memmem(cbp_callback_target(callback).data, cbp_callback_target(callback).len, SECRET, sizeof SECRET - 1) != NULL,
              "the target has the value");
    }
    cbp_callback_free(callback);
    clean("a target leaves the plaintext");
    check(cbp_profile_open_details(opening, record, sizeof record - 1, NULL, &opened, NULL) == CBP_OK, "opened");
    for (i = 0; i < 6; i++) {
        cbp_bytes *value = NULL;
        uint32_t value_kind = 0;
        watching = 1;
        check(cbp_opened_get(opened, names[i], strlen(names[i]), &value_kind, &value, NULL) == CBP_OK, "a value");
        check(i == 5 ? !value : strstr(cbp_bytes_data(value), SECRET) != NULL, names[i]);
        cbp_bytes_free(value);
        clean("a value leaves the plaintext");
    }
    cbp_opened_free(opened);
    cbp_profile_free(profile);
    cbp_profile_free(opening);
}

int main(void) {
    static const char *const algorithms[] = {"AES-128-GCM", "AES-128-CFB"};
    static const kind kinds[] = {
        {"JSON", "\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}",
         "x " SECRET " y", CBP_OK},
        {"form", "\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"headers\":{\"content-type\":\"application/x-www-form-urlencoded\"},"
                 "\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}",
         "x " SECRET " y", CBP_OK},
        {"multipart", "\"http_method\":\"PUT\",\"url\":\"https://example.com/\",\"headers\":{\"content-type\":\"multipart/form-data\"},"
                      "\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}",
         "x " SECRET " y", CBP_ERROR_INVALID_BOUNDARY},
        {"GET", "\"http_method\":\"GET\",\"url\":\"https://example.com/?a=<a>&b=<b>&e=x%20<a>%20y\"", "x " SECRET " y", CBP_OK},
    };
    size_t algorithm, i, ran = 0;
    char name[64];
    cbp_call_options *options;
    void *planted;
    watching = 1;
    planted = malloc(64);
    if (planted) memcpy(planted, SECRET, sizeof SECRET);
    free(planted);
    watching = 0;
    check(leaks == 1, "a planted plaintext is found");
    /* No plaintext to the library, which frees its copy as it is. */
    watching = 1;
    options = cbp_call_options_new();
    check(cbp_call_options_set_content_type(options, SECRET, sizeof SECRET - 1, NULL) == CBP_OK, "a content type");
    cbp_call_options_free(options);
    watching = 0;
    check(leaks == 2, "what the library frees is looked at");
    blocks = leaks = 0;
    for (algorithm = 0; algorithm < 2; algorithm++)
        for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            snprintf(name, sizeof name, "%s, %s", kinds[i].name, algorithms[algorithm]);
            stage = name;
            callbacks(&kinds[i], algorithms[algorithm], algorithm == 0);
            ran++;
        }
    for (algorithm = 0; algorithm < 2; algorithm++) {
        snprintf(name, sizeof name, "diagnosis, %s", algorithms[algorithm]);
        stage = name;
        diagnoses(algorithms[algorithm], algorithm == 0);
        ran++;
    }
    stage = "sealed";
    sealed();
    ran++;
    stage = "parts";
    parts();
    ran++;
    printf("count wiping c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || ran != 12;
}
