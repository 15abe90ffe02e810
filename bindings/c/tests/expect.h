/* What test_cases.c compares with: each difference is printed with its suite and case, and counted in `failed`. */
#ifndef CBP_TEST_EXPECT_H
#define CBP_TEST_EXPECT_H

#include "cases.h"

#include <stdio.h>
#include <string.h>

static size_t failed;
static const char *suite_name, *case_name;

static void fail(const char *what, cbp_str got, cbp_str want) {
    printf("FAILED %s: %s: %s\n  got  %.*s\n  want %.*s\n", suite_name, case_name, what, CBP_STR_ARG(got),
           CBP_STR_ARG(want));
    failed++;
}

static cbp_str str(const char *text) {
    cbp_str view = {text, text ? strlen(text) : 0};
    return view;
}

static int equal(cbp_str a, cbp_str b) {
    return a.len == b.len && (a.data == NULL) == (b.data == NULL) && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static void check(const char *what, cbp_str got, cbp_str want) {
    if (!equal(got, want)) fail(what, got, want);
}

static void check_number(const char *what, size_t got, size_t want) {
    char a[32], b[32];
    if (got == want) return;
    snprintf(a, sizeof a, "%zu", got);
    snprintf(b, sizeof b, "%zu", want);
    fail(what, str(a), str(b));
}

/* Takes a result and frees it. */
static void check_bytes(const char *what, cbp_bytes *bytes, cbp_str want) {
    cbp_str got = {cbp_bytes_data(bytes), cbp_bytes_len(bytes)};
    check(what, got, want);
    if (bytes && got.data[got.len] != 0) fail("the byte after the end", got, want);
    cbp_bytes_free(bytes);
}

/* A status that must be CBP_OK; frees the error. */
static int succeeded(const char *what, cbp_status status, cbp_error *error) {
    if (status != CBP_OK) fail(what, cbp_error_message(error), str("success"));
    if ((status == CBP_OK) != (error == NULL)) fail("an error object without a failure", str(what), str(""));
    cbp_error_free(error);
    return status == CBP_OK;
}

static void check_error(const test_case *c, cbp_status status, const cbp_error *error) {
    check("error", cbp_status_name(status), c->error);
    check("error name", cbp_error_name(error), c->error);
    check("error class", cbp_error_class(error), c->error_class);
    check_number("error code", cbp_error_code(error), status);
    if (c->parameter.data) check("parameter", cbp_error_parameter(error), c->parameter);
    if (c->parameters.items) {
        size_t i;
        check_number("parameters", cbp_error_parameter_count(error), c->parameters.count);
        for (i = 0; i < c->parameters.count; i++) check("parameter", cbp_error_parameter_at(error, i), c->parameters.items[i]);
    }
    if (cbp_error_message(error).len == 0) fail("no message", str(""), str(""));
}

static void check_violations(const test_case *c, const cbp_error *error) {
    size_t i, count = c->violations.count < cbp_error_violation_count(error) ? c->violations.count
                                                                            : cbp_error_violation_count(error);
    static const char *contexts[] = {"", "params", "headers", "body"};
    check("class", cbp_error_class(error), str("ProfileError"));
    check_number("violations", cbp_error_violation_count(error), c->violations.count);
    for (i = 0; i < count; i++) {
        const cbp_str *want = c->violations.items + 4 * i;
        check("context", str(contexts[cbp_error_violation_context(error, i)]), want[0]);
        check("keyword", cbp_error_violation_keyword(error, i), want[1]);
        check("pointer", cbp_error_violation_pointer(error, i), want[2]);
        check("message", cbp_error_violation_message(error, i), want[3]);
    }
    /* request.json says nothing about them */
    if (c->unlisted || !c->sid.data) check_number("unlisted", cbp_error_unlisted(error), c->unlisted);
    if (c->line) {
        check_number("line", cbp_error_line(error), c->line);
        check_number("column", cbp_error_column(error), c->column);
    }
}

#endif
