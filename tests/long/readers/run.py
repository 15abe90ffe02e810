"""Compares how received bodies are read: whatever we accept, every parser that accepts it reads alike.

Usage: run.py --seed N (--cases N | --compared N)
"""

import argparse
import base64
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from cases import Case, Maker

HERE = Path(__file__).parent
BUILD = Path("build/readers")
BATCH = 200
LEAST_ACCEPTED = 0.4
SHOWN = 5  # failures of each parser
PARSERS = 10


class Process:
    """A program that answers line by line."""

    def __init__(self, *command: str | Path):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def write(self, text: str) -> None:
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def line(self) -> str:
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"readers: {self.process.args[0]} ended with {self.process.wait()}")
        return line.decode().removesuffix("\n")

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


class Exceptions:
    """The listed cases where a parser reads something else, with the reason."""

    def __init__(self):
        self.list = json.loads((HERE / "exceptions.json").read_text())
        self.met: Counter[int] = Counter()

    def covers(self, parser: str, case: Case) -> bool:
        """Whether one of the parser's exceptions is about this body."""
        for index, one in enumerate(self.list):
            if parser in one["parsers"] and case.kind in one["kinds"] and self.is_about(one, case):
                self.met[index, parser] += 1
                return True
        return False

    def is_about(self, one: dict, case: Case) -> bool:
        """Whether the pattern for the body, or else for the content type, is found."""
        if "body" in one:
            pattern = one["body"].replace("BOUNDARY", re.escape(case.boundary))
            return bool(re.search(pattern.encode(), case.body, re.S))
        return bool(re.search(one["content_type"], case.content_type))

    def unmet(self) -> list[str]:
        pairs = ((index, one, parser) for index, one in enumerate(self.list) for parser in one["parsers"])
        return [f"{parser}: {one['why']}" for index, one, parser in pairs if not self.met[index, parser]]


def by_name(pairs: list[list[str]]) -> dict:
    """An object as we make it: the value of a name, or the array of its values."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, required=True)
    length = arguments.add_mutually_exclusive_group(required=True)
    length.add_argument("--cases", type=int, help="bodies to make")
    length.add_argument("--compared", type=int, help="bodies that each parser accepts")
    options = arguments.parse_args()
    cargo = os.environ.get("CARGO", "cargo")
    ours = Process(cargo, "run", "-q", "--locked", "--manifest-path", HERE / "Cargo.toml")
    peers = [Process(BUILD / "venv/bin/python", HERE / "peers.py"), Process("node", HERE / "peers.mjs", BUILD)]

    maker, exceptions = Maker(options.seed), Exceptions()
    made, accepted = Counter(), Counter()
    ran, refused, excepted, failed = Counter(), Counter(), Counter(), Counter()
    refusals: Counter[str] = Counter()

    def is_done() -> bool:
        if options.cases:
            return made.total() >= options.cases
        # A parser that refuses everything does not keep the run going.
        is_enough = bool(ran) and all(ran[parser] - refused[parser] >= options.compared for parser in ran)
        return is_enough or made.total() >= 20 * options.compared

    while not is_done():
        count = min(BATCH, options.cases - made.total()) if options.cases else BATCH
        cases = [maker.case() for _ in range(count)]
        read = our_answers(ours, cases)
        for case, answer in zip(cases, read):
            made[case.kind] += 1
            accepted[case.kind] += isinstance(answer, dict)
            if not isinstance(answer, dict):
                refusals[answer.partition(", received ")[0]] += 1
        both = [(case, answer) for case, answer in zip(cases, read) if isinstance(answer, dict)]
        for case, answer, answers in zip(*zip(*both), peer_answers(peers, [case for case, _ in both])):
            for parser, pairs in answers.items():
                ran[parser] += 1
                if isinstance(pairs, str):
                    refused[parser] += 1
                elif by_name(pairs) != answer:
                    if exceptions.covers(parser, case):
                        excepted[parser] += 1
                        continue
                    failed[parser] += 1
                    if failed[parser] <= SHOWN:
                        print(f"{parser} reads {pairs}\n  we read {answer}\n  {case.content_type}\n  {case.body}\n  {case.changes}")
    for process in [ours, *peers]:
        process.end()

    share = accepted.total() / made.total()
    print(f"readers: {accepted.total()} of {made.total()} bodies accepted, " + ", ".join(f"{kind} {accepted[kind]} of {made[kind]}" for kind in made))
    for answer, times in refusals.most_common():
        print(f"readers: refused {times} times: {answer}")
    for index, parser in sorted(exceptions.met):
        print(f"readers: excepted {exceptions.met[index, parser]} times: {parser}: {exceptions.list[index]['why']}")
    problems = []
    if share < LEAST_ACCEPTED:
        problems.append(f"we accept {share:.0%} only")
    if len(ran) != PARSERS:
        problems.append(f"{len(ran)} parsers ran instead of {PARSERS}")
    problems += [f"{parser} accepts less than half" for parser in ran if 2 * refused[parser] > ran[parser]]
    if options.compared:
        problems += [f"{parser} accepts too few" for parser in ran if ran[parser] - refused[parser] < options.compared]
        problems += [f"no longer needed: {one}" for one in exceptions.unmet()]
    for problem in problems:
        print(f"readers: {problem}")
    for parser in sorted(ran):
        print(f"count readers {parser} ran={ran[parser]} refused={refused[parser]} failed={failed[parser]}")
    return 1 if problems or failed.total() else 0


def our_answers(ours: Process, cases: list[Case]) -> list[dict | str]:
    lines = []
    for case in cases:
        content_type = case.content_type.encode().hex() if case.is_received else "-"
        lines.append(f"{case.profile}\t{content_type}\t{case.body.hex()}\n")
    ours.write("".join(lines) + "\n")
    answers = [ours.line() for _ in cases]
    return [answer if answer.startswith("!") else json.loads(answer) for answer in answers]


def peer_answers(peers: list[Process], cases: list[Case]) -> list[dict]:
    """For each case what every parser read: pairs, or the text of a refusal."""
    lines = []
    for case in cases:
        body = case.body.removeprefix(b"?") if case.kind == "query" else case.body
        kind = "multipart" if case.kind == "multipart" else "form"
        lines.append({"kind": kind, "content_type": case.content_type, "body": base64.b64encode(body).decode()})
    for peer in peers:
        peer.write(json.dumps(lines) + "\n")
    answers = [json.loads(peer.line()) for peer in peers]
    return [dict(pair for part in parts for pair in part.items()) for parts in zip(*answers)]


sys.exit(main())
