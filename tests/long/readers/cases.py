"""Makes received bodies: valid ones, and ones that are changed where parsers may read different things."""

import json
import random
import re
import string
from dataclasses import dataclass

from texts import (
    CLOSINGS,
    CONTENT_TYPES,
    DISPOSITIONS,
    EPILOGUES,
    FORM_ENDS,
    FORM_PIECES,
    LINE_CHANGES,
    LINES_IN_VALUES,
    NAMES,
    OPENINGS,
    PART_HEADERS,
    PIECES,
    PREAMBLES,
    UNKNOWN,
    VALUES,
)

FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r"[0-9A-Za-z!#$%&'*+.^_`|~-]+")


@dataclass
class Case:
    """A received body, and how it was changed."""

    kind: str  # multipart or form
    profile: str
    content_type: str
    is_received: bool  # whether we get the content type; the others always do
    body: bytes
    boundary: str
    changes: list[str]


def profile(content_type: str) -> str:
    body = dict.fromkeys(NAMES, "<f>")
    return json.dumps({
        "title": "readers", "http_method": "POST", "url": "https://example.com/", "body": body,
        "headers": {"content-type": content_type},
    })  # fmt: skip


PROFILES = {
    "multipart": profile("multipart/form-data"),
    "form": profile("application/x-www-form-urlencoded"),
    "query": json.dumps(
        {"title": "readers", "http_method": "GET", "url": "https://example.com/?to=<f>&status=<f>"}
    ),
}


class Maker:
    """Makes the cases of a seed, one after the other."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def case(self) -> Case:
        return self.multipart() if self.random.random() < 0.6 else self.form()

    # Multipart bodies

    def multipart(self) -> Case:
        changes: list[str] = []
        boundary = self.boundary()
        fields = self.fields()
        parts = [self.part(name, value, changes) for name, value in fields]
        body = self.joined(parts, boundary, changes)
        body = self.bytes_changed(body, boundary, changes)
        quote = "" if TOKEN.fullmatch(boundary) else '"'
        content_type = f"multipart/form-data; boundary={quote}{boundary}{quote}"
        is_received = not self.happens(0.1)
        if is_received and self.happens(0.12):
            content_type = self.content_type_changed(boundary, changes)
        return Case("multipart", PROFILES["multipart"], content_type, is_received, body, boundary, changes)

    def boundary(self) -> str:
        pick = self.random
        letters = "".join(pick.choices(string.ascii_letters + string.digits, k=16))
        return pick.choice([
            f"----WebKitFormBoundary{letters}", "-" * 27 + "".join(pick.choices(string.digits, k=28)),
            f"cbp-{letters.lower()}", letters,
            f"{letters[:3]}'_+.{letters[3:]}", f"a b:{letters}?", "b" * 70, f"--{letters}", f"=_{letters}",
        ])  # fmt: skip

    def fields(self) -> list[tuple[str, str]]:
        pick = self.random
        known = NAMES[:8] if not self.happens(0.15) else NAMES
        names = pick.sample(known, k=pick.choice([1, 1, 2, 2, 3, 5]))
        if self.happens(0.3):
            names.insert(pick.randrange(len(names) + 1), pick.choice(UNKNOWN))
        if self.happens(0.03):
            names.append(pick.choice(names))
        if self.happens(0.02):
            names = []
        return [(name, pick.choice(VALUES)) for name in names]

    def part(self, name: str, value: str, changes: list[str]) -> bytes:
        pick = self.random
        written = name.replace('"', "%22")
        disposition = f'form-data; name="{written}"'
        if self.happens(0.13):
            disposition = self.disposition_changed(written, changes)
        lines = [f"Content-Disposition: {disposition}"]
        if self.happens(0.2):
            more = pick.choice(PART_HEADERS)
            changes.append(f"header {more}")
            lines.insert(pick.randrange(2), more)
        end = "\r\n"
        if self.happens(0.04):
            change, lines, end = pick.choice(LINE_CHANGES)(lines)
            changes.append(change)
        content = value.encode()
        if self.happens(0.01):
            content += b"\xe9"
            changes.append("a value that is not UTF-8")
        return "\r\n".join(lines).encode() + end.encode() + b"\r\n" + content

    def disposition_changed(self, name: str, changes: list[str]) -> str:
        token = name if TOKEN.fullmatch(name) else "token"
        disposition = self.random.choice(DISPOSITIONS).replace("NAME", name).replace("TOKEN", token)
        changes.append(f"disposition {disposition[:80]}")
        return disposition

    def joined(self, parts: list[bytes], boundary: str, changes: list[str]) -> bytes:
        pick = self.random
        delimiter = f"--{boundary}".encode()
        body = b""
        if self.happens(0.12):
            before = pick.choice(PREAMBLES).replace("DELIMITER", delimiter.decode())
            changes.append(f"preamble {before!r}")
            body += before.encode()
        for part in parts:
            line = delimiter + self.line_end(changes, "opening", OPENINGS)
            if self.happens(0.03):
                inside = pick.choice(LINES_IN_VALUES).replace("DELIMITER", delimiter.decode())
                changes.append(f"in a value {inside!r}")
                part += inside.encode()
            body += line + part + b"\r\n"
        body += delimiter + self.line_end(changes, "closing", CLOSINGS)
        if self.happens(0.08):
            after = pick.choice(EPILOGUES).replace("DELIMITER", delimiter.decode())
            changes.append(f"epilogue {after!r}")
            body += after.encode()
        return body

    def line_end(self, changes: list[str], which: str, ends: list[str]) -> bytes:
        if not self.happens(0.04):
            return ends[0].encode()
        end = self.random.choice(ends)
        changes.append(f"{which} {end!r}")
        return end.encode()

    def content_type_changed(self, boundary: str, changes: list[str]) -> str:
        pairs = "".join(f"\\{character}" for character in boundary)
        content_type = self.random.choice(CONTENT_TYPES).replace("PAIRS", pairs).replace("BOUNDARY", boundary)
        changes.append(f"content type {content_type}")
        return content_type

    # Forms and queries

    def form(self) -> Case:
        pick = self.random
        changes: list[str] = []
        pieces = []
        for name, value in self.fields():
            style = pick.choices([self.encoded, self.barely_encoded, self.raw], [20, 10, 1])[0]
            name, value = style(name), style(value)
            piece = f"{name}={value}"
            if self.happens(0.15):
                change = pick.choice(FORM_PIECES)
                piece = change.replace("NAME", name).replace("VALUE", value)
                changes.append(f"piece {change}")
            pieces.append(piece)
        separator = "&"
        if self.happens(0.05):
            separator = pick.choice(["&&", ";", "&amp;", "&\r\n", " & "])
            changes.append(f"separator {separator!r}")
        text = separator.join(pieces)
        if self.happens(0.06):
            ends = pick.choice(FORM_ENDS)
            text = ends.replace("*", text)
            changes.append(f"ends {ends!r}")
        body = self.bytes_changed(text.encode(), "", changes)
        if self.happens(0.1):
            received = "?" + body.decode("utf-8", "surrogateescape").replace("#", "%23")
            query = received.encode("utf-8", "surrogateescape")
            return Case("query", PROFILES["query"], FORM, False, query, "", changes)
        content_type, is_received = FORM, not self.happens(0.1)
        if is_received and self.happens(0.08):
            parameters = pick.choice(["; charset=utf-8", ';charset="UTF-8"', " ; x=y"])
            content_type = pick.choice([FORM, FORM.upper()]) + parameters
            changes.append(f"content type {content_type}")
        return Case("form", PROFILES["form"], content_type, is_received, body, "", changes)

    def encoded(self, text: str) -> str:
        safe = string.ascii_letters + string.digits + "*-._"
        return "".join(c if c in safe else "+" if c == " " else self.percent(c) for c in text)

    def barely_encoded(self, text: str) -> str:
        return "".join(self.percent(c) if c in "%&+=" or c > "\x7f" else c for c in text)

    def raw(self, text: str) -> str:
        return "".join(self.percent(c) if c in "%&+=" else c for c in text)

    def percent(self, character: str) -> str:
        style = self.random.choice(["%{:02X}", "%{:02x}"])
        return "".join(style.format(byte) for byte in character.encode())

    # Both

    def bytes_changed(self, body: bytes, boundary: str, changes: list[str]) -> bytes:
        if not self.happens(0.12) or not body:
            return body
        pick = self.random
        at, end = sorted(pick.choices(range(len(body) + 1), k=2))
        end = min(end, at + pick.choice([1, 1, 2, 8, 60]))
        piece = pick.choice(PIECES).replace(b"DELIMITER", f"--{boundary}".encode())
        change, body = pick.choice([
            (f"insert {piece!r} at {at}", body[:at] + piece + body[at:]),
            (f"replace {at} to {end} by {piece!r}", body[:at] + piece + body[end:]),
            (f"remove {at} to {end}", body[:at] + body[end:]),
            (f"repeat {at} to {end}", body[:end] + body[at:]),
            (f"end at {at}", body[:at]),
        ])  # fmt: skip
        changes.append(change)
        return body

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability
