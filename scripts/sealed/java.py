"""Java's programs without one of their checks, compiled by one run of javac: each run by itself takes a second."""

import subprocess
from dataclasses import replace


def built(language, folder, places):
    """For each place the language as it is run there. A package of its own keeps the classes apart."""
    if language.name != "java":
        return [language] * len(places)
    sources, languages, classes = [], [], folder / "classes"
    for number, place in enumerate(places):
        source = place / f"m{number}" / language.file
        source.parent.mkdir(exist_ok=True)
        source.write_text(f"package m{number}; {(place / language.file).read_text()}")
        sources.append(source)
        *start, path, name = language.run
        run = [*start, path.replace("{folder}", str(classes)), f"m{number}.{name}"]
        languages.append(replace(language, compile=[], run=run))
    command = [part.format(folder=classes, file="") for part in language.compile]
    done = subprocess.run([*filter(None, command), *sources], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{language.title}: {done.stderr}")
    return languages
