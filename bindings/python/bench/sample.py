"""What all contestants work on: 24 values of 64 bytes, and a profile that sends them."""

from __future__ import annotations

from callback_profile import Profile

KEY, IV = "K1abcdefghijkl2P", "POabcdefghijklLY"
NAMES = [f"parameter_{number}" for number in range(24)]
RECORD = {name: f"{number:04}" + "x" * 60 for number, name in enumerate(NAMES)}


def profile_of(mode: str, names: list[str]) -> Profile:
    return Profile.parse(
        {
            "title": "bench",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {name: f"<{name}>" for name in names},
            "enc": {"algo": f"AES-128-{mode}", "key": KEY, "IV": IV},
        }
    )
