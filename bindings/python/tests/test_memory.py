"""A million calls with flat memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from typing import Any

import pytest
from callback_profile import CallbackProfileError, Cipher, Envelope, Profile
from support import IV, KEY, RECORD, payload, profile

CALLS = int(os.environ.get("CALLBACK_PROFILE_MEMORY_CALLS", "1000000"))
"""Of each family together."""


def resident() -> int:
    """Bytes of memory that the process uses."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def fails(call: Callable[[], Any]) -> None:
    try:
        call()
    except CallbackProfileError:
        return
    pytest.fail("no error")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs Linux")
def test_memory_is_flat() -> None:
    whole, cipher, members = profile(), Cipher("AES-128-GCM", KEY, IV), payload()
    body = whole.callback(RECORD).body or ""
    text = cipher.encrypt("John")
    families: list[tuple[int, Callable[[], Any]]] = [
        (40, lambda: whole.callback(RECORD).body),
        (20, lambda: whole.message(RECORD).text),
        (15, lambda: whole.open(body)),
        (10, lambda: cipher.decrypt_text(text)),
        (5, lambda: Profile.parse(members).advisories),
        (3, lambda: fails(lambda: Profile.parse("{}"))),
        (3, lambda: fails(lambda: whole.open('{"to":"x"}'))),
        (2, lambda: fails(lambda: whole.callback({"a": float("nan")}))),
        (1, lambda: whole.callbacks([RECORD, "x"])),
        (1, lambda: Envelope.created(whole).data),
    ]

    def run(calls: int) -> None:
        for percent, call in families:
            for _ in range(calls * percent // 100):
                call()
        gc.collect()

    run(20_000)  # caches and arenas fill up
    before = resident()
    run(CALLS)
    grown = resident() - before
    assert grown < 2 * 1024 * 1024, f"{grown} bytes more after {CALLS} calls"
