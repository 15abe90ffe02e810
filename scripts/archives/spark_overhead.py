"""Spark's own cost: a job that hands rows through Python unchanged, against one that opens them.

spark_overhead.py RECEIVED KEY_ID=PROFILE ..."""

from __future__ import annotations

import pathlib
import statistics
import sys
import time
from collections.abc import Iterator

import pyarrow as pa
import spark_job

RUNS = 5


def identity(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield from batches


def main(received: str, *profiles: str) -> None:
    pairs = [profile.split("=", 1) for profile in profiles]
    open_batches = spark_job.opening({key_id: pathlib.Path(path).read_bytes() for key_id, path in pairs})
    spark = spark_job.session()
    rows = spark.read.parquet(received).select("id", "key_id", "body")
    jobs = {
        "identity": rows.mapInArrow(identity, rows.schema),
        "opening": rows.mapInArrow(open_batches, spark_job.SCHEMA),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for run in range(RUNS + 1):  # the first one starts the workers
        for name, job in jobs.items():
            start = time.perf_counter()
            job.write.format("noop").mode("overwrite").save()
            if run > 0:
                times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(each) for name, each in times.items()}
    overhead = medians["opening"] / medians["identity"] - 1
    print(
        f"spark_job.py, {spark.sparkContext.master}: the identity {medians['identity']:.2f} s, "
        f"opening {medians['opening']:.2f} s, medians of {RUNS}: "
        f"{overhead:.0%} more, of 15 % at most: {'met' if overhead < 0.15 else 'not met'}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
