"""Key rings: exact look-up, keys in turn, and changes while callbacks flow."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from callback_profile import (
    ArgumentError,
    DecryptionError,
    KeyRing,
    Profile,
    SignatureError,
    Signer,
    Verifier,
)
from support import IV, profile
from test_sealing import ENC, GIVEN, NOW, SEALING_KEY, expecting, sealed

OLD, NEW = "K1abcdefghijkl2P", "otherkeyotherkey"
SIGNER = Signer("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
VERIFIER = Verifier("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def of_key(id: str, key: str, algorithm: str = "AES-128-GCM", **changes: Any) -> Profile:
    enc = {"algo": algorithm, "key": key, "IV": IV}
    return profile(**{"body": {"to": "<to>"}, "headers": {"x-key-id": id}, "enc": enc, **changes})


def ring_of(*profiles: tuple[str, Profile], **options: bool) -> KeyRing:
    ring = KeyRing.by_header("X-Key-Id", **options)
    for id, member in profiles:
        ring.add(id, member)
    return ring


def test_a_callback_is_opened_by_the_key_that_it_names() -> None:
    old, new = of_key("old", OLD), of_key("new", NEW)
    ring = ring_of(("old", old), ("new", new))
    assert ring.ids == ("old", "new") and repr(ring) == "KeyRing(ids=['old', 'new'])"
    for id, member in (("old", old), ("new", new)):
        sent = member.callback({"to": "+91"})
        opened = ring.open(sent.headers, sent.body or "")
        assert (opened.id, opened.version, opened.in_turn) == (id, 1, False)
        assert (opened.values, opened.decrypted, opened.unknown) == ({"to": "+91"}, ("to",), ())
        assert opened.sealed is None and "+91" not in repr(opened)
        with pytest.raises(DecryptionError) as wrong:
            ring.open({"x-key-id": "old" if id == "new" else "new"}, sent.body or "")
        assert wrong.value.code == "auth_failed"
        strange: list[Any] = [{}, {"x-key-id": "none"}, [("x-key-id", id), ("X-Key-Id", id)]]
        for headers in strange:
            with pytest.raises(DecryptionError) as unknown:
                ring.open(headers, sent.body or "")
            assert unknown.value.code == "unknown_key"


def test_profiles_come_and_go() -> None:
    old = of_key("old", OLD)
    ring = ring_of(("old", old))
    sent = old.callback({"to": "+91"})
    removed = ring.remove("old")
    assert removed is not None and removed.to_json(secrets="shown") == old.to_json(secrets="shown")
    assert ring.remove("old") is None and ring.ids == ()
    with pytest.raises(DecryptionError):
        ring.open(sent.headers, sent.body or "")
    ring.add("old", removed)
    assert ring.open(sent.headers, sent.body or "").values == {"to": "+91"}
    wrong: list[tuple[str, str, Profile]] = [
        ("an id of its own", "old", old),
        ("constant header", "other", old),
        ("must be its kid", "other", sealed()),
    ]
    for words, id, member in wrong:
        with pytest.raises(ArgumentError, match=words):
            ring.add(id, member)


def test_by_query() -> None:
    ring = KeyRing.by_query("k")
    for id, key in (("old", OLD), ("new", NEW)):
        ring.add(
            id, of_key(id, key, http_method="GET", body=None, url=f"https://example.com/?to=<to>&k={id}")
        )
    sent = of_key("new", NEW, http_method="GET", body=None, url="https://example.com/?to=<to>&k=new")
    url = sent.callback({"to": "+91"}).url
    opened = ring.open({}, b"", target=url.removeprefix("https://example.com"))
    assert (opened.id, opened.values) == ("new", {"to": "+91", "k": "new"})


def test_keys_in_turn() -> None:
    old, new = of_key("old", OLD), of_key("new", NEW)
    ring = ring_of(("old", old), ("new", new), try_in_turn=True)
    opened = ring.open({}, new.callback({"to": "+91"}).body or "")
    assert (opened.id, opened.in_turn) == ("new", True)
    cfb = of_key("old", OLD, "AES-128-CFB")
    ring = ring_of(("old", cfb), try_in_turn=True)
    with pytest.raises(DecryptionError) as refused:
        ring.open({}, cfb.callback({"to": "+91"}).body or "")
    assert refused.value.code == "cannot_tell_key"


def test_sealed_profiles_in_a_ring() -> None:
    old, new = of_key("old", OLD), sealed()
    later = sealed(enc={**ENC, "kid": "2026-02", "key": SEALING_KEY.replace("AAEC", "BAEC")})
    ring = ring_of(("old", old), ("2026-01", new), ("2026-02", later))
    for member in (new, later):
        sent = member.callback({"to": "+91"}, **GIVEN)
        opened = ring.open(sent.headers, sent.body or "", expected=expecting())
        assert (opened.id, opened.version, opened.in_turn) == (member.kid, 2, False)
        assert opened.sealed is not None and opened.sealed.kid == member.kid
        with pytest.raises(ArgumentError):
            ring.open(sent.headers, sent.body or "")
    documented = old.callback({"to": "+91"})
    assert ring.open(documented.headers, documented.body or "").version == 1
    strict = ring_of(("old", old), ("2026-01", new), refuse_v1=True)
    with pytest.raises(DecryptionError) as refused:
        strict.open(documented.headers, documented.body or "")
    assert refused.value.code == "unknown_key"
    sent = new.callback({"to": "+91"}, **GIVEN)
    assert strict.open(sent.headers, sent.body or "", expected=expecting()).version == 2
    stranger = sealed(enc={**ENC, "kid": "other"}).callback({"to": "+91"}, **GIVEN)
    with pytest.raises(DecryptionError) as one:
        ring.open(stranger.headers, stranger.body or "", expected=expecting())
    assert one.value.code == "auth_failed"


def test_receiving_by_a_ring() -> None:
    old, new = of_key("old", OLD), sealed()
    ring = ring_of(("old", old), ("2026-01", new))
    for member, version, key_id in ((old, 1, "old"), (new, 2, "2026-01")):
        sent = member.callback({"to": "+91"}, **GIVEN)
        headers = {**sent.headers, **SIGNER.sign_callback(sent, timestamp=NOW)}
        received = ring.receive(
            headers, sent.body or "", verifier=VERIFIER, now=NOW, expected=expecting(now=None)
        )
        assert (received.id, received.timestamp, received.key_id) == ("msg_1", NOW, key_id)
        assert (received.version, received.in_turn, received.values["to"]) == (version, False, "+91")
        assert (received.sealed is None) == (version == 1) and "+91" not in repr(received)
        with pytest.raises(SignatureError):
            ring.receive(headers, (sent.body or "") + " ", verifier=VERIFIER, now=NOW)


def test_a_ring_changes_while_threads_open() -> None:
    """Small bodies hold the GIL, large ones do not: neither may wait for the other for ever."""
    old, new = of_key("old", OLD), of_key("new", NEW)
    ring = ring_of(("old", old))
    sent = [old.callback({"to": "x" * size}) for size in (10, 60_000)]
    done = threading.Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not done.is_set():
                for callback in sent:
                    assert ring.open(callback.headers, callback.body or "").id == "old"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(300):
        ring.add("new", new)
        assert ring.ids == ("old", "new") and repr(ring)
        ring.remove("new")
    done.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert failures == []
