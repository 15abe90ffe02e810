"""The counts of the shared cases and of the tests, printed in the summary."""

from __future__ import annotations

import os
import sys
import tempfile

import pytest
from hypothesis import settings
from support import COUNTS, ROOT

# The examples are modules, and keep what they received in a file.
sys.path.insert(0, str(ROOT / "examples/python"))
FOLDER = tempfile.TemporaryDirectory()
os.environ["DATABASE"] = f"{FOLDER.name}/received.sqlite3"

settings.register_profile("here", database=None, deadline=None, derandomize=True, max_examples=200)
settings.load_profile("here")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes = {name: len(terminalreporter.stats.get(name, [])) for name in ("passed", "failed", "error")}
    failed = outcomes["failed"] + outcomes["error"]
    COUNTS.append(f"count tests python ran={outcomes['passed'] + failed} refused=0 failed={failed}")
    for line in COUNTS:
        terminalreporter.write_line(line)
