"""Values that no receiver may take, and what shows that it would: each is what some library by itself accepts.

What the library cannot be made to write (other keys, other IVs, CFB8) is made by the package `cryptography`. A family
is named after the trap (README of examples/receivers) that it is about.
"""

import base64
import random
from collections.abc import Iterator

from callbacks import ALGORITHMS, ALPHANUMERIC, Case, settings
from cryptography.hazmat.decrepit.ciphers.modes import CFB, CFB8
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

NOT_UTF8 = [
    b"\x80",
    b"ok\xff",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x82",
    b"caf\xe9",
]
# Names that nobody should know, with what a receiver that only looks at their end would do.
OTHER_NAMES = ["CTR", "OFB", "CFB8", "CFB1", "CFB ", "CFB\r", "cfb", "ECB", "CBC", "CCM", "GCM\0", ""]


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def run(mode: object, key: bytes, data: bytes, decrypt: bool = False) -> bytes:
    context = Cipher(AES(key), mode).decryptor() if decrypt else Cipher(AES(key), mode).encryptor()
    return context.update(data) + context.finalize()


def seal(algorithm: str, key: bytes, iv: bytes, data: bytes) -> str:
    return encode(
        AESGCM(key).encrypt(iv, data, None) if algorithm.endswith("GCM") else run(CFB(iv), key, data)
    )


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def forged(genuine: list[Case], rng: random.Random) -> list[Case]:
    """All families, in the same order in every run."""
    cases: list[Case] = []
    makers = (bits, tags, keys, ivs, wrong_segments, spellings, not_utf8, names, undetectable)
    for maker in makers:
        cases += maker(genuine, rng)
    return cases


def some(
    cases: list[Case], rng: random.Random, count: int, mode: str, least: int = 0, most: int = 999
) -> list[Case]:
    """So many of a mode, the values of which have so many bytes."""
    fitting = [
        case for case in cases if case.algorithm.endswith(mode) and least <= len(case.expected or b"") <= most
    ]
    return rng.sample(fitting, count)


def change(case: Case, family: str, **members: object) -> Case:
    return Case(**{**case.__dict__, "expected": None, **members, "family": family})


def is_garbage(case: Case) -> bool:
    """CFB notices nothing by itself: a forged value of CFB can only be refused if it is no UTF-8."""
    key, iv = case.key.encode(), case.iv.encode()
    try:
        run(CFB(iv), key, base64.b64decode(case.text), decrypt=True).decode()
    except UnicodeDecodeError:
        return True
    return False


def bits(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for case in some(genuine, rng, 150, "GCM", 1):
        data = base64.b64decode(case.text)
        yield change(case, "verified/ciphertext", text=encode(flip(data, rng.randrange(len(data) * 8 - 128))))
    for case in some(genuine, rng, 150, "GCM"):
        data = base64.b64decode(case.text)
        yield change(case, "verified/tag", text=encode(flip(data, len(data) * 8 - 128 + rng.randrange(128))))
    for case in some(genuine, rng, 30, "GCM"):
        yield change(case, "verified/longer", text=encode(base64.b64decode(case.text) + rng.randbytes(1)))


def tags(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for case in some(genuine, rng, 100, "GCM"):
        yield change(case, "tag/truncated", text=encode(base64.b64decode(case.text)[: -rng.randint(1, 15)]))
    # Of the empty value, all that is left is the beginning of the tag. One byte is guessed in 256 attempts.
    for case in some(genuine, rng, 6, "GCM", 0, 0):
        for length in range(16):
            yield change(case, "tag/short", text=encode(base64.b64decode(case.text)[:length]))
    for case in some(genuine, rng, 60, "GCM"):
        yield change(case, "tag/missing", text=encode(base64.b64decode(case.text)[:-16]))
    for case in some(genuine, rng, 60, "GCM", 1):
        data = base64.b64decode(case.text)
        yield change(case, "tag/moved", text=encode(data[-16:] + data[:-16]))


def keys(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for mode in ("GCM", "CFB"):
        for case in some(genuine, rng, 60, mode, 32):
            wrong = change(case, "key/wrong", key=settings(rng, case.algorithm)[0])
            if mode == "GCM" or is_garbage(wrong):
                yield wrong
        # Padded with NUL, cut, or taken for that of another algorithm: right for who does so.
        for case in some(genuine, rng, 40, mode):
            short = case.key[: -rng.choice([1, 1, 8])]
            padded = short.encode().ljust(len(case.key), b"\0")
            text = seal(case.algorithm, padded, case.iv.encode(), case.expected)
            yield change(case, "key/short", key=short, text=text)
        for case in some(genuine, rng, 40, mode):
            yield change(case, "key/long", key=case.key + rng.choice(["x", "x", "12345678"]))
        for case in some(genuine, rng, 40, mode):
            other = rng.choice(
                [name for name in ALGORITHMS if name.endswith(mode) and name != case.algorithm]
            )
            yield change(case, "key/other_size", algorithm=other)
        for case in some(genuine, rng, 5, mode, 32):
            yield change(case, "key/empty", key="")


def ivs(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for mode in ("GCM", "CFB"):
        for case in some(genuine, rng, 60, mode, 48):
            wrong = change(case, "iv/wrong", iv=settings(rng, case.algorithm)[1])
            if mode == "GCM" or is_garbage(wrong):
                yield wrong
        for case in some(genuine, rng, 40, mode):
            short = case.iv[: rng.choice([8, 12, 12, 15])]
            used = short.encode() if mode == "GCM" else short.encode().ljust(16, b"\0")
            yield change(
                case, "iv/short", iv=short, text=seal(case.algorithm, case.key.encode(), used, case.expected)
            )
        for case in some(genuine, rng, 40, mode):
            long = case.iv + "".join(rng.choices(ALPHANUMERIC, k=rng.choice([1, 8])))
            used = long.encode() if mode == "GCM" else case.iv.encode()
            yield change(
                case, "iv/long", iv=long, text=seal(case.algorithm, case.key.encode(), used, case.expected)
            )


def wrong_segments(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for case in some(genuine, rng, 60, "CFB", 32):
        data = run(CFB8(case.iv.encode()), case.key.encode(), case.expected)
        cfb8 = change(case, "cfb128/cfb8", text=encode(data))
        if is_garbage(cfb8):
            yield cfb8
    for case in some(genuine, rng, 60, "GCM", 48):
        other = change(case, "verified/mode", algorithm=case.algorithm.replace("GCM", "CFB"))
        if is_garbage(other):
            yield other
    for case in some(genuine, rng, 60, "CFB", 16):
        yield change(case, "verified/mode", algorithm=case.algorithm.replace("CFB", "GCM"))


def spellings(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    """Base64 that is not what base64 writes. Lenient decoders find the right bytes in nearly all of it."""
    for case in some(genuine, rng, 60, "", 24):
        text, place = case.text, rng.randrange(1, len(case.text) - 4)
        for family, spelling in (
            ("blank", f"{text[:place]} {text[place:]}"),
            ("before", f" {text}"),
            ("after", f"{text}\r"),
            ("carriage_return", f"{text[:place]}\r{text[place:]}"),
            ("other_character", f"{text[:place]}!{text[place:]}"),
            ("not_ascii", f"{text[:place]}é{text[place:]}"),
            ("padding_inside", f"{text[:4]}=={text[4:]}"),
            ("padding_more", f"{text}="),
            ("padding_missing", text.rstrip("=")),
            ("other_alphabet", text.replace("+", "-").replace("/", "_")),
            ("loose_bits", loose_bits(text)),
        ):
            if spelling != text:
                yield change(case, f"base64/{family}", text=spelling)
        for family, spelling in (
            ("hexadecimal", base64.b64decode(text).hex()),
            ("twice", encode(text.encode())),
        ):
            other = change(case, f"base64/{family}", text=spelling)
            if case.algorithm.endswith("GCM") or len(spelling) % 4 or is_garbage(other):
                yield other
    for case in some(genuine, rng, 3, "CFB", 1):
        yield change(case, "base64/padding_only", text="====")


def loose_bits(text: str) -> str:
    """The same bytes, with a bit set that they do not need."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = text.rstrip("=")
    return body[:-1] + alphabet[alphabet.index(body[-1]) | 1] + text[len(body) :] if body != text else text


def not_utf8(_genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for algorithm in ALGORITHMS:
        for data in NOT_UTF8:
            for before in (b"", b"a" * rng.randrange(1, 40)):
                key, iv = settings(rng, algorithm)
                text = seal(algorithm, key.encode(), iv.encode(), before + data)
                yield Case("utf8/not", algorithm, key, iv, text, None)


def names(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    for case in some(genuine, rng, 20, "CFB"):
        data = run(CTR(case.iv.encode()), case.key.encode(), case.expected)
        yield change(case, "algorithm/ctr", algorithm=case.algorithm.replace("CFB", "CTR"), text=encode(data))
    for name in OTHER_NAMES:
        for case in some(genuine, rng, 6, "CFB", 0, 16) + some(genuine, rng, 3, "GCM"):
            yield change(case, "algorithm/other", algorithm=case.algorithm[:8] + name)
    for case in some(genuine, rng, 6, ""):
        name = case.algorithm
        for other in (name.lower(), f" {name}", name.replace("AES", "ARIA"), name[4:], ""):
            yield change(case, "algorithm/spelling", algorithm=other)


def undetectable(genuine: list[Case], rng: random.Random) -> Iterator[Case]:
    """CFB has no integrity: these are read as something else, and no receiver can help it."""
    for case in some(genuine, rng, 400, "CFB", 1):
        data = flip(base64.b64decode(case.text), len(case.expected) * 8 - 8)
        changed = flip(case.expected, len(case.expected) * 8 - 8)
        if case.expected[-1] < 0x80:
            yield change(case, "undetectable/cfb", text=encode(data), expected=changed)
