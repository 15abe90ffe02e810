"""Nanoseconds per row of a column of 200,000 received callbacks, against the loops that it replaces: by the clock, and
of processor time, all threads together. Needs pyarrow; run it with the package installed."""

import time
from collections.abc import Callable

import pyarrow as pa
from callback_profile import Profile

ROWS = 200_000
PROFILE = Profile.parse(
    {
        "title": "archive",
        "http_method": "POST",
        "url": "https://example.com/sms",
        "body": {name: f"<{name}>" for name in ("status", "to", "from", "text", "time")},
        "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"},
    }
)


def bodies() -> list[str]:
    record = {
        "status": "DELIVERED",
        "from": "+919876500000",
        "text": "Your parcel is on its way",
        "time": "2026-11-27T11:28:11Z",
    }
    made = PROFILE.callback_bodies({**record, "to": f"+9198{row:08}"} for row in range(ROWS))
    return [body for body in made if isinstance(body, str)]


def best(work: Callable[[], object]) -> tuple[float, float]:
    """The best of five runs, in nanoseconds per row: by the clock, and of the processors."""
    times = []
    processors = []
    for _ in range(5):
        start, processor = time.perf_counter_ns(), time.process_time_ns()
        work()
        times.append((time.perf_counter_ns() - start) / ROWS)
        processors.append((time.process_time_ns() - processor) / ROWS)
    return min(times), min(processors)


def main() -> None:
    texts = bodies()
    column = pa.array(texts)
    names = ["status", "to", "from", "text", "time"]
    ways: dict[str, Callable[[], object]] = {
        "loop over open": lambda: [PROFILE.open(text) for text in texts],
        "loop over open_json": lambda: [PROFILE.open_json(text) for text in texts],
        "column to column by a loop over open_json": lambda: pa.array(
            [PROFILE.open_json(text) for text in column.to_pylist()]
        ),
        "open_arrow, one thread": lambda: PROFILE.open_arrow(column, threads=1),
        "open_arrow, all processors": lambda: PROFILE.open_arrow(column),
        "open_arrow, five columns, one thread": lambda: PROFILE.open_arrow(column, columns=names, threads=1),
        "open_arrow, five columns, all processors": lambda: PROFILE.open_arrow(column, columns=names),
    }
    assert len(texts) == ROWS
    assert pa.array(PROFILE.open_arrow(column)).field("error").null_count == ROWS
    for name, work in ways.items():
        clock, processor = best(work)
        print(f"{name:45} {clock:8,.0f} ns per row {processor:8,.0f} of processor time")


if __name__ == "__main__":
    main()
