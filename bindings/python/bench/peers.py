"""The time of our calls against what a Python service would write by hand, in the same run.

Callbacks: 24 values of 64 bytes from a dict, against loops of `cryptography` and of `pycryptodome` with base64 and json
that make the same text. Payloads from JSON text: checked, against orjson + jsonschema_rs or pydantic, which check the
structure only; and made ready for callbacks, against the same plus the standard library's urlsplit and re for URL and
replacers and `cryptography` for the key. The budget there is to take no longer. Before anything is timed, both sides
must give the same results.

Every row times two calls in turns, in many short rounds, so that the load of the machine affects both alike. The
figures are medians of CPU nanoseconds per call: elapsed time would count the interruptions of a busy machine. Rows of
batches, which work on several threads, are medians of elapsed nanoseconds per item.
"""

from __future__ import annotations

import base64
import json
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import jsonschema_rs
import orjson
from callback_profile import Profile, ProfileError, schema
from Crypto.Cipher import AES
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, Field, ValidationError

KEY, IV = "K1abcdefghijkl2P", "POabcdefghijklLY"
NAMES = [f"parameter_{number}" for number in range(24)]
RECORD = {name: f"{number:04}" + "x" * 60 for number, name in enumerate(NAMES)}
ROUNDS, CALLS = 400, 50
BATCH = 4096


@dataclass(frozen=True)
class Row:
    work: str
    ours: Callable[[], object]
    peer: str
    theirs: Callable[[], object]
    budget: float
    """How many times faster than the peer it has to be."""
    rounds: int = ROUNDS
    calls: int = CALLS
    items: int | None = None
    """Items of a batch, which works on several threads: elapsed time counts, for one item."""

    def measure(self) -> bool:
        """Prints the row and returns whether the budget is met."""
        spent: tuple[list[float], list[float]] = ([], [])
        clock = time.thread_time_ns if self.items is None else time.perf_counter_ns
        for _ in range(self.rounds):
            for call, times in zip((self.ours, self.theirs), spent, strict=True):
                start = clock()
                for _ in range(self.calls):
                    call()
                times.append((clock() - start) / self.calls / (self.items or 1))
        ours, theirs = map(statistics.median, spent)
        ratio = theirs / ours
        met = "met" if ratio >= self.budget else "short"
        print(
            f"{self.work} | {ours:.0f} | {self.peer} | {theirs:.0f} | {ratio:.1f}x | {self.budget:g}x | {met}",
            flush=True,
        )
        return ratio >= self.budget


def gcm_by_hand() -> Callable[[], str]:
    aead, iv = AESGCM(KEY.encode()), IV.encode()

    def make() -> str:
        body: dict[str, str] = {}
        for name, value in RECORD.items():
            body[name] = base64.b64encode(aead.encrypt(iv, value.encode(), None)).decode()
        return json.dumps(body, separators=(",", ":"))

    return make


def cfb_by_hand() -> Callable[[], str]:
    cipher = Cipher(algorithms.AES(KEY.encode()), CFB(IV.encode()))

    def make() -> str:
        body: dict[str, str] = {}
        for name, value in RECORD.items():
            encryptor = cipher.encryptor()
            text = encryptor.update(value.encode()) + encryptor.finalize()
            body[name] = base64.b64encode(text).decode()
        return json.dumps(body, separators=(",", ":"))

    return make


def by_pycryptodome(mode: str) -> Callable[[], str]:
    key, iv = KEY.encode(), IV.encode()

    def sealed(value: bytes) -> bytes:
        if mode == "GCM":
            text, tag = AES.new(key, AES.MODE_GCM, nonce=iv, mac_len=16).encrypt_and_digest(value)
            return text + tag
        return AES.new(key, AES.MODE_CFB, iv=iv, segment_size=128).encrypt(value)

    def make() -> str:
        body = {name: base64.b64encode(sealed(value.encode())).decode() for name, value in RECORD.items()}
        return json.dumps(body, separators=(",", ":"))

    return make


def callback_row(mode: str, library: str, by_hand: Callable[[], str]) -> Row:
    profile = Profile.parse(
        {
            "title": "bench",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {name: f"<{name}>" for name in NAMES},
            "enc": {"algo": f"AES-128-{mode}", "key": KEY, "IV": IV},
        }
    )
    assert profile.callback(RECORD).body == by_hand()
    peer = f"{library} {mode} + base64 + json, a loop"
    return Row(
        f"callback of a dict, 24 x 64 bytes, {mode}", lambda: profile.callback(RECORD).body, peer, by_hand, 7
    )


class Encryption(BaseModel):
    algo: Literal["AES-128-GCM", "AES-192-GCM", "AES-256-GCM", "AES-128-CFB", "AES-192-CFB", "AES-256-CFB"]
    key: str = Field(pattern="^[a-zA-Z0-9]+$")
    IV: str = Field(pattern="^[a-zA-Z0-9]+$", min_length=16, max_length=16)
    params: list[str] | None = None


class Payload(BaseModel):
    title: str = Field(pattern="^[a-zA-Z0-9 _-]+$", min_length=3)
    http_method: Literal["GET", "POST", "PUT", "DELETE"]
    url: str = Field(max_length=2048)
    body: dict[str, Any]
    headers: dict[str, str] = {}
    response_message: str | None = None
    enc: Encryption | None = None


PAYLOAD: dict[str, Any] = {
    "title": "Delivery status",
    "http_method": "POST",
    "url": "https://example.com/v1/accounts/HX0000000000IN/messages/<message_id>/status",
    "headers": {"x-source": "sms", "x-request-id": "<message_id>", "content-type": "application/json"},
    "body": {
        "id": "<message_id>",
        "status": {"code": "<status.code>", "text": "<status.text>", "at": "<status.at>"},
        "to": "<recipient>",
        "parts": ["<part_1>", "<part_2>"],
        "campaign": "summer",
    },
    "response_message": 'Thank you, {"name": "first_name"}. Your order is on its way to {"town": "town"}.',
    "enc": {"algo": "AES-128-GCM", "key": KEY, "IV": IV, "params": ["to", "text"]},
}


REPLACER = re.compile(r"<([A-Za-z0-9_.]+)>")


def made_ready(payload: dict[str, Any]) -> bool:
    """What is left of the work when the structure has been checked: URL, replacers, key."""
    url = urlsplit(payload["url"])
    if url.scheme not in ("http", "https") or not url.hostname:
        return False
    templates: list[list[str]] = [REPLACER.split(payload["url"])]
    templates.append(REPLACER.split(payload.get("response_message") or ""))
    waiting: list[Any] = [payload["body"], payload.get("headers")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            templates.append(REPLACER.split(value))
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    cipher = AESGCM(payload["enc"]["key"].encode())
    return bool(templates and cipher)


def payload_rows() -> list[Row]:
    text = json.dumps(PAYLOAD)
    validator = jsonschema_rs.validator_for(schema())

    def structure_by_jsonschema(text: str) -> bool:
        return validator.is_valid(orjson.loads(text))

    def structure_by_pydantic(text: str) -> bool:
        try:
            Payload.model_validate_json(text)
        except ValidationError:
            return False
        return True

    def checked(text: str) -> bool:
        try:
            Profile.check(text)
        except ProfileError:
            return False
        return True

    def with_jsonschema(text: str) -> bool:
        payload = orjson.loads(text)
        return validator.is_valid(payload) and made_ready(payload)

    def with_pydantic(text: str) -> bool:
        try:
            payload = Payload.model_validate_json(text)
        except ValidationError:
            return False
        return made_ready(payload.model_dump())

    def with_ours(text: str) -> bool:
        try:
            Profile.parse(text)
        except ProfileError:
            return False
        return True

    structural: list[dict[str, Any]] = [{}, {"title": "ab"}, {"url": 1}, {"body": []}]
    for change in structural:
        changed = json.dumps({**PAYLOAD, **change})
        for check in (checked, structure_by_jsonschema, structure_by_pydantic):
            assert check(changed) == (not change), (check, change)

    changes: list[dict[str, Any]] = [
        {},
        {"title": "ab"},
        {"url": 1},
        {"url": "example.com"},
        {"body": []},
        {"enc": {"algo": "AES-128-GCM", "key": KEY, "IV": "short"}},
    ]
    for change in changes:
        changed = json.dumps({**PAYLOAD, **change})
        for check in (checked, with_ours, with_jsonschema, with_pydantic):
            assert check(changed) == (not change), (check, change)

    checking = f"payload of {len(text)} bytes checked"
    work = f"{checking} and made ready"
    return [
        Row(
            checking,
            lambda: checked(text),
            "orjson + jsonschema_rs, structure only",
            lambda: structure_by_jsonschema(text),
            1,
        ),
        Row(
            checking,
            lambda: checked(text),
            "pydantic, structure only",
            lambda: structure_by_pydantic(text),
            1,
        ),
        Row(
            work,
            lambda: with_ours(text),
            "orjson + jsonschema_rs, rest by hand",
            lambda: with_jsonschema(text),
            1,
        ),
        Row(work, lambda: with_ours(text), "pydantic, rest by hand", lambda: with_pydantic(text), 1),
    ]


def batch_rows() -> list[Row]:
    """Batches on all cores against loops over the single call, per item."""
    profile = Profile.parse(
        {
            "title": "bench",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {name: f"<{name}>" for name in NAMES[:5]},
            "enc": {"algo": "AES-128-GCM", "key": KEY, "IV": IV},
        }
    )
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


def main() -> None:
    rows = [
        callback_row("GCM", "cryptography", gcm_by_hand()),
        callback_row("CFB", "cryptography", cfb_by_hand()),
        *[callback_row(mode, "pycryptodome", by_pycryptodome(mode)) for mode in ("GCM", "CFB")],
        *payload_rows(),
        *batch_rows(),
    ]
    print("work | ours ns | peer | peer ns | ratio | budget | verdict")
    met = sum([row.measure() for row in rows])
    print(f"budgets met: {met} of {len(rows)}")


if __name__ == "__main__":
    main()
