"""The cases of `seal`: profiles and records, and the callback that they must give with the given random bytes."""

from jwe import bytes_of, key_of, nonce_of, seal
from outgoing import FORM, JSON, MULTIPART, callback
from plain import compact

ISSUED_AT = 1_790_000_000
KIDS = {
    "usual": "test-2026-11",
    "shortest": "k",
    "longest": "test." + "0123456789_abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRST"[:59],
    "lower case": "test-kid",
    "upper case": "TEST-KID",
}
BODY = {
    "to": "<recipient>",
    "note": "id-<id>: <text>",
    "constant": "as it is",
    "who": {"name": "<text>", "id": "<id>", "tags": ["<status>", "seven"]},
    "status": "<status>",
    "data": "<data>",
}
TYPES = (
    '{"amount":1.50,"large":9007199254740993,"minus":-0,"exponent":1E2,"yes":true,"no":false,"nothing":null,'
    '"empty":{},"none":[],"deep":[[1,[2,{"a":null}]],"x"]}'
)
RECORDS = {
    "text": {"recipient": "+919876543210", "id": "42", "text": "Hello", "status": "DELIVERED", "data": "d"},
    "scripts": {
        "recipient": "+91 98765",
        "id": "नमस्ते",
        "text": "हिन्दी 😀 👩🏽 é \u2028",
        "status": "",
        "data": "漢字",
    },
    "characters": {
        "recipient": 'a"b\\c/\n\r\t\b\f\u0001\u001f\u007f',
        "id": "x&y=z%41+ ?#",
        "text": "<id>{}~*-._!'()",
        "status": "\t",
        "data": '{"jwe":"no"}',
    },
    "types": {"recipient": 7, "id": True, "text": False, "status": 0.25, "data": "TYPES"},
    "long": {"recipient": "r", "id": "i", "text": "z" * 900, "status": "अ" * 100, "data": []},
}
SELECTIONS = {
    "all": None,
    "to": ["to", "q"],
    "one below": ["who.name", "note"],
    "a whole object": ["who", "data"],
}
QUERY = (
    "who=<recipient>&status=s%3A<status>&note=a%20b+<text>/<id>&constant=as%20it+is&empty&flag=&data=<data>"
)


def profile_of(
    method, kind=JSON, body=None, url="https://example.com/hooks/<id>", kid="usual", params=None, **more
):
    """A profile as text. The key depends on the kid alone."""
    enc = {"version": 2, "kid": KIDS[kid], "key": key_of(KIDS[kid]), **({"params": params} if params else {})}
    return compact(
        {
            "title": "Sealed vector",
            "http_method": method,
            "url": url,
            **({"body": BODY if body is None else body} if method in ("POST", "PUT") else {}),
            **({"headers": {"content-type": kind}} if kind != JSON else {}),
            **more,
            "enc": enc,
        }
    )


def record_of(name):
    return compact(RECORDS[name]).replace('"TYPES"', TYPES)


def case(name, profile, record, issued_at=ISSUED_AT, identifier=None, label=None, **options):
    """A case with its expectation. `label` chooses the random bytes, by itself those of the name."""
    random = bytes_of(f"random for tests: {label or name}", 32)
    identifier = identifier or f"msg_{bytes_of(f'id {name}', 6).hex()}"
    profile_id = options.pop("profile_id", None)
    made = callback(profile, record, **options)
    enc = made.profile["enc"]
    claims = made.claims(issued_at, identifier, profile_id)
    token = seal(enc["key"], enc["kid"], claims, random)
    given = {"profile_id": profile_id, **options}
    return {
        "name": name,
        "profile": profile,
        "record": record,
        "random": random.hex(),
        "issued_at": issued_at,
        "id": identifier,
        **{name: value for name, value in given.items() if value},
        "callback": made.sent(token),
        "claims": claims,
    }


def boundary(kind, name):
    return {"boundary": f"sealed-{bytes_of(name, 8).hex()}"} if kind == MULTIPART else {}


def bodies():
    for method, kind in (("POST", JSON), ("PUT", JSON), ("POST", FORM), ("POST", MULTIPART)):
        for record in RECORDS:
            for selection, params in SELECTIONS.items():
                if method == "PUT" and selection != "all":
                    continue
                name = f"{method}, {kind.split('/')[1]}, {record}, {selection}"
                profile = profile_of(method, kind, params=params)
                yield case(name, profile, record_of(record), **boundary(kind, name))


def queries():
    for method in ("GET", "DELETE"):
        for record in RECORDS:
            for selection, params in (("all", None), ("some", ["who", "data", "constant"])):
                profile = profile_of(method, params=params, url=f"https://example.com/hooks?{QUERY}")
                yield case(f"{method}, {record}, {selection}", profile, record_of(record))


def targets():
    """URLs: what `htu` is, and what stays in them."""
    for name, url in (
        ("no path", "https://example.com"),
        ("a port and a user", "https://u:p@example.com:8443/b"),
        ("the default port", "https://example.com:443/b"),
        ("the default port of http", "http://example.com:80/b"),
        ("upper case", "HTTPS://Example.COM/B"),
        ("percent-encoding", "https://example.com/%7euser/%2f/caf%c3%a9/%41"),
        ("an address", "https://[2001:db8::1]/b"),
        ("a fragment", "https://example.com/b#part"),
        ("values in the path", "https://example.com/<id>/x-<text>"),
        ("filled and constant parameters", "https://example.com/b?a=1&to2=<recipient>&empty&b=x%20y+z"),
        ("filled parameters alone", "https://example.com/b?to2=<recipient>"),
        ("constant parameters alone", "https://example.com/b?a=1&b=%3C"),
    ):
        profile = profile_of("POST", url=url, body={"to": "<recipient>"})
        yield case(f"URL: {name}", profile, record_of("scripts"))
    url = "https://example.com/b?a=1&to2=<recipient>&note2=<text>"
    for kind in (JSON, FORM):
        profile = profile_of(
            "POST", kind, url=url, body={"to": "<recipient>", "s": "<status>"}, params=["to", "to2"]
        )
        yield case(f"URL: a filled parameter that is not named, {kind}", profile, record_of("scripts"))


def settings():
    small = {"to": "<recipient>"}
    for name in KIDS:
        yield case(f"kid: the {name}", profile_of("POST", body=small, kid=name), record_of("text"))
    yield case("a profile id", profile_of("POST", body=small), record_of("text"), profile_id="6f1c-42")
    yield case(
        "a profile id, GET",
        profile_of("GET", url="https://example.com/b?to=<recipient>"),
        record_of("text"),
        profile_id='प्रोफ़ाइल "1"',
    )
    yield case("no members", profile_of("POST", body={}, url="https://example.com/b"), "{}")
    yield case("no query", profile_of("GET", url="https://example.com/b"), "{}")
    yield case("issued at 0", profile_of("POST", body=small), record_of("text"), issued_at=0)
    yield case("issued late", profile_of("POST", body=small), record_of("text"), issued_at=253_402_300_799)
    yield case("the shortest id", profile_of("POST", body=small), record_of("text"), identifier="1")
    odd = "!\"#$%&'()*+,-/:;<=>?@[\\]^_`{|}~" + "x" * 97
    yield case(
        "the longest id, of all characters",
        profile_of("POST", body=small),
        record_of("text"),
        identifier=odd[:128],
    )
    constants = compact(
        {"a": 1, "b": True, "c": None, "d": {}, "e": [], "f": {"g": [1, 2.5, "x"]}, "": "empty"}
    )
    for kind in (JSON, FORM):
        profile = profile_of("POST", kind, body="BODY", url="https://example.com/b").replace(
            '"BODY"', constants
        )
        yield case(f"constants of all types, {kind}", profile, "{}")
    content_type = {"headers": {"Content-Type": JSON, "x-tenant": "a"}}
    yield case("headers of the profile", profile_of("POST", body=small, **content_type), record_of("text"))
    yield case("bare", profile_of("POST", body=small), record_of("text"), bare=True)
    yield case("bare, with names left out", profile_of("PUT", params=["to"]), record_of("types"), bare=True)
    yield case(
        "bare, headers of the profile",
        profile_of("POST", body=small, **content_type),
        record_of("text"),
        bare=True,
    )


def repeated():
    """A random that comes again: equal messages give equal bytes, others another nonce."""
    profile = profile_of("POST", body={"to": "<recipient>"})
    for name, record, identifier in (
        ("first", "text", "msg_same"),
        ("the same message", "text", "msg_same"),
        ("another plaintext", "scripts", "msg_same"),
        ("another id", "text", "msg_other"),
    ):
        yield case(
            f"repeated random: {name}", profile, record_of(record), identifier=identifier, label="repeated"
        )
    other = profile_of("POST", body={"to": "<recipient>"}, kid="shortest")
    yield case(
        "repeated random: another key and kid",
        other,
        record_of("text"),
        identifier="msg_same",
        label="repeated",
    )


def seal_cases():
    cases = [*bodies(), *queries(), *targets(), *settings(), *repeated()]
    first, same, *others = [case["callback"]["body"] for case in cases[-5:]]
    assert first == same and len({body.split(".")[2] for body in [first, *others]}) == 4
    return cases


def nonces():
    """The nonce by itself. Bytes that move between header and plaintext, or into the random, change it."""
    key = bytes_of("sealed key for tests: nonces", 32)
    random = bytes_of("random for tests: nonces", 32)
    for name, aad, plaintext in (
        ("a header and a plaintext", b"eyJhbGciOiJkaXIifQ", b'{"a":1}'),
        ("a byte moved from the header to the plaintext", b"eyJhbGciOiJkaXIif", b'Q{"a":1}'),
        ("a byte moved from the plaintext to the header", b"eyJhbGciOiJkaXIifQ{", b'"a":1}'),
        ("all in the header", b'eyJhbGciOiJkaXIifQ{"a":1}', b""),
        ("all in the plaintext", b"", b'eyJhbGciOiJkaXIifQ{"a":1}'),
        ("nothing", b"", b""),
    ):
        nonce = nonce_of(key, random, aad, plaintext)
        yield {
            "name": name,
            "key": key.hex(),
            "random": random.hex(),
            "header": aad.decode(),
            "plaintext": plaintext.decode(),
            "nonce": nonce.hex(),
        }
