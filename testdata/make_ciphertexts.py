#!/usr/bin/env python3
"""Makes and checks the ciphertexts of the shared cases, independently of this library.

The encryption is Python's `cryptography` (OpenSSL), the encodings are Python's own. Needs `pip install cryptography`.

    make_ciphertexts.py                                     checks every text of value.json that has a plaintext
    make_ciphertexts.py AES-128-GCM KEY IV PLAINTEXT [base64|base64url|hex] [appended|prepended]     prints one text
"""

import base64
import json
import pathlib
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

try:  # moved there in cryptography 47
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:
    CFB = modes.CFB


def seal(algorithm, key, iv, plaintext, encoding="base64", tag="appended"):
    """The text of one value."""
    mode = modes.GCM(iv.encode()) if algorithm.endswith("GCM") else CFB(iv.encode())
    encryptor = Cipher(algorithms.AES(key.encode()), mode).encryptor()
    data = plaintext if isinstance(plaintext, bytes) else plaintext.encode()
    out = encryptor.update(data) + encryptor.finalize()
    if algorithm.endswith("GCM"):
        out = out + encryptor.tag if tag == "appended" else encryptor.tag + out
    return encode(out, encoding)


def encode(data, encoding):
    """Bytes as text: base64 padded, base64url without padding, hex in lower case."""
    if encoding == "hex":
        return data.hex()
    if encoding == "base64url":
        return base64.urlsafe_b64encode(data).decode().rstrip("=")
    return base64.b64encode(data).decode()


def check():
    """Compares value.json with what `cryptography` makes; returns how many texts were compared."""
    cases = json.loads((pathlib.Path(__file__).parent / "value.json").read_text(encoding="utf-8"))
    compared = 0
    for case in cases:
        if "plaintext" in case and "text" in case:
            text = seal(case["algorithm"], case["key"], case["iv"], case["plaintext"],
                        case.get("encoding", "base64"), case.get("tag", "appended"))
            assert text == case["text"], case["name"]
            compared += 1
    return compared


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(f"{check()} texts agree")
    else:
        print(seal(*sys.argv[1:]))
