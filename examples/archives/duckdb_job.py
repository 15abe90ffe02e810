"""Opens a Parquet file of received callbacks with DuckDB: `duckdb_job.py received.parquet opened.parquet failed.parquet PROFILE`.

DuckDB hands a function 2,048 rows at a time. It shows its own progress bar on a terminal."""

import pathlib
import sys

import duckdb
import pyarrow as pa
from callback_profile import Profile

COLUMNS = ["status", "to", "from", "text", "time"]


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    profile = Profile.parse(pathlib.Path(profile_path).read_bytes())
    has_opened = False

    def open_column(bodies: pa.ChunkedArray) -> pa.ChunkedArray:
        # The first 1,000 rows decide whether the key is right; later chunks go on through any number of failures.
        nonlocal has_opened
        # DuckDB itself calls from several threads.
        result = pa.array(profile.open_arrow(bodies, columns=COLUMNS, keep_going=has_opened, threads=1))
        has_opened = has_opened or result.field("error").null_count > 0
        return pa.chunked_array([result])

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
    database.execute(
        "CREATE TEMP TABLE rows AS SELECT id, key_id, body, open_callback(body) AS result FROM read_parquet(?)",
        [received],
    )
    names = ", ".join(f'result."{name}" AS "{name}"' for name in COLUMNS)
    good = f"SELECT id, key_id, {names} FROM rows WHERE result.error IS NULL ORDER BY id"
    bad = "SELECT id, key_id, result.error AS error, result.parameter AS parameter, body FROM rows WHERE result.error IS NOT NULL"
    database.execute(f"COPY ({good}) TO '{opened}' (FORMAT parquet)")
    database.execute(f"COPY ({bad} ORDER BY id) TO '{failed}' (FORMAT parquet)")
    total, nulls, failures = database.execute(
        "SELECT count(*), count(*) - count(body), count(result.error) FROM rows"
    ).fetchone()
    print(f"{total} rows: {total - failures} opened or null ({nulls} null), {failures} failed")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except duckdb.InvalidInputException as error:
        sys.exit(f"nothing opens: {error}")
