"""Genuine values: what the library puts into whole callbacks, found there again without it.

The callbacks are made by `cbp callback`; the bodies are read with Python's own JSON, form and e-mail parsers, as a
stranger would. Each value comes with the plaintext that the record had.
"""

import base64
import email
import json
import random
import string
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

ALGORITHMS = [f"AES-{bits}-{mode}" for mode in ("GCM", "CFB") for bits in (128, 192, 256)]
MAX_LENGTH = 257
ALPHANUMERIC = string.ascii_letters + string.digits
# One to four bytes each; characters that forms, JSON and base64 treat in their own ways among them.
CHARACTERS = "aZ09 +/=&%?<>{}[]\"'\\\t\n\r\0\x7fäßñ§€漢字ह\ufeff\u2028😀𝄞👩🏽"


@dataclass(frozen=True)
class Case:
    """A line for a receiver and its answer; None is `refused`."""

    family: str
    algorithm: str
    key: str
    iv: str
    text: str
    expected: bytes | None

    def line(self) -> str:
        return f"{self.algorithm}\t{self.key}\t{self.iv}\t{self.text}\n"

    def answer(self) -> str:
        return (
            "refused" if self.expected is None else f"ok {base64.b64encode(self.expected).decode()}".strip()
        )


def settings(rng: random.Random, algorithm: str) -> tuple[str, str]:
    """A key and an IV."""
    size = int(algorithm[4:7]) // 8
    return "".join(rng.choices(ALPHANUMERIC, k=size)), "".join(rng.choices(ALPHANUMERIC, k=16))


def genuine(cbp: Path, rng: random.Random) -> list[Case]:
    """Every length from 0 to 257 bytes in JSON and in forms, some in multipart bodies and queries; nested values."""
    cases: list[Case] = []
    with tempfile.TemporaryDirectory() as folder:
        for algorithm in ALGORITHMS:
            for kind, lengths in (
                ("json", list(range(MAX_LENGTH + 1))),
                ("form", list(range(MAX_LENGTH + 1))),
                ("multipart", rng.sample(range(MAX_LENGTH + 1), 60)),
                ("query", rng.sample(range(MAX_LENGTH + 1), 60)),
            ):
                rng.shuffle(lengths)
                for start in range(0, len(lengths), 43):
                    values = {
                        f"v{n}": text(rng, length) for n, length in enumerate(lengths[start : start + 43])
                    }
                    cases += callback(cbp, Path(folder), rng, algorithm, kind, values)
            for kind in ("json", "form"):
                for _ in range(5):
                    cases += callback(cbp, Path(folder), rng, algorithm, kind, nested(rng))
    return cases


def text(rng: random.Random, length: int) -> str:
    """A text of exactly so many bytes of UTF-8."""
    match rng.randrange(4):
        case 0:
            return "".join(rng.choices(string.printable, k=length))
        case 1:
            return "".join(rng.choices(string.digits, k=length))
        case 2 if length >= 10:
            return '{"a":"' + "x" * (length - 8) + '"}'
    out = ""
    while (left := length - len(out.encode())) > 0:
        out += rng.choice([c for c in CHARACTERS if len(c.encode()) <= left])
    return out


def nested(rng: random.Random) -> dict:
    """Members that are not strings, and strings within others."""
    return {
        "contacts": [
            {"wa_id": text(rng, 11), "blocked": rng.random() < 0.5, "none": None},
            text(rng, 30),
            [],
        ],
        "price": rng.choice([0, -3, 0.25, 1745000000, 12.5]),
        "yes": True,
        "deep": {"er": {"still": [text(rng, n) for n in range(12, 20)], "number": rng.randrange(10**9)}},
    }


def callback(
    cbp: Path, folder: Path, rng: random.Random, algorithm: str, kind: str, values: dict
) -> list[Case]:
    """The values of one callback that carries these."""
    key, iv = settings(rng, algorithm)
    profile = {
        "title": "For strangers",
        "http_method": "GET" if kind == "query" else "POST",
        "url": "https://example.com/",
        "enc": {"algo": algorithm, "key": key, "IV": iv},
    }
    holes = {name: f"<{name}>" for name in values}
    if kind == "query":
        profile["url"] += "?" + "&".join(f"{name}={hole}" for name, hole in holes.items())
    else:
        profile["body"] = holes
        content_type = {"form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data"}.get(
            kind
        )
        profile["headers"] = {"Content-Type": content_type} if content_type else {}
    (folder / "profile.json").write_text(json.dumps(profile))
    (folder / "record.json").write_text(json.dumps(values))
    command = [cbp, "callback", "--json", folder / "profile.json", folder / "record.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{kind}: cbp refuses its own input: {done.stderr}")
    received = read(kind, json.loads(done.stdout))
    return [Case(f"genuine/{kind}", algorithm, key, iv, *pair) for pair in pairs(values, received)]


def read(kind: str, request: dict) -> dict:
    """The parameters of a request."""
    match kind:
        case "json":
            return json.loads(request["body"])
        case "query":
            return dict(
                parse_qsl(urlsplit(request["url"]).query, keep_blank_values=True, strict_parsing=True)
            )
        case "form":
            return dict(parse_qsl(request["body"], keep_blank_values=True, strict_parsing=True))
        case "multipart":
            head = "".join(f"{name}: {value}\r\n" for name, value in request["headers"].items())
            parts = email.message_from_string(f"{head}\r\n{request['body']}").get_payload()
            return {
                part.get_param("name", header="Content-Disposition"): part.get_payload() for part in parts
            }
    raise AssertionError(kind)


def pairs(sent: object, received: object) -> list[tuple[str, bytes]]:
    """Texts with the plaintext of each. In a form objects and arrays are JSON text."""
    match sent:
        case None:
            assert received is None
            return []
        case dict() | list():
            received = json.loads(received) if isinstance(received, str) else received
            assert type(received) is type(sent) and len(received) == len(sent), (sent, received)
            places = sent.keys() if isinstance(sent, dict) else range(len(sent))
            return [pair for place in places for pair in pairs(sent[place], received[place])]
        case str():
            plaintext = sent
        case _:
            plaintext = json.dumps(sent)
    assert isinstance(received, str), (sent, received)
    return [(received, plaintext.encode())]
