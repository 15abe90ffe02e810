"""Nanoseconds of one `open`: by the library from each stack, and by the receiver of the same language without it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from cases import ROOT, line
from stacks import Stack

PAYLOAD = {
    "title": "Delivery status",
    "http_method": "POST",
    "url": "https://example.com/sms",
    "body": {"status": "<status>", "to": "<recipient>"},
    "enc": {
        "algo": "AES-128-GCM",
        "key": "K1abcdefghijkl2P",
        "IV": "POabcdefghijklLY",
        "params": ["status", "to"],
    },
}
RECORD = {"status": "DELIVERED", "recipient": "+919876543210"}
RUNS = 3
ALONE = Path(__file__).resolve().parent / "alone"
# The receivers of examples/receivers in a loop; LuaJIT and C# have none there.
BY_ITSELF: dict[str, tuple[list[str], list[str]]] = {
    "php": ([], ["php", "{alone}/bench.php"]),
    "ruby": ([], ["ruby", "-W0", "{alone}/bench.rb"]),
    "go": (
        ["go", "build", "-o", "{folder}/bench", "{folder}/receiver.go", "{folder}/bench.go"],
        ["{folder}/bench"],
    ),
    "java": (
        ["javac", "-d", "{folder}", "{receivers}/Receiver.java", "{alone}/Bench.java"],
        ["java", "-cp", "{folder}", "Bench"],
    ),
}


def by_itself(name: str, body: str) -> int | None:
    """The best of some runs of the receiver without the library."""
    if name not in BY_ITSELF:
        return None
    folder = ROOT / "build" / "stacks" / f"{name}-alone"
    folder.mkdir(parents=True, exist_ok=True)
    receivers = ROOT / "examples" / "receivers"
    # Two programs in one package, which Go wants in one folder: the bench calls the receiver's own main.
    shutil.copy(ALONE / "bench.go", folder)
    (folder / "receiver.go").write_text(
        (receivers / "receiver.go").read_text().replace("func main()", "func cases()")
    )
    compile_it, run = (
        [part.format(alone=ALONE, folder=folder, receivers=receivers) for part in command]
        for command in BY_ITSELF[name]
    )
    if compile_it:
        subprocess.run(compile_it, check=True, timeout=300)
    enc = PAYLOAD["enc"]
    case = "\t".join(("body", enc["algo"], enc["key"], enc["IV"], ",".join(enc["params"]), body)) + "\n"
    # The receiver reads a case from standard input first and must open it.
    runs = [
        subprocess.run(run, input=case, capture_output=True, text=True, check=True, timeout=300)
        for _ in range(RUNS)
    ]
    answers = [done.stdout.split() for done in runs]
    assert all(len(answer) == 4 and answer[0] == "ok" for answer in answers), answers
    return min(int(answer[3]) for answer in answers)


def table(stacks: list[Stack], prefix: Path, ask: Callable[[Stack, Path, list[str]], list[str]]) -> str:
    payload = json.dumps(PAYLOAD)
    rows = [
        "| stack | by | ns with the library | ns of the receiver without it | ratio |",
        "|---|---|---:|---:|---:|",
    ]
    for stack in stacks:
        [made] = ask(stack, prefix, [line("callback", payload, json.dumps(RECORD))])
        body = bytes.fromhex(made.split()[4]).decode().removeprefix("=")
        answers = [
            ask(stack, prefix, [line("bench", payload, body, "", stack.times)])[0] for _ in range(RUNS)
        ]
        ours = min(int(bytes.fromhex(answer.split()[1])) for answer in answers)
        theirs = by_itself(stack.name, body)
        compared = f"{theirs:,} | {theirs / ours:.1f}x" if theirs else "- | -"
        rows.append(f"| {stack.title} | {stack.by} | {ours:,} | {compared} |")
    return "\n".join(rows)
