"""The example service, through real HTTP on loopback, called by the example sender."""

from __future__ import annotations

import http.client
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sender
import service
import store
from callback_profile import (
    Callback,
    Profile,
    Signer,
    StoredProfile,
    keygen,
    keygen_sealed,
    keygen_signing,
)
from support import IV, KEY, ROOT, payload, serving

HEADERS = {"api-key": service.API_KEY, "content-type": "application/json"}
SIGNER = Signer(service.SECRETS)


def signed(body: bytes, **arguments: Any) -> dict[str, str]:
    return SIGNER.sign(body, id=uuid4().hex, **arguments)


def effects(endpoint: str) -> list[tuple[str, Any]]:
    """Id and parameters of each effect."""
    select = "SELECT id, parameters FROM effects WHERE endpoint = ? ORDER BY rowid"
    with closing(service.INBOX.connect()) as database:
        return [(id, json.loads(values)) for id, values in database.execute(select, (endpoint,))]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(service.app) as port:
        yield port


def call(port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, data, {**HEADERS, **headers})
        response = connection.getresponse()
        text = response.read()
        assert KEY.encode() not in text and IV.encode() not in text
        assert response.headers["content-type"] == "application/json"
        return response.status, json.loads(text)
    finally:
        connection.close()


PROFILES = "/v1/HX0000000000IN/callback/profiles"


def test_the_life_of_a_profile(port: int) -> None:
    status, created = call(port, "POST", PROFILES, payload())
    assert (status, created["code"], created["status"]) == (201, "RBC024", 201)
    assert list(created) == ["code", "message", "data", "error", "status"]
    assert created["message"] == "Profile created successfully"
    assert created["data"]["replacers"] == {"name": "first_name"}
    path = f"{PROFILES}/{created['data']['profile_id']}"

    status, fetched = call(port, "GET", path)
    assert (status, fetched["message"]) == (200, "Profile fetched successfully")
    assert (fetched["data"]["title"], fetched["data"]["modified_at"]) == ("Delivery status", None)

    status, updated = call(port, "PATCH", path, {"title": "new"})
    assert (status, updated["data"]["title"]) == (200, "new")
    status, refused = call(port, "PATCH", path, {"channel": "sms"})
    assert (status, refused["code"], refused["data"]) == (400, "RBC302", {})
    status, fetched = call(port, "GET", path)
    assert fetched["data"]["title"] == "new" and fetched["data"]["modified_at"] is not None

    status, deleted = call(port, "DELETE", path)
    assert (status, deleted["data"]) == (200, {"profileId": created["data"]["profile_id"]})
    for method in ("GET", "PATCH", "DELETE"):
        status, gone = call(port, method, path, {})
        assert (status, gone["message"]) == (404, "No profile exists with this id")


def test_a_refusal_has_every_violation(port: int) -> None:
    status, refused = call(port, "POST", PROFILES, {"title": "ab"}, **{"api-key": "with space"})
    assert (status, refused["code"], refused["status"]) == (400, "RBC302", 400)
    assert refused["message"] == 'headers/api-key must match pattern "^[!-~]+$"'
    assert [next(iter(entry)) for entry in refused["error"]] == ["headers", "body", "body", "body"]
    status, refused = call(port, "POST", PROFILES, b"{\xff")
    assert status == 400 and refused["message"].startswith("body must be valid JSON")
    status, refused = call(port, "POST", PROFILES, b" " * (256 * 1024 + 1))
    assert status == 413
    status, refused = call(port, "POST", PROFILES, payload(), **{"api-key": "somebody"})
    assert status == 401


KINDS: dict[str, dict[str, Any]] = {
    "json": {},
    "put": {"http_method": "PUT"},
    "form": {"headers": {"content-type": "application/x-www-form-urlencoded"}},
    "multipart": {"headers": {"content-type": "multipart/form-data"}},
    "cfb": {"enc": {"algo": "AES-128-CFB", "key": KEY, "IV": IV}},
    "sealed": {"enc": keygen_sealed("a")},
    "sealed get": {"http_method": "GET", "body": None, "query": True, "enc": keygen_sealed("b")},
    "sealed delete": {"http_method": "DELETE", "body": None, "query": True, "enc": keygen_sealed("c")},
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_encrypted_callback_is_received(port: int, kind: str) -> None:
    changes = dict(KINDS[kind])
    members = payload(**{"headers": None, **changes, "query": None})
    # A profile whose URL holds its own id: created first, then patched with the URL.
    status, created = call(port, "POST", PROFILES, members)
    assert status == 201
    profile_id = created["data"]["profile_id"]
    query = "?status=<status>&to=<recipient>" if "query" in changes else ""
    url = f"http://127.0.0.1:{port}/received/{profile_id}{query}"
    assert call(port, "PATCH", f"{PROFILES}/{profile_id}", {"url": url})[0] == 200
    profile = Profile.parse({**members, "url": url})

    record = {"status": "DELIVERED", "recipient": "+91 98765/43210 é & co"}
    callback: Callback = profile.callback(record)
    assert record["recipient"] not in (callback.body or callback.url)
    signature = SIGNER.sign_callback(callback)
    with pytest.raises(PermissionError, match="loopback"):
        sender.send(callback, signature)
    for _ in range(2):  # the second is a replay
        status, answer = sender.send(callback, signature, allow_private=True)
        assert status == 200, answer
        assert json.loads(answer) == {"received": {"status": "DELIVERED", "to": record["recipient"]}}
    parameters = {"status": "DELIVERED", "to": record["recipient"]}
    assert effects(profile_id) == [(signature["webhook-id"], parameters)]
    assert sender.send(callback, allow_private=True)[0] == 400, "not signed"


def test_a_get_that_nothing_authenticates_is_refused(port: int) -> None:
    """A signature does not cover the query."""
    members = payload(http_method="GET", body=None, headers=None, url="https://example.com/?to=<recipient>")
    _, created = call(port, "POST", PROFILES, members)
    callback = Profile.parse(members).callback({"recipient": "+91"})
    query = callback.url.partition("?")[2]
    headers = SIGNER.sign_callback(callback, uncovered=True)
    path = f"/received/{created['data']['profile_id']}"
    assert call(port, "GET", f"{path}?{query}", **headers)[0] == 400
    assert effects(created["data"]["profile_id"]) == []


def test_a_structure_is_received_where_it_is_allowed(port: int) -> None:
    members = payload(
        body={"to": "<to>", "contacts": "<contacts>"}, enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV}
    )
    _, created = call(port, "POST", PROFILES, members)
    path = f"/received/{created['data']['profile_id']}"
    profile = Profile.parse(members)
    contacts = [{"name": "John"}, {"name": "Jane"}]
    body = (profile.callback({"to": "+91", "contacts": contacts}).body or "").encode()
    answer = call(port, "POST", path, body, **signed(body))
    assert answer == (200, {"received": {"to": "+91", "contacts": contacts}})
    body = (profile.callback({"to": contacts, "contacts": contacts}).body or "").encode()
    assert call(port, "POST", path, body, **signed(body))[0] == 400


def test_what_cannot_be_opened_gets_one_answer(port: int, caplog: pytest.LogCaptureFixture) -> None:
    _, created = call(port, "POST", PROFILES, payload())
    path = f"/received/{created['data']['profile_id']}"
    good = Profile.parse(payload()).callback({"status": "x", "recipient": "y"}).body or ""
    bodies = [
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"to":1}',
        b'{"to":null}',
        b'{"to":{"$ne":null}}',
        b'{"to":"x"}',
        b'{"status":{"a":"x"}}',
        '{"to":1,"a\\n\u202eforged":1,"a\\n\u202eforged":2}'.encode(),
        good.replace('"to":"', '"to":"A').encode(),
    ]
    with caplog.at_level(logging.WARNING, logger="receiver"):
        for body in bodies:
            answer = call(port, "POST", path, body, **signed(body))
            assert answer == (400, {"message": "the callback cannot be opened"})
        right = good.encode()
        wrong = [
            {},
            signed(right + b" "),
            signed(right, timestamp=1_500_000_000),
            Signer(keygen_signing()).sign(right, id="a"),
            {**signed(right), "webhook-id": "other"},
            {**signed(right), "content-type": "text/plain"},
        ]
        for headers in wrong:
            answer = call(port, "POST", path, right, **headers)
            assert answer == (400, {"message": "the callback cannot be opened"})
        assert effects(created["data"]["profile_id"]) == []
        assert call(port, "POST", path, right, **signed(right))[0] == 200
    lines = [record.getMessage() for record in caplog.records if record.name == "receiver"]
    assert len(lines) == len(bodies) + len(wrong)
    assert all(line.startswith(f"callback of {created['data']['profile_id']} refused: ") for line in lines)
    assert all(line.isprintable() for line in lines), "one line each, nothing raw"
    assert call(port, "PUT", path, right, **signed(right))[0] == 404
    assert call(port, "POST", "/received/none", right, **signed(right))[0] == 404


def test_what_goes_wrong_on_the_way(port: int) -> None:
    """A wrong key, a body cut short, a value of a wrong type: refused, signed or not. What is right gets through."""
    members = payload(headers=None)
    _, created = call(port, "POST", PROFILES, members)
    path = f"/received/{created['data']['profile_id']}"
    right = (Profile.parse(members).callback({"status": "x", "recipient": "+91"}).body or "").encode()
    other = Profile.parse({**members, "enc": {**members["enc"], "key": KEY[::-1]}})
    bodies = {
        "wrong key": (other.callback({"status": "x", "recipient": "+91"}).body or "").encode(),
        "cut short": right[:-1],
        "cut within the text": right[: right.index(b'"to"') + 12],
        "number": json.dumps({"status": "x", "to": 91}).encode(),
        "list": json.dumps({"status": "x", "to": [json.loads(right)["to"]]}).encode(),
        "null": b'{"status":"x","to":null}',
    }
    for body in bodies.values():
        assert call(port, "POST", path, body, **signed(body))[0] == 400
        assert call(port, "POST", path, body)[0] == 400
    assert effects(created["data"]["profile_id"]) == []
    assert call(port, "POST", path, right, **signed(right))[0] == 200
    assert len(bodies) == 6


@pytest.mark.parametrize("kind", ["documented", "sealed"])
def test_a_key_is_replaced_while_callbacks_are_on_their_way(port: int, kind: str) -> None:
    new: dict[str, Any]
    if kind == "sealed":
        members = payload(headers=None, enc=keygen_sealed("a"))
        new = {"enc": keygen_sealed("b")}
    else:
        members = payload(headers={"X-Key-Id": "a"}, enc=keygen("AES-128-GCM"))
        new = {"headers": {"X-Key-Id": "b"}, "enc": keygen("AES-128-GCM")}
    _, created = call(port, "POST", PROFILES, members)
    profile_id = created["data"]["profile_id"]
    path = f"/received/{profile_id}"

    def send(callback: Callback) -> tuple[int, Any]:
        headers = {**callback.headers, **SIGNER.sign_callback(callback)}
        return call(port, "POST", path, (callback.body or "").encode(), **headers)

    before = Profile.parse(members)
    on_its_way = before.callback({"status": "x", "recipient": "old"})
    assert call(port, "PATCH", f"{PROFILES}/{profile_id}", new)[0] == 200
    after = before.patch(new)
    assert send(on_its_way) == (200, {"received": {"status": "x", "to": "old"}})
    assert send(after.callback({"status": "x", "recipient": "new"})) == (
        200,
        {"received": {"status": "x", "to": "new"}},
    )
    stranger = {"enc": keygen_sealed("c")} if kind == "sealed" else {"enc": keygen("AES-128-GCM")}
    assert send(after.patch(stranger).callback({"status": "x", "recipient": "no"}))[0] == 400
    # The second change: what is two keys old is refused.
    again: dict[str, Any] = {"enc": keygen_sealed("d")}
    if kind == "documented":
        again = {"headers": {"X-Key-Id": "d"}, "enc": keygen("AES-128-GCM")}
    assert call(port, "PATCH", f"{PROFILES}/{profile_id}", again)[0] == 200
    assert send(on_its_way)[0] == 400
    assert [values["to"] for _, values in effects(profile_id)] == ["old", "new"]


def test_a_thousand_profiles_are_stored_loaded_and_rendered(tmp_path: Path) -> None:
    path = str(tmp_path / "profiles.sqlite3")
    made = [
        StoredProfile.parse({**payload(title=f"Profile {number}"), "profile_id": f"stage_{number:04}"})
        for number in range(1000)
    ]
    store.Profiles(path).save("HX0", *made)
    loaded = list(store.Profiles(path).all())
    assert loaded == made
    texts = {str(stored.profile.message({"first_name": "J"})) for stored in loaded}
    titles = {stored.profile.title for stored in loaded}
    assert texts == {"Thank you, J"} and len(titles) == 1000
    broken = StoredProfile.parse({**payload(), "profile_id": None})
    with pytest.raises(sqlite3.IntegrityError):
        store.Profiles(path).save(
            "HX0", StoredProfile.parse({**payload(title="new"), "profile_id": "stage_0000"}), broken
        )
    assert list(store.Profiles(path).all()) == made, "all or none"
    assert store.Profiles(path).delete("HX0", "stage_0000") and not store.Profiles(path).delete(
        "HX0", "stage_0000"
    )
    assert not store.Profiles(path).delete("HX1", "stage_0001"), "another account's"


def test_no_example_is_long() -> None:
    lengths = {
        path.name: len(path.read_text().splitlines()) for path in (ROOT / "examples/python").glob("*.py")
    }
    assert set(lengths) == {"service.py", "receiver.py", "store.py", "inbox.py", "sender.py"}
    assert max(lengths.values()) < 150
