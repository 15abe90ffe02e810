"""What open accepts beside encrypted strings, and what it says about what it opened."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from callback_profile import ArgumentError, Cipher, DecryptionError, OpenedDetails, Profile
from support import IV, KEY, payload

CIPHER = Cipher("AES-128-GCM", KEY, IV)
PROFILE = Profile.parse(
    payload(
        url="https://example.com/",
        body={"to": "<to>", "contacts": "<contacts>", "note": "for <to>"},
        enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV},
    )
)
RECORD: dict[str, Any] = {"to": "+91", "contacts": [{"name": "John", "age": 7}, {}]}
OPENED: dict[str, Any] = {"to": "+91", "contacts": [{"name": "John", "age": "7"}, {}], "note": "for +91"}


def refused(body: Any, **options: Any) -> tuple[str, tuple[str, ...]]:
    """The code and the parameters of the refusal, which is the same in every call."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for call in (PROFILE.open, PROFILE.open_json, PROFILE.open_details):
        with pytest.raises(DecryptionError) as caught:
            call(body, **options)
        found.add((caught.value.code, caught.value.parameters))
    [error] = PROFILE.open_many([body], **options)
    assert isinstance(error, DecryptionError)
    assert found == {(error.code, error.parameters)}
    assert error.parameter == error.parameters[0]
    return error.code, error.parameters


def test_a_structure_must_be_allowed() -> None:
    body = PROFILE.callback(RECORD).body
    assert body is not None
    assert refused(body) == ("not_encrypted", ("contacts",))
    allowed: list[Any] = [True, ["contacts"], ("contacts",), ["x", "contacts"]]
    for structures in allowed:
        assert PROFILE.open(body, structures=structures) == OPENED
        assert json.loads(PROFILE.open_json(body, structures=structures)) == OPENED
        assert PROFILE.open_details(body, structures=structures).values == OPENED
        assert PROFILE.open_many([body, body], structures=structures) == [OPENED, OPENED]
    forbidden: list[Any] = [False, [], (), ["to"], ["contact"]]
    for structures in forbidden:
        assert refused(body, structures=structures) == ("not_encrypted", ("contacts",))
    mixed = {**json.loads(body), "note": {"a": CIPHER.encrypt("x")}}
    assert refused(mixed, structures=["contacts"]) == ("not_encrypted", ("note",))
    assert refused(mixed, structures=True) == ("not_encrypted", ("note",)), (
        "a mixed text is never a structure"
    )


def test_a_name_must_be_there_unless_it_may_be_absent() -> None:
    one = {"note": CIPHER.encrypt("x")}
    assert refused(one) == ("missing_parameter", ("to", "contacts"))
    assert refused(one, absent=["to"]) == ("missing_parameter", ("contacts",))
    allowed: list[Any] = [True, ["to", "contacts"], ("contacts", "to")]
    for absent in allowed:
        assert PROFILE.open(one, absent=absent) == {"note": "x"}
    null = PROFILE.callback({}, missing="null").body or ""
    assert json.loads(null)["to"] is None
    assert refused(null) == ("not_encrypted", ("to", "contacts"))
    assert PROFILE.open(null, absent=True) == {"to": None, "contacts": None, "note": "for "}


def test_nothing_else_passes_for_an_encrypted_value() -> None:
    good = {"to": CIPHER.encrypt("1"), "contacts": CIPHER.encrypt("2"), "note": CIPHER.encrypt("3")}
    assert PROFILE.open(good) == {"to": "1", "contacts": "2", "note": "3"}
    values: list[Any] = [{"$ne": None}, {}, [], None, [None], {"a": {"b": {}}}, 1, 0.5, True, False]
    for value in values:
        assert refused({**good, "to": value}) == ("not_encrypted", ("to",))
    for name in good:
        assert refused({other: good[other] for other in good if other != name}) == (
            "missing_parameter",
            (name,),
        )
    assert refused({**good, "__proto__": {"admin": None}}) == ("not_encrypted", ("__proto__",))


def test_details() -> None:
    some = Profile.parse(payload(url="https://example.com/", body={"to": "<to>", "a": [{"to": "<to>"}]}))
    body = {**json.loads(some.callback({"to": "1"}).body or ""), "utm": "SecretValue"}
    details = some.open_details(body)
    assert details == OpenedDetails({"to": "1", "a": body["a"], "utm": "SecretValue"}, ("to",), ("utm",))
    assert repr(details) == "OpenedDetails(decrypted=('to',), unknown=('utm',), sealed=None, failed={})"
    with pytest.raises(dataclasses.FrozenInstanceError):
        details.values = {}  # type: ignore[misc]
    everything = PROFILE.open_details(PROFILE.callback(RECORD).body or "", structures=["contacts"])
    assert everything.decrypted == ("to", "contacts[0].name", "contacts[0].age", "note")
    assert everything.unknown == ()


def test_the_options_are_bools_or_lists_of_names() -> None:
    wrong: list[Any] = [
        "contacts",
        b"contacts",
        1,
        {"contacts": True},
        {"contacts"},
        iter(["contacts"]),
        [1],
        [["a"]],
    ]
    for call in (PROFILE.open, PROFILE.open_json, PROFILE.open_details, PROFILE.open_many):
        for option in ("structures", "absent"):
            for value in wrong:
                with pytest.raises(TypeError, match=f"{option}(: a name)? must be "):
                    call([], **{option: value})  # type: ignore[arg-type]
            with pytest.raises(ArgumentError, match="lone surrogate"):
                call([], **{option: ["SecretValue\ud800"]})  # type: ignore[arg-type]


def test_a_dict_is_a_json_body() -> None:
    good = {"to": CIPHER.encrypt("1"), "contacts": CIPHER.encrypt("2"), "note": CIPHER.encrypt("3")}
    opened = {"to": "1", "contacts": "2", "note": "3"}
    for content_type in (
        None,
        "application/json",
        "application/json; charset=utf-8",
        "application/cloudevents+json",
    ):
        assert PROFILE.open(good, content_type=content_type) == opened
    with pytest.raises(DecryptionError) as caught:
        PROFILE.open(good, content_type="text/plain")
    assert caught.value.code == "unsupported_content_type"
    form = Profile.parse(payload(headers={"content-type": "application/x-www-form-urlencoded"}))
    with pytest.raises(DecryptionError) as caught:
        form.open(good, content_type="application/json")
    assert caught.value.code == "unsupported_content_type"
    for content_type in (None, "application/x-www-form-urlencoded", "Multipart/Form-Data; boundary=b"):
        with pytest.raises(TypeError, match="a dict only if the body is JSON"):
            form.open(good, content_type=content_type)
    plain = Profile.parse(payload(headers={"content-type": "text/plain"}))
    assert plain.open(good)["to"] == "1"
