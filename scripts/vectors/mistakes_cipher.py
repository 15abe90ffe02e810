"""Texts of another mode, with IV and tag elsewhere, under another IV or key, and with an odd value."""

import base64
import gzip

from mistakes_text import GERMAN, LONG, NAME, ORDER, PHONE, WORDS
from sender import ALGORITHMS, CFB_ALGORITHMS, GCM, Sender, b64, digest, fits, fitted, pkcs7


def modes(cases):
    rows = {"CFB8": "cfb8", "CFB1": "cfb1", "OFB": "ofb", "CTR": "ctr", "CBC": "cbc", "ECB": "ecb"}
    rows |= {f"CFB/{bits}": "cfb_segment" for bits in (16, 32, 64)}
    for algorithm in CFB_ALGORITHMS:
        sender = Sender(algorithm, "modes")
        for mode, row in rows.items():
            for value in (LONG, GERMAN):
                cases.both(row, f"{mode} {value} {algorithm}", sender, sender.text(value, mode=mode), value)
            text = sender.text(PHONE, mode=mode)
            causes = ["opens"] if mode in ("OFB", "CTR") else [row]
            cases.one(row, f"{mode} of 14 bytes {algorithm}", sender, text, expected=[PHONE], causes=causes)
        text = b64(sender.seal(PHONE.encode() + b"\1", mode="CFB8"))
        cases.both("cfb8", f"padded as .NET does {algorithm}", sender, text, PHONE)
        text = sender.text(LONG, mode="GCM")
        to = {"algo": algorithm.replace("CFB", "GCM")}
        cases.both("sent_gcm", algorithm, sender, text, LONG, alone="proved", settings=to)
        text = sender.text("1", mode="GCM")
        cases.both("sent_gcm", f"one byte {algorithm}", sender, text, "1", alone="proved", settings=to)
    for algorithm in GCM:
        sender = Sender(algorithm, "modes")
        to = {"algo": algorithm.replace("GCM", "CFB")}
        for value in (LONG, ORDER):
            text = sender.text(value, mode="CFB")
            cases.both("sent_cfb", f"{value} {algorithm}", sender, text, value, alone="likely", settings=to)
        for mode in ("CTR", "CBC", "CFB8"):
            text = sender.text(LONG, mode=mode)
            cases.both(mode.lower(), f"{mode} {algorithm}", sender, text, LONG, alone="likely")


def tags(cases):
    for algorithm in GCM:
        sender = Sender(algorithm, "tags")
        ciphertext, tag = sender.gcm(ORDER.encode())

        def add(row, what, data, value=ORDER, sender=sender, **more):
            cases.both(row, f"{what} {sender.algorithm}", sender, b64(data), value, **more)

        first = {"encoding": "base64", "tag": "prepended", "reading": "tolerant"}
        add("tag_first", "in front", tag + ciphertext, settings=first)
        last = {"encoding": "base64", "tag": "appended", "reading": "tolerant"}
        add("tag_first", "behind", ciphertext + tag, tag="prepended", settings=last)
        add("tag_missing", "lost", ciphertext, alone="likely")
        add("tag_missing", "lost, long", sender.gcm(LONG.encode())[0], LONG, alone="likely")
        for length in (15, 14, 13, 12, 8):
            add("tag_short", f"{length} bytes", ciphertext + tag[:length])
        add("tag_short", "4 bytes", ciphertext + tag[:4], alone="likely")
        add("tag_repeated", "twice", ciphertext + tag + tag)
        add("tag_repeated", "twice, long", sender.seal(LONG) + sender.seal(LONG)[-16:], LONG)
        add("tag_wrong", "zeros", ciphertext + bytes(16), alone="likely")
        add("tag_wrong", "another value's", ciphertext + sender.gcm(b"another")[1], alone="likely")
        for what, data in [("IV", sender.iv), ("title", b"diagnosis"), ("unknown", b"tenant 17")]:
            sealed = b"".join(sender.gcm(ORDER.encode(), aad=data))
            add("tag_wrong", f"associated data {what}", sealed, alone="likely" if what == "unknown" else None)
        sealed = b"".join(sender.gcm(ORDER.encode(), aad=b"order_id"))
        add("tag_wrong", "associated data parameter", sealed, parameter="order_id")


def ivs(cases):
    for algorithm in GCM:
        sender = Sender(algorithm, "ivs")
        for size in (12, 16):
            iv = sender.random(size, "iv")
            ciphertext, tag = sender.gcm(PHONE.encode(), iv=iv)
            for what, data in [
                ("before", iv + ciphertext + tag),
                ("before tag and ciphertext", iv + tag + ciphertext),
                ("behind", ciphertext + tag + iv),
                ("between", ciphertext + iv + tag),
            ]:
                cases.both("iv_in_text", f"{size} bytes {what} {algorithm}", sender, b64(data), PHONE)
        text = b64(sender.iv + sender.seal(PHONE))
        cases.both("iv_in_text", f"its own {algorithm}", sender, text, PHONE)
        for what, iv in [
            ("first 12", sender.iv[:12]),
            ("last 12", sender.iv[4:]),
            ("first 8", sender.iv[:8]),
        ]:
            text = sender.text(PHONE, iv=iv)
            cases.both("iv_cut", f"{what} bytes {algorithm}", sender, text, PHONE)
        cases.both("iv_other", f"12 zeros {algorithm}", sender, sender.text(PHONE, iv=bytes(12)), PHONE)
    for algorithm in CFB_ALGORITHMS:
        sender = Sender(algorithm, "ivs")
        iv = sender.random(16, "iv")
        sealed = sender.seal(LONG, iv=iv)
        cases.both("iv_in_text", f"before {algorithm}", sender, b64(iv + sealed), LONG)
        cases.both("iv_in_text", f"behind {algorithm}", sender, b64(sealed + iv), LONG)
        text = b64(sender.iv + sender.seal(LONG))
        cases.both("iv_in_text", f"its own {algorithm}", sender, text, LONG)
        for value in (LONG, f"{LONG} {GERMAN}"):
            text = sender.text(value, iv=iv)
            cases.both(
                "iv_unknown",
                f"random {len(value)} {algorithm}",
                sender,
                text,
                value,
                both_causes=["iv_unknown", "iv_in_text"],
            )
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "other ivs")
        for what, iv in [
            ("16 zeros", bytes(16)),
            ("digits 0", b"0" * 16),
            ("the key", sender.key[:16]),
            ("reversed", sender.iv[::-1]),
            ("bits flipped", bytes(255 - byte for byte in sender.iv)),
            ("lower case", sender.iv.lower()),
            ("upper case", sender.iv.upper()),
            ("MD5", digest("md5", sender.iv)),
        ]:
            text = sender.text(NAME, iv=iv)
            cases.both("iv_other", f"{what} {algorithm}", sender, text, NAME)
        for what, spelled, iv in [
            ("from hex", "00a1b2c3d4e5f607", bytes.fromhex("00a1b2c3d4e5f607").ljust(16, b"\0")),
            ("from base64", "Zm9vYmFyYmF6cXV4", b"foobarbazqux\0\0\0\0"),
        ]:
            sender = Sender(algorithm, what, iv=spelled.ljust(16, "0"))
            iv = bytes.fromhex(sender.iv_text) if what == "from hex" else base64.b64decode(sender.iv_text)
            text = sender.text(NAME, iv=iv.ljust(16, b"\0"))
            cases.both("iv_other", f"{what} {algorithm}", sender, text, NAME)


def keys(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "keys")
        key, size = sender.key, len(sender.key)

        def add(row, what, key, iv=None, sender=sender, value=WORDS):
            text = sender.text(value, key=key, iv=iv)
            cases.both(row, f"{what} {sender.algorithm}", sender, text, value)

        add("key_iv_swapped", "swapped", fitted(sender.iv, size), key[:16])
        for other in {16, 24, 32} - {size}:
            add("key_length", f"{size} to {other} bytes", fitted(key, other))
        for what, text in (("lower", key.hex()), ("upper", key.hex().upper())):
            add("key_hex", f"{what} hex of the key", fits(text.encode()))
        add("key_base64", "base64 of the key", fits(base64.b64encode(key)))
        for what, encoding in (("little", "utf-16-le"), ("big", "utf-16-be")):
            add("key_utf16", f"{what} endian", fitted(sender.key_text.encode(encoding), 32))
        for name in ("md5", "sha1", "sha256"):
            add("key_hashed", name, fitted(digest(name, key), max(16, size)))
            add("key_hashed", f"{name} in hex", fits(digest(name, key).hex().encode()))
        add("key_case", "lower", key.lower())
        add("key_case", "upper", key.upper())
        add("key_line_break", "behind a key of one less", key[:-1] + b"\n")
        add("key_line_break", "before", fitted(b"\n" + key, size))
        if size < 32:  # else it is cut off
            add("key_line_break", "behind", fits(key + b"\r\n"))
        hexadecimal = Sender(algorithm, "hex key", key=sender.random(size // 2).hex())
        decoded = fits(bytes.fromhex(hexadecimal.key_text))
        add("key_hex", "from hex", decoded, sender=hexadecimal)
        letters = b64(sender.random(size // 4 * 3, "base64 key")).replace("+", "a").replace("/", "b")
        encoded = Sender(algorithm, "base64 key", key=letters)
        add("key_base64", "from base64", fits(base64.b64decode(letters)), sender=encoded)
    for number, algorithm in enumerate(ALGORITHMS):
        sender, older = Sender(algorithm, "keys"), Sender(algorithm, "older keys")
        other = Sender(ALGORITHMS[(number + 3) % 6], "other keys")
        third = Sender(algorithm, "third keys")
        text = older.text(NAME)
        described = "it was encrypted with key and IV of another profile"
        settings = {"key": described, "IV": described, "profile": 0}
        cases.both("other_key", f"older {algorithm}", sender, text, NAME, also=[older.enc], settings=settings)
        also = [third.enc, other.enc]
        settings = {"algo": other.algorithm, "key": described, "IV": described, "profile": 1}
        alone = "proved" if other.mode == "GCM" else "likely"
        text = other.text(NAME)
        cases.both(
            "other_key", f"other {algorithm}", sender, text, NAME, also=also, settings=settings, alone=alone
        )
        text = sender.text(NAME, key=older.key)
        cases.both("other_key", f"own IV {algorithm}", sender, text, NAME, also=[older.enc])


def values(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "values")

        def add(row, what, data, value=WORDS, sender=sender, **more):
            cases.both(row, f"{what} {sender.algorithm}", sender, sender.text(data), value, **more)

        for encoding in ("utf-16-le", "utf-16-be"):
            add("other_charset", encoding, WORDS.encode(encoding))
            add("other_charset", f"{encoding} with a mark", ("\ufeff" + GERMAN).encode(encoding), GERMAN)
        street = "Große Bäckerstraße, Tür überm Café"
        is_gcm = sender.mode == "GCM"
        # Nearly all bytes are characters of Latin-1: under CFB nothing but the expected value shows it.
        add("other_charset", "Latin-1", street.encode("latin-1"), street, only_with_value=not is_gcm)
        for value in (PHONE, GERMAN, LONG):
            add("byte_order_mark", value, ("\ufeff" + value).encode(), value)
        for what, data in [
            ("PKCS#7", pkcs7(PHONE.encode())),
            ("NUL", PHONE.encode() + bytes(2)),
            ("NUL to 48", fitted(LONG.encode(), 48)),
            ("PKCS#7 of a block", pkcs7(ORDER[:16].encode())),
        ]:
            value = {"NUL to 48": LONG, "PKCS#7 of a block": ORDER[:16]}.get(what, PHONE)
            add("padding", what, data, value)
        for what, data in [
            ("line feed", WORDS + "\n"),
            ("JSON quotes", f'"{WORDS}"'),
            ("PHP", f's:{len(WORDS)}:"{WORDS}";'),
            ("base64", b64(WORDS.encode())),
        ]:
            add("wrapped_value", what, data)
        packed = gzip.compress(LONG.encode(), mtime=0)
        add("wrapped_value", "gzip", packed, LONG, grade="proved" if is_gcm else "")


def together(cases):
    """Two mistakes: the deeper one is the cause."""
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "together")
        is_gcm = sender.mode == "GCM"

        def add(row, what, text, value=LONG, sender=sender, **more):
            cases.both(row, f"{what} {sender.algorithm}", sender, text, value, **more)

        hashed = digest("sha256", sender.key)
        add("key_hashed", "and hexadecimal", sender.seal(LONG, key=hashed).hex())
        add("key_hashed", "and quotes", '"' + sender.text(LONG, key=hashed) + '"')
        add("iv_other", "and base64 twice", b64(sender.text(LONG, iv=bytes(16)).encode()))
        add("key_case", "and zeros as IV", sender.text(LONG, key=sender.key.lower(), iv=bytes(16)))
        if is_gcm:
            ciphertext, tag = sender.gcm(LONG.encode())
            add("tag_first", "and hexadecimal", (tag + ciphertext).hex())
            add("key_hashed", "and an IV of 12 bytes", sender.text(LONG, key=hashed, iv=sender.iv[:12]))
            add("tag_missing", "and hexadecimal", ciphertext.hex(), alone="likely")
        else:
            add("cfb8", "and hexadecimal", sender.text(LONG, mode="CFB8").encode().hex())
            add("cfb8", "and base64 twice", b64(sender.text(LONG, mode="CFB8").encode()))
            add("key_hashed", "and CFB8", sender.text(LONG, mode="CFB8", key=hashed))


ROWS = [modes, tags, ivs, keys, values, together]
