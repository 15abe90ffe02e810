from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import Any, NoReturn, final

from ._errors import DecryptionError, ProfileError, SignatureError
from .types import (
    AddressVerdictName,
    Advisory,
    AlgorithmName,
    Bytes,
    ChannelName,
    Destination,
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
    RecordInput,
    SecretsName,
    Status,
    SurrogatesName,
    TagName,
    Verified,
)

__all__ = [
    "ArrowStruct",
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
    """A validated callback profile: having one proves that its payload obeys the rules.

    Made by Profile.parse, StoredProfile.parse(...).profile or parse_request. It never changes, threads may
    share it, and its repr shows neither URL nor headers nor key. Profiles are equal if their payloads mean the
    same, key and IV included, and the settings of parsing were the same. It cannot be pickled: the error says
    what can.
    """

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
        """Parses a create payload: a dict, or JSON text as str or bytes.

        policy is "documented" (the default) or "strict", which also refuses plain http, private addresses,
        credentials in the URL, unknown members and metadata headers. limits is a Limits or a mapping of those
        that differ. encoding ("base64", "base64url", "hex"), tag ("appended", "prepended") and reading
        ("tolerant", "strict") choose how encrypted values are written and read. refuse_sealed refuses sealed
        profiles (version 2 of enc), refuse_v1 the documented enc; signed says that the callbacks will be
        signed, so that the profile may not have the headers of a signature.

        Raises ProfileError (invalid_profile) with every violation.
        """
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

        Raises ProfileError (invalid_profile) with every violation.
        """
    def patch(self, patch: JsonInput) -> Profile:
        """A new profile with a patch applied: members that are present change, None clears an optional one, and
        the whole is validated again with the settings of this profile.

        Raises ProfileError (invalid_patch).
        """
    def message(
        self,
        record: RecordInput,
        *,
        missing: MissingName = "empty",
        pairs: bool = False,
        surrogates: SurrogatesName = "refuse",
        default: Callable[[Any], Any] | None = None,
    ) -> Message:
        """The response message for chatbots, filled from the record: a dict, another mapping, a dataclass or a
        model, or JSON text.

        missing chooses what replaces values that the record lacks or that are null: "empty" (the default),
        "keep" (the replacer as it was written), "error", or "null" (JSON null for a whole <name> in a body,
        else empty). With pairs, a pair stays a pair: {"name": "John"} instead of John. surrogates="replace"
        reads U+FFFD for each half of a character in the record, which a shortened emoji leaves behind; "refuse"
        (the default) refuses the record.

        default is called with each value in the record that JSON does not have (datetime, Decimal, UUID, Enum,
        …) and gives what is written in its place, as in json.dumps: default=str writes its text. A Decimal that
        it gives back is written as a number, digit by digit. Without it such a value is refused with its place.
        What it raises comes through.

        Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large), TypeError for a
        value that JSON does not have.
        """
    def callback(
        self,
        record: RecordInput,
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
        random: Bytes | None = None,
        issued_at: int | None = None,
        id: str | None = None,
        profile_id: str | None = None,
        bare_token: bool = False,
        default: Callable[[Any], Any] | None = None,
    ) -> Callback:
        """The outgoing request, filled from the record: a dict, another mapping, a dataclass or a model, or
        JSON text. The same input gives the same bytes.

        missing, surrogates and default as for message. boundary is that of a multipart body, 1 to 70 characters
        of RFC 2046, instead of the one in the profile's content-type header or the derived one.

        For a sealed profile: random is 32 bytes, issued_at the time of sending in seconds since 1970, id the
        message's id, the same for each retry (1 to 128 characters of visible ASCII without a full stop). None
        takes new bytes from the operating system, the clock, and a new id, which the callback shows. profile_id
        is the id of the profile if both sides know it. With bare_token, the body is the token alone, of the
        type application/jose.

        Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large, unsafe_header,
        unsafe_path, unsafe_query, invalid_boundary), ArgumentError (invalid_argument) for a malformed id.
        """
    def callbacks(
        self,
        records: Iterable[RecordInput | None],
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
        issued_at: int | None = None,
        profile_id: str | None = None,
        bare_token: bool = False,
        default: Callable[[Any], Any] | None = None,
        threads: int | None = None,
    ) -> list[Callback | Exception | None]:
        """The outgoing requests of many records, made on several threads with the GIL released; options as for
        callback. Each sealed callback has random bytes and an id of its own.

        The list has one item per record, in order: the callback, None for a record that is None, or the
        exception of a record that failed. An exception in the list is not raised. threads as for open_many.

        Raises TypeError if records is a single record, ArgumentError (invalid_argument) for options that make
        no sense.
        """
    def callback_bodies(
        self,
        records: Iterable[RecordInput | None],
        *,
        missing: MissingName = "empty",
        boundary: str | None = None,
        surrogates: SurrogatesName = "refuse",
        issued_at: int | None = None,
        profile_id: str | None = None,
        bare_token: bool = False,
        default: Callable[[Any], Any] | None = None,
        threads: int | None = None,
    ) -> list[str | Exception | None]:
        """The bodies alone of the outgoing requests of many records: the text of callback(record).body, without
        an object for each callback. Options as for callbacks.

        The list has one item per record, in order: the body, None for a record that is None, or the exception
        of a record that failed. The content type is the profile's. The id of a sealed callback is in its body
        only: use callbacks where a retry needs it. A multipart body without boundary names its own in its first
        line only.

        Raises TypeError if records is a single record, ArgumentError (invalid_argument) for options that make
        no sense, and for a profile of GET or DELETE, whose callbacks have no body.
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
        """Opens a received callback of this profile and returns its parameters.

        body is the body of a POST or PUT as it was received (or a JSON body as a dict); for a GET or DELETE the
        URL or its query. content_type is the received one: it must be of the profile's kind, and it gives the
        boundary of a multipart body. If None, the profile's own type is taken, and the body's first line gives
        the boundary.

        Every name that the profile encrypts must be there, as an encrypted string. structures names those that
        may also be an object or array of encrypted strings, absent those that may be missing or null: a list or
        tuple of names, dots reach nested members, True is all of them.

        Decrypted values are str; so are all values of forms and queries, but for arrays and objects in fields.
        Numbers become int or float; open_json keeps their exact text.

        A sealed callback is opened with expected, an Expected: what the receiver expects of its age, method,
        URL and profile id.

        Under CFB a wrong key or a changed text is only noticed where the result is not UTF-8, and the fixed IV
        makes GCM forgeable too; names, order and everything that is not encrypted are not protected: treat the
        values as input from a stranger.

        Raises DecryptionError (missing_parameter, not_encrypted, each with all parameters concerned;
        auth_failed, not_utf8, invalid_encoding, with the first parameter; invalid_json, not_an_object,
        malformed_multipart, malformed_form, unsupported_content_type, too_long), ArgumentError
        (invalid_argument) for a sealed profile without expected.
        """
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
        partial: bool = False,
    ) -> OpenedDetails:
        """Like open, as OpenedDetails: the parameters, the names of what was decrypted, the names that the
        profile does not have, and what the sender of a sealed callback said about it.

        With partial, what does not open is no exception: failed has the code of each such parameter, and values
        has the rest. A failed member is absent, a failed element of an array is None; the received text is
        never shown. The rest is no more authentic than that of a whole body. As many failures as an error may
        list (limits: violations) are an exception all the same, and a sealed callback opens as a whole or not
        at all.
        """
    def open_arrow(
        self,
        column: object,
        *,
        columns: Sequence[str] | None = None,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
        threads: int | None = None,
        keep_going: bool = False,
    ) -> ArrowStruct:
        """Opens a column of received callbacks, on all processors and with the GIL released.

        column is an Arrow array or chunked array of any library with the PyCapsule protocol (pyarrow, Polars,
        DuckDB, pandas' Arrow columns): string, large_string, string_view, binary and its kin, or a dictionary
        of them. It is read where it lies.

        The result has the rows of the column in their order: a struct of opened (large_string: the parameters
        as compact JSON, as open_json gives them), error (string: the code of a row that failed) and parameter
        (string: the first parameter concerned). A null row is null in all three; a row that fails has no effect
        on others.

        With columns, a list of names, each of them is a large_string in place of opened: a parameter, or what a
        JSON Pointer leads to if the name begins with /. It is the text of a string, the JSON text of another
        value, null where the value is absent or null.

        threads is the number of threads, None one for each processor. content_type, structures, absent and
        expected are as for open.

        Raises DecryptionError with the commonest code if the first 1,000 rows that are not null all fail,
        unless keep_going; TypeError for a column of another type; ArgumentError (invalid_argument) for an array
        that is not valid, for columns that are repeated or named error or parameter, and for a sealed profile
        without expected.
        """
    def callback_arrow(
        self,
        column: object,
        *,
        missing: MissingName = "empty",
        surrogates: SurrogatesName = "refuse",
        boundary: str | None = None,
        threads: int | None = None,
        keep_going: bool = False,
    ) -> ArrowStruct:
        """Makes an outgoing request of each row of a column of records, on all processors and with the GIL
        released.

        column is an Arrow column as for open_arrow; each row is a record as JSON text. The result has the rows
        in their order: a struct of method (string), url, headers (a JSON object), body (null for GET and
        DELETE), missing (a JSON array of the names that the record lacked, null if it lacked none; all four
        large_string), error (string: the code of a row that failed) and parameter (string: the first name
        concerned). A null row is null in all of them.

        missing, surrogates and boundary are as for callback; threads and keep_going as for open_arrow.

        Raises ReplacerError with the commonest code if the first 1,000 rows that are not null all fail, unless
        keep_going, and for a sealed profile, whose callbacks each need an id of their own; TypeError and
        ArgumentError as open_arrow.
        """
    def open_many(
        self,
        bodies: Iterable[JsonInput | None],
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
        threads: int | None = None,
    ) -> list[dict[str, Any] | Exception | None]:
        """Opens many received callbacks, decrypting on several threads with the GIL released; options as for
        open.

        The list has one item per body, in order: the parameters, None for a body that is None, or the exception
        of a body that failed. An exception in the list is not raised.

        threads is how many threads at most, from 1 to 1024; None takes one for each core that the process may
        use. Less than 32 KiB of bodies for each thread are done on fewer threads, less than 64 KiB on the
        caller's own.

        Raises TypeError if bodies is a single body, ArgumentError (invalid_argument) for options that make no
        sense.
        """
    def open_json_many(
        self,
        bodies: Iterable[JsonInput | None],
        *,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
        threads: int | None = None,
    ) -> list[str | Exception | None]:
        """Like open_many, each as compact JSON text, with every number exactly as it was received: the cheapest
        way.
        """
    def open_iter(
        self,
        bodies: Iterable[JsonInput | None],
        *,
        chunk: int = 4096,
        content_type: str | None = None,
        structures: ParameterNames = False,
        absent: ParameterNames = False,
        expected: Expected | None = None,
        threads: int | None = None,
    ) -> Iterator[dict[str, Any] | Exception | None]:
        """Opens received callbacks one after the other, for what does not fit into memory: an iterator of what
        open_many has in its list, in order. Options as for open_many.

        bodies is any iterable. It is read at most chunk bodies ahead (from 1 to 1,000,000), when the next
        result is asked for. If it raises, the results of the bodies before come first. Where expected has no
        time of its own, the clock is read for each chunk.

        Raises TypeError if bodies is a single body, ArgumentError (invalid_argument) for options that make no
        sense.
        """
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
        """Verifies the signature of a received request over its raw body, then opens its parameters, and
        returns a Received: nothing is parsed that is not signed.

        headers is a mapping or an iterable of pairs, as the web framework has them, texts or bytes; body is the
        raw body as it was received, before any parsing. Of a GET or DELETE, target is the received path and
        query. verifier, now and tolerance as for Verifier.verify; the received content type is that of the
        headers unless content_type is given; structures, absent and expected as for open.

        The signature does not cover the query, so a GET or DELETE must be sealed (signature_covers_nothing).
        The id of a sealed callback must be that of the signature.

        Keep the ids that were seen for at least twice the tolerance, in the transaction of the effect, and
        answer a message whose id is known with 2xx and without an effect.

        Raises SignatureError (signature_refused, timestamp_refused, signature_covers_nothing), then the errors
        of open.
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
        """Explains why texts that should be this profile's do not open, or that they do.

        texts is one encrypted text or several that one cause must explain; in their place, body is a whole
        callback as it was received (for a GET or DELETE the URL or its query), and content_type the received
        one. expect has the values that the texts should have: of several texts in their order, of one text any
        of them. also has further profiles whose key may have been used, such as one with an older key.
        parameter is the name of the texts' parameter.

        Returns a types.Diagnosis, a dict: findings (best first, never empty; where nothing was found, the cause
        is "unknown"), excluded (the causes that were tried in vain) and judged_bytes. A proved value is in its
        finding only if show is True. sealed is the Expected of a sealed profile; without it neither age nor
        method, URL and profile id are checked.

        It is for the owner of the key, and never for the answer to a request: it says of any text how it could
        be decrypted. The GIL is released while it works.
        """
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
        """The map label → field of the {"label": "field"} replacers in the response message, a new dict each
        time.
        """
    @property
    def fields(self) -> tuple[ProfileField, ...]:
        """Every field that the profile reads from a record, with the places that read it, in order of first
        use: URL, headers, body, response message. A tuple of ProfileField.
        """
    def to_json(self, *, secrets: SecretsName = "masked") -> str:
        """The profile as a create payload: compact JSON. Key and IV are masked unless secrets="shown"."""
    def to_dict(self, *, secrets: SecretsName = "masked") -> dict[str, Any]:
        """The profile as a create payload: a dict. Key and IV are masked unless secrets="shown"."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _core_schema: Any, _handler: Any) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> NoReturn: ...
    def __copy__(self) -> Profile: ...
    def __deepcopy__(self, _memo: Any) -> Profile: ...

@final
class StoredProfile:
    """A profile as the platform stores it, with its id, its status and its dates.

    It never changes, and its repr shows no key. Stored profiles are equal if all their members are, and the
    settings of parsing. It cannot be pickled: the error says what can.
    """

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
        """Parses a stored profile, or a whole envelope that holds one in data.

        headers, events and body may be JSON strings or values, the method may be in lower case, a member that
        is None counts as absent, and the id is profile_id or profileId. Options as for Profile.parse.

        Raises ProfileError (invalid_stored_profile); a masked key is a violation.
        """
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
        """Parses a list of stored profiles, or a whole envelope that holds one in data.

        Options as for Profile.parse; the limits on size hold for the whole text. The list has one item per
        profile, in order: the StoredProfile, or the ProfileError of one that is refused. An exception in the
        list is not raised.

        Raises ProfileError (invalid_stored_profile) if the text is no list.
        """
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
    def to_json(self, *, secrets: SecretsName = "masked") -> str:
        """The stored profile as the API returns it and parse reads it: compact JSON, in which headers, body and
        events are JSON strings. Key and IV are masked unless secrets="shown".
        """
    def to_dict(self, *, secrets: SecretsName = "masked") -> dict[str, Any]:
        """The same as a dict."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _core_schema: Any, _handler: Any) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> NoReturn: ...
    def __copy__(self) -> StoredProfile: ...
    def __deepcopy__(self, _memo: Any) -> StoredProfile: ...

@final
class Message:
    """A rendered message for chatbots; its str() is the text. It can be pickled."""

    @property
    def text(self) -> str:
        """The text; empty if the profile has no response message."""
    @property
    def missing(self) -> tuple[str, ...]:
        """The names that the record lacked, in the order of their first use."""
    def __eq__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Callable[..., Message], tuple[Any, ...]]: ...
    def __copy__(self) -> Message: ...
    def __deepcopy__(self, _memo: Any) -> Message: ...

@final
class ArrowStruct:
    """A result in Arrow's memory, a struct array that pyarrow, Polars, DuckDB and others take without a copy:
    `pyarrow.array(result)`, `pyarrow.chunked_array(result)`, `polars.Series(result)`. It never changes, and may
    be given to several of them.
    """

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Callback:
    """An outgoing request, ready for any HTTP client.

    The repr shows neither header values nor the body. It can be pickled, and holds no key.
    """

    @property
    def method(self) -> MethodName:
        """GET, POST, PUT or DELETE."""
    @property
    def url(self) -> str:
        """The URL with its replacers filled: strict RFC 3986, without a fragment."""
    @property
    def destination(self) -> Destination:
        """Where it goes, in the parts that a client needs which resolves the host itself: a Destination."""
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
        """The id that was given, or made for a sealed callback; else None. A retry is sealed anew, with the
        same id.
        """
    @property
    def issued_at(self) -> int | None:
        """The time of sending in seconds since 1970 that was given, or taken for a sealed callback; else None."""
    @property
    def is_sealed(self) -> bool:
        """Whether its parameters are sealed: enc of version 2."""
    def __eq__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Callable[..., Callback], tuple[Any, ...]]: ...
    def __copy__(self) -> Callback: ...
    def __deepcopy__(self, _memo: Any) -> Callback: ...

@final
class Cipher:
    """Encrypts and decrypts single values as the platform does: AES in GCM or CFB mode under a fixed key and
    IV.

    algorithm is AES-128-GCM, AES-192-GCM, AES-256-GCM, AES-128-CFB, AES-192-CFB or AES-256-CFB; the key has 16,
    24 or 32 letters and digits, the IV 16.

    The fixed IV is the platform's format, and it is weak: equal values give equal texts, the XOR of two texts
    is the XOR of the values, and under GCM two values of equal length up to 16 bytes give away the
    authentication key. CFB gives no integrity at all. Treat what comes out as input from a stranger.

    Raises ArgumentError (unknown_algorithm, invalid_key, invalid_iv).
    """

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
        """The encrypted text of a value; a str is encrypted as its UTF-8. The same value always gives the same
        text.

        Raises ArgumentError (too_long) above 64 GiB.
        """
    def decrypt(self, text: str | Bytes) -> bytes:
        """The value of an encrypted text, as bytes.

        Raises DecryptionError (invalid_encoding, auth_failed). Under CFB a wrong key or a changed text gives
        other bytes, not an error.
        """
    def decrypt_text(self, text: str | Bytes) -> str:
        """The value of an encrypted text, as str.

        Raises DecryptionError (invalid_encoding, auth_failed, not_utf8). Under CFB a wrong key or a changed
        text is only noticed where the result is not UTF-8.
        """
    def __reduce__(self) -> NoReturn: ...
    def __copy__(self) -> Cipher: ...
    def __deepcopy__(self, _memo: Any) -> Cipher: ...

@final
class Signer:
    """Signs callbacks as Standard Webhooks 1.0.0 does, so that their receiver can tell who sent a body and that
    it is unchanged.

    secrets is one secret (whsec_ and base64 of 24 to 64 bytes) or several, at most 16: while a secret is
    changed, the sender signs with both. A signature covers id, timestamp and body, never the method, the URL,
    its query or other headers, and it keeps nothing secret.

    Raises ArgumentError (invalid_key, invalid_argument). Its repr shows no secret, and it cannot be pickled.
    """

    def __new__(cls, secrets: str | Iterable[str]) -> Signer: ...
    def sign(self, body: str | Bytes, *, id: str, timestamp: int | None = None) -> dict[str, str]:
        """The three headers that sign this body, a dict: webhook-id, webhook-timestamp and webhook-signature.

        id is 1 to 128 characters of visible ASCII without a full stop, the same for each retry. timestamp is
        the time of this sending in seconds since 1970; None is now. Send exactly this body: nothing may write
        its JSON anew.

        Raises ArgumentError (invalid_argument) for a malformed id.
        """
    def sign_callback(
        self,
        callback: Callback,
        *,
        id: str | None = None,
        timestamp: int | None = None,
        uncovered: bool = False,
    ) -> dict[str, str]:
        """The three headers that sign a callback; send them beside its own.

        id is that of the callback if it has one, else a new one: give it for a retry, which has the id of the
        first sending. timestamp as for sign. The parameters of a GET or DELETE are not covered, unless they are
        sealed: that is refused unless uncovered is True.

        Raises ReplacerError (signature_covers_nothing; unsafe_header if the profile has one of these headers
        itself), ArgumentError (invalid_argument).
        """
    def __reduce__(self) -> NoReturn: ...
    def __copy__(self) -> Signer: ...
    def __deepcopy__(self, _memo: Any) -> Signer: ...

@final
class Verifier:
    """Checks the signatures of received callbacks. secrets is one secret or several, as for Signer.

    Raises ArgumentError (invalid_key, invalid_argument). Its repr shows no secret, and it cannot be pickled.
    """

    def __new__(cls, secrets: str | Iterable[str]) -> Verifier: ...
    def verify(
        self, headers: HeadersInput, body: str | Bytes, *, now: int | None = None, tolerance: int = 300
    ) -> Verified:
        """Checks the signature of a received message and returns a Verified: its id and its timestamp.

        headers is a mapping or an iterable of pairs, names in any case, texts or bytes. body is the raw body as
        it was received, before any parsing. now is the time in seconds since 1970, None that of the clock;
        tolerance is how far the timestamp may be from it, both ways, 300 seconds as a rule.

        A signature stops no replay: keep the ids that were seen for at least twice the tolerance, in the
        transaction of the effect, and answer a message whose id is known with 2xx and without an effect.

        Raises SignatureError (signature_refused for everything that is wrong; timestamp_refused only after a
        signature held).
        """
    def __reduce__(self) -> NoReturn: ...
    def __copy__(self) -> Verifier: ...
    def __deepcopy__(self, _memo: Any) -> Verifier: ...

@final
class KeyRing:
    """Profiles by the ids of their keys: a received callback is opened by exactly the profile that its id
    names. This is how keys are changed without losing a callback.

    A profile of the documented format carries its id as a constant header or a constant parameter of its query;
    nothing protects that id, but under another key a callback does not open. In a sealed profile the id is its
    kid.

    Threads may share it and change it. It cannot be pickled.
    """

    @staticmethod
    def by_header(name: str, *, try_in_turn: bool = False, refuse_v1: bool = False) -> KeyRing:
        """An empty ring; callbacks of the documented format name their key in the header of this name.

        With try_in_turn, a callback without an id is tried with each key: under GCM alone, with at most four
        keys, and never in a ring that holds a sealed profile. refuse_v1 refuses the documented format.
        """
    @staticmethod
    def by_query(name: str, *, try_in_turn: bool = False, refuse_v1: bool = False) -> KeyRing:
        """An empty ring; callbacks of the documented format name their key in the query's parameter of this
        name. Options as for by_header.
        """
    def add(self, id: str, profile: Profile) -> None:
        """Adds a profile under the id of its key.

        Raises ArgumentError (invalid_argument) if the id is taken, if it is not the kid of a sealed profile, or
        if a profile of the documented format does not send it as a constant header or parameter of the ring's
        name.
        """
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
        """Opens a received request by the profile whose key it names, and returns an OpenedByKey.

        headers, body and target as for Profile.receive, the other options as for Profile.open.

        Raises DecryptionError as Profile.open does, with unknown_key if it names none of the ring's keys, and
        cannot_tell_key if keys are tried in turn and nothing tells which one it was.
        """
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
        """Verifies the signature of a received request over its raw body, then opens it by the profile whose
        key it names, and returns a ReceivedByKey. Arguments and errors are those of Profile.receive and of
        open.
        """
    def __reduce__(self) -> NoReturn: ...

@final
class Envelope:
    """A response of the callback-profiles API: code, message, data, error, status.

    Key and IV are masked unless secrets="shown" asks for the documented echo.
    """

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
        """Reads an envelope of at most 256 KiB; data and error may be any JSON value.

        Raises ProfileError (invalid_envelope).
        """
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

    headers is a mapping or an iterable of (name, value) pairs, each a tuple of two str; names in any case.
    Options as for Profile.parse.

    Raises ProfileError (invalid_request), whose violations have the contexts params, headers and body.
    """

def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the payload's structure. The library has more rules than a schema can
    express.
    """

def catalogue() -> dict[str, Any]:
    """All codes: errors, advisories, address verdicts."""

def address_verdict(ip: str | IPv4Address | IPv6Address) -> AddressVerdictName:
    """What kind of address an IP address is; send callbacks to public ones only.

    ip is a str or an ipaddress object; an IPv6 address may have a zone (fe80::1%eth0). No check of a URL
    notices a host name that resolves to an internal address. Before you send a callback, check every address
    that the name resolves to, connect to one of exactly those, and follow no redirect without the same check.

    Raises ArgumentError (invalid_argument) if ip is not an IP address.
    """

def keygen(algorithm: AlgorithmName, *, random: Bytes | None = None) -> dict[str, Any]:
    """A new key and IV as the enc member of a profile: a dict of algo, key and IV, which are random letters and
    digits.

    random gives the bytes that they are made of, 128 or more; None takes them from the operating system. The
    dict is a secret: whoever reads it can read and forge the callbacks.

    Raises ArgumentError (unknown_algorithm; invalid_argument if there are too few bytes).
    """

def keygen_sealed(kid: str, *, random: Bytes | None = None) -> dict[str, Any]:
    """A new key as the enc member of a sealed profile: a dict of version, kid and key.

    kid is the key's id, another one for each key: 1 to 64 letters, digits, ".", "_" and "-". random gives 32
    bytes; None takes them from the operating system. The dict is a secret.

    Raises ArgumentError (invalid_argument).
    """

def keygen_signing(*, random: Bytes | None = None) -> str:
    """A new signing secret: whsec_ and the base64 of 48 bytes. Each endpoint needs its own.

    random gives the bytes; None takes them from the operating system.
    """

def gcm_seal(
    key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, plaintext: str | Bytes
) -> bytes:
    """AES-GCM (NIST SP 800-38D): the ciphertext followed by the 16-byte tag.

    The key has 16, 24 or 32 bytes; the IV at least one, and any length but 12 is hashed. Never use a pair of
    key and IV twice. Raises ArgumentError (invalid_key, invalid_iv, too_long).
    """

def gcm_open(key: str | Bytes, iv: str | Bytes, associated_data: str | Bytes, sealed: str | Bytes) -> bytes:
    """Checks and decrypts what gcm_seal returned.

    Raises DecryptionError (auth_failed) for every other text, ArgumentError (invalid_key, invalid_iv).
    """

def cfb_encrypt(key: str | Bytes, iv: str | Bytes, plaintext: str | Bytes) -> bytes:
    """AES-CFB with 128-bit feedback (NIST SP 800-38A): as many bytes as the plaintext. It does not detect
    tampering.

    The key has 16, 24 or 32 bytes, the IV 16. Raises ArgumentError (invalid_key, invalid_iv).
    """

def cfb_decrypt(key: str | Bytes, iv: str | Bytes, ciphertext: str | Bytes) -> bytes:
    """Decrypts what cfb_encrypt returned. A wrong key or a changed text gives other bytes, not an error.

    Raises ArgumentError (invalid_key, invalid_iv).
    """

def _cli(arguments: list[str]) -> int:
    """Runs the cbp command with these arguments, the program's name first, and returns its exit code."""

def _default_limits() -> dict[str, int]:
    """The core's default limits by name; the defaults of the dataclass Limits are tested against them."""

def _testing_panic() -> None:
    """Panics, for the test that a panic becomes an exception."""

def _visible(name: str) -> str:
    """A name from outside as messages show it: what could forge a line of a log is escaped."""
