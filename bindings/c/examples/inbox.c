/* A receiver: opens callbacks by the key that each one names, reads one value, and writes it to SQLite.
 *
 *     cc inbox.c $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o inbox
 *     ./inbox inbox.db 8080 2026-01=old.json 2026-02=new.json     # ids of keys, and the profiles that have them
 *
 *     POST /callbacks     200 if it was opened, 400 if not: the sender is never told why, the log is
 *
 * While a key is changed, both profiles are in the ring; take the old one out after the longest retry of the sender. It ends with
 * its standard input. receiver.c receives signed callbacks, and gives each message its effect once.
 */
#define _GNU_SOURCE
#include "http.h"

#include <sqlite3.h>

/* What all threads share; the ring does not change any more, and the database has a lock of its own. */
static cbp_key_ring *ring;
static sqlite3 *database;

/* The effect of a callback. */
static int write_down(cbp_str key_id, cbp_bytes *to) {
    sqlite3_stmt *statement = NULL;
    int done = sqlite3_prepare_v2(database, "INSERT INTO received VALUES (?1, ?2)", -1, &statement, NULL) == SQLITE_OK &&
               sqlite3_bind_text(statement, 1, key_id.data, (int)key_id.len, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_bind_text(statement, 2, cbp_bytes_data(to), (int)cbp_bytes_len(to), SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return done;
}

static void receive(int connection, const struct http_message *request) {
    static const char text[] = "{\"code\":\"RBC302\",\"message\":\"the callback could not be opened\",\"data\":{},"
                                  "\"error\":[{\"body\":\"the callback could not be opened\"}],\"status\":400}";
    const cbp_str target = request->line[1], refused = {text, sizeof text - 1};
    cbp_received *received = NULL;
    cbp_bytes *to = NULL;
    cbp_error *error = NULL;
    uint32_t kind = 0;
    if (cbp_key_ring_open(ring, request->headers, request->header_count, target.data, target.len, request->body.data,
                          request->body.len, NULL, &received, &error) != CBP_OK ||
        cbp_opened_get(cbp_received_opened(received), CBP_TEXT("to"), &kind, &to, &error) != CBP_OK) {
        fprintf(stderr, "refused %zu bytes: %.*s\n", request->body.len, CBP_STR_ARG(cbp_error_name(error)));
        http_answer(connection, 400, "application/json", refused);
    } else if (kind != CBP_KIND_STRING) {
        fprintf(stderr, "refused %zu bytes: `to` is no string\n", request->body.len);
        http_answer(connection, 400, "application/json", refused);
    } else if (!write_down(cbp_received_key_id(received), to)) {
        fprintf(stderr, "database: %s\n", sqlite3_errmsg(database));
        http_answer(connection, 503, "text/plain", CBP_STR("try again\n"));
    } else {
        http_answer(connection, 200, "application/json", CBP_STR("{}"));
    }
    cbp_bytes_free(to);
    cbp_received_free(received);
    cbp_error_free(error);
}

static void handle(int connection, const struct http_message *request) {
    cbp_str part;
    if (http_is_post(request, "/callbacks", "", &part) && part.len == 0) receive(connection, request);
    else http_answer(connection, 404, "text/plain", CBP_STR("no such place\n"));
}

/* Adds the profile of `ID=FILE`. Its callbacks must say `x-key-id: ID`. */
static int add(const char *argument) {
    static char json[256 * 1024];
    const char *path = strchr(argument, '=');
    FILE *file = path ? fopen(path + 1, "rb") : NULL;
    size_t len = file ? fread(json, 1, sizeof json, file) : 0;
    cbp_stored_profile *stored = NULL;
    cbp_error *error = NULL;
    int added = file && cbp_stored_profile_parse(json, len, NULL, &stored, &error) == CBP_OK &&
                cbp_key_ring_add(ring, argument, (size_t)(path - argument), cbp_stored_profile_profile(stored), &error) == CBP_OK;
    if (file) fclose(file);
    if (!added) fprintf(stderr, "%s: %.*s\n", argument, CBP_STR_ARG(cbp_error_message(error)));
    cbp_wipe(json, sizeof json);
    cbp_stored_profile_free(stored); /* the ring has a copy */
    cbp_error_free(error);
    return added;
}

int main(int argc, char **argv) {
    int i, ready = argc > 3 && cbp_key_ring_by_header(CBP_TEXT("x-key-id"), &ring, NULL) == CBP_OK &&
                   sqlite3_open(argv[1], &database) == SQLITE_OK &&
                   sqlite3_exec(database, "CREATE TABLE IF NOT EXISTS received (key_id TEXT, recipient TEXT)", NULL, NULL, NULL) == 0;
    for (i = 3; ready && i < argc; i++) ready = add(argv[i]);
    ready = ready && http_serve(argv[2], handle);
    if (!ready) fprintf(stderr, "usage: inbox DATABASE PORT ID=PROFILE.json ...\n");
    cbp_key_ring_free(ring);
    sqlite3_close(database);
    return !ready;
}
