"""Partial opening: what opened, and the code of every parameter that did not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from callback_profile import DecryptionError, Profile, keygen_sealed
from support import COUNTS, RECORD, profile, shared


def test_the_shared_cases() -> None:
    cases: list[Any] = shared("partial")
    refused = 0
    for case in cases:
        whole = Profile.parse(case["profile"])
        settings = {name: case[name] for name in ("structures", "absent") if name in case}
        if "error" in case:
            refused += 1
            with pytest.raises(DecryptionError) as caught:
                whole.open_details(case["received"], partial=True, **settings)
            assert caught.value.code == case["error"], case["name"]
            continue
        opened = whole.open_details(case["received"], partial=True, **settings)
        assert opened.values == json.loads(case["opened"]), case["name"]
        assert list(opened.values) == list(json.loads(case["opened"])), case["name"]
        assert list(opened.failed.items()) == [tuple(pair) for pair in case["failed"]], case["name"]
        assert not {*opened.failed} & {*opened.unknown}, case["name"]
        if "unknown" in case:
            assert list(opened.unknown) == case["unknown"], case["name"]
        if case["failed"]:
            with pytest.raises(DecryptionError):
                whole.open_details(case["received"], **settings)
        else:
            assert whole.open_details(case["received"], **settings) == opened, case["name"]
    assert (len(cases), refused) == (25, 2)
    COUNTS.append(f"count partial python ran={len(cases)} refused={refused} failed=0")


def test_a_sealed_callback_opens_as_a_whole_or_not_at_all() -> None:
    from callback_profile import Expected

    sealed = profile(enc=keygen_sealed("k1"))
    expected = Expected(tolerance=None, method=None, url=None, profile_id=None)
    body = sealed.callback(RECORD).body or ""
    assert sealed.open_details(body, expected=expected, partial=True).failed == {}
    with pytest.raises(DecryptionError):
        sealed.open_details(body.replace('{"jwe":"', '{"jwe":"x'), expected=expected, partial=True)


def test_partial_is_a_bool() -> None:
    with pytest.raises(TypeError, match="partial must be bool, not int"):
        profile().open_details("{}", partial=1)  # type: ignore[arg-type]
