#!/usr/bin/env python3
"""The chapters of README.md with code are what their programs are and print: test_readme.py ROOT FOLDER

Each code block of a chapter is a part of the chapter's example in its language, and the programs in FOLDER print the blocks of text,
one chapter after the other."""

import pathlib
import re
import subprocess
import sys
import textwrap

root, programs = (pathlib.Path(argument) for argument in sys.argv[1:])
CHAPTERS = {"Why does it not open?": "diagnose", "Signing": "sealed", "Sealed callbacks": "sealed", "Changing a key": "sealed"}
folder = root / "bindings/c"
readme = (folder / "README.md").read_text("utf-8")
failed = ran = 0
printed = dict.fromkeys(CHAPTERS.values(), "")


def check(right: bool, what: str) -> None:
    global failed, ran
    ran += 1
    if not right:
        failed += 1
        print(f"FAILED readme: {what}")


for title, name in CHAPTERS.items():
    chapter = re.search(rf"^## {re.escape(title)}\n(.*?)^## ", readme, re.M | re.S)[1]
    blocks = dict(re.findall(r"^```(c|cpp|text)\n(.*?)^```", chapter, re.M | re.S))
    for language in ("c", "cpp"):
        example = (folder / f"examples/{name}.{language}").read_text("utf-8")
        block = textwrap.indent(blocks[language], "    ")
        check(block in example, f"{title}: the {language} block is not in examples/{name}.{language}")
    printed[name] += blocks["text"]
for name, text in printed.items():
    for program in (name, f"{name}_cpp"):
        done = subprocess.run([programs / program], capture_output=True, text=True)
        check(done.returncode == 0 and done.stdout == text, f"{program} prints {done.stdout!r} {done.stderr!r}")
print(f"count readme c ran={ran} refused=0 failed={failed}")
sys.exit(1 if failed or ran != 12 else 0)
