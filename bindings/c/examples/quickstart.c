/* The quick start in C: a profile, an outgoing callback, and opening it at the other end.
 *
 *     cc quickstart.c $(pkg-config --cflags --libs callback_profile) -o quickstart && ./quickstart
 */
#include <callback_profile.h>

#include <stdio.h>
#include <string.h>

static const char payload[] =
    "{\"title\": \"Delivery status\", \"http_method\": \"POST\", \"url\": \"https://example.com/sms\","
    " \"body\": {\"status\": \"<status>\", \"to\": \"<recipient>\"},"
    " \"response_message\": \"Thank you, {\\\"name\\\": \\\"first_name\\\"}\","
    " \"enc\": {\"algo\": \"AES-128-GCM\", \"key\": \"K1abcdefghijkl2P\", \"IV\": \"POabcdefghijklLY\","
    " \"params\": [\"to\"]}}";
static const char record[] =
    "{\"status\": \"DELIVERED\", \"recipient\": \"+919876543210\", \"first_name\": \"John\"}";

int main(void) {
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL;
    cbp_message *message = NULL;
    cbp_bytes *opened = NULL;
    cbp_error *error = NULL;
    cbp_str body;
    size_t i;

    /* 1. Parse: having a profile is the proof that the payload obeys the rules. */
    if (cbp_profile_parse(payload, strlen(payload), NULL, &profile, &error) != CBP_OK) goto failed;
    for (i = 0; i < cbp_profile_advisory_count(profile); i++)
        printf("advisory  %.*s\n", CBP_STR_ARG(cbp_profile_advisory_name(profile, i)));

    /* 2. Per callback: a record fills the replacers, and the values go out encrypted. */
    if (cbp_profile_callback(profile, record, strlen(record), NULL, &callback, &error) != CBP_OK) goto failed;
    body = cbp_callback_body(callback);
    printf("request   %.*s %.*s\n", CBP_STR_ARG(cbp_method_name(cbp_callback_method(callback))),
           CBP_STR_ARG(cbp_callback_url(callback)));
    printf("body      %.*s\n", CBP_STR_ARG(body));
    if (cbp_profile_message(profile, record, strlen(record), NULL, &message, &error) != CBP_OK) goto failed;
    printf("message   %.*s\n", CBP_STR_ARG(cbp_message_text(message)));

    /* 3. At the other end: open it. */
    if (cbp_profile_open(profile, body.data, body.len, NULL, &opened, &error) != CBP_OK) goto failed;
    printf("opened    %s\n", cbp_bytes_data(opened));

failed:
    if (error) fprintf(stderr, "%u %.*s\n", (unsigned)cbp_error_code(error), CBP_STR_ARG(cbp_error_message(error)));
    cbp_bytes_free(opened);
    cbp_message_free(message);
    cbp_callback_free(callback);
    cbp_profile_free(profile);
    i = error != NULL;
    cbp_error_free(error);
    return (int)i;
}
