"""Plain values (violations, advisories, limits) and the types of arguments, settings and codes, for annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar, Protocol, TypeAlias, TypedDict

from ._names import (
    AddressVerdictName,
    AdvisoryCode,
    AlgorithmName,
    CauseName,
    ChannelName,
    ContextName,
    EncodingName,
    ErrorCode,
    GradeName,
    MethodName,
    MissingName,
    PolicyName,
    ReadingName,
    SecretsName,
    SurrogatesName,
    TagName,
)
from ._native import _visible

__all__ = [
    "AddressVerdictName",
    "Advisory",
    "AdvisoryCode",
    "AlgorithmName",
    "Bytes",
    "CauseName",
    "ChannelName",
    "ContextName",
    "Destination",
    "Diagnosis",
    "EncodingName",
    "ErrorCode",
    "Expected",
    "Finding",
    "FindingSettings",
    "GradeName",
    "HeadersInput",
    "JsonInput",
    "Limits",
    "MethodName",
    "MissingName",
    "OpenedByKey",
    "OpenedDetails",
    "ParameterNames",
    "PolicyName",
    "ProfileField",
    "ReadingName",
    "Received",
    "ReceivedByKey",
    "RecordInput",
    "SealedMessage",
    "SecretsName",
    "Status",
    "SurrogatesName",
    "TagName",
    "Verified",
    "Violation",
]

JsonInput: TypeAlias = "str | bytes | bytearray | memoryview | Mapping[str, Any]"
"""JSON text, or a dict that is written as JSON."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


class _Attrs(Protocol):
    __attrs_attrs__: ClassVar[Any]


class _Struct(Protocol):
    __struct_encode_fields__: ClassVar[tuple[str, ...]]


class _PydanticModel(Protocol):
    def model_dump(self) -> dict[str, Any]: ...


RecordInput: TypeAlias = "JsonInput | _Dataclass | _Attrs | _Struct | _PydanticModel"
"""A record: JSON text, a mapping, a dataclass, an attrs class, a msgspec struct or a pydantic model."""

Bytes: TypeAlias = "bytes | bytearray | memoryview"
"""Bytes in any form."""

HeadersInput: TypeAlias = (
    Mapping[str, str]
    | Mapping[str, bytes]
    | Mapping[bytes, bytes]
    | Iterable[tuple[str, str]]
    | Iterable[tuple[bytes, bytes]]
    | Iterable[list[bytes]]
)
"""Received headers: a mapping, or pairs of text or of bytes, as the "headers" of an ASGI scope."""

ParameterNames: TypeAlias = "bool | list[str] | tuple[str, ...]"
"""Some of a profile's parameters: none (False), all (True), or those of these names; dots reach nested members."""


@dataclass(frozen=True)
class Violation:
    """One reason why a payload is refused."""

    context: ContextName
    """The part of the request."""
    pointer: str
    """JSON Pointer (RFC 6901) to the value in that part, as it was sent; "" is the whole part."""
    keyword: str
    """The broken rule: a JSON Schema keyword where there is one, else a name of ours."""
    message: str
    """The whole sentence, such as "body/title must be string". Never holds a key, an IV or a header's value."""
    position: tuple[int, int] | None = None
    """Line and column of the error, both from 1, if the text is not JSON."""
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    """What the rule allows, for programs, with Ajv's names: missingProperty, limit, allowedValues, pattern, type."""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Advisory:
    """Something that is accepted but risky or useless."""

    code: AdvisoryCode
    """The stable code."""
    pointer: str
    """JSON Pointer to the member of the payload, as it was sent."""
    message: str
    """One sentence on the risk; it quotes no value."""

    def __str__(self) -> str:
        return f"body{_visible(self.pointer)} {self.code}: {self.message}"


@dataclass(frozen=True)
class ProfileField:
    """A field that a profile reads from a record."""

    field: str
    """The name as the replacer has it: first_name, entry[0].changes[0].value."""
    places: tuple[str, ...]
    """JSON Pointers to the members of the payload that read it, each once, in order of first use."""


@dataclass(frozen=True)
class Destination:
    """Where a callback goes. The host is to be resolved and, before a connection is made, each of its addresses judged
    by address_verdict. Credentials in the URL are left out. The repr has no target: it holds values of the record.
    """

    is_https: bool
    """Whether the scheme is https, else http."""
    host: str
    """What to resolve: a name in lower case, an IPv4 address, or an IPv6 address without brackets."""
    port: int
    """The port, 443 or 80 where the URL has none."""
    authority: str
    """The value of the header host: the host, an IPv6 address in brackets, and the port unless it is the scheme's."""
    target: str = field(repr=False)
    """Path and query: what the request line has after the method."""


@dataclass(frozen=True)
class OpenedDetails:
    """An opened callback, and what is known about its parameters. The repr shows their names only."""

    values: dict[str, Any] = field(repr=False)
    """The parameters, as Profile.open returns them."""
    decrypted: tuple[str, ...]
    """The names of what was decrypted (contacts[0].name), in the received order, at most 256 characters of each.
    Everything else is as readable and as forgeable as it was received.
    """
    unknown: tuple[str, ...]
    """The names that the profile does not have, in the received order, at most 256 characters of each."""
    sealed: SealedMessage | None = None
    """What the sender of a sealed callback said about it; None of the documented format."""
    failed: dict[str, ErrorCode] = field(default_factory=dict)
    """The code of each parameter that did not open, with partial=True: they are not among the values."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a receiver expects of a sealed callback beside the right key. Each member is a decision, and None is the
    decision not to check; what is expected and missing is a mismatch.
    """

    tolerance: int | None
    """How far the time of sending may be from now, in seconds, both ways: 300 as a rule; None for archives."""
    method: MethodName | None
    """The method that it was received with."""
    url: str | None
    """The receiver's own public URL, as the sender's profile has it. Never one made of the headers Host or
    X-Forwarded-*, which the sender of a request chooses. Query and fragment make no difference.
    """
    profile_id: str | None
    """The id of the profile, which both sides know."""
    now: int | None = None
    """The time in seconds since 1970; None is the clock's whenever a callback is opened."""


@dataclass(frozen=True)
class SealedMessage:
    """What the sender of a sealed callback said about it, authentic as the parameters are."""

    kid: str
    """The id of the key."""
    id: str
    """The id of the message, the same for each retry. Keep it, with the key's id, for at least twice the tolerance, in
    the transaction of the effect.
    """
    issued_at: int
    """The time of sending in seconds since 1970."""
    profile_id: str | None
    """The id of the profile, if the sender gave one."""


@dataclass(frozen=True)
class Verified:
    """Id and time of a message whose signature holds."""

    id: str
    """The id, the same for each retry. Keep it for at least twice the tolerance, in the transaction of the effect;
    answer a message whose id is known with 2xx and without an effect.
    """
    timestamp: int
    """The time of sending in seconds since 1970."""


@dataclass(frozen=True)
class Received:
    """A received callback whose signature holds, opened. The repr shows the names of its parameters only."""

    id: str
    """The id of the message: see Verified."""
    timestamp: int
    """The time of sending in seconds since 1970."""
    values: dict[str, Any] = field(repr=False)
    """The parameters, as Profile.open returns them."""
    decrypted: tuple[str, ...]
    """The names of what was decrypted."""
    unknown: tuple[str, ...]
    """The names that the profile does not have."""
    sealed: SealedMessage | None = None
    """What the sender of a sealed callback said about it; its id is that of the signature."""


@dataclass(frozen=True)
class OpenedByKey:
    """A callback that a key ring opened. The repr shows the names of its parameters only."""

    id: str
    """The id of the key."""
    version: int
    """1: the documented format, whose id is not authentic. 2: sealed."""
    in_turn: bool
    """Whether the callback named no key, and the one that it was opened with was found by trying."""
    values: dict[str, Any] = field(repr=False)
    """The parameters, as Profile.open returns them."""
    decrypted: tuple[str, ...]
    """The names of what was decrypted."""
    unknown: tuple[str, ...]
    """The names that the profile does not have."""
    sealed: SealedMessage | None = None
    """What the sender of a sealed callback said about it."""


@dataclass(frozen=True)
class ReceivedByKey:
    """A received callback whose signature holds, opened by a key ring. The repr shows the names of its parameters
    only.
    """

    id: str
    """The id of the message: see Verified."""
    timestamp: int
    """The time of sending in seconds since 1970."""
    key_id: str
    """The id of the key."""
    version: int
    """1: the documented format, whose id is not authentic. 2: sealed."""
    in_turn: bool
    """Whether the callback named no key, and the one that it was opened with was found by trying."""
    values: dict[str, Any] = field(repr=False)
    """The parameters, as Profile.open returns them."""
    decrypted: tuple[str, ...]
    """The names of what was decrypted."""
    unknown: tuple[str, ...]
    """The names that the profile does not have."""
    sealed: SealedMessage | None = None
    """What the sender of a sealed callback said about it; its id is that of the signature."""


class FindingSettings(TypedDict, total=False):
    """What has to change in the profile for a text to open; what stays is absent. Key and IV are described and never
    shown.
    """

    encoding: EncodingName
    """The encoding of the wire format."""
    tag: TagName
    """The place of the tag."""
    reading: ReadingName
    """How strictly texts are read."""
    algo: AlgorithmName
    """The algorithm."""
    key: str
    """What has to be done to the key, in words."""
    IV: str
    """What has to be done to the IV, in words."""
    profile: int
    """Which of the further profiles opens the text, counted from 0."""


class _Finding(TypedDict):
    cause: CauseName
    """The row of the catalogue."""
    grade: GradeName
    """How sure it is: proved, likely (it decrypts to text), spelling (from the look of the text alone), or none."""
    chance: float | None
    """How probable it is that random bytes would have led to this finding; None unless decrypted text is the
    evidence.
    """
    detail: str
    """What was found, in a sentence."""
    at_sender: str
    """What the sender's program probably does, and what it should do."""
    at_receiver: str
    """What the receiver can do."""
    settings: FindingSettings | None
    """The change of wire format or profile under which the text opens, if there is one."""


class Finding(_Finding, total=False):
    """One explanation of texts that do not open."""

    value: str
    """The value; there only if it is proved and was asked for."""


class Diagnosis(TypedDict):
    """What Profile.diagnose returns."""

    findings: list[Finding]
    """The explanations, best first, never empty: where nothing was found, the cause of the only one is "unknown"."""
    excluded: list[CauseName]
    """The causes that were tried and do not explain the texts, in the order of the catalogue."""
    judged_bytes: int
    """How many decrypted bytes were examined. Below about 12, nothing can be concluded without a tag."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much input is read and how much output is made. Lengths are bytes of UTF-8."""

    payload_bytes: int = 256 * 1024
    """Longest payload, patch, stored profile or envelope."""
    record_bytes: int = 1024 * 1024
    """Longest record."""
    received_bytes: int = 4 * 1024 * 1024
    """Longest received callback body or query."""
    depth: int = 32
    """Deepest nesting of arrays and objects; more than 128 is read as 128."""
    nodes: int = 10_000
    """Most JSON values in one document."""
    violations: int = 64
    """Most violations that an error lists."""
    url_bytes: int = 2_048
    """Longest URL as sent."""
    headers: int = 64
    """Most headers."""
    header_name_bytes: int = 128
    """Longest header name."""
    header_value_bytes: int = 4_096
    """Longest header value, as sent and after rendering."""
    headers_bytes: int = 16 * 1024
    """All header names and values together, as sent and after rendering."""
    replacers: int = 1_024
    """Most replacers in one profile, all members together."""
    output_bytes: int = 1024 * 1024
    """Longest message, URL or body that is made."""


class Status(IntEnum):
    """Whether the platform still sends the callbacks of a profile."""

    ACTIVE = 1
    AUTO_DISABLED = 2
    """Switched off by the platform after failures."""
    DISABLED = 3
