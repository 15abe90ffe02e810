"""Acts once on each message, however often it arrives: ids and effects in one SQLite file.

Senders send a message again until they get a 2xx, and anybody who saw a signed message can send it again while its
timestamp is new. So the id of a message is written in the transaction of its effect: either both are there or neither,
also if the process is killed in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

KEPT_SECONDS = 7 * 24 * 3600
"""At least twice the tolerance of the signature, and as long as the sender retries: a retry is signed anew, with the
same id.
"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (endpoint TEXT, id TEXT, at INTEGER, PRIMARY KEY (endpoint, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);
CREATE TABLE IF NOT EXISTS effects (endpoint TEXT, id TEXT, parameters TEXT);
"""


class Inbox:
    """The file, which several processes may share."""

    def __init__(self, path: str) -> None:
        self.path = path
        with closing(self.connect()) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(SCHEMA)

    def connect(self) -> sqlite3.Connection:
        """A connection of its own for each call, so that threads need no lock; it waits for those of others."""
        return sqlite3.connect(self.path, timeout=30, isolation_level=None)

    def once(self, endpoint: str, id: str, now: int, effect: Callable[[sqlite3.Connection], object]) -> bool:
        """Calls the effect, unless a message of this id was acted on. The endpoint identifies its secret: an id counts
        within it. The effect writes through the connection; if it raises, nothing was written, and the next delivery
        tries again.
        """
        with closing(self.connect()) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                insert = "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)"
                is_new = database.execute(insert, (endpoint, id, now)).rowcount == 1
                if is_new:
                    effect(database)
                    database.execute("DELETE FROM seen WHERE at < ?", (now - KEPT_SECONDS,))
                database.execute("COMMIT")
            except BaseException:
                database.execute("ROLLBACK")
                raise
        return is_new
