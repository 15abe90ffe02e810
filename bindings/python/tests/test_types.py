"""Arguments in every form, of wrong types and with values that make no sense."""

from __future__ import annotations

import ast
import json
import typing
from collections import Counter, OrderedDict, UserDict, defaultdict
from collections.abc import Callable
from dataclasses import fields
from enum import Enum, IntEnum
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any

import callback_profile
import pytest
from callback_profile import (
    ArgumentError,
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
    catalogue,
    hazmat,
    parse_request,
    types,
)
from support import IV, KEY, RECORD, payload, profile

ANY: Any = callback_profile  # the same module, for calls that a type checker would refuse


def test_every_public_name_is_there_and_documented() -> None:
    for name in callback_profile.__all__:
        value = getattr(callback_profile, name)
        assert name == "__version__" or value.__doc__, name
    for cls in (Profile, StoredProfile, Cipher, Envelope, _native.Callback, _native.Message):
        assert cls.__module__ == "callback_profile"
        for name in dir(cls):
            if not name.startswith("_"):
                assert getattr(cls, name).__doc__, f"{cls.__name__}.{name}"
    assert callback_profile.__version__ == _native.__version__


def test_the_stubs_have_the_docstrings_of_the_module() -> None:
    """Editors show the stubs' docstrings, help() the module's. `scripts/stubs` copies the module's."""

    def words(text: str | None) -> list[str]:
        return (text or "").split()

    compared = 0
    stubs = Path(_native.__file__ or "").with_name("_native.pyi").read_text(encoding="utf-8")
    for node in ast.parse(stubs).body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        value = getattr(_native, node.name)
        members = node.body if isinstance(node, ast.ClassDef) else []
        documented = [(node, value)] + [
            (member, getattr(value, member.name))
            for member in members
            if isinstance(member, ast.FunctionDef) and not member.name.startswith("__")
        ]
        for stub, there in documented:
            written = words(ast.get_docstring(stub))
            assert written and written == words(there.__doc__), stub.name
            compared += 1
    assert compared >= 70


def test_names_are_those_of_the_core() -> None:
    codes = catalogue()
    assert list(typing.get_args(types.ErrorCode)) == [row["name"] for row in codes["errors"]]
    assert list(typing.get_args(types.AdvisoryCode)) == [row["name"] for row in codes["advisories"]]
    assert list(typing.get_args(types.AddressVerdictName)) == [r["name"] for r in codes["address_verdicts"]]
    assert {field.name: field.default for field in fields(Limits)} == _native._default_limits()
    whole = profile()
    options: list[tuple[Any, Callable[[str], object]]] = [
        (types.PolicyName, lambda name: ANY.Profile.parse({}, policy=name)),
        (types.EncodingName, lambda name: ANY.Profile.parse({}, encoding=name)),
        (types.TagName, lambda name: ANY.Profile.parse({}, tag=name)),
        (types.ReadingName, lambda name: ANY.Profile.parse({}, reading=name)),
        (types.MissingName, lambda name: ANY.Profile.callback(whole, {}, missing=name)),
        (types.SurrogatesName, lambda name: ANY.Profile.callback(whole, {}, surrogates=name)),
        (types.SecretsName, lambda name: ANY.Profile.to_json(whole, secrets=name)),
        (types.AlgorithmName, lambda name: ANY.Cipher(name, KEY, IV)),
    ]
    for names, call in options:
        with pytest.raises(ArgumentError) as caught:
            call("none of them")
        *others, last = typing.get_args(names)
        assert str(caught.value).endswith(f"must be {', '.join(others)} or {last}"), (
            "the error lists every name"
        )


def test_text_comes_in_every_form() -> None:
    members = payload()
    text = json.dumps(members)
    forms: list[Any] = [
        members,
        OrderedDict(members),
        MappingProxyType(members),
        UserDict(members),
        text,
        text.encode(),
        bytearray(text.encode()),
        memoryview(text.encode()),
        memoryview(text.encode() * 2)[: len(text)],
    ]
    expected = Profile.parse(text)
    for form in forms:
        made = Profile.parse(form)
        assert made.to_json(secrets="shown") == expected.to_json(secrets="shown")
        assert StoredProfile.parse(form).profile.title == made.title
        assert parse_request("HX0", [("api-key", "A"), ("content-type", "application/json")], form).url
    record = json.dumps(RECORD)
    for form in (RECORD, UserDict(RECORD), record, record.encode(), memoryview(record.encode())):
        assert str(expected.message(form)) == "Thank you, John"
        assert expected.callback(form) == expected.callback(RECORD)
    body = expected.callback(RECORD).body
    assert body is not None
    for form in (body, body.encode(), bytearray(body.encode()), json.loads(body)):
        assert expected.open(form) == {"status": "DELIVERED", "to": "+919876543210"}
    cipher = Cipher("AES-128-CFB", KEY, IV)
    for value in ("é", "é".encode(), bytearray("é".encode()), memoryview("é".encode())):
        assert cipher.decrypt_text(cipher.encrypt(value)) == "é"


def test_a_dict_is_written_exactly() -> None:
    class Colour(str, Enum):
        RED = "red"

    class Number(IntEnum):
        ONE = 1

        def __repr__(self) -> str:
            return "not a number"

    whole = profile(enc=None, body={"v": "<v>"}, url="https://example.com/")
    for value, written in [
        ('a"\\\b\f\n\r\t\x00\x1f\x7fé€😀/', '"a\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7fé€😀/"'),
        ("x" * 31 + '"' + "y" * 64 + "\\", '"' + "x" * 31 + '\\"' + "y" * 64 + '\\\\"'),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-1, "-1"),
        (2**63 - 1, "9223372036854775807"),
        (-(2**63), "-9223372036854775808"),
        (2**64, "18446744073709551616"),
        (10**300, "1" + "0" * 300),
        (Number.ONE, "1"),
        (Colour.RED, '"red"'),
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1e16, "1e+16"),
        (5e-324, "5e-324"),
        (-0.0, "-0.0"),
        ([], "[]"),
        ({}, "{}"),
        ((1, [2, {"a": None}]), '[1,[2,{"a":null}]]'),
        (MappingProxyType({"a": 1}), '{"a":1}'),
    ]:
        assert whole.callback({"v": value}).body == f'{{"v":{written}}}'
    assert whole.callback({"v": None}).missing == ("v",)


def test_what_json_cannot_express_is_refused() -> None:
    whole = profile()
    circle: list[Any] = []
    circle.append(circle)
    ring: dict[str, Any] = {}
    ring["ring"] = ring
    deep: Any = 1
    for _ in range(127):
        deep = [deep]
    for value, error, words in [
        (float("nan"), ArgumentError, "/v is not a finite number"),
        ([0, float("inf")], ArgumentError, "/v/1 is not a finite number"),
        ({1: 2}, TypeError, "/v has a key that is not str but int"),
        ({"a": {1, 2}}, TypeError, "/v/a is of type set"),
        (b"bytes", TypeError, "/v is of type bytes"),
        (object(), TypeError, "/v is of type object"),
        ("\ud800", ArgumentError, "/v holds a lone surrogate"),
        ({"\ud800": 1}, ArgumentError, "/v holds a lone surrogate"),
        (10**5000, ArgumentError, "/v is too large a number"),
        (circle, ArgumentError, "holds itself"),
        (ring, ArgumentError, "holds itself"),
        ([deep], ArgumentError, "nested too deeply"),
    ]:
        for call in (
            whole.message,
            whole.callback,
            Profile.parse,
            Profile.check,
            whole.patch,
            whole.open,
            Envelope.parse,
        ):
            with pytest.raises(error) as caught:
                call({"v": value})
            assert words in str(caught.value), str(caught.value)
    with pytest.raises(TypeError, match="record has a key that is not str but int"):
        whole.message({1: 2})  # type: ignore[dict-item]
    with pytest.raises(ReplacerError, match="nested deeper than 32"):
        whole.message({"v": deep})
    with pytest.raises(ReplacerError, match="number out of range"):
        whole.message({"v": 10**310})


def test_lone_surrogates_are_refused_or_replaced() -> None:
    plain = profile(enc=None, body={"v": "<v>"}, url="https://example.com/")
    records: list[tuple[Any, str]] = [
        ({"v": "cut \ud83d"}, "cut \ufffd"),
        ({"v": "\udc00\ud800 x"}, "\ufffd\ufffd x"),
        ({"v": "\ud83d\ude00 two halves"}, "😀 two halves"),
        ('{"v": "cut \\ud83d"}', "cut \ufffd"),
        ('{"v": "cut \ud83d"}', "cut \ufffd"),
        (b'{"v": "cut \\ud83d"}', "cut \ufffd"),
    ]
    for record, read in records:
        expected = json.dumps({"v": read}, ensure_ascii=False, separators=(",", ":"))
        assert plain.callback(record, surrogates="replace").body == expected
        [made] = plain.callbacks([record], surrogates="replace")
        assert made == plain.callback(record, surrogates="replace")
        if "halves" in read:
            continue
        for how in ({}, {"surrogates": "refuse"}):
            with pytest.raises((ArgumentError, ReplacerError)):
                plain.callback(record, **how)  # type: ignore[arg-type]
            [error] = plain.callbacks([record], **how)  # type: ignore[arg-type]
            assert isinstance(error, ArgumentError | ReplacerError)
    greeting = profile(response_message="Hello <v>")
    assert str(greeting.message({"v": "\ud83d"}, surrogates="replace")) == "Hello \ufffd"
    alike = dict.fromkeys(map(chr, (0xD800, 0xD801)))
    with pytest.raises(ReplacerError, match="duplicate"):
        plain.callback(alike, surrogates="replace")


def test_a_huge_dict_costs_no_more_than_the_limit() -> None:
    node: Any = ["x" * 100] * 100
    for _ in range(20):  # 100^20 strings, were it written out
        node = [node] * 100
    with pytest.raises(ProfileError) as refused:
        Profile.parse({"title": node})
    assert "longer than 262144 bytes" in str(refused.value)
    with pytest.raises(ReplacerError) as failed:
        profile().callback({"v": node})
    assert failed.value.code == "invalid_json"
    with pytest.raises(DecryptionError) as unopened:
        profile().open({"v": node})
    assert unopened.value.code == "too_long"


def test_wrong_types_stay_type_errors() -> None:
    whole, cipher = profile(), Cipher("AES-128-CFB", KEY, IV)
    wrong: list[Any] = [None, 1, 1.5, ["{}"], object(), {1, 2}]
    for value in wrong:
        calls: list[Any] = [
            Profile.parse,
            Profile.check,
            StoredProfile.parse,
            Envelope.parse,
            Envelope.created,
            Envelope.refused,
            Envelope.deleted,
            whole.patch,
            whole.message,
            whole.callback,
            whole.open,
            whole.open_json,
            cipher.encrypt,
            cipher.decrypt,
            cipher.decrypt_text,
            address_verdict,
            lambda value: parse_request(value, {}, "{}"),
            lambda value: parse_request("a", {}, value),
            lambda value: Cipher("AES-128-CFB", value, IV),
            lambda value: Cipher("AES-128-CFB", KEY, value),
            lambda value: hazmat.gcm_seal(value, IV, b"", b""),
            lambda value: hazmat.cfb_decrypt(KEY, IV, value),
            lambda value: whole.callback({}, missing=value),
            lambda value: Profile.parse({}, policy=value),
        ]
        for call in calls:
            with pytest.raises(TypeError):
                call(value)
    for call in (
        lambda: ANY.Profile(),
        lambda: ANY.Profile.parse({}, "strict"),
        lambda: ANY.Profile.parse(payload={}, nonsense=1),
        lambda: whole.callbacks(1),  # type: ignore[arg-type]
        lambda: parse_request("a", 1, "{}"),  # type: ignore[arg-type]
        lambda: parse_request("a", [("a", 1)], "{}"),  # type: ignore[list-item]
        lambda: Profile.parse({}, limits=1),  # type: ignore[arg-type]
        lambda: Profile.parse({}, limits={"depth": "1"}),  # type: ignore[dict-item]
        lambda: Profile.parse({}, limits={"depth": True}),
        lambda: Profile.parse({}, limits={"depth": 1.5}),  # type: ignore[dict-item]
        lambda: profile(http_method="GET").open({"a": "b"}),
        lambda: whole.open({"a": "b"}, content_type="multipart/form-data; boundary=x"),
        lambda: type("Mine", (ANY.Profile,), {}),
    ):
        with pytest.raises(TypeError):
            call()
    for call, words in (
        (lambda: Profile.parse(1), "payload must be str, bytes or a dict, not int"),  # type: ignore[arg-type]
        (lambda: whole.callback([]), "record must be str, bytes, a dict, a dataclass or a model, not list"),  # type: ignore[arg-type]
        (lambda: cipher.encrypt(1), "plaintext must be str, bytes, bytearray or memoryview, not int"),  # type: ignore[arg-type]
        (lambda: hazmat.gcm_open(KEY, 1, b"", b""), "iv must be str, bytes,"),  # type: ignore[arg-type]
        (lambda: Profile.parse({}, limits={"depth": "1"}), "limits: depth must be int, not str"),  # type: ignore[dict-item]
    ):
        with pytest.raises(TypeError, match=words):
            call()
    with pytest.raises(AttributeError):
        ANY.profile = whole
        whole.title = "x"  # type: ignore[misc]


def test_values_that_make_no_sense_are_argument_errors() -> None:
    whole = profile()
    calls: list[tuple[Callable[[], object], str]] = [
        (lambda: ANY.Profile.parse({}, policy="lax"), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, encoding="Base64"), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, tag=""), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, reading="x"), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, limits={"dept": 1}), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, limits={1: 1}), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, limits={"depth": -1}), "invalid_argument"),
        (lambda: ANY.Profile.parse({}, limits={"depth": 2**70}), "invalid_argument"),
        (lambda: whole.message({}, missing="skip"), "invalid_argument"),  # type: ignore[arg-type]
        (lambda: whole.to_json(secrets="all"), "invalid_argument"),  # type: ignore[arg-type]
        (lambda: Profile.parse('"\ud800"'), "invalid_argument"),
        (lambda: address_verdict("localhost"), "invalid_argument"),
        (lambda: address_verdict("127.1"), "invalid_argument"),
        (lambda: ANY.Cipher("AES-128-CBC", KEY, IV), "unknown_algorithm"),
        (lambda: Cipher("AES-128-GCM", KEY[:-1], IV), "invalid_key"),
        (lambda: Cipher("AES-256-GCM", KEY, IV), "invalid_key"),
        (lambda: Cipher("AES-128-GCM", KEY, IV + "x"), "invalid_iv"),
        (lambda: hazmat.gcm_seal(b"short", IV, b"", b""), "invalid_key"),
        (lambda: hazmat.gcm_seal(KEY, b"", b"", b""), "invalid_iv"),
        (lambda: hazmat.cfb_encrypt(KEY, b"short", b""), "invalid_iv"),
    ]
    for call, code in calls:
        with pytest.raises(ArgumentError) as caught:
            call()
        assert caught.value.code == code
        assert isinstance(caught.value, ValueError)


def test_limits_are_a_dataclass_or_a_mapping() -> None:
    for limits in (Limits(depth=1), {"depth": 1}, MappingProxyType({"depth": 1}), UserDict(depth=1)):
        with pytest.raises(ProfileError, match="nested deeper than 1 levels"):
            Profile.parse(payload(), limits=limits)
    with pytest.raises(ProfileError, match="longer than 10 bytes"):
        Profile.parse(payload(), limits={"payload_bytes": 10})
    many = Profile.parse  # at most so many violations are listed
    with pytest.raises(ProfileError) as caught:
        many({}, limits={"violations": 1})
    assert (len(caught.value.violations), caught.value.unlisted) == (1, 2)
    with pytest.raises(AttributeError):
        Limits().depth = 5  # type: ignore[misc]


def test_address_verdicts_take_ipaddress_objects() -> None:
    assert address_verdict(ip_address("8.8.8.8")) == "public"
    assert address_verdict(ip_address("::ffff:169.254.169.254")) == "metadata"
    assert address_verdict(ip_address("fe80::1%eth0")) == address_verdict("fe80::1%eth0") == "link_local"


def test_a_dict_that_has_other_items_than_its_methods_is_read_by_its_methods() -> None:
    class First(dict[str, Any]):
        """As werkzeug's MultiDict: below, each name has a list; its methods give the first element."""

        def __getitem__(self, name: str) -> Any:
            return dict.__getitem__(self, name)[0]

        def items(self) -> Any:
            return [(name, self[name]) for name in self]

    class Nothing(dict[str, Any]):
        def items(self) -> Any:
            return []

    echo = profile(enc=None, body={"v": "<v>"}, url="https://example.com/", response_message="<v>")
    first = First(v=["one", "two"])
    for record in (first, {"v": "one"}):
        assert echo.callback(record).body == '{"v":"one"}'
        assert echo.callbacks([record, record]) == [echo.callback({"v": "one"})] * 2
        assert str(echo.message(record)) == "one"
        assert echo.open(record) == {"v": "one"}
        assert echo.open_many([record]) == [{"v": "one"}]
        assert echo.callback({"v": [record, {"a": record}]}).body == '{"v":[{"v":"one"},{"a":{"v":"one"}}]}'
    ordered = OrderedDict(a=1, b=2, c=3)
    ordered.move_to_end("a")
    assert list(dict.items(ordered)) != list(ordered.items()), "below, it has another order"
    counted: defaultdict[str, int] = defaultdict(int, a=1)
    for value, written in (
        (ordered, '{"b":2,"c":3,"a":1}'),
        (counted, '{"a":1}'),
        (Counter("aa"), '{"a":2}'),
        (Nothing(a=1), "{}"),
    ):
        assert echo.callback({"v": value}).body == f'{{"v":{written}}}'
        assert echo.open_json(value) == written
    members = First({name: [value] for name, value in payload().items()})
    assert Profile.parse(members).to_json() == profile().to_json()
    assert Profile.parse(payload(), limits=First(depth=[9])).title == "Delivery status"
    pairs = First({"api-key": ["A"], "content-type": ["application/json"]})
    assert parse_request("HX0", pairs, payload()).title == "Delivery status"


def test_request_headers_come_as_mapping_or_pairs() -> None:
    headers = {"API-Key": "A", "Content-Type": "application/json; charset=utf-8"}
    for form in (headers, list(headers.items()), iter(headers.items()), MappingProxyType(headers)):
        assert parse_request("HX0", form, payload()).title == "Delivery status"
    wrong: list[Any] = [
        [("a", 1)],
        [(1, "a")],
        [("a",)],
        [("a", "b", "c")],
        [["a", "b"]],
        ["ab"],
        [(b"a", b"b")],
        [None],
    ]
    for form in wrong:
        with pytest.raises(TypeError, match="headers: a pair must be a tuple of two str, not "):
            parse_request("HX0", form, payload())
    with pytest.raises(TypeError, match="headers must be a mapping or an iterable of pairs, not int"):
        parse_request("HX0", 1, payload())  # type: ignore[arg-type]
    with pytest.raises(ProfileError) as caught:
        parse_request("H X", {}, {})
    assert caught.value.code == "invalid_request"
    assert {violation.context for violation in caught.value.violations} == {"params", "headers", "body"}
