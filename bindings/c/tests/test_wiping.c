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
static void look(const void *block) {
    size_t size = malloc_usable_size((void *)(size_t)block);
    blocks++;
    if (memmem(block, size, SECRET, sizeof SECRET - 1)) leaks++;
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

static cbp_profile *profile_of(const char *members, const char *algorithm) {
    char json[1024];
    cbp_profile *profile = NULL;
    snprintf(json, sizeof json, "{\"title\":\"wiping\",%s" ENC, members, algorithm);
    if (cbp_profile_parse(json, strlen(json), NULL, &profile, NULL) != CBP_OK) printf("FAILED wiping: %s\n", json), failures++;
    return profile;
}

/* A value that needs no escape, one that has escapes, an array of many, and a text around a value. */
static const char record[] = "{\"a\":\"" SECRET "\",\"b\":\"\\u0022\\n" SECRET "\\u00e9\",\"c\":[\"" SECRET "1\",\"" SECRET "2\",{\"d\":\"" SECRET "\"}]}";

static void callbacks(const char *members, const char *algorithm) {
    cbp_profile *profile = profile_of(members, algorithm);
    cbp_callback *callback = NULL, *again = NULL;
    cbp_call_options *options = cbp_call_options_new();
    cbp_bytes *opened = NULL;
    cbp_opened *details = NULL;
    cbp_error *error = NULL;
    cbp_str received;
    char copy[4096];
    size_t i, len;
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
    if (cbp_profile_callback_into(profile, record, sizeof record - 1, options, again, &error) != CBP_OK) cbp_error_free(error);
    cbp_callback_free(again);
    clean("a callback that is filled again leaves the plaintext");

    watching = 1;
    check(cbp_profile_open(profile, copy, len, options, &opened, NULL) == CBP_OK, "opened");
    check(opened && strstr(cbp_bytes_data(opened), SECRET) != NULL, "the plaintext is there");
    cbp_bytes_free(opened);
    check(cbp_profile_open_details(profile, copy, len, options, &details, NULL) == CBP_OK, "opened in detail");
    cbp_opened_free(details);
    clean("opening leaves the plaintext");

    /* The last value is broken, so that the others are open already. */
    watching = 1;
    for (i = len - 1; i > len / 2; i--)
        if (copy[i] == '=' || copy[i] == '"') copy[i] = '!';
    error = NULL;
    check(cbp_profile_open(profile, copy, len, options, &opened, &error) != CBP_OK, "what is broken does not open");
    cbp_error_free(error);
    clean("opening what is broken leaves the plaintext");
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

int main(void) {
    static const char *const algorithms[] = {"AES-128-GCM", "AES-128-CFB"};
    static const char *const kinds[][2] = {
        {"JSON", "\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}"},
        {"form", "\"http_method\":\"POST\",\"url\":\"https://example.com/\",\"headers\":{\"content-type\":\"application/x-www-form-urlencoded\"},"
                 "\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}"},
        {"multipart", "\"http_method\":\"PUT\",\"url\":\"https://example.com/\",\"headers\":{\"content-type\":\"multipart/form-data\"},"
                      "\"body\":{\"a\":\"<a>\",\"b\":\"<b>\",\"c\":\"<c>\",\"e\":\"x <a> y\"}"},
        {"GET", "\"http_method\":\"GET\",\"url\":\"https://example.com/?a=<a>&b=<b>&e=x%20<a>\""},
    };
    size_t algorithm, kind, ran = 0;
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
        for (kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
            snprintf(name, sizeof name, "%s, %s", kinds[kind][0], algorithms[algorithm]);
            stage = name;
            callbacks(kinds[kind][1], algorithms[algorithm]);
            ran++;
        }
    printf("count wiping c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || ran != 8;
}
