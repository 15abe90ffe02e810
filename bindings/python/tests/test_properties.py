"""What holds for all values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from callback_profile import CallbackProfileError, Cipher, DecryptionError, Profile
from hypothesis import given
from hypothesis import strategies as st
from support import IV, KEY

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT | FLOATS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=8)
ALGORITHMS: Any = st.sampled_from(["AES-128-GCM", "AES-128-CFB"])

PLAIN = Profile.parse(
    {"title": "plain", "http_method": "POST", "url": "https://example.com/", "body": {"v": "<v>"}}
)


def whole(algorithm: str, **options: Any) -> Profile:
    enc = {"algo": algorithm, "key": KEY, "IV": IV}
    return Profile.parse(
        {
            "title": "whole",
            "http_method": "PUT",
            "url": "https://example.com/<v>?q=<v>",
            "body": {"v": "<v>", "text": "a <v> b"},
            "enc": enc,
        },
        **options,
    )


@given(OBJECTS)
def test_a_dict_is_what_json_dumps_writes(value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert PLAIN.open_json(value) == text
    assert PLAIN.open(value) == json.loads(text)
    assert PLAIN.callback({"v": value}).body == f'{{"v":{text}}}'


@given(VALUES)
def test_open_gives_what_json_loads_gives(value: Any) -> None:
    text = json.dumps({"v": value}, indent=1)
    opened, expected = PLAIN.open(text), json.loads(text)
    assert opened == expected and repr(opened) == repr(expected)


@given(
    TEXT,
    ALGORITHMS,
    st.sampled_from(["base64", "base64url", "hex"]),
    st.sampled_from(["appended", "prepended"]),
)
def test_what_is_encrypted_is_opened(value: str, algorithm: Any, encoding: Any, tag: Any) -> None:
    cipher = Cipher(algorithm, KEY, IV, encoding=encoding, tag=tag)
    assert cipher.decrypt_text(cipher.encrypt(value)) == value
    callback = whole(algorithm, encoding=encoding, tag=tag).callback({"v": "x", "w": value})
    profile = whole(algorithm, encoding=encoding, tag=tag)
    assert callback.body is not None
    assert profile.open(callback.body) == {"v": "x", "text": "a x b"}


def as_opened(value: Any) -> Any:
    """A value after a round trip: scalars are their JSON text, null stays null."""
    if isinstance(value, dict):
        return {name: as_opened(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_opened(element) for element in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


@given(VALUES, ALGORITHMS)
def test_a_whole_value_comes_back_where_structures_and_absence_are_allowed(
    value: Any, algorithm: Any
) -> None:
    enc = {"algo": algorithm, "key": KEY, "IV": IV}
    members = {
        "title": "whole",
        "http_method": "POST",
        "url": "https://example.com/",
        "body": {"v": "<v>"},
        "enc": enc,
    }
    profile = Profile.parse(members)
    body = profile.callback({"v": value}, missing="null").body or ""
    details = profile.open_details(body, structures=["v"], absent=["v"])
    assert details.values == {"v": as_opened(value)} and details.unknown == ()
    if isinstance(value, dict | list) or value is None:
        with pytest.raises(DecryptionError) as caught:
            profile.open(body)
        assert caught.value.code == "not_encrypted"
    else:
        assert profile.open(body) == details.values and details.decrypted == ("v",)


@given(st.binary(), ALGORITHMS)
def test_bytes_come_back(value: bytes, algorithm: Any) -> None:
    cipher = Cipher(algorithm, KEY, IV)
    assert cipher.decrypt(cipher.encrypt(value)) == value


@given(st.binary() | st.text() | OBJECTS)
def test_any_input_raises_nothing_but_our_errors(value: Any) -> None:
    profile = whole("AES-128-GCM")
    cipher = Cipher("AES-128-GCM", KEY, IV)
    calls: list[Any] = [Profile.parse, profile.patch, profile.message, profile.callback, profile.open]
    if not isinstance(value, dict):
        calls += [cipher.decrypt, cipher.decrypt_text]
    for call in calls:
        try:
            call(value)
        except CallbackProfileError as error:
            assert error.code != "internal"


@given(TEXT)
def test_a_changed_text_is_refused_by_gcm(value: str) -> None:
    cipher = Cipher("AES-128-GCM", KEY, IV)
    raw = bytearray(bytes.fromhex(Cipher("AES-128-GCM", KEY, IV, encoding="hex").encrypt(value)))
    raw[len(raw) // 2] ^= 1
    try:
        cipher.decrypt(Cipher("AES-128-CFB", KEY, IV).encrypt(bytes(raw)))
    except DecryptionError as error:
        assert error.code == "auth_failed"
    else:
        raise AssertionError("accepted")
