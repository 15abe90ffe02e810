/* Published test vectors and our own, from C: test_vectors FOLDER. `make vectors` writes the folder; what the fields of a
 * line are says scripts/vectors/fetch.py. The library needs the feature hazmat. */
#define CBP_HAZMAT
#include "callback_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FIELDS 12

typedef struct {
    const char *operation, *expected, *name, *fields[MOST_FIELDS];
    size_t count;
    cbp_str bytes[MOST_FIELDS]; /* the fields that were decoded, each in memory of its own size */
} row;

static const char *suite_name, *row_name;
static size_t failed;

static cbp_str str(const char *text) {
    cbp_str view = {text, strlen(text)};
    return view;
}

static void fail(const char *what, cbp_str got, cbp_str want) {
    printf("FAILED %s: %s: %s\n  got  %.*s\n  want %.*s\n", suite_name, row_name, what, CBP_STR_ARG(got),
           CBP_STR_ARG(want));
    failed++;
}

static int equal(cbp_str a, cbp_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static void check(const char *what, cbp_str got, cbp_str want) {
    if (!equal(got, want)) fail(what, got, want);
}

/* A status that must be CBP_OK; frees the error. */
static int succeeded(const char *what, cbp_status status, cbp_error *error) {
    if (status != CBP_OK) fail(what, cbp_error_message(error), str("success"));
    cbp_error_free(error);
    return status == CBP_OK;
}

/* Takes a result and frees it. */
static void check_bytes(const char *what, cbp_bytes *bytes, cbp_str want) {
    cbp_str got = {cbp_bytes_data(bytes), cbp_bytes_len(bytes)};
    check(what, got, want);
    cbp_bytes_free(bytes);
}

static int is_ok(const row *r) { return strcmp(r->expected, "ok") == 0; }

/* The reason after `refused:`, or NULL. */
static const char *refused(const row *r) { return strncmp(r->expected, "refused:", 8) == 0 ? r->expected + 8 : NULL; }

static int digit(char c) {
    const char *digits = "0123456789abcdef", *found = c ? strchr(digits, c) : NULL;
    if (!found) {
        printf("FAILED %s: %s: no hexadecimal\n", suite_name, row_name);
        exit(1);
    }
    return (int)(found - digits);
}

/* Decodes a field. */
static cbp_str bytes(row *r, size_t field) {
    size_t len = strlen(r->fields[field]) / 2, i;
    char *decoded = (char *)malloc(len ? len : 1);
    for (i = 0; i < len; i++)
        decoded[i] = (char)(digit(r->fields[field][2 * i]) * 16 + digit(r->fields[field][2 * i + 1]));
    r->bytes[field].data = decoded;
    r->bytes[field].len = len;
    return r->bytes[field];
}

static cbp_str joined(cbp_str a, cbp_str b) {
    size_t len = a.len + b.len;
    char *both = (char *)malloc(len ? len : 1);
    cbp_str view = {both, len};
    memcpy(both, a.data, a.len);
    memcpy(both + a.len, b.data, b.len);
    return view;
}

static void run_gcm(row *r) {
    cbp_str key = bytes(r, 0), iv = bytes(r, 1), associated = bytes(r, 2), plaintext = bytes(r, 5);
    cbp_str sealed = joined(bytes(r, 3), bytes(r, 4));
    cbp_bytes *result = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_hazmat_gcm_open(key.data, key.len, iv.data, iv.len, associated.data, associated.len, sealed.data,
                                            sealed.len, &result, &error);
    if (!is_ok(r)) {
        check("error", cbp_status_name(status), str(refused(r) ? refused(r) : "auth_failed"));
        if (result) fail("a plaintext after a failure", str(""), str(""));
        cbp_bytes_free(result);
        cbp_error_free(error);
    } else if (succeeded("open", status, error)) {
        check_bytes("opened", result, plaintext);
        error = NULL;
        status = cbp_hazmat_gcm_seal(key.data, key.len, iv.data, iv.len, associated.data, associated.len, plaintext.data,
                                     plaintext.len, &result, &error);
        if (succeeded("seal", status, error)) check_bytes("sealed", result, sealed);
    }
    free((void *)sealed.data);
}

static cbp_bytes *cfb(int encrypts, cbp_str key, cbp_str iv, cbp_str input) {
    cbp_bytes *output = NULL;
    cbp_error *error = NULL;
    cbp_status status =
        encrypts ? cbp_hazmat_cfb_encrypt(key.data, key.len, iv.data, iv.len, input.data, input.len, &output, &error)
                 : cbp_hazmat_cfb_decrypt(key.data, key.len, iv.data, iv.len, input.data, input.len, &output, &error);
    succeeded("cfb", status, error);
    return output;
}

static void run_cfb(row *r) {
    cbp_str key = bytes(r, 0), iv = bytes(r, 1), plaintext = bytes(r, 2), ciphertext = bytes(r, 3);
    check_bytes("encrypted", cfb(1, key, iv, plaintext), ciphertext);
    check_bytes("decrypted", cfb(0, key, iv, ciphertext), plaintext);
}

/* A thousand blocks, each of them made of what came out two steps before (NIST AESAVS, 6.4.4). */
static void run_monte_carlo(row *r) {
    int encrypts = strcmp(r->fields[0], "encrypt") == 0, i;
    char iv[16], input[16], before[16], output[16];
    cbp_str key = bytes(r, 1), iv_view = {iv, 16}, input_view = {input, 16}, output_view = {output, 16};
    memcpy(iv, bytes(r, 2).data, 16);
    memcpy(input, bytes(r, 3).data, 16);
    memcpy(before, iv, 16);
    for (i = 0; i < 1000; i++) {
        cbp_bytes *made = cfb(encrypts, key, iv_view, input_view);
        memcpy(output, cbp_bytes_data(made), 16);
        cbp_bytes_free(made);
        memcpy(iv, encrypts ? output : input, 16);
        memcpy(input, before, 16);
        memcpy(before, output, 16);
    }
    check("the thousandth output", output_view, bytes(r, 4));
}

/* Whatever a profile says of JSON that was read, it is not that it is no JSON. */
static void run_json(row *r) {
    cbp_str text = bytes(r, 0);
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_parse(text.data, text.len, NULL, &profile, &error) == CBP_OK) fail("a profile", text, str(""));
    else if (equal(cbp_error_violation_keyword(error, 0), str("json")) == is_ok(r))
        fail("read", cbp_error_message(error), str(r->expected));
    cbp_error_free(error);
    cbp_profile_free(profile);
}

/* The host that is read is compared in Rust, Python and Node: the C ABI shows the URL only. */
static void run_url(row *r) {
    cbp_str payload = bytes(r, 0);
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_parse(payload.data, payload.len, NULL, &profile, &error) == CBP_OK) {
        if (!is_ok(r)) fail("accepted", cbp_profile_url(profile), str(r->expected));
    } else {
        if (is_ok(r)) fail("refused", cbp_error_message(error), str("accepted"));
        check("pointer", cbp_error_pointer(error), str("/url"));
        if (refused(r)) check("rule", cbp_error_violation_message(error, 0), str(refused(r)));
    }
    cbp_error_free(error);
    cbp_profile_free(profile);
}

/* One value. What CFB8 encrypted has a name that is refused, and is not read as CFB either. */
static void run_value(row *r) {
    cbp_str name = str(r->fields[0]), key = str(r->fields[1]), iv = str(r->fields[2]), text = str(r->fields[4]);
    cbp_str plaintext = bytes(r, 5), got = {NULL, 0};
    uint32_t tag = strcmp(r->fields[3], "prepended") == 0 ? CBP_TAG_PREPENDED : CBP_TAG_APPENDED;
    int is_cfb8 = refused(r) && strcmp(refused(r), "unknown_algorithm") == 0;
    cbp_cipher *cipher = NULL;
    cbp_error *error = NULL;
    cbp_status status;
    char *value;
    size_t room;
    if ((cbp_algorithm_from_name(name.data, name.len) == 0) != is_cfb8) fail("known", name, str(r->expected));
    status = cbp_cipher_new_with(cbp_algorithm_from_name(name.data, name.len - (size_t)is_cfb8), key.data, key.len, iv.data,
                                 iv.len, CBP_ENCODING_BASE64, tag, CBP_READING_TOLERANT, &cipher, &error);
    if (!succeeded("cipher", status, error)) return;
    error = NULL;
    room = cbp_cipher_decrypted_len_max(cipher, text.len);
    value = (char *)malloc(room ? room : 1);
    status = cbp_cipher_decrypt_text(cipher, text.data, text.len, value, room, &got.len, &error);
    got.data = value;
    if (is_cfb8) {
        if (status == CBP_OK && equal(got, plaintext)) fail("read as CFB", got, str("something else"));
    } else if (!is_ok(r)) check("error", cbp_status_name(status), str("auth_failed"));
    else check("decrypted", got, plaintext);
    if (is_ok(r) != (status == CBP_OK) && !is_cfb8) fail("decrypt", cbp_error_message(error), str(r->expected));
    cbp_error_free(error);
    free(value);
    if (is_ok(r)) {
        size_t len = cbp_cipher_encrypted_len(cipher, plaintext.len);
        char *made = (char *)malloc(len ? len : 1);
        error = NULL;
        got.data = made;
        status = cbp_cipher_encrypt(cipher, plaintext.data, plaintext.len, made, len, &got.len, &error);
        if (succeeded("encrypt", status, error)) check("encrypted", got, text);
        free(made);
    }
    cbp_cipher_free(cipher);
}

static void check_headers(const cbp_callback *callback, cbp_str want) {
    char lines[4096];
    cbp_str got = {lines, 0};
    size_t i;
    for (i = 0; i < cbp_callback_header_count(callback); i++) {
        cbp_str name = cbp_callback_header_name(callback, i), value = cbp_callback_header_value(callback, i);
        got.len += (size_t)snprintf(lines + got.len, sizeof lines - got.len, "%.*s: %.*s\n", CBP_STR_ARG(name),
                                    CBP_STR_ARG(value));
    }
    check("headers", got, want);
}

/* Allows structures at names with commas between; none for an empty text. */
static void allow_structures(cbp_call_options *options, const char *names) {
    cbp_str list[16];
    size_t count = 0;
    cbp_error *error = NULL;
    while (*names && count < sizeof list / sizeof *list) {
        size_t len = strcspn(names, ",");
        list[count].data = names;
        list[count++].len = len;
        names += len + (names[len] == ',');
    }
    if (*names) fail("structures", str(names), str("at most 16"));
    succeeded("structures", cbp_call_options_set_structures(options, list, count, &error), error);
}

static void run_callback(row *r) {
    cbp_str json = bytes(r, 0), record = bytes(r, 1), boundary = str(r->fields[2]), received;
    int has_body = strcmp(r->fields[6], "none") != 0;
    cbp_call_options *options = cbp_call_options_new();
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL;
    cbp_bytes *opened = NULL;
    cbp_error *error = NULL;
    succeeded("profile", cbp_profile_parse(json.data, json.len, NULL, &profile, &error), error);
    allow_structures(options, r->fields[8]);
    error = NULL;
    if (boundary.len > 0)
        succeeded("boundary", cbp_call_options_set_boundary(options, boundary.data, boundary.len, &error), error);
    error = NULL;
    if (succeeded("callback", cbp_profile_callback(profile, record.data, record.len, options, &callback, &error), error)) {
        check("method", cbp_method_name(cbp_callback_method(callback)), str(r->fields[3]));
        check("url", cbp_callback_url(callback), str(r->fields[4]));
        check_headers(callback, bytes(r, 5));
        received = has_body ? cbp_callback_body(callback) : cbp_callback_url(callback);
        if (has_body) check("body", received, bytes(r, 6));
        else if (cbp_callback_body(callback).data) fail("a body", cbp_callback_body(callback), str("none"));
        error = NULL;
        if (succeeded("open", cbp_profile_open(profile, received.data, received.len, options, &opened, &error), error))
            check_bytes("opened", opened, bytes(r, 7));
    }
    cbp_callback_free(callback);
    cbp_profile_free(profile);
    cbp_call_options_free(options);
}

static const struct {
    const char *operation;
    size_t fields;
    void (*run)(row *);
} operations[] = {{"gcm", 6, run_gcm}, {"cfb", 4, run_cfb}, {"mct", 5, run_monte_carlo}, {"json", 1, run_json},
                  {"url", 4, run_url}, {"value", 6, run_value}, {"callback", 9, run_callback}};

static void run(row *r) {
    size_t i;
    for (i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].operation, r->operation) == 0 && operations[i].fields == r->count) {
            operations[i].run(r);
            return;
        }
    fail("operation", str(r->operation), str("a known one, with its number of fields"));
}

/* Splits a line into its fields, in place. */
static row split(char *line) {
    row r;
    const char *parts[MOST_FIELDS + 3];
    size_t count = 0;
    char *tab = line;
    memset(&r, 0, sizeof r);
    while (tab && count < MOST_FIELDS + 3) {
        parts[count++] = tab;
        tab = strchr(tab, '\t');
        if (tab) *tab++ = 0;
    }
    if (count > 3) {
        r.operation = parts[0], r.expected = parts[1], r.name = parts[2], r.count = count - 3;
        memcpy(r.fields, parts + 3, r.count * sizeof *r.fields);
    }
    return r;
}

/* The whole file as a string. */
static char *contents(const char *folder) {
    char path[4096], *text;
    long len;
    FILE *file;
    snprintf(path, sizeof path, "%s/%s.tsv", folder, suite_name);
    file = fopen(path, "rb");
    if (!file) {
        printf("FAILED %s is not there; `make vectors` gets the test vectors\n", path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    len = ftell(file);
    rewind(file);
    text = (char *)malloc((size_t)len + 1);
    text[fread(text, 1, (size_t)len, file)] = 0;
    fclose(file);
    return text;
}

static const struct {
    const char *name;
    size_t total, refused;
} suites[] = {{"wycheproof-gcm", 316, 6}, {"wycheproof-gmac", 414, 0}, {"cavp-gcm", 47250, 40500}, {"cavp-cfb", 2138, 0},
              {"cavp-cfb-mct", 600, 0},   {"json-suite", 318, 32},     {"wpt-url", 819, 77},        {"own-gcm16", 2250, 192},
              {"own-cfb", 1086, 312},     {"own-callback", 120, 0}};

int main(int argc, char **argv) {
    size_t s, i, failures = 0;
    if (argc != 2) return 2;
    for (s = 0; s < sizeof suites / sizeof *suites; s++) {
        size_t ran = 0, refusals = 0, bad = 0;
        char *text, *line, *end;
        suite_name = suites[s].name;
        text = contents(argv[1]);
        for (line = text; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            row r;
            *end = 0;
            r = split(line);
            row_name = r.name ? r.name : "";
            failed = 0;
            if (r.operation) run(&r);
            else fail("line", str(line), str("operation, expected, name and fields"));
            for (i = 0; i < r.count; i++) free((void *)r.bytes[i].data);
            refusals += r.expected && refused(&r) != NULL;
            bad += failed > 0;
            ran++;
        }
        free(text);
        printf("count %s c ran=%zu refused=%zu failed=%zu\n", suite_name, ran, refusals, bad);
        if (ran != suites[s].total || refusals != suites[s].refused) {
            printf("FAILED %s: not %zu cases, %zu of them refused\n", suite_name, suites[s].total, suites[s].refused);
            failures++;
        }
        failures += bad;
    }
    return failures > 0;
}
