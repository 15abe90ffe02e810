"""No key, IV, credential or value in any repr, error or log."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from callback_profile import (
    Cipher,
    Envelope,
    Profile,
    ProfileError,
    StoredProfile,
    address_verdict,
    hazmat,
    parse_request,
)
from support import IV, KEY, RECORD, payload, profile

SECRETS = [KEY, IV, "SecretInHeader", "SecretInUrl", "SecretValue", "SecretConstant"]


def assert_clean(text: str) -> None:
    for secret in SECRETS:
        assert secret not in text


def shown(value: object) -> str:
    """A value in every form that logs show."""
    stream = io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(logging.StreamHandler(stream))
    logger.warning("%s %r", value, value)
    return f"{value!r} {value!s} {value} {[value]} {stream.getvalue()}"


def test_nothing_shows_in_a_repr() -> None:
    """Neither key nor credentials, header values, constants of the body or values: for those, ask by name."""
    whole = profile(body={"status": "<status>", "to": "<recipient>", "constant": "SecretConstant"})
    assert "SecretConstant" in (whole.body or "") and "SecretInHeader" in whole.headers["authorization"]
    record = {**RECORD, "recipient": "SecretValue"}
    stored = StoredProfile.parse({**whole.to_dict(secrets="shown"), "profile_id": "stage_1"})
    values: list[Any] = [
        whole,
        whole.advisories,
        whole.callback(record),
        whole.open_details(whole.callback(record).body or ""),
        whole.fields,
        Cipher("AES-128-GCM", KEY, IV),
        stored,
        stored.profile,
        Envelope.created(whole, "stage_1", secrets="shown"),
        Envelope.created(whole).to_json(),
        Envelope.fetched(stored).to_dict(),
        whole.to_json(),
    ]
    for value in values[:9]:
        assert_clean(shown(value))
    for value in values[9:]:
        assert KEY not in shown(value) and IV not in shown(value)
    assert repr(whole) == "Profile(title='Delivery status', method='POST', algorithm='AES-128-GCM')"
    assert whole.url_without_credentials == "https://********@example.com/sms"
    assert repr(whole.message({"first_name": "SecretValue"})) == "Message(text_bytes=22, missing=[])"


def test_nothing_shows_in_an_error() -> None:
    whole, cipher = profile(), Cipher("AES-128-GCM", KEY, IV)
    broken = payload(title=1)
    calls: list[Callable[[], Any]] = [
        lambda: Profile.parse(broken),
        lambda: Profile.parse(str(broken)),
        lambda: Profile.parse(payload(enc={"algo": "AES-256-GCM", "key": KEY, "IV": IV})),
        lambda: Profile.parse(payload(enc={"algo": KEY, "key": IV + "-", "IV": KEY + "é", KEY: 1})),
        lambda: Profile.parse(payload(headers={"a": "SecretInHeader\n"})),
        lambda: Profile.parse({"title": f"{KEY}\ud800"}),
        lambda: Profile.parse(f'{{"enc": {{"key": "{KEY}", "key": "{IV}"}}'),
        lambda: Profile.parse(payload(url="https://user:SecretInUrl @example.com/")),
        lambda: Profile.parse(payload(enc={"key": {KEY, IV}})),
        lambda: StoredProfile.parse(broken),
        lambda: parse_request(f"{KEY} ", {"api-key": f"{IV} "}, broken),
        lambda: parse_request("HX0", {"api-key": f"{KEY}\ud800"}, broken),
        lambda: address_verdict(f"{KEY}\ud800"),
        lambda: whole.patch({"enc": {"algo": "AES-128-GCM", "key": KEY + "x", "IV": IV}}),
        lambda: whole.callback({"recipient": ["SecretValue", float("nan")]}),
        lambda: whole.callback('{"a": SecretValue}'),
        lambda: profile(headers={"x": "<v>"}).callback({"v": "SecretValue\r\n"}),
        lambda: whole.open({"to": "SecretValue"}),
        lambda: whole.open({"to": cipher.encrypt("SecretValue")[:-4] + "AAAA"}),
        lambda: Cipher("AES-256-GCM", KEY, IV),
        lambda: Cipher("AES-128-GCM", KEY, IV + "\ud800"),
        lambda: cipher.decrypt("SecretValue"),
        lambda: cipher.decrypt_text("SecretValue"),
        lambda: hazmat.gcm_open(KEY, IV, b"", b"SecretValue"),
        lambda: hazmat.gcm_open(KEY + "x", IV, b"", b""),
    ]
    for call in calls:
        with pytest.raises((ValueError, TypeError)) as caught:
            call()
        error = caught.value
        chain: BaseException | None = error
        while (
            chain is not None
        ):  # the causes too, in the form in which they are logged, without our own source lines
            assert_clean("".join(traceback.format_exception_only(type(chain), chain)))
            chain = chain.__cause__ or chain.__context__
        assert_clean(shown(error))
        for name in ("violations", "missing", "parameters", "envelope"):
            assert_clean(shown(getattr(error, name, None)))
        if isinstance(error, ProfileError):
            assert_clean(error.envelope.to_json())
        assert "callback_profile" not in {frame.name for frame in traceback.extract_tb(error.__traceback__)}
    assert "callback_profile" in sys.modules
