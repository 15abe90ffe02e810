"""What the generators of our own vectors share: OpenSSL's ciphers, and bytes and letters out of a label."""

import hashlib
import string

from cryptography.hazmat.decrepit.ciphers.modes import CFB, CFB8
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

MODES = {"GCM": modes.GCM, "CFB": CFB, "CFB8": CFB8}
LETTERS = string.ascii_letters + string.digits  # all that the format allows in keys and IVs


def bytes_of(label, count):
    """So many bytes that depend on nothing but the label."""
    blocks = (hashlib.sha256(f"{label} {counter}".encode()).digest() for counter in range(count // 32 + 1))
    return b"".join(blocks)[:count]


def letters_of(label, count):
    return "".join(LETTERS[byte % len(LETTERS)] for byte in bytes_of(label, count))


def encrypt(algorithm, key, iv, plaintext):
    """The bytes that the format sends: the ciphertext, under GCM followed by the tag."""
    mode = algorithm.split("-")[2]
    encryptor = Cipher(algorithms.AES(key.encode("ascii")), MODES[mode](iv.encode("ascii"))).encryptor()
    ciphertext = encryptor.update(plaintext) + encryptor.finalize()
    return ciphertext + encryptor.tag if mode == "GCM" else ciphertext
