"""The counts of the shared cases, printed in the summary."""

from __future__ import annotations

import pytest
from hypothesis import settings
from support import COUNTS

settings.register_profile("here", database=None, deadline=None, max_examples=200)
settings.load_profile("here")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in COUNTS:
        terminalreporter.write_line(line)
