"""Each change of a key that the README describes, lived through on loopback while callbacks flow."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from callback_profile import (
    Callback,
    CallbackProfileError,
    Expected,
    KeyRing,
    Profile,
    Signer,
    Verifier,
    keygen,
    keygen_sealed,
    keygen_signing,
)
from support import profile

URL = "https://example.com/sms"
EXPECTED = Expected(tolerance=300, method="POST", url=URL, profile_id=None)
Headers = list[tuple[str, str]]


class Flow:
    """A receiver on loopback and senders that never stop; both change while callbacks are under way."""

    def __init__(self, port: int, make: Callable[[str], tuple[Callback, dict[str, str]]]) -> None:
        self.port, self.make = port, make
        self.open: Callable[[Headers, bytes], dict[str, Any]]
        self.opened: list[str] = []
        self.sent: list[str] = []
        self.failures: list[str] = []
        self.done = threading.Event()
        self.lock = threading.Lock()
        self.rounds = [0, 0, 0]
        self.threads = [threading.Thread(target=self.send, args=(sender,)) for sender in range(3)]

    def send(self, sender: int) -> None:
        while not self.done.is_set():
            value = f"{sender}-{self.rounds[sender]}"
            callback, signature = self.make(value)
            with self.lock:
                self.sent.append(value)
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request(
                "POST", "/sms", (callback.body or "").encode(), {**callback.headers, **signature}
            )
            if connection.getresponse().status != 204:
                self.failures.append(f"{value} was refused")
            connection.close()
            self.rounds[sender] += 1

    def step(self) -> None:
        """Until what was under way before the last change, and something after it, has arrived: the longest retry."""
        before = list(self.rounds)
        while any(now < then + 3 for now, then in zip(self.rounds, before, strict=True)):
            assert all(thread.is_alive() for thread in self.threads)
            self.done.wait(0.005)


@contextmanager
def flowing(make: Callable[[str], tuple[Callback, dict[str, str]]], ring: Any) -> Generator[Flow, None, None]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            try:
                values = flow.open(list(self.headers.items()), body)
                flow.opened.append(values["to"])
                status = 204
            except CallbackProfileError as error:
                flow.failures.append(f"{error.code}: {error}")
                status = 400
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    flow = Flow(server.server_address[1], make)
    flow.open = ring
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    for thread in flow.threads:
        thread.start()
    try:
        flow.step()
        yield flow
        flow.step()
    finally:
        flow.done.set()
        for thread in flow.threads:
            thread.join(60)
        server.shutdown()
        server.server_close()
    assert flow.failures == []
    assert sorted(flow.opened) == sorted(flow.sent), "none lost, none doubled, none opened wrongly"
    assert len(flow.sent) >= 20


def of(enc: dict[str, Any], **changes: Any) -> Profile:
    return profile(**{"url": URL, "body": {"to": "<to>"}, "headers": None, "enc": enc, **changes})


def unsigned(sender: Profile) -> Callable[[str], tuple[Callback, dict[str, str]]]:
    return lambda value: (sender.callback({"to": value}), {})


def by(ring: KeyRing) -> Callable[[Headers, bytes], dict[str, Any]]:
    return lambda headers, body: ring.open(headers, body, expected=EXPECTED).values


def a_signing_secret() -> None:
    old, new = keygen_signing(), keygen_signing()
    sender = of(keygen("AES-128-GCM"))

    def signed(*secrets: str) -> Callable[[str], tuple[Callback, dict[str, str]]]:
        def make(value: str) -> tuple[Callback, dict[str, str]]:
            callback = sender.callback({"to": value})
            return callback, Signer(secrets).sign_callback(callback)

        return make

    def verified(secret: str) -> Callable[[Headers, bytes], dict[str, Any]]:
        verifier = Verifier(secret)
        return lambda headers, body: sender.receive(headers, body, verifier=verifier).values

    with flowing(signed(old), verified(old)) as flow:
        flow.make = signed(old, new)
        flow.step()
        flow.open = verified(new)
        flow.step()
        flow.make = signed(new)


def a_sealed_key() -> None:
    old, new = of(keygen_sealed("a")), of(keygen_sealed("b"))
    ring = KeyRing.by_header("x-key-id")
    ring.add("a", old)
    with flowing(unsigned(old), by(ring)) as flow:
        ring.add("b", new)
        flow.step()
        flow.make = unsigned(new)
        flow.step()
        ring.remove("a")


def a_documented_key_gcm() -> None:
    bare = of(keygen("AES-128-GCM"))
    old = bare.patch({"headers": {"x-key-id": "a"}})
    new = old.patch({"headers": {"x-key-id": "b"}, "enc": keygen("AES-128-GCM")})
    ring = KeyRing.by_header("x-key-id", try_in_turn=True)
    with flowing(unsigned(bare), lambda _, body: bare.open(body)) as flow:
        ring.add("a", old)
        ring.add("b", new)
        flow.open = by(ring)
        flow.step()
        flow.make = unsigned(new)
        flow.step()
        ring.remove("a")


def a_documented_key_cfb() -> None:
    bare = of(keygen("AES-256-CFB"))
    old = bare.patch({"headers": {"x-key-id": "a"}})
    new = old.patch({"headers": {"x-key-id": "b"}, "enc": keygen("AES-256-CFB")})
    ring = KeyRing.by_header("x-key-id")
    with flowing(unsigned(bare), lambda _, body: bare.open(body)) as flow:
        flow.make = unsigned(old)
        flow.step()
        ring.add("a", old)
        ring.add("b", new)
        flow.open = by(ring)
        flow.step()
        flow.make = unsigned(new)
        flow.step()
        ring.remove("a")


def from_documented_to_sealed() -> None:
    old, new = of(keygen("AES-128-GCM"), headers={"x-key-id": "a"}), of(keygen_sealed("b"))
    ring = KeyRing.by_header("x-key-id")
    ring.add("a", old)
    with flowing(unsigned(old), by(ring)) as flow:
        ring.add("b", new)
        flow.step()
        flow.make = unsigned(new)
        flow.step()
        ring.remove("a")


def test_no_callback_is_lost_while_keys_change() -> None:
    for change in (
        a_signing_secret,
        a_sealed_key,
        a_documented_key_gcm,
        a_documented_key_cfb,
        from_documented_to_sealed,
    ):
        change()


def test_a_step_too_early_loses_callbacks() -> None:
    """So that the test above can fail."""
    old, new = of(keygen_sealed("a")), of(keygen_sealed("b"))
    ring = KeyRing.by_header("x-key-id")
    ring.add("a", old)
    try:
        with flowing(unsigned(old), by(ring)) as flow:
            flow.make = unsigned(new)
            flow.step()
            ring.add("b", new)
    except AssertionError as error:
        assert "auth_failed" in str(error)
    else:
        raise AssertionError("a callback that nobody can open was not noticed")
