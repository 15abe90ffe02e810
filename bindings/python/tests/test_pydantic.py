"""Profile as the type of a pydantic field."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest
from callback_profile import Profile, StoredProfile
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from support import IV, KEY, payload, profile


class Account(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    name: str = "x"
    profile: Profile


class Careless(BaseModel):
    profile: Profile


def test_validation_takes_what_parse_takes() -> None:
    members = payload()
    for value in (members, json.dumps(members), profile()):
        account = Account.model_validate({"profile": value})
        assert account.profile.title == "Delivery status"
    assert Account.model_validate_json(json.dumps({"profile": members})).profile.algorithm == "AES-128-GCM"
    copied = account.model_copy(deep=True)
    assert copied.profile is account.profile


def test_serialisation_masks() -> None:
    account = Account(profile=profile())
    for dumped in (account.model_dump_json(), json.dumps(account.model_dump()), repr(account), str(account)):
        assert KEY not in dumped and IV not in dumped
    assert account.model_dump()["profile"]["enc"]["key"] == "********"
    kept = account.model_dump_json(context={"callback_profile": {"secrets": "shown"}})
    assert Account.model_validate_json(kept).profile.to_json(secrets="shown") == profile().to_json(
        secrets="shown"
    )


def test_a_context_that_is_no_mapping_shows_nothing() -> None:
    account = Account(profile=profile())

    class Context:
        secrets = "shown"

    contexts: list[Any] = [
        None,
        {},
        [],
        7,
        Context(),
        {"callback_profile": Context()},
        {"callback_profile": ["secrets"]},
    ]
    for context in (*contexts, {"callback_profile": None}, {"callback_profile": {"secrets": 1}}):
        assert account.model_dump(context=context)["profile"]["enc"]["key"] == "********"
    for context in (
        {"callback_profile": {"secrets": "shown"}},
        MappingProxyType({"callback_profile": {"secrets": "shown"}}),
    ):
        assert account.model_dump(context=context)["profile"]["enc"]["key"] == KEY


def test_errors_name_the_violations_and_hide_the_payload() -> None:
    broken = payload(title=1)
    for model in (Account, Careless):
        with pytest.raises(ValidationError) as caught:
            model.model_validate({"profile": broken})
        error = caught.value.errors()[0]
        assert (error["type"], error["loc"]) == ("invalid_profile", ("profile",))
        assert error["msg"] == "body/title must be string"
        assert error.get("ctx", {})["violations"] == [
            {
                "context": "body",
                "pointer": "/title",
                "keyword": "type",
                "message": "body/title must be string",
            }
        ]
        for text in (str(caught.value), repr(caught.value), caught.value.json(), repr(caught.value.errors())):
            assert KEY not in text and IV not in text and "SecretInHeader" not in text
    with pytest.raises(ValidationError) as caught:
        Careless.model_validate({"profile": 7})
    assert caught.value.errors()[0]["type"] == "profile_type"
    with pytest.raises(ValidationError) as caught:
        Careless.model_validate({"profile": {"title": float("nan")}})
    assert caught.value.errors()[0]["type"] == "profile_type"


def test_the_json_schema_is_the_payloads() -> None:
    schema = Account.model_json_schema()
    assert "http_method" in json.dumps(schema)
    assert TypeAdapter(Profile).json_schema()["title"] == "Callback profile"


class Kept(BaseModel):
    stored: StoredProfile


def test_a_stored_profile_is_a_field_too() -> None:
    members = {**payload(), "profile_id": "stage_1", "status": 1}
    stored = StoredProfile.parse(members)
    for value in (members, json.dumps(members), stored, stored.to_json(secrets="shown")):
        assert Kept.model_validate({"stored": value}).stored == stored
    kept = Kept(stored=stored)
    for dumped in (kept.model_dump_json(), json.dumps(kept.model_dump()), repr(kept)):
        assert KEY not in dumped and IV not in dumped
    shown = kept.model_dump_json(context={"callback_profile": {"secrets": "shown"}})
    assert Kept.model_validate_json(shown) == kept
    with pytest.raises(ValidationError) as caught:
        Kept.model_validate({"stored": {**members, "title": 1}})
    error = caught.value.errors()[0]
    assert (error["type"], error["msg"]) == ("invalid_profile", "body/title must be string")
    assert KEY not in str(caught.value) and KEY not in repr(caught.value.errors())
    with pytest.raises(ValidationError, match="stored must be str, bytes or a dict, not Profile"):
        Kept.model_validate({"stored": stored.profile})
    assert TypeAdapter(StoredProfile).json_schema() == {"title": "StoredProfile", "type": "object"}
