/* Every shared case of testdata/, from C. Expectations live there, not here. */
#include "diagnosis_cases.h"
#include "expect.h"
#include "sealing_cases.h"
#include "value_cases.h"

#include <stdlib.h>

static void check_list(const char *what, const test_list *want, const void *object, size_t (*count)(const void *),
                       cbp_str (*get)(const void *, size_t)) {
    size_t i;
    if (!want->items) return;
    check_number(what, count(object), want->count);
    for (i = 0; i < want->count; i++) check(what, get(object, i), want->items[i]);
}

static size_t message_missing_count(const void *m) { return cbp_message_missing_count((const cbp_message *)m); }
static cbp_str message_missing(const void *m, size_t i) { return cbp_message_missing((const cbp_message *)m, i); }
static size_t opened_decrypted_count(const void *o) { return cbp_opened_decrypted_count((const cbp_opened *)o); }
static cbp_str opened_decrypted(const void *o, size_t i) { return cbp_opened_decrypted((const cbp_opened *)o, i); }
static size_t opened_unknown_count(const void *o) { return cbp_opened_unknown_count((const cbp_opened *)o); }
static cbp_str opened_unknown(const void *o, size_t i) { return cbp_opened_unknown((const cbp_opened *)o, i); }
static size_t callback_missing_count(const void *c) { return cbp_callback_missing_count((const cbp_callback *)c); }
static cbp_str callback_missing(const void *c, size_t i) { return cbp_callback_missing((const cbp_callback *)c, i); }

static cbp_parse_options *parse_options(const test_case *c) {
    cbp_parse_options *options = cbp_parse_options_new();
    cbp_error *error = NULL;
    size_t i;
    succeeded("policy", cbp_parse_options_set_policy(options, c->policy, &error), error);
    succeeded("wire format", cbp_parse_options_set_wire_format(options, c->encoding, c->tag, c->reading, &error), error);
    for (i = 0; i < c->limit_count; i++)
        succeeded("limit",
                  cbp_parse_options_set_limit(options, c->limits[i].limit, c->limits[i].value, &error), error);
    return options;
}

static cbp_call_options *call_options(const test_case *c) {
    cbp_call_options *options = cbp_call_options_new();
    cbp_error *error = NULL;
    succeeded("missing", cbp_call_options_set_missing(options, c->missing, &error), error);
    succeeded("pairs", cbp_call_options_set_pairs(options, c->pairs != 0, &error), error);
    succeeded("boundary", cbp_call_options_set_boundary(options, c->boundary.data, c->boundary.len, &error), error);
    succeeded("type",
              cbp_call_options_set_content_type(options, c->content_type.data, c->content_type.len, &error), error);
    succeeded("surrogates", cbp_call_options_set_surrogates(options, c->surrogates, &error), error);
    succeeded("structures",
              c->all_structures
                  ? cbp_call_options_allow_all_structures(options, &error)
                  : cbp_call_options_set_structures(options, c->structures.items, c->structures.count, &error), error);
    succeeded("absent",
              c->all_absent ? cbp_call_options_allow_all_absent(options, &error)
                            : cbp_call_options_set_absent(options, c->absent.items, c->absent.count, &error), error);
    succeeded("partial", cbp_call_options_set_partial(options, c->partial != 0, &error), error);
    return options;
}

static cbp_profile *profile_of(const test_case *c, cbp_str json) {
    cbp_parse_options *options = parse_options(c);
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    succeeded("profile", cbp_profile_parse(json.data, json.len, options, &profile, &error), error);
    cbp_parse_options_free(options);
    return profile;
}

static void check_json(const test_case *c, const cbp_profile *profile) {
    cbp_bytes *json = NULL;
    cbp_error *error = NULL;
    if (!c->json.data) return;
    if (succeeded("json", cbp_profile_to_json(profile, CBP_SECRETS_SHOWN, &json, &error), error))
        check_bytes("json", json, c->json);
}

static void check_fields(const test_case *c, const cbp_profile *profile) {
    cbp_fields *fields = NULL;
    cbp_error *error = NULL;
    size_t i, place;
    if (!c->fields.items) return;
    if (!succeeded("fields", cbp_profile_fields(profile, &fields, &error), error)) return;
    check_number("fields", cbp_fields_count(fields), c->fields.count);
    for (i = 0; i < c->fields.count; i++) {
        cbp_str places = c->fields.items[2 * i + 1]; /* one a line */
        check("field", cbp_fields_name(fields, i), c->fields.items[2 * i]);
        for (place = 0; place < cbp_fields_place_count(fields, i); place++) {
            cbp_str expected = places;
            const char *end = (const char *)memchr(places.data, '\n', places.len);
            if (end) expected.len = (size_t)(end - places.data);
            check("place", cbp_fields_place(fields, i, place), expected);
            places.data += expected.len + (end != NULL);
            places.len -= expected.len + (end != NULL);
        }
        check_number("the rest of the places", places.len, 0);
    }
    cbp_fields_free(fields);
}

static void check_profile(const test_case *c, const cbp_profile *profile) {
    size_t i;
    check_json(c, profile);
    check_fields(c, profile);
    if (c->advisories.items) {
        check_number("advisories", cbp_profile_advisory_count(profile), c->advisories.count);
        for (i = 0; i < c->advisories.count; i++) {
            check("advisory", cbp_profile_advisory_name(profile, i), c->advisories.items[2 * i]);
            check("advisory", cbp_profile_advisory_pointer(profile, i), c->advisories.items[2 * i + 1]);
        }
    }
    if (c->replacers.items) {
        check_number("replacers", cbp_profile_replacer_count(profile), c->replacers.count);
        for (i = 0; i < c->replacers.count; i++) {
            check("label", cbp_profile_replacer_label(profile, i), c->replacers.items[2 * i]);
            check("field", cbp_profile_replacer_field(profile, i), c->replacers.items[2 * i + 1]);
        }
    }
}

/* What may be refused: `violations` with at least one element. */
static int is_refused(const test_case *c) { return c->violations.count > 0; }

static void run_profile(const test_case *c) {
    cbp_parse_options *options = parse_options(c);
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_parse(c->payload.data, c->payload.len, options, &profile, &error);
    check_number("status", status, is_refused(c) ? CBP_ERROR_INVALID_PROFILE : CBP_OK);
    if (is_refused(c)) check_violations(c, error);
    else check_profile(c, profile);
    cbp_error_free(error);
    error = NULL;
    check_number("check", cbp_profile_check(c->payload.data, c->payload.len, options, &error), status);
    if (is_refused(c)) check_violations(c, error);
    cbp_error_free(error);
    cbp_profile_free(profile);
    cbp_parse_options_free(options);
}

static void run_request(const test_case *c) {
    cbp_parse_options *options = parse_options(c);
    cbp_header *headers = (cbp_header *)calloc(c->headers.count + 1, sizeof *headers);
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    cbp_status status;
    size_t i;
    for (i = 0; headers && i < c->headers.count; i++) {
        headers[i].name = c->headers.items[2 * i];
        headers[i].value = c->headers.items[2 * i + 1];
    }
    status = cbp_request_parse(c->sid.data, c->sid.len, headers, c->headers.count, c->payload.data, c->payload.len,
                               options, &profile, &error);
    check_number("status", status, is_refused(c) ? CBP_ERROR_INVALID_REQUEST : CBP_OK);
    if (is_refused(c)) check_violations(c, error);
    free(headers);
    cbp_error_free(error);
    cbp_profile_free(profile);
    cbp_parse_options_free(options);
}

static void run_patch(const test_case *c) {
    cbp_profile *profile = profile_of(c, c->profile), *patched = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_patch(profile, c->patch.data, c->patch.len, &patched, &error);
    check_number("status", status, is_refused(c) ? CBP_ERROR_INVALID_PATCH : CBP_OK);
    if (is_refused(c)) check_violations(c, error);
    else check_profile(c, patched);
    cbp_error_free(error);
    cbp_profile_free(patched);
    cbp_profile_free(profile);
}

static void run_stored(const test_case *c) {
    cbp_parse_options *options = parse_options(c);
    cbp_stored_profile *stored = NULL;
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_stored_profile_parse(c->stored.data, c->stored.len, options, &stored, &error);
    check_number("status", status, is_refused(c) ? CBP_ERROR_INVALID_STORED_PROFILE : CBP_OK);
    if (is_refused(c)) check_violations(c, error);
    else {
        check_json(c, cbp_stored_profile_profile(stored));
        check("profile_id", cbp_stored_profile_profile_id(stored), c->profile_id);
        check_number("status", cbp_stored_profile_status(stored), c->status);
        succeeded("take", cbp_stored_profile_take(&stored, &profile, &error), error);
        if (stored) fail("take leaves the handle", str(""), str(""));
        check_json(c, profile);
        error = NULL;
    }
    cbp_error_free(error);
    cbp_profile_free(profile);
    cbp_stored_profile_free(stored);
    cbp_parse_options_free(options);
}

/* The envelope of the profiles of a list that are accepted; the others are refused with the case's messages. */
static cbp_status listed(const test_case *c, const cbp_parse_options *options, cbp_envelope **envelope, cbp_error **error) {
    cbp_stored_profiles *list = NULL;
    cbp_stored_profile *profiles[8];
    size_t i, count = 0, refused = 0;
    cbp_status status = cbp_stored_profiles_parse(c->stored.data, c->stored.len, options, &list, error);
    for (i = 0; i < cbp_stored_profiles_count(list) && count < 8; i++) {
        cbp_error *refusal = NULL;
        if (cbp_stored_profiles_take(list, i, &profiles[count], &refusal) == CBP_OK) {
            count++;
            continue;
        }
        check("refused", cbp_error_violation_message(refusal, 0),
                   refused < c->refused.count ? c->refused.items[refused] : str("accepted"));
        refused++;
        cbp_error_free(refusal);
    }
    if (status == CBP_OK) {
        check_number("refused", refused, c->refused.count);
        status = cbp_envelope_listed((const cbp_stored_profile *const *)profiles, count, c->secrets, envelope, error);
    }
    while (count > 0) cbp_stored_profile_free(profiles[--count]);
    cbp_stored_profiles_free(list);
    return status;
}

static void run_envelope(const test_case *c) {
    cbp_profile *profile = NULL;
    cbp_stored_profile *stored = NULL;
    cbp_envelope *envelope = NULL;
    cbp_error *refusal = NULL, *error = NULL;
    cbp_bytes *json = NULL;
    cbp_status status = CBP_OK;
    cbp_str kind = c->kind, id = c->profile_id;
    cbp_parse_options *options = parse_options(c);
    if (c->payload.data && cbp_profile_parse(c->payload.data, c->payload.len, options, &profile, &refusal) == CBP_OK)
        refusal = NULL;
    if (equal(kind, str("not_opened")) &&
        cbp_profile_open(profile, c->received.data, c->received.len, NULL, &json, &refusal) == CBP_OK)
        fail("opened", kind, kind);
    if (equal(kind, str("fetched")) &&
        cbp_stored_profile_parse(c->stored.data, c->stored.len, options, &stored, &refusal) == CBP_OK)
        refusal = NULL;
    if (equal(kind, str("created"))) status = cbp_envelope_created(profile, id.data, id.len, c->secrets, &envelope, &error);
    else if (equal(kind, str("updated")))
        status = cbp_envelope_updated(profile, id.data, id.len, c->secrets, &envelope, &error);
    else if (equal(kind, str("fetched"))) status = cbp_envelope_fetched(stored, c->secrets, &envelope, &error);
    else if (equal(kind, str("deleted"))) status = cbp_envelope_deleted(id.data, id.len, &envelope, &error);
    else if (equal(kind, str("not_found"))) status = cbp_envelope_not_found(id.data, id.len, &envelope, &error);
    else if (equal(kind, str("refused"))) status = cbp_envelope_refused(refusal, &envelope, &error);
    else if (equal(kind, str("not_opened"))) status = cbp_envelope_not_opened(refusal, &envelope, &error);
    else if (equal(kind, str("listed"))) status = listed(c, options, &envelope, &error);
    else if (equal(kind, str("parse"))) status = cbp_envelope_parse(c->envelope.data, c->envelope.len, &envelope, &error);
    else fail("kind", kind, str("a known one"));
    if (is_refused(c)) {
        check_number("status", status, equal(kind, str("listed")) ? CBP_ERROR_INVALID_STORED_PROFILE : CBP_ERROR_INVALID_ENVELOPE);
        check_violations(c, error);
        cbp_error_free(error);
    } else if (succeeded("envelope", status, error)) {
        error = NULL;
        if (succeeded("json", cbp_envelope_to_json(envelope, &json, &error), error))
            check_bytes("envelope", json, c->text.data ? c->text : c->envelope);
    }
    cbp_envelope_free(envelope);
    cbp_error_free(refusal);
    cbp_stored_profile_free(stored);
    cbp_profile_free(profile);
    cbp_parse_options_free(options);
}

static void run_message(const test_case *c) {
    cbp_profile *profile = profile_of(c, c->profile);
    cbp_call_options *options = call_options(c);
    cbp_message *message = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_message(profile, c->record.data, c->record.len, options, &message, &error);
    if (c->error.data) {
        check_error(c, status, error);
        cbp_error_free(error);
    } else if (succeeded("message", status, error)) {
        check("text", cbp_message_text(message), c->text);
        check_list("missing", &c->missing_names, message, message_missing_count, message_missing);
    }
    cbp_message_free(message);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

/* Lists of names in open.json that were compared. */
static size_t details;

/* One object for the callbacks of all cases. */
static cbp_callback *refilled;

static void run_callback(const test_case *c) {
    cbp_profile *profile = profile_of(c, c->profile);
    cbp_call_options *options = call_options(c);
    cbp_call_options *again = call_options(c);
    cbp_callback *callback = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_callback(profile, c->record.data, c->record.len, options, &callback, &error);
    if (c->error.data) {
        check_error(c, status, error);
        cbp_error_free(error);
    } else if (succeeded("callback", status, error)) {
        size_t i;
        cbp_bytes *http = NULL, *opened = NULL;
        cbp_str received = c->body.data ? cbp_callback_body(callback) : cbp_callback_url(callback);
        check("method", cbp_method_name(cbp_callback_method(callback)), c->method);
        check("url", cbp_callback_url(callback), c->url);
        check("body", cbp_callback_body(callback), c->body);
        check_number("headers", cbp_callback_header_count(callback), c->headers.count);
        for (i = 0; i < c->headers.count; i++) {
            check("header", cbp_callback_header_name(callback, i), c->headers.items[2 * i]);
            check("header", cbp_callback_header_value(callback, i), c->headers.items[2 * i + 1]);
            if (equal(c->headers.items[2 * i], str("content-type")) || equal(c->headers.items[2 * i], str("Content-Type"))) {
                cbp_str type = cbp_callback_header_value(callback, i);
                succeeded("type", cbp_call_options_set_content_type(options, type.data, type.len, &error), error);
            }
        }
        check_list("missing", &c->missing_names, callback, callback_missing_count, callback_missing);
        error = NULL;
        if (succeeded("http", cbp_callback_to_http(callback, &http, &error), error)) {
            if (strstr(cbp_bytes_data(http), " HTTP/1.1\r\nHost: ") == NULL) fail("http", str(cbp_bytes_data(http)), str(""));
            cbp_bytes_free(http);
        }
        error = NULL;
        if (succeeded("again", cbp_profile_callback_into(profile, c->record.data, c->record.len, again, refilled, &error), error)) {
            check("url again", cbp_callback_url(refilled), c->url);
            check("body again", cbp_callback_body(refilled), c->body);
            check_number("headers again", cbp_callback_header_count(refilled), c->headers.count);
        }
        if (c->opened.data) {
            error = NULL;
            if (succeeded("open", cbp_profile_open(profile, received.data, received.len, options, &opened, &error), error))
                check_bytes("opened", opened, c->opened);
        }
    }
    cbp_callback_free(callback);
    cbp_call_options_free(again);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

static void run_open(const test_case *c) {
    cbp_profile *profile = profile_of(c, c->profile);
    cbp_call_options *options = call_options(c);
    cbp_bytes *json = NULL;
    cbp_opened *opened = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_open(profile, c->received.data, c->received.len, options, &json, &error);
    if (c->error.data) {
        check_error(c, status, error);
        cbp_error_free(error);
        if (json) fail("an output after a failure", str(""), str(""));
        check_number("details", cbp_profile_open_details(profile, c->received.data, c->received.len, options, &opened, NULL),
                     status);
        if (opened) fail("details after a failure", str(""), str(""));
    } else if (succeeded("open", status, error)) {
        check_bytes("opened", json, c->opened);
        error = NULL;
        status = cbp_profile_open_details(profile, c->received.data, c->received.len, options, &opened, &error);
        if (succeeded("details", status, error)) {
            check("opened in detail", cbp_opened_json(opened), c->opened);
            check_list("decrypted", &c->details, opened, opened_decrypted_count, opened_decrypted);
            check_list("unknown", &c->unknown, opened, opened_unknown_count, opened_unknown);
            details += (c->details.items != NULL) + (c->unknown.items != NULL);
        }
    }
    cbp_opened_free(opened);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

/* A body of which some parameters do not open, or one that is refused all the same. */
static int run_partial(const test_case *c) {
    cbp_profile *profile = profile_of(c, c->profile);
    cbp_call_options *options = call_options(c);
    cbp_bytes *json = NULL;
    cbp_opened *opened = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_open_details(profile, c->received.data, c->received.len, options, &opened, &error);
    size_t i;
    if (c->error.data) {
        check("error", cbp_error_name(error), c->error);
        cbp_error_free(error);
        if (opened) fail("an output after a failure", str(""), str(""));
    } else if (succeeded("partial", status, error)) {
        check("opened", cbp_opened_json(opened), c->opened);
        check_list("unknown", &c->unknown, opened, opened_unknown_count, opened_unknown);
        check_number("failed", cbp_opened_failed_count(opened), c->failed.count);
        for (i = 0; i < c->failed.count; i++) {
            check("failed", cbp_opened_failed(opened, i), c->failed.items[2 * i]);
            check("code", cbp_status_name(cbp_opened_failed_code(opened, i)), c->failed.items[2 * i + 1]);
        }
        check_number("no code", cbp_opened_failed_code(opened, i), CBP_OK);
        check("no name", cbp_opened_failed(opened, i), str(NULL));
    }
    /* What gives JSON alone could not tell what failed. */
    check_number("open", cbp_profile_open(profile, c->received.data, c->received.len, options, &json, NULL),
                 CBP_ERROR_INVALID_ARGUMENT);
    if (json) fail("JSON of a refused setting", str(""), str(""));
    cbp_opened_free(opened);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
    return c->error.data != NULL;
}

static void run_url(const test_case *c) {
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_profile_parse(c->payload.data, c->payload.len, NULL, &profile, &error);
    check_number("status", status, c->accepted ? CBP_OK : CBP_ERROR_INVALID_PROFILE);
    if (!c->accepted) check("pointer", cbp_error_pointer(error), str("/url"));
    cbp_error_free(error);
    cbp_profile_free(profile);
}

static void run_address(const test_case *c) {
    uint32_t verdict = CBP_ADDRESS_PUBLIC;
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    size_t i;
    int is_private = 0, parsed;
    if (c->text.data && succeeded("address", cbp_address_verdict(c->text.data, c->text.len, &verdict, &error), error) &&
        c->verdict.data)
        check("verdict", cbp_address_verdict_name(verdict), c->verdict);
    parsed = cbp_profile_parse(c->payload.data, c->payload.len, NULL, &profile, NULL) == CBP_OK;
    for (i = 0; i < cbp_profile_advisory_count(profile); i++)
        is_private |= equal(cbp_profile_advisory_name(profile, i), str("private_address"));
    if (!equal(c->kind, str("name"))) check_number("accepted", (size_t)parsed, !equal(c->kind, str("refused")));
    if (equal(c->kind, str("private")) || equal(c->kind, str("public")))
        check_number("internal", (size_t)is_private, equal(c->kind, str("private")));
    else if (equal(c->kind, str("verdict")))
        check_number("private address", (size_t)is_private, verdict != CBP_ADDRESS_PUBLIC);
    else if (equal(c->kind, str("address"))) /* another spelling is suspect even where the address is public */
        check_number("spelling", (size_t)is_private, verdict != CBP_ADDRESS_PUBLIC || !equal(c->text, c->url));
    cbp_profile_free(profile);
}

static int run(const char *suite, const test_case *c) {
    if (strcmp(suite, "profile") == 0) run_profile(c);
    else if (strcmp(suite, "request") == 0) run_request(c);
    else if (strcmp(suite, "patch") == 0) run_patch(c);
    else if (strcmp(suite, "stored") == 0) run_stored(c);
    else if (strcmp(suite, "envelope") == 0) run_envelope(c);
    else if (strcmp(suite, "message") == 0) run_message(c);
    else if (strcmp(suite, "callback") == 0) run_callback(c);
    else if (strcmp(suite, "open") == 0) run_open(c);
    else if (strcmp(suite, "partial") == 0) return run_partial(c);
    else if (strcmp(suite, "value") == 0) run_value(c);
    else if (strcmp(suite, "crypto") == 0) return run_crypto(c);
    else if (strcmp(suite, "url") == 0) run_url(c);
    else if (strcmp(suite, "address") == 0) run_address(c);
    else if (strncmp(suite, "diagnosis", 9) == 0) run_diagnosis(c);
    else if (strcmp(suite, "sealed-seal") == 0) run_seal(c, call_options(c));
    else if (strcmp(suite, "sealed-open") == 0) return run_sealed_open(c, call_options(c));
    else if (strncmp(suite, "signature-", 10) == 0) return run_signature(suite + 10, c);
    else fail("suite", str(suite), str("a known one"));
    return 0;
}

/* An argument leaves out the two suites of texts that do not open: under valgrind their search takes minutes. The other
   programs that run there call it too. */
int main(int count, char **arguments) {
    const int without_diagnosis = count > 1 && strcmp(arguments[1], "without-diagnosis") == 0;
    size_t s, i, failures = 0, total = 0, suites = 0;
    refilled = cbp_callback_new();
    for (s = 0; s < test_suite_count; s++) {
        size_t ran = 0, refused = 0, bad = 0;
        suite_name = test_suites[s].name;
        if (without_diagnosis && strncmp(suite_name, "diagnosis", 9) == 0) continue;
        suites++;
        for (i = 0; i < test_suites[s].count; i++) {
            case_name = test_suites[s].cases[i].name;
            failed = 0;
            refused += (size_t)run(suite_name, &test_suites[s].cases[i]);
            bad += failed > 0;
            ran++;
        }
        printf("count %s c ran=%zu refused=%zu failed=%zu\n", suite_name, ran, refused, bad);
        if (ran != test_suites[s].count) failures++;
        failures += bad;
        total += ran;
    }
    cbp_callback_free(refilled);
    if (test_suite_count != 20 || suites != (without_diagnosis ? 18 : 20) || total < 2000 || details < 2) {
        printf("FAILED only %zu cases in %zu suites, %zu lists of names\n", total, test_suite_count, details);
        failures++;
    }
    return failures > 0;
}
