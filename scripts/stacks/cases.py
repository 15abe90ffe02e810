"""The shared cases of testdata/open.json and callback.json as lines, and the answers that are expected.

A line is a job, a payload, an input, settings and a count, separated by tabs. Payload and input are hexadecimal, so that no language
needs more than that to read them. Settings are `name=value` separated by `;`, with the numbers of callback_profile.h.

An answer is `ok` with the parts of the result, or `error` with code, class and the parameters; parts are hexadecimal."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HEADER = (ROOT / "include" / "callback_profile.h").read_text()


def number(name: str) -> int:
    """A number of the C header."""
    found = re.search(rf"^#define {name} (\d+)$", HEADER, re.M)
    assert found, name
    return int(found[1])


@dataclass(frozen=True)
class Case:
    name: str
    line: str
    answer: str

    @property
    def is_refused(self) -> bool:
        return self.answer.startswith("error")


def to_hex(text: str | bytes) -> str:
    return (text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")).hex()


def parts(*texts: str) -> str:
    return ("ok " + " ".join(map(to_hex, texts))).rstrip()  # as lines are read


def names(value: bool | list[str]) -> str:
    return "*" if value is True else ",".join(map(to_hex, value))


def settings(case: dict[str, Any]) -> str:
    found = []
    if {"encoding", "tag", "reading"} & case.keys():
        chosen = {"encoding": "base64", "tag": "appended", "reading": "tolerant"} | case
        wire = [
            number(f"CBP_{name.upper()}_{chosen[name].upper()}") for name in ("encoding", "tag", "reading")
        ]
        found.append("wire=" + ",".join(map(str, wire)))
    for name, value in case.get("limits", {}).items():
        found.append(f"limit={number(f'CBP_LIMIT_{name.upper()}')},{value}")
    for name in ("missing", "surrogates"):
        if name in case:
            found.append(f"{name}={number(f'CBP_{name.upper()}_{case[name].upper()}')}")
    found += [f"{name}={to_hex(case[name])}" for name in ("content_type", "boundary") if name in case]
    found += [f"{name}={names(case[name])}" for name in ("structures", "absent") if name in case]
    return ";".join(found)


def line(job: str, payload: str, text: str | bytes, options: str = "", times: int = 0) -> str:
    return "\t".join((job, to_hex(payload), to_hex(text), options, str(times)))


def answer(case: dict[str, Any], *result: str) -> str:
    if "error" not in case:
        return parts(*result)
    parameters = case.get("parameters", [case["parameter"]] if "parameter" in case else [])
    return f"error {case['error']} {case['class']} {to_hex(chr(10).join(parameters))}".rstrip()


def opened(case: dict[str, Any]) -> Case:
    received = bytes.fromhex(case["received_hex"]) if "received_hex" in case else case["received"]
    return Case(
        case["name"],
        line("open", case["profile"], received, settings(case)),
        answer(case, case.get("opened", "")),
    )


def built(case: dict[str, Any]) -> Case:
    # What opens the result again is no setting of the call that builds it.
    options = settings({name: value for name, value in case.items() if name not in ("structures", "absent")})
    result = ()
    if "error" not in case:
        headers = "\n".join(": ".join(header) for header in case["headers"])
        body = "" if case["body"] is None else "=" + case["body"]
        result = (case["method"], case["url"], headers, body, "\n".join(case["missing_names"]))
    return Case(
        case["name"], line("callback", case["profile"], case["record"], options), answer(case, *result)
    )


def shared(suite: str) -> list[Case]:
    make = {"open": opened, "callback": built}[suite]
    return [make(case) for case in json.loads((ROOT / "testdata" / f"{suite}.json").read_text())]


def diagnoses() -> list[tuple[str, str, list[str]]]:
    """Line, name and causes of every case of testdata/diagnosis.json that is one text under an `enc`, without settings."""
    found = []
    for case in json.loads((ROOT / "testdata" / "diagnosis.json").read_text()):
        if case.keys() <= {"name", "enc", "texts", "causes", "grade", "reason"} and len(case["texts"]) == 1:
            payload = {
                "title": "diagnosis",
                "http_method": "POST",
                "url": "https://example.com/",
                "body": {"to": "<to>"},
            }
            found.append(
                (
                    line("diagnose", json.dumps(payload | {"enc": case["enc"]}), case["texts"][0]),
                    case["name"],
                    case["causes"],
                )
            )
    return found
