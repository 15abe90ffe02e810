/* A service: registers profiles from requests, stores them in SQLite, loads them, renders messages and sends callbacks.
 *
 *     cc service.c $(pkg-config --cflags --libs callback_profile sqlite3) -pthread -o service
 *     ./service profiles.db 8080 loopback     # 0 picks a port; without `loopback`, callbacks go to public addresses alone
 *
 *     POST /v1/{sid}/callback/profiles        registers a profile: 201 with its id, or 400 with every violation
 *     POST /messages/{id}                     a record: sends the callback, and answers with the message
 *
 * inbox.c is the other end. It ends with its standard input. */
#define _GNU_SOURCE
#include "http.h"

#include <sqlite3.h>
#include <sys/random.h>

enum { ID_LEN = 32 };
struct entry {
    char id[ID_LEN];
    cbp_profile *profile; /* never changes, and lives as long as the process: threads use it without a lock */
};

/* What all threads share: entries under the lock; the database has its own. */
static struct entry *entries;
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3 *database;
static int loopback_too;

static const cbp_profile *find(cbp_str id) {
    const cbp_profile *found = NULL;
    size_t i;
    pthread_mutex_lock(&lock);
    for (i = 0; i < count && !found; i++)
        if (id.len == ID_LEN && memcmp(entries[i].id, id.data, ID_LEN) == 0) found = entries[i].profile;
    pthread_mutex_unlock(&lock);
    return found;
}

static void keep(const char *id, cbp_profile *profile) {
    pthread_mutex_lock(&lock);
    entries = (struct entry *)realloc(entries, (count + 1) * sizeof *entries);
    if (!entries) abort(); /* out of memory */
    memcpy(entries[count].id, id, ID_LEN);
    entries[count++].profile = profile;
    pthread_mutex_unlock(&lock);
}

/* Stores a profile with its key: whoever reads the database has it. */
static int store(const char *id, const cbp_profile *profile) {
    sqlite3_stmt *statement = NULL;
    cbp_bytes *json = NULL;
    int done = cbp_profile_to_json(profile, CBP_SECRETS_SHOWN, &json, NULL) == CBP_OK &&
               sqlite3_prepare_v2(database, "INSERT INTO profiles (id, json) VALUES (?1, ?2)", -1, &statement, NULL) == SQLITE_OK &&
               sqlite3_bind_text(statement, 1, id, ID_LEN, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_bind_text(statement, 2, cbp_bytes_data(json), (int)cbp_bytes_len(json), SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    cbp_bytes_free(json); /* overwrites it */
    return done;
}

/* Loads what is stored; a profile that is refused is named, and the others are served. */
static int load(const char *path) {
    sqlite3_stmt *statement = NULL;
    int refused = 0;
    if (sqlite3_open(path, &database) != SQLITE_OK ||
        sqlite3_exec(database, "CREATE TABLE IF NOT EXISTS profiles (id TEXT PRIMARY KEY, json TEXT NOT NULL)", NULL, NULL, NULL) ||
        sqlite3_prepare_v2(database, "SELECT json, id FROM profiles", -1, &statement, NULL) != SQLITE_OK)
        return 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *json = (const char *)sqlite3_column_text(statement, 0), *id = (const char *)sqlite3_column_text(statement, 1);
        cbp_stored_profile *stored = NULL;
        cbp_profile *profile = NULL;
        cbp_error *error = NULL;
        if (sqlite3_column_bytes(statement, 1) == ID_LEN &&
            cbp_stored_profile_parse(json, (size_t)sqlite3_column_bytes(statement, 0), NULL, &stored, &error) == CBP_OK &&
            cbp_stored_profile_take(&stored, &profile, &error) == CBP_OK)
            keep(id, profile);
        else refused++, fprintf(stderr, "stored profile: %.*s\n", CBP_STR_ARG(cbp_error_message(error)));
        cbp_error_free(error);
    }
    printf("loaded %zu profiles, refused %d\n", count, refused);
    return sqlite3_finalize(statement) == SQLITE_OK;
}

static void register_profile(int connection, const struct http_message *request, cbp_str sid) {
    cbp_profile *profile = NULL;
    cbp_envelope *envelope = NULL;
    cbp_error *error = NULL;
    unsigned char random[ID_LEN / 2];
    char id[ID_LEN + 1];
    size_t i;
    if (cbp_request_parse(sid.data, sid.len, request->headers, request->header_count, request->body.data, request->body.len, NULL,
                          &profile, &error) != CBP_OK) {
        if (cbp_envelope_refused(error, &envelope, NULL) != CBP_OK) fprintf(stderr, "%.*s\n", CBP_STR_ARG(cbp_error_name(error)));
    } else if (getrandom(random, sizeof random, 0) == sizeof random) {
        for (i = 0; i < sizeof random; i++) snprintf(id + 2 * i, 3, "%02x", random[i]);
        if (cbp_envelope_created(profile, id, ID_LEN, CBP_SECRETS_MASKED, &envelope, NULL) == CBP_OK && store(id, profile)) {
            keep(id, profile);
            profile = NULL;
        } else cbp_envelope_free(envelope), envelope = NULL;
    }
    http_answer_envelope(connection, envelope); /* NULL: something failed, and the sender may try again */
    cbp_profile_free(profile);
    cbp_error_free(error);
}

/* Sends the callback of a record. The answer is the message, 400 if the record is wrong, or 502 if it could not be delivered. */
static void send_callback(int connection, const cbp_profile *profile, cbp_str record) {
    struct http_message *room = (struct http_message *)malloc(sizeof *room);
    cbp_message *message = NULL;
    cbp_callback *callback = NULL;
    cbp_error *error = NULL;
    if (room && cbp_profile_message(profile, record.data, record.len, NULL, &message, &error) == CBP_OK &&
        cbp_profile_callback(profile, record.data, record.len, NULL, &callback, &error) == CBP_OK) {
        const char *reason = "refused";
        int other = http_connect(callback, loopback_too, &reason), status = other < 0 ? 0 : http_send(other, callback, room);
        if (other >= 0) close(other);
        if (status / 100 != 2) fprintf(stderr, "not delivered: %s, status %d\n", reason, status);
        http_answer(connection, status / 100 == 2 ? 200 : 502, "text/plain; charset=utf-8", cbp_message_text(message));
    } else http_answer(connection, 400, "text/plain; charset=utf-8", cbp_error_message(error));
    cbp_error_free(error);
    cbp_callback_free(callback);
    cbp_message_free(message);
    free(room);
}

static void handle(int connection, const struct http_message *request) {
    cbp_str part;
    if (http_is_post(request, "/v1/", "/callback/profiles", &part)) {
        register_profile(connection, request, part);
    } else if (http_is_post(request, "/messages/", "", &part)) {
        const cbp_profile *profile = find(part);
        cbp_envelope *envelope = NULL;
        if (profile) send_callback(connection, profile, request->body);
        else if (cbp_envelope_not_found(part.data, part.len, &envelope, NULL) == CBP_OK) http_answer_envelope(connection, envelope);
    } else http_answer(connection, 404, "text/plain", CBP_STR("no such place\n"));
}

int main(int argc, char **argv) {
    int served;
    loopback_too = argc > 3 && strcmp(argv[3], "loopback") == 0;
    served = argc > 2 && load(argv[1]) && http_serve(argv[2], handle);
    if (!served) fprintf(stderr, "usage: service DATABASE PORT [loopback]; %s\n", sqlite3_errmsg(database));
    while (count > 0) cbp_profile_free(entries[--count].profile);
    free(entries);
    sqlite3_close(database);
    return !served;
}
