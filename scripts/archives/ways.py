"""The ways of opening many bodies in one process, and how fast they are: imported by bench.py."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from callback_profile import Profile
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, IV = b"K1abcdefghijkl2P", b"POabcdefghijklLY"
AEAD = AESGCM(KEY)  # kept: to make a cipher anew for each value would cost most of the time


@dataclass
class Row:
    """Seconds by the clock and of all processors, for so many rows."""

    way: str
    threads: int
    rows: int
    clock: float
    processors: float

    @property
    def per_second(self) -> float:
        return self.rows / self.clock

    @property
    def per_core(self) -> float:
        return self.rows / self.processors


def shape(values: int, length: int) -> tuple[Profile, Callable[[int], str]]:
    """A profile of so many values of this length, and the record of a row."""
    names = [f"field_{at}" for at in range(values)]
    profile = Profile.parse(
        {
            "title": "archive",
            "http_method": "POST",
            "url": "https://example.com/sms",
            "body": {name: f"<{name}>" for name in names},
            "enc": {"algo": "AES-128-GCM", "key": KEY.decode(), "IV": IV.decode()},
        }
    )
    return profile, lambda row: json.dumps({name: f"{row:08}".ljust(length, name[-1]) for name in names})


def by_hand(bodies: list[str]) -> list[dict[str, str]]:
    """The best loop of `cryptography`, base64 and json, with one AESGCM, as bindings/python/bench/by_hand.py has it."""
    opened = []
    for body in bodies:
        values = {}
        for name, text in json.loads(body).items():
            values[name] = AEAD.decrypt(IV, base64.b64decode(text, validate=True), None).decode()
        opened.append(values)
    return opened


def best(way: str, threads: int, rows: int, work: Callable[[], Any], runs: int = 5) -> Row:
    """The fastest of some runs: what others did on the machine is in the slower ones."""
    times = []
    for _ in range(runs):
        clock, processors = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - clock, time.process_time() - processors))
    return Row(way, threads, rows, min(each for each, _ in times), min(each for _, each in times))


def race(values: int, length: int, rows: int, threads: int) -> list[Row]:
    """Every way on the same bodies. The slow ones get fewer of them."""
    profile, record = shape(values, length)
    records = [record(row) for row in range(rows)]
    bodies: list[str] = pa.array(profile.callback_arrow(pa.array(records))).field("body").to_pylist()
    column, few = pa.array(bodies), bodies[: max(rows // 20, 1)]
    names = [f"field_{at}" for at in range(values)]
    whole = pa.array(profile.open_arrow(column))
    assert whole.field("error").null_count == rows
    assert (
        json.loads(whole.field("opened")[rows - 1].as_py())
        == json.loads(records[-1])
        == by_hand(bodies[-1:])[0]
    )
    results = [
        best("by hand: cryptography, base64, json", 1, len(few), lambda: by_hand(few), 3),
        best("loop over open", 1, rows, lambda: [profile.open(body) for body in bodies]),
        best("loop over open_json", 1, rows, lambda: [profile.open_json(body) for body in bodies]),
        best("open_many", 1, rows, lambda: profile.open_many(bodies, threads=1)),
        best("open_json_many", 1, rows, lambda: profile.open_json_many(bodies, threads=1)),
        best("open_arrow", 1, rows, lambda: profile.open_arrow(column, threads=1)),
        best(
            f"open_arrow, {values} columns",
            1,
            rows,
            lambda: profile.open_arrow(column, columns=names, threads=1),
        ),
    ]
    if threads > 1:
        results += [
            best("open_many", threads, rows, lambda: profile.open_many(bodies, threads=threads)),
            best("open_json_many", threads, rows, lambda: profile.open_json_many(bodies, threads=threads)),
            best("open_arrow", threads, rows, lambda: profile.open_arrow(column, threads=threads)),
            best(
                f"open_arrow, {values} columns",
                threads,
                rows,
                lambda: profile.open_arrow(column, columns=names, threads=threads),
            ),
        ]
    return results
