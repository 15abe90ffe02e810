"""The links between documents lead somewhere: to a file, and to a heading in it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import paths

LINK = re.compile(r"\[[^\]\n]*\]\(([^()\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.M)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:")


def problems(root: Path) -> Iterator[str]:
    for file in paths.texts(root):
        if file.suffix == ".md":
            for target in LINK.findall(FENCE.sub("", file.read_text(encoding="utf-8"))):
                if not ADDRESS.match(target) and not leads_somewhere(file, target):
                    yield f"{file.relative_to(root)}: links to {target}, which is not there"


def leads_somewhere(file: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    to = file.parent / path if path else file
    return to.exists() and (not anchor or anchor in anchors(to))


@cache
def anchors(file: Path) -> frozenset[str]:
    """The anchors of a document's headings as GitHub spells them."""
    text = FENCE.sub("", file.read_text(encoding="utf-8"))
    spelled = (
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)
    )
    return frozenset(spelled)
