"""The tables of examples/receivers/sealed/README.md: which line closes which trap, or why none is needed.

Run alone it writes them.
"""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "receivers"))

from strangers import SEALED, SIGNATURE, SIGNATURE_TRAPS, TRAPS
from table import table

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "examples" / "receivers" / "sealed"
README = FOLDER / "README.md"
END = "<!-- end of table -->\n"


def written(text):
    """The README with its tables as they should be."""
    for name, languages, traps in (("sealed", SEALED, TRAPS), ("signature", SIGNATURE, SIGNATURE_TRAPS)):
        begin = f"<!-- table {name}: written by scripts/sealed/tables.py -->\n"
        before, rest = text.split(begin)
        text = before + begin + table(FOLDER, languages, traps) + END + rest.split(END, 1)[1]
    return text


def are_current():
    return README.read_text() == written(README.read_text())


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
