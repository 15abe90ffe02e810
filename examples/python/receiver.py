"""Receives signed callbacks: verifies, opens, and acts on each message once. A part of service.py.

While a key is replaced, callbacks of both are opened, each by the key that it names (KeyRing): a sealed callback by its
kid, another one by the header `x-key-id`, which its profile sends as a constant.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time

from callback_profile import (
    DecryptionError,
    Expected,
    KeyRing,
    Limits,
    Profile,
    Received,
    ReceivedByKey,
    SignatureError,
    Verifier,
    keygen_signing,
)
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from inbox import Inbox
from store import Profiles

router = APIRouter()
SECRETS = os.environ.get("SIGNING_SECRETS", "").split() or [keygen_signing()]
"""More than one only while one is changed. Without any, a new one: nothing that is not signed is received."""
VERIFIER = Verifier(SECRETS)
DATABASE = os.environ.get("DATABASE", "received.sqlite3")
INBOX = Inbox(DATABASE)
PROFILES = Profiles(DATABASE)
LIMITS = Limits()
STRUCTURES = ["contacts"]
"""Names whose value may be an array or an object; everything else that a profile encrypts must be a string."""
KEY_HEADER = "x-key-id"
log = logging.getLogger(__name__)


def failure(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)


async def read(request: Request, limit: int) -> bytes | None:
    """The body, or None if it is longer than the limit, so that a client cannot fill the memory."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def expected(profile: Profile) -> Expected:
    """What is expected of a sealed callback: the URL as the profile has it; none if its path has replacers."""
    return Expected(tolerance=300, method=profile.method, url=profile.constant_url, profile_id=None)


def key_id(profile: Profile) -> str | None:
    """The id of a profile's key, as its callbacks name it."""
    headers = {name.lower(): value for name, value in profile.headers.items()}
    return profile.kid or headers.get(KEY_HEADER)


def keys(profile: Profile, before: Profile | None) -> Profile | KeyRing:
    """The profile alone; while its key is replaced, and both keys have an id, a ring of the two."""
    ids = (key_id(profile), before and key_id(before))
    if before is None or not all(ids) or ids[0] == ids[1]:
        return profile
    ring = KeyRing.by_header(KEY_HEADER)
    for id, kept in zip(ids, (profile, before), strict=True):
        ring.add(str(id), kept)
    return ring


def effect(database: sqlite3.Connection, endpoint: str, received: Received | ReceivedByKey) -> None:
    """What a new message does, in the transaction in which its id is written."""
    row = (endpoint, received.id, json.dumps(received.values))
    database.execute("INSERT INTO effects VALUES (?, ?, ?)", row)


@router.api_route("/received/{profile_id}", methods=["POST", "PUT", "GET", "DELETE"])
async def receive(profile_id: str, request: Request) -> Response:
    """Verifies the signature over the raw body, opens the callback, and acts on it once.

    A signature covers id, timestamp and body, and never the query: a GET or DELETE is received only if it is sealed. A
    message that was acted on before is answered like a new one, and has no effect.
    """
    found, before = await run_in_threadpool(PROFILES.receiving, profile_id)
    if found is None or request.method != found.profile.method:
        return failure(404, "no such callback")
    body = await read(request, LIMITS.received_bytes)
    if body is None:
        return failure(413, "the callback is too long")
    profile = found.profile
    try:
        received = keys(profile, before and before.profile).receive(
            request.headers.items(),
            body,
            verifier=VERIFIER,
            target="?" + request.url.query,
            structures=STRUCTURES,
            expected=expected(profile),
        )
    except (SignatureError, DecryptionError) as error:
        # One answer for every reason: an attacker could use the difference. The log may have it: an error's text is one
        # line, and holds no value.
        log.warning("callback of %s refused: %s", found.profile_id, error)
        return failure(400, "the callback cannot be opened")

    def act(database: sqlite3.Connection) -> None:
        effect(database, profile_id, received)

    await run_in_threadpool(INBOX.once, profile_id, received.id, int(time.time()), act)
    return JSONResponse({"received": received.values})
