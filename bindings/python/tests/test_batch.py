"""Batches: one result per item, and a failing item does not affect the others."""

from __future__ import annotations

from collections import UserDict
from types import MappingProxyType
from typing import Any

import pytest
from callback_profile import DecryptionError, Profile, ReplacerError
from support import RECORD, profile


def test_callbacks_keep_order_and_errors() -> None:
    whole = profile()
    records: list[Any] = [RECORD, "{", {"v": float("nan")}, 7, '{"status": "x"}', b"[]", {}]
    made = whole.callbacks(records)
    kinds = [
        "Callback",
        "ReplacerError",
        "ArgumentError",
        "TypeError",
        "Callback",
        "ReplacerError",
        "Callback",
    ]
    assert [type(item).__name__ for item in made] == kinds
    codes = [getattr(item, "code", None) for item in made if isinstance(item, Exception)]
    assert codes == ["invalid_json", "invalid_argument", None, "not_an_object"]
    assert made[0] == whole.callback(RECORD)
    for record, item in zip(records, made, strict=True):
        if isinstance(item, Exception):
            with pytest.raises(type(item)) as caught:
                whole.callback(record)
            assert str(caught.value) == str(item)
        else:
            assert whole.callback(record) == item
    strict = whole.callbacks([{}, RECORD], missing="error")
    assert isinstance(strict[0], ReplacerError) and strict[0].missing == ("status", "recipient")
    assert whole.callbacks(iter(())) == [] and whole.callbacks(record for record in [RECORD]) == made[:1]


def test_an_iterable_that_fails_is_not_swallowed() -> None:
    def broken() -> Any:
        yield RECORD
        raise KeyError("mine")

    for call in (profile().callbacks, profile().open_many):
        with pytest.raises(KeyError, match="mine"):
            call(broken())


def test_one_record_is_no_batch() -> None:
    whole = profile()
    for value in (RECORD, "{}", b"{}", bytearray(b"{}"), memoryview(b"{}"), MappingProxyType(RECORD)):
        with pytest.raises(TypeError, match="records must be a list or another iterable, not "):
            whole.callbacks(value)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="bodies must be a list or another iterable, not "):
            whole.open_many(value)  # type: ignore[arg-type]


def test_an_interruption_ends_the_whole_call() -> None:
    class Interrupted(UserDict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        profile().callbacks([RECORD, Interrupted(RECORD)])


def test_open_many_keeps_order_and_errors() -> None:
    whole = profile()
    body: Any = whole.callback(RECORD).body
    opened = whole.open_many([body, body.encode(), '{"to":"x"}', None, "", whole.open_json(body)])  # type: ignore[list-item]
    kinds = ["dict", "dict", "DecryptionError", "TypeError", "DecryptionError", "DecryptionError"]
    assert [type(item).__name__ for item in opened] == kinds
    assert opened[0] == opened[1] == {"status": "DELIVERED", "to": "+919876543210"}
    assert [item.parameter for item in opened if isinstance(item, DecryptionError)] == ["to", None, "to"]


def test_settings_reach_every_item() -> None:
    multipart = Profile.parse(
        {
            "title": "multipart",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {"a": "<a>"},
            "headers": {"content-type": "multipart/form-data"},
        }
    )
    made: list[Any] = multipart.callbacks([{"a": "1"}, {"a": "2"}], boundary="B")
    assert [callback.headers["content-type"] for callback in made] == ["multipart/form-data; boundary=B"] * 2
    assert multipart.open_many(
        [callback.body for callback in made], content_type="multipart/form-data; boundary=B"
    ) == [{"a": "1"}, {"a": "2"}]
