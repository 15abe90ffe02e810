"""The classes of errors, and what happens to errors: pickling, panics."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable

import pytest
from callback_profile import (
    ArgumentError,
    CallbackProfileError,
    Cipher,
    DecryptionError,
    Envelope,
    Limits,
    Profile,
    ProfileError,
    ReplacerError,
    StoredProfile,
    _native,
    address_verdict,
    hazmat,
    parse_request,
)
from support import IV, KEY, RECORD, profile

WHOLE = profile()
CIPHER = Cipher("AES-128-CFB", KEY, IV)
SHORT = Profile.parse(WHOLE.to_json(secrets="shown"), limits={"received_bytes": 8})
HEADERS = {"api-key": "A", "content-type": "application/json"}

# The same reasons in different calls: the class is that of the call.
FAILURES: list[tuple[type[CallbackProfileError], str, Callable[[], object]]] = [
    (ProfileError, "invalid_profile", lambda: Profile.parse("{")),
    (ProfileError, "invalid_profile", lambda: Profile.check("[]")),
    (ProfileError, "invalid_patch", lambda: WHOLE.patch("{")),
    (ProfileError, "invalid_stored_profile", lambda: StoredProfile.parse("{")),
    (ProfileError, "invalid_request", lambda: parse_request("HX0", HEADERS, "{")),
    (ProfileError, "invalid_envelope", lambda: Envelope.parse("{")),
    (ReplacerError, "invalid_json", lambda: WHOLE.message("{")),
    (ReplacerError, "not_an_object", lambda: WHOLE.message("[]")),
    (ReplacerError, "missing_value", lambda: WHOLE.message({}, missing="error")),
    (ReplacerError, "invalid_json", lambda: WHOLE.callback("{")),
    (ReplacerError, "not_an_object", lambda: WHOLE.callback("[]")),
    (ReplacerError, "missing_value", lambda: WHOLE.callback({}, missing="error")),
    (ReplacerError, "invalid_boundary", lambda: multipart().callback({}, boundary="?" * 71)),
    (DecryptionError, "invalid_json", lambda: WHOLE.open("{")),
    (DecryptionError, "not_an_object", lambda: WHOLE.open_json("[]")),
    (DecryptionError, "too_long", lambda: SHORT.open('{"status": 1}')),
    (DecryptionError, "auth_failed", lambda: WHOLE.open({"to": "A" * 24})),
    (DecryptionError, "not_encrypted", lambda: WHOLE.open({"to": 1})),
    (DecryptionError, "missing_parameter", lambda: WHOLE.open({"status": "x"})),
    (DecryptionError, "unsupported_content_type", lambda: WHOLE.open("{}", content_type="text/plain")),
    (DecryptionError, "invalid_encoding", lambda: CIPHER.decrypt("?")),
    (DecryptionError, "invalid_encoding", lambda: CIPHER.decrypt_text("?")),
    (DecryptionError, "not_utf8", lambda: CIPHER.decrypt_text(CIPHER.encrypt(b"\xff"))),
    (DecryptionError, "auth_failed", lambda: hazmat.gcm_open(KEY, IV, b"", b"")),
    (ArgumentError, "unknown_algorithm", lambda: Cipher("AES-128-CBC", KEY, IV)),  # type: ignore[arg-type]
    (ArgumentError, "invalid_key", lambda: Cipher("AES-128-GCM", "short", IV)),
    (ArgumentError, "invalid_iv", lambda: Cipher("AES-128-GCM", KEY, "short")),
    (ArgumentError, "invalid_key", lambda: hazmat.gcm_seal(b"short", IV, b"", b"")),
    (ArgumentError, "invalid_iv", lambda: hazmat.cfb_encrypt(KEY, b"short", b"")),
    (ArgumentError, "invalid_key", lambda: hazmat.gcm_open(b"short", IV, b"", b"")),
    (ArgumentError, "invalid_iv", lambda: hazmat.cfb_decrypt(KEY, b"short", b"")),
    (ArgumentError, "invalid_argument", lambda: address_verdict("x")),
    (CallbackProfileError, "internal", _native._testing_panic),
]


def multipart() -> Profile:
    return profile(enc=None, headers={"content-type": "multipart/form-data"})


def failure(call: Callable[[], object]) -> CallbackProfileError:
    with pytest.raises(CallbackProfileError) as caught:
        call()
    return caught.value


def test_the_class_follows_the_call() -> None:
    for expected, code, call in FAILURES:
        error = failure(call)
        assert (type(error), error.code) == (expected, code)
        assert isinstance(error, ValueError) == (expected is not CallbackProfileError)
    assert len(FAILURES) >= 33


def test_violations_say_what_the_rule_allows() -> None:
    with pytest.raises(ProfileError) as caught:
        Profile.parse({"title": "ab", "http_method": "PATCH", "url": "https://e.com/", "body": 1})
    assert [violation.params for violation in caught.value.violations] == [
        {"limit": 3},
        {"allowedValues": ["GET", "POST", "PUT", "DELETE"]},
        {"type": "object"},
    ]
    assert {hash(violation) for violation in caught.value.violations}


def test_batches_have_the_errors_of_single_calls() -> None:
    made = WHOLE.callbacks(["{", "[]", RECORD])
    assert [type(item) for item in made] == [ReplacerError, ReplacerError, type(WHOLE.callback(RECORD))]
    opened = WHOLE.open_many(["{", "[]", {"to": 1}])
    assert [type(item) for item in opened] == [DecryptionError] * 3
    assert [getattr(item, "code", None) for item in opened] == [
        "invalid_json",
        "not_an_object",
        "not_encrypted",
    ]


def test_errors_survive_pickling() -> None:
    for _, _, call in FAILURES:
        error = failure(call)
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.code) == (type(error), str(error), error.code)
        for name in ("violations", "unlisted", "missing", "parameter", "parameters"):
            assert getattr(again, name, None) == getattr(error, name, None)
        if isinstance(error, ProfileError):
            assert again.envelope.to_json() == error.envelope.to_json()


def test_an_error_with_more_violations_than_by_default_survives_pickling() -> None:
    headers = {f"x {'n' * 120} {number}": "value" for number in range(3000)}
    limits = {"payload_bytes": 1 << 24, "nodes": 1 << 20, "violations": 1 << 20, "headers": 1 << 20}
    with pytest.raises(ProfileError) as caught:
        Profile.parse(
            {"title": "many", "http_method": "GET", "url": "https://e.com/", "headers": headers},
            limits=limits,
        )
    error = caught.value
    assert len(error.violations) >= 3000
    assert len(error.envelope.to_json()) > Limits().payload_bytes
    with pytest.raises(ProfileError):
        Envelope.parse(error.envelope.to_json())
    again = pickle.loads(pickle.dumps(error))
    assert again.violations == error.violations
    assert again.envelope.to_json() == error.envelope.to_json()


def test_a_panic_becomes_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        _native._testing_panic()
    except Exception as error:
        assert type(error) is CallbackProfileError
        assert error.code == "internal"
    else:
        pytest.fail("no exception")
    # Where, and nothing else: the panic's message could quote an input.
    reported = capfd.readouterr().err
    assert re.fullmatch(r"callback_profile: a defect was stopped at testing\.rs:\d+\n", reported), reported
