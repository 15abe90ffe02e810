"""A process has one interpreter that may import the package: others are refused, and the first one keeps working."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import callback_profile

FOLDER = str(Path(callback_profile.__file__ or "").parents[1])

PRELUDE = f"""
import sys
try:
    import _interpreters as interpreters
    created = interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    created = interpreters.create(isolated=False)

PATH = "import sys; sys.path.insert(0, {FOLDER!r})"
exec(PATH)

def in_second(code):
    failure = None
    try:
        failure = interpreters.run_string(created, PATH + code)
    except Exception as error:
        failure = error
    if failure is not None:
        print("second:", getattr(failure, "formatted", failure))
"""

USE = """
from callback_profile import Profile, ProfileError
try:
    Profile.parse("{")
except ProfileError as error:
    print(error.code)
"""

REFUSED = "callback_profile works in one interpreter of a process, and another one imported it first"


def ran(code: str) -> list[str]:
    """The lines that the code prints after the prelude."""
    command = [sys.executable, "-c", PRELUDE + code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_second_interpreter_is_refused() -> None:
    lines = ran(f"{USE}\nin_second({USE!r})\ninterpreters.destroy(created)\n{USE}")
    assert len(lines) == 3
    assert lines[0] == lines[2] == "invalid_profile"
    assert lines[1].startswith("second:") and "ImportError" in lines[1] and REFUSED in lines[1]


def test_the_others_stay_refused_when_the_first_one_has_ended() -> None:
    lines = ran(f"""
in_second({USE!r})
interpreters.destroy(created)
for _ in range(3):
    try:
        import callback_profile
    except ImportError as error:
        print(error)
""")
    assert lines[0] == "invalid_profile"
    assert len(lines) == 4 and all(line.startswith(REFUSED) for line in lines[1:])
