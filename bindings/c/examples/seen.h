/* Messages that were received, in SQLite: the id of a message is written in the transaction of its effect, so that a message
 * has its effect once, however often it comes and whenever the process ends. A part of receiver.c.
 */
#ifndef RECEIVER_SEEN_H
#define RECEIVER_SEEN_H

#include <callback_profile.h>

#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>

/* How long ids are kept: at least twice the tolerance, and as long as the sender tries again, which it does with the same id
 * and a new timestamp. */
enum { KEEP_SECONDS = 7 * 24 * 3600 };

/* One connection, which the threads of the receiver take turns with. */
struct seen {
    sqlite3 *database;
    pthread_mutex_t lock;
};

enum outcome { IS_NEW, IS_DUPLICATE, HAS_FAILED };

static int seen_open(struct seen *seen, const char *path) {
    /* A commit is on the disk before the sender gets its answer. */
    static const char setup[] =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE IF NOT EXISTS seen (key_id TEXT NOT NULL, id TEXT NOT NULL, received_at INTEGER NOT NULL,"
        " PRIMARY KEY (key_id, id)) WITHOUT ROWID;"
        "CREATE INDEX IF NOT EXISTS seen_received_at ON seen (received_at);"
        "CREATE TABLE IF NOT EXISTS effects (at INTEGER NOT NULL, id TEXT NOT NULL, parameters TEXT NOT NULL);";
    if (pthread_mutex_init(&seen->lock, NULL) != 0) return 0;
    return sqlite3_open(path, &seen->database) == SQLITE_OK && sqlite3_busy_timeout(seen->database, 10000) == SQLITE_OK &&
           sqlite3_exec(seen->database, setup, NULL, NULL, NULL) == SQLITE_OK;
}

static void seen_close(struct seen *seen) {
    sqlite3_close(seen->database);
    pthread_mutex_destroy(&seen->lock);
}

static int run(sqlite3 *database, const char *sql) { return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK; }

/* Runs a statement with the number ?1 and the texts ?2 and ?3, as far as it has them. */
static int run_with(sqlite3 *database, const char *sql, int64_t number, cbp_str first, cbp_str second) {
    const cbp_str texts[2] = {first, second};
    sqlite3_stmt *statement = NULL;
    int done = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
               sqlite3_bind_int64(statement, 1, number) == SQLITE_OK;
    int i, count = sqlite3_bind_parameter_count(statement);
    for (i = 2; i <= count; i++)
        done = done && sqlite3_bind_text(statement, i, texts[i - 2].data ? texts[i - 2].data : "", (int)texts[i - 2].len,
                                         SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return done;
}

/* What a callback is for: here its parameters are kept. It must be a part of the transaction, and so a change of this database;
 * what is not (a mail, a call of another service) belongs into a table of things to do, which is worked off afterwards. */
static int take_effect(sqlite3 *database, int64_t now, cbp_str id, cbp_str parameters) {
    return run_with(database, "INSERT INTO effects (at, id, parameters) VALUES (?1, ?2, ?3)", now, id, parameters);
}

/* Gives a message its effect, unless it had it. `key_id` is the id of a sealed callback's key, and nothing otherwise. */
static enum outcome seen_or_effect(struct seen *seen, cbp_str key_id, cbp_str id, cbp_str parameters, int64_t now) {
    sqlite3 *database = seen->database;
    enum outcome outcome = HAS_FAILED;
    pthread_mutex_lock(&seen->lock);
    if (run(database, "BEGIN IMMEDIATE")) {
        if (run_with(database, "DELETE FROM seen WHERE received_at < ?1", now - KEEP_SECONDS, key_id, id) &&
            run_with(database, "INSERT INTO seen (received_at, key_id, id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", now,
                     key_id, id)) {
            if (sqlite3_changes(database) == 0) outcome = IS_DUPLICATE;
            else if (take_effect(database, now, id, parameters)) outcome = IS_NEW;
        }
        if (outcome != IS_NEW) run(database, "ROLLBACK");
        else if (!run(database, "COMMIT")) {
            outcome = HAS_FAILED;
            run(database, "ROLLBACK");
        }
    }
    if (outcome == HAS_FAILED) fprintf(stderr, "database: %s\n", sqlite3_errmsg(database));
    pthread_mutex_unlock(&seen->lock);
    return outcome;
}

#endif
