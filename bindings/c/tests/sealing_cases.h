/* Callbacks that can be trusted: testdata/sealed.json and signature.json, from C. */
#ifndef CBP_TEST_SEALING_CASES_H
#define CBP_TEST_SEALING_CASES_H

#include "expect.h"

#include <stdlib.h>

static uint32_t method_number(cbp_str name) {
    uint32_t number;
    for (number = CBP_METHOD_GET; number <= CBP_METHOD_DELETE; number++)
        if (equal(cbp_method_name(number), name)) return number;
    return 0;
}

/* Takes the options. */
static void run_seal(const test_case *c, cbp_call_options *options) {
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL, *again = cbp_callback_new();
    cbp_error *error = NULL;
    size_t i;
    succeeded("profile", cbp_profile_parse(c->profile.data, c->profile.len, NULL, &profile, &error), error);
    error = NULL;
    succeeded("random", cbp_call_options_set_random(options, c->random.data, c->random.len, &error), error);
    succeeded("time", cbp_call_options_set_issued_at(options, c->issued_at, &error), error);
    succeeded("id", cbp_call_options_set_id(options, c->id.data, c->id.len, &error), error);
    succeeded("profile id", cbp_call_options_set_profile_id(options, c->profile_id.data, c->profile_id.len, &error), error);
    succeeded("bare", cbp_call_options_set_bare_token(options, c->bare != 0, &error), error);
    if (succeeded("seal", cbp_profile_callback(profile, c->record.data, c->record.len, options, &callback, &error), error)) {
        check("method", cbp_method_name(cbp_callback_method(callback)), c->method);
        check("url", cbp_callback_url(callback), c->url);
        check("body", cbp_callback_body(callback), c->body);
        check_number("sealed", cbp_callback_is_sealed(callback), true);
        check_number("headers", cbp_callback_header_count(callback), c->headers.count);
        for (i = 0; i < c->headers.count; i++) {
            check("header", cbp_callback_header_name(callback, i), c->headers.items[2 * i]);
            check("header", cbp_callback_header_value(callback, i), c->headers.items[2 * i + 1]);
        }
    }
    error = NULL;
    if (succeeded("again", cbp_profile_callback_into(profile, c->record.data, c->record.len, options, again, &error), error)) {
        check("url again", cbp_callback_url(again), c->url);
        check("body again", cbp_callback_body(again), c->body);
    }
    cbp_callback_free(callback);
    cbp_callback_free(again);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
}

/* Takes the options. Returns 1 if the case is one that is refused. */
static int run_sealed_open(const test_case *c, cbp_call_options *options) {
    cbp_profile *profile = NULL;
    cbp_opened *opened = NULL;
    cbp_error *error = NULL;
    cbp_status status;
    size_t i;
    succeeded("profile", cbp_profile_parse(c->profile.data, c->profile.len, NULL, &profile, &error), error);
    error = NULL;
    check_number("not without what is expected",
                 cbp_profile_open_details(profile, c->received.data, c->received.len, options, &opened, NULL),
                 CBP_ERROR_INVALID_ARGUMENT);
    status = cbp_call_options_set_expected(options, c->check_freshness != 0, c->now, c->tolerance,
                                           method_number(c->expected_method), c->expected_url.data, c->expected_url.len,
                                           c->expected_profile_id.data, c->expected_profile_id.len, &error);
    succeeded("expected", status, error);
    status = cbp_profile_open_details(profile, c->received.data, c->received.len, options, &opened, &error);
    if (c->error.data) {
        check("error", cbp_error_name(error), c->error);
        check("class", cbp_error_class(error), str("DecryptionError"));
        check_number("status", status, cbp_error_code(error));
        cbp_error_free(error);
        if (opened) fail("an output after a failure", str(""), str(""));
    } else if (succeeded("open", status, error)) {
        check("values", cbp_opened_json(opened), c->opened);
        check_number("sealed", cbp_opened_is_sealed(opened), true);
        check("kid", cbp_opened_sealed_kid(opened), cbp_profile_kid(profile));
        check("id", cbp_opened_sealed_id(opened), c->id);
        if (cbp_opened_sealed_issued_at(opened) != c->issued_at) fail("issued at", str(""), str(""));
        if (c->unknown.items) {
            check_number("unknown", cbp_opened_unknown_count(opened), c->unknown.count);
            for (i = 0; i < c->unknown.count; i++) check("unknown", cbp_opened_unknown(opened, i), c->unknown.items[i]);
        }
    }
    cbp_opened_free(opened);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
    return c->error.data != NULL;
}

static int run_signing_secret(const test_case *c) {
    cbp_signer *signer = NULL;
    cbp_verifier *verifier = NULL;
    cbp_error *error = NULL;
    cbp_status wanted = c->accepted ? CBP_OK : CBP_ERROR_INVALID_KEY;
    check_number("signer", cbp_signer_new(&c->text, 1, &signer, &error), wanted);
    if (error) check("class", cbp_error_class(error), str("ArgumentError"));
    check_number("verifier", cbp_verifier_new(&c->text, 1, &verifier, NULL), wanted);
    cbp_signer_free(signer);
    cbp_verifier_free(verifier);
    cbp_error_free(error);
    return !c->accepted;
}

static void run_sign(const test_case *c) {
    cbp_signer *signer = NULL;
    cbp_signature *signature = NULL;
    cbp_error *error = NULL;
    size_t i;
    succeeded("signer", cbp_signer_new(c->signing_secrets.items, c->signing_secrets.count, &signer, &error), error);
    error = NULL;
    if (succeeded("sign", cbp_signer_sign(signer, c->id.data, c->id.len, c->timestamp, c->body.data, c->body.len, &signature,
                                          &error), error)) {
        check_number("headers", cbp_signature_header_count(signature), c->headers.count);
        for (i = 0; i < c->headers.count; i++) {
            check("header", cbp_signature_header_name(signature, i), c->headers.items[2 * i]);
            check("header", cbp_signature_header_value(signature, i), c->headers.items[2 * i + 1]);
        }
    }
    cbp_signature_free(signature);
    cbp_signer_free(signer);
}

static int run_verify(const test_case *c) {
    cbp_header headers[8];
    cbp_verifier *verifier = NULL;
    cbp_received *received = NULL;
    cbp_error *error = NULL;
    cbp_status status;
    size_t i;
    succeeded("verifier", cbp_verifier_new(c->signing_secrets.items, c->signing_secrets.count, &verifier, &error), error);
    error = NULL;
    if (c->headers.count > 8) fail("headers", str("more than 8"), str("at most 8"));
    for (i = 0; i < c->headers.count && i < 8; i++) {
        headers[i].name = c->headers.items[2 * i];
        headers[i].value = c->headers.items[2 * i + 1];
    }
    status = cbp_verifier_verify(verifier, headers, i, c->body.data, c->body.len, c->now, c->tolerance, &received, &error);
    if (c->error.data) {
        check("error", cbp_error_name(error), c->error);
        check("class", cbp_error_class(error), str("SignatureError"));
        check_number("status", status, cbp_error_code(error));
        cbp_error_free(error);
        if (received) fail("an output after a failure", str(""), str(""));
    } else if (succeeded("verify", status, error)) {
        check("id", cbp_received_id(received), c->id);
        if (cbp_received_timestamp(received) != c->timestamp) fail("timestamp", str(""), str(""));
        if (cbp_received_opened(received)) fail("nothing is opened", str(""), str(""));
    }
    cbp_received_free(received);
    cbp_verifier_free(verifier);
    return c->error.data != NULL;
}

static int run_signature(const char *array, const test_case *c) {
    if (strcmp(array, "secrets") == 0) return run_signing_secret(c);
    if (strcmp(array, "verify") == 0) return run_verify(c);
    run_sign(c);
    return 0;
}

#endif
