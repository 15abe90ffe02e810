"""Runs the senders of this folder, programs that make the mistakes of their language's users.

    run.py FILE            writes their texts as cases of testdata/diagnosis.json
    run.py --keep          puts them into testdata/diagnosis.json, instead of those of the last time

Keys, IVs and values follow from the number SEED, so that a run can be repeated; only the IVs that the programs draw
themselves are new each time. RECEIVERS chooses languages ("php go"); without it all must be there.
"""

import base64
import dataclasses
import json
import os
import random
import shutil
import string
import subprocess
import sys
from pathlib import Path

from languages import LANGUAGES

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
CASES = ROOT / "testdata/diagnosis.json"
ALGORITHMS = [f"AES-{bits}-{mode}" for bits in (128, 192, 256) for mode in ("GCM", "CFB")]
LETTERS = string.ascii_letters + string.digits
SEED = os.environ.get("SEED", "20261126")
WORDS = [
    "order",
    "paid",
    "sent",
    "queued",
    "Berlin",
    "Paris",
    "invoice",
    "parcel",
    "Friday",
    "morning",
    "seen",
]
# How many texts each language has of the six algorithms.
TEXTS = {"php": 74, "java": 67, "go": 66, "ruby": 66, "python": 75, "node": 75, "openssl": 45}
# What the texts' look alone shows.
SPELLING = {"raw_bytes", "foreign_container"}


def letters(rng, count):
    return "".join(rng.choices(LETTERS, k=count))


def value(rng):
    """ASCII of a length whose base64 has padding and of more than two blocks, some of whose words are random."""
    text = " ".join(rng.choices(WORDS, k=5)) + f" {letters(rng, 12)}"
    return text + "." * ((1 - len(text)) % 3)


def senders():
    """Name, title and what starts it."""
    for language in LANGUAGES:
        file = language.file.replace("receiver", "sender").replace("Receiver", "Sender")
        run = [part.replace("Receiver", "Sender") for part in language.run]
        sender = dataclasses.replace(language, file=file, run=run)
        yield sender.name, sender.needs, lambda lines, sender=sender: started(sender, lines)
    script = [str(FOLDER / "sender.sh")]
    yield (
        "openssl",
        "openssl",
        lambda lines: subprocess.run(script, input=lines, capture_output=True, timeout=120),
    )


def started(language, lines):
    folder = ROOT / "build/diagnosis" / language.name
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / language.file, folder)
    return language.start(folder, lines)


def cases_of(name, start):
    rng = random.Random(f"{SEED} {name}")
    profiles = [
        (algorithm, letters(rng, int(algorithm[4:7]) // 8), letters(rng, 16), value(rng))
        for algorithm in ALGORITHMS
    ]
    done = start("".join("\t".join(profile) + "\n" for profile in profiles).encode())
    if done.returncode or done.stderr:
        raise SystemExit(f"{name}: exit {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}")
    answers = [line.split("\t") for line in done.stdout.decode().splitlines()]
    if len(answers) != TEXTS[name]:
        raise SystemExit(f"{name}: {len(answers)} texts, not {TEXTS[name]}")
    for line, causes, what, text in answers:
        algorithm, key, iv, plaintext = profiles[int(line)]
        causes = causes.split(",")
        case = {
            "name": f"{name}: {what}, {algorithm}",
            "enc": {"algo": algorithm, "key": key, "IV": iv},
            "texts": [base64.b64decode(text).decode()],
            "causes": causes,
            "made_by": name,
            "reason": causes[0],
        }
        # Without the value an IV in front looks the same.
        yield {**case, "causes": [*causes, "iv_in_text"]} if causes == ["iv_unknown"] else case
        with_value = {**case, "name": f"{case['name']}, with the value", "expected": [plaintext]}
        if len(causes) == 1 and causes[0] not in SPELLING:
            with_value["grade"] = "proved"
        yield with_value


def main():
    chosen = os.environ.get("RECEIVERS", "").split() or list(TEXTS)
    cases = []
    for name, needs, start in senders():
        if name not in chosen:
            print(f"NOT CHOSEN: {name}")
        elif shutil.which(needs) is None:
            raise SystemExit(f"MISSING: {name}: install {needs}, or choose others with RECEIVERS=")
        else:
            cases += cases_of(name, start)
            print(f"texts of {name}: {TEXTS[name]}")
    if sys.argv[1:] == ["--keep"]:
        if missing := set(TEXTS) - set(chosen):
            raise SystemExit(f"only some languages: {missing} would be lost")
        own = [case for case in json.loads(CASES.read_text("utf-8")) if "made_by" not in case]
        CASES.write_text(json.dumps(own + cases, ensure_ascii=False), "utf-8")
    else:
        Path(sys.argv[1]).write_text(json.dumps(cases, ensure_ascii=False), "utf-8")


main()
