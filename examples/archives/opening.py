"""Opens columns of received callbacks whose rows name the key that they were sent under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from callback_profile import Profile


class Opener:
    """Profiles by the id of their key. Make one for each task: a profile holds a key and cannot be pickled, its text can."""

    def __init__(self, profiles: Mapping[str, bytes], columns: Sequence[str] | None = None) -> None:
        self.profiles = {key_id: Profile.parse(text) for key_id, text in profiles.items()}
        self.columns = columns
        self.has_opened = dict.fromkeys(profiles, False)

    def open(self, bodies: pa.Array, key_ids: pa.Array) -> pa.StructArray:
        """A struct for each row: the columns (or `opened`, JSON), `error` and `parameter`. A null body is null in all.

        Raises DecryptionError with the commonest code if the first 1,000 bodies of a key all fail: the key is another, or the column
        is. A key that has opened something goes on through any number of failures."""
        parts, places = [], []
        numbers = pa.array(range(len(bodies)), pa.int64())
        for key_id, profile in self.profiles.items():
            of_key = pc.fill_null(pc.equal(key_ids, key_id), False)
            opened = profile.open_arrow(
                bodies.filter(of_key), columns=self.columns, keep_going=self.has_opened[key_id]
            )
            part = pa.array(opened)
            is_right = pc.and_(pc.is_valid(bodies.filter(of_key)), pc.is_null(part.field("error")))
            self.has_opened[key_id] |= bool(pc.any(is_right).as_py())
            parts.append(part)
            places.append(numbers.filter(of_key))
        is_unknown = pc.invert(pc.is_in(key_ids, pa.array(self.profiles, pa.string())))
        parts.append(self._unknown(bodies.filter(is_unknown), parts[0].type))
        places.append(numbers.filter(is_unknown))
        return pa.concat_arrays(parts).take(pc.sort_indices(pa.concat_arrays(places)))

    @staticmethod
    def _unknown(bodies: pa.Array, like: pa.StructType) -> pa.StructArray:
        """Rows of a key that nobody has."""
        fields = [pa.nulls(len(bodies), field.type) for field in like]
        at = like.get_field_index("error")
        code = pa.scalar("unknown_key", like.field(at).type)
        fields[at] = pc.if_else(pc.is_valid(bodies), code, pa.scalar(None, like.field(at).type))
        return pa.StructArray.from_arrays(fields, fields=list(like))
