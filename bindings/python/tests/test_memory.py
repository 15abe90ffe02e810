"""A million calls with flat memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from typing import Any

import pytest
from callback_profile import CallbackProfileError, Cipher, Envelope, Profile, Verifier
from support import IV, KEY, RECORD, payload, profile
from test_key_ring import ring_of
from test_sealing import GIVEN, NOW, expecting, sealed
from test_signing import SECRET, SIGNER, VERIFIER

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
    safe = sealed()
    sent = safe.callback({"to": "x"}, **GIVEN)
    headers = SIGNER.sign_callback(sent, timestamp=NOW)
    families: list[tuple[int, Callable[[], Any]]] = [
        (35, lambda: whole.callback(RECORD).body),
        (1, lambda: SIGNER.sign_callback(sealed().callback({"to": "x"}))),
        (1, lambda: safe.receive(headers, sent.body or "", verifier=VERIFIER, now=NOW, expected=expecting())),
        (1, lambda: ring_of(("2026-01", safe)).open({}, sent.body or "", expected=expecting()).values),
        (1, lambda: fails(lambda: Verifier([SECRET, SECRET]).verify(headers, "x", now=NOW))),
        (1, lambda: fails(lambda: safe.open(body, expected=expecting()))),
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
