"""The table of targets, and the names of the artifacts that a release has of each."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION: str = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]
SOVERSION = VERSION.rpartition(".")[0] if VERSION.startswith("0.") else VERSION.partition(".")[0]


@dataclass(frozen=True)
class Target:
    triple: str
    glibc: tuple[int, ...]
    wheel: str
    node: str
    debian: str

    @property
    def arch(self) -> str:
        return self.triple.partition("-")[0]

    @property
    def libc(self) -> str:
        return self.triple.rpartition("-")[2]


def targets() -> list[Target]:
    """All of them, or those in TARGETS."""
    lines = (Path(__file__).parent / "targets.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    named = os.environ.get("TARGETS", "").split() or [row[0] for row in rows]
    found = [
        Target(row[0], () if row[1] == "-" else tuple(map(int, row[1].split("."))), *row[2:])
        for row in rows
        if row[0] in named
    ]
    if len(found) != len(named):
        raise SystemExit(f"no such target among {named}")
    return found


def artifacts() -> dict[str, Target | None]:
    """File names, with the target whose machine code is in the file."""
    names: dict[str, Target | None] = {f"callback-profile-{VERSION}.tgz": None}
    for target in targets():
        of_target = [
            f"callback-profile-c-{VERSION}-{target.triple}.tar.gz",
            f"cbp-{VERSION}-{target.triple}.tar.gz",
            f"callback_profile-{VERSION}-cp310-abi3-{target.wheel}_{target.arch}.whl",
            f"callback-profile-{target.node}-{VERSION}.tgz",
        ]
        if target.debian != "-":
            packages = (f"libcallback-profile{SOVERSION}", "libcallback-profile-dev", "cbp")
            of_target += [f"{package}_{VERSION}-1_{target.debian}.deb" for package in packages]
        names.update(dict.fromkeys(of_target, target))
    return names
