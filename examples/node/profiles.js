// Stored profiles in one SQLite file: what the service registers, the dispatcher sends.
//
// The rows hold keys and IVs. A real service encrypts them at rest.
import { ProfileError, StoredProfile } from 'callback-profile';

/** A stored profile has more members than its payload. */
const LIMITS = { limits: { payloadBytes: 512 * 1024, nodes: 20_000 } };

export class Profiles {
  #database;
  /** By id, the last text and what was parsed of it. Parsing takes longer than reading a row, and another process may change it. */
  #parsed = new Map();

  /** An open database with the methods of libsql or better-sqlite3. Several processes may share the file. */
  constructor(database) {
    this.#database = database;
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA busy_timeout = 30000;
      CREATE TABLE IF NOT EXISTS profiles (id TEXT PRIMARY KEY, stored TEXT NOT NULL) WITHOUT ROWID;`);
  }

  /** Parses all of them. A row that is no profile any more is left out and reported, and does not keep the others from being sent. */
  load() {
    const rows = this.#database.prepare('SELECT id, stored FROM profiles').all();
    const loaded = rows.filter(({ id, stored }) => {
      try {
        return this.#parse(id, stored);
      } catch (error) {
        if (!(error instanceof ProfileError)) throw error;
        console.error(`profile ${JSON.stringify(id)}: ${error.message}`);
        return false;
      }
    });
    return loaded.length;
  }

  /** The stored profile of this id, or undefined. */
  get(id) {
    const row = this.#database.prepare('SELECT stored FROM profiles WHERE id = ?').get(id);
    return row && this.#parse(id, row.stored);
  }

  /** Stores what the platform stores, in place of what this id had. */
  put(id, profile, times) {
    const payload = JSON.parse(profile.toJson({ secrets: 'shown' }));
    const stored = JSON.stringify({ ...payload, profile_id: id, status: 1, ...times });
    this.#database.prepare('INSERT OR REPLACE INTO profiles VALUES (?, ?)').run(id, stored);
  }

  delete(id) {
    this.#database.prepare('DELETE FROM profiles WHERE id = ?').run(id);
    this.#parsed.delete(id);
  }

  #parse(id, text) {
    const known = this.#parsed.get(id);
    if (known?.text === text) return known.stored;
    const stored = StoredProfile.parse(text, LIMITS);
    this.#parsed.set(id, { text, stored });
    return stored;
  }
}
