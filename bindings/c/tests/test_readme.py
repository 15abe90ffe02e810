#!/usr/bin/env python3
"""The chapters of README.md with code are what their programs are and print: test_readme.py ROOT FOLDER

Each code block of a chapter is a part of the chapter's example in its language, and the programs in FOLDER print the blocks of text,
one chapter after the other. The other blocks, of the shell and of CMake, are run by test_install.sh."""

import pathlib
import re
import subprocess
import sys
import textwrap

root, programs = (pathlib.Path(argument) for argument in sys.argv[1:])
CHAPTERS = {"Register": "guide", "Store": "guide", "Send": "guide", "Receive": "guide", "Signing": "sealed", "Sealed callbacks": "sealed",
            "Changing a key": "sealed", "Why does it not open?": "diagnose"}
OTHERS = ["sh", "sh", "cmake", "sh"]  # in their order
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
    found = re.findall(r"^```(\w*)\n(.*?)^```", chapter, re.M | re.S)
    check([language for language, _ in found] == ["c", "cpp", "text"], f"{title} has other blocks")
    blocks = dict(found)
    for language in ("c", "cpp"):
        example = (folder / f"examples/{name}.{language}").read_text("utf-8")
        block = textwrap.indent(blocks[language], "    ")
        check(block in example, f"{title}: the {language} block is not in examples/{name}.{language}")
    printed[name] += blocks["text"]
for name, text in printed.items():
    for program in (name, f"{name}_cpp"):
        done = subprocess.run([programs / program], capture_output=True, text=True)
        check(done.returncode == 0 and done.stdout == text, f"{program} prints {done.stdout!r} {done.stderr!r}")
others = [language for language in re.findall(r"^```(\w+)$", readme, re.M) if language not in ("c", "cpp", "text")]
check(others == OTHERS and readme.count("```") == 2 * (3 * len(CHAPTERS) + len(OTHERS)), f"blocks that nothing runs: {others}")
print(f"count readme c ran={ran} refused=0 failed={failed}")
sys.exit(1 if failed or ran != 31 else 0)
