"""Mistakes that Python programs make: pycryptodome, and `cryptography`.

A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of the text.
"""

import base64
import hashlib
import sys

from Crypto.Cipher import AES
from Crypto.Util import Counter
from Crypto.Util.Padding import pad
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def b64(data):
    return base64.b64encode(data).decode()


def gcm(key, iv, value):
    """Rows and texts of a profile with GCM."""
    ciphertext, tag = AES.new(key, AES.MODE_GCM, nonce=iv).encrypt_and_digest(value)
    yield "opens", "as it should be", b64(ciphertext + tag)
    yield "opens,line_breaks", "encodebytes", base64.encodebytes(ciphertext + tag).decode()
    yield "tag_missing", "encrypt without digest", b64(ciphertext)
    yield "surrounding_characters", "str of bytes", str(base64.b64encode(ciphertext + tag))
    short = AES.new(key, AES.MODE_GCM, nonce=iv, mac_len=12)
    yield "tag_short", "mac_len 12", b64(b"".join(short.encrypt_and_digest(value)))
    own = AES.new(key, AES.MODE_GCM)
    ciphertext, tag = own.encrypt_and_digest(value)
    yield "unknown,iv_unknown", "the default nonce, not sent", b64(ciphertext + tag)
    yield "iv_in_text", "the default nonce in front", b64(own.nonce + tag + ciphertext)
    yield "iv_cut", "a nonce of 12 bytes", b64(AESGCM(key).encrypt(iv[:12], value, None))
    yield "tag_wrong", "associated data", b64(AESGCM(key).encrypt(iv, value, iv))
    hashed = AESGCM(hashlib.sha256(key).digest())
    yield "key_hashed", "hashlib.sha256", b64(hashed.encrypt(iv, value, None))
    yield "other_charset", "utf-16", b64(AESGCM(key).encrypt(iv, value.decode().encode("utf-16"), None))
    yield (
        "byte_order_mark",
        "utf-8-sig",
        b64(AESGCM(key).encrypt(iv, value.decode().encode("utf-8-sig"), None)),
    )
    fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key).digest()))
    yield "foreign_container", "Fernet", fernet.encrypt(value).decode()


def cfb(key, iv, value):
    """Rows and texts of a profile with CFB."""
    size = AES.block_size
    yield "opens", "segment_size 128", b64(AES.new(key, AES.MODE_CFB, iv, segment_size=128).encrypt(value))
    yield "cfb8", "the default segment_size", b64(AES.new(key, AES.MODE_CFB, iv).encrypt(value))
    for bits in (32, 64):
        text = b64(AES.new(key, AES.MODE_CFB, iv, segment_size=bits).encrypt(value))
        yield "cfb_segment", f"segment_size {bits}", text
    padded = pad(value, size)
    yield "padding", "pad()", b64(AES.new(key, AES.MODE_CFB, iv, segment_size=128).encrypt(padded))
    yield "cbc", "MODE_CBC", b64(AES.new(key, AES.MODE_CBC, iv).encrypt(padded))
    yield "ecb", "MODE_ECB", b64(AES.new(key, AES.MODE_ECB).encrypt(padded))
    yield "ofb", "MODE_OFB", b64(AES.new(key, AES.MODE_OFB, iv).encrypt(value))
    counter = Counter.new(128, initial_value=int.from_bytes(iv))
    yield "ctr", "MODE_CTR", b64(AES.new(key, AES.MODE_CTR, counter=counter).encrypt(value))
    own = AES.new(key, AES.MODE_CFB, segment_size=128)
    sealed = own.encrypt(value)
    yield "iv_in_text", "the default IV in front", b64(own.iv + sealed)
    yield "iv_unknown", "the default IV, not sent", b64(sealed)
    yield (
        "sent_gcm",
        "MODE_GCM",
        b64(b"".join(AES.new(key, AES.MODE_GCM, nonce=iv).encrypt_and_digest(value))),
    )


for number, line in enumerate(sys.stdin):
    algorithm, *texts = line.rstrip("\n").split("\t")
    mistakes = gcm if algorithm.endswith("GCM") else cfb
    for causes, what, text in mistakes(*(part.encode() for part in texts)):
        print(number, causes, what, base64.b64encode(text.encode()).decode(), sep="\t")
