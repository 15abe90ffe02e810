"""Opens and makes sealed callbacks, with the package `cryptography` and nothing else. Copy all above `main`.

By themselves `cryptography` takes nonces of 8 to 128 bytes and chooses the AES by the key's length, and Python's base64
skips what it does not know: each line marked `trap:` closes one of these. README.md says which is which.
"""

import base64
import json
import os
import re
import sys
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEADER = '{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"%s"}'


class Refused(Exception):
    """One answer for all failures."""


def check(holds: bool) -> None:
    if not holds:
        raise Refused


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    check(encode(data) == text)  # trap: base64
    return data


def open_sealed(token: str, kid: str, key: str, now: int, method: str, url: str) -> dict:
    """Returns the claims, `jti` and `params` among them, only if every check has passed; raises Refused otherwise."""
    try:
        header, second, *rest = token.split(".")
        check(len(rest) == 3 and second == "")  # trap: parts
        check(header == encode((HEADER % kid).encode()))  # trap: header
        nonce, data, tag = map(decode, rest[:3])
        secret = decode(key.removeprefix("cbk2_"))
        check(len(secret) == 32)  # trap: key
        check(len(nonce) == 12)  # trap: nonce
        check(len(tag) == 16)  # trap: tag
        claims = json.loads(AESGCM(secret).decrypt(nonce, data + tag, header.encode()).decode())
        check(isinstance(claims, dict) and isinstance(claims.get("params"), dict))  # trap: claims
        check(type(claims.get("iat")) is int and abs(now - claims["iat"]) <= 300)  # trap: iat
        check(re.fullmatch(r"[!-\-/-~]{1,128}", claims["jti"]) is not None)  # trap: jti
        check(claims.get("htm") == method)  # trap: htm
        check(claims.get("htu") == url)  # trap: htu
        return claims
    except (
        ValueError,
        KeyError,
        TypeError,
        InvalidTag,
    ):  # no token, no JSON, no `jti`; a tag that is another
        raise Refused from None


def token_in_json(body: str) -> str:
    """The token of a JSON body; what is beside it is for others."""
    try:
        tokens = [value for name, value in json.loads(body, object_pairs_hook=list) if name == "jwe"]
    except (ValueError, TypeError, RecursionError):  # trap: deep
        raise Refused from None
    check(len(tokens) == 1)  # trap: once
    check(bool(tokens) and isinstance(tokens[0], str))
    return tokens[0]


def token_in_form(body: str) -> str:
    """The token of a form or of a query."""
    tokens = [value for name, value in parse_qsl(body, keep_blank_values=True) if name == "jwe"]
    check(len(tokens) == 1)  # trap: once
    check(bool(tokens))
    return tokens[0]


def seal(kid: str, key: str, claims: str) -> str:
    """The token over a claims set in JSON."""
    header, nonce = encode((HEADER % kid).encode()), os.urandom(12)
    data = AESGCM(decode(key.removeprefix("cbk2_"))).encrypt(nonce, claims.encode(), header.encode())
    return ".".join([header, "", encode(nonce), encode(data[:-16]), encode(data[-16:])])


def main() -> None:
    """For scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out."""
    for line in sys.stdin.buffer.read().decode().removesuffix("\n").split("\n"):
        case = json.loads(line)
        try:
            if case["do"] == "seal":
                print("ok", seal(case["kid"], case["key"], case["claims"]))
                continue
            find = {"json": token_in_json, "form": token_in_form, "token": str}[case["kind"]]
            token = find(case["text"])
            claims = open_sealed(token, case["kid"], case["key"], case["now"], case["method"], case["url"])
            print("ok", json.dumps([claims.get("jti"), claims.get("params")]))
        except Refused:
            print("refused")


if __name__ == "__main__":
    main()
