"""Payloads from JSON text: checked, against orjson + jsonschema_rs or pydantic, which check the structure only; and
made ready for callbacks, against the same plus the standard library's urlsplit and re for URL and replacers and
`cryptography` for the key. The budget is to take no longer."""

from __future__ import annotations

import json
import re
from typing import Any, Literal
from urllib.parse import urlsplit

import jsonschema_rs
import orjson
from callback_profile import Profile, ProfileError, schema
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, Field, ValidationError
from row import Row
from sample import IV, KEY


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
