"""The code of the README and of the package's docstring runs."""

from __future__ import annotations

import doctest
import re
from typing import Any

import callback_profile
from support import ROOT


def blocks(text: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_readme_runs() -> None:
    code = blocks((ROOT / "bindings/python/README.md").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for block in code:
        exec(compile(block, "README.md", "exec"), names)
    assert len(code) >= 5


def test_the_docstrings_run() -> None:
    result = doctest.testmod(callback_profile)
    assert result.attempted >= 5 and result.failed == 0


def test_the_docstring_and_the_readme_name_every_public_name() -> None:
    readme = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    named_elsewhere = {"Advisory", "Callback", "Message", "Status", "Violation", "__version__"}
    for name in set(callback_profile.__all__) - named_elsewhere:
        assert name in readme, name
