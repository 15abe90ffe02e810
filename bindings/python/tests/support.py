"""What several tests share."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import uvicorn
from callback_profile import Profile

COUNTS: list[str] = []
"""The lines `count <suite> python ran=<n> refused=<n> failed=<n>`."""

ROOT = Path(os.environ.get("CALLBACK_PROFILE_ROOT", Path(__file__).parents[3]))
"""The root of the repository."""

KEY = "K1abcdefghijkl2P"
IV = "POabcdefghijklLY"

PAYLOAD: dict[str, Any] = {
    "title": "Delivery status",
    "http_method": "POST",
    "url": "https://user:SecretInUrl@example.com/sms",
    "body": {"status": "<status>", "to": "<recipient>"},
    "headers": {"authorization": "Bearer SecretInHeader"},
    "response_message": 'Thank you, {"name": "first_name"}',
    "enc": {"algo": "AES-128-GCM", "key": KEY, "IV": IV, "params": ["to"]},
}
RECORD: dict[str, Any] = {"status": "DELIVERED", "recipient": "+919876543210", "first_name": "John"}


def payload(**changes: Any) -> dict[str, Any]:
    """The payload with members changed, or left out if None."""
    members: dict[str, Any] = {**PAYLOAD, **changes}
    return {name: value for name, value in members.items() if value is not None}


def profile(**changes: Any) -> Profile:
    return Profile.parse(payload(**changes))


def shared(suite: str) -> Any:
    return json.loads((ROOT / "testdata" / f"{suite}.json").read_text(encoding="utf-8"))


def code_blocks(path: str) -> list[str]:
    """The Python code of a Markdown file, block by block."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def run_block(code: str, names: dict[str, Any]) -> None:
    """Runs a block of a Markdown file in the namespace; without this module's own imports from __future__."""
    exec(compile(code, "README.md", "exec", dont_inherit=True), names)


@contextlib.contextmanager
def serving(app: Any) -> Generator[int, None, None]:
    """Runs an ASGI application on loopback; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline and thread.is_alive()
        time.sleep(0.01)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
