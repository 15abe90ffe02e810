"""Opens a Parquet file of received callbacks with Polars: `polars_job.py received.parquet opened.parquet failed.parquet PROFILE`.

The file is read lazily and in chunks; the query runs once, and its result is split into two files."""

import pathlib
import sys

import polars as pl
from callback_profile import DecryptionError, Profile

COLUMNS = ["status", "to", "from", "text", "time"]
OPENED = pl.Struct(dict.fromkeys([*COLUMNS, "error", "parameter"], pl.String))


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    profile = Profile.parse(pathlib.Path(profile_path).read_bytes())
    has_opened = False

    def open_column(bodies: pl.Series) -> pl.Series:
        # The first 1,000 rows decide whether the key is right; later chunks go on through any number of failures.
        nonlocal has_opened
        try:
            opened = profile.open_arrow(bodies, columns=COLUMNS, keep_going=has_opened)
        except DecryptionError as error:
            # Polars makes errors again of their text alone.
            raise RuntimeError(f"{error.code}: {error}") from None
        result = pl.Series(bodies.name, opened)
        has_opened = has_opened or bool(result.struct.field("error").is_null().any())
        return result

    # is_elementwise lets the streaming engine call it chunk by chunk.
    column = pl.col("body").map_batches(open_column, return_dtype=OPENED, is_elementwise=True)
    rows = pl.scan_parquet(received).with_columns(column.alias("result")).collect(engine="streaming")
    rows = rows.unnest("result")
    good = rows.filter(pl.col("error").is_null())
    bad = rows.filter(pl.col("error").is_not_null())
    good.select("id", "key_id", *COLUMNS).write_parquet(opened)
    bad.select("id", "key_id", "error", "parameter", "body").write_parquet(failed)
    nulls = rows["body"].null_count()
    print(f"{len(rows)} rows: {len(good)} opened or null ({nulls} null), {len(bad)} failed")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (RuntimeError, pl.exceptions.ComputeError) as error:
        sys.exit(f"nothing opens: {error}")
