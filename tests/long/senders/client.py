"""One client of Python, or curl: `python client.py NAME` sends each request that comes as a line of JSON.

A line `ok` or `error <what>` answers each. Nothing is taken from the environment: no proxy, no stored password.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable

Send = Callable[[str, str, dict[str, str], bytes | None], None]


def requests_() -> Send:
    import requests

    session = requests.Session()
    session.trust_env = False

    def send(method: str, url: str, headers: dict[str, str], body: bytes | None) -> None:
        session.request(method, url, headers=headers, data=body, timeout=10).raise_for_status()

    return send


def httpx_() -> Send:
    import httpx

    client = httpx.Client(trust_env=False, timeout=10)

    def send(method: str, url: str, headers: dict[str, str], body: bytes | None) -> None:
        client.request(method, url, headers=headers, content=body).raise_for_status()

    return send


def urllib_() -> Send:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def send(method: str, url: str, headers: dict[str, str], body: bytes | None) -> None:
        opener.open(urllib.request.Request(url, data=body, headers=headers, method=method), timeout=10).read()

    return send


def curl() -> Send:
    def send(method: str, url: str, headers: dict[str, str], body: bytes | None) -> None:
        # `--path-as-is` and `--globoff` are what its manual asks for where a URL is not typed by hand.
        command = ["curl", "-q", "-sS", "--fail", "--noproxy", "*", "--path-as-is", "--globoff", "-X", method]
        for name, value in headers.items():
            command += [
                "-H",
                f"{name}: {value}" if value else f"{name};",
            ]  # `name:` would take the header away
        if body is not None:
            command += ["--data-binary", "@-"]
        done = subprocess.run([*command, "--url", url], input=body, capture_output=True, check=False)
        if done.returncode:
            raise OSError(done.stderr.decode(errors="replace").strip())

    return send


def main() -> None:
    send = {"requests": requests_, "httpx": httpx_, "urllib": urllib_, "curl": curl}[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        body = None if request["body"] is None else request["body"].encode()
        try:
            send(request["method"], request["url"], request["headers"], body)
            answer = "ok"
        except Exception as error:  # whatever a client refuses is an answer
            answer = "error " + f"{type(error).__name__}: {error}".replace("\n", " ")
        print(answer, flush=True)


main()
