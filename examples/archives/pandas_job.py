"""Opens a Parquet file of received callbacks with pandas.

    pandas_job.py received.parquet opened.parquet failed.parquet PROFILE

The whole frame is in memory; in_process.py opens a file that does not fit. A Series of pandas 3 is a column of
`open_arrow` as it is, whatever its kind of string; one of pandas 2 becomes one by `pyarrow.array(series)`, as here."""

import pathlib
import sys

import pandas as pd
import pyarrow as pa
from callback_profile import DecryptionError
from opening import Opener
from tqdm import tqdm

COLUMNS = ["status", "to", "from", "text", "time"]
BATCH = 64 * 1024


def main(received: str, opened: str, failed: str, profile_path: str) -> None:
    opener = Opener(pathlib.Path(profile_path).read_bytes(), COLUMNS)
    # The texts stay in Arrow's memory, where they are read and written: no object of Python is made for one.
    frame = pd.read_parquet(received, dtype_backend="pyarrow")
    parts = []
    with tqdm(total=len(frame), unit="rows", disable=None) as progress:
        for start in range(0, len(frame), BATCH):
            bodies = frame["body"].iloc[start : start + BATCH]
            parts.append(opener.open(pa.array(bodies)))
            progress.update(len(bodies))
    result = pa.Table.from_struct_array(pa.chunked_array(parts)).to_pandas(types_mapper=pd.ArrowDtype)
    rows = frame.join(result.set_index(frame.index))
    is_good = rows["error"].isna()
    good, bad = rows[is_good], rows[~is_good]
    good[["id", "key_id", *COLUMNS]].to_parquet(opened, index=False)
    bad[["id", "key_id", "error", "parameter", "body"]].to_parquet(failed, index=False)
    nulls = rows["body"].isna().sum()
    print(f"{len(rows)} rows: {len(good)} opened or null ({nulls} null), {len(bad)} failed")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except DecryptionError as error:
        sys.exit(f"nothing opens: {error.code}: {error}")
