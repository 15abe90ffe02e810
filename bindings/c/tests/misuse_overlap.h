/* Memory that is read and written by one call: refused where the two overlap, and nothing is changed. */
#ifndef CBP_TEST_MISUSE_OVERLAP_H
#define CBP_TEST_MISUSE_OVERLAP_H

#include "misuse.h"

#include <stdlib.h>

/* A buffer at every distance from the input: refused if and only if the two share a byte. */
static void buffers_that_overlap(void) {
    char room[160];
    size_t offset, written;
    for (offset = 0; offset + 40 <= sizeof room; offset++) {
        int call, shared = offset < 60 + sizeof TEXT - 1 && 60 < offset + 40;
        for (call = 0; call < 3; call++) {
            char *buffer_there = room + offset;
            cbp_status status;
            written = 7;
            memset(room, 'x', sizeof room);
            memcpy(room + 60, TEXT, sizeof TEXT - 1);
            if (call == 0) /* needs more than 40 bytes, but whether the two overlap comes first */
                status = cbp_cipher_encrypt(a_cbp_cipher, room + 60, sizeof TEXT - 1, buffer_there, 40, &written, NULL);
            else if (call == 1)
                status = cbp_cipher_decrypt(a_cbp_cipher, room + 60, sizeof TEXT - 1, buffer_there, 40, &written, NULL);
            else
                status = cbp_cipher_decrypt_text(a_cbp_cipher, room + 60, sizeof TEXT - 1, buffer_there, 40, &written, NULL);
            if (shared) check(status == CBP_ERROR_INVALID_ARGUMENT && written == 7, "a buffer that overlaps the input");
            else check(status == (call ? CBP_OK : CBP_ERROR_BUFFER_TOO_SMALL), "a buffer beside the input");
            check(memcmp(room + 60, TEXT, sizeof TEXT - 1) == 0, "the input");
        }
    }
}

static cbp_str part_of(const cbp_callback *callback, size_t part) {
    switch (part) {
    case 0: return cbp_callback_url(callback);
    case 1: return cbp_callback_body(callback);
    case 2: return cbp_callback_header_name(callback, 0);
    case 3: return cbp_callback_header_value(callback, 0);
    case 4: return cbp_callback_header_name(callback, 1);
    case 5: return cbp_callback_header_value(callback, 1);
    default: return cbp_callback_missing(callback, 0);
    }
}

/* A record that lies in the callback that it fills: refused, and the callback is unchanged. */
static void records_that_overlap(void) {
    cbp_callback *callback = cbp_callback_new();
    char copy[7][64] = {{0}};
    size_t part, other, piece;
    check(cbp_profile_callback_into(a_cbp_profile, "{}", 2, NULL, callback, NULL) == CBP_OK, "a callback");
    for (part = 0; part < 7; part++) {
        cbp_str text = part_of(callback, part);
        check(text.len > 0 && text.len < sizeof copy[part], "its parts");
        memcpy(copy[part], text.data, text.len);
    }
    for (part = 0; part < 7; part++) {
        cbp_str text = part_of(callback, part);
        const cbp_str pieces[4] = {{text.data, text.len}, {text.data, 1}, {text.data + text.len - 1, 1}, {text.data + text.len / 2, 1}};
        for (piece = 0; piece < 4; piece++) {
            cbp_error *problem = NULL;
            cbp_status status = cbp_profile_callback_into(a_cbp_profile, pieces[piece].data, pieces[piece].len, NULL,
                                                          callback, &problem);
            check(status == CBP_ERROR_INVALID_ARGUMENT && is(cbp_error_class(problem), "ArgumentError"), "a record of its own");
            cbp_error_free(problem);
            for (other = 0; other < 7; other++)
                check(is(part_of(callback, other), copy[other]), "its parts are unchanged");
        }
    }
    /* A copy is a record like any other. */
    text_copy(cbp_callback_body(callback));
    check(cbp_profile_callback_into(a_cbp_profile, buffer, strlen(buffer), NULL, callback, NULL) == CBP_OK, "a copy");
    cbp_callback_free(callback);
}

/* Values that lie in the texts that they fill: refused, and the texts are unchanged. */
static void values_that_overlap(uint32_t algorithm) {
    cbp_texts *texts = cbp_texts_new();
    cbp_cipher *cipher = NULL;
    const cbp_str plain[5] = {{"John", 4}, {NULL, 0}, {"Jane", 4}, {"+919876543210", 13}, {"x", 1}};
    cbp_str mixed[5];
    size_t from, to, i;
    check(cbp_cipher_new(algorithm, KEY, 16, IV, 16, &cipher, NULL) == CBP_OK, "a cipher");
    check(cbp_cipher_encrypt_all(cipher, plain, 5, texts, NULL) == CBP_OK, "texts");
    text_copy(cbp_texts_get(texts, 0));
    for (from = 0; from < 5; from++)
        for (to = 0; to < 5; to++) {
            cbp_str own = cbp_texts_get(texts, from);
            if (own.len == 0) continue; /* CFB's text of nothing */
            memcpy(mixed, plain, sizeof plain);
            mixed[to].data = own.data + own.len - 1;
            mixed[to].len = 1;
            check(cbp_cipher_encrypt_all(cipher, mixed, 5, texts, NULL) == CBP_ERROR_INVALID_ARGUMENT, "a value of its own");
            check(cbp_cipher_encrypt_all(cipher, &own, 1, texts, NULL) == CBP_ERROR_INVALID_ARGUMENT, "a single one");
            check(cbp_texts_count(texts) == 5 && is(cbp_texts_get(texts, 0), buffer), "the texts are unchanged");
        }
    for (i = 0; i < 5; i++) mixed[i] = plain[i];
    mixed[0].data = buffer;
    mixed[0].len = strlen(buffer);
    check(cbp_cipher_encrypt_all(cipher, mixed, 5, texts, NULL) == CBP_OK && cbp_texts_count(texts) == 5, "a copy");
    cbp_cipher_free(cipher);
    cbp_texts_free(texts);
}

#endif
