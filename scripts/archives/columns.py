"""Checks of what has no script of its own: examples/archives/opening.py and the Series of pandas. For run.py."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import sample
from callback_profile import DecryptionError, Profile
from opening import Opener, OpenerByKey

EXAMPLES = Path(sample.__file__).parent
TEXTS = {key: (EXAMPLES / f"profile-{key}.json").read_bytes() for key in sample.KEYS}
NAMES = list(sample.record(0))


def keys_of_all_kinds(received: Path) -> int:
    """Rows of two keys, of one that nobody has and of none, one after the other, against each row opened by itself."""
    mixed, alone = OpenerByKey(TEXTS, NAMES), OpenerByKey(TEXTS, NAMES)
    for opener in alone.openers.values():
        opener.has_opened = True
    table = pq.read_table(received).combine_chunks()
    # Of the first rows of either half, which are of either key; one body is null, and has another key.
    half = len(table) // 2
    order = [row for pair in zip(range(half), range(half, 2 * half), strict=True) for row in pair][:2_000]
    bodies = [table["body"][row].as_py() for row in order]
    keys = [table["key_id"][row].as_py() for row in order]
    keys = [[key, "2019-01", None][row % 9 % 3] if row % 2 else key for row, key in enumerate(keys)]
    bodies[3] = None
    opened = mixed.open(pa.array(bodies, pa.string()), pa.array(keys, pa.string())).to_pylist()
    for row, (body, key) in enumerate(zip(bodies, keys, strict=True)):
        single = alone.open(pa.array([body], pa.string()), pa.array([key], pa.string())).to_pylist()
        assert [opened[row]] == single, f"row {row}"
        if key not in TEXTS:
            assert opened[row]["error"] == (None if body is None else "unknown_key"), f"row {row}"
        elif opened[row]["error"] is None and body is not None:
            assert opened[row] == {**sample.record(order[row]), "error": None, "parameter": None}, (
                f"row {row}"
            )
    errors = [row["error"] for row in opened]
    assert errors.count("unknown_key") > 500 and errors.count(None) > 1_000, "rows of all kinds"
    assert mixed.open(pa.array([], pa.string()), pa.array([], pa.string())).to_pylist() == []
    return len(opened)


def opened_until(batches: list[list[str | None]], chunked: bool = False) -> int | DecryptionError:
    """How many rows an Opener opens, or why it ends; the error has the number of the batch."""
    opener = Opener(TEXTS[sample.KEYS[0]], NAMES)
    rows = 0
    for number, batch in enumerate(batches):
        column = pa.chunked_array([batch, []], pa.string()) if chunked else pa.array(batch, pa.string())
        try:
            rows += len(opener.open(column))
        except DecryptionError as error:
            error.batch = number  # type: ignore[attr-defined]
            return error
    return rows


def small_batches(received: Path) -> int:
    """A key that opens nothing is said after 1,000 rows that are not null, also where no batch has as many."""
    good = pq.read_table(received, columns=["body"])["body"][0].as_py()
    # 60 of 100 fail by their tag, 30 as JSON; ten are null, which count for nothing.
    bad = [*[good.replace('"to":"', '"to":"AAAA')] * 60, *["x"] * 30, *[None] * 10]
    cases: list[tuple[str, list[list[str | None]], int | tuple[int, str]]] = [
        ("990 rows are not 1,000", [bad] * 11, 1_100),
        ("the 1,000th is in the twelfth batch", [bad] * 15, (11, "auth_failed")),
        ("the commonest code is that of all batches", [["x"] * 499, *[bad] * 10], (6, "invalid_json")),
        ("a success before the 1,000th", [*[bad] * 11, ["x"] * 9 + [good], *[bad] * 30], 4_110),
        ("a success behind the 1,000th", [*[bad] * 11, ["x"] * 10 + [good]], (11, "auth_failed")),
        ("a success in the first batch", [[good], *[bad] * 30], 3_001),
        ("only nulls", [[None] * 100] * 20, 2_000),
        ("one batch of 1,000", [["x"] * 1_000], (0, "invalid_json")),
    ]
    ran = 0
    for name, batches, wanted in cases:
        for chunked in (False, True):
            got = opened_until(batches, chunked)
            if isinstance(got, DecryptionError):
                assert (got.batch, got.code) == wanted, (name, got.batch, got)  # type: ignore[attr-defined]
                assert "first 1000 rows" in str(got), got
            else:
                assert got == wanted, (name, got)
            ran += 1
    # Each key by itself: one that opens does not excuse the other.
    both = OpenerByKey(TEXTS, NAMES)
    bodies, keys = pa.array([good, "x"] * 50), pa.array(sample.KEYS * 50)
    for number in range(20):
        try:
            both.open(bodies, keys)
        except DecryptionError as error:
            assert (number, error.code) == (19, "invalid_json"), (number, error)
            return ran + 1
    raise AssertionError("the second key opened nothing of 1,000 rows, and nothing said so")


SERIES = {
    "object": object,
    "str": "str",
    "string[python]": "string[python]",
    "string[pyarrow]": "string[pyarrow]",
    "category": "category",
    **{f"Arrow {kind}": pd.ArrowDtype(kind) for kind in (pa.string(), pa.large_string(), pa.string_view())},
}


def series(received: Path, wanted: list[dict[str, str | None]]) -> int:
    """Every kind of string that a Series can have opens to these rows, as it is and as an array; the number of rows."""
    profile = Profile.parse(TEXTS[sample.KEYS[0]])
    bodies = pq.read_table(received, columns=["body"])["body"].to_pylist()
    ran = 0
    for name, kind in SERIES.items():
        column = pd.Series(bodies, dtype=kind, index=range(7, 7 + len(bodies)))
        for given in (column, pa.array(column)):
            opened = pa.array(profile.open_arrow(given, columns=NAMES))
            opened.validate(full=True)
            assert opened.to_pylist() == wanted, name
            ran += len(opened)
        # A part of it has its rows only, also where these begin within a byte of the bitmap.
        part = pa.array(profile.open_arrow(column.iloc[13:101], columns=NAMES))
        assert part.to_pylist() == wanted[13:101], name
    return ran
