"""The cases of `testdata/signature.json`: Standard Webhooks 1.0.0, out of Python's `hmac` alone."""

import base64
import hashlib
import hmac

from jwe import bytes_of

PREFIX = "whsec_"
NOW = 1_790_000_000
IDENTIFIER = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
BODY = '{"to":"+919876543210","status":"DELIVERED"}'
# The example that the specification and the published packages have, with its signature.
PUBLISHED = {
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "timestamp": 1614265330,
    "body": '{"test": 2432232314}',
    "signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


def encode(data):
    return base64.b64encode(data).decode("ascii")


def secret_of(label, size=48):
    """A secret for tests."""
    return PREFIX + encode(bytes_of(f"signing secret for tests: {label}", size))


def is_secret(text):
    """whsec_ and standard padded base64 of 24 to 64 bytes."""
    try:
        data = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:
        return False
    return text.startswith(PREFIX) and PREFIX + encode(data) == text and 24 <= len(data) <= 64


def signature(secret, identifier, timestamp, body):
    """One signature; `timestamp` is the text that is sent."""
    body = body.encode("utf-8") if isinstance(body, str) else body
    message = f"{identifier}.{timestamp}.".encode() + body
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + encode(hmac.new(key, message, hashlib.sha256).digest())


ONE, TWO, THREE = (secret_of(name) for name in ("one", "two", "three"))


def sign_cases():
    for name, secrets, body in (
        ("one secret", [ONE], BODY),
        ("two secrets, while they change", [TWO, ONE], BODY),
        ("sixteen secrets", [secret_of(f"of sixteen, {n}") for n in range(16)], BODY),
        ("the shortest secret", [secret_of("shortest", 24)], BODY),
        ("the longest secret", [secret_of("longest", 64)], BODY),
        ("a secret with + and /", [PREFIX + "+/" * 16], BODY),
        ("an empty body", [ONE], ""),
        ("a form", [ONE], "to=%2B919876543210&status=DELIVERED"),
        ("a body with points", [ONE], "a.b.c"),
        ("a body that is not ASCII", [ONE], '{"text":"नमस्ते 😀"}'),
        ("a body with line breaks", [ONE], '{\r\n "a": 1\n}\n'),
        ("a body with a NUL", [ONE], "a\0b"),
        ("a long body", [ONE], "x" * 5000),
    ):
        yield signed(name, secrets, IDENTIFIER, NOW, body)
    for name, identifier in (
        ("of one character", "m"),
        ("of 128 characters", "m" * 128),
        ("of odd characters", "!\"#$%&'()*+,-/:;<=>?@[\\]^_`{|}~"),
    ):
        yield signed(f"an id {name}", [ONE], identifier, NOW, BODY)
    for timestamp in (0, 1, 253_402_300_799):
        yield signed(f"the timestamp {timestamp}", [ONE], IDENTIFIER, timestamp, BODY)
    case = signed(
        "the published example",
        [PUBLISHED["secret"]],
        PUBLISHED["id"],
        PUBLISHED["timestamp"],
        PUBLISHED["body"],
    )
    assert case["headers"]["webhook-signature"] == PUBLISHED["signature"]
    yield case


def signed(name, secrets, identifier, timestamp, body):
    signatures = " ".join(signature(secret, identifier, timestamp, body) for secret in secrets)
    headers = {"webhook-id": identifier, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}
    return {
        "name": name,
        "secrets": secrets,
        "id": identifier,
        "timestamp": timestamp,
        "body": body,
        "headers": headers,
    }


def verify_cases():
    """Everything that is signed, and what a receiver must make of headers that somebody wrote."""
    for case in sign_cases():
        headers = list(map(list, case["headers"].items()))
        made = {**case, "headers": headers, "now": case["timestamp"], "tolerance": 300}
        yield finished(f"again: {case['name']}", made, None)
        last = {**made, "secrets": case["secrets"][-1:]}
        if len(case["secrets"]) > 1:
            yield finished(f"again, with the last secret alone: {case['name']}", last, None)
    for maker in (times, timestamps, identifiers, signatures, headers_received, bodies):
        yield from maker()


def received(name, error=None, timestamp=str(NOW), identifier=IDENTIFIER, signature_text=None, **changes):
    """A case whose signature holds, unless it is given; `headers` replaces all of them."""
    signature_text = signature_text or signature(ONE, identifier, timestamp, BODY)
    usual = [
        ["webhook-id", identifier],
        ["webhook-timestamp", timestamp],
        ["webhook-signature", signature_text],
    ]
    made = {"secrets": [ONE], "headers": usual, "body": BODY, "now": NOW, "tolerance": 300} | changes
    return finished(name, made, error)


def finished(name, made, error):
    """A case as it is written."""
    headers = {header.lower(): value for header, value in made["headers"]}
    members = ("secrets", "headers", "body", "now", "tolerance")
    outcome = {"error": error}
    if not error:
        outcome = {"verified": {"id": headers["webhook-id"], "timestamp": int(headers["webhook-timestamp"])}}
    return {"name": name, **{member: made[member] for member in members}, **outcome}


def times():
    for offset, tolerance, error in (
        (300, 300, None),
        (-300, 300, None),
        (301, 300, "timestamp_refused"),
        (-301, 300, "timestamp_refused"),
        (0, 0, None),
        (1, 0, "timestamp_refused"),
        (-1, 0, "timestamp_refused"),
        (86_400, 86_400, None),
        (10**9, 300, "timestamp_refused"),
    ):
        yield received(f"time: {offset:+} of {tolerance} s", error, now=NOW + offset, tolerance=tolerance)
    wrong = signature(TWO, IDENTIFIER, NOW, BODY)
    yield received(
        "time: too old, and the signature is wrong", "signature_refused", now=NOW + 301, signature_text=wrong
    )
    yield received("time: 0 is too old", "timestamp_refused", timestamp="0")
    yield received("time: 0, and it is 300", None, timestamp="0", now=300)
    yield received("time: the largest of 63 bits", "timestamp_refused", timestamp="9223372036854775807")


def timestamps():
    """Each is signed as it is, so that nothing but its spelling is wrong."""
    for text in (
        "01790000000",
        "00",
        "01",
        "+1790000000",
        "+1",
        " 1790000000",
        " 1",
        "1790000000 ",
        "1790000000.0",
        "1.0",
        "1.79e9",
        "-1790000000",
        "-0",
        "0x6ab13b80",
        "1_790_000_000",
        "1790000000\n",
        "",
        "now",
        "१७९००००००००",
        "18446744073709551616",
        "9" * 40,
    ):
        yield received(f"timestamp {text!r}", "signature_refused", timestamp=text)
    for text in (f"+{NOW}", f"0{NOW}", f"{NOW}.0", f"{NOW}x", f"{NOW} "):
        plain = signature(ONE, IDENTIFIER, NOW, BODY)
        name = f"timestamp: {text!r}, signed as {NOW}"
        yield received(name, "signature_refused", timestamp=text, signature_text=plain)
    other = signature(ONE, IDENTIFIER, NOW + 1, BODY)
    yield received("timestamp: another than was signed", "signature_refused", signature_text=other)


def identifiers():
    for name, identifier in (
        ("with a point", "msg.1"),
        ("of a point", "."),
        ("empty", ""),
        ("of 129 characters", "m" * 129),
        ("with a blank", "msg 1"),
        ("with a tab", "msg\t1"),
        ("with DEL", "msg\x7f"),
        ("that is not ASCII", "msg_é"),
    ):
        yield received(f"id: {name}", "signature_refused", identifier=identifier)
    yield received("id: of 128 characters", None, identifier="m" * 128)
    other = signature(ONE, "msg_other", NOW, BODY)
    yield received("id: another than was signed", "signature_refused", signature_text=other)
    moved = signature(ONE, "msg", f"1.{NOW}", BODY)
    yield received(
        "id: a point moved from the timestamp", "signature_refused", identifier="msg.1", signature_text=moved
    )
    yield received(
        # What is signed is the same text, so the signature holds; the time is then another one.
        "id: a point moved into the body",
        "timestamp_refused",
        timestamp="1",
        body="2." + BODY,
        signature_text=signature(ONE, IDENTIFIER, "1.2", BODY),
    )


def signatures():
    right = signature(ONE, IDENTIFIER, NOW, BODY)
    wrong, value = signature(TWO, IDENTIFIER, NOW, BODY), right.removeprefix("v1,")
    assert "+" in value or "/" in value
    refused = "signature_refused"
    for name, error, text in (
        ("the second of two", None, f"{wrong} {right}"),
        ("the first of two", None, f"{right} {wrong}"),
        ("both wrong", refused, f"{wrong} {wrong}"),
        ("an unknown version before it", None, f"v2,{value} {right}"),
        ("an unknown version behind it", None, f"{right} v99,abc"),
        ("v1a before it", None, f"v1a,{encode(bytes(64))} {right}"),
        ("v1a alone", refused, f"v1a,{value}"),
        ("v2 alone", refused, f"v2,{value}"),
        ("V1", refused, f"V1,{value}"),
        ("no version", refused, value),
        ("an empty version", refused, f",{value}"),
        ("an equals sign for the comma", refused, f"v1={value}"),
        ("no value", refused, "v1,"),
        ("16, the last is right", None, " ".join([wrong] * 15 + [right])),
        ("17, the last is right", refused, " ".join([wrong] * 16 + [right])),
        ("17, the first is right", refused, " ".join([right] + [wrong] * 16)),
        ("17, unknown versions before it", refused, " ".join(["v2,x"] * 16 + [right])),
        ("base64url", refused, "v1," + value.replace("+", "-").replace("/", "_")),
        ("unpadded", refused, right.rstrip("=")),
        ("padded twice", refused, right + "="),
        ("bits left over", refused, loose(right)),
        ("hexadecimal", refused, "v1," + base64.b64decode(value).hex()),
        ("of 31 bytes", refused, "v1," + encode(base64.b64decode(value)[:31])),
        ("of 33 bytes", refused, "v1," + encode(base64.b64decode(value) + b"\0")),
        ("a bit flipped", refused, "v1," + encode(flipped(base64.b64decode(value)))),
        ("under another secret", refused, wrong),
        ("a comma between two", refused, f"{wrong},{right}"),
        ("a comma behind it", refused, right + ","),
        ("of SHA-512", refused, sha512()),
        ("of the body alone", refused, of_body()),
    ):
        yield received(f"signature: {name}", error, signature_text=text)
    text = signature(ONE + "", IDENTIFIER, NOW, BODY)
    yield received("signature: the secret's text as key", refused, signature_text=of_text())
    yield received(
        "signature: two secrets, made with the second", None, signature_text=text, secrets=[TWO, ONE]
    )
    yield received("signature: two secrets, made with neither", refused, secrets=[TWO, THREE])


def loose(text):
    """The same bytes, with a bit set that they do not need."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = text.rstrip("=")
    return body[:-1] + alphabet[alphabet.index(body[-1]) | 1] + text[len(body) :]


def flipped(data):
    return bytes([data[0] ^ 1]) + data[1:]


def message():
    return f"{IDENTIFIER}.{NOW}.{BODY}".encode()


def key():
    return base64.b64decode(ONE.removeprefix(PREFIX))


def sha512():
    return "v1," + encode(hmac.new(key(), message(), hashlib.sha512).digest())


def of_body():
    return "v1," + encode(hmac.new(key(), BODY.encode(), hashlib.sha256).digest())


def of_text():
    """What comes out if nobody decodes the secret."""
    return "v1," + encode(hmac.new(ONE.encode(), message(), hashlib.sha256).digest())


def headers_received():
    right = signature(ONE, IDENTIFIER, NOW, BODY)
    usual = [["webhook-id", IDENTIFIER], ["webhook-timestamp", str(NOW)], ["webhook-signature", right]]
    upper = [[name.upper(), value] for name, value in usual]
    title = [[name.title(), value] for name, value in usual]
    refused = "signature_refused"
    for name, error, headers in (
        ("names in upper case", None, upper),
        ("names in title case", None, title),
        ("others beside", None, [["host", "example.com"], *usual, ["x-webhook-id", "other"]]),
        ("in another order", None, usual[::-1]),
        ("none", refused, []),
        ("no id", refused, usual[1:]),
        ("no timestamp", refused, [usual[0], usual[2]]),
        ("no signature", refused, usual[:2]),
        ("the names of svix", refused, [[name.replace("webhook", "svix"), value] for name, value in usual]),
        *((f"{name} twice, alike", refused, [*usual, [name, value]]) for name, value in usual),
        *(
            (f"{name} twice, once in upper case", refused, [*usual, [name.upper(), value]])
            for name, value in usual
        ),
        ("two signatures in two headers", refused, [*usual, ["webhook-signature", "v1,AAAA"]]),
        ("another id before it", refused, [["webhook-id", "msg_other"], *usual]),
    ):
        yield received(f"headers: {name}", error, headers=headers)


def bodies():
    for name, body in (
        ("one byte changed", BODY.replace("DELIVERED", "DELIVERES")),
        ("a blank behind it", BODY + " "),
        ("a line break behind it", BODY + "\n"),
        ("parsed and written again", BODY.replace(":", ": ").replace(",", ", ")),
        ("empty", ""),
    ):
        yield received(f"body: {name}", "signature_refused", body=body)


def secret_cases():
    data = bytes_of("signing secret for tests: spellings", 48)
    for text in (
        *(secret_of("length", size) for size in (0, 1, 16, 23, 24, 25, 32, 48, 63, 64, 65, 128)),
        PUBLISHED["secret"],
        PREFIX + "+/" * 16,
        PREFIX + "-_" * 16,
        PREFIX + base64.urlsafe_b64encode(b"\xfb\xff" * 24).decode(),
        secret_of("unpadded", 32).rstrip("="),
        secret_of("padded too much", 48) + "=",
        secret_of("padding alone", 48) + "====",
        loose(secret_of("bits left over", 32)),
        ONE.removeprefix(PREFIX),
        ONE.upper(),
        "WHSEC_" + ONE.removeprefix(PREFIX),
        "whsec-" + ONE.removeprefix(PREFIX),
        PREFIX * 2 + ONE.removeprefix(PREFIX),
        "whpk_" + encode(data),
        " " + ONE,
        ONE + " ",
        ONE + "\n",
        ONE[:20] + "\n" + ONE[20:],
        ONE[:20] + "é" + ONE[20:],
        PREFIX + data.hex() + "!",
        "",
        "whsec_********",
    ):
        yield {"text": text, "valid": is_secret(text)}
