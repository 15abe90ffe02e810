"""Names that come from outside, with characters that forge lines of a log, through every error and every text of an
object: one line, nothing raw, no secret.
"""

from __future__ import annotations

import io
import json
import logging
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from callback_profile import (
    Advisory,
    ArgumentError,
    CallbackProfileError,
    Cipher,
    DecryptionError,
    Envelope,
    Profile,
    ProfileError,
    ReplacerError,
    StoredProfile,
    _native,
    parse_request,
)
from pydantic import BaseModel, ValidationError
from support import COUNTS, IV, KEY, payload, profile

NAMES = [
    "a\nCRITICAL forged",
    "a\r\nb",
    "\x1b[2J\x1b[31m",
    "a\0b",
    "\x07\x08\x7f\x85\x9b",
    "\u202eevil\u202c",
    "\u2066a\u2069\u200f",
    "a\u2028b\u2029c",
    "\ufeff\u200b\u00ad",
    "x" * 300 + "\n",
]
SECRETS = [KEY, IV, "SecretInHeader", "SecretInUrl", "SecretValue", "SecretConstant"]
CIPHER = Cipher("AES-128-GCM", KEY, IV)
BIDI_CONTROLS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def texts(value: Any) -> Iterator[str]:
    """A value in every form in which logs show it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.error("%s", value)
    yield stream.getvalue().removesuffix("\n")
    yield str(value)
    yield repr(value)
    yield f"{value}"
    if isinstance(value, BaseException):
        yield "".join(traceback.format_exception_only(type(value), value)).removesuffix("\n")
        yield json.dumps({"error": str(value)})


def assert_one_clean_line(value: Any) -> None:
    for text in texts(value):
        raw = [hex(ord(c)) for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
        assert not raw, f"{raw} in {text!r}"
        for secret in SECRETS:
            assert secret not in text


def opened(name: str, received: Any, **options: Any) -> Callable[[], object]:
    """Opening, by a profile whose encrypted parameters are status and one of this name."""
    members = payload(
        url="https://example.com/", enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV}, body={name: "<x>"}
    )
    return lambda: Profile.parse(members).open(received, **options)


def form(name: str) -> Profile:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return profile(headers=headers, body={name: "<x>"}, enc={"algo": "AES-128-CFB", "key": KEY, "IV": IV})


def failures(name: str) -> list[tuple[type[Exception], Callable[[], object]]]:
    """Calls that fail and have the name in what they are given."""
    whole = profile()
    pairs = profile(response_message=json.dumps({"label": name}))
    headers = {"api-key": "A", "content-type": "application/json"}
    sealed = CIPHER.encrypt("SecretValue")
    enc = {"algo": "AES-128-GCM", "key": KEY, "IV": IV}
    return [
        (ProfileError, lambda: Profile.parse(payload(**{name: 1}), policy="strict")),
        (ProfileError, lambda: Profile.check(payload(**{name: {"SecretValue": 1}}), policy="strict")),
        (ProfileError, lambda: Profile.parse(payload(headers={name: "SecretInHeader"}))),
        (ProfileError, lambda: Profile.parse(payload(headers={"a": name}))),
        (ProfileError, lambda: Profile.parse(payload(headers={name: 1}))),
        (ProfileError, lambda: Profile.parse(payload(title=name))),
        (ProfileError, lambda: Profile.parse(payload(url=f"https://e.com/{name}"))),
        (ProfileError, lambda: Profile.parse(payload(http_method=name))),
        (ProfileError, lambda: Profile.parse(payload(enc={**enc, name: 1}), policy="strict")),
        (ProfileError, lambda: Profile.parse(payload(enc={**enc, "algo": name}))),
        (ProfileError, lambda: Profile.parse(payload(enc={**enc, "params": [name, 1]}))),
        (ProfileError, lambda: Profile.parse(payload(channel=name))),
        (ProfileError, lambda: Profile.parse(payload(events=name, channel="sms"))),
        (ProfileError, lambda: Profile.parse(f"{{{json.dumps(name)}: 1, {json.dumps(name)}: 2}}")),
        (ProfileError, lambda: Profile.parse(name)),
        (ProfileError, lambda: whole.patch({name: 1, "title": name})),
        (ProfileError, lambda: StoredProfile.parse(payload(**{name: 1, "title": name}), policy="strict")),
        (ProfileError, lambda: parse_request(name, {**headers, name: name}, payload())),
        (ProfileError, lambda: parse_request("HX0", {"api-key": name, "content-type": name}, payload())),
        (ProfileError, lambda: Envelope.parse({name: 1})),
        (ReplacerError, lambda: pairs.message({}, missing="error")),
        (
            ReplacerError,
            lambda: pairs.message({name: {"SecretValue": 1}}, missing="error").text and whole.message(name),
        ),
        (ReplacerError, lambda: whole.callback(f"{{{json.dumps(name)}: 1, {json.dumps(name)}: 2}}")),
        (TypeError, lambda: whole.callback({"a": {name: {KEY, IV}}})),
        (TypeError, lambda: whole.callback({name: [{name: type(name.replace("\0", ""), (), {})()}]})),
        (TypeError, lambda: whole.message({name: {1: KEY}})),
        (ArgumentError, lambda: whole.callback({name: [float("nan")]})),
        (ArgumentError, lambda: whole.callback({name: "SecretValue\ud800"})),
        (ArgumentError, lambda: Profile.parse(payload(), limits={name: 1})),
        (ArgumentError, lambda: Profile.parse(payload(), policy=name)),  # type: ignore[arg-type]
        (ArgumentError, lambda: whole.callback({}, missing=name)),  # type: ignore[arg-type]
        (ArgumentError, lambda: Cipher(name, KEY, IV)),  # type: ignore[arg-type]
        (ArgumentError, lambda: Cipher("AES-128-GCM", name, IV)),
        (DecryptionError, opened(name, {})),
        (DecryptionError, opened(name, {name: None})),
        (DecryptionError, opened(name, {name: {name: "SecretValue"}})),
        (DecryptionError, opened(name, {name: "SecretValue"})),
        (DecryptionError, opened(name, {name: CIPHER.encrypt("SecretValue"), name + "2": "SecretValue"})),
        (DecryptionError, opened(name, {name: sealed}, content_type=name)),
        (DecryptionError, opened(name, name)),
        (DecryptionError, opened(name, f"{{{json.dumps(name)}: 1, {json.dumps(name)}: 2}}")),
        (DecryptionError, opened("x", {"x": {name: "SecretValue"}}, structures=True)),
        (DecryptionError, lambda: form("to").open(f"{name}=1&{name}=2")),
        (DecryptionError, lambda: form(name).open("other=1")),
        (
            DecryptionError,
            lambda: profile(http_method="GET", body=None, url="https://e.com/?to=<x>").open(f"{name}=1"),
        ),
        (DecryptionError, lambda: CIPHER.decrypt(name)),
    ]


def test_no_error_has_anything_raw() -> None:
    ran = 0
    for name in NAMES:
        for number, (expected, call) in enumerate(failures(name)):
            with pytest.raises(expected) as caught:
                call()
            error = caught.value
            try:
                assert_one_clean_line(error)
                for members in ("violations", "missing", "parameters"):
                    assert_one_clean_line(list(getattr(error, members, ())))
                if isinstance(error, ProfileError):
                    for violation in error.violations:
                        assert_one_clean_line(violation)
                    assert_one_clean_line(error.envelope)
                    assert_one_clean_line(error.envelope.to_json())
            except AssertionError as different:
                raise AssertionError(f"{name!r}, call {number}: {different}") from None
            ran += 1
    COUNTS.append(f"count hostile_names python ran={ran} refused=0 failed=0")
    assert ran == len(NAMES) * len(failures("a")) >= 450


def test_no_object_has_anything_raw() -> None:
    for name in NAMES:
        constants = {"status": "<status>", name: "SecretConstant", "to": "<recipient>"}
        made = profile(**{name: 1, "body": constants, "response_message": json.dumps({"label": name})})
        assert any(name in advisory.pointer for advisory in made.advisories) or "/" in name
        stored = StoredProfile.parse({**made.to_dict(secrets="shown"), "profile_id": name, "body_type": name})
        record = {"status": name, "recipient": "SecretValue"}
        callback = made.callback(record)
        details = made.open_details({**json.loads(callback.body or ""), f"{name}2": "SecretValue"})
        assert details.unknown == (f"{name}2"[:256],)
        values: list[Any] = [
            made,
            stored,
            callback,
            callback.missing,
            made.message({}),
            made.message({}).missing,
            details,
            details.unknown,
            Envelope.created(made, name),
            Envelope.not_found(name),
            Envelope.deleted(name),
            *made.advisories,
        ]
        for value in values:
            if type(value).__name__ == "Message":
                assert_one_clean_line(repr(value))  # its str() is the text that was asked for
            else:
                assert_one_clean_line(value)


def test_pydantic_shows_nothing_raw() -> None:
    class Account(BaseModel):
        profile: Profile

    for name in NAMES:
        with pytest.raises(ValidationError) as caught:
            Account.model_validate({"profile": payload(headers={name: "SecretInHeader"})})
        # Its str() has three lines of its own; its JSON holds the pointers, which are data.
        lines = str(caught.value).split("\n")
        assert len(lines) == 3
        for text in (*lines[:2], repr(caught.value.errors())):
            assert_one_clean_line(text)
        assert "\n" not in caught.value.json() and "SecretInHeader" not in caught.value.json()


def test_names_themselves_are_data_and_stay_as_they_were_sent() -> None:
    for name in NAMES[:-1]:
        with pytest.raises(DecryptionError) as caught:
            opened(name, {})()
        assert (caught.value.parameter, caught.value.parameters) == (name, (name,))
        with pytest.raises(CallbackProfileError) as refused:
            Profile.parse(payload(headers={name: 1}))
        pointer = getattr(refused.value, "violations")[0].pointer  # noqa: B009
        assert pointer.endswith(name.replace("~", "~0").replace("/", "~1"))


def test_every_control_and_bidi_character_is_shown_escaped_as_the_core_shows_it() -> None:
    hidden = [
        character
        for character in map(chr, range(0x110000))
        if unicodedata.category(character) in ("Cc", "Zl", "Zp")
        or unicodedata.bidirectional(character) in BIDI_CONTROLS
        or character in "\u061c\u200e\u200f"
    ]
    assert len(hidden) == 65 + 2 + 9 + 3
    for character in hidden:
        name, shown = f"a{character}b", f"a\\u{{{ord(character):x}}}b"
        assert _native._visible(name) == shown
        with pytest.raises(ProfileError) as caught:
            Profile.parse(payload(headers={name: 1}))
        assert caught.value.violations[0].message == f"body/headers/{shown} must be string"
        stored = StoredProfile.parse({**payload(), "profile_id": name})
        assert repr(stored).startswith(f"StoredProfile(profile_id='{shown}', ")
        message = profile(response_message=json.dumps({"label": name}, ensure_ascii=False)).message({})
        assert repr(message) == f"Message(text_bytes=0, missing=['{shown}'])"
        envelope = Envelope.parse({"code": name, "message": "", "data": {}, "error": [], "status": 400})
        assert repr(envelope) == f"Envelope(code='{shown}', status=400)"
        advisory = Advisory("unknown_member", f"/{name}", "x")
        assert str(advisory) == f"body/{shown} unknown_member: x"
        with pytest.raises(TypeError) as wrong:
            profile().callback({name: {1}})
        assert str(wrong.value) == f"record/{shown} is of type set, which JSON does not have: pass default="
