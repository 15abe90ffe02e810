"""Opens columns of received callbacks whose rows name the key that they were sent under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from callback_profile import Profile


class Opener:
    """Profiles by the id of their key. Make one for each task: a profile holds a key and cannot be pickled, its text can."""

    def __init__(
        self, profiles: Mapping[str, bytes], columns: Sequence[str] | None = None, threads: int | None = None
    ) -> None:
        """With columns, the result has these in place of `opened`; threads is how many open a batch, None one for each core."""
        self.profiles = {key_id: Profile.parse(text) for key_id, text in profiles.items()}
        self.columns = columns
        self.threads = threads
        self.has_opened = dict.fromkeys(profiles, False)

    def open(self, bodies: pa.Array, key_ids: pa.Array) -> pa.StructArray:
        """A struct for each row: the columns (or `opened`, JSON), `error` and `parameter`. A null body is null in all.

        Raises DecryptionError with the commonest code if the first 1,000 bodies of a key all fail: the key is another, or the column
        is. A key that has opened something goes on through any number of failures."""
        present = pc.unique(key_ids).to_pylist()
        if len(present) == 1:  # as nearly all batches of an archive in the order of time
            return self._opened(bodies, present[0])
        parts, places = [], []
        for key_id in present:
            is_of_key = pc.is_null(key_ids) if key_id is None else pc.equal(key_ids, key_id)
            parts.append(self._opened(bodies.filter(is_of_key), key_id))
            places.append(pc.indices_nonzero(is_of_key))
        if not parts:
            return self._opened(bodies, None)
        return pa.concat_arrays(parts).take(pc.sort_indices(pa.concat_arrays(places)))

    def _opened(self, bodies: pa.Array, key_id: str | None) -> pa.StructArray:
        """Rows of one key."""
        profile = self.profiles.get(key_id)
        if profile is None:
            return self._unknown(bodies)
        opened = pa.array(
            profile.open_arrow(
                bodies, columns=self.columns, threads=self.threads, keep_going=self.has_opened[key_id]
            )
        )
        if not self.has_opened[key_id]:
            is_right = pc.and_(pc.is_valid(bodies), pc.is_null(opened.field("error")))
            self.has_opened[key_id] = bool(pc.any(is_right).as_py())
        return opened

    def _unknown(self, bodies: pa.Array) -> pa.StructArray:
        """Rows of a key that nobody has."""
        names = ["opened"] if self.columns is None else self.columns
        nothing = {name: pa.nulls(len(bodies), pa.large_string()) for name in names}
        code = pc.if_else(pc.is_valid(bodies), "unknown_key", pa.scalar(None, pa.string()))
        columns = {**nothing, "error": code, "parameter": pa.nulls(len(bodies), pa.string())}
        return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))
