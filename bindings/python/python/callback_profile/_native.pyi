from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address
from typing import Any, final

from ._errors import DecryptionError, ProfileError, SignatureError
from .types import (
    AddressVerdictName,
    Advisory,
    AlgorithmName,
    Bytes,
    ChannelName,
    Diagnosis,
    EncodingName,
    Expected,
    HeadersInput,
    JsonInput,
    Limits,
    MethodName,
    MissingName,
    OpenedByKey,
    OpenedDetails,
    ParameterNames,
    PolicyName,
    ProfileField,
    ReadingName,
    Received,
    ReceivedByKey,
    SecretsName,
    Status,
    SurrogatesName,
    TagName,
    Verified,
)

__all__ = [
    "Callback",
    "Cipher",
    "Envelope",
    "KeyRing",
    "Message",
    "Profile",
    "Signer",
    "StoredProfile",
    "Verifier",
    "__version__",
    "_cli",
    "_default_limits",
    "_testing_panic",
    "_visible",
    "address_verdict",
    "catalogue",
    "cfb_decrypt",
    "cfb_encrypt",
    "gcm_open",
    "gcm_seal",
    "keygen",
    "keygen_sealed",
    "keygen_signing",
    "parse_request",
    "schema",
]

__version__: str

@final
class Profile:
    """A validated callback profile: having one proves that its payload obeys the rules."""

    @staticmethod
    def parse(
        payload: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
        refuse_sealed: bool = False,
        refuse_v1: bool = False,
        signed: bool = False,
    ) -> Profile:
        """Parses a create payload: a dict, or JSON text as str or bytes."""
    @staticmethod
    def check(
        payload: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
        refuse_sealed: bool = False,
        refuse_v1: bool = False,
        signed: bool = False,
    ) -> None:
        """Validates a create payload and returns None: the same errors as parse, several times faster, where no
        profile is needed. Options as for parse.
        """
    def patch(self, patch: JsonInput) -> Profile:
        """A new profile with a patch applied: members that are present change, None clears an optional one, and the
        whole is validated again with the settings of this profile.
        """
    def message(
        self,
        record: JsonInput,
        *,
        missing: MissingName = "empty",
        pairs: bool = False,
        surrogates: SurrogatesName = "refuse",
    ) -> Message:
        """The response message for chatbots, filled from the record (a dict, or JSON text)."""
    def callback(
        self,
        record: JsonInput,
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
        random: Bytes | None = None,
        issued_at: int | None = None,
        id: str | None = None,
        profile_id: str | None = None,
        bare_token: bool = False,
    ) -> Callback:
        """The outgoing request, filled from the record (a dict, or JSON text). The same input gives the same bytes."""
    def callbacks(
        self,
        records: Iterable[JsonInput],
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
        issued_at: int | None = None,
        profile_id: str | None = None,
        bare_token: bool = False,
    ) -> list[Callback | Exception]:
        """The outgoing requests of many records, made with the GIL released; options as for callback. Each sealed
        callback has random bytes and an id of its own.
        """
    def open(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> dict[str, Any]:
        """Opens a received callback of this profile and returns its parameters."""
    def open_json(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> str:
        """Like open, as compact JSON text, with every number exactly as it was received."""
    def open_details(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> OpenedDetails:
        """Like open, as OpenedDetails: the parameters, the names of what was decrypted, the names that the profile does
        not have, and what the sender of a sealed callback said about it.
        """
    def open_many(
        self,
        bodies: Iterable[JsonInput],
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> list[dict[str, Any] | Exception]:
        """Opens many received callbacks, decrypting with the GIL released; options as for open."""
    def receive(
        self,
        headers: HeadersInput,
        body: str | Bytes,
        *,
        verifier: Verifier,
        target: str = "",
        now: int | None = None,
        tolerance: int = 300,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> Received:
        """Verifies the signature of a received request over its raw body, then opens its parameters, and returns a
        Received: nothing is parsed that is not signed.
        """
    def diagnose(
        self,
        texts: str | Iterable[str] | None = None,
        *,
        expect: str | Iterable[str] | None = None,
        also: Profile | Iterable[Profile] = (),
        parameter: str | None = None,
        body: str | Bytes | None = None,
        content_type: str | None = None,
        show: bool = False,
        sealed: Expected | None = None,
    ) -> Diagnosis:
        """Explains why texts that should be this profile's do not open, or that they do."""
    @property
    def title(self) -> str:
        """The title."""
    @property
    def method(self) -> MethodName:
        """The HTTP method of its callbacks: GET, POST, PUT or DELETE."""
    @property
    def url(self) -> str:
        """The URL as it was sent, replacers unfilled."""
    @property
    def url_without_credentials(self) -> str:
        """The URL for people and logs: user name and password masked, the rest as it was sent."""
    @property
    def constant_url(self) -> str | None:
        """The URL of all callbacks without query and fragment, which is what a sealed one is bound to; None if
        its path has replacers.
        """
    @property
    def body(self) -> str | None:
        """The body as compact JSON text, replacers unfilled, or None."""
    @property
    def response_message(self) -> str | None:
        """The message for chatbots, replacers unfilled, or None."""
    @property
    def headers(self) -> dict[str, str]:
        """The headers as they were sent, in their order, a new dict each time. A value may be a credential."""
    @property
    def algorithm(self) -> AlgorithmName | None:
        """The name of the encryption's algorithm, or None if nothing is encrypted."""
    @property
    def encrypted_params(self) -> tuple[str, ...] | None:
        """The names of the parameters to encrypt; None means every value (if there is an algorithm)."""
    @property
    def kid(self) -> str | None:
        """The id of a sealed profile's key, which its callbacks carry in clear; None of any other profile."""
    @property
    def channel(self) -> ChannelName:
        """The channel: "sms" or "Default - No Channel Selected"."""
    @property
    def events(self) -> tuple[str, ...] | None:
        """The events; None if absent, empty if null."""
    @property
    def advisories(self) -> tuple[Advisory, ...]:
        """What is accepted but risky or useless, in the order in which it was found."""
    @property
    def replacers(self) -> dict[str, str]:
        """The map label → field of the {"label": "field"} replacers in the response message, a new dict each time."""
    @property
    def fields(self) -> tuple[ProfileField, ...]:
        """Every field that the profile reads from a record, with the places that read it, in order of first use: URL,
        headers, body, response message. A tuple of ProfileField.
        """
    def to_json(self, *, secrets: SecretsName = "masked") -> str:
        """The profile as a create payload: compact JSON. Key and IV are masked unless secrets="shown"."""
    def to_dict(self, *, secrets: SecretsName = "masked") -> dict[str, Any]:
        """The profile as a create payload: a dict. Key and IV are masked unless secrets="shown"."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _core_schema: Any, _handler: Any) -> Any: ...
    def __copy__(self) -> Profile: ...
    def __deepcopy__(self, _memo: Any) -> Profile: ...

@final
class StoredProfile:
    """A profile as the platform stores it, with its id, its status and its dates."""

    @staticmethod
    def parse(
        stored: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
        refuse_sealed: bool = False,
        refuse_v1: bool = False,
        signed: bool = False,
    ) -> StoredProfile:
        """Parses a stored profile, or a whole envelope that holds one in data."""
    @staticmethod
    def parse_list(
        stored: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
        refuse_sealed: bool = False,
        refuse_v1: bool = False,
        signed: bool = False,
    ) -> list[StoredProfile | ProfileError]:
        """Parses a list of stored profiles, or a whole envelope that holds one in data."""
    @property
    def profile(self) -> Profile:
        """The profile."""
    @property
    def profile_id(self) -> str | None:
        """The platform's id for it, or None."""
    @property
    def status(self) -> Status | None:
        """Its Status (1 active, 2 auto-disabled, 3 disabled), or None."""
    @property
    def created_at(self) -> str | None:
        """When it was created, as the platform wrote it, or None."""
    @property
    def modified_at(self) -> str | None:
        """When it was changed, as the platform wrote it, or None."""
    @property
    def body_type(self) -> str | None:
        """The platform's body type, as it wrote it, or None."""
    @property
    def dynamic_variables(self) -> str | None:
        """The platform's dynamic variables as compact JSON, or None; their form is not documented."""
    def __copy__(self) -> StoredProfile: ...
    def __deepcopy__(self, _memo: Any) -> StoredProfile: ...

@final
class Message:
    """A rendered message for chatbots; its str() is the text."""

    @property
    def text(self) -> str:
        """The text; empty if the profile has no response message."""
    @property
    def missing(self) -> tuple[str, ...]:
        """The names that the record lacked, in the order of their first use."""
    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Message: ...
    def __deepcopy__(self, _memo: Any) -> Message: ...

@final
class Callback:
    """An outgoing request, ready for any HTTP client."""

    @property
    def method(self) -> MethodName:
        """GET, POST, PUT or DELETE."""
    @property
    def url(self) -> str:
        """The URL with its replacers filled: strict RFC 3986, without a fragment."""
    @property
    def headers(self) -> dict[str, str]:
        """The headers in the profile's order, a new dict each time; a body's content type is always among them."""
    @property
    def body(self) -> str | None:
        """The body as text, to be sent as UTF-8; None for GET and DELETE."""
    @property
    def missing(self) -> tuple[str, ...]:
        """The names that the record lacked, in the order of their first use."""
    @property
    def id(self) -> str | None:
        """The id that was given, or made for a sealed callback; else None. A retry is sealed anew, with the same id."""
    @property
    def issued_at(self) -> int | None:
        """The time of sending in seconds since 1970 that was given, or taken for a sealed callback; else None."""
    @property
    def is_sealed(self) -> bool:
        """Whether its parameters are sealed: enc of version 2."""
    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Callback: ...
    def __deepcopy__(self, _memo: Any) -> Callback: ...

@final
class Cipher:
    """Encrypts and decrypts single values as the platform does: AES in GCM or CFB mode under a fixed key and IV."""

    def __new__(
        cls,
        algorithm: AlgorithmName,
        key: str,
        iv: str,
        *,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
    ) -> Cipher: ...
    @property
    def algorithm(self) -> AlgorithmName:
        """The algorithm's name, such as AES-128-GCM."""
    def encrypt(self, plaintext: str | Bytes) -> str:
        """The encrypted text of a value; a str is encrypted as its UTF-8. The same value always gives the same text."""
    def decrypt(self, text: str | Bytes) -> bytes:
        """The value of an encrypted text, as bytes."""
    def decrypt_text(self, text: str | Bytes) -> str:
        """The value of an encrypted text, as str."""
    def __copy__(self) -> Cipher: ...
    def __deepcopy__(self, _memo: Any) -> Cipher: ...

@final
class Signer:
    """Signs callbacks as Standard Webhooks 1.0.0 does, so that their receiver can tell who sent a body and that it is
    unchanged.
    """

    def __new__(cls, secrets: str | Iterable[str]) -> Signer: ...
    def sign(self, body: str | Bytes, *, id: str, timestamp: int | None = None) -> dict[str, str]:
        """The three headers that sign this body, a dict: webhook-id, webhook-timestamp and webhook-signature."""
    def sign_callback(
        self,
        callback: Callback,
        *,
        id: str | None = None,
        timestamp: int | None = None,
        uncovered: bool = False,
    ) -> dict[str, str]:
        """The three headers that sign a callback; send them beside its own."""
    def __copy__(self) -> Signer: ...
    def __deepcopy__(self, _memo: Any) -> Signer: ...

@final
class Verifier:
    """Checks the signatures of received callbacks. secrets is one secret or several, as for Signer."""

    def __new__(cls, secrets: str | Iterable[str]) -> Verifier: ...
    def verify(
        self, headers: HeadersInput, body: str | Bytes, *, now: int | None = None, tolerance: int = 300
    ) -> Verified:
        """Checks the signature of a received message and returns a Verified: its id and its timestamp."""
    def __copy__(self) -> Verifier: ...
    def __deepcopy__(self, _memo: Any) -> Verifier: ...

@final
class KeyRing:
    """Profiles by the ids of their keys: a received callback is opened by exactly the profile that its id names. This
    is how keys are changed without losing a callback.
    """

    @staticmethod
    def by_header(name: str, *, try_in_turn: bool = False, refuse_v1: bool = False) -> KeyRing:
        """An empty ring; callbacks of the documented format name their key in the header of this name."""
    @staticmethod
    def by_query(name: str, *, try_in_turn: bool = False, refuse_v1: bool = False) -> KeyRing:
        """An empty ring; callbacks of the documented format name their key in the query's parameter of this name.
        Options as for by_header.
        """
    def add(self, id: str, profile: Profile) -> None:
        """Adds a profile under the id of its key."""
    def remove(self, id: str) -> Profile | None:
        """Takes the profile of this id out of the ring and returns it; None if there is none."""
    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order in which they were added."""
    def open(
        self,
        headers: HeadersInput,
        body: str | Bytes,
        *,
        target: str = "",
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> OpenedByKey:
        """Opens a received request by the profile whose key it names, and returns an OpenedByKey."""
    def receive(
        self,
        headers: HeadersInput,
        body: str | Bytes,
        *,
        verifier: Verifier,
        target: str = "",
        now: int | None = None,
        tolerance: int = 300,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
    ) -> ReceivedByKey:
        """Verifies the signature of a received request over its raw body, then opens it by the profile whose key it
        names, and returns a ReceivedByKey. Arguments and errors are those of Profile.receive and of open.
        """

@final
class Envelope:
    """A response of the callback-profiles API: code, message, data, error, status."""

    @staticmethod
    def created(
        profile: Profile, profile_id: str | None = None, *, secrets: SecretsName = "masked"
    ) -> Envelope:
        """201: the profile was created."""
    @staticmethod
    def updated(
        profile: Profile, profile_id: str | None = None, *, secrets: SecretsName = "masked"
    ) -> Envelope:
        """200: the profile was changed. The data is that of created."""
    @staticmethod
    def fetched(stored: StoredProfile, *, secrets: SecretsName = "masked") -> Envelope:
        """200: the profile was fetched. In the data, headers, body and events are JSON strings."""
    @staticmethod
    def listed(
        stored: StoredProfile | Iterable[StoredProfile], *, secrets: SecretsName = "masked"
    ) -> Envelope:
        """200: a list of stored profiles, each as in fetched."""
    @staticmethod
    def deleted(profile_id: str) -> Envelope:
        """200: the profile was deleted."""
    @staticmethod
    def refused(error: ProfileError) -> Envelope:
        """400: the payload, patch or request was refused; the same as the error's own envelope."""
    @staticmethod
    def not_found(profile_id: str) -> Envelope:
        """404: no profile has this id."""
    @staticmethod
    def not_opened(error: DecryptionError | SignatureError) -> Envelope:
        """400: a received callback could not be opened; error is what open raised."""
    @staticmethod
    def parse(envelope: JsonInput) -> Envelope:
        """Reads an envelope of at most 256 KiB; data and error may be any JSON value."""
    @property
    def code(self) -> str:
        """RBC024 or RBC302 in the envelopes that this library makes; any text in a parsed one."""
    @property
    def message(self) -> str:
        """One sentence on the result."""
    @property
    def data(self) -> Any:
        """The data, a new value each time."""
    @property
    def error(self) -> Any:
        """The error, a new value each time: {} in a success, else a list of one dict per violation."""
    @property
    def status(self) -> int:
        """The HTTP status."""
    def to_json(self) -> str:
        """The envelope as compact JSON, members in the documented order."""
    def to_dict(self) -> dict[str, Any]:
        """The envelope as a dict, members in the documented order."""
    def __reduce__(self) -> tuple[Callable[[JsonInput], Envelope], tuple[str]]: ...
    def __copy__(self) -> Envelope: ...
    def __deepcopy__(self, _memo: Any) -> Envelope: ...

def parse_request(
    sid: str,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    payload: JsonInput,
    *,
    policy: PolicyName = "documented",
    limits: Limits | Mapping[str, int] | None = None,
    encoding: EncodingName = "base64",
    tag: TagName = "appended",
    reading: ReadingName = "tolerant",
    refuse_sealed: bool = False,
    refuse_v1: bool = False,
    signed: bool = False,
) -> Profile:
    """Parses a whole create request (sid from the path, the request's own headers, the payload) and returns the
    profile.
    """

def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the payload's structure. The library has more rules than a schema can
    express.
    """

def catalogue() -> dict[str, Any]:
    """All codes: errors, advisories, address verdicts."""

def address_verdict(ip: str | IPv4Address | IPv6Address) -> AddressVerdictName:
    """What kind of address an IP address is; send callbacks to public ones only."""

def keygen(algorithm: AlgorithmName, *, random: Bytes | None = None) -> dict[str, Any]:
    """A new key and IV as the enc member of a profile: a dict of algo, key and IV, which are random letters and
    digits.
    """

def keygen_sealed(kid: str, *, random: Bytes | None = None) -> dict[str, Any]:
    """A new key as the enc member of a sealed profile: a dict of version, kid and key."""

def keygen_signing(*, random: Bytes | None = None) -> str:
    """A new signing secret: whsec_ and the base64 of 48 bytes. Each endpoint needs its own."""

def gcm_seal(
    key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, plaintext: str | Bytes
) -> bytes:
    """AES-GCM (NIST SP 800-38D): the ciphertext followed by the 16-byte tag."""

def gcm_open(key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, sealed: str | Bytes) -> bytes:
    """Checks and decrypts what gcm_seal returned."""

def cfb_encrypt(key: str | Bytes, iv: str | Bytes, plaintext: str | Bytes) -> bytes:
    """AES-CFB with 128-bit feedback (NIST SP 800-38A): as many bytes as the plaintext. It does not detect tampering."""

def cfb_decrypt(key: str | Bytes, iv: str | Bytes, ciphertext: str | Bytes) -> bytes:
    """Decrypts what cfb_encrypt returned. A wrong key or a changed text gives other bytes, not an error."""

def _cli(arguments: list[str]) -> int:
    """Runs the cbp command with these arguments, the program's name first, and returns its exit code."""

def _default_limits() -> dict[str, int]:
    """The core's default limits by name; the defaults of the dataclass Limits are tested against them."""

def _testing_panic() -> None:
    """Panics, for the test that a panic becomes an exception."""

def _visible(name: str) -> str:
    """A name from outside as messages show it: what could forge a line of a log is escaped."""
