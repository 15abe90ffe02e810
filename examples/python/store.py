"""Callback profiles in a SQLite file, as the platform's stored form.

The text holds the key, so the file must be kept where keys are kept (or the column encrypted). A profile is parsed when
it is needed: that takes microseconds, and several processes can share the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from callback_profile import StoredProfile

SCHEMA = """
CREATE TABLE IF NOT EXISTS profiles (
    sid TEXT, id TEXT PRIMARY KEY, stored TEXT NOT NULL, before TEXT
) WITHOUT ROWID;
"""


class Profiles:
    """The file. `before` is what a profile was before its key was replaced, for callbacks that are on their way."""

    def __init__(self, path: str) -> None:
        self.path = path
        with closing(self.connect()) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(SCHEMA)

    def connect(self) -> sqlite3.Connection:
        """A connection of its own for each call, so that threads need no lock."""
        return sqlite3.connect(self.path, timeout=30, isolation_level=None)

    def save(self, sid: str, *all_stored: StoredProfile) -> None:
        """Adds or replaces profiles, all or none. Where the key is another one, what was there is kept as `before`."""
        statement = "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?)"
        with closing(self.connect()) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                for stored in all_stored:
                    was, before = self._of(database, stored.profile_id or "")
                    if was is not None and _key(was) != _key(stored):
                        before = was
                    kept = None if before is None else before.to_json(secrets="shown")
                    database.execute(
                        statement, (sid, stored.profile_id, stored.to_json(secrets="shown"), kept)
                    )
                database.execute("COMMIT")
            except BaseException:
                database.execute("ROLLBACK")
                raise

    def load(self, sid: str, profile_id: str) -> StoredProfile | None:
        """The profile of an account."""
        select = "SELECT stored FROM profiles WHERE sid = ? AND id = ?"
        with closing(self.connect()) as database:
            row = database.execute(select, (sid, profile_id)).fetchone()
        return None if row is None else StoredProfile.parse(row[0])

    def receiving(self, profile_id: str) -> tuple[StoredProfile | None, StoredProfile | None]:
        """The profile of an id, and what it was before its key was replaced."""
        with closing(self.connect()) as database:
            return self._of(database, profile_id)

    def delete(self, sid: str, profile_id: str) -> bool:
        """Whether there was one."""
        with closing(self.connect()) as database:
            return (
                database.execute("DELETE FROM profiles WHERE sid = ? AND id = ?", (sid, profile_id)).rowcount
                == 1
            )

    def all(self) -> Iterator[StoredProfile]:
        """Every profile, parsed one after the other."""
        with closing(self.connect()) as database:
            for (stored,) in database.execute("SELECT stored FROM profiles ORDER BY id"):
                yield StoredProfile.parse(stored)

    @staticmethod
    def _of(
        database: sqlite3.Connection, profile_id: str
    ) -> tuple[StoredProfile | None, StoredProfile | None]:
        row = database.execute("SELECT stored, before FROM profiles WHERE id = ?", (profile_id,)).fetchone()
        stored, before = row or (None, None)
        return (stored and StoredProfile.parse(stored), before and StoredProfile.parse(before))


def _key(stored: StoredProfile) -> object:
    return stored.to_dict(secrets="shown")["enc"]
