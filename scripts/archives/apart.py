"""A large file through every way: exactly the 14 bad rows are apart, and the null one is still a null.

    apart.py [ROWS [WAY ...]]

ROWS is 2,000,000 without it. Every value of every row is compared with what was sent. Files are kept in
build/archives/bench, as bench.py wants them too."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from callback_profile import DecryptionError, Profile
from run import BOTH, EXAMPLES, ROOT, SUMMARY, environment, sample, spark_rows

WORK = ROOT / "build/archives/bench"
ONE = f"{EXAMPLES}/profile-2026-01.json"
CBP = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release/cbp"
BATCH = 50_000
NAMES = list(sample.record(0))


def command(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Runs a program among the files."""
    arguments = tuple(map(str, arguments))
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=WORK, env=environment())
    assert done.returncode == code, f"{arguments}: exit {done.returncode}: {done.stderr[-4000:]}"
    return done


def sample_file(rows: int, keys: int) -> Path:
    """A file of the sample, made anew if what makes it has changed."""
    path, maker = WORK / f"{rows}-{keys}.parquet", EXAMPLES / "sample.py"
    if not path.exists() or path.stat().st_mtime < maker.stat().st_mtime:
        command(sys.executable, maker, path, rows, keys)
    return path


def failures(rows: int) -> dict[int, tuple[str, str | None]]:
    """What the bad rows are said to be."""
    changed, cut, _ = sample.special(rows)
    return dict.fromkeys(changed, ("auth_failed", "to")) | dict.fromkeys(cut, ("invalid_json", None))


def null_row(rows: int) -> int:
    return sample.special(rows)[2]


def batches(path: Path) -> Iterator[pa.RecordBatch]:
    yield from pq.ParquetFile(path, pre_buffer=False).iter_batches(BATCH)


@functools.cache
def wanted(rows: int, keys: int) -> pa.Table:
    """The good rows and the null one."""
    bad, null, parts = failures(rows), null_row(rows), []
    schema = pa.schema([("id", pa.int64()), *((name, pa.string()) for name in ["key_id", *NAMES])])
    for start in range(0, rows, BATCH):
        ids = [row for row in range(start, min(start + BATCH, rows)) if row not in bad]
        records = [dict.fromkeys(NAMES) if row == null else sample.record(row) for row in ids]
        columns = [[record[name] for record in records] for name in NAMES]
        key_ids = [sample.KEYS[row >= rows // keys] for row in ids]
        parts.append(pa.table([ids, key_ids, *columns], schema=schema))
    return pa.concat_tables(parts)


def check_tables(received: Path, rows: int, keys: int, opened: pa.Table, failed: pa.Table) -> None:
    """All values of what opened, and codes, parameters and bodies of the others."""
    good = wanted(rows, keys)
    assert opened.num_rows == rows - 14, opened.num_rows
    assert opened.select(good.column_names).cast(good.schema).sort_by("id").equals(good), "the good rows"
    said = {row["id"]: (row["error"], row["parameter"]) for row in failed.to_pylist()}
    assert failed.num_rows == 14 and said == failures(rows), said
    sent = pq.read_table(received, filters=[("id", "in", list(said))], columns=["id", "body"])
    bodies = {row["id"]: row["body"] for row in sent.to_pylist()}
    assert bodies == {row["id"]: row["body"] for row in failed.to_pylist()}, "bodies of the failed rows"


def two_files(script: str, keys: int, profiles: list[str], rows: int) -> None:
    received = sample_file(rows, keys)
    said = command(sys.executable, EXAMPLES / script, received, "opened.parquet", "failed.parquet", *profiles)
    assert said.stdout.strip() == SUMMARY.format(rows=rows, good=rows - 14), said.stdout
    opened, failed = (pq.read_table(WORK / f"{name}.parquet") for name in ("opened", "failed"))
    check_tables(received, rows, keys, opened, failed)


def spark(rows: int) -> None:
    received = sample_file(rows, 2)
    shutil.rmtree(WORK / "spark", ignore_errors=True)
    said = command(sys.executable, EXAMPLES / "spark_job.py", received, "spark", *BOTH)
    assert SUMMARY.format(rows=rows, good=rows - 14) in said.stdout, said.stdout
    check_tables(received, rows, 2, *spark_rows(WORK / "spark"))
    shutil.rmtree(WORK / "spark")


def check_items(rows: int, items: Iterable[object], is_json: bool) -> None:
    """What bodies became: a dict or its JSON for each, None for the null one, an error in place of a bad one."""
    bad, null = failures(rows), null_row(rows)
    row = -1
    for row, item in enumerate(items):
        if isinstance(item, Exception):
            said = (item.code, item.parameter) if isinstance(item, DecryptionError) else item
            assert said == bad.get(row), (row, said)
        else:
            record: object = None if row == null else sample.record(row)
            if is_json and record is not None:
                record = json.dumps(record, separators=(",", ":"))
            assert row not in bad and item == record, (row, item)
    assert row + 1 == rows, row


def lists(rows: int, is_json: bool) -> None:
    profile = Profile.parse(Path(ONE).read_bytes())
    many = profile.open_json_many if is_json else profile.open_many
    bodies = (batch["body"].to_pylist() for batch in batches(sample_file(rows, 1)))
    check_items(rows, (item for part in bodies for item in many(part)), is_json)


def ndjson(rows: int) -> None:
    """Log records. One without a body is null in the output too, and listed with a code of its own."""
    lines = WORK / "lines.ndjson"
    with lines.open("w") as file:
        for batch in batches(sample_file(rows, 1)):
            for record in batch.select(["id", "body"]).to_pylist():
                file.write(json.dumps(record) + "\n")
    with (WORK / "opened.ndjson").open("w") as file:
        done = subprocess.run(
            [CBP, "open", "--ndjson", "--field", "body", "--errors", WORK / "failed.ndjson", ONE, lines],
            stdout=file,
        )
    assert done.returncode == 1, done.returncode
    said = map(json.loads, (WORK / "failed.ndjson").read_text().splitlines())
    codes = [(line["line"] - 1, (line["code"], line["parameter"])) for line in said]
    listed = failures(rows) | {null_row(rows): ("missing_value", "body")}
    assert len(codes) == 15 and dict(codes) == listed, codes
    with (WORK / "opened.ndjson").open() as file:
        # A failed line has a null in its place; which code it is was seen above.
        for row, line in enumerate(file):
            record = None if row in listed else sample.record(row)
            assert line == json.dumps(record, separators=(",", ":")) + "\n", (row, line)
    assert row + 1 == rows, row
    for name in ("lines", "opened", "failed"):
        (WORK / f"{name}.ndjson").unlink()


WAYS: dict[str, Callable[[int], None]] = {
    "in_process.py": functools.partial(two_files, "in_process.py", 2, BOTH),
    **{
        f"{engine}_job.py": functools.partial(two_files, f"{engine}_job.py", 1, [ONE])
        for engine in ("pandas", "polars", "duckdb", "datafusion")
    },
    "spark_job.py": spark,
    "open_many": functools.partial(lists, is_json=False),
    "open_json_many": functools.partial(lists, is_json=True),
    "cbp": ndjson,
}


def main(rows: str = "2000000", *ways: str) -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    for way in ways or WAYS:
        WAYS[way](int(rows))
        print(f"{way}: {int(rows):,} rows, exactly the 14 bad ones apart, the null one a null", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
