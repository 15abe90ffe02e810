"""Profile and StoredProfile as the types of pydantic (v2) fields. pydantic is imported only when a model asks for it.

Validation takes what the class's parse takes, or an object of the class. Serialisation gives the payload, or the stored
profile, with key and IV masked; a caller who must keep them asks for them:
model.model_dump(context={"callback_profile": {"secrets": "shown"}}).

An error of pydantic shows the input of the field. For a refused payload, this module shows a placeholder instead. The
error of *another* field shows the whole model's input: hide_input_in_errors hides it in the error's text only, so take
error.errors(include_input=False), and drop "input" where FastAPI would send it (the README has the handler).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ._errors import ProfileError
from ._native import Profile, StoredProfile, schema

if TYPE_CHECKING:
    from pydantic_core import core_schema as cs


AnyProfile: TypeAlias = Profile | StoredProfile


class _Refused(str):
    """What pydantic's errors show as the input instead of a refused payload, which may hold a key."""

    error: ProfileError | TypeError

    def __new__(cls, error: ProfileError | TypeError) -> _Refused:
        self = super().__new__(cls, "<callback profile>")
        self.error = error
        return self


def _refuse(value: AnyProfile | _Refused) -> AnyProfile:
    from pydantic_core import PydanticCustomError

    if not isinstance(value, _Refused):
        return value
    if isinstance(value.error, ProfileError):
        violations = [
            {"context": v.context, "pointer": v.pointer, "keyword": v.keyword, "message": v.message}
            for v in value.error.violations
        ]
        context = {"reason": str(value.error), "violations": violations}
        raise PydanticCustomError("invalid_profile", "{reason}", context)
    raise PydanticCustomError("profile_type", "{reason}", {"reason": str(value.error)})


def _serialise(profile: AnyProfile, info: cs.SerializationInfo) -> dict[str, Any]:
    # The context is the caller's and may be anything; what is no mapping asks for nothing.
    context: object = info.context
    settings = context.get("callback_profile") if isinstance(context, Mapping) else None
    shown = isinstance(settings, Mapping) and settings.get("secrets") == "shown"
    return profile.to_dict(secrets="shown" if shown else "masked")


def core_schema(of: type[AnyProfile]) -> cs.CoreSchema:
    """How pydantic validates and serialises an object of this class."""
    from pydantic_core import core_schema as cs

    def parse(value: Any) -> AnyProfile | _Refused:
        if isinstance(value, of):
            return value
        try:
            return of.parse(value)
        except (ProfileError, TypeError) as error:
            return _Refused(error)
        except ValueError as error:
            return _Refused(TypeError(str(error)))

    return cs.chain_schema(
        [cs.no_info_plain_validator_function(parse), cs.no_info_plain_validator_function(_refuse)],
        serialization=cs.plain_serializer_function_ser_schema(_serialise, info_arg=True),
    )


def json_schema(of: type[AnyProfile]) -> dict[str, Any]:
    """The JSON Schema of a Profile, with its own definitions written out: pydantic resolves none but its own. There is
    none of a stored profile, whose members come in several forms: it is an object.
    """
    if of is StoredProfile:
        return {"title": "StoredProfile", "type": "object"}
    whole = schema()
    definitions: dict[str, Any] = whole.pop("$defs")
    del whole["$schema"]

    def written_out(value: Any) -> Any:
        if isinstance(value, list):
            return [written_out(element) for element in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return written_out(definitions[value["$ref"].removeprefix("#/$defs/")])
        return {name: written_out(member) for name, member in value.items()}

    return {name: written_out(member) for name, member in whole.items()}
