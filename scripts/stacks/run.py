"""Runs the programs of examples/stacks on the shared cases: `python3 run.py PREFIX [bench]`, PREFIX being where the library is installed.

STACKS chooses some ("php go"); without it all six must be there. Each must give the expected answer to every case, and find the
causes of texts that do not open. Prints what `make test` counts; with `bench`, nanoseconds instead."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench import table
from cases import ROOT, Case, diagnoses, shared
from stacks import STACKS, Stack

LEAST = {"open": 1_193, "callback": 304}
LEAST_DIAGNOSES = 837


def ask(stack: Stack, prefix: Path, lines: list[str]) -> list[str]:
    folder = ROOT / "build" / "stacks" / stack.name
    folder.mkdir(parents=True, exist_ok=True)
    done = stack.start(folder, prefix, "".join(each + "\n" for each in lines).encode())
    if done.returncode or done.stderr:
        print(f"  {stack.title}: exit {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}")
        return []
    return [each.rstrip() for each in done.stdout.decode().splitlines()]


def check(stack: Stack, suite: str, cases: list[Case], answers: list[str]) -> int:
    """Prints the count of a suite and returns its failures."""
    failed = len(cases) - len(answers)
    for case, got in zip(cases, answers, strict=False):
        if got != case.answer:
            failed += 1
            if failed <= 5:
                print(f"  {stack.title}: {suite}: {case.name}: expected {case.answer}, got {got}")
    refused = sum(case.is_refused for case in cases)
    print(f"count {suite} {stack.name} ran={len(cases)} refused={refused} failed={failed}")
    return failed


def explain(stack: Stack, prefix: Path) -> int:
    """Prints the count of the diagnosed texts and returns its failures: the first cause must be one of the case's."""
    cases = diagnoses()
    assert len(cases) >= LEAST_DIAGNOSES, f"only {len(cases)} texts to diagnose"
    answers = ask(stack, prefix, [each for each, _, _ in cases])
    failed = len(cases) - len(answers)
    for (_, name, causes), got in zip(cases, answers, strict=False):
        found = json.loads(bytes.fromhex(got.split()[1])) if got.startswith("ok ") else {"findings": []}
        first = found["findings"][0]["cause"] if found["findings"] else "none"
        if first not in causes:
            failed += 1
            print(f"  {stack.title}: diagnose: {name}: expected {causes}, got {first}")
    print(f"count stacks-diagnosis {stack.name} ran={len(cases)} refused=0 failed={failed}")
    return failed


def main() -> int:
    prefix = Path(sys.argv[1]).resolve()
    chosen = os.environ.get("STACKS", "").split() or [stack.name for stack in STACKS]
    stacks = [stack for stack in STACKS if stack.name in chosen]
    if unknown := set(chosen) - {stack.name for stack in stacks}:
        sys.exit(f"no such stack: {', '.join(sorted(unknown))}")
    if lacking := [stack for stack in stacks if not stack.is_there()]:
        sys.exit(
            "stacks: not installed: " + ", ".join(f"{stack.title} ({stack.package})" for stack in lacking)
        )
    if sys.argv[2:] == ["bench"]:
        print(table(stacks, prefix, ask))
        return 0
    suites = {suite: shared(suite) for suite in LEAST}
    for suite, cases in suites.items():
        assert len(cases) >= LEAST[suite], f"{suite}: only {len(cases)} cases"
    failed = 0
    for stack in stacks:
        answers = ask(stack, prefix, [case.line for cases in suites.values() for case in cases])
        for suite, cases in suites.items():
            failed += check(stack, suite, cases, answers[: len(cases)])
            answers = answers[len(cases) :]
        failed += explain(stack, prefix)
    return int(failed > 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.TimeoutExpired as error:
        sys.exit(f"stacks: {error.cmd[0]} did not end")
