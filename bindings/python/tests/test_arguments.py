"""A text that UTF-8 cannot encode, as every argument: refused by the argument's name, and the text shows nowhere."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from callback_profile import (
    ArgumentError,
    Cipher,
    Envelope,
    KeyRing,
    Profile,
    Signer,
    StoredProfile,
    Verifier,
    address_verdict,
    hazmat,
    keygen,
    keygen_sealed,
    keygen_signing,
    parse_request,
)
from support import COUNTS, IV, KEY, RECORD, payload, profile

BAD = "SecretValue\ud800"
"""Python's own error for it, UnicodeEncodeError, carries the whole text."""

WHOLE = profile()
STORED = StoredProfile.parse(payload())
BODY = WHOLE.callback(RECORD).body
PARSING: dict[str, Any] = {
    "policy": "strict",
    "limits": None,
    "encoding": "base64",
    "tag": "appended",
    "reading": "tolerant",
    "refuse_sealed": False,
    "refuse_v1": False,
    "signed": False,
}
OPENING = {"content_type": "application/json", "structures": ["to"], "absent": ["to"], "expected": None}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# As a tuple, so that no bad text is put into it: what a stranger sent is no mistake of the caller.
RECEIVED = {"headers": (("x-key-id", "a"),), "body": BODY}
RECEIVING = {"verifier": Verifier(SECRET), "target": "", "now": 0, "tolerance": 300}
SEALING = {
    "random": None,
    "issued_at": None,
    "id": "a",
    "profile_id": "a",
    "bare_token": False,
    "default": None,
}
BATCH_SEALING = {name: SEALING[name] for name in ("issued_at", "profile_id", "bare_token", "default")}
DIAGNOSING = {"expect": "x", "also": WHOLE, "parameter": "to"}
WIRE = {"encoding": "base64", "tag": "appended", "reading": "tolerant"}
HEADERS = {"api-key": "A", "content-type": "application/json"}
TEXT = json.dumps(payload())
ANSWER = Envelope.not_found("x").to_json()
SEALED = Cipher("AES-128-GCM", KEY, IV).encrypt("x")

CALLS: list[tuple[Callable[..., object], dict[str, Any]]] = [
    (Profile.parse, {"payload": TEXT, **PARSING}),
    (Profile.check, {"payload": TEXT, **PARSING}),
    (StoredProfile.parse, {"stored": TEXT, **PARSING}),
    (parse_request, {"sid": "HX", "headers": HEADERS, "payload": TEXT, **PARSING}),
    (WHOLE.patch, {"patch": TEXT}),
    (
        WHOLE.message,
        {"record": "{}", "missing": "empty", "pairs": False, "surrogates": "refuse", "default": None},
    ),
    (
        WHOLE.callback,
        {"record": "{}", "missing": "empty", "boundary": "b", "surrogates": "refuse", **SEALING},
    ),
    (
        WHOLE.callbacks,
        {
            "records": ["{}"],
            "missing": "empty",
            "boundary": "b",
            "surrogates": "refuse",
            **BATCH_SEALING,
            "threads": 1,
        },
    ),
    (
        WHOLE.callback_bodies,
        {
            "records": ["{}"],
            "missing": "empty",
            "boundary": "b",
            "surrogates": "refuse",
            **BATCH_SEALING,
            "threads": 1,
        },
    ),
    (WHOLE.to_json, {"secrets": "masked"}),
    (STORED.to_json, {"secrets": "masked"}),
    (STORED.to_dict, {"secrets": "masked"}),
    (WHOLE.to_dict, {"secrets": "masked"}),
    (WHOLE.open, {"body": BODY, **OPENING}),
    (WHOLE.open_json, {"body": BODY, **OPENING}),
    (WHOLE.open_details, {"body": BODY, **OPENING, "partial": False}),
    (WHOLE.open_many, {"bodies": [BODY], **OPENING, "threads": 1}),
    (WHOLE.open_json_many, {"bodies": [BODY], **OPENING, "threads": 1}),
    (WHOLE.open_iter, {"bodies": [BODY], "chunk": 1, **OPENING, "threads": 1}),
    (
        WHOLE.diagnose,
        {
            "texts": [SEALED],
            **DIAGNOSING,
            "body": BODY,
            "content_type": "text/plain",
            "show": False,
            "sealed": None,
        },
    ),
    (WHOLE.receive, {**RECEIVED, **RECEIVING, **OPENING}),
    (KeyRing.by_header("x").receive, {**RECEIVED, **RECEIVING, **OPENING}),
    (KeyRing.by_header("x").open, {**RECEIVED, "target": "", **OPENING}),
    (KeyRing.by_header, {"name": "x", "try_in_turn": False, "refuse_v1": False}),
    (KeyRing.by_query, {"name": "x", "try_in_turn": False, "refuse_v1": False}),
    (KeyRing.by_header("x").add, {"id": "a", "profile": WHOLE}),
    (KeyRing.by_header("x").remove, {"id": "a"}),
    (Signer, {"secrets": [SECRET]}),
    (Signer(SECRET).sign, {"body": "{}", "id": "a", "timestamp": 0}),
    (
        Signer(SECRET).sign_callback,
        {"callback": WHOLE.callback({}), "id": "a", "timestamp": 0, "uncovered": False},
    ),
    (Verifier, {"secrets": [SECRET]}),
    (Verifier(SECRET).verify, {**RECEIVED, "now": 0, "tolerance": 300}),
    (keygen, {"algorithm": "AES-128-GCM", "random": None}),
    (keygen_sealed, {"kid": "a", "random": None}),
    (keygen_signing, {"random": None}),
    (Cipher, {"algorithm": "AES-128-GCM", "key": KEY, "iv": IV, **WIRE}),
    (Cipher("AES-128-GCM", KEY, IV).encrypt, {"plaintext": "x"}),
    (Cipher("AES-128-GCM", KEY, IV).decrypt, {"text": SEALED}),
    (Cipher("AES-128-GCM", KEY, IV).decrypt_text, {"text": SEALED}),
    (Envelope.created, {"profile": WHOLE, "profile_id": "x", "secrets": "masked"}),
    (Envelope.updated, {"profile": WHOLE, "profile_id": "x", "secrets": "masked"}),
    (Envelope.fetched, {"stored": STORED, "secrets": "masked"}),
    (Envelope.deleted, {"profile_id": "x"}),
    (Envelope.not_found, {"profile_id": "x"}),
    (Envelope.parse, {"envelope": ANSWER}),
    (address_verdict, {"ip": "::1"}),
    (hazmat.gcm_seal, {"key": KEY, "iv": IV, "associated_data": "", "plaintext": ""}),
    (hazmat.gcm_open, {"key": KEY, "iv": IV, "associated_data": "", "sealed": ""}),
    (hazmat.cfb_encrypt, {"key": KEY, "iv": IV, "plaintext": ""}),
    (hazmat.cfb_decrypt, {"key": KEY, "iv": IV, "ciphertext": ""}),
]


def spoilt(value: object) -> Iterator[object]:
    """The argument with a bad text in it, wherever it has a text."""
    if isinstance(value, str):
        yield BAD
    elif isinstance(value, list):
        yield [BAD]
    elif isinstance(value, dict):
        yield {BAD: "x"}
        yield {"x": BAD}
        yield [("x", BAD)]


def failure(call: Callable[..., object], arguments: dict[str, Any]) -> BaseException:
    try:
        made = call(**arguments)
    except Exception as error:
        return error
    assert isinstance(made, list) or call == WHOLE.open_iter, call
    items: list[object] = list(made)  # type: ignore[call-overload]
    assert len(items) == 1 and isinstance(items[0], Exception)
    return items[0]


def test_a_text_that_utf8_cannot_encode_is_refused_by_the_arguments_name() -> None:
    ran = 0
    for call, arguments in CALLS:
        assert list(inspect.signature(call).parameters) == list(arguments), "every argument is in the table"
        for name, value in arguments.items():
            for bad in spoilt(value):
                error = failure(call, {**arguments, name: bad})
                about = f"{call} {name}: {error!r}"
                assert type(error) is ArgumentError and error.code == "invalid_argument", about
                said = {"records": "record", "bodies": "body"}.get(name, name)
                assert str(error).startswith((f"{said} ", f"{said}: ")), about
                assert str(error).endswith("holds a lone surrogate, which UTF-8 cannot encode"), about
                assert error.__cause__ is None and error.__context__ is None, about
                assert "SecretValue" not in repr(vars(error)) + repr(error.args), about
                ran += 1
    COUNTS.append(f"count str_arguments python ran={ran} refused={ran} failed=0")
    assert ran == 136


def test_an_argument_of_a_wrong_type_is_a_type_error_that_names_it() -> None:
    """In the error's own text: notes of an exception are not in str(), and Python 3.10 has none."""
    wrong: Any = object()
    ran = 0
    for call, arguments in CALLS:
        for name in arguments:
            error = failure(call, {**arguments, name: wrong})
            about = f"{call} {name}: {error!r}"
            assert type(error) is TypeError, about
            assert re.match(rf"{name} must be .+, not object$", str(error)), about
            ran += 1
    COUNTS.append(f"count argument_types python ran={ran} refused={ran} failed=0")
    assert ran == 208
