"""Sealed callbacks: made, opened, refused, and what is taken from the operating system and the clock."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from callback_profile import (
    Callback,
    ArgumentError,
    DecryptionError,
    Expected,
    OpenedDetails,
    Profile,
    ProfileError,
    ReplacerError,
    SealedMessage,
    keygen,
    keygen_sealed,
    keygen_signing,
    parse_request,
    types,
)
from support import KEY, payload, profile

SEALING_KEY = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
ENC: dict[str, Any] = {"version": 2, "kid": "2026-01", "key": SEALING_KEY}
URL = "https://example.com/sms"
MEMBERS: dict[str, Any] = {"url": URL, "body": {"to": "<to>", "state": "sent"}, "headers": None, "enc": ENC}
NOW = 1_800_000_000
GIVEN: dict[str, Any] = {"random": bytes(32), "issued_at": NOW, "id": "msg_1"}
ANY: Any = Profile  # for calls that a type checker would refuse
ANY_KEYGEN: Any = keygen


def sealed(**changes: Any) -> Profile:
    return profile(**{**MEMBERS, **changes})


def expecting(**changes: Any) -> Expected:
    members: dict[str, Any] = {"tolerance": 300, "method": "POST", "url": URL, "profile_id": None, "now": NOW}
    return Expected(**{**members, **changes})


def test_a_sealed_profile_has_a_kid_and_no_algorithm() -> None:
    whole = sealed(enc={**ENC, "params": ["to"]})
    assert (whole.kid, whole.algorithm, whole.encrypted_params) == ("2026-01", None, ("to",))
    assert (sealed().encrypted_params, profile().kid) == (None, None)
    assert repr(whole) == "Profile(title='Delivery status', method='POST', algorithm=None, kid='2026-01')"
    assert SEALING_KEY not in whole.to_json() and SEALING_KEY in whole.to_json(secrets="shown")


def test_the_settings_of_a_parse() -> None:
    headers = {"api-key": "A", "content-type": "application/json"}
    parsers: list[Callable[..., object]] = [
        Profile.parse,
        Profile.check,
        lambda members, **settings: parse_request("HX0", headers, members, **settings),
    ]
    sealed_members, signed = payload(**MEMBERS), payload(headers={"Webhook-Id": "x"})
    for parse in parsers:
        for members, setting in (
            (sealed_members, "refuse_sealed"),
            (payload(), "refuse_v1"),
            (signed, "signed"),
        ):
            parse(members)
            with pytest.raises(ProfileError):
                parse(members, **{setting: True})
        parse(sealed_members, refuse_v1=True)
        parse(payload(), refuse_sealed=True, signed=True)
    query = {"url": "https://example.com/?a=<a>", "headers": None, "enc": None}
    advisories = Profile.parse(payload(**query), signed=True).advisories
    assert [advisory.code for advisory in advisories] == ["unsigned_target"]
    assert profile(**query).advisories == ()


def test_given_values_give_the_same_bytes_and_open() -> None:
    whole = sealed()
    callback = whole.callback({"to": "+91"}, **GIVEN)
    assert whole.callback({"to": "+91"}, **GIVEN) == callback
    assert (callback.id, callback.issued_at, callback.is_sealed) == ("msg_1", NOW, True)
    assert list(json.loads(callback.body or "")) == ["jwe"] and "+91" not in (callback.body or "")
    expected = expecting()
    for body in (callback.body or "", (callback.body or "").encode(), json.loads(callback.body or "")):
        assert whole.open(body, expected=expected) == {"to": "+91", "state": "sent"}
        assert whole.open_json(body, expected=expected) == '{"to":"+91","state":"sent"}'
        assert whole.open_many([body], expected=expected) == [{"to": "+91", "state": "sent"}]
        details = whole.open_details(body, expected=expected)
        assert details.sealed == SealedMessage("2026-01", "msg_1", NOW, None)
        assert details == OpenedDetails(
            {"to": "+91", "state": "sent"}, details.decrypted, details.unknown, details.sealed
        )
    other_random: dict[str, Any] = {**GIVEN, "random": b"\1" * 32}
    other = whole.callback({"to": "+91"}, **other_random)
    assert other.body != callback.body and other != callback
    named = whole.callback({"to": "+91"}, **GIVEN, profile_id="stage_1")
    assert whole.open(named.body or "", expected=expecting(profile_id="stage_1"))["to"] == "+91"
    bare = whole.callback({"to": "+91"}, **GIVEN, bare_token=True)
    assert bare.headers["content-type"] == "application/jose" and (bare.body or "").count(".") == 4
    assert whole.open(bare.body or "", content_type="application/jose", expected=expected)["to"] == "+91"


def test_random_time_and_id_have_defaults() -> None:
    whole = sealed()
    before = int(time.time())
    made = [whole.callback({"to": "+91"}) for _ in range(50)]
    made += [callback for callback in whole.callbacks([{"to": "+91"}] * 50) if isinstance(callback, Callback)]
    assert (
        len(made)
        == 100
        == len({callback.id for callback in made})
        == len({callback.body for callback in made})
    )
    expected = Expected(tolerance=5, method="POST", url=URL, profile_id=None)
    for callback in made:
        assert re.fullmatch(r"msg_[A-Za-z0-9_-]{22}", callback.id or "")
        assert callback.issued_at is not None and before <= callback.issued_at <= time.time()
        assert whole.open(callback.body or "", expected=expected)["to"] == "+91"
    characters = {character for callback in made for character in (callback.id or "")[4:]}
    assert len(characters) == 64, "every character of base64url occurs in 2200 of them"
    [batched] = whole.callbacks([{"to": "+91"}], issued_at=NOW, profile_id="stage_1", bare_token=True)
    assert isinstance(batched, Callback) and batched.issued_at == NOW
    opened = whole.open_details(
        batched.body or "", content_type="application/jose", expected=expecting(profile_id="stage_1")
    )
    assert opened.sealed is not None and opened.sealed.id == batched.id


def test_the_documented_format_takes_nothing_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("os.urandom", refuse)
    monkeypatch.setattr("time.time", refuse)
    callback = profile().callback({"recipient": "+91"})
    assert (callback.id, callback.issued_at, callback.is_sealed) == (None, None, False)
    assert profile().callback({}, id="msg_1", issued_at=5).id == "msg_1", "for the signature of it"
    profile().open(callback.body or "")
    sealed().callback({}, **GIVEN)
    with pytest.raises(AssertionError):
        sealed().callback({}, random=bytes(32), id="a")
    with pytest.raises(AssertionError):
        sealed().callback({}, issued_at=NOW, id="a")


def test_what_is_expected_must_be_so() -> None:
    whole = sealed()
    body = whole.callback({"to": "+91"}, **GIVEN, profile_id="stage_1").body or ""
    for accepted in (
        expecting(),
        expecting(url="HTTPS://EXAMPLE.com:443/sms?x#y"),
        expecting(profile_id="stage_1"),
        expecting(now=NOW + 300),
        expecting(now=NOW - 300),
        expecting(now=NOW + 9999, tolerance=None),
        expecting(method=None, url=None),
    ):
        assert whole.open(body, expected=accepted)["to"] == "+91"
    refused = [
        expecting(now=NOW + 301),
        expecting(now=NOW - 301),
        expecting(now=None),
        expecting(method="PUT"),
        expecting(url="https://example.com/other"),
        expecting(profile_id="stage_2"),
    ]
    messages: set[str] = set()
    for expected in refused:
        for call in (whole.open, whole.open_json, whole.open_details):
            with pytest.raises(DecryptionError) as caught:
                call(body, expected=expected)
            messages.add(f"{caught.value.code}: {caught.value}")
        [error] = whole.open_many([body], expected=expected)
        assert isinstance(error, DecryptionError) and error.code == "auth_failed"
    assert len(messages) == 1, "a stranger learns nothing"
    for call in (whole.open, whole.open_json, whole.open_details):
        with pytest.raises(ArgumentError) as missing:
            call(body)
        assert missing.value.code == "invalid_argument"


def test_nothing_is_expected_by_default() -> None:
    given: dict[str, Any] = {"tolerance": 300, "method": "POST", "url": URL, "profile_id": None}
    for name in given:
        with pytest.raises(TypeError, match=name):
            Expected(**{member: value for member, value in given.items() if member != name})
    body = sealed().callback({"to": "+91"}, **GIVEN).body or ""
    wrong: list[tuple[type[Exception], str, Any]] = [
        (TypeError, "expected must be Expected, not dict", given),
        (TypeError, "expected.tolerance must be int, not float", expecting(tolerance=0.5)),
        (TypeError, "expected.now must be int, not float", expecting(now=time.time())),
        (TypeError, "expected.now must be int, not bool", expecting(now=True)),
        (ArgumentError, "expected.tolerance must be from 0", expecting(tolerance=-1)),
        (ArgumentError, "expected.method must be 'GET'", expecting(method="post")),
        (TypeError, "expected.method must be str or None, not int", expecting(method=1)),
        (TypeError, "expected.url must be str or None, not bytes", expecting(url=b"https://example.com")),
        (ArgumentError, "expected.url holds a lone surrogate", expecting(url="\ud800")),
        (ArgumentError, "the expected URL must be an absolute", expecting(url="/sms")),
        (TypeError, "expected.profile_id must be str or None, not int", expecting(profile_id=1)),
    ]
    for error, words, value in wrong:
        with pytest.raises(error, match=words):
            sealed().open(body, expected=value)


def test_arguments_of_sealing() -> None:
    whole = sealed()
    wrong: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (ArgumentError, "random must have 32 bytes", {"random": bytes(31)}),
        (TypeError, "random must be bytes, bytearray or memoryview, not str", {"random": "x" * 32}),
        (TypeError, "random must be bytes", {"random": 32}),
        (TypeError, "issued_at must be int, not float", {"issued_at": 1.5}),
        (TypeError, "issued_at must be int, not bool", {"issued_at": True}),
        (ArgumentError, "issued_at must be from 0", {"issued_at": -1}),
        (ArgumentError, "issued_at must be from 0", {"issued_at": 1 << 64}),
        (ArgumentError, "the id must be 1 to 128", {"id": "a.b"}),
        (ArgumentError, "the id must be 1 to 128", {"id": ""}),
        (ArgumentError, "id holds a lone surrogate", {"id": "\ud800"}),
        (TypeError, "profile_id", {"profile_id": 1}),
        (TypeError, "bare_token", {"bare_token": "yes"}),
    ]
    for error, words, arguments in wrong:
        with pytest.raises(error, match=words):
            whole.callback({}, **arguments)
    for random in (bytearray(32), memoryview(bytes(32))):
        given: dict[str, Any] = {**GIVEN, "random": random}
        assert whole.callback({}, **given) == whole.callback({}, **GIVEN)
    with pytest.raises(ReplacerError) as too_large:
        sealed(http_method="GET", body=None, url=URL + "?to=<to>").callback({"to": "x" * 9000})
    assert too_large.value.code == "output_too_large"


def test_a_sealed_get() -> None:
    whole = sealed(http_method="GET", body=None, url=URL + "?to=<to>&state=sent")
    callback = whole.callback({"to": "+91"}, **GIVEN)
    assert callback.body is None and "&jwe=" in callback.url and "to=" not in callback.url
    opened = whole.open_details(callback.url, expected=expecting(method="GET"))
    assert opened.values == {"to": "+91", "state": "sent"}


def test_new_keys() -> None:
    random = bytes(range(128))
    assert keygen("AES-128-GCM", random=random) == {
        "algo": "AES-128-GCM",
        "key": "ABCDEFGHIJKLMNOP",
        "IV": "QRSTUVWXYZabcdef",
    }
    assert keygen_sealed("2026-01", random=bytes(range(32))) == ENC
    assert keygen_signing(random=b"\7" * 48) == "whsec_" + "BwcH" * 16
    algorithms: list[types.AlgorithmName] = ["AES-128-GCM", "AES-192-CFB", "AES-256-GCM"]
    for algorithm in algorithms:
        enc = keygen(algorithm)
        assert profile(enc=enc).algorithm == algorithm and keygen(algorithm) != enc
    assert sealed(enc=keygen_sealed("a")).kid == "a"
    assert keygen_sealed("a") != keygen_sealed("a") and keygen_signing() != keygen_signing()
    wrong: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (ArgumentError, "random has too few bytes", lambda: keygen("AES-256-GCM", random=bytes(47))),
        (ArgumentError, "random must have 32 bytes", lambda: keygen_sealed("a", random=bytes(33))),
        (ArgumentError, "the bytes must be random", lambda: keygen_sealed("a", random=bytes(32))),
        (ArgumentError, "the id of a key must be", lambda: keygen_sealed("a b")),
        (ArgumentError, "random must have 48 bytes", lambda: keygen_signing(random=bytes(32))),
        (ArgumentError, "algorithm", lambda: ANY_KEYGEN("AES-512-GCM")),
    ]
    for error, words, call in wrong:
        with pytest.raises(error, match=words):
            call()


def test_diagnosis_of_a_sealed_callback() -> None:
    whole = sealed()
    body = whole.callback({"to": "SecretValue"}, **GIVEN).body or ""
    causes: list[tuple[str, dict[str, Any]]] = [
        ("opens", {"body": body}),
        ("opens", {"body": body, "sealed": expecting()}),
        ("sealed_time", {"body": body, "sealed": expecting(now=NOW + 301)}),
        ("sealed_method", {"body": body, "sealed": expecting(method="PUT")}),
        ("sealed_url", {"body": body, "sealed": expecting(url="https://example.com/")}),
        ("sealed_profile", {"body": body, "sealed": expecting(profile_id="x")}),
        ("sealed_carrier", {"body": "{}"}),
        ("opens", {"texts": json.loads(body)["jwe"], "sealed": expecting()}),
    ]
    for cause, arguments in causes:
        finding = whole.diagnose(**arguments, show=True)["findings"][0]
        assert (finding["cause"], "value" in finding) == (cause, False)
    with pytest.raises(TypeError, match="sealed must be Expected, not dict"):
        ANY.diagnose(whole, body=body, sealed={})


def test_a_v1_profile_has_no_use_for_what_is_expected() -> None:
    whole = profile()
    body = whole.callback({"recipient": "+91"}).body or ""
    details = whole.open_details(body, expected=expecting())
    assert details.sealed is None and details.values["to"] == "+91"
    assert KEY not in repr(details)
