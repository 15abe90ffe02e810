"""Receivers without one of their checks, to prove that it is needed."""

import re
from pathlib import Path

from languages import Language, Mutant

MARK = re.compile(r"(?:#|//) trap: ([a-z0-9 ]+)$")


def marked(source: str) -> dict[str, list[int]]:
    """The lines (from 1) that are marked with each trap."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if mark := MARK.search(line):
            for trap in mark[1].split():
                places.setdefault(trap, []).append(number)
    return places


def mutate(source: str, number: int, mutant: Mutant) -> str:
    """The source with the line changed, or taken out with the block that it opens."""
    lines = source.splitlines(keepends=True)
    line = lines[number - 1]
    if mutant.old:
        assert line.count(mutant.old) == 1, f"line {number} has not one {mutant.old!r}: {line}"
        lines[number - 1] = line.replace(mutant.old, mutant.new)
        return "".join(lines)
    code, end, depth = MARK.sub("", line).split("//")[0].rstrip(), number, len(line) - len(line.lstrip())
    if code.endswith(("{", ":")):
        while len(lines[end]) - len(lines[end].lstrip()) > depth:
            end += 1
        end += code.endswith("{")
    return "".join(lines[: number - 1] + lines[end:])


def mutants(language: Language, source: str, folder: Path) -> list[tuple[str, Mutant, Path]]:
    """Writes every mutant into a folder of its own. Each mark has one, and each mutant a mark."""
    places, out = marked(source), []
    expected = {trap: len(how) for trap, how in language.traps.items() if not isinstance(how, str)}
    found = {trap: len(numbers) for trap, numbers in places.items()}
    assert found == expected, f"{language.file}: marks and mutants differ"
    for trap, numbers in places.items():
        for number, mutant in zip(numbers, language.traps[trap], strict=True):
            place = folder / f"{trap}-{number}"
            place.mkdir(parents=True, exist_ok=True)
            (place / language.file).write_text(mutate(source, number, mutant))
            out.append((trap, mutant, place))
    return out
