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
PACKAGE = "callback-profile-readers"
PARSERS = 10
BATCH = 200
LEAST_ACCEPTED = 0.4
SHOWN = 5  # failures of each parser


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
        self.met: Counter[tuple[int, str]] = Counter()

    def covers(self, parser: str, case: Case) -> bool:
        """Whether one of the parser's exceptions is about this body."""
        for index, one in enumerate(self.list):
            if parser in one["parsers"] and case.kind in one["kinds"] and self.is_about(one, case):
                self.met[index, parser] += 1
                return True
        return False

    @staticmethod
    def is_about(one: dict, case: Case) -> bool:
        """Whether the pattern for the body, or else for the content type, is found."""
        if "body" in one:
            pattern = one["body"].replace("BOUNDARY", re.escape(case.boundary))
            return bool(re.search(pattern.encode(), case.body, re.S))
        return bool(re.search(one["content_type"], case.content_type))

    def report(self) -> None:
        for (index, parser), times in sorted(self.met.items()):
            print(f"readers: excepted {times} times: {parser}: {self.list[index]['why']}")

    def unmet(self) -> list[str]:
        pairs = ((index, one, parser) for index, one in enumerate(self.list) for parser in one["parsers"])
        return [f"{parser}: {one['why']}" for index, one, parser in pairs if not self.met[index, parser]]


class Comparison:
    """What was read so far, and by whom."""

    def __init__(self):
        self.made: Counter[str] = Counter()  # by the kind of the body
        self.accepted: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()  # ours, by their messages
        self.ran: Counter[str] = Counter()  # by parser, as all below
        self.refused: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.exceptions = Exceptions()

    def ours(self, case: Case, answer: dict | str) -> None:
        self.made[case.kind] += 1
        if isinstance(answer, dict):
            self.accepted[case.kind] += 1
        else:
            self.refusals[answer.partition(", received ")[0]] += 1

    def theirs(self, case: Case, ours: dict, answers: dict) -> None:
        for parser, pairs in answers.items():
            self.ran[parser] += 1
            if isinstance(pairs, str):
                self.refused[parser] += 1
            elif by_name(pairs) != ours and not self.exceptions.covers(parser, case):
                self.failed[parser] += 1
                if self.failed[parser] <= SHOWN:
                    print(f"{parser} reads {pairs}\n  we read {ours}\n  {case.content_type}\n  {case.body}")
                    print(f"  {case.changes}")

    def fewest(self) -> int:
        """How many bodies the parser accepted that accepted the fewest."""
        return min((self.ran[parser] - self.refused[parser] for parser in self.ran), default=0)

    def report(self, compared: int) -> int:
        """Prints what was found; the program's exit code."""
        kinds = ", ".join(f"{kind} {self.accepted[kind]} of {self.made[kind]}" for kind in sorted(self.made))
        print(f"readers: {self.accepted.total()} of {self.made.total()} bodies accepted: {kinds}")
        for answer, times in self.refusals.most_common():
            print(f"readers: refused {times} times: {answer}")
        self.exceptions.report()
        problems = self.problems(compared)
        for problem in problems:
            print(f"readers: {problem}")
        for parser in sorted(self.ran):
            ran, refused, failed = (counts[parser] for counts in (self.ran, self.refused, self.failed))
            print(f"count readers {parser} ran={ran} refused={refused} failed={failed}")
        return 1 if problems or self.failed.total() else 0

    def problems(self, compared: int) -> list[str]:
        strict = [parser for parser in self.ran if 2 * self.refused[parser] > self.ran[parser]]
        problems = [f"{parser} accepts less than half" for parser in strict]
        if self.accepted.total() < LEAST_ACCEPTED * self.made.total():
            problems.append(f"we accept less than {LEAST_ACCEPTED:.0%}")
        if len(self.ran) != PARSERS:
            problems.append(f"{len(self.ran)} parsers ran instead of {PARSERS}")
        if self.fewest() < compared:
            problems.append(f"a parser accepted {self.fewest()} bodies only")
        if compared:
            problems += [f"no longer needed: {one}" for one in self.exceptions.unmet()]
        return problems


def by_name(pairs: list[list[str]]) -> dict:
    """An object as we make it: the value of a name, or the array of its values."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def our_answers(ours: Process, cases: list[Case]) -> list[dict | str]:
    """What we read, or the text of our refusal."""
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
        lines.append(
            {"kind": kind, "content_type": case.content_type, "body": base64.b64encode(body).decode()}
        )
    for peer in peers:
        peer.write(json.dumps(lines) + "\n")
    answers = [json.loads(peer.line()) for peer in peers]
    return [dict(pair for part in parts for pair in part.items()) for parts in zip(*answers, strict=True)]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, required=True)
    length = arguments.add_mutually_exclusive_group(required=True)
    length.add_argument("--cases", type=int, default=0, help="bodies to make")
    length.add_argument("--compared", type=int, default=0, help="bodies that each parser accepts")
    options = arguments.parse_args()
    # A parser that refuses nearly everything does not keep the run going.
    most = options.cases or 20 * options.compared

    cargo = os.environ.get("CARGO", "cargo")
    ours = Process(
        cargo, "run", "-q", "--locked", "--manifest-path", HERE.parent / "Cargo.toml", "-p", PACKAGE
    )
    peers = [
        Process(BUILD / "venv/bin/python", HERE / "peers.py"),
        Process("node", HERE / "peers.mjs", BUILD),
    ]
    maker, comparison = Maker(options.seed), Comparison()
    while comparison.made.total() < most:
        cases = [maker.case() for _ in range(min(BATCH, most - comparison.made.total()))]
        answers = our_answers(ours, cases)
        for case, answer in zip(cases, answers, strict=True):
            comparison.ours(case, answer)
        accepted = [pair for pair in zip(cases, answers, strict=True) if isinstance(pair[1], dict)]
        read = peer_answers(peers, [case for case, _ in accepted])
        for (case, answer), theirs in zip(accepted, read, strict=True):
            comparison.theirs(case, answer, theirs)
        if options.compared and comparison.fewest() >= options.compared:
            break
    for process in [ours, *peers]:
        process.end()
    return comparison.report(options.compared)


sys.exit(main())
