"""Published test vectors and our own, as `make vectors` writes them; scripts/vectors/fetch.py explains the lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from callback_profile import CallbackProfileError, Cipher, Profile, ProfileError, hazmat
from support import COUNTS, ROOT


@dataclass(frozen=True)
class Row:
    operation: str
    expected: str
    name: str
    fields: list[str]

    def decoded(self, *indices: int) -> list[bytes]:
        """The fields at these indices, decoded from hex; without an index all of them."""
        return [bytes.fromhex(self.fields[index]) for index in indices or range(len(self.fields))]

    @property
    def refused(self) -> str | None:
        """The reason after `refused:`."""
        return self.expected.removeprefix("refused:") if self.expected.startswith("refused:") else None


def run(suite: str, total: int, to_refuse: int, check: Callable[[Row], None]) -> None:
    """Runs every row of a suite, prints the count and fails with all differences."""
    path = ROOT / "build" / "vectors" / f"{suite}.tsv"
    assert path.exists(), f"{path} is missing; `make vectors` fetches the test vectors"
    ran = refused = 0
    failures: list[str] = []
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            operation, expected, name, *fields = line.removesuffix("\n").split("\t")
            row = Row(operation, expected, name, fields)
            ran += 1
            refused += row.refused is not None
            try:
                check(row)
            except (AssertionError, CallbackProfileError) as error:
                failures.append(f"{name}: {type(error).__name__}: {error}")
    COUNTS.append(f"count {suite} python ran={ran} refused={refused} failed={len(failures)}")
    assert not failures, f"{len(failures)} of {ran} failed:\n" + "\n".join(failures)
    assert (ran, refused) == (total, to_refuse)


def fails_with(code: str, call: Callable[[], object]) -> None:
    try:
        call()
    except CallbackProfileError as error:
        assert error.code == code
    else:
        raise AssertionError(f"no error, but {code} is expected")


def gcm(row: Row) -> None:
    """An opened text, or the error that is expected; a shorter tag and an empty IV are refused by rules of ours."""
    assert row.operation == "gcm"
    key, iv, associated, ciphertext, tag, plaintext = row.decoded()
    if row.expected == "ok":
        assert hazmat.gcm_seal(key, iv, associated, plaintext) == ciphertext + tag
        assert hazmat.gcm_open(key, iv, associated, ciphertext + tag) == plaintext
    else:
        fails_with(
            row.refused or "auth_failed", lambda: hazmat.gcm_open(key, iv, associated, ciphertext + tag)
        )


def cfb(row: Row) -> None:
    assert row.operation == "cfb"
    key, iv, plaintext, ciphertext = row.decoded()
    assert hazmat.cfb_encrypt(key, iv, plaintext) == ciphertext
    assert hazmat.cfb_decrypt(key, iv, ciphertext) == plaintext


def monte_carlo(row: Row) -> None:
    """A thousand blocks, each made from the output of two steps before (NIST AESAVS, 6.4.4)."""
    assert row.operation == "mct"
    encrypts = row.fields[0] == "encrypt"
    step = hazmat.cfb_encrypt if encrypts else hazmat.cfb_decrypt
    key, iv, given, last = row.decoded(1, 2, 3, 4)
    before, output = iv, b""
    for _ in range(1000):
        output = step(key, iv, given)
        iv = output if encrypts else given
        given, before = before, output
    assert output == last


def json_text(row: Row) -> None:
    """Valid JSON is refused as a payload, but not by the rule `json`; everything else by that rule."""
    assert row.operation == "json"
    with pytest.raises(ProfileError) as caught:
        Profile.parse(row.decoded()[0])
    assert (caught.value.violations[0].keyword != "json") == (row.expected == "ok"), caught.value


def url(row: Row) -> None:
    """An accepted URL has the scheme, host and port that WHATWG reads; of a refused valid URL the rule is compared."""
    assert row.operation == "url"
    payload, scheme, host, port = row.fields
    try:
        profile = Profile.parse(bytes.fromhex(payload))
    except ProfileError as error:
        assert row.expected != "ok", error
        assert [violation.pointer for violation in error.violations] == ["/url"]
        assert row.refused in (None, error.violations[0].message)
        return
    assert row.expected == "ok", "accepted"
    sent = urlsplit(profile.callback({}).url)
    assert sent.scheme == scheme
    default = {"http": 80, "https": 443}[scheme]
    assert (sent.port or default) == int(port or default)
    if not any(advisory.code == "private_address" for advisory in profile.advisories):
        # WHATWG normalises the other spellings of an IP address, urlsplit does not; each of them has that advisory.
        assert sent.hostname == host.strip("[]")


def value(row: Row) -> None:
    """One value. The algorithm CFB8 is refused, and CFB does not decrypt what CFB8 encrypted."""
    assert row.operation == "value"
    algorithm: Any = row.fields[0]  # type checkers know the six names only
    key, iv, tag, text = row.fields[1:5]
    plaintext = row.decoded(5)[0].decode()
    assert tag in ("appended", "prepended")
    if row.refused == "unknown_algorithm":
        fails_with(row.refused, lambda: Cipher(algorithm, key, iv))
        assert Cipher(algorithm.removesuffix("8"), key, iv).decrypt(text.encode()) != plaintext.encode()
        return
    cipher = Cipher(algorithm, key, iv, tag="prepended" if tag == "prepended" else "appended")
    if row.expected == "ok":
        assert cipher.decrypt_text(text) == plaintext
        assert cipher.encrypt(plaintext) == text
    else:
        fails_with("auth_failed", lambda: cipher.decrypt_text(text))


def callback(row: Row) -> None:
    assert row.operation == "callback"
    boundary, method, url = row.fields[2:5]
    payload, record, headers, opened = (field.decode() for field in row.decoded(0, 1, 5, 7))
    profile = Profile.parse(payload)
    made = profile.callback(record, boundary=boundary or None)
    assert (made.method, made.url) == (method, url)
    assert made.body == (None if row.fields[6] == "none" else row.decoded(6)[0].decode())
    assert "".join(f"{name}: {value}\n" for name, value in made.headers.items()) == headers
    received = made.url if made.body is None else made.body
    structures = row.fields[8].split(",") if row.fields[8] else []
    assert profile.open_json(received, structures=structures) == opened


@pytest.mark.parametrize(
    ("suite", "total", "refused", "check"),
    [
        ("wycheproof-gcm", 316, 6, gcm),
        ("wycheproof-gmac", 414, 0, gcm),
        ("cavp-gcm", 47250, 40500, gcm),
        ("cavp-cfb", 2138, 0, cfb),
        ("cavp-cfb-mct", 600, 0, monte_carlo),
        ("json-suite", 318, 32, json_text),
        ("wpt-url", 819, 77, url),
        ("own-gcm16", 2250, 192, value),
        ("own-cfb", 1086, 312, value),
        ("own-callback", 120, 0, callback),
    ],
)
def test_vectors(suite: str, total: int, refused: int, check: Callable[[Row], None]) -> None:
    run(suite, total, refused, check)
