"""Why a text does not open: the published texts, the shape of the answer, what it never shows, and the arguments."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
import time
import typing
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from callback_profile import ArgumentError, Cipher, Profile, catalogue, hazmat, types
from support import COUNTS, IV, KEY, payload, profile, shared

NOT_WITHOUT_THE_VALUE = {"cfb-iv-random-not-sent-long", "cfb-is-192", "pt-latin1-cfb"}
NOT_AT_ALL = {"cfb-is-192"}
"""Texts whose cause cannot be told; tests/diagnosis/texts.rs says why."""

ANY: Any = Profile  # for calls that a type checker would refuse

BARE = {
    "title": "diagnosis",
    "http_method": "POST",
    "url": "https://example.com/",
    "body": {"to": "<to>"},
}
"""The payload of a case that has `enc` alone."""

OTHER = profile(enc={"algo": "AES-128-GCM", "key": "OTHERKEYCANARY00", "IV": "OTHERIVCANARY000"})
TEXT = "QPVsjp1IZmbfEkloi3T+9gL8sDxcGK2790HNkj8="
"""+919876543210, with the tag before the ciphertext."""


def of_enc(enc: dict[str, str]) -> Profile:
    return profile(body={"to": "<to>"}, enc=enc)


def published() -> Iterator[tuple[dict[str, Any], Profile, str | None]]:
    """Each published text with its profile, without and with the expected value."""
    for case in shared("vectors/diagnosis"):
        for expected in (None, case["value"]):
            yield case, of_enc(case["enc"]), expected


def test_published_texts_have_one_of_their_causes_first() -> None:
    ran = 0
    failed: list[str] = []
    for case, whole, expected in published():
        first = whole.diagnose(case["text"], expect=expected)["findings"][0]
        exceptions = NOT_WITHOUT_THE_VALUE if expected is None else NOT_AT_ALL
        if (first["cause"] in case["causes"]) == (case["id"] in exceptions):
            failed.append(f"{case['id']} {first}")
        ran += 1
    COUNTS.append(f"count diagnosis-published python ran={ran} refused=0 failed={len(failed)}")
    assert (failed, ran) == ([], 266)


def test_our_own_texts_have_one_of_their_causes_first() -> None:
    ran = 0
    failed: list[str] = []
    for case in shared("diagnosis"):
        found = answer_to(case)["findings"][0]
        is_right = found["cause"] in case["causes"] and all(
            dict(found)[name] == case[name] for name in ("grade", "settings") if name in case
        )
        ran += 1
        if not is_right:
            failed.append(f"{case['name']} {found}")
    COUNTS.append(f"count diagnosis python ran={ran} refused=0 failed={len(failed)}")
    assert not failed, "\n".join(failed)
    assert ran >= 3079


def answer_to(case: dict[str, Any]) -> types.Diagnosis:
    members = case.get("payload") or {**BARE, "enc": case["enc"]}
    wire = {name: case[name] for name in ("encoding", "tag", "reading") if name in case}
    also = [Profile.parse({**BARE, "enc": enc}) for enc in case.get("also", [])]
    options = {name: case[name] for name in ("parameter", "body", "content_type") if name in case}
    return Profile.parse(members, **wire).diagnose(
        case.get("texts"), expect=case.get("expected"), also=also, **options
    )


def test_the_answer_is_that_of_the_command(tmp_path: Path) -> None:
    """The command prints the core's JSON text."""
    ran = 0
    for case in shared("vectors/diagnosis")[::4]:
        enc = {**BARE, "enc": case["enc"]}
        (tmp_path / "profile.json").write_text(json.dumps(enc), encoding="utf-8")
        arguments = ["--json", "--expect", case["value"], str(tmp_path / "profile.json"), "--", case["text"]]
        command = [sys.executable, "-m", "callback_profile", "diagnose", *arguments]
        printed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        answer = Profile.parse(enc).diagnose(case["text"], expect=case["value"])
        assert json.loads(printed.stdout) == answer, (case["id"], printed.stderr)
        assert list(json.loads(printed.stdout)["findings"][0]) == list(answer["findings"][0])
        ran += 1
    assert ran == 34


def is_of(value: object, annotation: Any) -> bool:
    """Whether a plain value is what the annotation says."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if typing.is_typeddict(annotation):
        hints = typing.get_type_hints(annotation)
        return (
            type(value) is dict
            and annotation.__required_keys__ <= value.keys() <= hints.keys()
            and all(is_of(member, hints[name]) for name, member in value.items())
        )
    if origin is list:
        return type(value) is list and all(is_of(item, arguments[0]) for item in value)
    if origin is typing.Literal:
        return value in arguments
    if arguments:
        return any(is_of(value, argument) for argument in arguments)
    return type(value) is annotation


def test_every_answer_is_of_its_type() -> None:
    seen: set[str] = set()
    grades: set[str] = set()
    settings: set[str] = set()
    for case, whole, expected in published():
        diagnosis = whole.diagnose(case["text"], expect=expected, show=True)
        assert is_of(diagnosis, types.Diagnosis), diagnosis
        assert list(diagnosis) == ["findings", "excluded", "examined_bytes"]
        for finding in diagnosis["findings"]:
            seen.add(finding["cause"])
            grades.add(finding["grade"])
            settings |= (finding["settings"] or {}).keys()
    assert grades == set(typing.get_args(types.GradeName))
    assert len(seen) >= 35 and settings >= {"encoding", "tag", "algo", "key", "IV"}
    diagnosis = profile().diagnose(TEXT)
    broken: list[Any] = [{"findings": []}, {**diagnosis, "excluded": ["no_cause"]}, {**diagnosis, "more": 1}]
    assert not any(is_of(value, types.Diagnosis) for value in broken), "the check can fail"


def test_causes_are_those_of_the_catalogue() -> None:
    rows = {row["name"]: row for row in catalogue()["causes"]}
    assert list(typing.get_args(types.CauseName)) == list(rows)
    for case, whole, _ in published():
        for finding in whole.diagnose(case["text"])["findings"]:
            row = rows[finding["cause"]]
            assert (finding["at_sender"], finding["at_receiver"]) == (row["at_sender"], row["at_receiver"])


def test_several_texts_expected_values_and_further_profiles() -> None:
    whole = of_enc({"algo": "AES-128-CFB", "key": KEY, "IV": IV})
    cipher = Cipher("AES-128-CFB", KEY, IV)
    four = [cipher.encrypt(value) for value in ("+91987", "READ", "42 EUR", "Berlin")]
    assert whole.diagnose(four[0])["findings"][0]["grade"] == "none"
    for texts in (four, tuple(four), iter(four)):
        diagnosis = whole.diagnose(texts)
        assert (diagnosis["findings"][0]["grade"], diagnosis["examined_bytes"]) == ("likely", 22)
    cfb8 = "hI0izbdzQmxjgF/+gQ=="
    for expected in ("+919876543210", ["x", "+919876543210"], iter(["+919876543210"])):
        finding = whole.diagnose(cfb8, expect=expected)["findings"][0]
        assert (finding["cause"], finding["grade"], finding["chance"]) == ("cfb8", "proved", None)

    gcm = of_enc({"algo": "AES-128-GCM", "key": KEY, "IV": IV})
    [sealed] = [Cipher("AES-128-GCM", "OTHERKEYCANARY00", "OTHERIVCANARY000").encrypt("+919876543210")]
    assert gcm.diagnose(sealed)["findings"][0]["cause"] == "unknown"
    for also, index in ((OTHER, 0), ([whole, OTHER], 1), (iter([OTHER]), 0)):
        finding = gcm.diagnose(sealed, also=also)["findings"][0]
        assert (finding["cause"], finding["grade"]) == ("other_key", "proved")
        assert finding["settings"] is not None and finding["settings"].get("profile") == index
    assert gcm.diagnose([])["findings"][0]["cause"] == "unknown"


def test_the_value_is_shown_only_where_it_is_asked_for() -> None:
    whole = of_enc({"algo": "AES-128-GCM", "key": KEY, "IV": IV})
    assert "value" not in whole.diagnose(TEXT)["findings"][0]
    assert whole.diagnose(TEXT, show=True)["findings"][0].get("value") == "+919876543210"


def test_the_parameters_name_may_be_what_the_tag_covers() -> None:
    whole = of_enc({"algo": "AES-128-GCM", "key": KEY, "IV": IV})
    text = base64.b64encode(hazmat.gcm_seal(KEY, IV, "to", "+919876543210")).decode()
    finding = whole.diagnose(text, parameter="to")["findings"][0]
    assert (finding["cause"], finding["grade"]) == ("tag_wrong", "proved")


def test_whole_bodies() -> None:
    whole = profile(
        body={"to": "<to>", "status": "<status>"}, enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV}
    )
    body = whole.callback({"to": "+919876543210", "status": "READ"}).body or ""
    members = json.loads(body)
    forms: list[tuple[str | bytes | bytearray, str]] = [
        (body, "opens"),
        (body.encode(), "opens"),
        (bytearray(body.encode()), "opens"),
        (b"\xef\xbb\xbf" + body.encode(), "body_form"),
        (json.dumps(body), "body_form"),
        (json.dumps({"to": members["to"]}), "parameter_missing"),
        (json.dumps({"To": members["to"], "status": members["status"]}), "parameter_renamed"),
        (b"\xff\xfe", "body_form"),
    ]
    for received, cause in forms:
        assert whole.diagnose(body=received)["findings"][0]["cause"] == cause, received
    finding = whole.diagnose(body=body, content_type="text/plain")["findings"][0]
    assert finding["cause"] != "unknown"


def test_no_secret_is_in_any_answer() -> None:
    ran = 0
    for case, whole, expected in published():
        shown = repr(whole.diagnose(case["text"], expect=expected, also=OTHER))
        secrets = [case["enc"]["key"], case["enc"]["IV"], "CANARY"]
        for secret in [*secrets, case["value"]]:
            assert len(secret) <= 4 or secret not in shown, f"{case['id']}: {shown}"
        ran += 1
    assert ran == 266


def test_a_name_that_a_stranger_chose_is_escaped() -> None:
    hostile = ["a\nCRITICAL forged", "a\r\nb", "\x1b[2J", "a\0b", "\u202eevil\u202c", "a\u2028b", "\u200b"]
    for name in hostile:
        whole = profile(body={name: "<x>", "y": "<y>"}, enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV})
        body = whole.callback({"x": "+919876543210", "y": "READ"}).body or ""
        members = json.loads(body)
        bodies = [
            body,
            json.dumps({"y": members["y"]}),
            json.dumps({name: members["y"][:-4] + "AAA=", "y": members["y"]}),
            json.dumps({name: 1, "y": members["y"]}),
            json.dumps({name: members}),
            json.dumps({"y": members["y"], name.upper(): members[name]}),
            json.dumps({name: "x"}),
        ]
        answers = [whole.diagnose(body=received) for received in bodies]
        answers += [
            whole.diagnose(TEXT, parameter=name),
            whole.diagnose(name),
            whole.diagnose(TEXT, expect=name),
        ]
        answers += [whole.diagnose(body=body, content_type=name)]
        for answer in answers:
            for finding in answer["findings"]:
                said = [finding["detail"], *map(str, (finding["settings"] or {}).values())]
                raw = [
                    c for text in said for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")
                ]
                assert not raw, f"{raw} in {finding}"


def test_misuse_names_the_argument_and_never_the_text() -> None:
    whole = profile()
    secret = "SecretValue"
    wrong: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (
            TypeError,
            "texts must be str or an iterable of str, not bytes",
            lambda: ANY.diagnose(whole, b"SecretValue"),
        ),
        (TypeError, "texts must be str or an iterable of str, not int", lambda: ANY.diagnose(whole, 1)),
        (
            TypeError,
            "texts must be str or an iterable of str, not dict",
            lambda: ANY.diagnose(whole, {secret: 1}),
        ),
        (
            TypeError,
            "texts: an item must be str, not bytes",
            lambda: ANY.diagnose(whole, [secret, b"SecretValue"]),
        ),
        (
            TypeError,
            "expect must be str or an iterable of str, not float",
            lambda: ANY.diagnose(whole, "A", expect=0.5),
        ),
        (
            TypeError,
            "expect: an item must be str, not NoneType",
            lambda: ANY.diagnose(whole, "A", expect=[None]),
        ),
        (
            TypeError,
            "also must be Profile or an iterable of Profile, not str",
            lambda: ANY.diagnose(whole, "A", also=secret),
        ),
        (
            TypeError,
            "also must be Profile or an iterable of Profile, not dict",
            lambda: ANY.diagnose(whole, "A", also=payload()),
        ),
        (
            TypeError,
            "also: an item must be Profile, not dict",
            lambda: ANY.diagnose(whole, "A", also=[payload()]),
        ),
        (TypeError, "body must be str or bytes, not dict", lambda: ANY.diagnose(whole, body={"to": secret})),
        (TypeError, "parameter", lambda: ANY.diagnose(whole, "A", parameter=1)),
        (TypeError, "content_type", lambda: ANY.diagnose(whole, body="A", content_type=1)),
        (TypeError, "show", lambda: ANY.diagnose(whole, "A", show=secret)),
        (TypeError, "positional", lambda: ANY.diagnose(whole, "A", secret)),
        (TypeError, "nonsense", lambda: ANY.diagnose(whole, "A", nonsense=secret)),
        (ArgumentError, "texts or body must be given", lambda: whole.diagnose()),
        (ArgumentError, "texts or body must be given", lambda: whole.diagnose(None, expect=secret)),
        (ArgumentError, "texts must not be given beside body", lambda: whole.diagnose(secret, body=secret)),
        (ArgumentError, "texts holds a lone surrogate", lambda: whole.diagnose(secret + "\ud800")),
        (
            ArgumentError,
            "expect holds a lone surrogate",
            lambda: whole.diagnose("A", expect=[secret + "\ud800"]),
        ),
        (ArgumentError, "body holds a lone surrogate", lambda: whole.diagnose(body=secret + "\ud800")),
    ]
    for error, words, call in wrong:
        with pytest.raises(error, match=words) as caught:
            call()
        assert type(caught.value) is error
        chain: BaseException | None = caught.value
        while chain is not None:
            assert "Secret" not in repr(chain) and KEY not in repr(chain), repr(chain)
            chain = chain.__cause__ or chain.__context__

    class Failing:
        def __iter__(self) -> Iterator[str]:
            yield "A"
            raise KeyError("of the caller")

    with pytest.raises(KeyError):
        whole.diagnose(Failing())
    plain = profile(enc=None)
    assert plain.diagnose("A")["findings"][0]["detail"] == "The profile encrypts nothing."


def test_other_threads_run_meanwhile() -> None:
    whole = of_enc({"algo": "AES-128-CFB", "key": KEY, "IV": IV})
    texts = [Cipher("AES-256-CFB", "x" * 32, IV).encrypt("x" * 2000)] * 16
    done = threading.Event()

    def work() -> None:
        for _ in range(3):
            whole.diagnose(texts)
        done.set()

    thread = threading.Thread(target=work)
    ticks, started = 0, time.monotonic()
    thread.start()
    while not done.is_set():
        time.sleep(0.0005)
        ticks += 1
    thread.join()
    # With the GIL held, this thread would wake up between the calls only.
    assert ticks >= 10, f"{ticks} in {time.monotonic() - started} s"
