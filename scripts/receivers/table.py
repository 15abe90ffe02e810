"""The table of examples/receivers/README.md: which line closes which trap, or why none is needed."""

import sys
from pathlib import Path

from languages import LANGUAGES, TRAPS, Language
from mutants import marked

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "receivers"
README = FOLDER / "README.md"
BEGIN, END = "<!-- table: written by scripts/receivers/table.py -->\n", "<!-- end of table -->\n"


def table(folder: Path = FOLDER, languages: list[Language] = LANGUAGES, traps: dict[str, str] = TRAPS) -> str:
    places = {language.name: marked((folder / language.file).read_text()) for language in languages}
    titles = [f"[{language.title}]({language.file})" for language in languages]
    rows = [
        ["what is checked", *titles],
        ["---"] * (len(languages) + 1),
        ["uses", *(language.uses for language in languages)],
    ]
    for trap, words in traps.items():
        cells = []
        for language in languages:
            how, lines = language.traps[trap], places[language.name].get(trap, [])
            cells.append(how if isinstance(how, str) else "line " + ", ".join(map(str, lines)))
        rows.append([f"`{trap}`: {words}", *cells])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def is_current() -> bool:
    return BEGIN + table() + END in README.read_text()


if __name__ == "__main__":
    before, rest = README.read_text().split(BEGIN)
    README.write_text(before + BEGIN + table() + END + rest.split(END)[1])
    sys.exit(0)
