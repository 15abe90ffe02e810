"""Opens a Parquet file of received callbacks in this process, with pyarrow alone: good rows to one file, the others to
another.

    in_process.py received.parquet opened.parquet failed.parquet KEY_ID=PROFILE …

Memory is that of a batch, however long the file is."""

import argparse
import pathlib
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from callback_profile import DecryptionError
from opening import OpenerByKey
from tqdm import tqdm

COLUMNS = ["status", "to", "from", "text", "time"]
BATCH = 64 * 1024


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("received", "opened", "failed"):
        arguments.add_argument(name)
    arguments.add_argument("profiles", nargs="+", metavar="KEY_ID=PROFILE")
    args = arguments.parse_args()
    pairs = [profile.split("=", 1) for profile in args.profiles]
    opener = OpenerByKey({key_id: pathlib.Path(path).read_bytes() for key_id, path in pairs}, COLUMNS)

    received = pq.ParquetFile(args.received, pre_buffer=False)  # else what was read stays until the end
    kept = [("id", pa.int64()), ("key_id", pa.string())]
    good_schema = pa.schema([*kept, *((name, pa.large_string()) for name in COLUMNS)])
    bad_schema = pa.schema([*kept, ("error", pa.string()), ("parameter", pa.string()), ("body", pa.string())])
    good_rows = bad_rows = null_rows = 0
    with (
        pq.ParquetWriter(args.opened, good_schema) as good,
        pq.ParquetWriter(args.failed, bad_schema) as bad,
        tqdm(total=received.metadata.num_rows, unit="rows", disable=None) as progress,
    ):
        for batch in received.iter_batches(BATCH):
            opened = opener.open(batch["body"], batch["key_id"])
            fields = {"id": batch["id"], "key_id": batch["key_id"], "body": batch["body"]}
            fields |= {field.name: opened.field(field.name) for field in opened.type}
            rows = pa.record_batch(fields)
            failed = pc.is_valid(rows["error"])
            good.write_batch(rows.filter(pc.invert(failed)).select(good_schema.names))
            bad.write_batch(rows.filter(failed).select(bad_schema.names))
            null_rows += batch["body"].null_count
            bad_rows += pc.sum(failed).as_py() or 0
            good_rows += len(batch) - (pc.sum(failed).as_py() or 0)
            progress.update(len(batch))
    print(f"{good_rows + bad_rows} rows: {good_rows} opened or null ({null_rows} null), {bad_rows} failed")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DecryptionError as error:
        sys.exit(f"nothing opens: {error.code}: {error}")
