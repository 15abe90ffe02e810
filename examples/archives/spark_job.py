"""Opens Parquet files of received callbacks on Spark: good rows to FOLDER/state=opened, others to FOLDER/state=failed.

    spark_job.py received folder 2026-01=profile-2026-01.json 2026-02=profile-2026-02.json
    spark-submit --py-files opening.py spark_job.py …            on a cluster that has the wheel
    spark_job.py --stream CHECKPOINT …                            what has been added to the folder since the last run

A task parses the profiles once, from their texts in the closure: a profile itself cannot be pickled, since it holds a
key. Each row is written exactly once, also where workers die: Spark runs the task again, and keeps only what a whole
task wrote."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

HERE = pathlib.Path(__file__).parent
COLUMNS = ["status", "to", "from", "text", "time"]
SCHEMA = "id LONG, key_id STRING, body STRING, is_null BOOLEAN, " + ", ".join(
    f"`{name}` STRING" for name in [*COLUMNS, "error", "parameter"]
)


def opening(profiles: dict[str, bytes]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function of a task. Only failed rows keep their body: the others would be carried back for nothing."""

    def open_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from opening import OpenerByKey  # where the task runs

        opener = OpenerByKey(profiles, COLUMNS, threads=1)  # Spark gives a task one core
        for batch in batches:
            body = batch["body"]
            opened = opener.open(body, batch["key_id"])
            failed = pc.if_else(pc.is_valid(opened.field("error")), body, pa.scalar(None, body.type))
            fields = {
                "id": batch["id"],
                "key_id": batch["key_id"],
                "body": failed,
                "is_null": pc.is_null(body),
            }
            fields |= {name: opened.field(name) for name in [*COLUMNS, "error", "parameter"]}
            yield pa.record_batch(fields)

    return open_batches


def write(rows: DataFrame, folder: str, mode: str = "errorifexists") -> None:
    """Writes every row once, in one job: to state=opened or to state=failed, where it keeps its body."""
    rows = rows.withColumn("state", F.when(F.col("error").isNotNull(), "failed").otherwise("opened"))
    rows.write.mode(mode).partitionBy("state").parquet(folder)


def report(spark: SparkSession, folder: str) -> None:
    """Counts what was written."""
    written = spark.read.parquet(folder)
    counts = written.agg(F.count("*"), F.count("error"), F.count_if("is_null")).first()
    print(f"{counts[0]} rows: {counts[0] - counts[1]} opened or null ({counts[2]} null), {counts[1]} failed")


def session() -> SparkSession:
    """The session that spark-submit gives, or one on this machine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("callbacks")
    if "SPARK_SUBMIT" not in os.environ and "spark.master" not in dict(builder._options):
        builder = builder.master(
            os.environ.get("SPARK_MASTER", "local[2, 4]")
        )  # 2 threads, 4 tries for a task
        builder = builder.config("spark.driver.host", "127.0.0.1").config(
            "spark.driver.bindAddress", "127.0.0.1"
        )
    spark = builder.getOrCreate()
    spark.sparkContext.addPyFile(str(HERE / "opening.py"))
    return spark


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--stream", metavar="CHECKPOINT")
    for name in ("received", "folder"):
        arguments.add_argument(name)
    arguments.add_argument("profiles", nargs="+", metavar="KEY_ID=PROFILE")
    args = arguments.parse_args()
    pairs = [profile.split("=", 1) for profile in args.profiles]
    open_batches = opening({key_id: pathlib.Path(path).read_bytes() for key_id, path in pairs})
    spark = session()
    if args.stream is None:
        rows = spark.read.parquet(args.received).select("id", "key_id", "body")
        write(rows.mapInArrow(open_batches, SCHEMA), args.folder)
        report(spark, args.folder)
        return

    def write_batch(rows: DataFrame, number: int) -> None:
        # A batch that is done again after a failure replaces what it wrote before: each has a folder of its own.
        write(rows, f"{args.folder}/batch={number}", mode="overwrite")
        report(spark, f"{args.folder}/batch={number}")

    received = spark.readStream.schema("id LONG, key_id STRING, body STRING").parquet(args.received)
    query = received.mapInArrow(open_batches, SCHEMA).writeStream.foreachBatch(write_batch)
    query.option("checkpointLocation", args.stream).trigger(availableNow=True).start().awaitTermination()


if __name__ == "__main__":
    main()
