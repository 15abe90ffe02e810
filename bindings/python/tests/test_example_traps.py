"""Each check of the examples is needed: without it, something passes that must not."""

from __future__ import annotations

import http.client
import importlib.util
import json
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from callback_profile import Callback, Profile, Signer, keygen_sealed
from support import IV, KEY, ROOT, payload, serving

PROFILES = "/v1/HX0/callback/profiles"
ENC = {"algo": "AES-128-GCM", "key": KEY, "IV": IV}
MEMBERS = payload(headers=None, body={"to": "<to>", "contacts": "<contacts>"}, enc=ENC)


def without(file: str, check: str, instead: str) -> ModuleType:
    """The example with `instead` where it has `check`, which occurs once; with the same text, the example as it is."""
    path = ROOT / "examples" / "python" / file
    source = path.read_text(encoding="utf-8")
    assert source.count(check) == 1, check
    spec = importlib.util.spec_from_loader(f"changed_{path.stem}", None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    exec(compile(source.replace(check, instead), str(path), "exec"), vars(module))
    return module


def service_without(check: str, instead: str) -> ModuleType:
    """The service with a change in service.py or in receiver.py, where it occurs once."""
    source = (ROOT / "examples/python/receiver.py").read_text(encoding="utf-8")
    if check not in source:
        return without("service.py", check, instead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "receiver", without("receiver.py", check, instead))
        return without("service.py", "app = FastAPI(", "app = FastAPI(")


class Client:
    """Calls a service that runs on loopback."""

    def __init__(self, service: ModuleType, port: int) -> None:
        self.key, self.port, self.service = service.API_KEY, port, service
        self.signer = Signer(service.SECRETS)
        _, created = self.call("POST", PROFILES, MEMBERS)
        self.id: str = created["data"]["profile_id"]

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            sent = {"api-key": self.key, "content-type": "application/json"} | headers
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def receive(self, body: Any, method: str = "POST", **headers: str) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        signature = self.signer.sign(data, id=uuid4().hex)
        return self.call(method, f"/received/{self.id}", data, **{**signature, **headers})[0]

    def effects(self) -> int:
        with closing(self.service.INBOX.connect()) as database:
            select = "SELECT count(*) FROM effects WHERE endpoint = ?"
            count: int = database.execute(select, (self.id,)).fetchone()[0]
        return count

    def replayed(self) -> bool:
        """Whether a message that is sent twice is answered twice and acted on once."""
        data = json.dumps(GOOD).encode()
        headers = self.signer.sign(data, id="msg_1")
        path = f"/received/{self.id}"
        answers = [self.call("POST", path, data, **headers)[0] for _ in range(2)]
        return answers == [200, 200] and self.effects() == 1

    def replaced_key(self) -> list[int]:
        """The answers to a callback that was on its way while its key was replaced, and to one under the new key."""
        old = payload(headers=None, body={"to": "<to>"}, enc=keygen_sealed("a"))
        new = {**old, "enc": keygen_sealed("b")}
        _, created = self.call("POST", PROFILES, old)
        profile_id = created["data"]["profile_id"]
        assert self.call("PATCH", f"{PROFILES}/{profile_id}", {"enc": new["enc"]})[0] == 200
        answers = []
        for members in (old, new):
            callback = Profile.parse(members).callback({"to": "+91"})
            headers = self.signer.sign_callback(callback)
            body = (callback.body or "").encode()
            answers.append(self.call("POST", f"/received/{profile_id}", body, **headers)[0])
        return answers

    def sealed_late(self) -> bool:
        """Whether a sealed callback that was made long ago is refused, though its signature is new."""
        members = payload(headers=None, body={"to": "<to>"}, enc=keygen_sealed("a"))
        _, created = self.call("POST", PROFILES, members)
        callback = Profile.parse(members).callback({"to": "+91"}, issued_at=int(time.time()) - 301)
        headers = self.signer.sign_callback(callback)
        body = (callback.body or "").encode()
        return self.call("POST", f"/received/{created['data']['profile_id']}", body, **headers)[0] == 400


def sealed(**record: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(Profile.parse(MEMBERS).callback(record).body or "")
    return body


GOOD = sealed(to="+91", contacts=[{"name": "John"}])

STRANGER = {"api-key": "somebody"}
KNOWN = """    if not is_known(request):
        return failure(401, "unknown api-key")
"""

LOADED = "    found = await run_in_threadpool(PROFILES.load, sid, profile_id)\n"

# What is taken out, what is there instead, and what is right with the check.
SERVICE: dict[str, tuple[str, str, Callable[[Client], bool]]] = {
    "the caller of create": (
        KNOWN + '    profile_id = f"stage',
        '    profile_id = f"stage',
        lambda client: client.call("POST", PROFILES, MEMBERS, **STRANGER)[0] == 401,
    ),
    "the caller of fetch": (
        KNOWN + LOADED + "    return answer(Envelope.fetched",
        LOADED + "    return answer(Envelope.fetched",
        lambda client: client.call("GET", f"{PROFILES}/{client.id}", **STRANGER)[0] == 401,
    ),
    "the caller of update": (
        KNOWN + LOADED + "    if not found",
        LOADED + "    if not found",
        lambda client: (
            client.call("PATCH", f"{PROFILES}/{client.id}", {"title": "new"}, **STRANGER)[0] == 401
        ),
    ),
    "the caller of delete": (
        KNOWN + "    if not await run_in_threadpool(PROFILES.delete",
        "    if not await run_in_threadpool(PROFILES.delete",
        lambda client: client.call("DELETE", f"{PROFILES}/{client.id}", **STRANGER)[0] == 401,
    ),
    "the owner of a profile": (
        LOADED + "    return answer(Envelope.fetched",
        "    found, _ = PROFILES.receiving(profile_id)\n    return answer(Envelope.fetched",
        lambda client: client.call("GET", f"/v1/HX1/callback/profiles/{client.id}")[0] == 404,
    ),
    "the length while reading": (
        "        if len(body) > limit:\n            return None\n",
        "",
        lambda client: client.receive(b" " * (4 * 1024 * 1024 + 1)) == 413,
    ),
    "the method": (
        "found is None or request.method != found.profile.method",
        "found is None",
        lambda client: client.receive(GOOD, "PUT") == 404,
    ),
    "the signature": (
        """keys(profile, before and before.profile).receive(
            request.headers.items(),
            body,
            verifier=VERIFIER,
            target="?" + request.url.query,
            structures=STRUCTURES,
            expected=expected(profile),
        )""",
        "Received('x', 0, profile.open(body, structures=STRUCTURES), (), ())",
        lambda client: client.receive(GOOD, **{"webhook-signature": "v1,AAAA"}) == 400,
    ),
    "the content type": (
        "            structures=STRUCTURES,\n",
        '            structures=STRUCTURES, content_type="application/json",\n',
        lambda client: client.receive(GOOD, **{"content-type": "text/plain"}) == 400,
    ),
    "the age of what is sealed": (
        "tolerance=300, method",
        "tolerance=None, method",
        lambda client: client.sealed_late(),
    ),
    "acting once": (
        "await run_in_threadpool(INBOX.once, profile_id, received.id, int(time.time()), act)",
        "await run_in_threadpool(INBOX.once, profile_id, str(time.time_ns()), int(time.time()), act)",
        lambda client: client.replayed(),
    ),
    "acting at all": (
        "    effect(database, profile_id, received)\n",
        "    pass\n",
        lambda client: client.replayed(),
    ),
    "the key before": (
        "keys(profile, before and before.profile).receive(",
        "profile.receive(",
        lambda client: client.replaced_key() == [200, 200],
    ),
    "the names of structures": (
        "            structures=STRUCTURES,\n",
        "            structures=True,\n",
        lambda client: client.receive(sealed(to={"$ne": "x"}, contacts="x")) == 400,
    ),
    "structures where they belong": (
        "            structures=STRUCTURES,\n",
        "",
        lambda client: client.receive(GOOD) == 200,
    ),
    "presence": (
        "            structures=STRUCTURES,\n",
        "            structures=STRUCTURES, absent=True,\n",
        lambda client: client.receive({"contacts": GOOD["contacts"]}) == 400,
    ),
}


@pytest.mark.parametrize("check", SERVICE)
def test_every_check_of_the_service_is_needed(check: str) -> None:
    text, instead, is_right = SERVICE[check]
    for replacement, expected in ((text, True), (instead, False)):
        service = service_without(text, replacement)
        with serving(service.app) as port:
            assert is_right(Client(service, port)) == expected


class Resolver:
    """Answers with one list of addresses after the other, and notes where connections go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
        self.answers, self.connected = list(answers), list[str]()
        monkeypatch.setattr(socket, "getaddrinfo", self.resolve)
        monkeypatch.setattr(socket, "create_connection", self.connect)

    def resolve(self, host: str, port: int, **_: Any) -> list[Any]:
        addresses = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def connect(self, address: tuple[str, int], **_: Any) -> socket.socket:
        host, port = address
        self.connected.append(host if host[0].isdigit() else self.resolve(host, port)[0][4][0])
        raise ConnectionRefusedError


def goes_to(sender: ModuleType, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """The addresses that the sender connects to, given what the resolver answers."""
    callback: Callback = Profile.parse(payload(url="https://callbacks.example/")).callback({})
    with monkeypatch.context() as patch:
        resolver = Resolver(patch, *answers)
        with pytest.raises((PermissionError, ConnectionRefusedError)):
            sender.send(callback)
        return resolver.connected


PUBLIC, INTERNAL = "93.184.216.34", "169.254.169.254"

SENDER: dict[str, tuple[str, str, list[list[str]], list[str]]] = {
    "the verdict": ('verdict != "public" and not allow_private', "False", [[INTERNAL]], []),
    "every address": ("for address in addresses:", "for address in addresses[:1]:", [[PUBLIC, INTERNAL]], []),
    "the address that was checked": (
        "socket.create_connection((address, to.port)",
        "socket.create_connection((to.host, to.port)",
        [[PUBLIC], [INTERNAL]],  # the name resolves to something else when it is asked again
        [PUBLIC],
    ),
}


@pytest.mark.parametrize("check", SENDER)
def test_every_check_of_the_sender_is_needed(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, instead, answers, right = SENDER[check]
    assert goes_to(without("sender.py", text, text), monkeypatch, *answers) == right
    assert goes_to(without("sender.py", text, instead), monkeypatch, *answers) != right
