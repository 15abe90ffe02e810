"""A sender who makes mistakes: the ciphers that our texts of diagnosis are made with, independently of this library."""

import base64
import hashlib

from ciphers import CFB, CFB8, bytes_of, letters_of
from cryptography.hazmat.decrepit.ciphers.modes import OFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ALGORITHMS = [f"AES-{bits}-{mode}" for bits in (128, 192, 256) for mode in ("GCM", "CFB")]
GCM, CFB_ALGORITHMS = ALGORITHMS[::2], ALGORITHMS[1::2]


def pkcs7(data, block=16):
    count = block - len(data) % block
    return data + bytes([count]) * count


def fitted(data, size):
    """So many bytes: the first ones, or all and NUL bytes behind them."""
    return data[:size].ljust(size, b"\0")


def fits(data):
    """The least of AES's key sizes that holds all of it, or the greatest."""
    return fitted(data, next((size for size in (16, 24, 32) if size >= len(data)), 32))


def b64(data):
    return base64.b64encode(data).decode("ascii")


class Sender:
    """An algorithm, a key and an IV; `seal` encrypts as the format says, the other calls as somebody does by mistake."""

    def __init__(self, algorithm, label, key=None, iv=None):
        size = int(algorithm.split("-")[1]) // 8
        self.algorithm, self.mode, self.label = algorithm, algorithm.split("-")[2], f"{label} {algorithm}"
        self.key_text = key or letters_of(f"{self.label} key", size)
        self.iv_text = iv or letters_of(f"{self.label} iv", 16)
        assert len(self.key_text) == size and len(self.iv_text) == 16
        self.key, self.iv = self.key_text.encode("ascii"), self.iv_text.encode("ascii")

    @property
    def enc(self):
        return {"algo": self.algorithm, "key": self.key_text, "IV": self.iv_text}

    def random(self, count, what="random"):
        return bytes_of(f"{self.label} {what}", count)

    def _run(self, mode, key, data):
        encryptor = Cipher(algorithms.AES(key), mode).encryptor()
        return encryptor.update(data) + encryptor.finalize(), encryptor

    def gcm(self, value, key=None, iv=None, aad=b""):
        """Ciphertext and tag."""
        encryptor = Cipher(algorithms.AES(key or self.key), modes.GCM(iv or self.iv)).encryptor()
        encryptor.authenticate_additional_data(aad)
        return encryptor.update(value) + encryptor.finalize(), encryptor.tag

    def seal(self, value, mode=None, key=None, iv=None):
        """The bytes of a value. `mode` is the format's, or one of the others."""
        value = value.encode("utf-8") if isinstance(value, str) else value
        key, iv, mode = key or self.key, iv or self.iv, mode or self.mode
        if mode == "GCM":
            return b"".join(self.gcm(value, key, iv))
        if mode.startswith("CFB/"):
            return self._segments(value, key, iv, int(mode.removeprefix("CFB/")))
        if mode == "CFB1":
            return self._bits(value, key, iv)
        if mode in ("CBC", "ECB"):
            value = pkcs7(value)
        of = {
            "CFB": lambda: CFB(iv),
            "CFB8": lambda: CFB8(iv),
            "OFB": lambda: OFB(iv),
            "CTR": lambda: modes.CTR(iv),
            "CBC": lambda: modes.CBC(iv),
            "ECB": modes.ECB,
        }
        return self._run(of[mode](), key, value)[0]

    def text(self, value, **how):
        return b64(self.seal(value, **how))

    def _block(self, key, block):
        return self._run(modes.ECB(), key, bytes(block))[0]

    def _segments(self, value, key, register, bits):
        """SP 800-38A 6.3 with segments of whole bytes; the last may be shorter."""
        size, out = bits // 8, b""
        for start in range(0, len(value), size):
            chunk = value[start : start + size]
            sealed = bytes(a ^ b for a, b in zip(chunk, self._block(key, register), strict=False))
            register = register[size:] + sealed
            out += sealed
        return out

    def _bits(self, value, key, iv):
        """SP 800-38A 6.3 with segments of one bit."""
        register, out = int.from_bytes(iv), 0
        for index in range(8 * len(value)):
            bit = value[index // 8] >> 7 - index % 8 & 1
            bit ^= self._block(key, register.to_bytes(16))[0] >> 7
            register = (register << 1 | bit) & (1 << 128) - 1
            out = out << 1 | bit
        return out.to_bytes(len(value))


def digest(name, data):
    return hashlib.new(name, data).digest()
