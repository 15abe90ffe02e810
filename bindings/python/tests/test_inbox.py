"""The example service acts once on each message: replays, concurrent deliveries, restarts and kills."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from callback_profile import Profile, Signer, keygen_signing
from inbox import KEPT_SECONDS, Inbox
from support import ROOT, payload

SECRET = keygen_signing()
SIGNER = Signer(SECRET)
MEMBERS = payload(headers=None)
PROFILE = Profile.parse(MEMBERS)
PATH = "/received/stage_1"

RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import receiver, service, uvicorn
from callback_profile import StoredProfile

service.PROFILES.save("HX0", StoredProfile.parse({**%r, "profile_id": "stage_1", "status": 1}))

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

kept = receiver.effect
if sys.argv[3] == "within the transaction":
    def effect(*arguments):
        kept(*arguments)
        kill()
    receiver.effect = effect
elif sys.argv[3] == "before the answer":
    receiver.JSONResponse = kill
uvicorn.run(service.app, port=int(sys.argv[2]), log_level="critical")
"""


class Service:
    """The service in a process of its own, which can be killed and started again on the same file."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "received.sqlite3"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, killed: str = "never") -> None:
        environment = {**os.environ, "SIGNING_SECRETS": SECRET, "DATABASE": str(self.database)}
        command = [
            sys.executable,
            "-c",
            RUN % (MEMBERS,),
            str(ROOT / "examples/python"),
            str(self.port),
            killed,
        ]
        self.process = subprocess.Popen(command, env=environment)
        deadline = time.monotonic() + 60
        while True:
            try:
                if self.deliver(b"", {}) is not None:
                    return
            except ConnectionError:
                pass
            assert time.monotonic() < deadline and self.process.poll() is None
            time.sleep(0.02)

    def stop(self, with_signal: int = signal.SIGKILL) -> None:
        assert self.process is not None
        self.process.send_signal(with_signal)
        self.process.wait(60)

    def deliver(self, body: bytes, headers: dict[str, str]) -> int | None:
        """The status of the answer; None if there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", PATH, body, {"content-type": "application/json", **headers})
            return connection.getresponse().status
        except (ConnectionError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def effects(self) -> Counter[str]:
        with closing(sqlite3.connect(self.database, timeout=60)) as database:
            return Counter(
                json.loads(row[0])["to"] for row in database.execute("SELECT parameters FROM effects")
            )


@pytest.fixture
def service(tmp_path: Path) -> Any:
    service = Service(tmp_path)
    yield service
    if service.process is not None and service.process.poll() is None:
        service.stop()


def message(to: str, id: str | None = None) -> tuple[bytes, dict[str, str]]:
    callback = PROFILE.callback({"recipient": to, "status": "READ"})
    return (callback.body or "").encode(), SIGNER.sign_callback(callback, id=id or f"msg_{to}")


def test_a_replay_and_a_wrong_signature_and_a_restart(service: Service) -> None:
    service.start()
    body, headers = message("a")
    assert [service.deliver(body, headers) for _ in range(3)] == [200, 200, 200]
    retried = message("a")  # signed anew, with the same id
    assert service.deliver(*retried) == 200
    for wrong in ({}, {**headers, "webhook-signature": "v1,AAAA"}, {**headers, "webhook-id": "msg_b"}):
        status = service.deliver(body, wrong)
        assert status is not None and 400 <= status < 500
    assert service.effects() == {"a": 1}
    service.stop(signal.SIGTERM)
    service.start()
    assert service.deliver(body, headers) == 200
    assert service.effects() == {"a": 1}, "the file survives a restart"
    assert service.deliver(*message("b")) == 200
    assert service.effects() == {"a": 1, "b": 1}


def test_concurrent_deliveries_of_one_id(service: Service) -> None:
    service.start()
    statuses: list[int | None] = []
    messages = [message(f"{number}") for number in range(5)]
    barrier = threading.Barrier(20)

    def deliver(index: int) -> None:
        barrier.wait(60)
        statuses.append(service.deliver(*messages[index % 5]))

    threads = [threading.Thread(target=deliver, args=(index,)) for index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [200] * 20
    assert service.effects() == dict.fromkeys("01234", 1)


@pytest.mark.parametrize(("killed", "done"), [("within the transaction", 0), ("before the answer", 1)])
def test_killed_between_receipt_and_answer(service: Service, killed: str, done: int) -> None:
    service.start(killed)
    body, headers = message("a")
    assert service.deliver(body, headers) is None, "no answer: the sender will send it again"
    assert service.process is not None and service.process.wait(60) == -signal.SIGKILL
    assert service.effects() == ({"a": 1} if done else {})
    service.start()
    assert service.deliver(*message("a")) == 200
    assert service.effects() == {"a": 1}, "not lost, not doubled"


def test_killed_at_any_time_while_messages_flow(service: Service) -> None:
    service.start()
    sent: list[str] = []
    done = threading.Event()

    def send(sender: int) -> None:
        number = 0
        while not done.is_set():
            to = f"{sender}-{number}"
            while service.deliver(*message(to)) != 200:  # until it is answered, as senders do
                time.sleep(0.01)
            sent.append(to)
            number += 1

    threads = [threading.Thread(target=send, args=(sender,)) for sender in range(4)]
    for thread in threads:
        thread.start()
    for wait in (0.05, 0.21, 0.13, 0.34):
        count = len(sent)
        while len(sent) < count + 8:
            time.sleep(0.005)
        time.sleep(wait)
        service.stop()
        service.start()
    done.set()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    assert service.effects() == dict.fromkeys(sent, 1), "each once"
    assert len(sent) >= 32


def test_ids_are_kept_long_enough_and_not_for_ever(tmp_path: Path) -> None:
    inbox = Inbox(str(tmp_path / "inbox.sqlite3"))
    done: list[str] = []
    assert inbox.once("a", "1", 0, lambda _: done.append("first"))
    assert not inbox.once("a", "1", KEPT_SECONDS, lambda _: done.append("replay"))
    assert inbox.once("b", "1", 0, lambda _: done.append("another endpoint"))
    with pytest.raises(ZeroDivisionError):
        inbox.once("a", "2", 0, lambda _: 1 / 0)
    assert inbox.once("a", "2", KEPT_SECONDS + 1, lambda _: done.append("after a failure"))
    with closing(inbox.connect()) as database:
        assert database.execute("SELECT id FROM seen").fetchall() == [("2",)]
    assert done == ["first", "another endpoint", "after a failure"]
    assert KEPT_SECONDS >= 2 * 300
