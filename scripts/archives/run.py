"""Runs the scripts of examples/archives on small files, as their users do, and checks every row: `run.py`.

ENGINES chooses some ("polars duckdb"); without it all must run. Prints what `make test` counts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/archives"
WORK = ROOT / "build/archives/work"
ROWS = 6_000
sys.path.insert(0, str(EXAMPLES))
import columns  # noqa: E402
import sample  # noqa: E402

BOTH = [f"{key}={EXAMPLES}/profile-{key}.json" for key in sample.KEYS]
SUMMARY = "{rows} rows: {good} opened or null (1 null), 14 failed"


def run(*command: object, code: int = 0) -> str:
    """What the script prints; on standard error where it is to fail."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        cwd=WORK,
        timeout=600,
        env=environment(),
    )
    assert done.returncode == code, (
        f"{command}: exit {done.returncode}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    )
    return done.stderr if code else done.stdout


def say(suite: str, engine: str, ran: int, failed: int = 0) -> None:
    print(f"count {suite} {engine} ran={ran} refused=0 failed={failed}", flush=True)


def environment() -> dict[str, str]:
    return os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(EXAMPLES),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def expected(rows: int, keys: int) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """What the good rows are, and what the failed ones are said to be, by id."""
    changed, cut, null = sample.special(rows)
    good, bad = {}, {}
    for row in range(rows):
        key_id = sample.KEYS[0] if row < rows // keys else sample.KEYS[1]
        if row in changed:
            bad[row] = {"id": row, "key_id": key_id, "error": "auth_failed", "parameter": "to"}
        elif row in cut:
            bad[row] = {"id": row, "key_id": key_id, "error": "invalid_json", "parameter": None}
        else:
            values = dict.fromkeys(sample.record(row)) if row == null else sample.record(row)
            good[row] = {"id": row, "key_id": key_id, **values}
    assert (len(bad), len(good)) == (14, rows - 14)
    return good, bad


def by_id(table: pa.Table) -> dict[int, dict[str, Any]]:
    rows = table.to_pylist()
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows), "a row is there twice"
    return found


def check(received: Path, opened: pa.Table, failed: pa.Table, keys: int) -> int:
    """Compares every row with what was sent, a failed one's body with what was received; the number of rows."""
    bodies = {row["id"]: row["body"] for row in pq.read_table(received).to_pylist()}
    good, bad = expected(len(bodies), keys)
    assert by_id(opened) == good, "the good rows"
    assert by_id(failed) == {row: {**said, "body": bodies[row]} for row, said in bad.items()}, (
        "the failed rows"
    )
    return len(good) + len(bad)


def two_files(script: str, received: Path, profiles: list[str], keys: int) -> int:
    """A script that writes the good rows to one file and the failed ones to another."""
    said = run(EXAMPLES / script, received, "opened.parquet", "failed.parquet", *profiles)
    assert said.strip().splitlines()[-1] == SUMMARY.format(rows=ROWS, good=ROWS - 14), said
    count = check(
        received, pq.read_table(WORK / "opened.parquet"), pq.read_table(WORK / "failed.parquet"), keys
    )
    # Another key opens nothing: that is said at once.
    wrong = [profile.replace("2026-01.json", "2026-02.json") for profile in profiles[:1]]
    said = run(EXAMPLES / script, received, "opened.parquet", "failed.parquet", *wrong, code=1)
    assert "nothing opens" in said and "authentication failed" in said, said
    return count


def in_process(received: Path) -> int:
    say("archives-keys", "pyarrow", columns.keys_of_all_kinds(received))
    say("archives-small-batches", "pyarrow", columns.small_batches(received))
    return two_files("in_process.py", received, BOTH, 2)


def pandas(received: Path, profiles: list[str]) -> int:
    good, bad = expected(ROWS, 1)
    names = [*sample.record(0), "error", "parameter"]
    rows = good | bad
    wanted = [{name: rows[row].get(name) for name in names} for row in range(ROWS)]
    say("archives-series", "pandas", columns.series(received, wanted))
    return two_files("pandas_job.py", received, profiles, 1)


def spark_rows(folder: Path) -> tuple[pa.Table, pa.Table]:
    good = ["id", "key_id", *sample.record(0)]
    return (
        pq.read_table(folder / "state=opened").select(good),
        pq.read_table(folder / "state=failed").select(["id", "key_id", "error", "parameter", "body"]),
    )


def spark(received: Path) -> int:
    script = EXAMPLES / "spark_job.py"
    said = run(script, received, "spark", *BOTH)
    assert SUMMARY.format(rows=ROWS, good=ROWS - 14) in said, said
    count = check(received, *spark_rows(WORK / "spark"), 2)
    # A worker that dies in the middle of a job: its task runs again, and no row is lost or there twice.
    said = run(ROOT / "scripts/archives/killed.py", received, "killed", *BOTH)
    assert "workers killed: 1" in said, said
    say("archives-killed", "spark", check(received, *spark_rows(WORK / "killed"), 2))
    run(script, received, "wrong", BOTH[0].replace("2026-01.json", "2026-02.json"), code=1)
    assert not (WORK / "wrong/_SUCCESS").exists()
    # A folder that grows: each file is read once.
    source, stream = WORK / "source", ["--stream", "checkpoint", "source", "streamed", *BOTH]
    source.mkdir()
    table = pq.read_table(received)
    parts = [table.slice(start, 2_000) for start in range(0, ROWS, 2_000)]
    for number, part in enumerate(parts):
        pq.write_table(part, source / f"{number}.parquet")
        if number == 0:
            continue
        run(script, *stream)
        run(script, *stream)
    batches = sorted((WORK / "streamed").iterdir())
    assert [batch.name for batch in batches] == ["batch=0", "batch=1"], batches
    rows = [spark_rows(batch) for batch in batches]
    streamed = (pa.concat_tables(tables) for tables in zip(*rows, strict=True))
    say("archives-streamed", "spark", check(received, *streamed, 2))
    return count


def engines() -> dict[str, Callable[[], int]]:
    two_keys, one_key = WORK / "two_keys.parquet", WORK / "one_key.parquet"
    one = [f"{EXAMPLES}/profile-2026-01.json"]
    return {
        "pyarrow": lambda: in_process(two_keys),
        "pandas": lambda: pandas(one_key, one),
        "polars": lambda: two_files("polars_job.py", one_key, one, 1),
        "duckdb": lambda: two_files("duckdb_job.py", one_key, one, 1),
        "datafusion": lambda: two_files("datafusion_job.py", one_key, one, 1),
        "spark": lambda: spark(two_keys),
    }


def main() -> int:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    run(EXAMPLES / "sample.py", "two_keys.parquet", ROWS)
    run(EXAMPLES / "sample.py", "one_key.parquet", ROWS, 1)
    known = engines()
    chosen = os.environ.get("ENGINES", "").split() or list(known)
    if unknown := set(chosen) - set(known):
        sys.exit(f"no such engine: {', '.join(sorted(unknown))}")
    failed = 0
    for name in chosen:
        try:
            say("archives", name, known[name]())
        except Exception as error:
            failed += 1
            print(f"  {name}: {type(error).__name__}: {error}")
            say("archives", name, ROWS, failed=1)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
