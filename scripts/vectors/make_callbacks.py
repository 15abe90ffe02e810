"""Whole callbacks of our own: a profile and a record, and the request that the rules make of them, worked out in Python.

Nothing here knows the library. The bodies and queries are put together by Python's `json` and `urllib`.
"""

import base64
import json
import re
from urllib.parse import quote, quote_plus, unquote_plus

from ciphers import encrypt, letters_of

ALGORITHMS = [f"AES-{bits}-{mode}" for mode in ("GCM", "CFB") for bits in (128, 192, 256)]
NAME = re.compile(r"<(\w+)>")
TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
}

BODY = {
    "status": "<status>",
    "to": "<recipient>",
    "note": "id-<id>: <text>",
    "constant": "as it is",
    "amount": 1.5,
    "test": True,
    "nothing": None,
    "who": {"name": "<text>", "id": "<id>", "tags": ["<status>", 7, False]},
    "list": "<list>",
}
# The names that enc.params gives, and the members that they reach; None is all.
SELECTIONS = {
    "all": None,
    "to": ["to"],
    "one below": ["who.name", "note"],
    "a whole object": ["who", "list"],
    "constants": ["constant", "amount", "test", "nothing", "x"],
}
RECORDS = {
    "all": {
        "status": "DELIVERED",
        "recipient": "+919876543210",
        "id": 42,
        "text": "Hello",
        "list": ["a", 1, {"b": "c"}],
    },
    "to": {"status": "", "recipient": "00 44/20=", "id": "x&y=z", "text": "नमस्ते 😀 é", "list": []},
    "one below": {
        "status": 'a"b\\c\n',
        "recipient": "\t",
        "id": -7,
        "text": "<id>{}",
        "list": [[True, False], "€"],
    },
    "a whole object": {
        "status": "~*-._!'()",
        "recipient": "%41+ ",
        "id": 0,
        "text": "x" * 300,
        "list": [1.25, "two"],
    },
    "constants": {
        "status": "FAILED",
        "recipient": "?#&",
        "id": 9007199254740993,
        "text": "a;b,c",
        "list": ["é"],
    },
}


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_text(value):
    """A value within other text: strings as they are, everything else as JSON."""
    return value if isinstance(value, str) else compact(value)


def fill(value, record):
    """The body with the record's values: a string that is one whole replacer takes the value with its type."""
    if isinstance(value, dict):
        return {name: fill(member, record) for name, member in value.items()}
    if isinstance(value, list):
        return [fill(element, record) for element in value]
    if not isinstance(value, str):
        return value
    if whole := NAME.fullmatch(value):
        return record[whole[1]]
    return NAME.sub(lambda found: as_text(record[found[1]]), value)


class Sender:
    """An algorithm with its key and IV, and the names of what it encrypts."""

    def __init__(self, algorithm, kind, selection):
        label = f"callback {kind} {selection} {algorithm}"
        self.enc = {
            "algo": algorithm,
            "key": letters_of(f"{label} key", int(algorithm.split("-")[1]) // 8),
            "IV": letters_of(f"{label} iv", 16),
        }
        self.names = SELECTIONS[selection]
        if self.names is not None:
            self.enc["params"] = self.names

    def seal(self, text):
        data = encrypt(self.enc["algo"], self.enc["key"], self.enc["IV"], text.encode("utf-8"))
        return base64.b64encode(data).decode("ascii")

    def takes(self, path):
        """A name reaches its member with all below it; arrays have no part in the path."""
        return self.names is None or any(
            ".".join(path[:end]) in self.names for end in range(1, len(path) + 1)
        )

    def is_tree(self, name, value):
        """Whether the receiver of a form reads this field as JSON. A field is text, and text may look like JSON; only an
        object or array of the profile's own is one for certain, or what holds encrypted values.
        """
        own = isinstance(BODY[name], (dict, list))
        return isinstance(value, (dict, list)) and (own or self.takes((name,)))

    def leaves(self, value, change, path=()):
        """The tree with its selected leaves changed; null stays."""
        if isinstance(value, dict):
            return {name: self.leaves(member, change, (*path, name)) for name, member in value.items()}
        if isinstance(value, list):
            return [self.leaves(element, change, path) for element in value]
        return change(as_text(value)) if value is not None and self.takes(path) else value


def posted(kind, algorithm, selection):
    """A POST of this body type, and what the receiver reads out of it."""
    sender, record = Sender(algorithm, kind, selection), RECORDS[selection]
    filled = fill(BODY, record)
    sent, opened = sender.leaves(filled, sender.seal), sender.leaves(filled, str)
    boundary, content_type = "", TYPES[kind]
    # What the receiver has to allow by name: where a text is one replacer and its encrypted value is a structure.
    structures = [
        name
        for name, value in BODY.items()
        if isinstance(value, str) and isinstance(filled[name], (dict, list)) and sender.takes((name,))
    ]
    # A form has no spelling of null.
    fields = [(name, as_text(value)) for name, value in sent.items() if value is not None]
    if kind == "json":
        body = compact(sent)
    else:
        opened = {
            name: value if sender.is_tree(name, value) else as_text(value)
            for name, value in opened.items()
            if value is not None
        }
        if kind == "form":
            # Python leaves ~ and encodes *, WHATWG's form encoding does the opposite.
            body = "&".join(f"{form_text(name)}={form_text(value)}" for name, value in fields)
        else:
            boundary = f"own-{letters_of(f'{algorithm} {selection} boundary', 24)}"
            content_type += f"; boundary={boundary}"
            parts = (
                f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in fields
            )
            body = "".join(parts) + f"--{boundary}--\r\n"
    profile = {
        "title": "Own vector",
        "http_method": "POST",
        "url": "https://example.com/hooks/<id>",
        "body": BODY,
        "headers": {"content-type": TYPES[kind]},
        "enc": sender.enc,
    }
    return {
        "profile": compact(profile),
        "record": compact(record),
        **({"boundary": boundary} if boundary else {}),
        **({"structures": structures} if structures else {}),
        "method": "POST",
        "url": f"https://example.com/hooks/{quote(as_text(record['id']), safe='-._~')}",
        "headers": [["content-type", content_type]],
        "body": body,
        "opened": compact(opened),
    }


def form_text(text):
    return quote_plus(text, safe="*").replace("~", "%7E")


def queried(algorithm, selection):
    """A GET: its parameters are those of the query. One that is filled is encrypted as a whole, a constant one stays."""
    sender, record = Sender(algorithm, "query", selection), RECORDS[selection]
    query = [
        ("to", "<recipient>"),
        ("status", "s=<status>"),
        ("note", "a%20b+<text>/<id>"),
        ("constant", "as%20it+is"),
        ("x", "<list>"),
    ]
    sent, opened = [], {}
    for name, value in query:
        holds = NAME.search(value) is not None
        decoded = unquote_plus(value)
        opened[name] = NAME.sub(lambda found: as_text(record[found[1]]), decoded)
        if holds and sender.takes((name,)):
            sent.append((name, quote(sender.seal(opened[name]), safe="-._~")))
        else:
            sent.append((name, NAME.sub(lambda found: quote(as_text(record[found[1]]), safe="-._~"), value)))
    url = "https://example.com/hooks?"
    profile = {
        "title": "Own vector",
        "http_method": "GET",
        "url": url + "&".join("=".join(pair) for pair in query),
        "enc": sender.enc,
    }
    return {
        "profile": compact(profile),
        "record": compact(record),
        "method": "GET",
        "url": url + "&".join("=".join(pair) for pair in sent),
        "headers": [],
        "body": None,
        "opened": compact(opened),
    }


def tests():
    for algorithm in ALGORITHMS:
        for selection in SELECTIONS:
            for kind in TYPES:
                yield {"name": f"{kind}, {algorithm}, {selection}", **posted(kind, algorithm, selection)}
            yield {"name": f"query, {algorithm}, {selection}", **queried(algorithm, selection)}
