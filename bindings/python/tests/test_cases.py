"""The shared cases of testdata/. The expectations are in those files, not here."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from callback_profile import (
    CallbackProfileError,
    Cipher,
    DecryptionError,
    Envelope,
    OpenedDetails,
    Profile,
    ProfileError,
    StoredProfile,
    address_verdict,
    catalogue,
    hazmat,
    parse_request,
    schema,
)
from support import COUNTS, shared

Case = dict[str, Any]


def run(
    suite: str, at_least: int, cases: list[Case], check: Callable[[Case], bool | None], must_refuse: int = 0
) -> None:
    """Runs every case, prints the count and fails with all differences. A check returns True for a case that a
    documented rule refuses. at_least is how many cases there were when this was written: none may be lost.
    """
    ran = refused = 0
    failures: list[str] = []
    for case in cases:
        ran += 1
        try:
            refused += check(case) is True
        except (AssertionError, CallbackProfileError) as error:
            failures.append(f"{case.get('name', case)}: {type(error).__name__}: {error}")
    COUNTS.append(f"count {suite} python ran={ran} refused={refused} failed={len(failures)}")
    assert not failures, f"{len(failures)} of {ran} failed:\n" + "\n".join(failures)
    assert ran >= at_least, f"only {ran} cases, not {at_least}"
    assert refused == must_refuse, f"{refused} refused, not {must_refuse}"


def text(case: Case, name: str) -> str | bytes:
    """The member, from text or from its hex."""
    if f"{name}_hex" in case:
        return bytes.fromhex(case[f"{name}_hex"])
    value = case[name]
    assert isinstance(value, str)
    return value


def settings(case: Case, *names: str) -> Case:
    return {name: case[name] for name in names if name in case}


def options(case: Case) -> Case:
    return settings(case, "policy", "limits", "encoding", "tag", "reading")


def opening(case: Case) -> Case:
    """The settings of opening: `structures` and `absent` are true or a list of names."""
    return settings(case, "structures", "absent")


def position(error: ProfileError) -> tuple[int, int] | None:
    """Line and column of the first violation that has them."""
    return next((v.position for v in error.violations if v.position), None)


def refused_or(case: Case, make: Callable[[], Any], accepted: Callable[[Any], None]) -> None:
    """Compares a refusal's violations with the case; `accepted` compares a value that is not refused."""
    try:
        value = make()
    except ProfileError as error:
        found = [[v.keyword, v.pointer, v.message] for v in error.violations]
        assert found == case.get("violations")
        assert error.unlisted == case.get("unlisted", 0)
        assert error.envelope.message == found[0][2]
        if "position" in case:
            assert position(error) == tuple(case["position"])
    else:
        assert "violations" not in case, "accepted"
        accepted(value)


def failed_or(case: Case, make: Callable[[], Any], done: Callable[[Any], None]) -> None:
    """Compares an error's code, class and parameters with the case; `done` compares the value of a success."""
    try:
        value = make()
    except CallbackProfileError as error:
        # The base class itself is raised for defects only, which testdata names InternalError.
        name = "InternalError" if type(error) is CallbackProfileError else type(error).__name__
        found = {"error": error.code, "class": name}
        assert found == {member: case.get(member) for member in found}
        parameters = list(getattr(error, "parameters", ()))
        assert (parameters[0] if parameters else None) == case.get(
            "parameter", next(iter(case.get("parameters", ())), None)
        )
        assert parameters == case.get("parameters", parameters)
    else:
        assert "error" not in case and "class" not in case, "no error"
        done(value)


def result_of(batch: list[Any]) -> Any:
    """The result of a batch of one; its exception is raised."""
    [item] = batch
    if isinstance(item, Exception):
        raise item
    return item


def test_profiles() -> None:
    with_fields = 0

    def check(case: Case) -> None:
        def accepted(profile: Profile) -> None:
            assert [[a.code, a.pointer] for a in profile.advisories] == case["advisories"]
            if "replacers" in case:
                assert list(profile.replacers.items()) == list(case["replacers"].items())
            if "fields" in case:
                nonlocal with_fields
                with_fields += 1
                assert [[f.field, list(f.places)] for f in profile.fields] == case["fields"]
            shown = profile.to_json(secrets="shown")
            again = Profile.parse(shown, limits={"payload_bytes": 1 << 20, "nodes": 1 << 20})
            assert again.to_json(secrets="shown") == shown
            assert shown == case.get("json", shown)

        def passed(nothing: None) -> None:
            assert nothing is None

        refused_or(case, lambda: Profile.parse(text(case, "payload"), **options(case)), accepted)
        refused_or(case, lambda: Profile.check(text(case, "payload"), **options(case)), passed)

    run("profile", 802, shared("profile"), check)
    assert with_fields == 9


def test_profiles_from_dicts() -> None:
    """A dict gives what its JSON text gives."""
    compared = 0
    for case in shared("profile"):
        if "position" in case or "payload" not in case:
            continue
        value = json.loads(case["payload"])
        if not isinstance(value, dict):
            continue
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        outcomes: list[Any] = []
        for source in (value, again):
            try:
                profile = Profile.parse(source, **options(case))  # pyright: ignore
                outcomes.append((profile.to_json(secrets="shown"), profile.advisories))
            except ProfileError as error:
                outcomes.append((error.violations, error.unlisted))
        assert outcomes[0] == outcomes[1], case["name"]
        compared += 1
    assert compared >= 300


def test_requests() -> None:
    def check(case: Case) -> None:
        headers = [(name, value) for name, value in case["headers"]]
        try:
            parse_request(case["sid"], headers, text(case, "payload"), **options(case))
        except ProfileError as error:
            assert error.code == "invalid_request"
            found = [[v.context, v.keyword, v.pointer, v.message] for v in error.violations]
            assert found and found == case["violations"]
            if "position" in case:
                assert position(error) == tuple(case["position"])
        else:
            assert case["violations"] == []

    run("request", 26, shared("request"), check)


def test_patches() -> None:
    with_advisories = 0

    def check(case: Case) -> None:
        profile = Profile.parse(text(case, "profile"), **options(case))

        def accepted(patched: Profile) -> None:
            nonlocal with_advisories
            assert patched.to_json(secrets="shown") == case["json"]
            if "advisories" in case:
                with_advisories += 1
                assert [[a.code, a.pointer] for a in patched.advisories] == case["advisories"]

        refused_or(case, lambda: profile.patch(text(case, "patch")), accepted)

    run("patch", 93, shared("patch"), check)
    assert with_advisories == 13


def test_stored_profiles() -> None:
    def check(case: Case) -> None:
        def accepted(stored: StoredProfile) -> None:
            assert stored.profile.to_json(secrets="shown") == case["json"]
            assert stored.profile_id == case["profile_id"]
            assert stored.status == case["status"]

        refused_or(case, lambda: StoredProfile.parse(text(case, "stored"), **options(case)), accepted)

    run("stored", 43, shared("stored"), check)


def test_envelopes() -> None:
    def check(case: Case) -> None:
        secrets: Case = settings(case, "secrets")
        profile_id: Any = case.get("profile_id")

        def refused() -> Envelope:
            with pytest.raises(ProfileError) as caught:
                Profile.parse(text(case, "payload"), **options(case))
            return Envelope.refused(caught.value)

        def parsed() -> Profile:
            return Profile.parse(text(case, "payload"), **options(case))

        def listed() -> Envelope:
            items = StoredProfile.parse_list(text(case, "stored"))
            errors = [item for item in items if isinstance(item, ProfileError)]
            assert [error.violations[0].message for error in errors] == case["refused"]
            return Envelope.listed([item for item in items if isinstance(item, StoredProfile)], **secrets)

        def not_opened() -> Envelope:
            with pytest.raises(DecryptionError) as caught:
                parsed().open(text(case, "received"))
            return Envelope.not_opened(caught.value)

        kinds: dict[str, Callable[[], Envelope]] = {
            "listed": listed,
            "not_opened": not_opened,
            "created": lambda: Envelope.created(parsed(), profile_id, **secrets),
            "updated": lambda: Envelope.updated(parsed(), profile_id, **secrets),
            "fetched": lambda: Envelope.fetched(StoredProfile.parse(text(case, "stored")), **secrets),
            "deleted": lambda: Envelope.deleted(profile_id),
            "refused": refused,
            "not_found": lambda: Envelope.not_found(profile_id),
            "parse": lambda: Envelope.parse(text(case, "envelope")),
        }

        def accepted(envelope: Envelope) -> None:
            assert envelope.to_json() == case["envelope"]
            assert list(envelope.to_dict()) == ["code", "message", "data", "error", "status"]

        refused_or(case, kinds[case["kind"]], accepted)

    run("envelope", 45, shared("envelope"), check)


def test_messages() -> None:
    def check(case: Case) -> None:
        profile = Profile.parse(text(case, "profile"), **options(case))

        def done(message: Any) -> None:
            assert (message.text, str(message)) == (case["text"], case["text"])
            assert list(message.missing) == case["missing_names"]

        how = settings(case, "missing", "pairs", "surrogates")
        failed_or(case, lambda: profile.message(text(case, "record"), **how), done)

    run("message", 166, shared("message"), check)


def test_callbacks() -> None:
    def check(case: Case) -> None:
        profile = Profile.parse(text(case, "profile"), **options(case))
        how = settings(case, "missing", "boundary", "surrogates")

        def done(callback: Any) -> None:
            assert (callback.method, callback.url, callback.body) == (
                case["method"],
                case["url"],
                case["body"],
            )
            assert [[name, value] for name, value in callback.headers.items()] == case["headers"]
            assert list(callback.missing) == case["missing_names"]
            received = callback.url if callback.body is None else callback.body
            by_header = {name.lower(): value for name, value in callback.headers.items()}.get("content-type")
            how_opened = opening(case)
            for content_type in (None, by_header):
                opened = profile.open_json(received, content_type=content_type, **how_opened)
                assert opened == case["opened"]
            assert profile.open(received, **how_opened) == json.loads(case["opened"])
            assert profile.callbacks([text(case, "record")], **how) == [callback]
            assert profile.open_many([received], **how_opened) == [json.loads(case["opened"])]

        record = text(case, "record")
        failed_or(case, lambda: profile.callback(record, **how), done)
        failed_or(case, lambda: result_of(profile.callbacks([record], **how)), done)

    run("callback", 304, shared("callback"), check)


def test_opened() -> None:
    def check(case: Case) -> None:
        profile = Profile.parse(text(case, "profile"), **options(case))
        how = {**settings(case, "content_type"), **opening(case)}
        received = text(case, "received")

        def done(opened: str) -> None:
            assert opened == case["opened"]

        def done_as_dict(opened: Case) -> None:
            assert opened == json.loads(case["opened"])

        def done_in_detail(details: OpenedDetails) -> None:
            done_as_dict(details.values)
            assert list(details.decrypted) == case.get("decrypted", list(details.decrypted))
            assert list(details.unknown) == case.get("unknown", list(details.unknown))

        failed_or(case, lambda: profile.open_json(received, **how), done)
        failed_or(case, lambda: profile.open(received, **how), done_as_dict)
        failed_or(case, lambda: profile.open_details(received, **how), done_in_detail)
        failed_or(case, lambda: result_of(profile.open_many([received], **how)), done_as_dict)

    run("open", 1193, shared("open"), check)


def test_values() -> None:
    def check(case: Case) -> None:
        encrypted: str = case["text"]
        expected: Any = case.get("plaintext", case.get("decrypted"))

        def cipher() -> Cipher:
            how = settings(case, "encoding", "tag", "reading")
            return Cipher(case["algorithm"], case["key"], case["iv"], **how)

        def done(decrypted: str) -> None:
            assert decrypted == expected

        def done_as_bytes(decrypted: bytes) -> None:
            assert decrypted == expected.encode()

        failed_or(case, lambda: cipher().decrypt_text(encrypted), done)
        if case.get("error") == "not_utf8":
            assert cipher().decrypt(encrypted)  # bytes need not be UTF-8
        else:
            failed_or(case, lambda: cipher().decrypt(encrypted.encode()), done_as_bytes)
        if "plaintext" in case:
            assert cipher().encrypt(expected) == cipher().encrypt(expected.encode()) == encrypted

    run("value", 122, shared("value"), check)


def test_crypto() -> None:
    """Cipher refuses 12-byte IVs and CFB8; hazmat takes 12-byte IVs."""

    def check(case: Case) -> bool:
        key, iv, plaintext = case["key"], case["iv"], case["pt"]
        raw = bytes.fromhex(case["ct_hex"] + case.get("tag_hex", ""))
        if case["algo"].endswith("CFB8"):
            with pytest.raises(ValueError) as caught:
                Cipher(case["algo"], key, iv)
            assert getattr(caught.value, "code", None) == "unknown_algorithm"
            return True
        if case["algo"].endswith("GCM"):
            assert hazmat.gcm_seal(key, iv, b"", plaintext) == raw
            assert hazmat.gcm_open(key, iv, b"", raw).decode() == plaintext
        else:
            assert hazmat.cfb_encrypt(key, iv, plaintext) == raw
            assert hazmat.cfb_decrypt(key, iv, raw).decode() == plaintext
        if len(iv) != 16:
            with pytest.raises(ValueError) as caught:
                Cipher(case["algo"], key, iv)
            assert getattr(caught.value, "code", None) == "invalid_iv"
            return False
        base64 = case.get("ct_tag_b64", case["ct_b64"])
        cipher = Cipher(case["algo"], key, iv)
        assert cipher.encrypt(plaintext) == base64
        assert cipher.decrypt_text(base64) == plaintext
        in_hex = Cipher(case["algo"], key, iv, encoding="hex")
        assert in_hex.encrypt(plaintext) == raw.hex()
        tag_first = Cipher(case["algo"], key, iv, encoding="hex", tag="prepended")
        assert tag_first.decrypt_text(case.get("tag_hex", "") + case["ct_hex"]) == plaintext
        return False

    run("crypto", 96, shared("crypto"), check, must_refuse=24)


def is_private(url: str) -> bool:
    profile = Profile.parse({"title": "url", "http_method": "GET", "url": url})
    return any(advisory.code == "private_address" for advisory in profile.advisories)


def test_addresses() -> None:
    def check(case: Case) -> bool:
        if "verdict" in case:
            address = case["address"]
            host = f"[{address}]" if ":" in address else address
            assert address_verdict(address) == case["verdict"]
            assert is_private(f"https://{host}/") == (case["verdict"] != "public")
        elif "internal" in case:
            try:
                assert is_private(f"https://{case['host']}/") == case["internal"]
            except ProfileError:
                return True  # such a name is no host of a URL
        elif case["reading"] == "malformed":
            with pytest.raises(ProfileError):
                is_private(f"https://{case['host']}/")
        elif case["reading"] == "address":
            # Another spelling than four decimal numbers is suspect even where the address is public.
            address = case["address"]
            public = address_verdict(address) == "public" and address == case["host"]
            assert is_private(f"https://{case['host']}/") != public
        return False

    file = shared("address")
    run("address", 764, file["addresses"] + file["spellings"] + file["names"], check, must_refuse=2)


def test_urls() -> None:
    def check(case: Case) -> None:
        try:
            profile = Profile.parse({"title": "url", "http_method": "GET", "url": case["url"]})
        except ProfileError as error:
            assert not case["accepted"]
            assert [violation.pointer for violation in error.violations] == ["/url"]
        else:
            assert case["accepted"]
            assert profile.url == case["url"]

    run("url", 354, shared("url"), check)


def test_catalogue_and_schema_are_the_generated_files() -> None:
    assert catalogue() == shared("catalogue")
    assert schema() == shared("schema")
