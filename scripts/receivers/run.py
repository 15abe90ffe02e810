"""Runs the receivers of examples/receivers on values of ours and on forged ones: `python run.py CBP`, CBP being `cbp`.

RECEIVERS chooses languages ("php go"); without it all six must be there. For each: every answer must be the expected
one, and every receiver without one of its marked lines must give a wrong one. Prints what `make test` counts.
"""

import os
import random
import sys
from collections import Counter
from pathlib import Path

from bodies import Body, bodies
from callbacks import Case, genuine
from forged import forged
from languages import LANGUAGES, Language, Mutant
from mutants import mutants
from table import FOLDER, is_current

LEAST_GENUINE, LEAST_FORGED = 3_000, 1_000
BUILD = Path(__file__).resolve().parents[2] / "build" / "receivers"


def ask(language: Language, folder: Path, cases: list[Case | Body]) -> tuple[list[str], int, str]:
    """The answers, the exit code and the messages."""
    done = language.start(folder, "".join(case.line() for case in cases).encode())
    answers = [line.strip() for line in done.stdout.decode(errors="replace").splitlines()]
    return answers, done.returncode, done.stderr.decode(errors="replace")


def check(language: Language, cases: list[Case | Body]) -> int:
    """Prints the count of a receiver and returns its failures."""
    folder = BUILD / language.name / "whole"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / language.file).write_text((FOLDER / language.file).read_text())
    answers, code, messages = ask(language, folder, cases)
    failed = abs(len(cases) - len(answers))
    for case, got in zip(cases, answers, strict=False):
        if got != case.answer():
            failed += 1
            if failed <= 5:
                print(
                    f"  {language.title}: {case.family}: {case.line().rstrip()}: expected {case.answer()}, got {got}"
                )
    if code or messages:
        failed += 1
        print(f"  {language.title}: exit {code}: {messages[:2000]}")
    refused = sum(case.expected is None for case in cases)
    print(f"count receivers {language.name} ran={len(cases)} refused={refused} failed={failed}")
    return failed


def prove(language: Language, cases: list[Case | Body]) -> int:
    """Prints what each missing check lets happen and returns how many nobody would miss."""
    caught = failed = 0
    source = (FOLDER / language.file).read_text()
    for trap, mutant, folder in mutants(language, source, BUILD / language.name / "mutants"):
        found = effect(language, trap, mutant, folder, cases)
        print(
            f"  {language.title} without {folder.name}: {found or f'NOTHING HAPPENS, expected: {mutant.effect}'}"
        )
        caught, failed = caught + bool(found), failed + (not found)
    print(f"count receivers_unchecked {language.name} ran={caught + failed} refused={caught} failed={failed}")
    return failed + (caught == 0)


def effect(
    language: Language, trap: str, mutant: Mutant, folder: Path, cases: list[Case | Body]
) -> str | None:
    """What the mutant does, in words, if it is what was expected of it."""
    answers, code, _ = ask(language, folder, cases)
    wrong = [(case, got) for case, got in zip(cases, answers, strict=False) if got != case.answer()]
    match mutant.effect:
        case "accepts":
            accepted = (case.family for case, _ in wrong if case.expected is None)
            families = Counter(family for family in accepted if family.startswith(f"{trap}/"))
            listed = ", ".join(f"{family} {count}" for family, count in families.items())
            return f"{families.total()} forged values accepted ({listed})" if families else None
        case "spoils":
            spoiled = sum(case.family.startswith("genuine/") for case, _ in wrong)
            return f"{spoiled} genuine values lost" if spoiled else None
        case "crashes":
            return f"the program ends (exit {code})" if code and len(answers) < len(cases) else None
    raise AssertionError(mutant.effect)


def main() -> int:
    chosen = os.environ.get("RECEIVERS", "").split() or [language.name for language in LANGUAGES]
    if unknown := set(chosen) - {language.name for language in LANGUAGES}:
        raise SystemExit(f"RECEIVERS names {sorted(unknown)}, which is nobody")
    ours = genuine(Path(sys.argv[1]), random.Random(1))
    others = [*forged(ours, random.Random(2)), *bodies(ours, random.Random(3))]
    families = Counter(case.family for case in ours + others)
    listed = ", ".join(f"{name} {count}" for name, count in families.items())
    print(f"{len(ours)} genuine values, {len(others)} forged ones: {listed}")
    if len(ours) < LEAST_GENUINE or sum(case.expected is None for case in others) < LEAST_FORGED:
        raise SystemExit("too few cases")

    failures, ran = 0, []
    if not is_current():
        print("examples/receivers/README.md: the table is stale, run python scripts/receivers/table.py")
        failures += 1
    for language in LANGUAGES:
        if language.name not in chosen:
            print(f"NOT CHOSEN: {language.title} (RECEIVERS={os.environ['RECEIVERS']})")
        elif not language.is_there():
            print(f"MISSING: {language.title}: install {language.package}, or choose others with RECEIVERS=")
            print(f"count receivers {language.name} ran=0 refused=0 failed=1")
            failures += 1
        else:
            cases = [case for case in ours + others if case.family.split("/")[0] not in language.cannot]
            failures += check(language, cases) + prove(language, cases)
            ran.append(language.title)
    print("receivers ran in:", ", ".join(ran) or "no language")
    return 1 if failures or not ran else 0


sys.exit(main())
