"""Columns by Arrow's PyCapsule protocol, with pyarrow as the other side."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs]
import pytest
from callback_profile import ArgumentError, DecryptionError, Expected, Profile, ReplacerError

PROFILE = Profile.parse(
    {
        "title": "archive",
        "http_method": "POST",
        "url": "https://example.com/sms",
        "body": {"status": "<status>", "to": "<to>", "n": "<n>"},
        "enc": {
            "algo": "AES-128-GCM",
            "key": "K1abcdefghijkl2P",
            "IV": "POabcdefghijklLY",
            "params": ["status", "to"],
        },
    }
)
RECORDS = [{"status": "DELIVERED", "to": f"+9198765{n:05}", "n": n} for n in range(40)]
BODIES: list[str | None] = [PROFILE.callback(record).body for record in RECORDS]
BODIES[3] = None
BODIES[5] = '{"status": 1}'
BODIES[7] = BODIES[6] and BODIES[6].replace('"to":"', '"to":"AAAA')
BODIES[9] = "no JSON"
BAD = {5: ("missing_parameter", "to"), 7: ("auth_failed", "to"), 9: ("invalid_json", None)}


def expected(body: str | None, row: int) -> dict[str, str | None]:
    if body is None:
        return {"opened": None, "error": None, "parameter": None}
    if row in BAD:
        return {"opened": None, "error": BAD[row][0], "parameter": BAD[row][1]}
    return {"opened": PROFILE.open_json(body), "error": None, "parameter": None}


WANTED = [expected(body, row) for row, body in enumerate(BODIES)]


def checked(result: Any) -> list[Any]:
    """The rows, by both methods, each called twice."""
    rows: list[Any] = []
    for _ in range(2):
        array = pa.array(result)
        array.validate(full=True)
        chunks = pa.chunked_array(result)
        chunks.validate(full=True)
        assert chunks.to_pylist() == array.to_pylist()
        # As pyarrow itself reads a schema.
        data_type: Any = pa.field(
            "rows", pa.DataType._import_from_c_capsule(result.__arrow_c_schema__())
        ).type
        assert data_type == array.type
        rows = array.to_pylist()
    return rows


INDEXES = [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.uint32(), pa.int64(), pa.uint64()]


def dictionary_of(index: Any) -> Any:
    return pa.array(BODIES).dictionary_encode().cast(pa.dictionary(index, pa.string()))


TYPES: dict[str, Callable[[], Any]] = {
    "string": lambda: pa.array(BODIES, pa.string()),
    "large_string": lambda: pa.array(BODIES, pa.large_string()),
    "string_view": lambda: pa.array(BODIES, pa.string_view()),
    "binary": lambda: pa.array(BODIES, pa.string()).cast(pa.binary()),
    "large_binary": lambda: pa.array(BODIES, pa.large_string()).cast(pa.large_binary()),
    "binary_view": lambda: pa.array(BODIES, pa.string()).cast(pa.binary_view()),
    "dictionary": lambda: pa.array(BODIES, pa.string()).dictionary_encode(),
    **{f"dictionary of {index}": partial(dictionary_of, index) for index in INDEXES},
    "chunked": lambda: pa.chunked_array([BODIES[:4], BODIES[4:4], BODIES[4:17], BODIES[17:]]),
    "sliced": lambda: pa.array([*BODIES[:13], *BODIES], pa.string())[13:],
    "sliced view": lambda: pa.array([*BODIES[:13], *BODIES], pa.string_view())[13:],
    "sliced dictionary": lambda: pa.array([*BODIES[:13], *BODIES], pa.string()).dictionary_encode()[13:],
    "sliced chunks": lambda: pa.chunked_array([pa.array([*BODIES[:13], *BODIES[:20]])[13:], BODIES[20:]]),
}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("threads", [None, 1, 3])
def test_every_type_opens_to_the_same_rows(name: str, threads: int | None) -> None:
    column = TYPES[name]()
    result = PROFILE.open_arrow(column, threads=threads)
    assert len(result) == len(BODIES)
    assert checked(result) == WANTED
    assert column.to_pylist() is not None, "the caller's column is still there"


def test_the_types_of_the_columns() -> None:
    assert pa.array(PROFILE.open_arrow(pa.array(BODIES))).type == pa.struct(
        [("opened", pa.large_string()), ("error", pa.string()), ("parameter", pa.string())]
    )


def test_short_texts_in_their_views() -> None:
    profile = Profile.parse(
        {"title": "archive", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}}
    )
    bodies = ['{"a":"1"}', '{"a":"12"}', '{"a":"1234567"}', "", None, '{"a":""}']
    rows = checked(profile.open_arrow(pa.array(bodies, pa.string_view())))
    assert [row["opened"] for row in rows] == [*bodies[:3], None, None, bodies[5]]
    assert rows[3]["error"] == "invalid_json"


def test_named_columns() -> None:
    rows = checked(PROFILE.open_arrow(pa.array(BODIES), columns=["to", "n", "/status", "absent"]))
    for row, (got, wanted) in enumerate(zip(rows, WANTED, strict=True)):
        opened = json.loads(wanted["opened"]) if wanted["opened"] else {}
        assert got == {
            "to": opened.get("to"),
            "n": str(opened["n"]) if opened else None,
            "/status": opened.get("status"),
            "absent": None,
            "error": wanted["error"],
            "parameter": wanted["parameter"],
        }, row
    assert len(rows) == 40


def test_values_of_named_columns() -> None:
    profile = Profile.parse(
        {"title": "archive", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}}
    )
    values = {
        '"x\\u00e9\\n"': "xé\n",
        "null": None,
        "1.10": "1.10",
        "true": "true",
        '[1, {"b": null}]': '[1,{"b":null}]',
        '""': "",
        '"null"': "null",
    }
    column = pa.array([f'{{"a":{value}}}' for value in values])
    rows = checked(profile.open_arrow(column, columns=["a"], structures=True))
    assert [row["a"] for row in rows] == list(values.values())


@pytest.mark.parametrize(
    "column",
    [
        pa.array([], pa.string()),
        pa.array([], pa.large_string()),
        pa.array([], pa.string_view()),
        pa.array([], pa.string()).dictionary_encode(),
        pa.chunked_array([], pa.string()),
        pa.chunked_array([pa.array([], pa.binary())]),
        pa.array(BODIES)[40:],
        pa.array([], pa.null()),
    ],
)
def test_no_rows(column: Any) -> None:
    assert checked(PROFILE.open_arrow(column)) == []
    assert checked(PROFILE.callback_arrow(column)) == []


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.null(), pa.dictionary(pa.int8(), pa.string())],
)
def test_only_nulls(kind: Any) -> None:
    rows = checked(PROFILE.open_arrow(pa.array([None] * 3000, kind)))
    assert rows == [{"opened": None, "error": None, "parameter": None}] * 3000


def test_a_null_in_the_dictionary_is_a_null_row() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array([None, BODIES[0]]))
    rows = checked(PROFILE.open_arrow(column))
    assert [row["opened"] is None for row in rows] == [True, False, True, True]
    assert all(row["error"] is None for row in rows)


def test_structures_and_absent() -> None:
    column = pa.array(['{"n": 1, "status": {"a": 2}}', '{"n": 1}'])
    rows = checked(PROFILE.open_arrow(column, absent=["to", "status"]))
    assert [row["error"] for row in rows] == ["not_encrypted", None]


def test_nothing_opens() -> None:
    bad = [None, "x", None, *['{"status":"","to":"","n":1}'] * 998]
    column = pa.array(bad)
    rows = checked(PROFILE.open_arrow(column, threads=2))
    assert [row["error"] for row in rows].count(None) == 2, "999 rows are not 1,000"
    for threads in (1, 2):
        for more in (pa.array([*bad, "x"]), pa.chunked_array([bad, ["x"]]), pa.array([*bad, "x", BODIES[0]])):
            with pytest.raises(DecryptionError) as caught:
                PROFILE.open_arrow(more, threads=threads)
            assert caught.value.code == "auth_failed"
            assert "1000 rows" in str(caught.value)
    rows = checked(PROFILE.open_arrow(pa.array([*bad, "x"] * 3), keep_going=True))
    assert len(rows) == 3 * 1002
    good = checked(PROFILE.open_arrow(pa.array([*bad, BODIES[0], *["x"] * 3000])))
    assert good[1001]["opened"] == WANTED[0]["opened"], "one success is enough"


def test_the_rows_without_a_success_are_counted_across_chunks() -> None:
    bad = ["x"] * 300
    for threads in (1, 2):
        with pytest.raises(DecryptionError) as caught:
            PROFILE.open_arrow(pa.chunked_array([bad, [None] * 50, bad, bad, ["[]"] * 100]), threads=threads)
        assert caught.value.code == "invalid_json", "the commonest of all chunks"
        column = pa.chunked_array([bad, bad, BODIES[:1], *[bad] * 10])
        assert len(PROFILE.open_arrow(column, threads=threads)) == 12 * 300 + 1
        with pytest.raises(ReplacerError):
            PROFILE.callback_arrow(pa.chunked_array([bad] * 4), threads=threads)


def test_a_text_past_the_limit_fails_alone() -> None:
    body, limit = BODIES[0] or "", 4 * 1024 * 1024
    most, longer = body.ljust(limit), body.ljust(limit + 1)
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        rows = checked(PROFILE.open_arrow(pa.array([body, longer, most, body], kind), threads=2))
        assert rows == [WANTED[0], {"opened": None, "error": "too_long", "parameter": None}, *[WANTED[0]] * 2]
    named = checked(PROFILE.open_arrow(pa.array([longer, body]), columns=["to"]))
    assert named[0] == {"to": None, "error": "too_long", "parameter": None}
    assert named[1]["to"] == RECORDS[0]["to"]
    record, most_of_record = json.dumps(RECORDS[0]), 1024 * 1024
    column = [record.ljust(most_of_record + 1), record.ljust(most_of_record)]
    made = checked(PROFILE.callback_arrow(pa.array(column)))
    assert [row["error"] for row in made] == ["invalid_json", None], "no JSON within the limits"


def test_callbacks() -> None:
    records = [json.dumps(record) for record in RECORDS]
    column: list[str | None] = [*records, None, "{}", "[]", "x"]
    rows = checked(PROFILE.callback_arrow(pa.array(column), threads=2))
    for record, row in zip(RECORDS, rows, strict=False):
        made = PROFILE.callback(record)
        assert row == {
            "method": made.method,
            "url": made.url,
            "headers": json.dumps(dict(made.headers), separators=(",", ":")),
            "body": made.body,
            "missing": None,
            "error": None,
            "parameter": None,
        }
    empty = dict.fromkeys(rows[0])
    assert rows[40] == empty
    assert json.loads(rows[41]["missing"]) == ["status", "to", "n"]
    assert rows[42:] == [{**empty, "error": "not_an_object"}, {**empty, "error": "invalid_json"}]
    row = checked(PROFILE.callback_arrow(pa.array(["{}"]), missing="error"))[0]
    assert (row["error"], row["parameter"]) == ("missing_value", "status")
    opened = checked(PROFILE.open_arrow(pa.array([row["body"] for row in rows[:40]])))
    assert all(row["error"] is None for row in opened)
    get = Profile.parse({"title": "archive", "http_method": "GET", "url": "https://example.com/?a=<a>"})
    row = checked(get.callback_arrow(pa.array(['{"a": "b c"}'])))[0]
    assert (row["method"], row["url"], row["body"]) == ("GET", "https://example.com/?a=b%20c", None)
    with pytest.raises(ReplacerError):
        PROFILE.callback_arrow(pa.array(["x"] * 1000))


class Protocol:
    """Whatever a method of the protocol gives."""

    def __init__(self, array: Any = None, stream: Any = None) -> None:
        if array is not None:
            self.__arrow_c_array__ = lambda: array
        if stream is not None:
            self.__arrow_c_stream__ = lambda: stream


def test_what_is_no_column() -> None:
    for column in (BODIES, "x", None, 1, b"x"):
        with pytest.raises(TypeError, match="column must be an Arrow array"):
            PROFILE.open_arrow(column)
    for kind in (
        pa.array([1, 2]),
        pa.array([["a"]]),
        pa.table({"a": BODIES}),
        pa.array([1]).dictionary_encode(),
        pa.array([b"abc"], pa.binary(3)),
        pa.chunked_array([], pa.int8()),
    ):
        with pytest.raises(TypeError, match="format"):
            PROFILE.open_arrow(kind)
    capsules = pa.array(BODIES).__arrow_c_array__()
    for given in (
        Protocol(array=1),
        Protocol(array=(1, 2)),
        Protocol(array=tuple(reversed(capsules))),
        Protocol(stream=1),
        Protocol(stream=capsules[0]),
    ):
        with pytest.raises(ArgumentError, match="PyCapsule protocol"):
            PROFILE.open_arrow(given)
    with pytest.raises(IndexError):
        PROFILE.open_arrow(Protocol(array=()))


def test_a_consumed_capsule_is_refused() -> None:
    given = Protocol(array=pa.array(BODIES).__arrow_c_array__())
    assert len(PROFILE.open_arrow(given)) == 40
    with pytest.raises(ArgumentError, match="released"):
        PROFILE.open_arrow(given)
    given = Protocol(stream=pa.chunked_array([BODIES]).__arrow_c_stream__())
    assert len(PROFILE.open_arrow(given)) == 40
    with pytest.raises(ArgumentError, match="released"):
        PROFILE.open_arrow(given)


def test_arguments() -> None:
    column = pa.array(BODIES)
    for columns in (["a", "a"], ["error"], ["parameter"], ["a\0"]):
        with pytest.raises(ArgumentError, match="columns"):
            PROFILE.open_arrow(column, columns=columns)
    for wrong in ("a", [1], 1):
        with pytest.raises(TypeError, match="columns"):
            PROFILE.open_arrow(column, columns=wrong)  # type: ignore[arg-type]
    for threads in (0, -1):
        with pytest.raises(ArgumentError, match="threads"):
            PROFILE.open_arrow(column, threads=threads)
    assert set(checked(PROFILE.open_arrow(column, columns=["/error"]))[0]) == {"/error", "error", "parameter"}


def test_a_stream_that_fails() -> None:
    def batches() -> Any:
        yield pa.record_batch({"a": BODIES})
        raise ValueError("a text from outside")

    class Column:
        def __arrow_c_stream__(self) -> Any:
            return pa.RecordBatchReader.from_batches(
                pa.schema({"a": pa.string()}), batches()
            ).__arrow_c_stream__()

    with pytest.raises(TypeError, match="format"):  # a table is no column
        PROFILE.open_arrow(Column())


def test_results_outlive_their_owner_and_children_theirs() -> None:
    child = pa.array(PROFILE.open_arrow(pa.array(BODIES))).field("opened")
    gc.collect()
    assert child.to_pylist() == [row["opened"] for row in WANTED]
    result = PROFILE.open_arrow(pa.array(BODIES))
    for _ in range(1000):
        result.__arrow_c_array__()
        result.__arrow_c_stream__()
        result.__arrow_c_schema__()
    assert checked(result) == WANTED


def test_sealed_profiles_need_what_they_need() -> None:
    from callback_profile import keygen_sealed

    sealed = Profile.parse(
        {
            "title": "archive",
            "http_method": "POST",
            "url": "https://example.com/",
            "body": {"a": "<a>"},
            "enc": keygen_sealed("k"),
        }
    )
    with pytest.raises(ArgumentError):
        sealed.open_arrow(pa.array(["{}"]))
    bodies = pa.array([sealed.callback({"a": "1"}).body, "{}", None])
    cases: tuple[tuple[Literal["POST", "PUT"] | None, str | None], ...]
    cases = (("POST", None), (None, None), ("PUT", "auth_failed"))
    for method, error in cases:
        # As docs/archives.md has it: the age of what an archive holds is not checked.
        expected = Expected(tolerance=None, method=method, url="https://example.com/", profile_id=None)
        rows = checked(sealed.open_arrow(bodies, expected=expected))
        assert [row["opened"] for row in rows] == [None if error else '{"a":"1"}', None, None]
        assert rows[0]["error"] == error
        assert rows[1]["error"] is not None
        assert rows[2]["error"] is None
    with pytest.raises(ReplacerError):
        sealed.callback_arrow(pa.array(['{"a": 1}']))


def test_many_rows() -> None:
    """60,000, and 2,000,000 with CALLBACK_PROFILE_LONG=1."""
    rows = 2_000_000 if "CALLBACK_PROFILE_LONG" in os.environ else 60_000
    bodies = pa.array(BODIES)[10:40]
    column = pa.concat_arrays([bodies] * ((rows - 20) // 30) + [pa.array(BODIES[:10]), bodies[:10]])
    column = pa.concat_arrays([column, bodies[: rows - len(column)]])
    assert len(column) == rows
    table = pa.array(PROFILE.open_arrow(column))
    table.validate(full=True)
    assert table.field("opened").null_count == 4
    assert len(table) - table.field("error").null_count == 3
