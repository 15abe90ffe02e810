"""JWE compact with `dir` and `A256GCM`, out of Python's `cryptography` alone: what SEALED.md says a sender makes."""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from plain import compact

PREFIX = "cbk2_"


def encode(data):
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decode(text):
    """The bytes of strict base64url: no padding, no other alphabet, no bits left over."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not what base64url writes")
    return data


def bytes_of(label, count):
    """So many bytes that depend on nothing but the label."""
    blocks = (hashlib.sha256(f"{label} {counter}".encode()).digest() for counter in range(count // 32 + 1))
    return b"".join(blocks)[:count]


def key_of(label):
    """A key for tests, as a profile has it."""
    return PREFIX + encode(bytes_of(f"sealed key for tests: {label}", 32))


def key_bytes(key):
    return decode(key.removeprefix(PREFIX))


def header_of(kid):
    return compact({"alg": "dir", "enc": "A256GCM", "typ": "callback+jwt", "kid": kid})


def nonce_key(key):
    return HKDF(SHA256(), 32, salt=b"", info=b"callback-profile jwe nonce").derive(key)


def nonce_of(key, random, aad, plaintext):
    """The length before the AAD keeps its bytes apart from those of the plaintext."""
    message = random + struct.pack(">Q", len(aad)) + aad + plaintext
    return hmac.new(nonce_key(key), message, hashlib.sha256).digest()[:12]


def token_of(key, header, plaintext, nonce):
    """The compact form. `header` is text or bytes, so that a case can hold what no header is."""
    header = header.encode("utf-8") if isinstance(header, str) else header
    return sealed(key, encode(header), plaintext, nonce)


def sealed(key, segment, plaintext, nonce):
    """The compact form under this header segment, which is authenticated to the byte."""
    data = AESGCM(key).encrypt(nonce, plaintext, segment.encode("utf-8"))
    return ".".join([segment, "", encode(nonce), encode(data[:-16]), encode(data[-16:])])


def seal(key, kid, plaintext, random):
    """A token as our senders make it: the nonce comes of the random bytes and of all that is sealed."""
    assert len(random) == 32
    raw, header = key_bytes(key), header_of(kid)
    plaintext = plaintext.encode("utf-8") if isinstance(plaintext, str) else plaintext
    return token_of(
        raw, header, plaintext, nonce_of(raw, random, encode(header.encode()).encode(), plaintext)
    )
