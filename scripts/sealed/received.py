"""A received callback: a sender that seals by the rules, and what can be changed of it."""

from dataclasses import dataclass, field

from jwe import bytes_of, encode, header_of, key_bytes, nonce_of, seal, sealed, token_of
from outgoing import FORM, JSON
from plain import compact, parse
from seal_cases import ISSUED_AT, KIDS, profile_of

URL = "https://example.com/hooks"
IDENTIFIER = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
BODY = {"to": "<to>", "note": "id-<id>"}
PARAMS = '{"to":"+919876543210","note":"id-7"}'


@dataclass
class Case:
    """A case of `open`. `rule` is what it breaks, `error` what the profile's template says of an authentic one."""

    name: str
    profile: str
    received: str
    rule: str | None = None
    content_type: str | None = None
    expected: dict = field(default_factory=dict)
    error: str | None = None
    structures: object = None
    absent: object = None
    unknown: list | None = None


class Sender:
    """Seals claims under one profile. Members that are given to `token` replace those of the claims; None takes one out."""

    def __init__(
        self, method="POST", kind=JSON, url=URL, body=BODY, enc_params=None, params=PARAMS, kid="usual"
    ):
        self.method, self.kind, self.params = method, kind, params
        self.kid = KIDS[kid]
        if method in ("GET", "DELETE") and url == URL:
            url = f"{URL}?to=<to>&note=id-<id>"
        self.profile = profile_of(method, kind, body=body, url=url, params=enc_params, kid=kid)
        self.key = parse(self.profile)["enc"]["key"]

    def claims(self, **changes):
        """The claims set. Every value is given as JSON text."""
        usual = {
            "iat": str(ISSUED_AT),
            "jti": compact(IDENTIFIER),
            "htm": compact(self.method),
            "htu": compact(URL),
            "params": self.params,
        }
        members = ((name, value) for name, value in (usual | changes).items() if value is not None)
        return "{" + ",".join(f'"{name}":{value}' for name, value in members) + "}"

    def plaintext(self, text):
        """A token over any plaintext."""
        return seal(self.key, self.kid, text, self.random())

    def token(self, **changes):
        return self.plaintext(self.claims(**changes))

    def under(self, header, text=None, **made):
        """A token under another header, with its own tag; `segment` gives the encoded header itself."""
        nonce, text = self.nonce(), (text or self.claims()).encode("utf-8")
        key = key_bytes(self.key)
        if "segment" in made:
            return sealed(key, made["segment"], text, nonce)
        return token_of(key, header, text, made.get("nonce", nonce))

    def header(self):
        return header_of(self.kid)

    def random(self):
        return bytes_of("random for tests: open", 32)

    def nonce(self):
        header = encode(self.header().encode()).encode()
        return nonce_of(key_bytes(self.key), self.random(), header, self.claims().encode())

    def wrapped(self, token):
        """The token as this sender's callback carries it."""
        if self.method in ("GET", "DELETE"):
            return f"{URL}?jwe={token}"
        if self.kind == FORM:
            return f"jwe={token}"
        return compact({"jwe": token})

    def case(self, name, received, rule=None, content_type=None, **more):
        content_type = content_type or (None if self.method in ("GET", "DELETE") else self.kind)
        return Case(
            name,
            self.profile,
            received,
            rule,
            content_type,
            self.expected() | more.pop("expected", {}),
            **more,
        )

    def sends(self, name, token, rule=None, **more):
        return self.case(name, self.wrapped(token), rule, **more)

    def expected(self):
        return {"now": ISSUED_AT, "tolerance": 300, "method": self.method, "url": URL}


def base(method="POST", kind=JSON, to=None, **more):
    sender = Sender(method, kind, **more)
    if to:
        sender.params = sender.params.replace("+919876543210", to)
    return sender
