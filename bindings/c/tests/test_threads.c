/* Sixteen threads share one profile and one cipher, without locks: every result is right.
 *
 *     test_threads [ROUNDS [warm]]
 *
 * With `warm`, one round comes before the threads. The first call of each kind stores which instructions the processor has,
 * in an atomic that all threads would store the same in; helgrind knows no atomics and would call that a race.
 */
#include "misuse.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 16 };

static const cbp_profile *shared_profile;
static const cbp_callback *shared_callback;
static const cbp_cipher *shared_cipher;
static const cbp_diagnose_options *shared_options;
static const cbp_diagnosis *shared_diagnosis;
static const cbp_key_ring *shared_ring;
static const cbp_signer *shared_signer;
static const cbp_verifier *shared_verifier;
static size_t rounds = 200;

static int right(cbp_str got, const char *want) { return got.len == strlen(want) && memcmp(got.data, want, got.len) == 0; }

/* A callback signed, received and opened by one ring. */
static int through_the_ring(cbp_str body, const char *want) {
    cbp_header headers[4] = {{{NULL, 0}, {NULL, 0}}, {{NULL, 0}, {NULL, 0}}, {{NULL, 0}, {NULL, 0}}, {{"a", 1}, {"b", 1}}};
    cbp_signature *signature = NULL;
    cbp_received *received = NULL;
    size_t i;
    int good = cbp_signer_sign(shared_signer, "id", 2, 5, body.data, body.len, &signature, NULL) == CBP_OK;
    for (i = 0; i < 3; i++) {
        headers[i].name = cbp_signature_header_name(signature, i);
        headers[i].value = cbp_signature_header_value(signature, i);
    }
    good = good && cbp_key_ring_receive(shared_ring, shared_verifier, headers, 4, "/", 1, body.data, body.len, 5, 0, NULL,
                                        &received, NULL) == CBP_OK &&
           right(cbp_opened_json(cbp_received_opened(received)), want) && right(cbp_received_key_id(received), "b");
    cbp_signature_free(signature);
    cbp_received_free(received);
    return good;
}

static int one_round(size_t number) {
    char record[128], text[160], value[32], want[128];
    size_t written = 0, len;
    cbp_callback *callback = NULL;
    cbp_message *message = NULL;
    cbp_bytes *opened = NULL;
    cbp_diagnosis *diagnosis = NULL;
    cbp_error *problem = NULL;
    const cbp_str encrypted = {TEXT, sizeof TEXT - 1};
    int good;
    snprintf(value, sizeof value, "value %zu", number);
    snprintf(record, sizeof record, "{\"to\":\"%s\",\"b\":\"you\"}", value);
    snprintf(want, sizeof want, "{\"to\":\"%s\"}", value);
    good = cbp_profile_callback(shared_profile, record, strlen(record), NULL, &callback, NULL) == CBP_OK &&
           cbp_profile_open(shared_profile, cbp_callback_body(callback).data, cbp_callback_body(callback).len, NULL,
                            &opened, NULL) == CBP_OK &&
           strcmp(cbp_bytes_data(opened), want) == 0 &&
           cbp_profile_message(shared_profile, record, strlen(record), NULL, &message, NULL) == CBP_OK &&
           through_the_ring(cbp_callback_body(callback), want) && right(cbp_message_text(message), "Hi you") && right(cbp_profile_title(shared_profile), "misuse");
    good = good && cbp_cipher_encrypt(shared_cipher, value, strlen(value), text, sizeof text, &written, NULL) == CBP_OK;
    len = written;
    good = good && cbp_cipher_decrypt_text(shared_cipher, text, len, record, sizeof record, &written, NULL) == CBP_OK &&
           written == strlen(value) && memcmp(record, value, written) == 0;
    text[0] = text[0] == 'A' ? 'B' : 'A';
    good = good && cbp_cipher_decrypt(shared_cipher, text, len, record, sizeof record, &written, &problem) ==
                       CBP_ERROR_AUTH_FAILED && right(cbp_error_name(problem), "auth_failed");
    /* Its destination is found by whichever thread is first. */
    good = good && right(cbp_callback_host(shared_callback), "example.com") && right(cbp_callback_target(shared_callback), "/") &&
           cbp_callback_port(shared_callback) == 443;
    /* One diagnosis in sixteen rounds, since it is the slowest; the shared one in each. */
    good = good && right(cbp_diagnosis_finding_cause(shared_diagnosis, 0), "opens") && cbp_diagnosis_is_found(shared_diagnosis);
    if (number % 16 == 0)
        good = good && cbp_diagnose(shared_profile, &encrypted, 1, shared_options, &diagnosis, NULL) == CBP_OK &&
               right(cbp_diagnosis_finding_grade(diagnosis, 0), "proved") &&
               right(cbp_diagnosis_finding_value(diagnosis, 0), "John");
    cbp_diagnosis_free(diagnosis);
    cbp_error_free(problem);
    cbp_bytes_free(opened);
    cbp_message_free(message);
    cbp_callback_free(callback);
    return good;
}

static void *work(void *argument) {
    size_t *good = (size_t *)argument, round;
    for (round = 0; round < rounds; round++) *good += (size_t)one_round(round);
    return NULL;
}

int main(int argc, char **argv) {
    pthread_t threads[THREADS];
    size_t good[THREADS] = {0}, i, total = 0;
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL;
    cbp_cipher *cipher = NULL;
    cbp_diagnose_options *options = cbp_diagnose_options_new();
    cbp_diagnosis *diagnosis = NULL;
    const cbp_str encrypted = {TEXT, sizeof TEXT - 1};
    const cbp_profile *also[1];
    cbp_key_ring *ring = NULL;
    cbp_signer *signer = NULL;
    cbp_verifier *verifier = NULL;
    const cbp_str secret = {WHSEC, sizeof WHSEC - 1};
    if (argc > 1) rounds = strtoul(argv[1], NULL, 10);
    if (cbp_profile_parse(PROFILE, sizeof PROFILE - 1, NULL, &profile, NULL) != CBP_OK ||
        cbp_profile_callback(profile, "{}", 2, NULL, &callback, NULL) != CBP_OK ||
        cbp_cipher_new(CBP_ALGORITHM_AES_128_GCM, KEY, 16, IV, 16, &cipher, NULL) != CBP_OK)
        return 1;
    shared_callback = callback;
    also[0] = profile;
    if (cbp_diagnose_options_set_also(options, also, 1, NULL) != CBP_OK ||
        cbp_diagnose_options_set_show(options, true, NULL) != CBP_OK ||
        cbp_diagnose(profile, &encrypted, 1, options, &diagnosis, NULL) != CBP_OK)
        return 1;
    if (cbp_key_ring_by_header("a", 1, &ring, NULL) != CBP_OK || cbp_key_ring_add(ring, "b", 1, profile, NULL) != CBP_OK ||
        cbp_signer_new(&secret, 1, &signer, NULL) != CBP_OK || cbp_verifier_new(&secret, 1, &verifier, NULL) != CBP_OK)
        return 1;
    shared_ring = ring;
    shared_signer = signer;
    shared_verifier = verifier;
    shared_options = options;
    shared_diagnosis = diagnosis;
    shared_profile = profile;
    shared_cipher = cipher;
    if (argc > 2 && strcmp(argv[2], "warm") == 0 && !one_round(0)) return 1;
    for (i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, &good[i]) != 0) return 1;
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        total += good[i];
    }
    cbp_key_ring_free(ring);
    cbp_signer_free(signer);
    cbp_verifier_free(verifier);
    cbp_callback_free(callback);
    cbp_profile_free(profile);
    cbp_cipher_free(cipher);
    cbp_diagnose_options_free(options);
    cbp_diagnosis_free(diagnosis);
    printf("threads: %d threads, %zu rounds each, %zu of %zu right\n", THREADS, rounds, total, rounds * THREADS);
    return total != rounds * THREADS;
}
