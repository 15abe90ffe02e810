"""Batches: one result per item, and a failing item does not affect the others."""

from __future__ import annotations

import json
import sys
from collections import UserDict
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import pytest
from callback_profile import ArgumentError, Callback, DecryptionError, Profile, ReplacerError
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

    whole = profile()
    for call in (whole.callbacks, whole.callback_bodies, whole.open_many, whole.open_json_many):
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
    opened = whole.open_many([body, body.encode(), '{"to":"x"}', None, "", whole.open_json(body)])
    kinds = ["dict", "dict", "DecryptionError", "NoneType", "DecryptionError", "DecryptionError"]
    assert [type(item).__name__ for item in opened] == kinds
    assert opened[0] == opened[1] == {"status": "DELIVERED", "to": "+919876543210"}
    assert [item.parameter for item in opened if isinstance(item, DecryptionError)] == ["to", None, "to"]
    texts = whole.open_json_many([body, body.encode(), '{"to":"x"}', None, "", whole.open_json(body)])
    assert [type(item).__name__ for item in texts] == [kind.replace("dict", "str") for kind in kinds]
    assert [json.loads(text) for text in texts if isinstance(text, str)] == [opened[0], opened[1]]
    assert [str(item) for item in texts[2:]] == [str(item) for item in opened[2:]]


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


COUNT = 10_000
"""More than a block of several threads, and more text than one thread is given."""


def many_bodies(whole: Profile) -> list[Any]:
    """Bodies of which each has a value of its own; one is None, one does not open, one is no body."""
    made = whole.callback_bodies(
        [{"status": f"s{number}", "recipient": f"+{number}"} for number in range(COUNT)]
    )
    bodies: list[Any] = [body if isinstance(body, str) else None for body in made]
    assert None not in bodies
    bodies[17], bodies[2_500], bodies[9_999] = None, '{"status":"s","to":"x"}', 7
    return bodies


@pytest.mark.parametrize("threads", [None, 1, 2, 3, 7, 1024])
def test_every_item_is_in_its_place_on_any_number_of_threads(threads: int | None) -> None:
    whole = profile()
    bodies = many_bodies(whole)
    opened = whole.open_many(iter(bodies), threads=threads)
    texts = whole.open_json_many(bodies, threads=threads)
    assert len(opened) == len(texts) == COUNT
    special = {17: "NoneType", 2_500: "DecryptionError", 9_999: "TypeError"}
    good = 0
    for number, (item, text) in enumerate(zip(opened, texts, strict=True)):
        if number in special:
            assert type(item).__name__ == type(text).__name__ == special[number]
            continue
        good += 1
        assert item == {"status": f"s{number}", "to": f"+{number}"} and isinstance(text, str)
        assert json.loads(text) == item
    assert good == COUNT - len(special)


@pytest.mark.parametrize("threads", [None, 1, 3])
def test_bodies_alone_are_those_of_the_callbacks(threads: int | None) -> None:
    whole = profile()
    records: list[Any] = [{"status": f"s{number}", "recipient": "+1"} for number in range(COUNT)]
    records[5], records[4_096], records[COUNT - 1] = None, "{", {"v": float("nan")}
    made = whole.callbacks(records, threads=threads)
    bodies = whole.callback_bodies(records, threads=threads)
    assert made[5] is bodies[5] is None
    kinds = ["ReplacerError", "ArgumentError"]
    assert [
        type(items[place]).__name__ for items in (made, bodies) for place in (4_096, COUNT - 1)
    ] == kinds * 2
    compared = 0
    for callback, body in zip(made, bodies, strict=True):
        if isinstance(callback, Callback):
            compared += 1
            assert callback.body == body
    assert compared == COUNT - 3
    assert made[9_000] == whole.callback(records[9_000])


def test_a_callback_without_a_body_is_no_body() -> None:
    whole = profile(http_method="GET", body=None, enc=None)
    with pytest.raises(ArgumentError, match="callback_bodies is for POST and PUT"):
        whole.callback_bodies([{}])
    assert isinstance(whole.callbacks([{}])[0], Callback)


def test_each_sealed_callback_of_a_batch_has_an_id_of_its_own() -> None:
    from callback_profile import Expected, keygen_sealed

    whole = Profile.parse({**json.loads(profile().to_json(secrets="shown")), "enc": keygen_sealed("k1")})
    expected = Expected(tolerance=None, method=None, url=None, profile_id=None)
    bodies: list[Any] = whole.callback_bodies([RECORD] * 300)
    assert len(set(bodies)) == 300
    opened = whole.open_many(bodies, expected=expected)
    assert len(opened) == 300 and all(item == whole.open(bodies[0], expected=expected) for item in opened)
    assert len({whole.open_details(body, expected=expected).sealed.id for body in bodies}) == 300  # type: ignore[union-attr]


def test_numbers_of_threads_and_chunks_that_make_no_sense() -> None:
    whole = profile()
    for wrong in (0, -1, 1025, 10**30):
        for call in (
            whole.open_many,
            whole.open_json_many,
            whole.callbacks,
            whole.callback_bodies,
            whole.open_iter,
        ):
            with pytest.raises(ArgumentError, match="threads must be from 1 to 1024"):
                call([], threads=wrong)
        with pytest.raises(ArgumentError, match="chunk must be from 1 to 1000000"):
            whole.open_iter([], chunk=wrong if wrong != 1025 else 1_000_001)
    for text in ("2", True, 2.0):
        with pytest.raises(TypeError, match="threads must be int or None, not "):
            whole.open_many([], threads=text)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="chunk must be int, not "):
            whole.open_iter([], chunk=text)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="structures must be "):
        whole.open_iter([], structures="to")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="bodies must be a list or another iterable, not str"):
        whole.open_iter("{}")


def test_open_iter_reads_no_further_ahead_than_a_chunk() -> None:
    whole = profile()
    body = whole.callback(RECORD).body
    total, chunk = 50_000, 64
    read = 0

    def source() -> Iterator[str | None]:
        nonlocal read
        for number in range(total):
            read += 1
            yield None if number % 1_000 == 7 else '{"to":"x"}' if number % 1_000 == 8 else body

    given = empty = failed = 0
    for item in whole.open_iter(source(), chunk=chunk):
        given += 1
        assert given <= read <= given + chunk - 1
        empty += item is None
        failed += isinstance(item, DecryptionError)
    assert (given, empty, failed, read) == (total, 50, 50, total)


def test_open_iter_gives_what_was_read_before_the_iterable_fails() -> None:
    whole = profile()
    body = whole.callback(RECORD).body

    def source() -> Iterator[str | None]:
        yield from [body] * 10
        raise KeyError("mine")

    opened = whole.open_iter(source(), chunk=4)
    assert iter(opened) is opened
    assert [next(opened) for _ in range(10)] == [whole.open(body or "")] * 10
    with pytest.raises(KeyError, match="mine"):
        next(opened)
    assert list(opened) == [] and list(whole.open_iter([])) == []


def test_a_batch_keeps_its_items_alive() -> None:
    """Nothing of the caller's is kept, and nothing is let go too early, when the list changes in the call."""
    whole = profile()
    body: Any = whole.callback(RECORD).body
    before = sys.getrefcount(body)
    assert len(whole.open_json_many([body] * 5_000)) == 5_000
    assert sys.getrefcount(body) == before
