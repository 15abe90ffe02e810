"""Texts whose spelling is wrong, and those that were never encrypted: the rows of the catalogue up to `encrypted_twice`."""

import base64
import hmac
import json

from ciphers import bytes_of
from sender import ALGORITHMS, CFB_ALGORITHMS, GCM, Sender, b64, digest

PHONE, WORDS, LONG = "+4915112345678", "DELIVERED TO HANDSET", "The meeting is moved to Friday at ten."
NAME, ORDER, GERMAN = "Maria Schneider", "order-2026-000417", "Zustellung bestätigt: Größe über 3 €"


def with_signs(sender, *signs, value=ORDER):
    """A value whose text has these characters."""
    for number in range(10_000):
        candidate = f"{number:o} {value}"
        if all(sign in sender.text(candidate) for sign in signs):
            return candidate
    raise AssertionError(signs)


def opening(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "opens")
        for value in (PHONE, WORDS, GERMAN):
            cases.both("opens", f"{algorithm} {value}", sender, sender.text(value), value)
    sender = Sender(GCM[1], "opens spelled")
    value = with_signs(sender, "+", "/", "=")
    text = sender.text(value)
    for what, spelled in [
        ("base64url", text.replace("+", "-").replace("/", "_")),
        ("no padding", text.rstrip("=")),
        ("blanks for plus signs", text.replace("+", " ")),
        ("a line feed at the end", text + "\n"),
        ("lines of 20", "\r\n".join(text[at : at + 20] for at in range(0, len(text), 20))),
    ]:
        cases.one("opens", f"tolerant: {what}", sender, spelled, grade="proved")
    for tag, encoding in (("prepended", "hex"), ("prepended", "base64url"), ("appended", "hex")):
        data = sender.seal(value)
        data = data[-16:] + data[:-16] if tag == "prepended" else data
        spelled = data.hex() if encoding == "hex" else base64.urlsafe_b64encode(data).decode().rstrip("=")
        cases.one("opens", f"{tag} {encoding}", sender, spelled, grade="proved", tag=tag, encoding=encoding)
    for algorithm in GCM:
        sender = Sender(algorithm, "empty value")
        cases.both("opens", f"the empty value {algorithm}", sender, sender.text(""), "", grade="proved")


def spellings(cases):
    for number, algorithm in enumerate(ALGORITHMS):
        sender = Sender(algorithm, "spelled")
        value = with_signs(sender, "+", "/", "=")
        text = sender.text(value)
        wrapped = [text[at : at + 16] for at in range(0, len(text), 16)]
        strict = {"reading": "strict"}
        tolerant = {"encoding": "base64", "tag": "appended", "reading": "tolerant"}
        for what, spelled, more in [
            ("lines of 16, read strictly", "\n".join(wrapped), {**strict, "settings": tolerant}),
            ("a line feed at the end, read strictly", text + "\r\n", {**strict, "settings": tolerant}),
            ("lines with tabs", "\n\t".join(wrapped), {}),
            ("vertical tabs between", "\v".join(wrapped), {}),
        ][number % 2 :: 2]:
            cases.both("line_breaks", f"{what} {algorithm}", sender, spelled, value, **more)
        around = ['"{}"', " {} ", "\ufeff{}", "{}\u00a0", "b'{}'", "`{}`", "'{}',", "“{}”", "<{}>"]
        for index in range(3):
            form = around[(3 * number + index) % len(around)]
            spelled = form.format(text)
            cases.both("surrounding_characters", f"{form!a} {algorithm}", sender, spelled, value)
        percent = text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
        for what, spelled in [
            ("once", percent),
            ("twice", percent.replace("%", "%25")),
            ("small digits", percent.replace("2B", "2b").replace("2F", "2f").replace("3D", "3d")),
        ]:
            cases.both("percent_encoded", f"{what} {algorithm}", sender, spelled, value)
        for what, spelled in [
            ("JSON's solidus", text.replace("/", "\\/")),
            ("JSON's u002b", text.replace("+", "\\u002b").replace("=", "\\u003d")),
            ("HTML", text.replace("+", "&#43;").replace("/", "&#x2F;").replace("=", "&#61;")),
            ("HTML's names", text.replace("+", "&plus;").replace("/", "&sol;").replace("=", "&equals;")),
        ]:
            cases.both("escaped_text", f"{what} {algorithm}", sender, spelled, value)


def encodings(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "encoded")
        value = WORDS + " 7"
        data = sender.seal(value)
        hexadecimal = data.hex()
        pairs = [hexadecimal[at : at + 2] for at in range(0, len(hexadecimal), 2)]
        settings = {"encoding": "hex", "tag": "appended", "reading": "tolerant"}
        for what, text, more in [
            ("lower case", hexadecimal, {"settings": settings}),
            ("upper case", hexadecimal.upper(), {"settings": settings}),
            ("0x", "0x" + hexadecimal, {}),
            ("colons", ":".join(pairs), {}),
            ("backslash x", "".join(f"\\x{pair}" for pair in pairs), {}),
            ("dashes", "-".join(pairs).upper(), {}),
        ]:
            cases.both("hex_text", f"{what} {algorithm}", sender, text, value, **more)
        back = {"encoding": "base64", "tag": "appended", "reading": "tolerant"}
        cases.both(
            "hex_text", f"base64 for hex {algorithm}", sender, b64(data), value, encoding="hex", settings=back
        )
        once = b64(data)
        for what, text in [
            ("base64 of base64", b64(once.encode())),
            ("base64 of hex", b64(hexadecimal.encode())),
            ("hex of base64", once.encode().hex()),
            ("hex of hex", hexadecimal.encode().hex()),
        ]:
            cases.both("double_encoding", f"{what} {algorithm}", sender, text, value)
    for algorithm in GCM:
        sender = Sender(algorithm, "encoded")
        ciphertext, tag = sender.gcm(PHONE.encode())
        text = b64(b64(ciphertext).encode() + tag)
        cases.both("double_encoding", f"base64 before the tag {algorithm}", sender, text, PHONE)


def pieces(cases):
    for number, algorithm in enumerate(GCM):
        sender = Sender(algorithm, "pieces")
        ciphertext, tag = sender.gcm(PHONE.encode())
        iv = sender.random(12, "iv")
        other, other_tag = sender.gcm(PHONE.encode(), iv=iv)
        separators = ".:|,;"
        for index, parts in enumerate(
            [
                (ciphertext, tag),
                (tag, ciphertext),
                (sender.iv, ciphertext + tag),
                (iv, other + other_tag),
                (iv, other, other_tag),
                (iv, other_tag, other),
                (other, iv, other_tag),
                (other, other_tag, iv),
                (other + other_tag, iv),
            ]
        ):
            separator = separators[(index + number) % len(separators)]
            for what, text in [
                ("base64", separator.join(map(b64, parts))),
                ("hex", separator.join(part.hex() for part in parts)),
            ][(index + number) % 2 :: 2]:
                # Two parts of hexadecimal in the right order are as well hexadecimal with a separator.
                is_in_order = what == "hex" and index == 0 and separator in ":,"
                causes = ["pieces", "hex_text"] if is_in_order else None
                more = {"causes": causes, "grade": "proved"}
                cases.both("pieces", f"{what} {index} {algorithm}", sender, text, PHONE, **more)
        text = b64(ciphertext) + b64(tag)
        causes = ["pieces"] if len(ciphertext) % 3 else ["pieces", "opens"]
        cases.both("pieces", f"glued {algorithm}", sender, text, PHONE, causes=causes, grade="proved")
    for algorithm in CFB_ALGORITHMS:
        sender = Sender(algorithm, "pieces")
        iv = sender.random(16, "iv")
        ciphertext = sender.seal(LONG, iv=iv)
        for separator in ":.":
            cases.both(
                "pieces", f"IV {separator} {algorithm}", sender, b64(iv) + separator + b64(ciphertext), LONG
            )


def lost(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "lost")
        value = with_signs(sender, "=")
        text, data = sender.text(value), sender.seal(value)
        for what, spelled in (("lower", text.lower()), ("upper", text.upper())):
            cases.both("case_lost", f"{what} {algorithm}", sender, spelled, value, grade="spelling")
        for what, spelled in [
            ("latin-1", data.decode("latin-1")),
            ("UTF-8 with replacements", data.decode("utf-8", "replace")),
        ]:
            cases.both("raw_bytes", f"{what} {algorithm}", sender, spelled, value, grade="spelling")
    for algorithm in CFB_ALGORITHMS:
        sender = Sender(algorithm, "cut")
        text = sender.text(LONG)
        for left in (41, 33, 45):  # no base64 has such lengths
            cases.both("cut_short", f"{left} characters {algorithm}", sender, text[:left], LONG)
        cases.one(
            "cut_short",
            f"at a possible length {algorithm}",
            sender,
            text[:40],
            expected=[LONG],
            grade="proved",
        )
    for algorithm in GCM:
        sender = Sender(algorithm, "cut")
        text = sender.text(LONG)
        for left in (41, 33):
            cases.both(
                "cut_short",
                f"within the value, {left} characters {algorithm}",
                sender,
                text[:left],
                LONG,
                alone="likely",
            )
        cases.one(
            "cut_short",
            f"at a possible length {algorithm}",
            sender,
            text[:40],
            expected=[LONG],
            grade="proved",
        )
        text = sender.text(PHONE)
        for left in (4, 9, 13):
            cases.one("cut_short", f"{left} characters {algorithm}", sender, text[:left], grade="spelling")


def containers(cases):
    for number, algorithm in enumerate(ALGORITHMS):
        sender = Sender(algorithm, "container")
        salted = b"Salted__" + sender.random(8, "salt") + sender.seal(PHONE, mode="CBC")
        ciphertext, tag = sender.gcm(PHONE.encode(), iv=sender.random(12))
        token = b"\x80" + (1_790_000_000).to_bytes(8) + sender.random(16) + sender.seal(PHONE, mode="CBC")
        token += hmac.digest(sender.random(16, "mac"), token, "sha256")
        url = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")  # noqa: E731
        head = url(b'{"alg":"dir","enc":"A256GCM"}')
        laravel = {
            "iv": b64(sender.random(16)),
            "value": sender.text(PHONE, mode="CBC"),
            "mac": digest("sha256", ciphertext).hex(),
            "tag": "",
        }
        parts = {"iv": b64(sender.random(12)), "ciphertext": b64(ciphertext), "tag": b64(tag)}
        for what, text in [
            ("openssl enc", b64(salted)),
            ("openssl enc in hex", salted.hex()),
            ("Fernet", base64.urlsafe_b64encode(token).decode()),
            ("JWE", f"{head}..{url(sender.random(12))}.{url(ciphertext)}.{url(tag)}"),
            ("JWT", f"{head}.{url(json.dumps({'to': PHONE}).encode())}.{url(sender.random(32))}"),
            ("Laravel", b64(json.dumps(laravel).encode())),
            ("Vault", f"vault:v1:{b64(sender.random(12) + ciphertext + tag)}"),
            ("PEM", f"-----BEGIN MESSAGE-----\n{b64(ciphertext + tag)}\n-----END MESSAGE-----\n"),
            ("JSON", json.dumps(parts)),
        ][number % 2 :: 2]:
            cases.both("foreign_container", f"{what} {algorithm}", sender, text, PHONE, grade="spelling")


def in_clear(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "clear")
        for value in (PHONE, "QUEUED", "maria@example.com", "DELIVERED2026"):
            cases.one("not_encrypted", f"{value} {algorithm}", sender, value, grade="spelling")
        for value in (PHONE, "John", GERMAN):
            cases.one(
                "not_encrypted",
                f"{value} expected {algorithm}",
                sender,
                value,
                expected=[value],
                grade="proved",
            )
        for what, text in [
            ("base64", b64(WORDS.encode())),
            ("base64url", base64.urlsafe_b64encode(WORDS.encode()).decode().rstrip("=")),
            ("hex", WORDS.encode().hex()),
            ("base64 of base64", b64(b64(WORDS.encode()).encode())),
        ]:
            cases.both("only_base64", f"{what} {algorithm}", sender, text, WORDS, alone="likely")
    for algorithm in GCM:
        sender = Sender(algorithm, "clear")
        cases.both("empty_not_encrypted", algorithm, sender, "", "", grade="proved")
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "twice")
        for value in (WORDS, LONG):
            text = sender.text(sender.text(value))
            cases.both("encrypted_twice", f"{value} {algorithm}", sender, text, value)


def unknown(cases):
    for number, algorithm in enumerate(ALGORITHMS):
        sender, other = Sender(algorithm, "nobody"), Sender(algorithm, "somebody else")
        for length in (33, 48, 71):
            text = b64(bytes_of(f"{algorithm} noise {length}", length))
            cases.one("unknown", f"{length} random bytes {algorithm}", sender, text, grade="none")
        cases.both("unknown", f"a key of nobody {algorithm}", sender, other.text(ORDER), ORDER, grade="none")
        if algorithm in GCM:
            text = sender.text(ORDER, iv=sender.random(12 + number % 5, "iv"))
            cases.both(
                "unknown",
                f"an IV of nobody {algorithm}",
                sender,
                text,
                ORDER,
                causes=["unknown", "iv_unknown"],
                grade="none",
            )


ROWS = [opening, spellings, encodings, pieces, lost, containers, in_clear, unknown]
