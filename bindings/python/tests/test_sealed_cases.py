"""The shared cases of testdata/sealed.json and testdata/signature.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from callback_profile import (
    ArgumentError,
    CallbackProfileError,
    DecryptionError,
    Expected,
    OpenedDetails,
    Profile,
    SignatureError,
    Signer,
    Verified,
    Verifier,
)
from support import shared
from test_cases import Case, opening, result_of, run, settings


def refused_or(
    case: Case,
    error_class: type[DecryptionError | SignatureError],
    make: Callable[[], Any],
    done: Callable[[Any], None],
) -> None:
    """Compares an error's class and code with the case; `done` compares the value of a success."""
    try:
        value = make()
    except CallbackProfileError as error:
        assert (type(error), error.code) == (error_class, case.get("error"))
    else:
        assert "error" not in case, "no error"
        done(value)


def expected_of(members: Case) -> Expected:
    """`not_checked` in place of a tolerance is the decision that any age will do."""
    names = ("method", "url", "profile_id", "now")
    tolerance = None if members.get("not_checked") else members["tolerance"]
    return Expected(tolerance=tolerance, **{name: members[name] for name in names})


def seals(case: Case) -> None:
    """A callback is made anew to the byte. The claims are what the token holds, so it is opened as well."""
    whole = Profile.parse(case["profile"])
    given = {"random": bytes.fromhex(case["random"]), "bare_token": case.get("bare", False)}
    callback = whole.callback(
        case["record"], **given, **settings(case, "issued_at", "id", "profile_id", "boundary")
    )
    made = {"method": callback.method, "url": callback.url, "body": callback.body}
    assert {**made, "headers": [list(pair) for pair in callback.headers.items()]} == case["callback"]
    assert (callback.id, callback.issued_at, callback.is_sealed) == (case["id"], case["issued_at"], True)
    expected = Expected(
        tolerance=0,
        method=callback.method,
        url=callback.url,
        profile_id=case.get("profile_id"),
        now=case["issued_at"],
    )
    received = callback.url if callback.body is None else callback.body
    content_type = callback.headers.get("content-type") or callback.headers.get("Content-Type")
    if case.get("bare"):
        content_type = "application/jose"
    how: Any = {"content_type": content_type, "structures": True, "absent": True}
    opened = whole.open_json(received, expected=expected, **how)
    assert json.loads(opened) == json.loads(case["claims"])["params"]


def opens(case: Case) -> None:
    whole = Profile.parse(case["profile"])
    expected = expected_of(case["expected"])
    how = {**settings(case, "content_type"), **opening(case.get("options") or {}), "expected": expected}
    received = case["received"]

    def done(opened: str) -> None:
        assert opened == case["values"]

    def done_as_dict(opened: Case) -> None:
        assert opened == json.loads(case["values"])

    def done_in_detail(details: OpenedDetails) -> None:
        done_as_dict(details.values)
        assert details.sealed is not None and whole.kid == details.sealed.kid
        assert details.sealed.id == case["id"] and details.sealed.issued_at == case["issued_at"]
        assert list(details.unknown) == case.get("unknown", list(details.unknown))

    for call, check in (
        (whole.open_json, done),
        (whole.open, done_as_dict),
        (whole.open_details, done_in_detail),
        (lambda body, **options: result_of(whole.open_many([body], **options)), done_as_dict),
    ):
        refused_or(case, DecryptionError, lambda call=call: call(received, **how), check)  # type: ignore[misc]


def test_sealed() -> None:
    file = shared("sealed")
    run("sealed-seal", 123, file["seal"], seals)
    run("sealed-open", 505, file["open"], opens)


def signs(case: Case) -> None:
    signer = Signer(case["secrets"])
    headers = signer.sign(case["body"], id=case["id"], timestamp=case["timestamp"])
    assert headers == case["headers"]


def verifies(case: Case) -> None:
    def done(verified: Verified) -> None:
        assert {"id": verified.id, "timestamp": verified.timestamp} == case["verified"]

    verifier = Verifier(case["secrets"])
    headers = [(name, value) for name, value in case["headers"]]
    for body in (case["body"], case["body"].encode()):

        def verify(body: Any = body) -> Verified:
            return verifier.verify(headers, body, now=case["now"], tolerance=case["tolerance"])

        refused_or(case, SignatureError, verify, done)


def is_secret(case: Case) -> None:
    for cls in (Signer, Verifier):
        try:
            cls(case["text"])
        except ArgumentError as error:
            assert not case["valid"] and error.code == "invalid_key"
        else:
            assert case["valid"]


def test_signature() -> None:
    file = shared("signature")
    run("signature-sign", 20, file["sign"], signs)
    run("signature-verify", 129, file["verify"], verifies)
    run("signature-secrets", 34, file["secrets"], is_secret)
