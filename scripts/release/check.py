#!/usr/bin/env python3
"""Looks into every artifact of a release without running any: check.py FOLDER

- the artifacts are those of the table of targets, each with its bill of materials and its line in SHA256SUMS;
- no file in them holds a path of this machine;
- each has our licence texts and those of what is linked in;
- libraries and commands are of their machine, need no newer glibc than the table says and nothing that is not on every system;
- the C library exports what bindings/c/exports.txt says, under its SONAME."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import table

ROOT = table.ROOT
NEEDED = {
    "gnu": {
        "libc.so.6",
        "libgcc_s.so.1",
        "libdl.so.2",
        "libpthread.so.0",
        "libm.so.6",
        "ld-linux-x86-64.so.2",
        "ld-linux-aarch64.so.1",
    },
    "musl": {"libc.so"},
}
MACHINES = {"x86_64": "Advanced Micro Devices X86-64", "aarch64": "AArch64"}
problems: list[str] = []


def problem(where: Path | str, what: str) -> None:
    problems.append(f"{where}: {what}")


def forbidden() -> list[bytes]:
    """Paths of this machine, and of any other where somebody builds."""
    own = [
        str(ROOT),
        os.environ.get("CARGO_HOME", str(Path.home() / ".cargo")),
        os.environ.get("RELEASE_TOOLS", str(ROOT)),
    ]
    return [path.encode() for path in [*own, "/.cargo/", "/root/", "/home/", "/work/"]]


def unpacked(artifact: Path, folder: Path) -> Path:
    command = {
        ".gz": ["tar", "-xzf", artifact, "-C", folder],
        ".tgz": ["tar", "-xzf", artifact, "-C", folder],
        ".whl": ["python3", "-m", "zipfile", "-e", artifact, folder],
        ".deb": ["dpkg-deb", "-x", artifact, folder],
    }[artifact.suffix]
    subprocess.run(command, check=True)
    return folder


def files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())


def elf(file: Path) -> str:
    return subprocess.run(
        ["readelf", "-hdVW", "--dyn-syms", file], capture_output=True, text=True, check=True
    ).stdout


def check_binary(where: str, file: Path, target: table.Target) -> str:
    """Machine, glibc and needed libraries; says the newest glibc symbol."""
    text = elf(file)
    if f"Machine:                           {MACHINES[target.arch]}" not in text:
        problem(where, f"is not of {target.arch}")
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", text))
    if extra := needed - NEEDED[target.libc]:
        problem(where, f"needs {', '.join(sorted(extra))}")
    if "(TEXTREL)" in text or "(RPATH)" in text or "(RUNPATH)" in text:
        problem(where, "has text relocations or a search path")
    versions = {tuple(map(int, found.split("."))) for found in re.findall(r"Name: GLIBC_([\d.]+)", text)}
    newest = max(versions, default=())
    if target.libc == "gnu" and not () < newest <= target.glibc:
        problem(where, f"needs glibc {newest}, and not at most {target.glibc}")
    if target.libc == "musl" and versions:
        problem(where, "needs glibc")
    if file.name.startswith("libcallback_profile.so"):
        check_library(where, text)
    return ".".join(map(str, newest)) or "none"


def check_library(where: str, text: str) -> None:
    defined = re.findall(r"(?:FUNC|OBJECT|NOTYPE) +(?:GLOBAL|WEAK) +DEFAULT +(?!UND)\w+ (\S+)", text)
    expected = (ROOT / "bindings/c/exports.txt").read_text().split()
    if sorted(defined) != sorted(expected):
        problem(where, f"exports differ: {sorted(set(defined) ^ set(expected))[:5]}")
    if "SONAME" not in text or f"[libcallback_profile.so.{table.SOVERSION}]" not in text:
        problem(where, f"SONAME is not libcallback_profile.so.{table.SOVERSION}")


def check_artifact(artifact: Path, target: table.Target | None) -> None:
    found: list[str] = []
    texts = ""
    with tempfile.TemporaryDirectory() as folder:
        inside = unpacked(artifact, Path(folder))
        for file in files(inside):
            where = f"{artifact.name}:{file.relative_to(inside)}"
            data = file.read_bytes()
            for path in forbidden():
                if path in data:
                    problem(where, f"holds {path.decode()}")
            if re.match(r"LICENSE-|copyright$", file.name):
                texts += data.decode()
            if data[:4] == b"\x7fELF" and target:
                found.append(f"{file.name} {len(data)} bytes, glibc {check_binary(where, file, target)}")
    wanted = ["Permission is hereby granted, free of charge", "Apache"]
    if target:
        wanted.append("clap_builder" if artifact.name.startswith("cbp") else "base64-simd")
        if not found and not artifact.name.startswith("libcallback-profile-dev"):
            problem(artifact.name, "holds no library and no command")
    for words in wanted:
        if words not in texts:
            problem(artifact.name, f"has no licence text with {words!r}")
    print(f"{artifact.stat().st_size:>9} {artifact.name}: {'; '.join(found) or 'no machine code of its own'}")


def main() -> int:
    folder = Path(sys.argv[1])
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    present = {file.name for file in folder.iterdir()} - {"SHA256SUMS"}
    expected = table.artifacts()
    for name in sorted(present ^ listed.keys()):
        problem(name, "is not both in the folder and in SHA256SUMS")
    artifacts = {name for name in present - {"BUILT-WITH"} if not name.endswith(".cdx.json")}
    for name in sorted(artifacts ^ expected.keys()):
        problem(name, "is not both in the folder and expected of the targets")
    for name in sorted(expected.keys() & present):
        artifact = folder / name
        if hashlib.sha256(artifact.read_bytes()).hexdigest() != listed[name]:
            problem(name, "is not what SHA256SUMS says")
        check_artifact(artifact, expected[name])
        if expected[name]:  # the npm package without machine code has no crates
            bill = json.loads((folder / f"{name}.cdx.json").read_text())
            if bill["bomFormat"] != "CycloneDX" or len(bill["components"]) < 20:
                problem(name, "has no full bill of materials")
            if any(path in json.dumps(bill).encode() for path in forbidden()):
                problem(name, "names a path of this machine in its bill of materials")
    print(*problems, sep="\n")
    print(f"check: {len(expected)} artifacts, {len(problems)} problems")
    return bool(problems) or not expected


sys.exit(main())
