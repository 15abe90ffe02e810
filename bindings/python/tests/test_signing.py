"""Signatures: made, verified, refused; receiving in one call; and that no secret shows."""

from __future__ import annotations

import copy
import json
import pickle
import re
import time
from collections.abc import Callable, Mapping
from email.message import Message
from types import MappingProxyType
from typing import Any

import pytest
from callback_profile import (
    ArgumentError,
    CallbackProfileError,
    DecryptionError,
    KeyRing,
    Received,
    ReplacerError,
    SealedMessage,
    SignatureError,
    Signer,
    Verified,
    Verifier,
)
from starlette.datastructures import Headers
from support import IV, KEY, profile
from test_sealing import GIVEN, NOW, expecting, sealed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + "BwcH" * 16
SIGNER, VERIFIER = Signer(SECRET), Verifier(SECRET)


def signed(body: str | bytes = "{}", **arguments: Any) -> dict[str, str]:
    members: dict[str, Any] = {"id": "msg_1", "timestamp": NOW, **arguments}
    return SIGNER.sign(body, **members)


def test_the_example_of_the_standard() -> None:
    """https://github.com/standard-webhooks/standard-webhooks: the example of its libraries."""
    headers = SIGNER.sign('{"test": 2432232314}', id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    verified = VERIFIER.verify(headers, b'{"test": 2432232314}', now=1614265330)
    assert verified == Verified("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330)


def test_headers_in_every_form_that_frameworks_have() -> None:
    headers = {"Webhook-Id" if name == "webhook-id" else name: value for name, value in signed().items()}
    in_bytes = {name.lower().encode(): value.encode() for name, value in headers.items()}
    message = Message()
    for name, value in headers.items():
        message[name] = value
    forms: list[Any] = [
        headers,
        MappingProxyType(headers),
        list(headers.items()),
        iter(headers.items()),
        [[name, value] for name, value in headers.items()],
        {name.decode(): value for name, value in in_bytes.items()},
        in_bytes,
        list(in_bytes.items()),
        Headers(raw=list(in_bytes.items())),
        Headers(raw=list(in_bytes.items())).raw,
        message,
        [*headers.items(), ("x", "caf\udce9"), (b"y", b"caf\xe9"), ("z", "\ud800")],
    ]
    for form in forms:
        assert VERIFIER.verify(form, "{}", now=NOW) == Verified("msg_1", NOW), form
    for body in (b"{}", bytearray(b"{}"), memoryview(b"{}"), "{}"):
        assert VERIFIER.verify(headers, body, now=NOW).id == "msg_1"
        assert SIGNER.sign(body, id="msg_1", timestamp=NOW) == signed()


def test_whatever_is_wrong_is_one_error() -> None:
    headers = signed()
    changed = {**headers, "webhook-signature": headers["webhook-signature"].replace("v1,", "v1,A", 1)}
    cases: list[tuple[Any, str, int]] = [
        (headers, "{} ", NOW),
        ({}, "{}", NOW),
        (changed, "{}", NOW),
        ({**headers, "webhook-id": "msg_2"}, "{}", NOW),
        ({**headers, "webhook-timestamp": str(NOW + 1)}, "{}", NOW),
        ({**headers, "webhook-timestamp": f"0{NOW}"}, "{}", NOW),
        ({**headers, "webhook-id": "msg\ud800"}, "{}", NOW),
        ([*headers.items(), ("WEBHOOK-ID", "msg_1")], "{}", NOW),
        (changed, "{}", NOW + 301),
    ]
    cases += [({n: v for n, v in headers.items() if n != name}, "{}", NOW) for name in headers]
    messages: set[str] = set()
    for received, body, now in cases:
        with pytest.raises(SignatureError) as caught:
            VERIFIER.verify(received, body, now=now)
        assert caught.value.code == "signature_refused"
        messages.add(str(caught.value))
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again), again.code) == (
            SignatureError,
            str(caught.value),
            "signature_refused",
        )
    assert len(messages) == 1, "a stranger learns nothing"
    assert issubclass(SignatureError, CallbackProfileError) and issubclass(SignatureError, ValueError)


def test_the_time_both_ways() -> None:
    headers = signed()
    for now, tolerance in ((NOW - 300, 300), (NOW + 300, 300), (NOW, 0), (0, NOW)):
        VERIFIER.verify(headers, "{}", now=now, tolerance=tolerance)
    for now, tolerance in ((NOW - 301, 300), (NOW + 301, 300), (NOW + 1, 0)):
        with pytest.raises(SignatureError) as caught:
            VERIFIER.verify(headers, "{}", now=now, tolerance=tolerance)
        assert caught.value.code == "timestamp_refused"
    with pytest.raises(SignatureError):
        VERIFIER.verify(headers, "{}")  # the clock's time
    fresh = SIGNER.sign("{}", id="a")
    assert abs(int(fresh["webhook-timestamp"]) - time.time()) < 10
    VERIFIER.verify(fresh, "{}")


def test_several_secrets_while_one_is_changed() -> None:
    both = Signer([SECRET, OTHER]).sign("{}", id="a", timestamp=NOW)
    for secrets in (SECRET, OTHER, (OTHER, SECRET), iter([SECRET])):
        assert Verifier(secrets).verify(both, "{}", now=NOW).id == "a"
    with pytest.raises(SignatureError):
        Verifier(OTHER).verify(signed(), "{}", now=NOW)
    for count in (0, 17):
        with pytest.raises(ArgumentError, match="1 to 16"):
            Signer([SECRET] * count)
        with pytest.raises(ArgumentError, match="1 to 16"):
            Verifier([SECRET] * count)


def test_a_whole_callback() -> None:
    sent = profile().callback({"recipient": "+91"})
    headers = SIGNER.sign_callback(sent, id="msg_1", timestamp=NOW)
    assert headers == SIGNER.sign(sent.body or "", id="msg_1", timestamp=NOW)
    made = SIGNER.sign_callback(sent)
    assert re.fullmatch(r"msg_[A-Za-z0-9_-]{22}", made["webhook-id"])
    VERIFIER.verify({**sent.headers, **made}, sent.body or "")
    whole = sealed()
    callback = whole.callback({"to": "+91"})
    assert SIGNER.sign_callback(callback)["webhook-id"] == callback.id
    given = profile().callback({"recipient": "+91"}, id="msg_9")
    assert SIGNER.sign_callback(given)["webhook-id"] == "msg_9", "a retry keeps it"

    get = profile(http_method="GET", body=None, url="https://example.com/?to=<to>").callback({"to": "x"})
    with pytest.raises(ReplacerError) as uncovered:
        SIGNER.sign_callback(get, id="a")
    assert uncovered.value.code == "signature_covers_nothing"
    assert SIGNER.sign_callback(get, id="a", timestamp=NOW, uncovered=True) == signed("", id="a")
    sealed_get = sealed(http_method="GET", body=None, url="https://example.com/?to=<to>")
    SIGNER.sign_callback(sealed_get.callback({"to": "x"}))
    taken = profile(headers={"Webhook-Signature": "x"}).callback({})
    with pytest.raises(ReplacerError) as header:
        SIGNER.sign_callback(taken, id="a")
    assert header.value.code == "unsafe_header" and "webhook-signature" in str(header.value)


def test_receiving_verifies_first_and_opens_then() -> None:
    whole = profile()
    sent = whole.callback({"recipient": "+91", "status": "READ"})
    body = sent.body or ""
    headers = {**sent.headers, **SIGNER.sign_callback(sent, id="msg_1", timestamp=NOW)}
    received = whole.receive(headers, body.encode(), verifier=VERIFIER, now=NOW)
    assert received == Received("msg_1", NOW, {"status": "READ", "to": "+91"}, ("to",), (), None)
    assert "+91" not in repr(received)
    with pytest.raises(SignatureError):
        whole.receive(headers, "not JSON", verifier=VERIFIER, now=NOW)
    with pytest.raises(SignatureError) as late:
        whole.receive(headers, body, verifier=VERIFIER, now=NOW + 301)
    assert late.value.code == "timestamp_refused"
    assert whole.receive(headers, body, verifier=VERIFIER, now=NOW + 301, tolerance=301).id == "msg_1"
    with pytest.raises(SignatureError):
        whole.receive(headers, body, verifier=VERIFIER)  # the clock's time
    with pytest.raises(DecryptionError) as not_json:
        whole.receive(signed("not JSON"), "not JSON", verifier=VERIFIER, now=NOW)
    assert not_json.value.code == "invalid_json"
    with pytest.raises(DecryptionError) as of_type:
        whole.receive({**headers, "Content-Type": "text/plain"}, body, verifier=VERIFIER, now=NOW)
    assert of_type.value.code == "unsupported_content_type"
    structured = profile(body={"to": "<to>"}, enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV})
    sent = structured.callback({"to": ["a"]})
    arguments: dict[str, Any] = {"verifier": VERIFIER, "now": NOW}
    signature = signed(sent.body or "")
    assert structured.receive(signature, sent.body or "", structures=["to"], **arguments).decrypted == (
        "to[0]",
    )
    assert structured.receive(signed("{}"), "{}", absent=True, **arguments).values == {}
    with pytest.raises(DecryptionError):
        structured.receive(signature, sent.body or "", **arguments)


def test_receiving_what_is_sealed() -> None:
    whole = sealed()
    sent = whole.callback({"to": "+91"}, **GIVEN)
    body = sent.body or ""
    headers = {**sent.headers, **SIGNER.sign_callback(sent, timestamp=NOW)}
    expected = expecting(now=None)  # the time of receive counts
    received = whole.receive(headers, body, verifier=VERIFIER, now=NOW, expected=expected)
    assert received.sealed == SealedMessage("2026-01", "msg_1", NOW, None)
    assert (received.id, received.values["to"]) == ("msg_1", "+91")
    with pytest.raises(DecryptionError):
        other = {**sent.headers, **SIGNER.sign_callback(sent, id="msg_2", timestamp=NOW)}
        whole.receive(other, body, verifier=VERIFIER, now=NOW, expected=expected)
    get = sealed(http_method="GET", body=None, url="https://example.com/sms?to=<to>")
    sent = get.callback({"to": "+91"}, **GIVEN)
    target = sent.url.removeprefix("https://example.com")
    received = get.receive(
        SIGNER.sign_callback(sent, timestamp=NOW),
        b"",
        target=target,
        verifier=VERIFIER,
        now=NOW,
        expected=expecting(method="GET"),
    )
    assert received.values == {"to": "+91"}


def test_the_body_must_be_raw() -> None:
    whole = profile()
    ring = KeyRing.by_header("x")
    headers = signed()
    calls: list[Callable[[Any], object]] = [
        lambda body: VERIFIER.verify(headers, body, now=NOW),
        lambda body: whole.receive(headers, body, verifier=VERIFIER, now=NOW),
        lambda body: ring.receive(headers, body, verifier=VERIFIER),
        lambda body: ring.open({}, body),
    ]
    parsed: list[Any] = [
        {"to": "SecretValue"},
        ["SecretValue"],
        None,
        1,
        MappingProxyType({"to": "SecretValue"}),
    ]
    for body in parsed:
        for call in calls:
            with pytest.raises(TypeError, match="raw body") as caught:
                call(body)
            assert "SecretValue" not in str(caught.value)


def test_misuse_names_the_argument() -> None:
    # What a type checker would refuse.
    whole: Any = profile()
    verifier: Any = VERIFIER
    signer: Any = SIGNER
    new_signer: Any = Signer
    new_verifier: Any = Verifier
    wrong: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (
            TypeError,
            "headers must be a mapping or an iterable of pairs, not str",
            lambda: verifier.verify("ab", "{}"),
        ),
        (TypeError, "headers must be a mapping", lambda: verifier.verify(1, "{}")),
        (TypeError, "headers: a pair must be", lambda: verifier.verify([("a", 1)], "{}")),
        (TypeError, "headers: a pair must be", lambda: verifier.verify([("a",)], "{}")),
        (TypeError, "now must be int, not float", lambda: verifier.verify({}, "{}", now=1.0)),
        (ArgumentError, "tolerance must be from 0", lambda: verifier.verify({}, "{}", tolerance=-1)),
        (TypeError, "timestamp must be int", lambda: signed(timestamp="5")),
        (TypeError, "id", lambda: signer.sign("{}", timestamp=NOW)),
        (ArgumentError, "the id must be 1 to 128", lambda: signed(id="a.b")),
        (TypeError, "body must be str, bytes", lambda: signer.sign({}, id="a")),
        (TypeError, "verifier", lambda: whole.receive({}, "{}")),
        (TypeError, "verifier", lambda: whole.receive({}, "{}", verifier=SECRET)),
        (
            TypeError,
            "secrets must be str or an iterable of str, not bytes",
            lambda: new_signer(SECRET.encode()),
        ),
        (TypeError, "secrets: an item must be str", lambda: new_verifier([SECRET.encode()])),
        (ArgumentError, "begin with whsec_", lambda: new_signer(SECRET[6:])),
        (ArgumentError, "standard base64", lambda: new_verifier([SECRET + "-"])),
        (ArgumentError, "secrets holds a lone surrogate", lambda: new_verifier([SECRET + "\ud800"])),
        (TypeError, "callback", lambda: signer.sign_callback({})),
    ]
    for error, words, call in wrong:
        with pytest.raises(error, match=words) as caught:
            call()
        chain: BaseException | None = caught.value
        while chain is not None:
            assert SECRET[6:] not in repr(chain), repr(chain)
            chain = chain.__cause__ or chain.__context__
    with pytest.raises(ArgumentError) as bad:
        new_signer("whsec_short")
    assert bad.value.code == "invalid_key"


def test_no_secret_shows_and_none_is_pickled() -> None:
    ring = KeyRing.by_header("x")
    ring.add("2026-01", sealed())
    keys = [SECRET[6:], sealed().to_dict(secrets="shown")["enc"]["key"]]
    for holder in (Signer([SECRET, OTHER]), Verifier(SECRET), ring, sealed()):
        for text in (repr(holder), str(holder), f"{holder}", repr(vars(type(holder)))):
            assert not any(key in text for key in keys)
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(holder)
    assert repr(Signer(SECRET)) == "Signer(...)" and repr(VERIFIER) == "Verifier(...)"
    assert copy.copy(SIGNER) is SIGNER and copy.deepcopy(VERIFIER) is VERIFIER
    with pytest.raises(TypeError, match="pickle"):
        copy.copy(ring)


def test_the_readable_name_of_a_mapping() -> None:
    """A mapping of a type of its own, as some frameworks have it."""

    class Own(Mapping[str, str]):
        def __getitem__(self, name: str) -> str:
            return signed()[name]

        def __iter__(self) -> Any:
            return iter(signed())

        def __len__(self) -> int:
            return 3

    assert VERIFIER.verify(Own(), "{}", now=NOW).timestamp == NOW


def test_a_body_that_was_parsed_and_written_again_is_refused() -> None:
    body = '{"amount": 1.0, "to": "+91"}'
    headers = signed(body)
    assert VERIFIER.verify(headers, body, now=NOW)
    with pytest.raises(SignatureError):
        VERIFIER.verify(headers, json.dumps(json.loads(body), separators=(",", ":")), now=NOW)
