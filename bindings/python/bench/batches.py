"""Batches on all cores against loops over the single call, per item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from row import Row
from sample import NAMES, profile_of

BATCH = 4096


def batch_rows() -> list[Row]:
    profile = profile_of("GCM", NAMES[:5])
    records = [{name: f"{name} {number}" for name in NAMES[:5]} for number in range(BATCH)]
    bodies = [profile.callback(record).body or "" for record in records]

    def each(call: Callable[[Any], object], items: list[Any]) -> Callable[[], list[object]]:
        return lambda: [call(item) for item in items]

    pairs: list[tuple[str, Callable[[], list[Any]], str, Callable[[], list[Any]]]] = [
        (
            "open_json_many",
            lambda: profile.open_json_many(bodies),
            "open_json",
            each(profile.open_json, bodies),
        ),
        ("open_many", lambda: profile.open_many(bodies), "open", each(profile.open, bodies)),
        ("open_iter", lambda: list(profile.open_iter(bodies)), "open", each(profile.open, bodies)),
        ("callbacks", lambda: profile.callbacks(records), "callback", each(profile.callback, records)),
        (
            "callback_bodies",
            lambda: profile.callback_bodies(records),
            "callback",
            each(lambda record: profile.callback(record).body, records),
        ),
    ]
    rows: list[Row] = []
    for name, ours, single, theirs in pairs:
        assert ours() == theirs()
        work = f"{name}, {BATCH} x 5 values"
        rows.append(Row(work, ours, f"a loop of {single}", theirs, 1, calls=1, rounds=40, items=BATCH))
    return rows
