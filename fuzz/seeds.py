#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets, fuzz/corpus/, from testdata/: small, many-sided, the same in every run."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST = 24  # seeds per target


def load(name):
    return json.loads((ROOT / "testdata" / f"{name}.json").read_text("utf-8"))


def spread(items, most=MOST):
    """Some of many, evenly spread."""
    items = [item for item in dict.fromkeys(items) if len(item) < 2000]
    return items if len(items) <= most else [items[index * len(items) // most] for index in range(most)]


def texts(cases, member):
    return [case[member].encode() for case in cases if isinstance(case.get(member), str)]


def members(record):
    """The members of a record as body.rs reads them, each of another kind."""
    try:
        record = json.loads(record)
    except ValueError:
        record = {"not": "JSON"}
    found = []
    for kind, (name, value) in enumerate(record.items() if isinstance(record, dict) else []):
        values = value if isinstance(value, list) else [value]
        parts = [text if isinstance(text, str) else json.dumps(text) for text in (name, *values, "last")]
        found.append(bytes([kind % 5]) + b"\xfe".join(part.encode("utf-8", "replace") for part in parts))
    return b"\xff".join(found)


def diagnoses(cases):
    """One text, or body, of each row of the catalogue: choices as diagnosis.rs reads them. The keys are not the cases'."""
    rows = {}
    for case in cases:
        rows.setdefault(case["reason"], case)
    seeds = []
    for number, case in enumerate(rows.values()):
        if "body" in case:
            seeds.append(bytes([number, number, 0, 16]) + case["body"].encode())
        else:
            parts = [*case.get("expected", []), *case["texts"]]
            choices = 4 + len(case.get("expected", []))
            seeds.append(bytes([number, number, number % 6, choices]) + "\0".join(parts).encode())
    value = b"DELIVERED TO HANDSET"
    for number in range(6):
        for made in (b"\1", b"\2", b"\3"):
            # Choice 4: another profile is given, whose texts have 2 in front.
            seeds.append(bytes([number, number, 0, 4]) + made + value)
    return spread(seeds, 4 * MOST)


def sealed(cases):
    """Bodies and queries as they are received; claims under a tag that fits, with the usual header; records."""
    seeds = [
        bytes([16 * number % 128]) + case["received"].encode()
        for number, case in enumerate(cases["open"][::20])
    ]
    claims = [case["claims"] for case in cases["seal"][::12]]
    claims += [
        '{"iat":1,"jti":"a","params":{"a":"x","n":5,"o":{"b":["y"]},"q":"x","c":"1"}}',
        '{"iat":1,"jti":"a","htm":"GET","htu":"https://e.com/","pid":"p","params":{"a":"x","c":"1","e":""}}',
    ]
    seeds += [bytes([16 * number % 128 + 1]) + text.encode() for number, text in enumerate(claims)]
    header = '{"kid":"k1","alg":"dir","enc":"A256GCM","typ":"application/Callback+JWT"}'
    seeds.append(b"\1" + header.encode() + b"\0" + claims[-2].encode())
    records = [case["record"] for case in cases["seal"][::30]]
    seeds += [bytes([16 * number % 128 + 2, 0, 9, 1]) + text.encode() for number, text in enumerate(records)]
    tokens = [
        case["callback"]["body"]
        for case in cases["seal"]
        if (case["callback"]["body"] or "").startswith("eyJ")
    ]
    return seeds + [b"\3" + text.encode() for text in tokens[:2]]


FORMATS = ["u", "U", "z", "Z", "vu", "vz", "n", "c", "C", "s", "S", "i", "I", "l", "L", "", "+s", "uu"]
LAYOUTS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 6, 6: 7}  # by the number of buffers: what arrow.rs chooses one by


def arrow_array(buffers, length, offset=0, nulls=0):
    return bytes([LAYOUTS[buffers], *[0] * buffers, length, offset, nulls, 0, 0])


def arrow_columns():
    """Columns that are accepted, as arrow.rs reads them: one of each format, and dictionaries."""
    no_words = bytes([0, 0, 0, 0, 10, 20, 30, 0])  # rise, offsets, validity, data, four lengths
    found = []

    def add(schema, value_schema, values, memory, dictionary, value_array, array):
        flags = bytes([dictionary, dictionary])
        found.append(bytes([schema, 0, value_schema, 0]) + values + memory + flags + value_array + array)

    nothing = arrow_array(0, 0)
    for format_, buffers in [("u", 3), ("U", 3), ("z", 3), ("Z", 3), ("n", 0)]:
        memory = bytes([7]) + no_words[1:]
        add(FORMATS.index(format_), 6, no_words, memory, 0, nothing, arrow_array(buffers, 5, 2))
    valid = bytes([3, 0, 1, 0b10101, *[0] * 7, 1, *b'{"to":1}', 10, 20, 30, 0])
    add(0, 6, no_words, valid, 0, nothing, arrow_array(3, 5))
    # Views: one in place, one in the first buffer.
    views = bytes([5, 0, 0, 0, *b"hello", *[0] * 7, 15, 0, 0, 0, *b'{"to', 0, 0, 0, 0, 3, 0, 0, 0])
    for format_ in ("vu", "vz"):
        memory = bytes([0, len(views) // 8]) + views + bytes([0, 0, 64, 64, 64, 0])
        add(FORMATS.index(format_), 6, no_words, memory, 0, nothing, arrow_array(4, 2))
        add(FORMATS.index(format_), 6, no_words, memory, 0, nothing, arrow_array(6, 2))
    for index in "cCsSiIlL":
        indices = bytes([0, 2]) + bytes(16) + bytes([0, 0, 10, 20, 30, 0])
        add(
            FORMATS.index(index),
            0,
            bytes([5]) + no_words[1:],
            indices,
            1,
            arrow_array(3, 4),
            arrow_array(2, 2),
        )
    return found


def main():
    profiles, patches, stored = texts(load("profile"), "payload"), load("patch"), load("stored")
    opens, messages, callbacks = load("open"), load("message"), load("callback")
    templates = [
        json.loads(case["profile"]).get("response_message", "").encode() + b"\0" + case["record"].encode()
        for case in messages
        if "record" in case
    ]
    urls = []
    for payload in profiles:
        try:
            value = json.loads(payload)
            name, text = next(iter(value.get("headers", {}).items()), ("", ""))
            urls.append(f"{value['url']}\0{name}\0{text}".encode())
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
    seeds = {
        "jwe_open": spread(sealed(load("sealed")), 2 * MOST),
        "json_reader": spread(texts(opens, "received") + texts(callbacks, "record") + profiles),
        "profile_parse": spread(profiles),
        "patch_and_stored": spread(
            [
                patch + b"\0" + one
                for patch, one in zip(texts(patches, "patch"), texts(stored, "stored") * 3, strict=False)
            ]
        ),
        "replacer": spread(templates),
        "url_and_headers": spread(urls),
        "callback_roundtrip": spread(
            [
                bytes([number % 6, number // 6 % 3, number % 6, number % 2]) + members(record)
                for number, record in enumerate(texts(callbacks, "record"))
            ]
        ),
        "open_hostile": spread(
            [
                bytes([number % 7, number % 5]) + received
                for number, received in enumerate(texts(opens, "received"))
            ]
        ),
        "cipher_differential": spread(
            [
                bytes([number]) + text
                for number, text in enumerate(
                    texts(load("value"), "plaintext") + texts(load("value"), "text")
                )
            ]
        ),
        # Key, last block, and a text that is cut: of no block, a few, one batch and more than two.
        "ghash_kernel": [
            bytes((number * 37 + at * 11) % 256 for at in range(32))
            + bytes([length // 3])
            + bytes(range(length))
            for number, length in enumerate((0, 1, 15, 16, 17, 64, 70, 127, 128, 129, 144, 145, 250))
        ],
        "arrow_column": arrow_columns(),
        "diagnose": diagnoses(load("diagnosis")),
        # A call, a choice, and texts: 240 to 252 are the stock texts of c_abi.rs.
        "c_abi_sequence": [
            bytes(seed)
            for seed in (
                [0, 0, 240, 19, 0, 242, 22, 0, 24, 0, 243, 25, 0],
                [35, 0, 0, 0, 240, 17, 0, 242, 18, 0, 3, 16, 25, 0, 6, 0, 5, 0],
                [0, 1, 241, 19, 1, 242, 22, 1, 23, 1, 25, 1, 26, 1, 245, 33, 1],
                [7, 0, 240, 9, 0, 28, 0, 33, 0, 8, 0, 5, 0, 9, 0],
                [
                    10,
                    16,
                    244,
                    245,
                    12,
                    16,
                    242,
                    200,
                    13,
                    16,
                    246,
                    200,
                    14,
                    16,
                    246,
                    3,
                    16,
                    0,
                    15,
                    16,
                    244,
                    245,
                ],
                [0, 0, 255, 34, 0, 31, 0, 33, 0, 2, 0, 240, 32, 0, 247, 33, 0],
                [39, 0, 244, 245, 245, 242, 39, 1, 244, 245, 245, 242, 39, 2, 244, 245, 242, 242, 38, 0, 242],
                [
                    35,
                    0,
                    36,
                    0,
                    36,
                    17,
                    36,
                    34,
                    37,
                    2,
                    248,
                    37,
                    3,
                    248,
                    0,
                    0,
                    240,
                    20,
                    0,
                    21,
                    0,
                    242,
                    22,
                    0,
                    21,
                    0,
                    253,
                    22,
                    0,
                ],
                # Signed and received; sealed, signed and received; opened by a ring; new keys.
                [0, 0, 240, 42, 66, 250, 43, 0, 251, 243, 46, 64, 251, 252, 243, 46, 0, 251, 252, 243],
                [
                    35,
                    0,
                    0,
                    1,
                    249,
                    42,
                    64,
                    250,
                    42,
                    66,
                    250,
                    44,
                    0,
                    240,
                    44,
                    64,
                    254,
                    44,
                    96,
                    251,
                    44,
                    192,
                    252,
                    *(19, 1, 242, 43, 133, 251, 254, 46, 65, 251, 252, 254),
                    *(45, 0, 251, 45, 161, 251, 46, 129, 251, 252, 254, 46, 193, 251, 252, 254),
                ],
                [
                    0,
                    0,
                    249,
                    45,
                    0,
                    251,
                    45,
                    160,
                    251,
                    45,
                    96,
                    254,
                    45,
                    128,
                    254,
                    46,
                    128,
                    251,
                    252,
                    243,
                    45,
                    64,
                    251,
                ],
                [47, 0, 251, 240, 25, 0, 47, 64, 251, 240, 47, 128, 251, 240],
            )
        ],
    }
    shutil.rmtree(ROOT / "fuzz/corpus", ignore_errors=True)
    for target, inputs in seeds.items():
        folder = ROOT / "fuzz/corpus" / target
        folder.mkdir(parents=True)
        for number, data in enumerate(inputs):
            (folder / f"seed-{number:02}").write_bytes(data)
        print(f"{target}: {len(inputs)} seeds, {sum(map(len, inputs))} bytes")


main()
