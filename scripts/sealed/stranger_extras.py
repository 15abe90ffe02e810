"""More that strangers' code must refuse, which is no case for our library: keys of another length, every character of a token
changed, and texts that are nothing.
"""

import random

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jwe import bytes_of, encode
from received import URL, base
from seal_cases import ISSUED_AT
from stranger_cases import Case

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "jwe",
    '"jwe"',
    "\\u006awe",
    "=",
    "&",
    "%",
    "%zz",
    "%ff",
    ".",
    "....",
    "null",
    "1e999",
    "é",
    "\0",
    " ",
]


def extra_cases():
    return [*keys(), *flips(), *junk(random.Random(1))]


def job(sender, kind, text, key=None):
    expected = {"now": ISSUED_AT, "method": "POST", "url": URL}
    return {"do": "open", "kind": kind, "text": text, "kid": sender.kid, "key": key or sender.key, **expected}


def keys():
    """Tokens that fit what a library makes of a key of another length: cut, filled up with NUL, another AES."""
    sender = base()
    header = encode(sender.header().encode())
    for length, used in ((33, 32), (48, 32), (31, 32), (16, 16), (24, 24), (16, 32), (0, 32)):
        key = bytes_of("sealed key for tests: lengths", 48)[:length]
        gcm = AESGCM(key[:used].ljust(used, b"\0"))
        data = gcm.encrypt(sender.nonce(), sender.claims().encode(), header.encode())
        token = ".".join([header, "", encode(sender.nonce()), encode(data[:-16]), encode(data[-16:])])
        name = f"a key of {length} bytes, used as {used}"
        yield Case(name, "key length", job(sender, "token", token, f"cbk2_{encode(key)}"), None)


def flips():
    """A token with one character changed, each in its turn."""
    sender = base()
    token = sender.token()
    for place, character in enumerate(token):
        other = "A" if character == "." else ALPHABET[ALPHABET.index(character) ^ 1]
        changed = token[:place] + other + token[place + 1 :]
        yield Case(f"character {place} changed", "changed", job(sender, "token", changed), None)


def junk(rng):
    """Texts that are no token and no body. A program that ends over one of them has failed."""
    sender = base()
    texts = [
        "",
        "[" * 100_000,
        '{"jwe":' * 1_000,
        '{"jwe":1e999}',
        '{"jwe":"' + "." * 10_000 + '"}',
        "&" * 10_000,
        "." * 10_000,
    ]
    texts += ["".join(rng.choices(PIECES, k=rng.randrange(1, 12))) for _ in range(100)]
    for number, text in enumerate(texts):
        for kind in ("json", "form", "token"):
            yield Case(f"nothing, {number}", "nothing", job(sender, kind, text), None)
