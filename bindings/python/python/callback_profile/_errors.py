"""The exceptions. The class follows the call that failed; the code is a name of the catalogue. No text holds a key
or a value. In a text, a name from outside has controls and marks of text direction escaped, and ends after 256
characters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import Envelope
    from .types import ErrorCode, Violation


class CallbackProfileError(Exception):
    """Something failed; the base of all errors of this package.

    Itself it is raised with the code "internal" only: a defect of the library was stopped.
    """

    code: ErrorCode
    """The stable code."""

    def __init__(self, message: str, code: ErrorCode) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self), (*self.args, self.code)


class ArgumentError(CallbackProfileError, ValueError):
    """An argument has the right type but makes no sense (invalid_argument), a cipher or a signer could not be made
    (unknown_algorithm, invalid_key, invalid_iv), or a value not be encrypted (too_long).
    """


class ProfileError(CallbackProfileError, ValueError):
    """A payload, patch, stored profile, request or envelope could not be parsed; violations has every reason.

    Its str() is the first violation's message, with a count of the others.
    """

    violations: list[Violation]
    """The reasons, in the order of the rules; there is at least one."""
    unlisted: int
    """How many more there were than are listed."""
    envelope: Envelope
    """What the API answers: RBC302, status 400."""

    def __init__(
        self, message: str, code: ErrorCode, violations: list[Violation], unlisted: int, envelope: Envelope
    ) -> None:
        super().__init__(message, code)
        self.violations = violations
        self.unlisted = unlisted
        self.envelope = envelope

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self), (*self.args, self.code, self.violations, self.unlisted, self.envelope)


class ReplacerError(CallbackProfileError, ValueError):
    """A message or a callback could not be filled from the record, or the record is not a JSON object."""

    missing: tuple[str, ...]
    """The names that the record lacks, if missing="error" was asked for."""

    def __init__(self, message: str, code: ErrorCode, missing: list[str] | tuple[str, ...] = ()) -> None:
        super().__init__(message, code)
        self.missing = tuple(missing)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self), (*self.args, self.code, self.missing)


class DecryptionError(CallbackProfileError, ValueError):
    """A received callback could not be opened, or a value not be decrypted, whatever the reason."""

    parameters: tuple[str, ...]
    """Every parameter that the error is about (contacts[0].name), as it was received, at most 256 characters of each;
    empty if it is about none.
    """

    def __init__(self, message: str, code: ErrorCode, parameters: list[str] | tuple[str, ...] = ()) -> None:
        super().__init__(message, code)
        self.parameters = tuple(parameters)

    @property
    def parameter(self) -> str | None:
        """The first of parameters, or None."""
        return self.parameters[0] if self.parameters else None

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self), (*self.args, self.code, self.parameters)


class SignatureError(CallbackProfileError, ValueError):
    """The signature of a received callback is refused: it is missing, malformed or wrong (signature_refused), or it
    holds and its timestamp is too far from now (timestamp_refused).
    """


for _error in (
    CallbackProfileError,
    ArgumentError,
    ProfileError,
    ReplacerError,
    DecryptionError,
    SignatureError,
):
    _error.__module__ = "callback_profile"
