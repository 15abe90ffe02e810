/* Names from outside that would forge a line of a log or turn its text around, through every error and every JSON text of
 * the library: one line, nothing raw, no secret. What is data (pointers, parameters, missing names) stays as it was sent. */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY "K1abcdefghijkl2P"
#define IV "POabcdefghijklLY"
#define SECRET "hunter2secret"

/* As JSON escapes and as bytes: a line of its own, a colour, text direction, a C string's end, other line breaks. */
static const char *const escaped[] = {"x\\ny", "x\\u001b[31my", "x\\u202ey", "x\\u2066y", "x\\u0000y", "x\\ry", "x\\u2028y", "x\\u0085y"};
static const char *const raw[] = {"x\ny", "x\033[31my", "x\342\200\256y", "x\342\201\246y", NULL, "x\ry", "x\342\200\250y", "x\302\205y"};
enum { NAMES = sizeof escaped / sizeof *escaped };

static size_t checks, failures, errors_seen;
static char text[4096];

static void check(int right, const char *what, size_t name) {
    checks++;
    if (right) return;
    failures++;
    printf("FAILED names: %s: %s\n", what, escaped[name]);
}

static int has(cbp_str shown, const char *part) {
    size_t i, len = strlen(part);
    for (i = 0; i + len <= shown.len; i++)
        if (memcmp(shown.data + i, part, len) == 0) return 1;
    return 0;
}

/* What a log would hold. */
static void is_harmless(cbp_str shown, const char *what, size_t name) {
    static const char *const marks[] = {"\302\205", "\342\200\250", "\342\200\251", "\342\200\256", "\342\201\246"};
    size_t i;
    int controls = 0, directions = 0;
    for (i = 0; i < shown.len; i++) controls += (unsigned char)shown.data[i] < ' ' || shown.data[i] == 127;
    for (i = 0; i < sizeof marks / sizeof *marks; i++) directions += has(shown, marks[i]);
    check(shown.len > 0, what, name);
    check(controls == 0 && directions == 0, what, name);
    check(!has(shown, KEY) && !has(shown, IV) && !has(shown, SECRET), "a secret in a message", name);
}

/* Takes a result. */
static void bytes_are_harmless(cbp_bytes *bytes, const char *what, size_t name) {
    cbp_str shown = {cbp_bytes_data(bytes), cbp_bytes_len(bytes)};
    is_harmless(shown, what, name);
    cbp_bytes_free(bytes);
}

/* Takes an error, which must be there, and looks at every text of it. */
static void error_is_harmless(cbp_error *error, const char *what, size_t name) {
    cbp_bytes *json = NULL;
    size_t i;
    check(error != NULL, what, name);
    if (!error) return;
    errors_seen++;
    is_harmless(cbp_error_message(error), what, name);
    for (i = 0; i < cbp_error_violation_count(error); i++) {
        is_harmless(cbp_error_violation_message(error, i), what, name);
        is_harmless(cbp_error_violation_keyword(error, i), what, name);
    }
    check(cbp_error_to_json(error, &json, NULL) == CBP_OK, what, name);
    bytes_are_harmless(json, what, name);
    cbp_error_free(error);
}

/* A create payload: `parts` is more of its members, `body` its body. */
static const char *payload(const char *parts, const char *body, const char *params) {
    snprintf(text, sizeof text,
             "{\"title\":\"names\",\"http_method\":\"POST\",\"url\":\"https://example.com/\",%s\"body\":{%s},\"enc\":{\"algo\":"
             "\"AES-128-GCM\",\"key\":\"" KEY "\",\"IV\":\"" IV "\"%s}}",
             parts, body, params);
    return text;
}

static cbp_error *refused(const char *json, uint32_t policy) {
    cbp_parse_options *options = cbp_parse_options_new();
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    if (cbp_parse_options_set_policy(options, policy, NULL) != CBP_OK ||
        cbp_profile_parse(json, strlen(json), options, &profile, &error) == CBP_OK)
        printf("FAILED names: accepted %s\n", json), failures++;
    cbp_profile_free(profile);
    cbp_parse_options_free(options);
    return error;
}

static cbp_profile *profile_of(const char *json) {
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_parse(json, strlen(json), NULL, &profile, &error) != CBP_OK)
        printf("FAILED names: %.*s\n", CBP_STR_ARG(cbp_error_message(error))), failures++;
    cbp_error_free(error);
    return profile;
}

static cbp_error *not_opened(const cbp_profile *profile, const char *received, size_t len, const cbp_call_options *options) {
    cbp_bytes *json = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_open(profile, received, len, options, &json, &error) == CBP_OK) printf("FAILED names: opened\n"), failures++;
    cbp_bytes_free(json);
    return error;
}

/* Members, headers and enc.params of a payload. */
static void payloads(size_t name) {
    char part[256];
    cbp_bytes *json = NULL;
    cbp_profile *profile;
    snprintf(part, sizeof part, "\"%s\":\"" SECRET "\",", escaped[name]);
    error_is_harmless(refused(payload(part, "", ""), CBP_POLICY_STRICT), "an unknown member", name);
    profile = profile_of(payload(part, "", ""));
    check(cbp_profile_advisory_count(profile) > 0, "advisories", name);
    check(cbp_profile_advisories(profile, &json, NULL) == CBP_OK, "advisories", name);
    bytes_are_harmless(json, "advisories", name);
    cbp_profile_free(profile);
    snprintf(part, sizeof part, "\"headers\":{\"%s\":\"" SECRET "\"},", escaped[name]);
    error_is_harmless(refused(payload(part, "", ""), CBP_POLICY_DOCUMENTED), "a header's name", name);
    snprintf(part, sizeof part, ",\"params\":[\"%s\"]", escaped[name]);
    error_is_harmless(refused(payload("", "\"a\":\"<a>\"", part), CBP_POLICY_STRICT), "enc.params", name);
    snprintf(part, sizeof part, "\"%s\":1,\"%s\":2,", escaped[name], escaped[name]);
    error_is_harmless(refused(payload(part, "", ""), CBP_POLICY_DOCUMENTED), "a name twice", name);
}

/* What is received: names of the profile, names that it does not have, content types. */
static void receiving(size_t name) {
    char part[256];
    cbp_call_options *options = cbp_call_options_new();
    cbp_opened *opened = NULL;
    cbp_error *error = NULL;
    cbp_profile *profile;
    const char *received;
    snprintf(part, sizeof part, "\"%s\":\"<a>\"", escaped[name]);
    profile = profile_of(payload("", part, ""));
    error_is_harmless(not_opened(profile, "{}", 2, NULL), "a missing parameter", name);
    snprintf(part, sizeof part, "{\"%s\":1}", escaped[name]);
    error_is_harmless(not_opened(profile, part, strlen(part), NULL), "a number", name);
    snprintf(part, sizeof part, "{\"%s\":\"%s\"}", escaped[name], SECRET);
    error_is_harmless(not_opened(profile, part, strlen(part), NULL), "a text in clear", name);
    cbp_profile_free(profile);

    profile = profile_of(payload("", "\"a\":\"<a>\"", ",\"params\":[\"a\"]"));
    snprintf(part, sizeof part, "{\"%s\":1,\"a\":\"Y6rpazJmRslMExC1cCu3+DXVWA4=\"}", escaped[name]);
    check(cbp_profile_open_details(profile, part, strlen(part), NULL, &opened, NULL) == CBP_OK &&
              cbp_opened_unknown_count(opened) == 1,
          "an unknown parameter is listed", name);
    cbp_opened_free(opened);
    received = raw[name];
    if (received && cbp_call_options_set_content_type(options, received, strlen(received), &error) == CBP_OK) {
        error_is_harmless(not_opened(profile, part, strlen(part), options), "a content type", name);
        error_is_harmless(not_opened(profile, received, strlen(received), NULL), "a body that is not JSON", name);
    }
    cbp_profile_free(profile);

    profile = profile_of(payload("\"headers\":{\"content-type\":\"application/x-www-form-urlencoded\"},", "\"a\":\"<a>\"", ""));
    snprintf(part, sizeof part, "x%%0Ay%%E2%%80%%AE=1&x%%0Ay%%E2%%80%%AE=2&a=1");
    error_is_harmless(not_opened(profile, part, strlen(part), NULL), "a form", name);
    cbp_profile_free(profile);
    cbp_call_options_free(options);
    cbp_error_free(error);
}

/* The request's own headers, and names that a record lacks. */
static void requests_and_records(size_t name) {
    static const char lacking[] = "{\"title\":\"names\",\"http_method\":\"GET\",\"url\":\"https://example.com/\",\"response_message\":\"{\\\"a\\\": "
                                  "\\\"b\\\"}\"}";
    cbp_header headers[2] = {{{"api-key", 7}, {NULL, 0}}, {{"content-type", 12}, {NULL, 0}}};
    cbp_call_options *options = cbp_call_options_new();
    cbp_envelope *envelope = NULL;
    cbp_profile *profile = NULL;
    cbp_message *message = NULL;
    cbp_bytes *json = NULL;
    cbp_error *error = NULL;
    const char *value = raw[name] ? raw[name] : "x\001y";
    size_t len = strlen(value);
    headers[0].value.data = headers[1].value.data = value;
    headers[0].value.len = headers[1].value.len = len;
    check(cbp_request_parse(value, len, headers, 2, "{}", 2, NULL, &profile, &error) == CBP_ERROR_INVALID_REQUEST, "a request",
          name);
    check(cbp_envelope_refused(error, &envelope, NULL) == CBP_OK, "an envelope", name);
    is_harmless(cbp_envelope_message(envelope), "an envelope", name);
    check(cbp_envelope_to_json(envelope, &json, NULL) == CBP_OK, "an envelope", name);
    bytes_are_harmless(json, "an envelope", name);
    cbp_envelope_free(envelope);
    error_is_harmless(error, "a request", name);
    profile = profile_of(lacking);
    error = NULL;
    check(cbp_call_options_set_missing(options, CBP_MISSING_ERROR, NULL) == CBP_OK &&
              cbp_profile_message(profile, "{}", 2, options, &message, &error) == CBP_ERROR_MISSING_VALUE,
          "a record that lacks a name", name);
    error_is_harmless(error, "a record that lacks a name", name);
    error = NULL;
    check(cbp_profile_message(profile, value, len, NULL, &message, &error) == CBP_ERROR_INVALID_JSON, "no record", name);
    error_is_harmless(error, "no record", name);
    cbp_profile_free(profile);
    cbp_call_options_free(options);
}

int main(void) {
    size_t name;
    for (name = 0; name < NAMES; name++) {
        payloads(name);
        receiving(name);
        requests_and_records(name);
    }
    printf("count names c ran=%zu refused=0 failed=%zu\n", checks, failures);
    return failures > 0 || errors_seen < NAMES * 13 - 2;
}
