"""Profiles, callbacks, stored profiles and envelopes as the package returns them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from callback_profile import (
    Cipher,
    Destination,
    Envelope,
    Profile,
    ProfileField,
    ReplacerError,
    Status,
    StoredProfile,
)
from callback_profile.types import MissingName
from support import IV, KEY, RECORD, payload, profile


def test_all_the_properties_of_a_profile() -> None:
    whole = profile(events=["SMS-sent"], channel="sms")
    assert (whole.title, whole.method, whole.algorithm) == ("Delivery status", "POST", "AES-128-GCM")
    assert whole.url == "https://user:SecretInUrl@example.com/sms"
    assert whole.body == '{"status":"<status>","to":"<recipient>"}'
    assert whole.headers == {"authorization": "Bearer SecretInHeader"}
    assert whole.response_message == 'Thank you, {"name": "first_name"}'
    assert (whole.encrypted_params, whole.channel, whole.events) == (("to",), "sms", ("SMS-sent",))
    assert whole.replacers == {"name": "first_name"}
    assert [advisory.code for advisory in whole.advisories] == [
        "credentials_in_url",
        "secret_in_header",
        "fixed_nonce_gcm",
        "unused_response_message",
    ]
    assert str(whole.advisories[0]).startswith("body/")
    plain = Profile.parse({"title": "bot", "http_method": "GET", "url": "https://example.com/"})
    assert (plain.body, plain.response_message, plain.algorithm) == (None, None, None)
    assert (plain.headers, plain.encrypted_params, plain.events) == ({}, None, None)
    assert plain.channel == "Default - No Channel Selected"
    assert plain.callback({}).body is None and str(plain.message({})) == ""
    masked = whole.to_dict()
    assert masked["enc"] == {"algo": "AES-128-GCM", "key": "********", "IV": "********", "params": ["to"]}
    assert whole.to_dict(secrets="shown") == payload(events=["SMS-sent"], channel="sms")
    assert Profile.parse(whole.to_dict(secrets="shown")).to_json() == whole.to_json()


def test_the_fields_of_a_profile() -> None:
    whole = profile(
        url="https://example.com/<account.id>?to=<recipient>",
        headers={"x-trace": "<trace>"},
        body={"to": ["<recipient>", "<lines[0].text>"]},
    )
    assert whole.fields == (
        ProfileField("account.id", ("/url",)),
        ProfileField("recipient", ("/url", "/body/to/0")),
        ProfileField("trace", ("/headers/x-trace",)),
        ProfileField("lines[0].text", ("/body/to/1",)),
        ProfileField("first_name", ("/response_message",)),
    )
    assert profile(body={"a": 1}, response_message=None).fields == ()


def test_missing_values() -> None:
    whole = profile(enc=None, body={"a": "<a>", "text": "x<a>"})
    bodies: dict[MissingName, str] = {
        "empty": '{"a":"","text":"x"}',
        "keep": '{"a":"<a>","text":"x<a>"}',
        "null": '{"a":null,"text":"x"}',
    }
    for missing, body in bodies.items():
        callback = whole.callback({}, missing=missing)
        assert (callback.body, callback.missing) == (body, ("a",))


def test_objects_are_their_own_copies() -> None:
    whole = profile()
    stored = StoredProfile.parse(payload())
    objects: list[Any] = [
        whole,
        stored,
        whole.callback(RECORD),
        whole.message(RECORD),
        Cipher("AES-128-GCM", KEY, IV),
        Envelope.created(whole),
    ]
    for value in objects:
        assert copy.copy(value) is value and copy.deepcopy({"a": value})["a"] is value


def test_callback_and_message() -> None:
    whole = profile()
    callback = whole.callback({"status": 1})
    assert (callback.method, callback.missing) == ("POST", ("recipient",))
    assert callback.headers == {
        "authorization": "Bearer SecretInHeader",
        "content-type": "application/json",
    }
    callback.headers.clear()  # a copy
    assert len(callback.headers) == 2
    assert callback == whole.callback({"status": 1}) != whole.callback({"status": 2})
    message = whole.message({}, missing="keep", pairs=True)
    assert (message.text, message.missing) == (whole.response_message, ("first_name",))
    assert whole.message({"first_name": "J"}, pairs=True).text == 'Thank you, {"name": "J"}'
    assert whole.message({"first_name": "J"}) == whole.message('{"first_name": "J"}') != message
    with pytest.raises(ReplacerError) as caught:
        whole.callback({}, missing="error")
    assert (caught.value.code, caught.value.missing) == ("missing_value", ("status", "recipient"))


def test_where_a_callback_goes() -> None:
    for url, parts in (
        ("https://user:pw@Example.com/a?to=<to>", (True, "example.com", 443, "example.com", "/a?to=%2B91")),
        ("http://[2001:DB8::1]:8080", (False, "2001:db8::1", 8080, "[2001:db8::1]:8080", "/")),
    ):
        callback = profile(url=url, enc=None).callback({"to": "+91"})
        assert callback.destination == Destination(*parts)
        assert callback.destination is not callback.destination, "made when it is asked for"
        assert callback.destination.target not in repr(callback.destination)


def test_numbers_that_are_opened() -> None:
    plain = profile(enc=None)
    text = '{"a":1,"b":-0,"c":1.10,"d":1e2,"e":123456789012345678901234567890,"f":[true,false,null],"g":{}}'
    opened = plain.open(text)
    expected = json.loads(text)
    assert opened == expected
    assert [type(value) for value in opened.values()] == [type(value) for value in expected.values()]
    assert plain.open_json(text) == text


def test_stored_profiles_and_envelopes() -> None:
    whole = profile(url="https://example.com/sms")
    created = Envelope.created(whole, "stage_1", secrets="shown")
    assert (created.code, created.status, created.error) == ("RBC024", 201, {})
    assert created.message == "Profile created successfully"
    assert created.data["enc"]["key"] == KEY
    stored = StoredProfile.parse(created.to_json())
    assert (stored.profile_id, stored.status) == ("stage_1", Status.ACTIVE)
    assert isinstance(stored.status, Status)
    assert stored.profile.to_json(secrets="shown") == whole.to_json(secrets="shown")
    assert (stored.created_at, stored.modified_at, stored.body_type) == (None, None, None)
    kept = stored.profile
    del stored
    assert kept.callback(RECORD) == whole.callback(RECORD)
    full = StoredProfile.parse(
        {
            **whole.to_dict(secrets="shown"),
            "profileId": "stage_2",
            "status": 2,
            "created_at": "2024-01-01T00:00:00.000Z",
            "modified_at": "later",
            "body_type": "json",
            "dynamic_variables": {"a": [1]},
        }
    )
    assert (full.profile_id, full.status) == ("stage_2", 2)
    assert (full.created_at, full.modified_at) == ("2024-01-01T00:00:00.000Z", "later")
    assert (full.body_type, full.dynamic_variables) == ("json", '{"a":[1]}')
    fetched = Envelope.fetched(full)
    assert fetched.data["enc"]["key"] == "********" and fetched.data["profile_id"] == "stage_2"
    assert Envelope.updated(whole).status == 200 and Envelope.deleted("a").data == {"profileId": "a"}
    assert Envelope.not_found("a").error == [{"params": "No profile exists with id: a"}]
    assert Envelope.parse(fetched.to_dict()).to_json() == fetched.to_json()
