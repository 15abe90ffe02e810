"""Each check of the examples is needed: without it, something passes that must not."""

from __future__ import annotations

import http.client
import importlib.util
import json
import socket
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from callback_profile import Callback, Profile
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


class Client:
    """Calls a service that runs on loopback."""

    def __init__(self, service: ModuleType, port: int) -> None:
        self.key, self.port = service.API_KEY, port
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
        return self.call(method, f"/received/{self.id}", body, **headers)[0]


def sealed(**record: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(Profile.parse(MEMBERS).callback(record).body or "")
    return body


GOOD = sealed(to="+91", contacts=[{"name": "John"}])

STRANGER = {"api-key": "somebody"}
KNOWN = """    if not is_known(request):
        return failure(401, "unknown api-key")
"""

# What is taken out, what is there instead, and what is right with the check.
SERVICE: dict[str, tuple[str, str, Callable[[Client], bool]]] = {
    "the caller of create": (
        KNOWN + '    profile_id = f"stage',
        '    profile_id = f"stage',
        lambda client: client.call("POST", PROFILES, MEMBERS, **STRANGER)[0] == 401,
    ),
    "the caller of fetch": (
        KNOWN + "    found = profiles.get((sid, profile_id))\n    return answer(Envelope.fetched",
        "    found = profiles.get((sid, profile_id))\n    return answer(Envelope.fetched",
        lambda client: client.call("GET", f"{PROFILES}/{client.id}", **STRANGER)[0] == 401,
    ),
    "the caller of update": (
        KNOWN + "    found = profiles.get((sid, profile_id))\n    if not found",
        "    found = profiles.get((sid, profile_id))\n    if not found",
        lambda client: (
            client.call("PATCH", f"{PROFILES}/{client.id}", {"title": "new"}, **STRANGER)[0] == 401
        ),
    ),
    "the caller of delete": (
        KNOWN + "    if profiles.pop",
        "    if profiles.pop",
        lambda client: client.call("DELETE", f"{PROFILES}/{client.id}", **STRANGER)[0] == 401,
    ),
    "the owner of a profile": (
        "found = profiles.get((sid, profile_id))\n    return answer(Envelope.fetched",
        "found = next((p for (_, i), p in profiles.items() if i == profile_id))\n    return answer(Envelope.fetched",
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
    "the content type": (
        'content_type = request.headers.get("content-type")',
        "content_type = None",
        lambda client: client.receive(GOOD, **{"content-type": "text/plain"}) == 400,
    ),
    "the names of structures": (
        "structures=STRUCTURES",
        "structures=True",
        lambda client: client.receive(sealed(to={"$ne": "x"}, contacts="x")) == 400,
    ),
    "structures where they belong": (
        ", structures=STRUCTURES",
        "",
        lambda client: client.receive(GOOD) == 200,
    ),
    "presence": (
        "structures=STRUCTURES)",
        "structures=STRUCTURES, absent=True)",
        lambda client: client.receive({"contacts": GOOD["contacts"]}) == 400,
    ),
}


@pytest.mark.parametrize("check", SERVICE)
def test_every_check_of_the_service_is_needed(check: str) -> None:
    text, instead, is_right = SERVICE[check]
    for replacement, expected in ((text, True), (instead, False)):
        service = without("service.py", text, replacement)
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
        "socket.create_connection((address, port)",
        "socket.create_connection((host, port)",
        [[PUBLIC], [INTERNAL]],  # the name resolves to something else when it is asked again
        [PUBLIC],
    ),
}


@pytest.mark.parametrize("check", SENDER)
def test_every_check_of_the_sender_is_needed(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, instead, answers, right = SENDER[check]
    assert goes_to(without("sender.py", text, text), monkeypatch, *answers) == right
    assert goes_to(without("sender.py", text, instead), monkeypatch, *answers) != right
