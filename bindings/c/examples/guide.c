/* The guide's first four chapters in C: a profile is registered, stored, sent and received. README.md explains them.
 *
 *     cc guide.c $(pkg-config --cflags --libs callback_profile) -o guide && ./guide
 */
#include <callback_profile.h>

#include <stdio.h>
#include <string.h>

static const char payload[] =
    "{\"title\": \"Receipts\", \"http_method\": \"POST\", \"url\": \"https://example.com/sms?source=guide\","
    " \"body\": {\"status\": \"<status>\", \"to\": \"<recipient>\"},"
    " \"response_message\": \"Thank you, {\\\"name\\\": \\\"first_name\\\"}\","
    " \"enc\": {\"algo\": \"AES-256-GCM\", \"key\": \"K1abcdefghijkl2PK1abcdefghijkl2P\", \"IV\": \"POabcdefghijklLY\","
    " \"params\": [\"to\"]}}";
static const char record[] = "{\"status\": \"DELIVERED\", \"recipient\": \"+919876543210\", \"first_name\": \"Asha\"}";

/* Prints an error, if there is one, and frees it. */
static void report(cbp_error *error) {
    if (error) fprintf(stderr, "%.*s\n", CBP_STR_ARG(cbp_error_message(error)));
    cbp_error_free(error);
}

/* The profile of a create request, or NULL. */
static cbp_profile *registered(const char *body) {
    const cbp_header headers[] = {{CBP_STR("api-key"), CBP_STR("A0")}, {CBP_STR("content-type"), CBP_STR("application/json")}};
    cbp_profile *profile = NULL;
    cbp_envelope *envelope = NULL;
    cbp_error *error = NULL;
    cbp_status status;
    size_t i;
    status = cbp_request_parse(CBP_TEXT("HX1"), headers, 2, body, strlen(body), NULL, &profile, &error);
    for (i = 0; i < cbp_error_violation_count(error); i++)
        printf("%.*s\n", CBP_STR_ARG(cbp_error_violation_message(error, i)));
    for (i = 0; i < cbp_profile_advisory_count(profile); i++)
        printf("accepted, but: %.*s\n", CBP_STR_ARG(cbp_profile_advisory_name(profile, i)));
    status = status == CBP_OK ? cbp_envelope_created(profile, CBP_TEXT("p1"), CBP_SECRETS_MASKED, &envelope, NULL)
                              : cbp_envelope_refused(error, &envelope, NULL);
    if (status == CBP_OK) printf("answered with status %u\n", (unsigned)cbp_envelope_status(envelope));
    cbp_envelope_free(envelope);
    cbp_error_free(error);
    return profile;
}

/* Stores the profile and loads it again; takes it over. */
static cbp_profile *stored(cbp_profile *profile) {
    cbp_bytes *json = NULL;
    cbp_stored_profile *row = NULL;
    cbp_profile *loaded = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_to_json(profile, CBP_SECRETS_SHOWN, &json, &error) == CBP_OK && /* to the database, and back: */
        cbp_stored_profile_parse(cbp_bytes_data(json), cbp_bytes_len(json), NULL, &row, &error) == CBP_OK &&
        cbp_stored_profile_take(&row, &loaded, &error) == CBP_OK)
        printf("loaded: %.*s\n", CBP_STR_ARG(cbp_profile_title(loaded)));
    cbp_bytes_free(json); /* overwrites it */
    report(error);
    cbp_profile_free(profile);
    return loaded;
}

/* Fills `callback`, which a thread uses again and again. */
static void sent(const cbp_profile *profile, cbp_callback *callback) {
    cbp_message *message = NULL;
    cbp_error *error = NULL;
    if (cbp_profile_message(profile, record, strlen(record), NULL, &message, &error) == CBP_OK &&
        cbp_profile_callback_into(profile, record, strlen(record), NULL, callback, &error) == CBP_OK) {
        printf("message: %.*s\n", CBP_STR_ARG(cbp_message_text(message)));
        printf("to %.*s, port %u: %.*s %.*s\n", CBP_STR_ARG(cbp_callback_host(callback)), (unsigned)cbp_callback_port(callback),
               CBP_STR_ARG(cbp_method_name(cbp_callback_method(callback))), CBP_STR_ARG(cbp_callback_target(callback)));
        printf("body: %.*s\n", CBP_STR_ARG(cbp_callback_body(callback)));
    }
    cbp_message_free(message);
    report(error);
}

static void received(const cbp_profile *profile, const char *body, size_t len) {
    cbp_opened *opened = NULL;
    cbp_bytes *to = NULL;
    cbp_error *error = NULL;
    uint32_t kind = 0;
    if (cbp_profile_open_details(profile, body, len, NULL, &opened, &error) == CBP_OK &&
        cbp_opened_get(opened, CBP_TEXT("to"), &kind, &to, &error) == CBP_OK && kind == CBP_KIND_STRING)
        printf("opened: %s\n", cbp_bytes_data(to));
    else
        printf("for the log alone: %.*s\n", CBP_STR_ARG(cbp_error_name(error)));
    cbp_opened_free(opened); /* overwrites the parameters */
    cbp_bytes_free(to);
    cbp_error_free(error);
}

int main(void) {
    cbp_profile *refused = registered("{\"title\": \"Receipts\", \"http_method\": \"PATCH\"}");
    cbp_profile *profile = stored(registered(payload));
    cbp_callback *callback = cbp_callback_new();
    cbp_str body;
    sent(profile, callback);
    body = cbp_callback_body(callback);
    received(profile, body.data, body.len);
    received(profile, body.data, body.len / 2);
    cbp_callback_free(callback);
    cbp_profile_free(profile);
    return refused != NULL;
}
