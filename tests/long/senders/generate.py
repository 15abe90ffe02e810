"""Hostile profiles and records: what the rules accept of them must reach a receiver through every client alike."""

import random
from dataclasses import dataclass

KINDS = ("json", "form", "multipart", "other", "none")

# Texts that some layer between a profile and a socket treats in its own way.
TEXTS = [
    "", " ", "  x  ", "\tx\t", "a b", "a+b", "a%20b", "a%2Bb", "100%", "%", "%zz", "%41", "%2e%2e", "..", ".", "../a",
    "a/b", "a\\b", "//", "a?b", "a#b", "a&b=c", "a=b", "a;b", "it's", '"', '"x"', "a\\", "<b>", "[1]", "{x}", "|^`",
    "~-_.", "a\r\nb", "a\nb", "a\rb", "\0", "\x01\x7f", "é", "Łódź", "日本", "😀", "\u0085", "\u00a0", "\u2028", "\ufeff",
    "--cbp", "\r\n--cbp--\r\n", "%C3%A9", "null", "x" * 300, ":", "@", "a,b", "*", "$(x)", "!",
]  # fmt: skip

ORIGINS = ["http://127.0.0.1:{}", "HTTP://127.0.0.1:{}", "http://127.0.0.1:0{}", "http://a:b@127.0.0.1:{}"]

PATHS = [
    "", "/", "//", "/a//b", "/a/../b", "/a/./b", "/a/.", "/a/..", "/../a", "/a/%2e%2e/b", "/%2E", "/a/..%2Fb", "/...",
    "/%7Euser", "/~user", "/%41%5A%30", "/a%2fb", "/a%2Fb", "/caf%c3%a9", "/café", "/a;b=c", "/a:b@c", "/it's",
    "/!$&'()*+,;=:@-._~", '/a|b^c"d`e', "/{b}", "/[x]", "/a[]", "/%5Bx%5D", "/%00", "/%25", "/%2525", "/%20", "/a+b",
    "/a%2Bb", "/<v>", "/a/<v>/b", "/x<v>", "/<v>.json", "/<v>/<w>", "/é<v>", "/%7e<v>", "/a%3Fb", "/a%23b", "/%ff",
]  # fmt: skip

QUERIES = [
    None, "", "&", "a", "a=", "=b", "a=1", "a=1&b=2", "a=1&&b=2", "a=1&", "&a=1", "a=it's", "a=%27", "a=b+c", "a=b%20c",
    "a=%2B", "a=%c3%a9", "a=é", "é=1", "a=x?y/z", "a=[b]", "a[]=1", "a={b}|^`", 'a="b"', "a=%7e", "a=%41", "a=../b",
    "a=%25", "a=%2525", "a=%00", "a=b;c", "a:b@c=1", "a=!$'()*,", "a=<v>", "a=x<v>&b=<w>", "<v>=1", "a+<v>=<w>", "<v>",
    "a+b=<v>", "a%20b=<v>", "a%2Bb=<v>", "a=1&a=<v>", "a='<v>'", "a=%7E<v>", "a=b=<v>",
]  # fmt: skip

HEADER_NAMES = [
    "X-A", "x-a", "X_B", "X.C", "!#$%&'*+-.^_`|~", "Authorization", "Accept", "User-Agent", "Accept-Encoding",
    "Accept-Language", "Cookie", "Range", "Date", "Referer", "Origin", "If-None-Match", "Cache-Control", "Idempotency-Key",
    "X-Signature", "Content-Language", "0", "From", "Pragma", "Sec-Fetch-Mode", "Set-Cookie", "Content-MD5", "If-Range",
    "If-Modified-Since", "Content-Disposition", "Content-Location", "MIME-Version", "Max-Forwards", "Priority", "DNT",
    "WWW-Authenticate", "Accept-Charset", "Access-Control-Request-Method", "X-HTTP-Method-Override", "Alt-Used",
]  # fmt: skip

HEADER_VALUES = [
    "", " ", "\t", "v", " v", "v ", "\tv\t", "  v  w  ", "a\tb", "a, b", "a; b=c", '"q"', 'q="a\\"b"', "it's", "%41%zz",
    "<v>", " <v> ", "Bearer <v>", "<v>\t", "a:b", ":", "=?utf-8?q?x?=", "{x}", "\\", "\\<v>", "~!@#$^&*()", "é", "a\nb",
    "x" * 1000,
]  # fmt: skip

CONTENT_TYPES = {
    "json": [
        None,
        "application/json",
        "application/json; charset=utf-8",
        "application/vnd.api+json",
        "text/json",
    ],
    "form": ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded ; charset=UTF-8"],
    "multipart": [
        "multipart/form-data",
        "multipart/form-data; boundary=abc",
        'Multipart/Form-Data;boundary="a b"',
    ],
    "other": ["text/plain", "application/xml", 'text/plain; charset="utf-8"', " text/plain "],
    "none": [None, "application/json"],
}

NAMES = [
    "a", "b c", "a+b", "a%20b", "it's", '"', '"q"', "a;b", "a\\b", "a\\", "é", "日本", "a=b", "a&b", "", "[]", "a[0]",
    "<v>", "a\tb", "a\nb", "\x7f", "../x", "name*", "filename", "_charset_",
]  # fmt: skip

ALGORITHMS = [f"AES-{bits}-{mode}" for mode in ("GCM", "CFB") for bits in (128, 192, 256)]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True)
class Made:
    """A profile and a record, which the rules accept or refuse."""

    kind: str
    profile: dict
    record: dict


def generate(seed: int, port: int):
    """Every path, query, header and content type once, then mixtures without end, in which the kinds take
    turns. A `None` says that the caller may end here."""
    rng = random.Random(seed)
    plain = {"v": "v", "w": "w"}
    for origin in ORIGINS:
        profile = {"title": "senders", "http_method": "GET", "url": origin.format(port) + "/a?b=<v>"}
        yield Made("none", profile, plain)
    yield Made("none", _profile(port, "none", "", "x=<v>", {}, None), plain)
    many = {f"X-{n}": "v" * 4096 if n == 0 else f"<v>{n}" for n in range(64)}
    yield Made("none", _profile(port, "none", "/", None, many, None), plain)
    yield Made("json", _profile(port, "json", "/<v>", "a=<v>", {}, {"a": "<v>"}), {"v": "é" * 4000})
    for path in PATHS:
        yield Made("none", _profile(port, "none", path, None, {}, None), plain)
    for query in QUERIES:
        yield Made("none", _profile(port, "none", "/", query, {}, None), plain)
    for name in HEADER_NAMES:
        yield Made("json", _profile(port, "json", "/", None, {name: "v <v>"}, {"a": "<v>"}), plain)
    ranged = {"Range": "bytes=0-", "Accept-Encoding": "br"}
    yield Made("json", _profile(port, "json", "/", None, ranged, {"a": "b"}), plain)
    for value in HEADER_VALUES:
        yield Made("form", _profile(port, "form", "/", None, {"X-A": value}, {"a": "<v>"}, 0), plain)
    for name in NAMES:
        for kind in ("form", "multipart"):
            yield Made(kind, _profile(port, kind, "/", None, {}, {name: "<v>"}, 0), plain)
    for text in TEXTS:
        record = {"v": text, "w": "w"}
        yield Made("none", _profile(port, "none", "/<v>", "<v>=<v>", {}, None), record)
        yield Made("json", _profile(port, "json", "/", None, {"X-A": "<v>"}, {"a": "<v>"}), record)
        yield Made("multipart", _profile(port, "multipart", "/", None, {}, {"a": "<v>"}, 1), record)
    while True:
        yield None
        for kind in KINDS:
            yield _mixture(rng, port, kind)


def _mixture(rng: random.Random, port: int, kind: str) -> Made:
    headers = {
        name: rng.choice(HEADER_VALUES[:-1]) for name in rng.sample(HEADER_NAMES[1:], rng.randrange(4))
    }
    body = {name: _value(rng) for name in rng.sample(NAMES, rng.randrange(5))}
    path = rng.choice(PATHS) + rng.choice(["", "", rng.choice(PATHS)])
    query = "&".join(rng.sample([query or "" for query in QUERIES], rng.randrange(1, 4)))
    content_type = rng.randrange(len(CONTENT_TYPES[kind]))
    profile = _profile(port, kind, path, rng.choice([None, query]), headers, body, content_type)
    profile["http_method"] = rng.choice(("GET", "DELETE") if kind == "none" else ("POST", "PUT"))
    if rng.random() < 0.3:
        algorithm = rng.choice(ALGORITHMS)
        key = "".join(rng.choices(LETTERS, k=int(algorithm[4:7]) // 8))
        profile["enc"] = {"algo": algorithm, "key": key, "IV": "".join(rng.choices(LETTERS, k=16))}
    return Made(kind, profile, {name: _filling(rng) for name in ("v", "w")})


def _value(rng: random.Random):
    text = rng.choice(TEXTS)
    return rng.choice(["<v>", f"{text}<w>", text, rng.choice([None, True, 1.50, {"x": text}, ["<v>", text]])])


def _filling(rng: random.Random):
    # Two in three stay harmless: a path or header refuses many of the others, and the rest of the callback with them.
    harmless = rng.choice(["v", "a-b", "0", "x y", 7, True, "ü"])
    return rng.choice([harmless, harmless, rng.choice([*TEXTS, {"a": "é"}, ["x"]])])


def _profile(port, kind, path, query, headers, body, content_type=None) -> dict:
    url = f"http://127.0.0.1:{port}{path}" + ("" if query is None else f"?{query}")
    profile = {"title": "senders", "http_method": "GET" if kind == "none" else "POST", "url": url}
    types = CONTENT_TYPES[kind]
    if content_type is not None and types[content_type]:
        headers = {**headers, "Content-Type": types[content_type]}
    profile["headers"] = headers
    if kind != "none":
        profile["body"] = body
    return profile
