#!/usr/bin/env python3
"""Prints the licence texts of the crates that are linked into our artifacts, which their licences ask for: notices.py TRIPLE

Crates with the same text share it. A few MIT crates come without a text: they get that of MIT, with the authors that they name.
Any other crate without a text is an error, since its licence would be left out silently."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT|UNLICENSE)", re.I)
# Not a package of the registry, and in every artifact.
STD = {
    "name": "std",
    "version": "of Rust",
    "license": "MIT OR Apache-2.0",
    "authors": ["The Rust Project contributors"],
}


def linked(triple: str) -> list[dict]:
    """The packages of others that are reached by normal dependencies, without build scripts' and procedural macros' own."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", f"--filter-platform={triple}"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    ours = metadata["workspace_members"]
    found, waiting = set(), list(ours)
    while waiting:
        if (one := waiting.pop()) in found:
            continue
        found.add(one)
        if any("proc-macro" in target["kind"] for target in packages[one]["targets"]):
            continue  # runs in the compiler
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    return sorted(
        (packages[one] for one in found - set(ours)),
        key=lambda package: (package["name"], package["version"]),
    )


def texts(package: dict) -> list[str]:
    folder = Path(package["manifest_path"]).parent
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and TEXTS.match(file.name)]
    if re.fullmatch(r"[^()]*\bMIT\b[^()]*", package["license"]) and " AND " not in package["license"]:
        files = [file for file in files if "MIT" in file.name.upper()] or files  # a choice: the shorter text
    found = [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]
    return found or ([mit(package)] if package["license"] == "MIT" else [])


def mit(package: dict) -> str:
    authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
    title, _, _, *rest = (ROOT / "LICENSE-MIT").read_text(encoding="utf-8").splitlines()
    return "\n".join([title, "", f"Copyright (c) {authors}", *rest]).strip()


def main() -> None:
    by_text: dict[str, list[str]] = defaultdict(list)
    without = []
    for package in [STD, *linked(sys.argv[1])]:
        name = f"{package['name']} {package['version']} ({package['license']})"
        found = [mit(package)] if package is STD else texts(package)
        if not found:
            without.append(name)
        for text in found:
            by_text[text].append(name)
    if without:
        sys.exit(f"notices: no licence text in the packages of {', '.join(without)}")
    print("Licences of the crates that callback-profile is linked with.")
    for text, names in sorted(by_text.items(), key=lambda item: item[1]):
        print(f"\n{'-' * 100}\n" + "\n".join(names) + f"\n\n{text}")


main()
