/* Objects made and freed many times: memory stays flat.
 *
 *     test_cycles [COUNT [unmeasured]]      unmeasured where a tool keeps what is freed
 */
#include "misuse.h"

#include <stdlib.h>
#include <unistd.h>

/* Resident memory of our own in KiB: without the pages of files, of which the kernel maps some more whenever it likes. */
static long resident(void) {
    long all = 0, pages = 0, of_files = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld %ld", &all, &pages, &of_files) != 3) pages = of_files = 0;
    if (file) fclose(file);
    return (pages - of_files) * (sysconf(_SC_PAGESIZE) / 1024);
}

static int cycle(void) {
    cbp_parse_options *options = cbp_parse_options_new();
    cbp_call_options *call = cbp_call_options_new();
    cbp_profile *profile = NULL, *refused = NULL;
    cbp_stored_profile *kept = NULL;
    cbp_cipher *cipher = NULL;
    cbp_callback *callback = NULL;
    cbp_message *message = NULL;
    cbp_envelope *envelope = NULL;
    cbp_bytes *json = NULL, *opened = NULL;
    cbp_error *problem = NULL;
    cbp_diagnose_options *known = cbp_diagnose_options_new();
    cbp_diagnosis *diagnosis = NULL;
    const cbp_str encrypted = {TEXT, sizeof TEXT - 1};
    int good = cbp_call_options_set_content_type(call, "application/json", 16, NULL) == CBP_OK &&
               cbp_profile_parse(PROFILE, sizeof PROFILE - 1, options, &profile, NULL) == CBP_OK &&
               cbp_profile_callback(profile, RECORD, sizeof RECORD - 1, call, &callback, NULL) == CBP_OK &&
               cbp_profile_message(profile, RECORD, sizeof RECORD - 1, call, &message, NULL) == CBP_OK &&
               cbp_profile_open(profile, RECEIVED, sizeof RECEIVED - 1, call, &opened, NULL) == CBP_OK &&
               cbp_stored_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &kept, NULL) == CBP_OK &&
               cbp_cipher_new(CBP_ALGORITHM_AES_256_CFB, KEY KEY, 32, IV, 16, &cipher, NULL) == CBP_OK &&
               cbp_diagnose_options_set_expected(known, &encrypted, 1, NULL) == CBP_OK &&
               cbp_diagnose_options_set_body(known, RECEIVED, sizeof RECEIVED - 1, NULL) == CBP_OK &&
               cbp_diagnose(profile, NULL, 0, known, &diagnosis, NULL) == CBP_OK &&
               cbp_profile_patch(profile, "{\"title\":1}", 11, &refused, &problem) == CBP_ERROR_INVALID_PATCH &&
               cbp_envelope_refused(problem, &envelope, NULL) == CBP_OK &&
               cbp_envelope_to_json(envelope, &json, NULL) == CBP_OK;
    cbp_parse_options_free(options);
    cbp_call_options_free(call);
    cbp_profile_free(profile);
    cbp_stored_profile_free(kept);
    cbp_cipher_free(cipher);
    cbp_callback_free(callback);
    cbp_message_free(message);
    cbp_envelope_free(envelope);
    cbp_bytes_free(json);
    cbp_bytes_free(opened);
    cbp_error_free(problem);
    cbp_diagnose_options_free(known);
    cbp_diagnosis_free(diagnosis);
    return good;
}

int main(int argc, char **argv) {
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000, i, good = 0;
    long before_kib, after_kib;
    for (i = 0; i < count / 10; i++) good += (unsigned long)cycle();
    before_kib = resident();
    for (; i < count; i++) good += (unsigned long)cycle();
    after_kib = resident();
    printf("cycles: %lu of %lu right, resident %ld KiB, then %ld KiB\n", good, count, before_kib, after_kib);
    return good != count || (argc < 3 && after_kib > before_kib + 256);
}
