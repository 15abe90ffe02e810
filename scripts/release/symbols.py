#!/usr/bin/env python3
"""Whether a library that cannot be run here could be loaded: symbols.py TRIPLE LIBC PATTERN LIBRARY

Each symbol that it does not define is defined by that libc, or is one that its host has, by the pattern."""

import re
import subprocess
import sys


def symbols(file: str, which: str) -> set[str]:
    lines = subprocess.run(
        ["nm", "-D", which, file], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # `w` needs no definition.
    return {line.split()[-1] for line in lines if line.split()[-2] != "w"}


def main() -> int:
    triple, libc, pattern, library = sys.argv[1:]
    undefined = symbols(library, "--undefined-only")
    of_host = {name for name in undefined if re.match(pattern, name)}
    of_libc = undefined & symbols(libc, "--defined-only")
    print(
        f"count release-symbols {triple} host={len(of_host)} libc={len(of_libc)} missing={len(undefined - of_host - of_libc)}"
    )
    print(*sorted(undefined - of_host - of_libc), sep="\n", end="")
    return undefined != of_host | of_libc or not of_host or not of_libc


sys.exit(main())
