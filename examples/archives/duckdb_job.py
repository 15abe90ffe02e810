"""Opens a Parquet file of received callbacks with DuckDB.

    duckdb_job.py received.parquet opened.parquet failed.parquet PROFILE

DuckDB hands a function at most 2,048 rows at a time, from several threads. Its own progress bar is off in Python and
would go to standard output."""

import pathlib
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from opening import Opener
from tqdm import tqdm

COLUMNS = ["status", "to", "from", "text", "time"]


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    opener = Opener(pathlib.Path(profile_path).read_bytes(), COLUMNS, threads=1)

    def open_column(bodies: pa.ChunkedArray) -> pa.ChunkedArray:
        progress.update(len(bodies))
        return pa.chunked_array([opener.open(bodies)])

    database = duckdb.connect()
    fields = dict.fromkeys([*COLUMNS, "error", "parameter"], "VARCHAR")
    # Without null_handling="special" a null body would skip the function.
    database.create_function(
        "open_callback",
        open_column,
        ["VARCHAR"],
        duckdb.struct_type(fields),
        type="arrow",
        null_handling="special",
    )
    # A table of its own: both files come from one run of the function.
    with tqdm(total=pq.read_metadata(received).num_rows, unit="rows", disable=None) as progress:
        database.execute(
            "CREATE TEMP TABLE rows AS SELECT id, key_id, body, open_callback(body) AS result FROM read_parquet(?)",
            [received],
        )
    names = ", ".join(f'result."{name}" AS "{name}"' for name in COLUMNS)
    good = f"SELECT id, key_id, {names} FROM rows WHERE result.error IS NULL ORDER BY id"
    codes = "result.error AS error, result.parameter AS parameter"
    bad = f"SELECT id, key_id, {codes}, body FROM rows WHERE result.error IS NOT NULL ORDER BY id"
    database.execute(f"COPY ({good}) TO '{opened}' (FORMAT parquet)")
    database.execute(f"COPY ({bad}) TO '{failed}' (FORMAT parquet)")
    total, nulls, failures = database.execute(
        "SELECT count(*), count(*) - count(body), count(result.error) FROM rows"
    ).fetchone()
    print(f"{total} rows: {total - failures} opened or null ({nulls} null), {failures} failed")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except duckdb.InvalidInputException as error:
        sys.exit(f"nothing opens: {error}")
