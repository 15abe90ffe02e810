/* Texts that do not open: the first cause is one of the case's, and the JSON text says what the functions say. */
#ifndef CBP_TEST_DIAGNOSIS_CASES_H
#define CBP_TEST_DIAGNOSIS_CASES_H

#include "expect.h"

#include <math.h>

/* Each finding as the beginning of its JSON, and what it must have and must not have. */
static void check_findings(const cbp_diagnosis *diagnosis, const char *json) {
    size_t i;
    char begin[128];
    for (i = 0; i < cbp_diagnosis_finding_count(diagnosis); i++) {
        cbp_str cause = cbp_diagnosis_finding_cause(diagnosis, i), grade = cbp_diagnosis_finding_grade(diagnosis, i);
        double chance = cbp_diagnosis_finding_chance(diagnosis, i);
        snprintf(begin, sizeof begin, "{\"cause\":\"%.*s\",\"grade\":\"%.*s\",\"chance\":%s", CBP_STR_ARG(cause),
                 CBP_STR_ARG(grade), isnan(chance) ? "null," : "");
        if (!strstr(json, begin)) fail("json", str(json), str(begin));
        if (!isnan(chance) && !(chance >= 0 && chance <= 1)) fail("chance", cause, str("from 0 to 1"));
        if (equal(grade, str("likely")) && !(chance <= 1e-3)) fail("chance", cause, str("at most 0.001"));
        if (cbp_diagnosis_finding_detail(diagnosis, i).len == 0 || cbp_diagnosis_finding_at_sender(diagnosis, i).len == 0 ||
            cbp_diagnosis_finding_at_receiver(diagnosis, i).len == 0)
            fail("sentences", cause, str("three"));
        if (cbp_diagnosis_finding_value(diagnosis, i).data) fail("value", cause, str("not shown"));
    }
    check("no finding", cbp_diagnosis_finding_cause(diagnosis, i), str(NULL));
}

/* Sets what a case says beside its texts. The options copy all of it. */
static cbp_status set_options(const test_case *c, cbp_diagnose_options *options, cbp_error **error) {
    cbp_profile *also[4] = {NULL};
    cbp_status status = CBP_OK;
    size_t i;
    for (i = 0; i < c->also.count && i < 4 && status == CBP_OK; i++)
        status = cbp_profile_parse(c->also.items[i].data, c->also.items[i].len, NULL, &also[i], error);
    if (c->also.count > 4) fail("also", str("more than 4"), str("at most 4"));
    if (status == CBP_OK)
        status = cbp_diagnose_options_set_also(options, (const cbp_profile *const *)also, c->also.count, error);
    for (i = 0; i < 4; i++) cbp_profile_free(also[i]);
    if (status == CBP_OK)
        status = cbp_diagnose_options_set_expected(options, c->expected.items, c->expected.count, error);
    if (status == CBP_OK && c->parameter.data)
        status = cbp_diagnose_options_set_parameter(options, c->parameter.data, c->parameter.len, error);
    if (status == CBP_OK && c->body.data)
        status = cbp_diagnose_options_set_body(options, c->body.data, c->body.len, error);
    if (status == CBP_OK && c->content_type.data)
        status = cbp_diagnose_options_set_content_type(options, c->content_type.data, c->content_type.len, error);
    return status;
}

static void run_diagnosis(const test_case *c) {
    cbp_parse_options *settings = cbp_parse_options_new();
    cbp_profile *profile = NULL;
    cbp_diagnosis *diagnosis = NULL;
    cbp_diagnose_options *options = cbp_diagnose_options_new();
    cbp_bytes *json = NULL;
    cbp_error *error = NULL;
    cbp_status status = cbp_parse_options_set_wire_format(settings, c->encoding, c->tag, c->reading, &error);
    if (status == CBP_OK) status = cbp_profile_parse(c->payload.data, c->payload.len, settings, &profile, &error);
    if (status == CBP_OK) status = set_options(c, options, &error);
    if (status == CBP_OK) status = cbp_diagnose(profile, c->texts.items, c->texts.count, options, &diagnosis, &error);
    cbp_parse_options_free(settings);
    cbp_diagnose_options_free(options);
    cbp_profile_free(profile);
    if (succeeded("diagnose", status, error)) {
        cbp_str cause = cbp_diagnosis_finding_cause(diagnosis, 0);
        uint32_t is_right = 0;
        size_t i;
        for (i = 0; i < c->causes.count; i++) is_right |= equal(cause, c->causes.items[i]);
        if (is_right != c->told) fail("cause", cause, c->told ? c->causes.items[0] : str("another one"));
        if (c->grade.data) check("grade", cbp_diagnosis_finding_grade(diagnosis, 0), c->grade);
        if (c->settings.data) check("settings", cbp_diagnosis_finding_settings(diagnosis, 0), c->settings);
        check_number("is_found", cbp_diagnosis_is_found(diagnosis), !equal(cause, str("unknown")));
        for (i = 0; i < cbp_diagnosis_excluded_count(diagnosis); i++)
            if (equal(cause, cbp_diagnosis_excluded(diagnosis, i))) fail("excluded", cause, str("others"));
        error = NULL;
        if (succeeded("to_json", cbp_diagnosis_to_json(diagnosis, &json, &error), error))
            check_findings(diagnosis, cbp_bytes_data(json));
    }
    cbp_bytes_free(json);
    cbp_diagnosis_free(diagnosis);
}

#endif
