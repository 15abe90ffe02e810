/* What the sanitizers and valgrind must find, to prove that they are looking. */
#include "misuse.h"

#include <limits.h>
#include <stdlib.h>

static void *volatile kept; /* keeps the compiler from seeing through */

int main(int argc, char **argv) {
    cbp_cipher *cipher = NULL;
    volatile int big = INT_MAX;
    if (argc != 2) return 0;
    if (cbp_cipher_new(CBP_ALGORITHM_AES_128_GCM, KEY, 16, IV, 16, &cipher, NULL) != CBP_OK) return 0;
    if (strcmp(argv[1], "leak") == 0) {
        kept = cipher;
        cipher = NULL;
        kept = NULL;
    } else if (strcmp(argv[1], "use-after-free") == 0) {
        char *text = malloc(28);
        size_t written = 0;
        cbp_status status;
        if (!text) return 0;
        memcpy(text, TEXT, 28);
        kept = text;
        free(text);
        text = kept;
        status = cbp_cipher_decrypt(cipher, text, 28, buffer, sizeof buffer, &written, NULL);
        printf("%u %c\n", (unsigned)status, text[0]);
        cbp_cipher_free(cipher);
    } else if (strcmp(argv[1], "undefined") == 0) {
        printf("%d\n", big + argc);
        cbp_cipher_free(cipher);
    }
    return 0;
}

/* misuse.h declares it */
char buffer[512];
