"""The Spark job of examples/archives, with a Python worker that is killed in the middle of its task.

killed.py RECEIVED FOLDER KEY_ID=PROFILE ..."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
from collections.abc import Iterator

import pyarrow as pa
import spark_job


def main(received: str, folder: str, *profiles: str) -> None:
    pairs = [profile.split("=", 1) for profile in profiles]
    open_batches = spark_job.opening({key_id: pathlib.Path(path).read_bytes() for key_id, path in pairs})
    mark = pathlib.Path(f"{folder}.killed").resolve()

    def open_and_die(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(open_batches(batches)):
            yield batch
            if number == 1 and not mark.exists():
                mark.write_text("killed")
                os.kill(os.getpid(), signal.SIGKILL)

    spark = spark_job.session()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    rows = spark.read.parquet(received).select("id", "key_id", "body")
    spark_job.write(rows.mapInArrow(open_and_die, spark_job.SCHEMA), folder)
    spark_job.report(spark, folder)
    print(f"workers killed: {int(mark.exists())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
