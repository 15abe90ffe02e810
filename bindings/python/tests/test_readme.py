"""The code of the README and of the package's docstring runs."""

from __future__ import annotations

import doctest
import re
from typing import Any

import callback_profile
from support import ROOT, code_blocks, run_block


def test_the_readme_runs() -> None:
    code = code_blocks("bindings/python/README.md")
    names: dict[str, Any] = {"__name__": "readme"}
    for block in code:
        run_block(block, names)
    assert len(code) >= 25


def test_the_guide_is_in_the_order_of_a_day() -> None:
    readme = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    headings = re.findall("^## (.*)$", readme, re.MULTILINE)
    order = ["Quick start", "Register", "Store", "Fill and send", "Signing", "Sealed callbacks", "Receive"]
    order += ["Changing a key", "Why does it not open?", "Errors"]
    assert headings[: len(order)] == order
    anchors = {re.sub("[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", readme))
    assert linked <= anchors and len(linked) >= 8


def test_the_docstrings_run() -> None:
    result = doctest.testmod(callback_profile)
    assert result.attempted >= 5 and result.failed == 0


def test_the_docstring_and_the_readme_name_every_public_name() -> None:
    readme = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    named_elsewhere = {"Advisory", "Callback", "Message", "Status", "Violation", "__version__"}
    for name in set(callback_profile.__all__) - named_elsewhere:
        assert name in readme, name


def test_the_tests_that_the_readme_names_exist() -> None:
    readme = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bindings/python/tests").glob("test_*.py")
    )
    named = set(re.findall(r"`(test_\w+)`", readme))
    assert {name for name in named if f"\ndef {name}(" not in tests} == set()
    assert len(named) >= 15
    for path in re.findall(r"`(tests/\w+\.rs)`", readme):
        assert (ROOT / path).exists()
