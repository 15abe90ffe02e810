/* The options of a diagnosis: what they keep, and what takes it away. */
#ifndef CBP_TEST_MISUSE_DIAGNOSIS_H
#define CBP_TEST_MISUSE_DIAGNOSIS_H

#include "misuse.h"

/* The options of a diagnosis keep copies: the originals are freed and overwritten before they are used. */
static void diagnoses(void) {
    static const char other[] = "{\"title\":\"old\",\"http_method\":\"GET\",\"url\":\"https://example.com/\",\"enc\":{"
                                "\"algo\":\"AES-128-CFB\",\"key\":\"OLDKEYabcdefghij\",\"IV\":\"" IV "\"}}";
    cbp_diagnose_options *options = cbp_diagnose_options_new();
    cbp_diagnosis *diagnosis = NULL;
    cbp_profile *old = NULL;
    cbp_stored_profile *kept = NULL;
    const cbp_profile *also[2];
    char text[128], value[] = "The quick brown fox";
    cbp_str views[2] = {{NULL, 0}, {NULL, 0}};
    size_t len = 0;
    check(cbp_profile_parse(other, sizeof other - 1, NULL, &old, NULL) == CBP_OK &&
              cbp_stored_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &kept, NULL) == CBP_OK &&
              cbp_cipher_encrypt(cbp_profile_cipher(old), value, strlen(value), text, sizeof text, &len, NULL) == CBP_OK,
          "an older key");
    also[0] = cbp_stored_profile_profile(kept);
    also[1] = old;
    views[0].data = value;
    views[0].len = strlen(value);
    check(cbp_diagnose_options_set_also(options, also, 2, NULL) == CBP_OK &&
              cbp_diagnose_options_set_expected(options, views, 1, NULL) == CBP_OK,
          "what is known");
    cbp_profile_free(old);
    cbp_stored_profile_free(kept);
    memset(value, 'x', sizeof value);
    views[0].data = text;
    views[0].len = len;
    check(cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              is(cbp_diagnosis_finding_cause(diagnosis, 0), "other_key") && cbp_diagnosis_is_found(diagnosis) &&
              is(cbp_diagnosis_finding_grade(diagnosis, 0), "proved") && isnan(cbp_diagnosis_finding_chance(diagnosis, 0)) &&
              is(cbp_diagnosis_finding_settings(diagnosis, 0), "{\"algo\":\"AES-128-CFB\",\"key\":\"it was encrypted with key and IV of another "
                                                           "profile\",\"profile\":1}") &&
              cbp_diagnosis_judged_bytes(diagnosis) == 19 && cbp_diagnosis_excluded_count(diagnosis) > 5,
          "the second of the other profiles");
    cbp_diagnosis_free(diagnosis);
    check(cbp_diagnose_options_set_also(options, NULL, 0, NULL) == CBP_OK &&
              cbp_diagnose_options_set_expected(options, NULL, 0, NULL) == CBP_OK &&
              cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              is(cbp_diagnosis_finding_cause(diagnosis, 0), "unknown") && !cbp_diagnosis_is_found(diagnosis) &&
              is(cbp_diagnosis_finding_grade(diagnosis, 0), "none") && cbp_diagnosis_finding_count(diagnosis) == 1 &&
              has_no_text(cbp_diagnosis_finding_settings(diagnosis, 0)),
          "nothing is known any more");
    cbp_diagnosis_free(diagnosis);
    /* A body goes before texts, and NULL takes it away; a name that the profile encrypts is absent from an empty object. */
    check(cbp_diagnose_options_set_body(options, "{}", 2, NULL) == CBP_OK &&
              cbp_diagnose_options_set_content_type(options, "application/json", 16, NULL) == CBP_OK &&
              cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              is(cbp_diagnosis_finding_cause(diagnosis, 0), "parameter_missing"),
          "a body");
    cbp_diagnosis_free(diagnosis);
    check(cbp_diagnose_options_set_body(options, "", 0, NULL) == CBP_OK &&
              cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              !is(cbp_diagnosis_finding_cause(diagnosis, 0), "unknown"),
          "an empty body is a body");
    cbp_diagnosis_free(diagnosis);
    views[0].data = TEXT;
    views[0].len = sizeof TEXT - 1;
    check(cbp_diagnose_options_set_body(options, NULL, 0, NULL) == CBP_OK &&
              cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              is(cbp_diagnosis_finding_cause(diagnosis, 0), "opens") && has_no_text(cbp_diagnosis_finding_value(diagnosis, 0)),
          "no body");
    cbp_diagnosis_free(diagnosis);
    check(cbp_diagnose_options_set_show(options, true, NULL) == CBP_OK &&
              cbp_diagnose(a_cbp_profile, views, 1, options, &diagnosis, NULL) == CBP_OK &&
              is(cbp_diagnosis_finding_value(diagnosis, 0), "John"),
          "a value that is shown");
    cbp_diagnosis_free(diagnosis);
    cbp_diagnose_options_free(options);
}

#endif
