"""Records from what Python has: mappings and models; and `default` for what JSON has not."""

from __future__ import annotations

import datetime
import uuid
from collections import ChainMap, UserDict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType, SimpleNamespace
from typing import Any, ClassVar, NamedTuple

import attrs
import msgspec
import pydantic
import pytest
from callback_profile import ArgumentError, ReplacerError
from callback_profile.types import RecordInput
from pydantic.dataclasses import dataclass as pydantic_dataclass
from pydantic_core import PydanticSerializationError
from support import COUNTS, profile

ECHO = profile(
    enc=None, url="https://example.com/", body={"to": "<to>", "at": "<at>"}, response_message="<to>"
)
WHEN = datetime.datetime(2026, 11, 27, 9, 30)


class Colour(Enum):
    RED = "red"


@dataclass
class Data:
    kind: ClassVar[str] = "no field"
    to: Any
    at: Any = None
    _hidden: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class Slots:
    to: Any
    at: Any = None


@attrs.define
class Attrs:
    to: Any
    at: Any = None


class Struct(msgspec.Struct, rename={"when": "at"}, omit_defaults=True):
    to: Any
    when: Any = msgspec.UNSET


class Model(pydantic.BaseModel):
    to: Any
    when: Any = pydantic.Field(default=None, serialization_alias="at")
    model_config = pydantic.ConfigDict(serialize_by_alias=True)


class NoAlias(pydantic.BaseModel):
    to: Any
    when: Any = pydantic.Field(default=None, serialization_alias="at")


@pydantic_dataclass
class PydanticData:
    to: Any
    at: Any = None


class Pair(NamedTuple):
    to: Any
    at: Any = None


MODELS: list[Callable[..., Any]] = [Data, Slots, Attrs, Struct, Model, PydanticData]


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_the_dict_of_its_fields(model: Callable[..., Any]) -> None:
    expected = ECHO.callback({"to": "+91", "at": [1, {"x": None}]})
    record = model("+91", [1, {"x": None}]) if model is not Model else Model(to="+91", when=[1, {"x": None}])
    assert ECHO.callback(record) == expected
    assert ECHO.callbacks([record, record]) == [expected, expected]
    assert str(ECHO.message(record)) == "+91"
    nested = ECHO.callback({"to": [record], "at": {"in": record}}).body or ""
    hidden = ',"_hidden":0' if model is Data else ""
    inner = f'{{"to":"+91","at":[1,{{"x":null}}]{hidden}}}'
    assert nested == f'{{"to":[{inner}],"at":{{"in":{inner}}}}}'


def test_the_names_and_values_are_those_of_the_library() -> None:
    def body(record: RecordInput, **options: Any) -> str | None:
        return ECHO.callback(record, **options).body

    assert body(Model(to=WHEN, when=Decimal("1.50"))) == '{"to":"2026-11-27T09:30:00","at":"1.50"}'
    assert body(NoAlias(to=1, when=2)) == '{"to":1,"at":""}', (
        "without serialize_by_alias: the fields' own names"
    )
    assert body(Struct(1)) == '{"to":1,"at":""}', "UNSET is absent"
    assert ECHO.callback(Struct(1)).missing == ("at",)
    assert body(Data(Data(1, 2), 3)) == '{"to":{"to":1,"at":2,"_hidden":0},"at":3}'
    assert body(Data(Pair(1, 2))) == '{"to":[1,2],"at":""}', "a named tuple is a list, as in json"

    class Own(pydantic.BaseModel):
        to: int

        def model_dump(self, **options: Any) -> dict[str, Any]:
            return {"to": -self.to}

    assert body(Own(to=1)) == '{"to":-1,"at":""}'


def test_any_mapping_is_a_record() -> None:
    members: dict[str, Any] = {"to": "+91", "at": 1}
    overlaid: ChainMap[str, Any] = ChainMap({"at": 1}, {"to": "+91"})
    for record in (members, UserDict(members), MappingProxyType(members), overlaid):
        assert ECHO.callback(record).body == '{"to":"+91","at":1}'


VALUES: list[tuple[Any, str]] = [
    (WHEN, "2026-11-27 09:30:00"),
    (WHEN.date(), "2026-11-27"),
    (WHEN.time(), "09:30:00"),
    (datetime.timedelta(hours=1), "1:00:00"),
    (Decimal("1.50"), "1.50"),
    (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    (Colour.RED, "Colour.RED"),
    (PurePosixPath("/a"), "/a"),
    (b"a", "b'a'"),
    (bytearray(b"a"), "bytearray(b'a')"),
    (1j, "1j"),
    ({1}, "{1}"),
    (frozenset({1}), "frozenset({1})"),
    (SimpleNamespace(a=1), "namespace(a=1)"),
    (range(1), "range(0, 1)"),
    (Ellipsis, "Ellipsis"),
    (Data, str(Data)),
]


def test_a_value_that_json_has_not_is_refused_with_its_place_or_handed_to_default() -> None:
    ran = 0
    for value, text in VALUES:
        kind = type(value).__name__
        for record, place in (
            ({"to": value}, "record/to"),
            ({"to": [0, {"a/b": value}]}, "record/to/1/a~1b"),
            (Data([value]), "record/to/0"),
            (Attrs(value), "record/to"),
            (Struct(value), "record/to"),
        ):
            for call in (ECHO.callback, ECHO.message, lambda record: raised(ECHO.callbacks([record]))):
                with pytest.raises(TypeError) as caught:
                    call(record)
                said = f"{place} is of type {kind}, which JSON does not have: pass default="
                assert str(caught.value) == said
                ran += 1
        given: list[Any] = []

        def default(value: Any, given: list[Any] = given) -> str:
            given.append(value)
            return str(value)

        assert str(ECHO.message({"to": value}, default=default)) == text
        assert given == [value], "once"
        assert ECHO.callback({"to": value}, default=str) == ECHO.callback({"to": text})
        assert ECHO.callbacks([{"to": value}], default=str) == [ECHO.callback({"to": text})]
    COUNTS.append(f"count refused_values python ran={ran} refused={ran} failed=0")
    assert ran == len(VALUES) * 15 == 255


def raised(items: list[Any]) -> object:
    [item] = items
    if isinstance(item, Exception):
        raise item
    return item


def test_what_default_gives_may_need_default_again() -> None:
    steps: dict[type, Callable[[Any], Any]] = {
        set: sorted,
        Colour: lambda colour: colour.value,
        SimpleNamespace: vars,
    }

    def default(value: Any) -> Any:
        return steps[type(value)](value)

    record = {"to": {3, 1, 2}, "at": SimpleNamespace(colour=Colour.RED, more=[SimpleNamespace(), Data(1)])}
    body = ECHO.callback(record, default=default).body
    assert body == '{"to":[1,2,3],"at":{"colour":"red","more":[{},{"to":1,"at":null,"_hidden":0}]}}'


def test_a_decimal_that_default_gives_back_is_an_exact_number() -> None:
    ran = 0
    for text in ("1.50", "1E+2", "0E-7", "-0", "123456789012345678901234567890.10", "0.1000"):
        made = ECHO.callback({"to": Decimal(text), "at": [Decimal(text)]}, default=lambda value: value)
        assert made.body == f'{{"to":{text},"at":[{text}]}}'
        assert made.body is not None and ECHO.open_json(made.body) == made.body
        ran += 1
    assert ran == 6
    for text in ("NaN", "sNaN", "Infinity", "-Infinity"):
        with pytest.raises(ArgumentError, match="record/to is not a finite number"):
            ECHO.callback({"to": Decimal(text)}, default=lambda value: value)


def test_a_default_without_end_is_refused() -> None:
    for endless in (lambda value: value, lambda value: [value], lambda value: {"a": object()}):
        with pytest.raises(ArgumentError, match="nested too deeply, or holds itself"):
            ECHO.callback({"to": object()}, default=endless)


def test_what_default_raises_comes_through() -> None:
    class Mine(Exception):
        pass

    error = Mine("own words")

    def default(value: object) -> object:
        raise error

    for call in (ECHO.message, ECHO.callback):
        with pytest.raises(Mine) as caught:
            call({"to": WHEN}, default=default)
        assert caught.value is error
    assert ECHO.callbacks([{"to": WHEN}, {"to": 1}], default=default) == [error, ECHO.callback({"to": 1})]

    def interrupt(value: object) -> object:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ECHO.callbacks([{"to": WHEN}], default=interrupt)


def test_default_does_not_see_what_json_has() -> None:
    seen: list[Any] = []
    record: dict[str, Any] = {"to": [None, True, 1, 2.5, "x", (1,), {"a": {}}, UserDict(a=1), Data(1)]}
    ECHO.callback(record, default=seen.append)
    assert seen == []
    refused: list[tuple[dict[str, Any], str]] = [
        ({"to": float("nan")}, "record/to is not a finite number"),
        ({"to": 10**5000}, "record/to is too large a number"),
        ({"to": "\ud800"}, "record/to holds a lone surrogate"),
    ]
    for value, words in refused:
        with pytest.raises(ArgumentError, match=words):
            ECHO.callback(value, default=str)
    with pytest.raises(TypeError, match="record/to has a key that is not str but int"):
        ECHO.callback({"to": {1: 2}}, default=str)


def test_a_record_that_default_changes_is_refused() -> None:
    record: dict[str, Any] = {"to": WHEN}

    def default(value: object) -> str:
        record["at"] = 1
        return "x"

    with pytest.raises(ArgumentError, match="record changed while it was read"):
        ECHO.callback(record, default=default)


def test_what_is_no_record_is_refused() -> None:
    wrong: list[Any] = [None, 1, [], Pair(1), WHEN, Data, object()]
    for record in wrong:
        for default in (None, str):
            with pytest.raises(
                TypeError, match="record must be str, bytes, a dict, a dataclass or a model, not "
            ):
                ECHO.callback(record, default=default)
    for no_callable in wrong[1:4]:
        with pytest.raises(TypeError, match="default must be a callable or None, not "):
            ECHO.message({}, default=no_callable)
    with pytest.raises(ReplacerError, match="the record must be a JSON object"):
        ECHO.callback(pydantic.RootModel[list[int]]([1]))
    given: list[Any] = [Data(1), Model(to=1), Struct(1)]
    for received in given:
        with pytest.raises(TypeError, match="body must be str, bytes or a dict, not "):
            ECHO.open(received)
        with pytest.raises(TypeError, match=r"payload/title is of type .*, which JSON does not have$"):
            type(ECHO).parse({"title": received})


def test_a_field_that_raises_comes_through() -> None:
    unset = Slots.__new__(Slots)
    with pytest.raises(AttributeError):
        ECHO.callback(unset)


def test_what_pydantic_cannot_write_comes_through() -> None:
    with pytest.raises(PydanticSerializationError, match="object"):
        ECHO.callback(Model(to=object()), default=str)


def test_a_number_that_pydantic_would_lose_is_refused() -> None:
    """Of a field of type Any, its JSON mode makes null of NaN and infinities."""
    ran = 0
    for number in (float("nan"), float("inf"), float("-inf")):
        assert Model(to=number).model_dump(mode="json")["to"] is None, "pydantic keeps it now"
        for record, place in (
            (Model(to=number), "record/to"),
            (Model(to={"a": [0, (number,)]}), "record/to/a/1/0"),
            (Model(to=[None, Model(to=1, when=number)]), "record/to/1/at"),
            (PydanticData(number), "record/to"),
            (Data(Model(to=number)), "record/to/to"),
            (pydantic.RootModel[dict[str, Any]]({"to": number}), "record/to"),
        ):
            with pytest.raises(ArgumentError) as caught:
                ECHO.callback(record)
            assert str(caught.value) == f"{place} is not a finite number, which JSON does not have"
            ran += 1
    assert ran == 18
    assert ECHO.callback(Model(to=None)).missing == ("to", "at")


def test_the_scalars_of_pyarrow_get_a_hint() -> None:
    class StringScalar:
        def as_py(self) -> str:
            return "{}"

    scalar: Any = StringScalar()
    for call in (ECHO.open, ECHO.open_json, ECHO.callback):
        with pytest.raises(TypeError, match=r"not StringScalar: as_py\(\) gives its value$"):
            call(scalar)
        assert call(scalar.as_py()) is not None
    assert str(ECHO.message({"to": StringScalar()}, default=lambda value: value.as_py())) == "{}"
