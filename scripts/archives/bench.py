"""How fast archives are opened, by every way: `bench.py [ROWS]`. Prints tables and draws build/archives/ways.svg.

ROWS, 2,000,000 without it, go through each engine; a tenth of them through the ways within a process. Then 10^5 to
ROWS * 5 rows through in_process.py, to see whether time and memory grow with them. What becomes of each row is not
looked at here: apart.py does, with the same files."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from datetime import date

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
from apart import ONE, WORK, sample_file
from run import BOTH, EXAMPLES, ROOT, SUMMARY, environment
from ways import Row, race

THREADS = os.cpu_count() or 1


def measured(*command: object) -> tuple[str, float, float, int]:
    """What a script prints; seconds by the clock and of all processors; its largest memory in MiB, children too."""
    clock = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=WORK,
        env=environment(),
    ) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command}: {said}"
    return said, time.perf_counter() - clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def engines(rows: int) -> None:
    print(
        f"\n| script, {rows:,} rows, 14 bad, 1 null | seconds | processor seconds | rows per second | MiB |"
    )
    print("|---|---:|---:|---:|---:|")
    for script, keys, profiles in (
        ("in_process.py", 2, BOTH),
        ("pandas_job.py", 1, [ONE]),
        ("polars_job.py", 1, [ONE]),
        ("duckdb_job.py", 1, [ONE]),
        ("datafusion_job.py", 1, [ONE]),
    ):
        said, clock, processors, memory = measured(
            EXAMPLES / script, sample_file(rows, keys), "opened.parquet", "failed.parquet", *profiles
        )
        assert said.strip() == SUMMARY.format(rows=rows, good=rows - 14), said
        print(f"| {script} | {clock:.1f} | {processors:.1f} | {rows / clock:,.0f} | {memory} |")
    said, *_ = measured(ROOT / "scripts/archives/spark_overhead.py", sample_file(rows, 2), *BOTH)
    print(f"\n{said}")


def growth(largest: int) -> None:
    print("\n| in_process.py, rows | seconds | rows per second | MiB |")
    print("|---:|---:|---:|---:|")
    rows = 100_000
    while rows <= largest:
        _, clock, _, memory = measured(
            EXAMPLES / "in_process.py", sample_file(rows, 2), "opened.parquet", "failed.parquet", *BOTH
        )
        print(f"| {rows:,} | {clock:.1f} | {rows / clock:,.0f} | {memory} |", flush=True)
        rows *= 10


def table(title: str, rows: list[Row]) -> dict[str, float]:
    print(f"\n| {title} | threads | ns a row | rows per second | rows per second and core |")
    print("|---|---:|---:|---:|---:|")
    for row in rows:
        print(
            f"| {row.way} | {row.threads} | {1e9 / row.per_second:,.0f} | {row.per_second:,.0f} | {row.per_core:,.0f} |"
        )
    return {f"{row.way}/{row.threads}": row.per_second for row in rows}


def budget(what: str, ratio: float, wanted: float) -> None:
    print(f"{what}: {ratio:.2f}x of {wanted:g}x: {'met' if ratio >= wanted else 'short'}")


def plot(rows: list[Row]) -> None:
    """Rows per second by way, one bar for each number of threads."""
    ways = list(dict.fromkeys(row.way for row in rows))
    figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
    for row in rows:
        at = ways.index(row.way) + (
            0.2 if row.threads > 1 else -0.2 if sum(r.way == row.way for r in rows) > 1 else 0
        )
        bar = axes.barh(at, row.per_second / 1e6, 0.38, color="#2166ac" if row.threads > 1 else "#92c5de")
        axes.bar_label(bar, [f"{row.per_second / 1e6:.2f}"], padding=3)
    axes.set_yticks(range(len(ways)), ways)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlabel(f"million rows of 5 values per second; dark: {THREADS} threads, light: 1")
    axes.spines[["top", "right"]].set_visible(False)
    mpl.rcParams["svg.hashsalt"] = "archives"
    figure.savefig(WORK.parent / "ways.svg", metadata={"Date": None})


def main(rows: int = 2_000_000) -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    print(f"{date.today()}, {platform.machine()}, {THREADS} processors, Python {platform.python_version()}")
    # Before this process has any memory of its own, which a child's largest would count.
    engines(rows)
    growth(rows * 5)
    five = race(5, 25, rows // 10, THREADS)
    table(f"5 values, {rows // 10:,} rows", five)
    large = table(f"24 values of 64 bytes, {rows // 40:,} rows", race(24, 64, rows // 40, THREADS))
    print()
    arrow = large["open_arrow/1"]
    budget("24 x 64, open_arrow on one thread against a loop over open", arrow / large["loop over open/1"], 2)
    budget(
        "24 x 64, open_arrow on one thread against cryptography and json",
        arrow / large["by hand: cryptography, base64, json/1"],
        8,
    )
    if THREADS > 1:
        both = large[f"open_arrow/{THREADS}"] / large["loop over open_json/1"]
        budget(f"24 x 64, open_arrow on {THREADS} threads against a loop over open_json", both, 2)
    plot(five)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
