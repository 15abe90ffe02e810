// Acts once on each message, however often it arrives: ids and effects in one SQLite file.
//
// Senders send a message again until they get a 2xx, and anybody who saw a signed message can send it again while its timestamp is
// new. So the id of a message is written in the transaction of its effect: either both are there or neither, also if the process is
// killed in between.

/**
 * Seconds: at least twice the tolerance of the signature, and as long as the sender retries: a retry is signed anew, with the same
 * id.
 */
export const KEPT_SECONDS = 7 * 24 * 3600;

export class Inbox {
  #database;

  /** An open database with the methods of libsql or better-sqlite3. Several processes may share the file. */
  constructor(database) {
    this.#database = database;
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA busy_timeout = 30000;
      CREATE TABLE IF NOT EXISTS seen (endpoint TEXT, id TEXT, at INTEGER, PRIMARY KEY (endpoint, id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS seen_at ON seen (at);`);
  }

  /**
   * Calls the effect, unless a message of this id was acted on; says whether it was new. The endpoint identifies its secret: an id
   * counts within it. The effect is synchronous and writes through the database; if it throws, nothing was written, and the next
   * delivery tries again.
   */
  once(endpoint, id, now, effect) {
    const database = this.#database;
    database.exec('BEGIN IMMEDIATE');
    try {
      const { changes } = database.prepare('INSERT OR IGNORE INTO seen VALUES (?, ?, ?)').run(endpoint, id, now);
      if (changes === 1) {
        effect(database);
        database.prepare('DELETE FROM seen WHERE at < ?').run(now - KEPT_SECONDS);
      }
      database.exec('COMMIT');
      return changes === 1;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}

const EFFECTS = 'CREATE TABLE IF NOT EXISTS effects (id TEXT, parameters TEXT)';

/** An effect that keeps what was received; yours does something. */
export function keep(database, { id, values }) {
  database.exec(EFFECTS);
  database.prepare('INSERT INTO effects VALUES (?, ?)').run(id, JSON.stringify(values));
}
