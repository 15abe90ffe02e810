"""Objects are shared between threads, and large work does not hold the GIL."""

from __future__ import annotations

import sys
import threading
import time
from collections import UserDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from callback_profile import Cipher, Profile, ReplacerError
from support import IV, KEY, profile


def test_one_profile_serves_many_threads() -> None:
    whole = profile()

    def work(number: int) -> bool:
        record = {"status": str(number), "recipient": f"+{number}", "first_name": "x" * (number % 50)}
        for _ in range(50):
            callback = whole.callback(record)
            opened = whole.open(callback.body or "")
            if opened != {"status": str(number), "to": f"+{number}"}:
                return False
            if str(whole.message(record)) != "Thank you, " + "x" * (number % 50):
                return False
        return True

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(work, range(200)))
    finally:
        sys.setswitchinterval(interval)


def test_other_threads_run_while_a_batch_is_made() -> None:
    whole = Profile.parse(
        {
            "title": "large",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {"v": "<v>"},
            "enc": {"algo": "AES-128-CFB", "key": KEY, "IV": IV},
        }
    )
    records = [{"v": "x" * 200_000}] * 200
    done = threading.Event()
    made: list[Any] = []

    def batch() -> None:
        made.extend(whole.callbacks(records))
        done.set()

    thread = threading.Thread(target=batch)
    ticks = 0
    thread.start()
    while not done.is_set():
        time.sleep(0.0005)
        ticks += 1
    thread.join()
    assert len(made) == 200 and ticks >= 5
    assert all(callback.body == made[0].body for callback in made)


def test_large_small_and_failing_callbacks_take_turns_in_the_same_memory() -> None:
    whole = profile()
    small = whole.callback({"status": "s", "recipient": "r"})
    for _ in range(3):
        large = whole.callback({"status": "x" * 300_000, "recipient": "é" * 40_000})
        opened = whole.open(large.body or "")
        assert opened == {"status": "x" * 300_000, "to": "é" * 40_000}
        for broken in ('{"status": 1', "[]", {"status": "x" * 1_048_576}):
            with pytest.raises(ReplacerError):
                whole.callback(broken)
        assert whole.callback({"status": "s", "recipient": "r"}) == small
        assert whole.callbacks([{"status": "s", "recipient": "r"}]) == [small]


def test_a_callback_made_while_another_is_made() -> None:
    """A mapping that runs our code while it is read."""
    whole = profile()

    class Nested(UserDict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            return whole.callback({"status": name}).body

    made = whole.callback(Nested({"status": None, "recipient": None}))
    inner = {name: whole.callback({"status": name}).body for name in ("status", "recipient")}
    assert made == whole.callback(inner)


def test_a_buffer_may_change_while_it_is_read() -> None:
    """A bytearray is copied before the GIL is released."""
    cipher = Cipher("AES-128-CFB", KEY, IV)
    buffer = bytearray(b"a" * 2_000_000)
    expected = {cipher.encrypt(byte * 2_000_000) for byte in (b"a", b"b")}
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.is_set():
            buffer[:] = (b"a", b"b")[number % 2] * 2_000_000
            number += 1

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(10):
            assert cipher.encrypt(buffer) in expected
    finally:
        stop.set()
        thread.join()
