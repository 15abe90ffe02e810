/* Single values: testdata/value.json and the five-implementation vectors, from C. */
#ifndef CBP_TEST_VALUE_CASES_H
#define CBP_TEST_VALUE_CASES_H

#include "expect.h"

#include <stdlib.h>

/* Decrypts into a buffer of exactly the room that is promised to be enough. */
static cbp_status decrypt(const cbp_cipher *cipher, cbp_str text, char **value, size_t *len, cbp_error **error) {
    size_t room = cbp_cipher_decrypted_len_max(cipher, text.len);
    *value = (char *)malloc(room ? room : 1);
    return cbp_cipher_decrypt_text(cipher, text.data, text.len, *value, room, len, error);
}

static void run_value(const test_case *c) {
    cbp_cipher *cipher = NULL;
    cbp_error *error = NULL;
    uint32_t algorithm = cbp_algorithm_from_name(c->algorithm.data, c->algorithm.len);
    cbp_status status = cbp_cipher_new_with(algorithm, c->key.data, c->key.len, c->iv.data, c->iv.len, c->encoding, c->tag,
                                            c->reading, &cipher, &error);
    if (status == CBP_OK && c->plaintext.data) {
        size_t needed = cbp_cipher_encrypted_len(cipher, c->plaintext.len), written = 0;
        char *text = (char *)malloc(needed + 1);
        cbp_str got = {text, 0};
        status = cbp_cipher_encrypt(cipher, c->plaintext.data, c->plaintext.len, text, needed, &written, &error);
        if (succeeded("encrypt", status, error)) {
            got.len = written;
            check("text", got, c->text);
            check_number("encrypted_len", written, needed);
            if (needed > CBP_ENCRYPTED_LEN_MAX(c->plaintext.len)) fail("CBP_ENCRYPTED_LEN_MAX", str(""), str(""));
        }
        error = NULL;
        free(text);
    }
    if (status == CBP_OK && c->text.data) {
        cbp_str got = {NULL, 0}, want = c->decrypted.data ? c->decrypted : c->plaintext;
        char *value = NULL;
        status = decrypt(cipher, c->text, &value, &got.len, &error);
        got.data = value;
        if (!c->error.data && succeeded("decrypt", status, error)) check("value", got, want);
        free(value);
    }
    if (c->error.data) {
        check_error(c, status, error);
        cbp_error_free(error);
    } else if (status != CBP_OK) fail("cipher", cbp_status_name(status), str("ok"));
    cbp_cipher_free(cipher);
}

/* Returns 1 if the case is one that this surface refuses: CFB8, and IVs of 12 bytes without hazmat. */
static int run_crypto(const test_case *c) {
    cbp_bytes *result = NULL;
    cbp_error *error = NULL;
    cbp_cipher *cipher = NULL;
    uint32_t algorithm = cbp_algorithm_from_name(c->algorithm.data, c->algorithm.len);
    if (algorithm == 0) {
        check_number("CFB8", cbp_cipher_new(algorithm, c->key.data, c->key.len, c->iv.data, c->iv.len, &cipher, NULL),
                     CBP_ERROR_UNKNOWN_ALGORITHM);
        return 1;
    }
#ifndef CBP_TEST_WITHOUT_HAZMAT /* as libraries are released */
    if (cbp_algorithm_is_authenticated(algorithm)) {
        if (succeeded("seal", cbp_hazmat_gcm_seal(c->key.data, c->key.len, c->iv.data, c->iv.len, NULL, 0, c->plaintext.data,
                                                  c->plaintext.len, &result, &error), error))
            check_bytes("sealed", result, c->decrypted);
        if (succeeded("open", cbp_hazmat_gcm_open(c->key.data, c->key.len, c->iv.data, c->iv.len, NULL, 0, c->decrypted.data,
                                                  c->decrypted.len, &result, &error), error))
            check_bytes("opened", result, c->plaintext);
    } else {
        if (succeeded("encrypt", cbp_hazmat_cfb_encrypt(c->key.data, c->key.len, c->iv.data, c->iv.len, c->plaintext.data,
                                                        c->plaintext.len, &result, &error), error))
            check_bytes("encrypted", result, c->decrypted);
        if (succeeded("decrypt", cbp_hazmat_cfb_decrypt(c->key.data, c->key.len, c->iv.data, c->iv.len, c->decrypted.data,
                                                        c->decrypted.len, &result, &error), error))
            check_bytes("decrypted", result, c->plaintext);
    }
#endif
    if (c->iv.len != cbp_iv_len()) {
        check_number("IV", cbp_cipher_new(algorithm, c->key.data, c->key.len, c->iv.data, c->iv.len, &cipher, NULL),
                     CBP_ERROR_INVALID_IV);
        return 1;
    } else {
        test_case value = *c;
        value.decrypted.data = NULL;
        run_value(&value);
        return 0;
    }
}

#endif
