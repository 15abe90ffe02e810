"""How long the functions are that somebody copies: at most 25 lines to open, 15 to verify."""

import tables

OPEN, VERIFY = 25, 15
# How the line begins that the function begins with.
STARTS = {
    "sealed.php": "function open_sealed(",
    "Sealed.java": "static JsonNode open(",
    "sealed.go": "func Open(",
    "sealed.rb": "def open_sealed(",
    "sealed.py": "def open_sealed(",
    "sealed.mjs": "function openSealed(",
    "signature.php": "function verify(",
    "Signature.java": "static String[] verify(",
    "signature.go": "func Verify(",
    "signature.rb": "def verify(",
    "signature.py": "def verify(",
    "signature.mjs": "function verify(",
}


def length(source, start):
    """The lines of a function, from its name to what ends it: the first line that is not indented more than its name."""
    lines = source.splitlines()
    first = next(number for number, line in enumerate(lines) if line.lstrip().startswith(start))
    depth = len(lines[first]) - len(lines[first].lstrip())
    end = first + 1
    while (
        not lines[end].strip()
        or len(lines[end]) - len(lines[end].lstrip()) > depth
        or lines[end].strip() in ("{", "rescue")
    ):
        end += 1
    if lines[end].startswith("rescue"):
        end = lines.index("end", end)
    has_end = lines[end].strip() in ("}", "end")
    body = lines[first : end + has_end]
    while not body[-1].strip():
        body.pop()
    return len(body)


def too_long():
    """The functions that are longer than they may be."""
    for file, start in STARTS.items():
        found = length((tables.FOLDER / file).read_text(), start)
        most = OPEN if file.lower().startswith("sealed") else VERIFY
        if found > most:
            yield f"{file}: {start.strip('(')} has {found} lines, at most {most}"
