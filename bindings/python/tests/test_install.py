"""The wheel itself."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import callback_profile
import pytest
from support import ROOT


@pytest.mark.skipif("CALLBACK_PROFILE_INSTALLED" not in os.environ, reason="runs on the installed wheel only")
def test_the_installed_package_is_tested() -> None:
    assert callback_profile.__file__ is not None
    package = Path(callback_profile.__file__).parent
    assert package.is_relative_to(sys.prefix) and package.parent.name == "site-packages"
    assert {"py.typed", "_native.pyi", "_native.abi3.so"} <= {path.name for path in package.iterdir()}
    metadata = importlib.metadata.metadata("callback-profile")
    assert metadata["Version"] == callback_profile.__version__
    assert not importlib.metadata.requires("callback-profile")
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        [licence] = [file for file in importlib.metadata.files("callback-profile") or [] if file.name == name]
        assert licence.read_text() == (ROOT / name).read_text(encoding="utf-8")
    classifiers = metadata.get_all("Classifier") or []
    assert {name for name in classifiers if name.startswith("Operating System")} == {
        "Operating System :: POSIX :: Linux"
    }
    assert not any("Private" in name or "Free Threading" in name for name in classifiers)


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import sys, callback_profile; print('pydantic' in sys.modules, 'ipaddress' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
