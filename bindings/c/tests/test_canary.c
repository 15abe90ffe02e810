/* A canary key and IV in a great many failing calls: neither is in any error, nor in its JSON, nor in an envelope.
 *
 *     test_canary [CALLS]      10,000 without
 */
#include "misuse.h"

#include <stdlib.h>

#define CANARY_KEY "CANARYkEy7Qz2Wx5"
#define CANARY_IV "CANARYiVq8Zr2LmV"
#define ENC "\"enc\":{\"algo\":\"AES-128-GCM\",\"key\":\"" CANARY_KEY "\",\"IV\":\"" CANARY_IV "\",\"params\":[\"a\",\"q\"]}"

static const char payload[] = "{\"title\":\"canary\",\"http_method\":\"POST\",\"url\":\"http://10.0.0.1/<p>?q=<x>\","
                              "\"body\":{\"a\":\"<x>\",\"b\":5},\"headers\":{\"x-a\":\"<h>\"}," ENC "}";
static const char change[] = "{\"title\":\"patched\"," ENC "}";
static const char record[] = "{\"x\":\"v\",\"y\":\"w\",\"p\":\"p\",\"h\":\"h\"}";
static const char *const splinters[] = {"\"", "{", "}", "[", "]", "\\", ",", ":", "null", "1", "\r\n", " ", "<x>", "%", "A", "\xff"};

/* Marsaglia's xorshift: the same numbers in every run. */
static size_t below(size_t bound) {
    static unsigned long long state = 88172645463325252ull;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % bound);
}

/* One to three splinters written over the text or into it, a quarter of them near the secrets. */
static size_t mutated(const char *text, size_t len, char *out) {
    size_t changes = 1 + below(3);
    memcpy(out, text, len + 1);
    while (changes--) {
        const char *secret = below(4) ? NULL : strstr(out, "CANARY"), *splinter = splinters[below(16)];
        size_t at = secret ? (size_t)(secret - out) + below(40) : below(len + 1), put = strlen(splinter), cut;
        if (at > len) at = len;
        if (below(8) == 0) {
            len = at;
        } else {
            cut = below(4);
            if (cut > len - at) cut = len - at;
            memmove(out + at + put, out + at + cut, len - at - cut);
            memcpy(out + at, splinter, put);
            len = len - cut + put;
        }
        out[len] = '\0';
    }
    return len;
}

static size_t leaks;

/* A member's name is shown in pointers, so what became one is no secret. */
static void search(cbp_str shown, const char *input) {
    size_t i, size = sizeof CANARY_KEY - 1;
    for (i = 0; i + size <= shown.len; i++)
        if (memcmp(shown.data + i, CANARY_KEY, size) == 0 || memcmp(shown.data + i, CANARY_IV, size) == 0) {
            const char *name = strstr(input, memcmp(shown.data + i, CANARY_KEY, size) ? CANARY_IV : CANARY_KEY);
            if (name && name[size] == '"' && name[size + 1] == ':') continue;
            leaks++;
            printf("LEAK: %.*s\n", (int)shown.len, shown.data);
        }
}

static cbp_str all_of(const cbp_bytes *bytes) {
    cbp_str text;
    text.data = cbp_bytes_data(bytes);
    text.len = cbp_bytes_len(bytes);
    return text;
}

int main(int argc, char **argv) {
    unsigned long wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000, failures = 0, of_kind[6] = {0}, i;
    static char input[1024], key[64];
    cbp_profile *profile = NULL;
    cbp_callback *callback = NULL;
    if (cbp_profile_parse(payload, sizeof payload - 1, NULL, &profile, NULL) != CBP_OK ||
        cbp_profile_callback(profile, record, sizeof record - 1, NULL, &callback, NULL) != CBP_OK)
        return 1;
    while (failures < wanted) {
        size_t kind = below(6), len = 0;
        cbp_status status;
        cbp_error *problem = NULL;
        cbp_profile *made = NULL;
        cbp_stored_profile *kept = NULL;
        cbp_callback *filled = NULL;
        cbp_cipher *cipher = NULL;
        cbp_bytes *opened = NULL, *json = NULL;
        cbp_envelope *envelope = NULL;
        cbp_str body = cbp_callback_body(callback);
        static char received[256];
        switch (kind) {
        case 0:
            len = mutated(payload, sizeof payload - 1, input);
            status = cbp_profile_parse(input, len, NULL, &made, &problem);
            break;
        case 1:
            len = mutated(payload, sizeof payload - 1, input);
            status = cbp_stored_profile_parse(input, len, NULL, &kept, &problem);
            break;
        case 2:
            len = mutated(change, sizeof change - 1, input);
            status = cbp_profile_patch(profile, input, len, &made, &problem);
            break;
        case 3:
            len = mutated(record, sizeof record - 1, input);
            status = cbp_profile_callback(profile, input, len, NULL, &filled, &problem);
            break;
        case 4:
            memcpy(received, body.data, body.len);
            received[body.len] = '\0';
            len = mutated(received, body.len, input);
            status = cbp_profile_open(profile, input, len, NULL, &opened, &problem);
            break;
        default:
            len = mutated(CANARY_KEY, sizeof CANARY_KEY - 1, key);
            status = cbp_cipher_new(CBP_ALGORITHM_AES_128_GCM, key, len, CANARY_IV, 16, &cipher, &problem);
        }
        if ((status == CBP_OK) != (problem == NULL)) leaks++, printf("status %u without its error\n", (unsigned)status);
        if (problem) {
            failures++;
            of_kind[kind]++;
            search(cbp_error_message(problem), input);
            search(cbp_error_pointer(problem), input);
            if (cbp_error_to_json(problem, &json, NULL) == CBP_OK) search(all_of(json), input);
            if (cbp_envelope_refused(problem, &envelope, NULL) == CBP_OK) {
                cbp_bytes_free(json);
                json = NULL;
                if (cbp_envelope_to_json(envelope, &json, NULL) == CBP_OK) search(all_of(json), input);
            }
        }
        cbp_error_free(problem);
        cbp_profile_free(made);
        cbp_stored_profile_free(kept);
        cbp_callback_free(filled);
        cbp_cipher_free(cipher);
        cbp_bytes_free(opened);
        cbp_bytes_free(json);
        cbp_envelope_free(envelope);
    }
    cbp_callback_free(callback);
    cbp_profile_free(profile);
    for (i = 0; i < 6; i++)
        if (of_kind[i] < wanted / 100) leaks++, printf("calls of kind %lu hardly ever failed: %lu\n", i, of_kind[i]);
    printf("count canary c ran=%lu refused=0 failed=%lu\n", failures, (unsigned long)leaks);
    return leaks != 0;
}
