"""Objects are shared between threads, and large work does not hold the GIL."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections import UserDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from callback_profile import Cipher, KeyRing, Profile, ReplacerError, Signer, Verifier, keygen_signing
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


def others_run(call: Callable[[], object], rounds: int) -> bool:
    """Whether a thread that waits for the GIL gets it while the call runs, once in so many rounds.

    Nobody is asked to give it up: the switch interval is longer than the test. So without a call that releases it, the
    other thread never runs, however slow the machine is.
    """
    gate, ready = threading.Lock(), threading.Event()
    ran: list[bool] = []

    def other() -> None:
        ready.set()
        with gate:
            ran.append(True)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    thread = threading.Thread(target=other)
    try:
        gate.acquire()
        thread.start()
        ready.wait()  # it goes on until it waits for the gate
        gate.release()
        for _ in range(rounds):
            call()
            if ran:
                break
        return bool(ran)
    finally:
        sys.setswitchinterval(interval)
        thread.join(60)


def released() -> dict[str, Callable[[], object]]:
    """Calls with large input, or of those that release the GIL always."""
    whole = profile(headers=None)
    long = "x" * 300_000
    record = json.dumps({"status": long, "recipient": long, "first_name": long})
    body = whole.callback(record).body or ""
    payload_text = json.dumps({**whole.to_dict(secrets="shown"), "response_message": "x" * 200_000})
    secret = keygen_signing()
    signer, verifier = Signer(secret), Verifier(secret)
    headers = signer.sign(body, id="a")
    cipher = Cipher("AES-128-GCM", KEY, IV)
    encrypted = cipher.encrypt(long)
    ring = KeyRing.by_header("x", try_in_turn=True)
    ring.add("a", profile(headers={"x": "a"}))
    return {
        "parse": lambda: Profile.parse(payload_text),
        "check": lambda: Profile.check(payload_text),
        "message": lambda: whole.message(record),
        "callback": lambda: whole.callback(record),
        "callbacks": lambda: whole.callbacks([record]),
        "open": lambda: whole.open(body),
        "open_json": lambda: whole.open_json(body),
        "open_many": lambda: whole.open_many([body]),
        "receive": lambda: whole.receive(headers, body, verifier=verifier),
        "diagnose": lambda: whole.diagnose(body=body[:-9] + "AAAA" + body[-5:]),
        "sign": lambda: signer.sign(body, id="a"),
        "verify": lambda: verifier.verify(headers, body),
        "encrypt": lambda: cipher.encrypt(long),
        "decrypt": lambda: cipher.decrypt(encrypted),
        "ring": lambda: ring.open({"x": "a"}, body),
    }


@pytest.mark.parametrize("name", released())
def test_the_gil_is_released(name: str) -> None:
    assert others_run(released()[name], 2000)


def test_the_gil_is_kept_for_small_work() -> None:
    """Else the test above would show nothing."""
    whole = profile()
    body = whole.callback({"status": "s", "recipient": "r"}).body or ""
    for call in (lambda: whole.open_json(body), lambda: whole.callback({"status": "s"}), lambda: None):
        assert not others_run(call, 300)


def test_an_event_loop_goes_on_while_a_thread_works() -> None:
    whole = profile(headers=None)
    records = [json.dumps({"status": "x" * 200_000, "recipient": "+91"})] * 40

    async def ticking() -> tuple[int, list[Any]]:
        work = asyncio.create_task(asyncio.to_thread(whole.callbacks, records))
        ticks = 0
        while not work.done():
            ticks += 1
            await asyncio.sleep(0)
        return ticks, await work

    ticks, made = asyncio.run(ticking())
    assert ticks > 1 and made == [whole.callback(records[0])] * 40
