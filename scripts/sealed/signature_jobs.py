"""What the verifiers of examples/receivers/sealed are asked: testdata/signature.json, and secrets that are none.

A line is: time now, tolerance, body, how many secrets, the secrets, then name and value of each header; separated by tabs,
all but the numbers in base64.
"""

import base64
import json
from dataclasses import dataclass

from signature_cases import BODY, IDENTIFIER, NOW, PREFIX, signature
from stranger_cases import TESTDATA


@dataclass(frozen=True)
class Case:
    """`expected` is `ID TIMESTAMP`, or None for `refused`; `rule` is what is broken, as far as the name says it."""

    name: str
    rule: str
    job: dict
    expected: str | None

    def line(self):
        job = self.job
        texts = [*job["secrets"], *(text for header in job["headers"] for text in header)]
        start = [str(job["now"]), str(job["tolerance"]), in_base64(job["body"]), str(len(job["secrets"]))]
        return "\t".join([*start, *map(in_base64, texts)]) + "\n"


def in_base64(text):
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def verify_cases():
    """All of the file, and each secret of it with the signature that a careless reader of the secret would find right."""
    file = json.loads((TESTDATA / "signature.json").read_text("utf-8"))
    cases = []
    for case in file["verify"]:
        verified = case.get("verified")
        expected = f"{verified['id']} {verified['timestamp']}" if verified else None
        cases.append(Case(case["name"], case["name"].split(":")[0].split(" ")[0], case, expected))
    for secret in file["secrets"]:
        cases.append(under(secret["text"], secret["valid"]))
    return cases


def under(secret, is_valid):
    """A request that is signed with the bytes which lenient base64 finds in the secret."""
    letters = "".join(c for c in secret.removeprefix(PREFIX) if c.isascii() and (c.isalnum() or c in "+/-_"))
    letters = letters.replace("-", "+").replace("_", "/")
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    key = PREFIX + letters + "=" * (-len(letters) % 4)
    headers = {
        "webhook-id": IDENTIFIER,
        "webhook-timestamp": str(NOW),
        "webhook-signature": signature(key, IDENTIFIER, NOW, BODY),
    }
    job = {"secrets": [secret], "headers": list(headers.items()), "body": BODY, "now": NOW, "tolerance": 300}
    return Case(f"secret {secret!r}", "secret", job, f"{IDENTIFIER} {NOW}" if is_valid else None)
