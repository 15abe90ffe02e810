"""Opens a callback, with the package `cryptography` and nothing else. Copy `decrypt`, `open_body`, `once` and `Refused`.

By themselves `cryptography` chooses the AES by the key's length and takes any IV for GCM, and Python's base64 skips
what it does not know: each line marked `trap:` closes one of these. README.md says which is which.
"""

import base64
import json
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


def open_body(algo: str, key: str, iv: str, text: str, names: list[str]) -> dict:
    """Returns the members of a JSON body, those of these names decrypted; raises Refused unless each is there as one text."""
    try:
        body = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Refused from None
    if not isinstance(body, dict):  # trap: object
        raise Refused
    if not all(name in body for name in names):  # trap: absent
        raise Refused
    named = {name: value for name, value in body.items() if name in names}
    if not all(isinstance(value, str) for value in named.values()):  # trap: text
        raise Refused
    texts = {name: value for name, value in named.items() if isinstance(value, str)}
    return body | {name: decrypt(algo, key, iv, value) for name, value in texts.items()}


def once(pairs: list) -> dict:
    """An object of JSON, in which no name may come twice."""
    members = dict(pairs)
    if len(members) != len(pairs):  # trap: twice
        raise Refused
    return members


def main() -> None:
    """For scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`, per line
    in; `ok BASE64`, of a body one for each name, or `refused` out."""
    for line in sys.stdin.buffer.read().decode().removesuffix("\n").split("\n"):
        try:
            if line.startswith("body\t"):
                algo, key, iv, names, text = line.split("\t", 5)[1:]
                body = open_body(algo, key, iv, text, names.split(","))
                values = [str(body.get(name)) for name in names.split(",")]
            else:
                values = [decrypt(*line.split("\t", 3))]
            print("ok", *(base64.b64encode(value.encode()).decode() for value in values))
        except Refused:
            print("refused")


if __name__ == "__main__":
    main()
