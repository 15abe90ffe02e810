"""`python -m callback_profile` is the `cbp` command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from callback_profile import Profile, schema
from support import KEY, RECORD, payload


def cbp(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "callback_profile", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=60)


def test_it_is_the_command(tmp_path: Path) -> None:
    version = cbp("--version")
    assert (version.returncode, version.stdout.split()[0]) == (0, "cbp")
    assert json.loads(cbp("schema").stdout) == schema()
    good, record = tmp_path / "profile.json", tmp_path / "record.json"
    good.write_text(json.dumps(payload()), encoding="utf-8")
    record.write_text(json.dumps(RECORD), encoding="utf-8")
    assert cbp("validate", str(good)).returncode == 0
    message = cbp("message", str(good), str(record))
    assert (message.returncode, message.stdout.rstrip("\n")) == (0, "Thank you, John")
    body = Profile.parse(payload()).callback(RECORD).body
    assert body is not None and body in cbp("callback", str(good), str(record)).stdout


def test_its_exit_codes_and_its_silence_about_keys() -> None:
    refused = cbp("validate", "-", stdin=json.dumps(payload(title=1)))
    assert refused.returncode == 1
    assert "body/title must be string" in refused.stdout + refused.stderr
    assert KEY not in refused.stdout + refused.stderr
    assert cbp("nonsense").returncode == 2
