"""Sends one callback as a platform would: resolves the host, checks every address, follows no redirect, signs.

    SIGNING_SECRETS=whsec_… python sender.py profile.json record.json

Only the standard library besides callback_profile.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

from callback_profile import Callback, Profile, Signer, address_verdict

NONE: Mapping[str, str] = {}


def checked_address(host: str, port: int, *, allow_private: bool = False) -> str:
    """An address of the host that a callback may be sent to."""
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in addresses:
        verdict = address_verdict(address)
        if verdict != "public" and not allow_private:
            raise PermissionError(f"{host} has the address {address}, which is {verdict}")
    return addresses[0]


def send(
    callback: Callback, signature: Mapping[str, str] = NONE, *, allow_private: bool = False
) -> tuple[int, bytes]:
    """Sends it to exactly the address that was checked; returns status and body of the answer. The signature is the
    headers that a Signer gives: a retry is signed anew, with the same id.
    """
    to = callback.destination
    address = checked_address(to.host, to.port, allow_private=allow_private)
    connection = http.client.HTTPConnection(to.host, to.port, timeout=10)
    sock = socket.create_connection((address, to.port), timeout=10)
    if to.is_https:
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=to.host)
    connection.sock = sock
    try:
        body = None if callback.body is None else callback.body.encode()
        headers = {"host": to.authority, **callback.headers, **signature}
        connection.request(callback.method, to.target, body, headers)
        response = connection.getresponse()  # http.client follows no redirect by itself
        return response.status, response.read(1 << 20)
    finally:
        connection.close()


def main() -> None:
    profile = Profile.parse(Path(sys.argv[1]).read_bytes())
    for advisory in profile.advisories:
        print(advisory, file=sys.stderr)
    callback = profile.callback(Path(sys.argv[2]).read_bytes())
    secrets = os.environ.get("SIGNING_SECRETS", "").split()
    status, answer = send(callback, Signer(secrets).sign_callback(callback) if secrets else NONE)
    print(status, answer.decode(errors="replace"))


if __name__ == "__main__":
    main()
