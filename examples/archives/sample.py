"""Writes a Parquet file of received callbacks to try the other scripts on: `sample.py FILE [ROWS [KEYS]]`.

Of the rows, 14 do not open (10 have a changed text, 4 are cut off) and one is null. With two keys, as it is if KEYS is
not given, the first half was sent under 2026-01 and the second under 2026-02, as before and after a change of keys."""

import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from callback_profile import Profile
from tqdm import tqdm

HERE = pathlib.Path(__file__).parent
KEYS = ["2026-01", "2026-02"]
CHUNK = 50_000


def record(row: int) -> dict[str, str]:
    """What the row has once it is opened. Texts differ from row to row, as real ones do: one key and IV make equal
    texts of equal values, which a file compresses well."""
    return {
        "status": "DELIVERED" if row % 3 else "FAILED",
        "to": f"+9198{row:08}",
        "from": "+919876500000",
        "text": f"Parcel {row:08} is coming",
        "time": f"2026-{row % 12 + 1:02}-27T{row // 3600 % 24:02}:{row // 60 % 60:02}:{row % 60:02}Z",
    }


def special(rows: int) -> tuple[set[int], set[int], int]:
    """The rows with a changed text, those that are cut off, and the null one."""
    places = [row * rows // 16 + 3 for row in range(15)]
    return set(places[:10]), set(places[10:14]), places[14]


def main(path: str, rows: int = 5_000, key_count: int = 2) -> None:
    profiles = [Profile.parse((HERE / f"profile-{key}.json").read_bytes()) for key in KEYS]
    changed, cut, null = special(rows)
    schema = pa.schema([("id", pa.int64()), ("key_id", pa.string()), ("body", pa.string())])
    with pq.ParquetWriter(path, schema) as writer, tqdm(total=rows, unit="rows", disable=None) as progress:
        for start in range(0, rows, CHUNK):
            numbers = range(start, min(start + CHUNK, rows))
            records = [json.dumps(record(row)) for row in numbers]
            bodies: list[str | None] = []
            keys = [KEYS[0] if row < rows // key_count else KEYS[1] for row in numbers]
            first = sum(key == KEYS[0] for key in keys)
            for profile, part in zip(profiles, (records[:first], records[first:]), strict=True):
                bodies += (
                    pa.array(profile.callback_arrow(pa.array(part, pa.string()))).field("body").to_pylist()
                )
            for at, row in enumerate(numbers):
                if row in changed:
                    bodies[at] = str(bodies[at]).replace('"to":"', '"to":"AAAA')
                elif row in cut:
                    bodies[at] = str(bodies[at])[:-9]
                elif row == null:
                    bodies[at] = None
            ids = pa.array(list(numbers))
            writer.write_batch(
                pa.record_batch([ids, pa.array(keys), pa.array(bodies, pa.string())], schema=schema)
            )
            progress.update(len(numbers))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
