"""Decrypts one value of a callback, with the package `cryptography` and nothing else. Copy `decrypt` and `Refused`.

By themselves `cryptography` chooses the AES by the key's length and takes any IV for GCM, and Python's base64 skips
what it does not know: each line marked `trap:` closes one of these. README.md says which is which.
"""

import base64
import re
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES

try:
    from cryptography.hazmat.decrepit.ciphers import modes  # where CFB is from version 47 on
except ImportError:
    from cryptography.hazmat.primitives.ciphers import modes


class Refused(Exception):
    """One answer for all failures."""


def decrypt(algo: str, key_text: str, iv_text: str, text: str) -> str:
    """Returns the value only if every check has passed; raises Refused otherwise."""
    key, iv = key_text.encode(), iv_text.encode()
    if not re.fullmatch("AES-(128|192|256)-(GCM|CFB)", algo):  # trap: algorithm
        raise Refused
    if algo[4:7] != str(len(key) * 8):  # trap: key
        raise Refused
    if len(iv) != 16:  # trap: iv
        raise Refused
    try:
        data = base64.b64decode(text)
        if base64.b64encode(data).decode() != text:  # trap: base64
            raise Refused
        if algo.endswith("GCM"):
            # Takes the last 16 bytes for the tag, refuses fewer, and gives nothing before it is checked.
            return AESGCM(key).decrypt(iv, data, None).decode("utf-8")
        decryptor = Cipher(AES(key), modes.CFB(iv)).decryptor()  # CFB128  # trap: cfb128
        return (decryptor.update(data) + decryptor.finalize()).decode("utf-8")
    except (ValueError, InvalidTag):  # broken base64, length or UTF-8; a tag that is another
        raise Refused from None


def main() -> None:
    """For scripts/receivers: `algo TAB key TAB iv TAB base64` per line in, `ok BASE64` or `refused` out."""
    for line in sys.stdin.buffer.read().decode().removesuffix("\n").split("\n"):
        try:
            print("ok", base64.b64encode(decrypt(*line.split("\t", 3)).encode()).decode())
        except Refused:
            print("refused")


if __name__ == "__main__":
    main()
