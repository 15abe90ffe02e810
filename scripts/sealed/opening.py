"""Opens a received callback strictly and names the rule that it breaks: the second opinion on every case of `open`.

The profile's template is not applied here; that comes after opening.
"""

import email
import re
from urllib.parse import parse_qsl, urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jwe import decode, key_bytes
from outgoing import FORM, MULTIPART, normal
from plain import Number, Repeated, parse

HEADER_BYTES = 4096
CLAIMS = {"iat", "jti", "htm", "htu", "pid", "params"}
PLAIN_TEXTS = ("application/jose",)


class Refused(Exception):
    """`rule` is the name of what is broken."""

    def __init__(self, rule):
        super().__init__(rule)
        self.rule = rule


def require(holds, rule):
    if not holds:
        raise Refused(rule)


def received(text, method, content_type):
    """The token and what is beside it."""
    if method in ("GET", "DELETE"):
        query = urlsplit(text).query if "?" in text or "://" in text else text
        beside = parse_qsl(query, keep_blank_values=True)
    elif content_type in PLAIN_TEXTS:
        return text, {}
    elif content_type == FORM:
        beside = parse_qsl(text, keep_blank_values=True)
    elif content_type and content_type.startswith(MULTIPART):
        parts = email.message_from_string(f"Content-Type: {content_type}\r\n\r\n{text}").get_payload()
        beside = [
            (part.get_param("name", header="Content-Disposition"), part.get_payload()) for part in parts
        ]
    else:
        try:
            beside = list(parse(text).items())
        except Repeated:
            raise Refused("repeated") from None
    tokens = [value for name, value in beside if name == "jwe"]
    require(len(tokens) <= 1, "repeated")
    require(tokens and type(tokens[0]) is str, "malformed")
    return tokens[0], {name: value for name, value in beside if name != "jwe"}


def header(segment, kid):
    """Alg, enc, typ and kid, and nothing else."""
    require(len(segment) <= HEADER_BYTES * 4 // 3, "malformed")
    try:
        members = parse(segment_bytes(segment).decode("utf-8"))
    except ValueError:
        raise Refused("header") from None
    require(isinstance(members, dict) and set(members) == {"alg", "enc", "typ", "kid"}, "header")
    require(all(type(value) is str for value in members.values()), "header")
    typ = members["typ"].lower().removeprefix("application/")
    require((members["alg"], members["enc"], typ) == ("dir", "A256GCM", "callback+jwt"), "header")
    require(members["kid"] == kid, "kid")


def segment_bytes(text):
    try:
        return decode(text)
    except ValueError:
        raise Refused("malformed") from None


def open_token(token, kid, key):
    """The plaintext of a token, before any claim is looked at."""
    parts = token.split(".")
    require(len(parts) == 5 and parts[1] == "" and re.fullmatch(r"[A-Za-z0-9_.-]*", token), "malformed")
    nonce, data, tag = map(segment_bytes, parts[2:])
    segment_bytes(parts[0])
    require(len(nonce) == 12 and len(tag) == 16, "malformed")
    header(parts[0], kid)
    try:
        return AESGCM(key_bytes(key)).decrypt(nonce, data + tag, parts[0].encode("ascii"))
    except InvalidTag:
        raise Refused("key") from None


def claims_of(plaintext):
    try:
        claims = parse(plaintext.decode("utf-8"))
    except Repeated:
        raise Refused("duplicate") from None
    except ValueError:
        raise Refused("claims") from None
    require(isinstance(claims, dict) and isinstance(claims.get("params"), dict), "claims")
    return claims


def check(claims, expected):
    """Every claim. What is expected and missing is a mismatch."""
    require(set(claims) <= CLAIMS, "unknown")
    iat, jti = claims.get("iat"), claims.get("jti")
    require(type(iat) is Number and re.fullmatch("0|[1-9][0-9]*", iat) and int(iat) < 2**64, "iat")
    require(type(jti) is str and re.fullmatch(r"[!-\-/-~]{1,128}", jti), "jti")
    if not expected.get("not_checked"):
        require(abs(expected["now"] - int(iat)) <= expected["tolerance"], "freshness")
    for claim, member, form in (("htm", "method", str), ("htu", "url", normal), ("pid", "profile_id", str)):
        if expected.get(member) is not None:
            value = claims.get(claim)
            require(type(value) is str, claim)
            require(form(value) == form(expected[member]), claim)


def is_copy(outside, inside):
    """Whether this is what is inside, but for members that were left out."""
    if isinstance(outside, dict) and isinstance(inside, dict):
        return all(name in inside and is_copy(value, inside[name]) for name, value in outside.items())
    if isinstance(outside, list) and isinstance(inside, list):
        return len(outside) == len(inside) and all(map(is_copy, outside, inside))
    return type(outside) is type(inside) and outside == inside


def is_copied_field(outside, inside):
    """The same of a field of a form, where an object is JSON text."""
    if outside == inside:
        return True
    try:
        outside, inside = parse(outside), parse(inside)
    except ValueError:
        return False
    return all(isinstance(value, (dict, list)) for value in (outside, inside)) and is_copy(outside, inside)


def open_received(profile, text, content_type, expected):
    """The claims of a received callback."""
    enc, method = profile["enc"], profile["http_method"]
    token, beside = received(text, method, content_type)
    claims = claims_of(open_token(token, enc["kid"], enc["key"]))
    check(claims, expected)
    is_json = content_type is None or content_type.startswith("application/json")
    for name, value in beside.items():
        if method in ("GET", "DELETE"):
            require(name not in claims["params"] or value == claims["params"][name], "copy")
        else:
            same = is_copy if is_json else is_copied_field
            require(name in claims["params"] and same(value, claims["params"][name]), "copy")
    return claims
