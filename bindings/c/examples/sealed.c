/* Callbacks that can be trusted: signed, sealed, and received by a ring of keys.
 *
 *     cc sealed.c $(pkg-config --cflags --libs callback_profile) -o sealed && ./sealed
 *
 * The three functions are the code of the README's chapters. Where one of them fails, it leaves an error.
 */
#define _GNU_SOURCE
#include <callback_profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define TEXT(text) {text, sizeof(text) - 1}

static const char record[] = "{\"recipient\": \"+919876543210\"}";

/* A profile of the documented format, whose callbacks say which key they were made with. */
#define DOCUMENTED(id, key)                                                                                            \
    "{\"title\": \"sms\", \"http_method\": \"POST\", \"url\": \"https://example.com/sms\","                            \
    " \"headers\": {\"x-key-id\": \"" id "\"}, \"body\": {\"to\": \"<recipient>\"},"                                   \
    " \"enc\": {\"algo\": \"AES-128-GCM\", \"key\": \"" key "\", \"IV\": \"POabcdefghijklLY\"}}"

/* Copies the headers of a callback and its signature to where a request has them. */
static size_t headers_of(const cbp_callback *callback, const cbp_signature *signature, cbp_header *headers) {
    size_t i, count = 0;
    for (i = 0; i < cbp_callback_header_count(callback); i++, count++) {
        headers[count].name = cbp_callback_header_name(callback, i);
        headers[count].value = cbp_callback_header_value(callback, i);
    }
    for (i = 0; i < cbp_signature_header_count(signature); i++, count++) {
        headers[count].name = cbp_signature_header_name(signature, i);
        headers[count].value = cbp_signature_header_value(signature, i);
    }
    return count;
}

/* New bytes of the operating system. */
static void fill(void *bytes, size_t len) {
    if (getrandom(bytes, len, 0) != (ssize_t)len) abort();
}

static cbp_error *signing(const cbp_profile *profile) {
    const cbp_str secrets[] = {TEXT("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")}; /* `cbp keygen --signing` makes one */
    uint64_t now = (uint64_t)time(NULL);
    cbp_signer *signer = NULL;
    cbp_verifier *verifier = NULL;
    cbp_callback *callback = NULL;
    cbp_signature *signature = NULL;
    cbp_received *received = NULL;
    cbp_error *error = NULL;
    cbp_header headers[8]; /* the callback's own, and the three that sign it: what is sent, and what is received */
    size_t count;
    /* The sender. A retry has the same id and a new timestamp. */
    if (cbp_signer_new(secrets, 1, &signer, &error) == CBP_OK &&
        cbp_profile_callback(profile, record, strlen(record), NULL, &callback, &error) == CBP_OK &&
        cbp_callback_sign(callback, signer, "msg_1", 5, now, CBP_COVERAGE_REQUIRED, &signature, &error) == CBP_OK) {
        cbp_str body = cbp_callback_body(callback);
        count = headers_of(callback, signature, headers);
        /* The receiver: the signature over the raw body first, then the parameters. */
        if (cbp_verifier_new(secrets, 1, &verifier, &error) == CBP_OK &&
            cbp_profile_receive(profile, verifier, headers, count, "/sms", 4, body.data, body.len, now,
                                CBP_DEFAULT_TOLERANCE, NULL, &received, &error) == CBP_OK)
            printf("%.*s: %.*s\n", CBP_STR_ARG(cbp_received_id(received)),
                   CBP_STR_ARG(cbp_opened_json(cbp_received_opened(received))));
    }
    cbp_received_free(received);
    cbp_verifier_free(verifier);
    cbp_signature_free(signature);
    cbp_callback_free(callback);
    cbp_signer_free(signer);
    return error;
}

static cbp_error *sealing(void) {
    const char *url = "https://example.com/sms";
    unsigned char random[CBP_SEALING_RANDOM_LEN];
    uint64_t now = (uint64_t)time(NULL);
    char payload[512];
    cbp_bytes *enc = NULL;
    cbp_profile *profile = NULL;
    cbp_call_options *options = cbp_call_options_new();
    cbp_callback *callback = NULL;
    cbp_opened *opened = NULL;
    cbp_error *error = NULL;
    /* A new key with an id of its own; sender and receiver keep the profile. */
    fill(random, sizeof random);
    if (cbp_keygen_sealed("2026-11", 7, random, sizeof random, &enc, &error) == CBP_OK)
        snprintf(payload, sizeof payload, "{\"title\": \"sms\", \"http_method\": \"POST\", \"url\": \"%s\","
                 " \"body\": {\"to\": \"<recipient>\"}, \"enc\": %s}", url, cbp_bytes_data(enc));
    /* The sender: new random bytes for every callback, the time, and an id, which each retry has too. */
    fill(random, sizeof random);
    if (!error && cbp_profile_parse(payload, strlen(payload), NULL, &profile, &error) == CBP_OK &&
        cbp_call_options_set_random(options, random, sizeof random, &error) == CBP_OK &&
        cbp_call_options_set_issued_at(options, now, &error) == CBP_OK &&
        cbp_call_options_set_id(options, "msg_2", 5, &error) == CBP_OK &&
        cbp_profile_callback(profile, record, strlen(record), options, &callback, &error) == CBP_OK) {
        cbp_str body = cbp_callback_body(callback); /* {"jwe":"eyJ…"} */
        /* The receiver: everything that it expects is a decision. 0 and NULL: not checked. */
        if (cbp_call_options_set_expected(options, true, now, CBP_DEFAULT_TOLERANCE, CBP_METHOD_POST, url, strlen(url),
                                          NULL, 0, &error) == CBP_OK &&
            cbp_profile_open_details(profile, body.data, body.len, options, &opened, &error) == CBP_OK)
            printf("%.*s, %.*s: %.*s\n", CBP_STR_ARG(cbp_opened_sealed_kid(opened)),
                   CBP_STR_ARG(cbp_opened_sealed_id(opened)), CBP_STR_ARG(cbp_opened_json(opened)));
    }
    cbp_wipe(random, sizeof random);
    cbp_wipe(payload, sizeof payload);
    cbp_opened_free(opened);
    cbp_callback_free(callback);
    cbp_call_options_free(options);
    cbp_profile_free(profile);
    cbp_bytes_free(enc);
    return error;
}

static cbp_error *changing(const cbp_profile *old_profile, const cbp_profile *new_profile) {
    cbp_key_ring *ring = NULL;
    cbp_callback *callback = NULL;
    cbp_received *received = NULL;
    cbp_error *error = NULL;
    cbp_header headers[8];
    if (cbp_key_ring_by_header("x-key-id", 8, &ring, &error) == CBP_OK &&
        cbp_key_ring_add(ring, "2026-01", 7, old_profile, &error) == CBP_OK &&
        cbp_key_ring_add(ring, "2026-02", 7, new_profile, &error) == CBP_OK && /* 1: the receiver adds the new key */
        cbp_profile_callback(new_profile, record, strlen(record), NULL, &callback, &error) == CBP_OK) { /* 2 */
        cbp_str body = cbp_callback_body(callback);
        size_t count = headers_of(callback, NULL, headers);
        if (cbp_key_ring_open(ring, headers, count, "/sms", 4, body.data, body.len, NULL, &received, &error) == CBP_OK)
            printf("%.*s: %.*s\n", CBP_STR_ARG(cbp_received_key_id(received)),
                   CBP_STR_ARG(cbp_opened_json(cbp_received_opened(received))));
        cbp_key_ring_remove(ring, "2026-01", 7); /* 4: after the longest retry */
    }
    cbp_received_free(received);
    cbp_callback_free(callback);
    cbp_key_ring_free(ring);
    return error;
}

int main(void) {
    const char *payloads[] = {DOCUMENTED("2026-01", "K1abcdefghijkl2P"), DOCUMENTED("2026-02", "otherkeyotherkey")};
    cbp_profile *profiles[2] = {NULL, NULL};
    cbp_error *error = NULL;
    size_t i;
    int failed;
    for (i = 0; i < 2 && !error; i++)
        if (cbp_profile_parse(payloads[i], strlen(payloads[i]), NULL, &profiles[i], &error) != CBP_OK) break;
    if (!error) error = signing(profiles[0]);
    if (!error) error = sealing();
    if (!error) error = changing(profiles[0], profiles[1]);
    failed = error != NULL;
    if (error) fprintf(stderr, "%.*s\n", CBP_STR_ARG(cbp_error_message(error)));
    cbp_error_free(error);
    for (i = 0; i < 2; i++) cbp_profile_free(profiles[i]);
    return failed;
}
