"""Verifies signatures (Standard Webhooks 1.0.0) with Python alone. Copy all above `main`.

Python by itself skips what is no base64 in a secret: each line marked `trap:` closes something. README.md says what.
"""

import base64
import hmac
import re
import sys


class Refused(Exception):
    """One answer for all failures."""


def check(holds: bool) -> None:
    if not holds:
        raise Refused


def key_of(secret: str) -> bytes:
    key = base64.b64decode(secret.removeprefix("whsec_") + "==")
    check(secret == "whsec_" + base64.b64encode(key).decode() and 24 <= len(key) <= 64)  # trap: secret
    return key


def sign(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def verify(secrets: list, headers: list, body: bytes, now: int, tolerance: int = 300) -> tuple[str, int]:
    """Returns id and timestamp, for the body as it was received. Remember the id for twice the tolerance."""
    wanted = ("webhook-id", "webhook-timestamp", "webhook-signature")
    found = [[value for name, value in headers if name.lower() == header] for header in wanted]
    check(all(len(values) == 1 for values in found))  # trap: headers
    identifier, timestamp, signatures = (["", *values][-1] for values in found)
    check(re.fullmatch(r"[!-\-/-~]{1,128}", identifier) is not None)  # trap: id
    check(re.fullmatch("0|[1-9][0-9]{0,17}", timestamp) is not None)  # trap: timestamp
    received = signatures.split(" ")
    check(len(received) <= 16)  # trap: many
    signed = f"{identifier}.{timestamp}.".encode() + body
    made = [sign(key_of(secret), signed) for secret in secrets]
    check(any(hmac.compare_digest(a.encode(), b.encode()) for a in made for b in received))  # trap: signature
    check(abs(now - int(timestamp)) <= tolerance)  # trap: time
    return identifier, int(timestamp)


def main() -> None:
    """For scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out."""
    for line in sys.stdin.read().removesuffix("\n").split("\n"):
        now, tolerance, body, *texts = line.split("\t")
        count = int(texts.pop(0))
        plain = [base64.b64decode(text).decode() for text in texts]
        secrets, headers = plain[:count], list(zip(plain[count::2], plain[count + 1 :: 2], strict=True))
        try:
            print("ok", *verify(secrets, headers, base64.b64decode(body), int(now), int(tolerance)))
        except (Refused, ValueError):
            print("refused")


if __name__ == "__main__":
    main()
