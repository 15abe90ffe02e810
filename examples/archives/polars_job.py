"""Opens a Parquet file of received callbacks with Polars.

    polars_job.py received.parquet opened.parquet failed.parquet PROFILE

The file is read lazily and in chunks; the query runs once, and its result is split into two files."""

import pathlib
import sys

import polars as pl
from callback_profile import DecryptionError
from opening import Opener
from tqdm import tqdm

COLUMNS = ["status", "to", "from", "text", "time"]
OPENED = pl.Struct(dict.fromkeys([*COLUMNS, "error", "parameter"], pl.String))


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    opener = Opener(pathlib.Path(profile_path).read_bytes(), COLUMNS)

    def open_column(bodies: pl.Series) -> pl.Series:
        try:
            result = opener.open(bodies.to_arrow())
        except DecryptionError as error:
            # Polars makes errors again of their text alone.
            raise RuntimeError(f"{error.code}: {error}") from None
        progress.update(len(bodies))
        return pl.Series(bodies.name, result)

    # is_elementwise lets the streaming engine call it chunk by chunk.
    column = pl.col("body").map_batches(open_column, return_dtype=OPENED, is_elementwise=True)
    scan = pl.scan_parquet(received)
    with tqdm(total=scan.select(pl.len()).collect().item(), unit="rows", disable=None) as progress:
        rows = scan.with_columns(column.alias("result")).collect(engine="streaming").unnest("result")
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
