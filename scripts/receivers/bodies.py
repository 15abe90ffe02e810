"""Whole JSON bodies: genuine ones, and those that a receiver must refuse though every text in them is one of ours.

A family is named after the trap (README of examples/receivers) that it is about.
"""

import base64
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from callbacks import Case

# What may be in a text's place. The mark of a database's operator is one that services are attacked with.
OTHERS = {"null": None, "number": 7, "true": True, "list": [], "object": {"$ne": None}}
NO_OBJECTS = {"null": "null", "number": "7", "list": "[]"}


@dataclass(frozen=True)
class Body:
    """A line for a receiver and its answer, a value for each name; None is `refused`."""

    family: str
    settings: tuple[str, str, str]
    names: tuple[str, ...]
    body: str
    expected: tuple[bytes, ...] | None

    def line(self) -> str:
        return "\t".join(["body", *self.settings, ",".join(self.names), self.body]) + "\n"

    def answer(self) -> str:
        if self.expected is None:
            return "refused"
        return " ".join(["ok", *(base64.b64encode(value).decode() for value in self.expected)])


def bodies(genuine: list[Case], rng: random.Random) -> list[Body]:
    """Of each of 60 callbacks, two encrypted values beside one that is not, and what becomes of them on the way."""
    in_json = [case for case in genuine if case.family == "genuine/json" and case.expected]
    callbacks = [
        list(group)
        for _, group in itertools.groupby(in_json, lambda case: (case.algorithm, case.key, case.iv))
    ]
    made = []
    for cases in rng.sample([group for group in callbacks if len(group) > 2], 60):
        made += of_callback(*rng.sample(cases, 2))
    return made


def of_callback(one: Case, two: Case) -> Iterator[Body]:
    settings, names = (one.algorithm, one.key, one.iv), ("to", "text")
    body = {"id": "12", "to": one.text, "text": two.text}

    def made(family: str, body: str, expected: tuple[bytes, ...] | None = None) -> Body:
        return Body(family, settings, names, body, expected)

    def written(body: dict) -> str:
        return json.dumps(body, separators=(",", ":"))

    yield made("genuine/body", written(body), (one.expected, two.expected))
    for name in names:
        yield made("absent/one", written({key: value for key, value in body.items() if key != name}))
    yield made("absent/all", "{}")
    yield made("absent/renamed", written({"id": "12", "To": one.text, "text": two.text}))
    for kind, value in OTHERS.items():
        yield made(f"text/{kind}", written({**body, "to": value}))
    yield made("twice/other", f'{written(body)[:-1]},"to":"{two.text}"}}')
    yield made("twice/same", f'{written(body)[:-1]},"text":"{two.text}"}}')
    for kind, text in NO_OBJECTS.items():
        yield made(f"object/{kind}", text)
