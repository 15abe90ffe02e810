"""What several tests share."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from callback_profile import Profile

COUNTS: list[str] = []
"""The lines `count <suite> python ran=<n> refused=<n> failed=<n>`."""

ROOT = Path(os.environ.get("CALLBACK_PROFILE_ROOT", Path(__file__).parents[3]))
"""The root of the repository."""

KEY = "K1abcdefghijkl2P"
IV = "POabcdefghijklLY"

PAYLOAD: dict[str, Any] = {
    "title": "Delivery status",
    "http_method": "POST",
    "url": "https://user:SecretInUrl@example.com/sms",
    "body": {"status": "<status>", "to": "<recipient>"},
    "headers": {"authorization": "Bearer SecretInHeader"},
    "response_message": 'Thank you, {"name": "first_name"}',
    "enc": {"algo": "AES-128-GCM", "key": KEY, "IV": IV, "params": ["to"]},
}
RECORD: dict[str, Any] = {"status": "DELIVERED", "recipient": "+919876543210", "first_name": "John"}


def payload(**changes: Any) -> dict[str, Any]:
    """The payload with members changed, or left out if None."""
    members: dict[str, Any] = {**PAYLOAD, **changes}
    return {name: value for name, value in members.items() if value is not None}


def profile(**changes: Any) -> Profile:
    return Profile.parse(payload(**changes))


def shared(suite: str) -> Any:
    return json.loads((ROOT / "testdata" / f"{suite}.json").read_text(encoding="utf-8"))
