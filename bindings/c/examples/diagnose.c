/* Why does a text not open? For the owner of the key, at a desk: never in the answer to whoever sent the text.
 *
 *     cc diagnose.c $(pkg-config --cflags --libs callback_profile) -o diagnose && ./diagnose
 */
#include <callback_profile.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    const char *payload = "{\"title\": \"sms\", \"http_method\": \"POST\", \"url\": \"https://example.com/sms\","
                          " \"body\": {\"to\": \"<to>\"}, \"enc\": {\"algo\": \"AES-128-CFB\","
                          " \"key\": \"K1abcdefghijkl2P\", \"IV\": \"POabcdefghijklLY\"}}";
    const cbp_str text = {"hI0izbdzQmxjgF/+gQ==", 20};  /* what was received, and does not open */
    const cbp_str expected = {"+919876543210", 13};     /* what the sender says that it is */
    cbp_diagnose_options *options = cbp_diagnose_options_new(); /* NULL if nothing is known */
    cbp_diagnosis *diagnosis = NULL;
    cbp_profile *profile = NULL;
    cbp_error *error = NULL;
    int failed = 1;
    if (cbp_profile_parse(payload, strlen(payload), NULL, &profile, &error) == CBP_OK &&
        cbp_diagnose_options_set_expected(options, &expected, 1, &error) == CBP_OK &&
        cbp_diagnose(profile, &text, 1, options, &diagnosis, &error) == CBP_OK) {
        printf("%.*s, %.*s\n", CBP_STR_ARG(cbp_diagnosis_finding_cause(diagnosis, 0)),
               CBP_STR_ARG(cbp_diagnosis_finding_grade(diagnosis, 0)));
        printf("sender: %.*s\n", CBP_STR_ARG(cbp_diagnosis_finding_at_sender(diagnosis, 0)));
        printf("receiver: %.*s\n", CBP_STR_ARG(cbp_diagnosis_finding_at_receiver(diagnosis, 0)));
        failed = !cbp_diagnosis_is_found(diagnosis);
    } else {
        fprintf(stderr, "%.*s\n", CBP_STR_ARG(cbp_error_message(error)));
    }
    cbp_error_free(error);
    cbp_diagnosis_free(diagnosis);
    cbp_diagnose_options_free(options);
    cbp_profile_free(profile);
    return failed;
}
