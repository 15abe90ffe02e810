"""The paths that comments and documents name exist."""

import io
import os
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import rust

FOLDERS = "src|tests|scripts|bindings|docs|testdata|fuzz|benches|examples|include|kernels"
# A path begins with one of these folders, and not in the middle of another path or of an address.
PATH = re.compile(rf"(?<![\w./$-])(?:{FOLDERS})/[\w./*<>{{}},-]*")
# What is made or fetched is not read.
SKIPPED = {"target", "build", "dist", "node_modules", ".git", ".tools", ".venv", "__pycache__"}
# Languages with the comments of Rust. That a text in single quotes is not known as one does no harm here.
C_LIKE = re.compile(r"\.(rs|[ch](pp)?|[mc]?[jt]s|go|java|php)")
# Says what was, under the names of then.
HISTORY = "CHANGELOG.md"


def named_paths(root: Path) -> Iterator[tuple[str, str, bool]]:
    """Every path that a comment or a document names: where (`file:line`), the path, and whether it is there."""
    for file in texts(root):
        for line, text in named_in(file):
            for match in PATH.finditer(text):
                path = match[0].rstrip(".,-/<{")
                where = f"{file.relative_to(root)}:{line + text[: match.start()].count(chr(10))}"
                yield where, path, is_there(root, file, path)


def texts(root: Path) -> Iterator[Path]:
    """The files that are read: Rust, Python, scripts, documents and make files."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(set(below) - SKIPPED)
        for name in sorted(names):
            file = Path(folder, name)
            is_known = file.suffix in (".py", ".md", ".mk", ".toml") or name == "Makefile"
            if name != HISTORY and (is_known or C_LIKE.fullmatch(file.suffix) or is_script(file)):
                yield file


def is_script(file: Path) -> bool:
    if file.suffix or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(2) == b"#!"


def named_in(file: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file that may name paths: all of a document, the comments of others. Each with its line."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        yield 1, text
    elif C_LIKE.fullmatch(file.suffix):
        yield from rust.comments(text)
    elif file.suffix == ".py" or text.startswith("#!/usr/bin/env python3"):
        yield from python_comments(text)
    else:
        for number, line in enumerate(text.splitlines(), 1):
            if match := re.search(r"(?:^|\s)#.*", line):
                yield number, match[0]


def python_comments(text: str) -> Iterator[tuple[int, str]]:
    """Comments, and texts that are a statement of their own: the documentation."""
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_statement = before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and is_statement):
            yield token.start[0], token.string
        if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING):
            before = token.type


def is_there(root: Path, file: Path, path: str) -> bool:
    """Whether a path exists, from the root or from a folder above the file. `{a,b}` are both meant, `<name>` is any."""
    return all(any(matches(folder, pattern) for folder in folders(root, file)) for pattern in patterns(path))


@cache
def matches(folder: Path, pattern: str) -> bool:
    return any(folder.glob(pattern)) if "*" in pattern else (folder / pattern).exists()


def patterns(path: str) -> Iterator[str]:
    pieces = re.split(r"\{([^}]*)\}", re.sub(r"<[^>]*>", "*", path))
    choices = [piece.split(",") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    for choice in product(*choices):
        yield "".join(choice)


def folders(root: Path, file: Path) -> Iterator[Path]:
    for folder in file.parents:
        yield folder
        if folder == root:
            return
