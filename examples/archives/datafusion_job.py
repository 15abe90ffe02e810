"""Opens a Parquet file of received callbacks with DataFusion.

    datafusion_job.py received.parquet opened.parquet failed.parquet PROFILE

DataFusion hands a function a batch of 8,192 rows, from several threads."""

import pathlib
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from datafusion import SessionContext, col, udf
from opening import Opener
from tqdm import tqdm

COLUMNS = ["status", "to", "from", "text", "time"]
STRUCT = pa.struct(
    [*((name, pa.large_string()) for name in COLUMNS), ("error", pa.string()), ("parameter", pa.string())]
)


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    opener = Opener(pathlib.Path(profile_path).read_bytes(), COLUMNS, threads=1)
    context = SessionContext()
    context.register_parquet("received", received)
    schema = context.table("received").schema()
    open_callback = udf(opener.open, [schema.field("body").type], STRUCT, "volatile", "open_callback")
    rows = context.table("received").select(
        col("id"), col("key_id"), col("body"), open_callback(col("body")).alias("result")
    )
    totals = dict.fromkeys(("rows", "nulls", "failed"), 0)
    kept = [("id", pa.int64()), ("key_id", pa.string())]
    good_schema = pa.schema([*kept, *((name, pa.large_string()) for name in COLUMNS)])
    bad_schema = pa.schema([*kept, ("error", pa.string()), ("parameter", pa.string()), ("body", pa.string())])
    all_schema = pa.unify_schemas([good_schema, bad_schema])
    with (
        pq.ParquetWriter(opened, good_schema) as good,
        pq.ParquetWriter(failed, bad_schema) as bad,
        tqdm(total=pq.read_metadata(received).num_rows, unit="rows", disable=None) as progress,
    ):
        # Batch by batch: memory does not grow with the number of rows.
        for batch in rows.execute_stream():
            table = pa.Table.from_batches([batch.to_pyarrow()]).flatten()
            table = table.rename_columns([name.removeprefix("result.") for name in table.column_names])
            # DataFusion reads texts as string_view, which pyarrow cannot filter.
            table = table.select(all_schema.names).cast(all_schema)
            is_good = pc.is_null(table["error"])
            good.write_table(table.filter(is_good).select(good_schema.names))
            bad.write_table(table.filter(pc.invert(is_good)).select(bad_schema.names))
            progress.update(len(table))
            totals["rows"] += len(table)
            totals["nulls"] += table["body"].null_count
            totals["failed"] += len(table) - table["error"].null_count
    print(
        f"{totals['rows']} rows: {totals['rows'] - totals['failed']} opened or null ({totals['nulls']} null), "
        f"{totals['failed']} failed"
    )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        if "DecryptionError" not in str(error):
            raise
        sys.exit(f"nothing opens: {error}")
