"""What a Python service would write by hand: a loop over the values of a callback, and one over those of a body."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from Crypto.Cipher import AES
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sample import IV, KEY

ByteCall = Callable[[bytes], bytes]


@dataclass(frozen=True)
class ByHand:
    """A library's cipher with a JSON library around it."""

    name: str
    sealed: ByteCall
    opened: ByteCall
    dumps: Callable[[Any], str]
    loads: Callable[[str], Any]

    def callback(self, record: dict[str, str]) -> str:
        body: dict[str, str] = {}
        for name, value in record.items():
            body[name] = base64.b64encode(self.sealed(value.encode())).decode()
        return self.dumps(body)

    def open(self, body: str) -> dict[str, str]:
        record: dict[str, str] = {}
        for name, text in self.loads(body).items():
            record[name] = self.opened(base64.b64decode(text, validate=True)).decode()
        return record


def by_cryptography(mode: str) -> tuple[ByteCall, ByteCall]:
    key, iv = KEY.encode(), IV.encode()
    if mode == "GCM":
        aead = AESGCM(key)
        return lambda value: aead.encrypt(iv, value, None), lambda text: aead.decrypt(iv, text, None)
    cipher = Cipher(algorithms.AES(key), CFB(iv))

    def sealed(value: bytes) -> bytes:
        encryptor = cipher.encryptor()
        return encryptor.update(value) + encryptor.finalize()

    def opened(text: bytes) -> bytes:
        decryptor = cipher.decryptor()
        return decryptor.update(text) + decryptor.finalize()

    return sealed, opened


def by_pycryptodome(mode: str) -> tuple[ByteCall, ByteCall]:
    key, iv = KEY.encode(), IV.encode()

    def sealed(value: bytes) -> bytes:
        if mode == "GCM":
            text, tag = AES.new(key, AES.MODE_GCM, nonce=iv, mac_len=16).encrypt_and_digest(value)
            return text + tag
        return AES.new(key, AES.MODE_CFB, iv=iv, segment_size=128).encrypt(value)

    def opened(text: bytes) -> bytes:
        if mode == "GCM":
            return AES.new(key, AES.MODE_GCM, nonce=iv, mac_len=16).decrypt_and_verify(text[:-16], text[-16:])
        return AES.new(key, AES.MODE_CFB, iv=iv, segment_size=128).decrypt(text)

    return sealed, opened


def with_json(name: str, calls: tuple[ByteCall, ByteCall]) -> ByHand:
    def dumps(value: object) -> str:
        return json.dumps(value, separators=(",", ":"))

    return ByHand(f"{name} + json", *calls, dumps, json.loads)


def with_orjson(name: str, calls: tuple[ByteCall, ByteCall]) -> ByHand:
    return ByHand(f"{name} + orjson", *calls, lambda value: orjson.dumps(value).decode(), orjson.loads)
