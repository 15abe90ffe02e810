#!/usr/bin/env python3
"""Makes our own vectors, testdata/vectors/, independently of this library: Python's `cryptography` (OpenSSL) encrypts.

    make_own.py            writes the files
    make_own.py --check    fails if they are not, byte for byte, what would be written

There is no randomness: keys, IVs and texts come from SHA-256 of a label and a counter.
"""

import base64
import json
import pathlib
import sys

import make_callbacks
from ciphers import bytes_of, encrypt, letters_of

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "testdata/vectors"
PROVENANCE = (
    "Made by scripts/vectors/make_own.py with Python's cryptography (OpenSSL; its version stands in "
    "bindings/python/tools.txt), never by this library. "
    "Keys, IVs and plaintexts come from SHA-256 of a label and a counter."
)
KEY_BITS = (128, 192, 256)
LENGTHS = range(258)  # 0 to 257 bytes: every length around one, eight and sixteen blocks
PIECES = [
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-/=&<>{}",
    "é",
    "€",
    "ह",
    "😀",
    '"',
    "\\",
    "\n",
]


def text_of(label, length):
    """A text of exactly so many bytes of UTF-8, some of its characters longer than one."""
    text = ""
    for byte in bytes_of(label, 2 * length + 16):
        left = length - len(text.encode("utf-8"))
        if left == 0:
            break
        piece = PIECES[byte % len(PIECES)]
        text += piece if len(piece.encode("utf-8")) <= left else "x"
    assert len(text.encode("utf-8")) == length
    return text


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 0x80 >> bit % 8
    return bytes(changed)


class Group:
    """The tests under one key and IV."""

    def __init__(self, algorithm, label):
        self.algorithm, self.tests = algorithm, []
        self.key = letters_of(f"{label} {algorithm} key", int(algorithm.split("-")[1]) // 8)
        self.iv = letters_of(f"{label} {algorithm} iv", 16)
        self.label = f"{label} {algorithm}"

    def sealed(self, length):
        """A plaintext of this length and what it is under this group's key and IV."""
        plaintext = text_of(f"{self.label} {length}", length)
        return plaintext, encrypt(self.algorithm, self.key, self.iv, plaintext.encode("utf-8"))

    def valid(self, plaintext, data, **more):
        self.add(plaintext=plaintext, text=base64.b64encode(data).decode(), result="valid", **more)

    def invalid(self, comment, data, **more):
        self.add(comment=comment, text=base64.b64encode(data).decode(), result="invalid", **more)

    def add(self, **test):
        self.tests.append(test)


def every_length(mode):
    """All lengths under all key sizes; sixteen lengths share a key and an IV, as the values of one profile do."""
    for bits in KEY_BITS:
        for start in LENGTHS[::16]:
            group = Group(f"AES-{bits}-{mode}", f"lengths from {start}")
            for length in LENGTHS[start : start + 16]:
                group.valid(*group.sealed(length))
            yield group


def broken_gcm(bits):
    """What must not be opened, and tags in front, which open only where the wire format says so."""
    algorithm = f"AES-{bits}-GCM"
    group = Group(algorithm, "changed")
    for bit in range(128):  # every bit of the tag
        _, data = group.sealed(bit % 48)
        group.invalid(f"bit {bit} of the tag flipped", data[:-16] + flipped(data[-16:], bit))
    for length in range(1, 101):
        _, data = group.sealed(length)
        bit = int.from_bytes(bytes_of(f"{algorithm} flip {length}", 4)) % (8 * length)
        group.invalid(f"bit {bit} of the ciphertext flipped", flipped(data, bit))
    yield group

    group = Group(algorithm, "cut")
    for length in (0, 1, 16, 33):
        _, data = group.sealed(length)
        for left in range(16):
            group.invalid(f"short tag: {left} bytes of it", data[: length + left])
    for length in range(1, 21):
        _, data = group.sealed(length)
        group.invalid("first byte lost", data[1:])
        group.invalid("a byte too many", data + b"\0")
    yield group

    group = Group(algorithm, "moved")
    for length in range(1, 41):
        plaintext, data = group.sealed(length)
        moved = data[-16:] + data[:-16]
        group.invalid("tag in front, not said", moved)
        group.valid(plaintext, moved, comment="tag in front", tag="prepended")
    yield group

    group, other = Group(algorithm, "wrong"), Group(algorithm, "right")
    for length in range(40):
        plaintext, _ = group.sealed(length)
        plaintext = plaintext.encode("utf-8")
        group.invalid("another IV", encrypt(algorithm, group.key, other.iv, plaintext))
        group.invalid("another key", encrypt(algorithm, other.key, group.iv, plaintext))
    yield group


def cfb8(bits):
    """CFB with 8-bit feedback, which some libraries call CFB: its name is refused, and its texts are not ours.

    The first byte is the same in both, so the lengths start with two.
    """
    group = Group(f"AES-{bits}-CFB8", "eight bits")
    for length in range(2, 106):
        plaintext, data = group.sealed(length)
        ours = encrypt(f"AES-{bits}-CFB", group.key, group.iv, plaintext.encode("utf-8"))
        assert data[0] == ours[0] and data != ours, length
        group.invalid("8-bit feedback", data, plaintext=plaintext)
    return group


def written(schema, groups):
    """The file's text: a test per line, numbered."""
    number, lines = 0, []
    for place, group in enumerate(groups):
        head = json.dumps(
            {name: value for name, value in group.items() if name != "tests"}, ensure_ascii=False
        )[:-1]
        tests = []
        for test in group["tests"]:
            number += 1
            tests.append(json.dumps({"tcId": number, **test}, ensure_ascii=False, separators=(",", ":")))
        head += ", " if len(head) > 1 else ""
        lines.append(
            f'{head}"tests": [\n' + ",\n".join(tests) + "\n]}" + ("," if place + 1 < len(groups) else "")
        )
    about = {
        "schema": schema,
        "generator": "scripts/vectors/make_own.py",
        "provenance": PROVENANCE,
        "numberOfTests": number,
    }
    return (
        json.dumps(about, indent=1, ensure_ascii=False)[:-2]
        + ',\n "testGroups": [\n'
        + "\n".join(lines)
        + "\n]}\n"
    )


def of_values(groups):
    return [
        {"algorithm": group.algorithm, "key": group.key, "iv": group.iv, "tests": group.tests}
        for group in groups
    ]


def files():
    gcm = [*every_length("GCM"), *(group for bits in KEY_BITS for group in broken_gcm(bits))]
    cfb = [*every_length("CFB"), *(cfb8(bits) for bits in KEY_BITS)]
    callbacks = [{"tests": list(make_callbacks.tests())}]
    return {
        "gcm16.json": written("value vectors, version 1", of_values(gcm)),
        "cfb.json": written("value vectors, version 1", of_values(cfb)),
        "callbacks.json": written("callback vectors, version 1", callbacks),
    }


def main():
    made = {name: text.encode("utf-8") for name, text in files().items()}
    size = sum(map(len, made.values()))
    assert size < 1_500_000, size
    for name, data in made.items():
        if sys.argv[1:] == ["--check"]:
            assert (FOLDER / name).read_bytes() == data, (
                f"testdata/vectors/{name} is not what make_own.py makes"
            )
        else:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / name).write_bytes(data)
    print(f"own vectors: {len(made)} files, {size} bytes, {'fresh' if sys.argv[1:] else 'written'}")


main()
