"""A FastAPI service that registers callback profiles and receives their signed callbacks.

    pip install callback-profile fastapi uvicorn
    SIGNING_SECRETS=whsec_… uvicorn service:app --port 8000

    POST   /v1/{sid}/callback/profiles         create       201, or 400 with every violation
    GET    /v1/{sid}/callback/profiles/{id}    fetch        200, or 404
    PATCH  /v1/{sid}/callback/profiles/{id}    update       200, 400 or 404
    DELETE /v1/{sid}/callback/profiles/{id}    delete       200, or 404
    POST, PUT, GET, DELETE /received/{id}      receive      the callback's parameters, or 400: receiver.py

The answers are the platform's documented envelopes, key and IV masked. A real service knows its customers' api-keys,
has a signing secret for each endpoint, and keeps the file `DATABASE` where it keeps keys: store.py has the profiles,
inbox.py what was acted on.
"""

from __future__ import annotations

import hmac
import os
import uuid
from datetime import datetime, timezone
from typing import Any

from callback_profile import Envelope, Profile, ProfileError, StoredProfile, parse_request
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from receiver import INBOX, LIMITS, PROFILES, SECRETS, failure, read, router

__all__ = ["API_KEY", "INBOX", "PROFILES", "SECRETS", "app"]

app = FastAPI(title="Callback profiles")
app.include_router(router)
API_KEY = os.environ.get("API_KEY", "A0000000000000000000000000000000")


def answer(envelope: Envelope) -> Response:
    return Response(envelope.to_json(), status_code=envelope.status, media_type="application/json")


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
    await run_in_threadpool(PROFILES.save, sid, stored(profile, profile_id, now(), None))
    return answer(Envelope.created(profile, profile_id))


@app.get("/v1/{sid}/callback/profiles/{profile_id}")
async def fetch(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    found = await run_in_threadpool(PROFILES.load, sid, profile_id)
    return answer(Envelope.fetched(found) if found else Envelope.not_found(profile_id))


@app.patch("/v1/{sid}/callback/profiles/{profile_id}")
async def update(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    found = await run_in_threadpool(PROFILES.load, sid, profile_id)
    if not found:
        return answer(Envelope.not_found(profile_id))
    patch = await read(request, LIMITS.payload_bytes)
    if patch is None:
        return failure(413, "the patch is too long")
    try:
        profile = found.profile.patch(patch)
    except ProfileError as error:
        return answer(error.envelope)
    changed = stored(profile, profile_id, found.created_at or now(), now())
    await run_in_threadpool(PROFILES.save, sid, changed)
    return answer(Envelope.updated(profile, profile_id))


@app.delete("/v1/{sid}/callback/profiles/{profile_id}")
async def delete(sid: str, profile_id: str, request: Request) -> Response:
    if not is_known(request):
        return failure(401, "unknown api-key")
    if not await run_in_threadpool(PROFILES.delete, sid, profile_id):
        return answer(Envelope.not_found(profile_id))
    return answer(Envelope.deleted(profile_id))
