"""One callback and one received body, 24 values of 64 bytes, against programs by hand. The budgets are those against
`cryptography` with orjson, the fastest of them."""

from __future__ import annotations

from by_hand import ByHand, by_cryptography, by_pycryptodome, with_json, with_orjson
from callback_profile import Profile
from row import Row
from sample import NAMES, RECORD, profile_of


def call_rows() -> list[Row]:
    rows: list[Row] = []
    for mode in ("GCM", "CFB"):
        ours = profile_of(mode, NAMES)
        rows.extend(both_ways(ours, mode, with_orjson("cryptography", by_cryptography(mode)), (6, 8)))
        rows.extend(both_ways(ours, mode, with_json("cryptography", by_cryptography(mode)), None))
        rows.extend(both_ways(ours, mode, with_json("pycryptodome", by_pycryptodome(mode)), None))
    return rows


def both_ways(ours: Profile, mode: str, theirs: ByHand, budgets: tuple[float, float] | None) -> list[Row]:
    """Rows for the callback and for opening it."""
    body = ours.callback(RECORD).body
    assert body is not None
    assert body == theirs.callback(RECORD)
    assert ours.open(body) == theirs.open(body) == RECORD
    peer = f"{theirs.name}, a loop, {mode}"
    callback, opening = budgets or (None, None)
    # A call of pycryptodome takes two milliseconds.
    rounds = 40 if "pycryptodome" in theirs.name else 400
    what = f"24 x 64 bytes, {mode}"
    return [
        Row(
            f"callback of a dict, {what}",
            lambda: ours.callback(RECORD).body,
            peer,
            lambda: theirs.callback(RECORD),
            callback,
            rounds,
        ),
        Row(
            f"open to a dict, {what}",
            lambda: ours.open(body),
            peer,
            lambda: theirs.open(body),
            opening,
            rounds,
        ),
    ]
