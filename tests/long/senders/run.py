"""Sends callbacks of the library through six clients: `python run.py CBP LEAST`, CBP being `cbp`.

LEAST callbacks of every body type are built from hostile profiles and records. What a client sends must be what was
built, byte for byte: method, target, our headers, body. Where a client is known to send something else,
exceptions.json says what and why, and an exception that nothing needs any more fails the run.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import rewrites
from generate import KINDS, Made, generate
from receiver import Received, Receiver

FOLDER = Path(__file__).resolve().parent
SEED = 20261126
REFUSALS = {
    "invalid_profile",
    "unsafe_header",
    "unsafe_path",
}  # what the library refuses of the generated ones
MOST_REFUSED = 1 / 4  # of all that are generated; else the generator makes too little that can be sent
COMMANDS = {
    **{name: [sys.executable, "-B", FOLDER / "client.py", name] for name in ("requests", "httpx", "urllib")},
    "fetch": ["node", FOLDER / "client.mjs", "fetch"],
    "http": ["node", FOLDER / "client.mjs", "http"],
    "curl": [sys.executable, "-B", FOLDER / "client.py", "curl"],
}


@dataclass(frozen=True)
class Callback:
    """A callback as `cbp callback --json` prints it."""

    kind: str
    request: dict

    @property
    def target(self) -> str:
        """What the request line must name: the URL without its origin, which is never empty (RFC 9112 §3.2.1)."""
        rest = self.request["url"].split("://", 1)[1]
        target = rest[min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest)) :]
        return target if target.startswith("/") else f"/{target}"


@dataclass
class Known:
    """What a client does of its own, from exceptions.json: it rewrites a target or a header, or refuses a URL."""

    client: str
    does: str
    reason: str
    needed: int = 0

    def rewritten(self, target: str) -> str:
        """The target that this client sends instead."""
        rewrite = rewrites.REWRITES.get(self.does)
        result = rewrite(target) if rewrite else target
        self.needed += result != target
        return result

    def value(self, name: str, value: str, names: set[str]) -> str:
        """The header's value that this client sends instead; all names are in lower case."""
        rewrite = rewrites.HEADERS.get(self.does)
        result = rewrite(name, value, names) if rewrite else value
        self.needed += result != value
        return result

    def refuses(self, url: str) -> bool:
        """Whether it must refuse the URL."""
        refusal = rewrites.REFUSALS.get(self.does)
        refused = bool(refusal and refusal(url))
        self.needed += refused
        return refused


def build(cbp: Path, port: int, least: int) -> list[Callback]:
    """The callbacks, at least so many of each kind. What the library refuses of the generated ones is sent by nobody."""
    built: list[Callback] = []
    kinds: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for made in generate(SEED, port):
            if made is None:  # all the single cases were made
                if all(kinds[kind] >= least for kind in KINDS):
                    break
                continue
            request = _callback(cbp, Path(folder), made, refusals)
            if request is not None:
                built.append(Callback(made.kind, request))
                kinds[made.kind] += 1
    print("built", ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS))
    print("refused", ", ".join(f"{code} {count}" for code, count in sorted(refusals.items())))
    if refusals.keys() != REFUSALS:
        raise SystemExit(f"refused with {sorted(refusals)}, not with {sorted(REFUSALS)}")
    if refusals.total() > MOST_REFUSED * (len(built) + refusals.total()):
        raise SystemExit(f"{refusals.total()} were refused, and only {len(built)} built")
    return built


def _callback(cbp: Path, folder: Path, made: Made, refusals: Counter[str]) -> dict | None:
    for name, value in (("profile", made.profile), ("record", made.record)):
        (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False))
    command = [cbp, "callback", "--json", folder / "profile.json", folder / "record.json"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode == 0:
        return json.loads(done.stdout)
    failure = json.loads(done.stderr) if done.returncode == 1 else {}
    if failure.get("class") not in ("ProfileError", "ReplacerError"):
        raise SystemExit(f"cbp ended with {done.returncode}: {done.stderr.decode()}")
    refusals[failure["code"]] += 1
    return None


def differences(exceptions: list[Known], sent: dict, target: str, found: list[Received | str]) -> list[str]:
    """What arrived otherwise than it was built."""
    if len(found) != 1 or isinstance(found[0], str):
        return [f"not one request: {found}"]
    received = found[0]
    wrong = []
    if received.method != sent["method"].encode():
        wrong.append(f"method: {received.method!r}, not {sent['method']}")
    for known in exceptions:
        target = known.rewritten(target)
    if received.target != target.encode():
        wrong.append(f"target: {received.target!r}, not {target!r} of {sent['url']}")
    names = {name.lower() for name in sent["headers"]}
    for name, value in sent["headers"].items():
        for known in exceptions:
            value = known.value(name.lower(), value, names)
        if received.values(name) != [value.encode()]:
            wrong.append(f"header {name}: {received.values(name)!r}, not {value!r}")
    if received.body != (sent["body"] or "").encode():
        wrong.append(f"body: {received.body!r}, not {sent['body']!r}")
    return wrong


def check(
    client: str, receiver: Receiver, callbacks: list[Callback], exceptions: list[Known]
) -> tuple[int, int]:
    """Sends all callbacks through a client; returns how many it was given and how many arrived otherwise."""
    driver = subprocess.Popen(COMMANDS[client], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    ran = failed = 0
    for callback in callbacks:
        print(json.dumps(callback.request), file=driver.stdin, flush=True)
        answer = driver.stdout.readline().strip()
        found = receiver.take()
        if any(known.refuses(callback.request["url"]) for known in exceptions):
            wrong = (
                []
                if answer.startswith("error ") and not found
                else [f"the client sends {callback.request['url']}"]
            )
        elif answer == "ok":
            wrong = differences(exceptions, callback.request, callback.target, found)
        else:
            wrong = [f"the client refuses it: {answer}"]
        ran, failed = ran + 1, failed + bool(wrong)
        for difference in wrong[:1] if failed <= 40 else []:
            print(f"  {client}: {callback.kind}: {difference[:600]}")
    driver.stdin.close()
    driver.wait()
    return ran, failed


def main() -> int:
    cbp, least = Path(sys.argv[1]), int(sys.argv[2])
    receiver = Receiver()
    callbacks = build(cbp, receiver.port, least)
    listed = [Known(**entry) for entry in json.loads((FOLDER / "exceptions.json").read_text())]
    failures = 0
    for client in COMMANDS:
        ran, failed = check(
            client, receiver, callbacks, [entry for entry in listed if entry.client == client]
        )
        if ran != len(callbacks):
            raise SystemExit(f"{client} was given {ran} of {len(callbacks)} callbacks")
        for entry in listed:
            if entry.client == client and not entry.needed:
                failed += 1
                print(f"  {client}: exceptions.json: {entry.does} is not needed any more")
        failures += failed
        print(f"count senders {client} ran={ran} refused=0 failed={failed}")
    return 1 if failures or not callbacks else 0


sys.exit(main())
