"""What strangers' code is asked: the received callbacks of testdata/sealed.json.

Strangers compare the header to the byte, know one tolerance and no profile: what only our library refuses opens there, and
what they read otherwise by nature is left out, with its reason.
"""

import json
import pathlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from jwe import encode, header_of
from opening import Refused, claims_of, open_token, received
from outgoing import FORM, MULTIPART, normal
from plain import Number, compact, parse
from seal_cases import ISSUED_AT

TESTDATA = pathlib.Path(__file__).resolve().parents[2] / "testdata"
TOLERANCE = 300
# The rules that are ours alone: readable copies, profile ids, claims that there are none of, the profile's template.
OURS = {"copy", "pid", "unknown", "template"}


class LeftOut(Exception):
    """Why strangers are not asked."""


@dataclass(frozen=True)
class Case:
    """A job for a stranger. `expected` is id and parameters as JSON, or None for `refused`; `rule` is what is broken."""

    name: str
    rule: str
    job: dict
    expected: str | None

    def line(self):
        return json.dumps(self.job) + "\n"


def opened(text):
    """Id and parameters with numbers as Python has them: languages write 1.50 and 1e2 in their own ways."""
    return json.loads(text, parse_int=float)


def open_cases():
    """The cases, and how many are left out for each reason."""
    cases, left_out = [], {}
    for case in json.loads((TESTDATA / "sealed.json").read_text("utf-8"))["open"]:
        try:
            cases.append(asked(case))
        except LeftOut as why:
            left_out[str(why)] = left_out.get(str(why), 0) + 1
    return cases, left_out


def asked(case):
    """One case of the file as a job."""
    profile, expected, rule = parse(case["profile"]), case["expected"], case.get("rule", "")
    content_type, text = case.get("content_type"), case["received"]
    if (content_type or "").startswith(MULTIPART):
        raise LeftOut("multipart: a parser of its own comes first")
    if rule == "duplicate":
        raise LeftOut("a name twice within an authentic token: the sender's own doing")
    kind = {None: "form", FORM: "form", "application/jose": "token"}.get(content_type, "json")
    if content_type is None and ("?" in text or "://" in text):
        text = urlsplit(text).query
    claims = read(profile, case, content_type)
    if expected["tolerance"] not in (None, TOLERANCE):
        raise LeftOut("another tolerance")
    iat = claims.get("iat") if claims else None
    if rule == "iat" and type(iat) is Number and float(iat) == ISSUED_AT:
        raise LeftOut("numbers with a fraction of zero: Go and Node cannot tell them from integers")
    url = normal(expected["url"]) if expected["url"] else told(claims, "htu")
    if claims and rule == "" and claims["htu"] != url:
        raise LeftOut("htu that the sender did not normalise")
    now = expected["now"]
    if now is None:
        now = int(iat) if type(iat) is Number else ISSUED_AT
    job = {
        "do": "open",
        "kind": kind,
        "text": text,
        "kid": profile["enc"]["kid"],
        "key": profile["enc"]["key"],
        "now": now,
        "method": expected["method"] or told(claims, "htm"),
        "url": url,
    }
    opens = claims is not None and (not rule or rule in OURS)
    if opens and not literal(profile, case, content_type):
        opens, rule = False, "header"
    return Case(case["name"], rule, job, compact([claims["jti"], claims["params"]]) if opens else None)


def read(profile, case, content_type):
    """The claims of an authentic token, or None."""
    try:
        token, _ = received(case["received"], profile["http_method"], content_type)
        return claims_of(open_token(token, profile["enc"]["kid"], profile["enc"]["key"]))
    except Refused:
        return None


def told(claims, name):
    """What a stranger expects where our case expects nothing: what the token says."""
    if claims is None or name not in claims:
        raise LeftOut("neither method nor URL are in the token")
    return claims[name]


def literal(profile, case, content_type):
    token, _ = received(case["received"], profile["http_method"], content_type)
    return token.split(".")[0] == encode(header_of(profile["enc"]["kid"]).encode())
