"""Runs the programs of examples/receivers/sealed over testdata/sealed.json and testdata/signature.json.

RECEIVERS chooses languages ("php go"); without it all six must be there. Every answer must be the expected one, what they
seal must open, and every program without one of its marked lines must give a wrong answer. Prints what `make test` counts.
"""

import json
import os
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "receivers"))

import java
import lengths
import made
import tables
from mutants import mutants
from signature_jobs import verify_cases
from stranger_cases import open_cases, opened
from stranger_extras import extra_cases
from strangers import RULES, SEALED, SIGNATURE, SIGNATURE_RULES

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build" / "sealed"


def ask(language, folder, cases):
    """The answers, the exit code and the messages."""
    done = language.start(folder, "".join(case.line() for case in cases).encode())
    answers = done.stdout.decode(errors="replace").removesuffix("\n").split("\n")
    return answers, done.returncode, done.stderr.decode(errors="replace")


def is_right(case, got):
    """Whether this is the expected answer. Opened parameters are compared as JSON."""
    if case.expected is None or got == "refused":
        return case.expected is None and got == "refused"
    if "do" not in case.job:
        return got == f"ok {case.expected}"
    try:
        return opened(got.removeprefix("ok ")) == opened(case.expected)
    except ValueError:
        return False


def whole(language):
    """The program as it is, in a folder where it is built."""
    folder = BUILD / language.file / "whole"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / language.file).write_text((tables.FOLDER / language.file).read_text())
    return folder


def check(suite, language, cases):
    """Prints the count of a program and returns its failures."""
    answers, code, messages = ask(language, whole(language), cases)
    failed = abs(len(cases) - len(answers))
    for case, got in zip(cases, answers, strict=False):
        if not is_right(case, got):
            failed += 1
            if failed <= 5:
                print(f"  {language.title}: {case.name}: expected {case.expected}, got {got}")
    if code or messages:
        failed += 1
        print(f"  {language.title}: exit {code}: {messages[:2000]}")
    refused = sum(case.expected is None for case in cases)
    print(f"count {suite} {language.name} ran={len(cases)} refused={refused} failed={failed}")
    return failed


def prove(suite, language, cases, rules):
    """Prints what each missing check lets happen and returns how many nobody would miss."""
    source = (tables.FOLDER / language.file).read_text()
    made_of = mutants(language, source, BUILD / language.file / "mutants")
    languages = java.built(language, BUILD / language.file, [place for _, _, place in made_of])
    with ThreadPoolExecutor(2) as pool:
        effects = list(pool.map(lambda built, made: effect(built, *made, cases, rules), languages, made_of))
    for (_, mutant, folder), found in zip(made_of, effects, strict=True):
        what = found or f"NOTHING HAPPENS, expected: {mutant.effect}"
        print(f"  {language.title} without {folder.name}: {what}")
    caught = sum(map(bool, effects))
    failed = len(effects) - caught
    print(f"count {suite}_unchecked {language.name} ran={len(effects)} refused={caught} failed={failed}")
    return failed + (caught == 0)


def effect(language, trap, mutant, folder, cases, rules):
    """What the program without this check does, in words, if it is what was expected of it."""
    answers, code, _ = ask(language, folder, cases)
    if mutant.effect == "crashes":
        return f"the program ends (exit {code})" if code and len(answers) < len(cases) else None
    accepted = [
        case.name
        for case, got in zip(cases, answers, strict=False)
        if case.expected is None and got.startswith("ok") and case.rule in rules[trap]
    ]
    return f"{len(accepted)} accepted, as {accepted[0]!r}" if accepted else None


def main():
    names = [language.name for language in SEALED]
    chosen = os.environ.get("RECEIVERS", "").split() or names
    if unknown := set(chosen) - set(names):
        raise SystemExit(f"RECEIVERS names {sorted(unknown)}, which is nobody")
    cases, left_out = open_cases()
    cases += extra_cases()
    signed = verify_cases()
    for reason, count in left_out.items():
        print(f"  strangers are not asked for {count}: {reason}")
    failures, records = 0, []
    if not tables.are_current():
        print("examples/receivers/sealed/README.md: a table is stale, run python scripts/sealed/tables.py")
        failures += 1
    for problem in lengths.too_long():
        print(f"examples/receivers/sealed/{problem}")
        failures += 1
    for language, verifier in zip(SEALED, SIGNATURE, strict=True):
        if language.name not in chosen:
            print(f"NOT CHOSEN: {language.title} (RECEIVERS={os.environ['RECEIVERS']})")
        elif not language.is_there():
            print(f"MISSING: {language.title}: install {language.package}, or choose others with RECEIVERS=")
            print(f"count sealed_strangers {language.name} ran=0 refused=0 failed=1")
            failures += 1
        else:
            failures += check("sealed_strangers", language, cases)
            failures += prove("sealed_strangers", language, cases, RULES)
            failures += check("signature_strangers", verifier, signed)
            failures += prove("signature_strangers", verifier, signed, SIGNATURE_RULES)
            failed, made_by = made.by_stranger(language, whole(language))
            failures, records = failures + failed, records + made_by
    (BUILD / "made-by-strangers.json").write_text(json.dumps(records, ensure_ascii=False))
    return 1 if failures else 0


sys.exit(main())
