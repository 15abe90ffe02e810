"""Results can be sent to another process where no key is inside; what may hold a key says what to send instead."""

from __future__ import annotations

import copy
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from callback_profile import (
    Callback,
    Cipher,
    Envelope,
    Expected,
    KeyRing,
    Limits,
    Profile,
    Signer,
    StoredProfile,
    Verifier,
    keygen_sealed,
    keygen_signing,
)
from support import IV, KEY, RECORD, payload, profile

WHOLE = profile()
STORED = StoredProfile.parse({**payload(), "profile_id": "stage_1", "status": 1, "created_at": "now"})
SECRET = keygen_signing()


def results() -> list[Any]:
    """One of each result."""
    sealed = profile(enc=keygen_sealed("a"), headers=None, body={"to": "<recipient>"})
    sent = sealed.callback(RECORD, id="msg_1")
    expected = Expected(tolerance=None, method="POST", url=None, profile_id=None)
    callback = WHOLE.callback(RECORD)
    headers = Signer(SECRET).sign_callback(callback)
    body = callback.body or ""
    ring = KeyRing.by_header("x")
    ring.add("a", sealed)
    sealed_headers = Signer(SECRET).sign_callback(sent)
    return [
        callback,
        WHOLE.callback({}),
        profile(http_method="GET", body=None, enc=None, headers=None).callback(RECORD),
        sent,
        WHOLE.message(RECORD),
        WHOLE.message({}),
        *WHOLE.advisories,
        *WHOLE.fields,
        WHOLE.open_details(body),
        sealed.open_details(sent.body or "", expected=expected),
        WHOLE.receive(headers, body, verifier=Verifier(SECRET)),
        ring.open({}, sent.body or "", expected=expected),
        ring.receive(sealed_headers, sent.body or "", verifier=Verifier(SECRET), expected=expected),
        Verifier(SECRET).verify(headers, body),
        WHOLE.diagnose("AAAA"),
        STORED.status,
        Limits(depth=3),
        expected,
    ]


def test_results_are_pickled() -> None:
    ran = 0
    for result in results():
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            pickled = pickle.dumps(result, protocol)
            assert KEY.encode() not in pickled and IV.encode() not in pickled
            again = pickle.loads(pickled)
            assert again == result and type(again) is type(result)
            assert repr(again) == repr(result)
            ran += 1
    assert ran == 22 * 4


def test_envelopes_without_a_key_are_pickled() -> None:
    envelopes = [
        Envelope.created(WHOLE, "a"),
        Envelope.updated(WHOLE),
        Envelope.fetched(STORED),
        Envelope.listed([STORED]),
        Envelope.deleted("a"),
        Envelope.not_found("a"),
    ]
    for envelope in envelopes:
        pickled = pickle.dumps(envelope)
        assert KEY.encode() not in pickled and IV.encode() not in pickled
        assert pickle.loads(pickled).to_json() == envelope.to_json()
    assert len(envelopes) == 6


def test_what_may_hold_a_key_says_what_to_pickle_instead() -> None:
    keyed: list[tuple[Any, str]] = [
        (WHOLE, r'a Profile .*: pickle its payload, profile\.to_json\(secrets="shown"\),.* Profile\.parse '),
        (STORED, r'a StoredProfile .*: pickle stored\.to_json\(secrets="shown"\) .* StoredProfile\.parse '),
        (Cipher("AES-128-GCM", KEY, IV), "a Cipher .*: make it in the worker, from the key"),
        (Signer(SECRET), "a Signer .*: make it in the worker, from the secret"),
        (Verifier(SECRET), "a Verifier .*: make it in the worker, from the secret"),
        (KeyRing.by_header("x"), "a KeyRing .*: make it in the worker, from profiles"),
        (
            Envelope.created(WHOLE, secrets="shown"),
            r"an Envelope .*: pickle its to_json\(\) .* Envelope\.parse",
        ),
        (Envelope.fetched(STORED, secrets="shown"), "an Envelope "),
        (Envelope.parse(Envelope.created(WHOLE).to_json()), "an Envelope "),
    ]
    for value, words in keyed:
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError) as caught:
                pickle.dumps([value], protocol)
            assert re.match(words, str(caught.value)), str(caught.value)
            assert "cannot be pickled, since it may hold a key: " in str(caught.value)
    assert len(keyed) == 9
    with pytest.raises(TypeError, match="a KeyRing cannot be pickled"):
        copy.copy(KeyRing.by_header("x"))


def made_in_a_worker(text: str, record: dict[str, Any]) -> Callback:
    return Profile.parse(text).callback(record)


def test_a_pool_of_processes_returns_callbacks() -> None:
    """As the error says: the payload's text goes to the worker, which parses it."""
    text = WHOLE.to_json(secrets="shown")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        made = pool.submit(made_in_a_worker, text, RECORD).result(120)
        assert made == WHOLE.callback(RECORD)
        refused = pool.submit(made_in_a_worker, "{}", RECORD).exception(120)
    assert getattr(refused, "code", None) == "invalid_profile"


def test_a_pickle_of_something_else_is_no_callback() -> None:
    unpickled: Any = vars(Callback)["_unpickled"]
    with pytest.raises(ValueError, match="method is not one of a callback"):
        unpickled("TRACE", "/", {}, None, (), None, None, False)


def test_equal_profiles_are_equal() -> None:
    text = WHOLE.to_json(secrets="shown")
    same = [
        Profile.parse(text),
        Profile.parse(dict(reversed(payload().items()))),
        WHOLE.patch({"title": WHOLE.title}),
    ]
    for other in same:
        assert other == WHOLE and hash(other) == hash(WHOLE) and other in {WHOLE}
    different = [
        profile(title="other"),
        profile(enc={"algo": "AES-128-GCM", "key": KEY[::-1], "IV": IV, "params": ["to"]}),
        profile(enc=None),
        Profile.parse(text, encoding="hex"),
        Profile.parse(text, limits={"depth": 9}),
    ]
    for other in different:
        assert other != WHOLE
    assert len({WHOLE, *same, *different}) == 1 + len(different)
    anything: list[object] = [1, text, payload(), None]
    assert all(value != WHOLE for value in anything)


def test_equal_stored_profiles_are_equal_and_write_what_parse_reads() -> None:
    for text in (STORED.to_json(secrets="shown"), STORED.to_dict(secrets="shown")):
        again = StoredProfile.parse(text)
        assert again == STORED and hash(again) == hash(STORED) and again in {STORED}
    assert STORED.to_dict() == Envelope.fetched(STORED).data
    assert KEY not in STORED.to_json() and IV not in str(STORED.to_dict())
    shown = STORED.to_dict(secrets="shown")
    for name, value in (("status", 2), ("profile_id", "b"), ("modified_at", "x"), ("title", "other")):
        assert StoredProfile.parse({**shown, name: value}) != STORED
    anything: list[object] = [1, shown, STORED.profile]
    assert all(value != STORED for value in anything)
