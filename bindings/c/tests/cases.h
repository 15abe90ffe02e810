/* The shared cases of testdata/ as gen_cases.py writes them, and what is only for tests. */
#ifndef CBP_TEST_CASES_H
#define CBP_TEST_CASES_H

#define CBP_HAZMAT
#include "callback_profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const cbp_str *items; /* NULL if the case has no such member */
    size_t count;         /* elements of 1, 2 or 4 texts */
} test_list;

/* A text's data is NULL if the case has no such member. */
typedef struct {
    const char *name;
    cbp_str payload, profile, record, patch, stored, received, envelope, sid, profile_id, content_type, boundary,
        algorithm, key, iv, plaintext, text, decrypted, json, opened, method, url, body, error, error_class,
        parameter, kind, verdict, grade, settings, random, id, expected_method, expected_url, expected_profile_id;
    test_list violations, advisories, replacers, headers, missing_names, parameters, structures, absent, details, unknown, causes,
        fields, texts, expected, also, refused, signing_secrets, failed;
    uint32_t policy, encoding, tag, reading, missing, surrogates, secrets, all_structures, all_absent;
    uint32_t status, pairs, partial, accepted, told, bare, check_freshness;
    uint64_t now, tolerance, issued_at, timestamp;
    size_t unlisted, line, column;
    struct {
        uint32_t limit;
        size_t value;
    } limits[4];
    size_t limit_count;
} test_case;

typedef struct {
    const char *name;
    const test_case *cases;
    size_t count;
} test_suite;

extern const test_suite test_suites[];
extern const size_t test_suite_count;

/* Only in a library with the feature `testing`. */
cbp_status cbp_testing_panic(cbp_error **error);
const char *cbp_testing_panic_value(const char *fallback);

#ifdef __cplusplus
}
#endif

#endif
