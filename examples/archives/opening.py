"""Opens a long column batch by batch, and sees of all batches together whether the key opens anything.

`Opener` opens under one key; `OpenerByKey` opens rows that name the key that they were sent under."""

from __future__ import annotations

import collections
import threading
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from callback_profile import DecryptionError, Profile

ROWS_WITHOUT_SUCCESS = 1_000  # as in open_arrow, which counts within one call


class Opener:
    """Opens batches under one key. Make one for each task: a profile holds a key and cannot be pickled, its text can.

    Several threads may use it, as DuckDB, Polars and DataFusion do."""

    def __init__(
        self, profile: bytes, columns: Sequence[str] | None = None, threads: int | None = None
    ) -> None:
        """With columns, the result has these in place of `opened`; threads open a batch, None is one for each core."""
        self.profile = Profile.parse(profile)
        self.columns = columns
        self.threads = threads
        self.has_opened = False
        self.failed: collections.Counter[str] = collections.Counter()  # codes, until something opens
        self.lock = threading.Lock()

    def open(self, bodies: pa.Array | pa.ChunkedArray) -> pa.StructArray:
        """A struct for each row: the columns (or `opened`, JSON), `error` and `parameter`. A null body is null in all.

        Raises DecryptionError with the commonest code if the first 1,000 bodies that are not null all fail, however
        small the batches are that they come in: the key is another, or the column is. Once something has opened, any
        number may fail."""
        result = self.profile.open_arrow(
            bodies, columns=self.columns, threads=self.threads, keep_going=self.has_opened
        )
        opened = pa.array(result)
        with self.lock:
            if not self.has_opened:
                self._judge(bodies, opened.field("error"))
        return opened

    def _judge(self, bodies: pa.Array | pa.ChunkedArray, errors: pa.Array) -> None:
        """Counts the codes before the first success, with those of the batches before."""
        codes = errors.filter(pc.is_valid(bodies))
        first_success = pc.index(pc.is_null(codes), True).as_py()
        before = codes if first_success < 0 else codes[:first_success]
        self.failed.update(before[: ROWS_WITHOUT_SUCCESS - self.failed.total()].to_pylist())
        if self.failed.total() >= ROWS_WITHOUT_SUCCESS:
            code = self.failed.most_common(1)[0][0]
            rows = f"none of the first {ROWS_WITHOUT_SUCCESS} rows that are not null opened"
            raise DecryptionError(f"{rows}, most often: {code}", code)
        self.has_opened = first_success >= 0


class OpenerByKey:
    """Opens batches whose rows have the id of their key."""

    def __init__(
        self, profiles: Mapping[str, bytes], columns: Sequence[str] | None = None, threads: int | None = None
    ) -> None:
        """profiles are their texts by the id of their key; columns and threads are as for Opener."""
        self.openers = {key_id: Opener(text, columns, threads) for key_id, text in profiles.items()}
        self.names = ["opened"] if columns is None else columns

    def open(self, bodies: pa.Array, key_ids: pa.Array) -> pa.StructArray:
        """As Opener.open, which counts for each key by itself. A key that nobody has is the error `unknown_key`."""
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
        opener = self.openers.get(key_id)
        return self._unknown(bodies) if opener is None else opener.open(bodies)

    def _unknown(self, bodies: pa.Array) -> pa.StructArray:
        """Rows of a key that nobody has."""
        nothing = {name: pa.nulls(len(bodies), pa.large_string()) for name in self.names}
        code = pc.if_else(pc.is_valid(bodies), "unknown_key", pa.scalar(None, pa.string()))
        columns = {**nothing, "error": code, "parameter": pa.nulls(len(bodies), pa.string())}
        return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))
