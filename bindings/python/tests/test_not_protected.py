"""What the README says the format does not protect: each claim, shown."""

from __future__ import annotations

import base64
import json
from typing import Any

from callback_profile import Cipher, DecryptionError, Profile
from support import IV, KEY, profile

GCM, CFB = Cipher("AES-128-GCM", KEY, IV), Cipher("AES-128-CFB", KEY, IV)


def xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def test_equal_values_give_equal_texts() -> None:
    one, other = b"+919876543210", b"+910000000000"
    for cipher in (GCM, CFB):
        assert cipher.encrypt(one) == cipher.encrypt(one) != cipher.encrypt(other)
        texts = [base64.b64decode(cipher.encrypt(value))[: len(one)] for value in (one, other)]
        assert xor(*texts) == xor(one, other)


def test_cfb_notices_nothing() -> None:
    whole = profile(enc={"algo": "AES-128-CFB", "key": KEY, "IV": IV})
    body = json.loads(whole.callback({"status": "10", "recipient": "+91"}).body or "")
    text = bytearray(base64.b64decode(body["status"]))
    text[0] ^= ord("1") ^ ord("9")
    assert whole.open({**body, "status": base64.b64encode(text).decode()})["status"] == "90"
    outcomes = {"opened": 0, "refused": 0}
    for number in range(200):
        other = Cipher("AES-128-CFB", f"{number:016}", IV)
        try:
            other.decrypt_text(CFB.encrypt("7"))
        except DecryptionError as error:
            assert error.code == "not_utf8"
            outcomes["refused"] += 1
        else:
            outcomes["opened"] += 1
    assert outcomes["opened"] >= 50 <= outcomes["refused"], "about half of the wrong keys open a short value"


def test_what_leaves_in_clear() -> None:
    whole = profile(
        url="https://example.com/<in_path>?constant=1&k=<in_query>",
        headers={"x-trace": "<in_header>"},
        body={"name": "<a>", "none": None, "list": []},
        enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV},
    )
    record = {name: name for name in ("in_path", "in_query", "in_header", "a")}
    callback = whole.callback(record)
    assert "/in_path?constant=1&k=" in callback.url and "in_query" not in callback.url
    assert callback.headers["x-trace"] == "in_header"
    assert [*json.loads(callback.body or "")] == ["name", "none", "list"]
    # Who knows no key can add names, and take out or change what is not encrypted, in any order.
    some = profile(body={"status": "<status>", "to": "<recipient>"})
    body: dict[str, Any] = json.loads(some.callback({"status": "FAILED", "recipient": "+91"}).body or "")
    forged = {"extra": True, "to": body["to"], "status": "DELIVERED"}
    assert some.open(forged) == {"extra": True, "to": "+91", "status": "DELIVERED"}
    assert some.open({"to": body["to"]}) == {"to": "+91"}


def test_one_value_has_many_spellings() -> None:
    value = next(value for value in map(str, range(1000)) if {"+", "/", "="} <= set(GCM.encrypt(value)))
    text = GCM.encrypt(value)
    spellings = {
        text,
        text.rstrip("="),
        text.replace("+", "-").replace("/", "_"),
        text.replace("+", " "),
        text.rstrip("=").replace("+", "-").replace("/", "_"),
    }
    assert len(spellings) == 5, "a text with +, / and padding"
    strict = Cipher("AES-128-GCM", KEY, IV, reading="strict")
    for spelling in spellings:
        assert GCM.decrypt_text(spelling) == value
        if spelling != text:
            try:
                strict.decrypt(spelling)
            except DecryptionError as error:
                assert error.code == "invalid_encoding"
            else:
                raise AssertionError(f"strict reading took {spelling!r}")


def test_a_wrong_key_is_noticed_under_gcm() -> None:
    body = profile().callback({"status": "x", "recipient": "y"}).body or ""
    other = Profile.parse(profile().to_json(secrets="shown").replace(KEY, KEY[::-1]))
    try:
        other.open(body)
    except DecryptionError as error:
        assert (error.code, error.parameters) == ("auth_failed", ("to",))
    else:
        raise AssertionError("opened")
