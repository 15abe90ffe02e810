#!/usr/bin/env python3
"""The chapter "Why does it not open?" of README.md is what its programs are and print: test_readme.py ROOT PROGRAM_C PROGRAM_CPP

Each code block is a part of the example in its language, and both programs print the block of text."""

import pathlib
import re
import subprocess
import sys
import textwrap

root, *programs = sys.argv[1:]
folder = pathlib.Path(root) / "bindings/c"
chapter = re.search(r"^## Why does it not open\?\n(.*?)^## ", (folder / "README.md").read_text("utf-8"), re.M | re.S)[1]
blocks = dict(re.findall(r"^```(c|cpp|text)\n(.*?)^```", chapter, re.M | re.S))
failed = ran = 0


def check(right: bool, what: str) -> None:
    global failed, ran
    ran += 1
    if not right:
        failed += 1
        print(f"FAILED readme: {what}")


for language in ("c", "cpp"):
    example = (folder / f"examples/diagnose.{language}").read_text("utf-8")
    check(textwrap.indent(blocks[language], "    ") in example, f"the {language} block is not in examples/diagnose.{language}")
for program in programs:
    done = subprocess.run([program], capture_output=True, text=True)
    check(done.returncode == 0 and done.stdout == blocks["text"], f"{program} prints {done.stdout!r} {done.stderr!r}")
print(f"count readme c ran={ran} refused=0 failed={failed}")
sys.exit(1 if failed or ran != 4 else 0)
