"""A callback of 24 values of 64 bytes from a dict, against a loop of `cryptography` and base64, in the same run.

Both make the same JSON text. The median of many short rounds, taken in turns, so that both meet the same machine.
"""

from __future__ import annotations

import base64
import json
import statistics
import sys
import time
from collections.abc import Callable

from callback_profile import Profile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, IV = "K1abcdefghijkl2P", "POabcdefghijklLY"
NAMES = [f"parameter_{number}" for number in range(24)]
RECORD = {name: f"{number:04}" + "x" * 60 for number, name in enumerate(NAMES)}
ROUNDS, CALLS = 200, 100


def profile(mode: str) -> Profile:
    return Profile.parse(
        {
            "title": "bench",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {name: f"<{name}>" for name in NAMES},
            "enc": {"algo": f"AES-128-{mode}", "key": KEY, "IV": IV},
        }
    )


def by_hand_gcm() -> Callable[[], str]:
    aead, iv = AESGCM(KEY.encode()), IV.encode()

    def make() -> str:
        body = {
            name: base64.b64encode(aead.encrypt(iv, value.encode(), None)).decode()
            for name, value in RECORD.items()
        }
        return json.dumps(body, separators=(",", ":"))

    return make


def by_hand_cfb() -> Callable[[], str]:
    cipher = Cipher(algorithms.AES(KEY.encode()), modes.CFB(IV.encode()))

    def make() -> str:
        body: dict[str, str] = {}
        for name, value in RECORD.items():
            encryptor = cipher.encryptor()
            text = encryptor.update(value.encode()) + encryptor.finalize()
            body[name] = base64.b64encode(text).decode()
        return json.dumps(body, separators=(",", ":"))

    return make


def medians(calls: list[Callable[[], object]]) -> list[float]:
    """Nanoseconds per call of each."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, spent in zip(calls, times, strict=True):
            start = time.perf_counter_ns()
            for _ in range(CALLS):
                call()
            spent.append((time.perf_counter_ns() - start) / CALLS)
    return [statistics.median(spent) for spent in times]


def main() -> None:
    gcm, cfb = profile("GCM"), profile("CFB")
    hand_gcm, hand_cfb = by_hand_gcm(), by_hand_cfb()
    assert gcm.callback(RECORD).body == hand_gcm()
    try:
        assert cfb.callback(RECORD).body == hand_cfb()
    except Exception as error:  # newer versions of cryptography may drop CFB
        print(f"bench python CFB by hand: {error}", file=sys.stderr)
        hand_cfb = hand_gcm
    body = gcm.callback(RECORD).body or ""
    text = json.dumps(RECORD).encode()
    names = [
        "cryptography loop, GCM",
        "cryptography loop, CFB",
        "profile.callback(dict).body, GCM",
        "profile.callback(dict).body, CFB",
        "profile.callback(bytes).body, GCM",
        "profile.open(body), GCM",
    ]
    figures = medians(
        [
            hand_gcm,
            hand_cfb,
            lambda: gcm.callback(RECORD).body,
            lambda: cfb.callback(RECORD).body,
            lambda: gcm.callback(text).body,
            lambda: gcm.open(body),
        ]
    )
    peers = [None, None, figures[0], figures[1], figures[0], None]
    for name, figure, peer in zip(names, figures, peers, strict=True):
        ratio = f"  {peer / figure:5.1f}x" if peer else ""
        print(f"bench python {name:36} {figure:8.0f} ns{ratio}")


if __name__ == "__main__":
    main()
