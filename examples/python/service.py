"""A FastAPI service that registers callback profiles and receives their signed callbacks.

    pip install callback-profile fastapi uvicorn
    SIGNING_SECRETS=whsec_… uvicorn service:app --port 8000

    POST   /v1/{sid}/callback/profiles         create       201, or 400 with every violation
    GET    /v1/{sid}/callback/profiles/{id}    fetch        200, or 404
    PATCH  /v1/{sid}/callback/profiles/{id}    update       200, 400 or 404
    DELETE /v1/{sid}/callback/profiles/{id}    delete       200, or 404
    POST, PUT, GET, DELETE /received/{id}      receive      the callback's parameters, or 400

The answers are the platform's documented envelopes, key and IV masked. A real service keeps profiles in a database
(`profile.to_json(secrets="shown")`, encrypted at rest), knows its customers' api-keys, and has a signing secret for
each endpoint; this one has a dict and the secrets of `SIGNING_SECRETS`. What it acted on is in the SQLite file
`DATABASE`: see inbox.py.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import sqlite3
import time
import uuid
from datetime import datetime, timezone
from typing import Any

from callback_profile import (
    DecryptionError,
    Envelope,
    Expected,
    Limits,
    Profile,
    ProfileError,
    Received,
    SignatureError,
    StoredProfile,
    Verifier,
    keygen_signing,
    parse_request,
)
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from inbox import Inbox

app = FastAPI(title="Callback profiles")
profiles: dict[tuple[str, str], StoredProfile] = {}
API_KEY = os.environ.get("API_KEY", "A0000000000000000000000000000000")
SECRETS = os.environ.get("SIGNING_SECRETS", "").split() or [keygen_signing()]
"""More than one only while one is changed. Without any, a new one: nothing that is not signed is received."""
VERIFIER = Verifier(SECRETS)
INBOX = Inbox(os.environ.get("DATABASE", "received.sqlite3"))
LIMITS = Limits()
STRUCTURES = ["contacts"]
"""Names whose value may be an array or an object; everything else that a profile encrypts must be a string."""
log = logging.getLogger(__name__)


def answer(envelope: Envelope) -> Response:
    return Response(envelope.to_json(), status_code=envelope.status, media_type="application/json")


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


def is_known(request: Request) -> bool:
    return hmac.compare_digest(request.headers.get("api-key", "").encode(), API_KEY.encode())


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stored(profile: Profile, profile_id: str, created_at: str, modified_at: str | None) -> StoredProfile:
    members: dict[str, Any] = profile.to_dict(secrets="shown")
    members |= {"profile_id": profile_id, "status": 1, "created_at": created_at, "modified_at": modified_at}
    return StoredProfile.parse(members)


@app.post("/v1/{sid}/callback/profiles")
async def create(sid: str, request: Request) -> Response:
    payload = await read(request, LIMITS.payload_bytes)
    if payload is None:
        return failure(413, "the payload is too long")
    try:
        profile = parse_request(sid, request.headers.items(), payload)
    except ProfileError as error:
        return answer(error.envelope)
    if not is_known(request):
        return failure(401, "unknown api-key")
    profile_id = f"stage_{uuid.uuid4().hex}"
    profiles[sid, profile_id] = stored(profile, profile_id, now(), None)
    return answer(Envelope.created(profile, profile_id))


@app.get("/v1/{sid}/callback/profiles/{profile_id}")
async def fetch(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    found = profiles.get((sid, profile_id))
    return answer(Envelope.fetched(found) if found else Envelope.not_found(profile_id))


@app.patch("/v1/{sid}/callback/profiles/{profile_id}")
async def update(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    found = profiles.get((sid, profile_id))
    if not found:
        return answer(Envelope.not_found(profile_id))
    patch = await read(request, LIMITS.payload_bytes)
    if patch is None:
        return failure(413, "the patch is too long")
    try:
        profile = found.profile.patch(patch)
    except ProfileError as error:
        return answer(error.envelope)
    profiles[sid, profile_id] = stored(profile, profile_id, found.created_at or now(), now())
    return answer(Envelope.updated(profile, profile_id))


@app.delete("/v1/{sid}/callback/profiles/{profile_id}")
async def delete(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    if profiles.pop((sid, profile_id), None) is None:
        return answer(Envelope.not_found(profile_id))
    return answer(Envelope.deleted(profile_id))


def expected(profile: Profile) -> Expected:
    """What is expected of a sealed callback: the URL as the profile has it; none if its path has replacers."""
    return Expected(tolerance=300, method=profile.method, url=profile.constant_url, profile_id=None)


def effect(database: sqlite3.Connection, endpoint: str, received: Received) -> None:
    """What a new message does, in the transaction in which its id is written."""
    row = (endpoint, received.id, json.dumps(received.values))
    database.execute("INSERT INTO effects VALUES (?, ?, ?)", row)


@app.api_route("/received/{profile_id}", methods=["POST", "PUT", "GET", "DELETE"])
async def receive(profile_id: str, request: Request) -> Response:
    """Verifies the signature over the raw body, opens the callback, and acts on it once.

    A signature covers id, timestamp and body, and never the query: a GET or DELETE is received only if it is sealed. A
    message that was acted on before is answered like a new one, and has no effect.
    """
    found = next((kept for (_, known), kept in profiles.items() if known == profile_id), None)
    if found is None or request.method != found.profile.method:
        return failure(404, "no such callback")
    body = await read(request, LIMITS.received_bytes)
    if body is None:
        return failure(413, "the callback is too long")
    profile = found.profile
    try:
        received = profile.receive(
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
