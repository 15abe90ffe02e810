"""JSON whose numbers keep their text and whose members keep their order, read strictly and written compactly."""

import json


class Number(str):
    """A number as it was written."""


class Repeated(ValueError):
    """An object has a name twice."""


def members(pairs):
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Repeated
    return value


def refuse(constant):
    raise ValueError(constant)


def parse(text):
    return json.loads(
        text, object_pairs_hook=members, parse_int=Number, parse_float=Number, parse_constant=refuse
    )


def compact(value):
    """Escaped are `"`, the backslash and controls below 0x20 alone."""
    match value:
        case Number():
            return str(value)
        case dict():
            inner = ",".join(f"{compact(name)}:{compact(member)}" for name, member in value.items())
            return "{" + inner + "}"
        case list():
            return "[" + ",".join(map(compact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_text(value):
    """A value within other text: strings as they are, everything else as JSON."""
    return str(value) if isinstance(value, str) else compact(value)
