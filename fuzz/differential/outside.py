"""Reads cases (src/outside.rs) from standard input and does them with `cryptography`: `python outside.py CASES`."""

import base64
import sys

import cryptography
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES

try:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB  # from 47 on
except ImportError:
    from cryptography.hazmat.primitives.ciphers.modes import CFB


def encode(encoding: str, sealed: bytes) -> str:
    if encoding == "hex":
        return sealed.hex()
    if encoding == "base64url":
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    return base64.b64encode(sealed).decode()


def decode(encoding: str, text: str) -> bytes:
    if encoding == "hex":
        return bytes.fromhex(text)
    if encoding == "base64url":
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return base64.b64decode(text, validate=True)


def seal(algorithm: str, key: bytes, iv: bytes, place: str, value: bytes) -> bytes:
    if algorithm.endswith("CFB"):
        encryptor = Cipher(AES(key), CFB(iv)).encryptor()
        return encryptor.update(value) + encryptor.finalize()
    sealed = AESGCM(key).encrypt(iv, value, None)
    return sealed if place == "appended" else sealed[-16:] + sealed[:-16]


def unseal(algorithm: str, key: bytes, iv: bytes, place: str, sealed: bytes) -> bytes | None:
    if algorithm.endswith("CFB"):
        decryptor = Cipher(AES(key), CFB(iv)).decryptor()
        return decryptor.update(sealed) + decryptor.finalize()
    try:
        return AESGCM(key).decrypt(iv, sealed if place == "appended" else sealed[16:] + sealed[:16], None)
    except InvalidTag:
        return None


def main(wanted: int) -> int:
    ran = failed = 0
    for line in sys.stdin:
        algorithm, key_text, iv_text, encoding, place, hexadecimal, text = line.removesuffix("\n").split("\t")
        key, iv, value = key_text.encode(), iv_text.encode(), bytes.fromhex(hexadecimal)
        sealed = encode(encoding, seal(algorithm, key, iv, place, value))
        ran += 1
        if sealed != text or unseal(algorithm, key, iv, place, decode(encoding, text)) != value:
            failed += 1
            if failed <= 10:
                print(f"differs: {line}  cryptography: {sealed}", file=sys.stderr)
    version = f"cryptography {cryptography.__version__}"
    print(f"differential against {version} in Python: cases={ran} mismatches={failed}")
    print(f"count differential_outside python ran={ran} refused=0 failed={failed}")
    return 0 if failed == 0 and ran == wanted and ran > 0 else 1


sys.exit(main(int(sys.argv[1])))
