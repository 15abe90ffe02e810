from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address
from typing import Any, final

from ._errors import ProfileError
from .types import (
    AddressVerdictName,
    Advisory,
    AlgorithmName,
    Bytes,
    ChannelName,
    EncodingName,
    JsonInput,
    Limits,
    MethodName,
    MissingName,
    OpenedDetails,
    ParameterNames,
    PolicyName,
    ProfileField,
    ReadingName,
    SecretsName,
    Status,
    SurrogatesName,
    TagName,
)

__all__ = [
    "Callback",
    "Cipher",
    "Envelope",
    "Message",
    "Profile",
    "StoredProfile",
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
    "parse_request",
    "schema",
]

__version__: str

@final
class Profile:
    @staticmethod
    def parse(
        payload: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
    ) -> Profile: ...
    @staticmethod
    def check(
        payload: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
    ) -> None: ...
    def patch(self, patch: JsonInput) -> Profile: ...
    def message(
        self,
        record: JsonInput,
        *,
        missing: MissingName = "empty",
        pairs: bool = False,
        surrogates: SurrogatesName = "refuse",
    ) -> Message: ...
    def callback(
        self,
        record: JsonInput,
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
    ) -> Callback: ...
    def callbacks(
        self,
        records: Iterable[JsonInput],
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
    ) -> list[Callback | Exception]: ...
    def open(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
    ) -> dict[str, Any]: ...
    def open_json(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
    ) -> str: ...
    def open_details(
        self,
        body: JsonInput,
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
    ) -> OpenedDetails: ...
    def open_many(
        self,
        bodies: Iterable[JsonInput],
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
    ) -> list[dict[str, Any] | Exception]: ...
    @property
    def title(self) -> str: ...
    @property
    def method(self) -> MethodName: ...
    @property
    def url(self) -> str: ...
    @property
    def body(self) -> str | None: ...
    @property
    def response_message(self) -> str | None: ...
    @property
    def headers(self) -> dict[str, str]: ...
    @property
    def algorithm(self) -> AlgorithmName | None: ...
    @property
    def encrypted_params(self) -> tuple[str, ...] | None: ...
    @property
    def channel(self) -> ChannelName: ...
    @property
    def events(self) -> tuple[str, ...] | None: ...
    @property
    def advisories(self) -> tuple[Advisory, ...]: ...
    @property
    def replacers(self) -> dict[str, str]: ...
    @property
    def fields(self) -> tuple[ProfileField, ...]: ...
    def to_json(self, *, secrets: SecretsName = "masked") -> str: ...
    def to_dict(self, *, secrets: SecretsName = "masked") -> dict[str, Any]: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _core_schema: Any, _handler: Any) -> Any: ...
    def __copy__(self) -> Profile: ...
    def __deepcopy__(self, _memo: Any) -> Profile: ...

@final
class StoredProfile:
    @staticmethod
    def parse(
        stored: JsonInput,
        *,
        policy: PolicyName = "documented",
        limits: Limits | Mapping[str, int] | None = None,
        encoding: EncodingName = "base64",
        tag: TagName = "appended",
        reading: ReadingName = "tolerant",
    ) -> StoredProfile: ...
    @property
    def profile(self) -> Profile: ...
    @property
    def profile_id(self) -> str | None: ...
    @property
    def status(self) -> Status | None: ...
    @property
    def created_at(self) -> str | None: ...
    @property
    def modified_at(self) -> str | None: ...
    @property
    def body_type(self) -> str | None: ...
    @property
    def dynamic_variables(self) -> str | None: ...
    def __copy__(self) -> StoredProfile: ...
    def __deepcopy__(self, _memo: Any) -> StoredProfile: ...

@final
class Message:
    @property
    def text(self) -> str: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Message: ...
    def __deepcopy__(self, _memo: Any) -> Message: ...

@final
class Callback:
    @property
    def method(self) -> MethodName: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> dict[str, str]: ...
    @property
    def body(self) -> str | None: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Callback: ...
    def __deepcopy__(self, _memo: Any) -> Callback: ...

@final
class Cipher:
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
    def algorithm(self) -> AlgorithmName: ...
    def encrypt(self, plaintext: str | Bytes) -> str: ...
    def decrypt(self, text: str | Bytes) -> bytes: ...
    def decrypt_text(self, text: str | Bytes) -> str: ...
    def __copy__(self) -> Cipher: ...
    def __deepcopy__(self, _memo: Any) -> Cipher: ...

@final
class Envelope:
    @staticmethod
    def created(
        profile: Profile, profile_id: str | None = None, *, secrets: SecretsName = "masked"
    ) -> Envelope: ...
    @staticmethod
    def updated(
        profile: Profile, profile_id: str | None = None, *, secrets: SecretsName = "masked"
    ) -> Envelope: ...
    @staticmethod
    def fetched(stored: StoredProfile, *, secrets: SecretsName = "masked") -> Envelope: ...
    @staticmethod
    def deleted(profile_id: str) -> Envelope: ...
    @staticmethod
    def refused(error: ProfileError) -> Envelope: ...
    @staticmethod
    def not_found(profile_id: str) -> Envelope: ...
    @staticmethod
    def parse(envelope: JsonInput) -> Envelope: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def data(self) -> Any: ...
    @property
    def error(self) -> Any: ...
    @property
    def status(self) -> int: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
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
) -> Profile: ...
def schema() -> dict[str, Any]: ...
def catalogue() -> dict[str, Any]: ...
def address_verdict(ip: str | IPv4Address | IPv6Address) -> AddressVerdictName: ...
def gcm_seal(
    key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, plaintext: str | Bytes
) -> bytes: ...
def gcm_open(
    key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, sealed: str | Bytes
) -> bytes: ...
def cfb_encrypt(key: str | Bytes, iv: str | Bytes, plaintext: str | Bytes) -> bytes: ...
def cfb_decrypt(key: str | Bytes, iv: str | Bytes, ciphertext: str | Bytes) -> bytes: ...
def _cli(arguments: list[str]) -> int: ...
def _default_limits() -> dict[str, int]: ...
def _testing_panic() -> None: ...
def _visible(name: str) -> str: ...
