"""What the documents say of the code: the table of modules, where each file is, which tests and cases show a claim."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ARCHITECTURE = "ARCHITECTURE.md"
# The documents that name tests.
NAMING_TESTS = ("SECURITY.md", "TESTING.md", "CONTRIBUTING.md")
# Files without a subject of their own: what a folder hands on, and what only tests use.
WITHOUT_SUBJECT = re.compile(r"mod\.rs|(.+_)?tests?\.rs|test_support\.rs|oracle\.rs")
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
# Names as long as a sentence are those of tests; shorter ones after a file are too, others can be codes.
SENTENCE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+){3,}")
# A text in backticks or quotes.
QUOTED = re.compile(r"`([^`]+)`|\"([^\"]+)\"")
# What may be between a file and the names in it.
BETWEEN = re.compile(r"[\s,;(]*(?:and[\s]+)?(?:its neighbours,[\s]+)?")


def section(root: Path, title: str) -> str:
    """A section of ARCHITECTURE.md."""
    text = (root / ARCHITECTURE).read_text()
    return re.split(r"^## ", text.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.M)[0]


def modules(root: Path) -> dict[str, set[str]]:
    """The table of modules: what each uses, in the order of the rows. `lib`, which uses all, is left out."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", section(root, "Modules"), re.M)
    return {name: set(re.findall(r"`(\w+)`", used)) for name, used in rows if name != "lib"}


def module_problems(root: Path, arrows: dict[str, list[str]], table_name: str) -> Iterator[str]:
    """Where the table of the document is not the one that the code is compared with."""
    rows = modules(root)
    for name in sorted(rows.keys() | arrows.keys()):
        if name not in rows or name not in arrows:
            yield f"{ARCHITECTURE}: module {name} is in only one of its table and {table_name}"
        elif rows[name] != set(arrows[name]):
            other = ", ".join(sorted(rows[name] ^ set(arrows[name])))
            yield f"{ARCHITECTURE}: the row of {name} differs from {table_name} in {other}"
    above: set[str] = set()
    for name, used in rows.items():
        if lower := sorted(used - above):
            yield f"{ARCHITECTURE}: the row of {name} uses {', '.join(lower)}, which is not above it"
        above.add(name)


def place_problems(root: Path) -> Iterator[str]:
    """Files of the core that "Where to start" does not lead to, and files in it that are not there."""
    listed = set()
    for row in section(root, "Where to start").splitlines():
        folder = Path()
        for name in re.findall(r"`([\w./]+(?:\.rs|/))`", row):
            path = Path(name) if "/" in name and (root / name).exists() else folder / name
            folder = path if name.endswith("/") else path.parent
            listed.add(str(path))
            if not (root / path).exists():
                yield f"{ARCHITECTURE}: {path} is not there"
    for file in sorted((root / "src").rglob("*.rs")):
        name = str(file.relative_to(root))
        if name not in listed and not WITHOUT_SUBJECT.fullmatch(file.name):
            yield f'{ARCHITECTURE}: "Where to start" does not lead to {name}'


def test_problems(root: Path) -> Iterator[str]:
    """Tests and cases that a document names and that are not there."""
    for document in NAMING_TESTS:
        text = (root / document).read_text()
        end, file = 0, None
        for found in QUOTED.finditer(text):
            in_backticks, in_quotes = found.groups()
            line = f"{document}:{1 + text[: found.start()].count(chr(10))}"
            if not BETWEEN.fullmatch(text[end : found.start()]):
                file = None
            end = found.end()
            if in_backticks and re.fullmatch(r"[\w./]+\.(?:rs|py|mjs|json)", in_backticks):
                file = root / in_backticks
            elif in_backticks and NAME.fullmatch(in_backticks):
                is_of_file = file is not None and file.suffix in (".rs", ".py") and file.is_file()
                if is_of_file and in_backticks not in defined_in(file):
                    yield f"{line}: names {in_backticks}, which {file.relative_to(root)} does not have"
                elif SENTENCE.fullmatch(in_backticks) and in_backticks not in known_names(root):
                    yield f"{line}: names {in_backticks}, which is not there"
            elif in_quotes and file is not None and file.is_file():
                name = " ".join(in_quotes.split())
                if name not in cases_of(file):
                    yield f'{line}: names "{name}", which {file.relative_to(root)} does not have'


def defined_in(file: Path) -> set[str]:
    """The functions of a file."""
    return set(re.findall(r"\b(?:fn|def) (\w+)", file.read_text()))


@cache
def known_names(root: Path) -> set[str]:
    """All functions of Rust and Python, and all names that are texts in the core, such as codes."""
    names: set[str] = set()
    for folder in ("src", "tests", "bindings", "fuzz", "scripts"):
        for suffix in ("rs", "py"):
            for file in (root / folder).rglob(f"*.{suffix}"):
                if not {"target", "node_modules", "build"} & set(file.parts):
                    names |= defined_in(file)
                    if folder == "src":
                        names |= set(re.findall(r'"(\w+)"', file.read_text()))
    return names


def cases_of(file: Path) -> set[str]:
    """The names of the cases of a file of testdata/, or of a file's tests in JavaScript."""
    if file.suffix == ".json":
        return {case["name"] for case in json.loads(file.read_text()) if "name" in case}
    return {name for _, name in re.findall(r"\b(?:test|it)\((['\"`])(.*?)\1", file.read_text())}
