"""What the compiler does not check, one function for each rule. Each yields its problems as sentences."""

import itertools
import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import documents
import graph
import links
import paths

MAX_CRATES = 38  # of the core's normal graph, procedural macros included
MAX_LINES = 500
# What is one file to its users: headers, and types.
LONG_FILES = {
    "include/callback_profile.h",
    "include/callback_profile.hpp",
    "bindings/node/main.d.cts",
    "bindings/python/python/callback_profile/_native.pyi",
}
ARROWS = "scripts/arrows.toml"


class Tree:
    """The repository, and what several rules look at."""

    def __init__(self, root: Path):
        self.root = root
        self.version = tomllib.loads((root / "Cargo.toml").read_text())["workspace"]["package"]["version"]
        self.arrows: dict[str, list[str]] = tomllib.loads((root / ARROWS).read_text())["uses"]
        self.core = graph.Crate(root / "src/lib.rs")
        self.packages = {root / "src": [self.core]}
        for folder in sorted([*root.glob("bindings/*/src"), *root.glob("kernels/*/src")]):
            roots = [folder / name for name in ("lib.rs", "main.rs") if (folder / name).exists()]
            self.packages[folder] = [graph.Crate(file) for file in roots]

    def named(self, file: Path) -> str:
        return str(file.relative_to(self.root))

    def module_of(self, file: Path) -> str:
        """The module of the core that a file belongs to: the first name below `src/`."""
        return file.relative_to(self.root / "src").parts[0].removesuffix(".rs")

    def crates_of_the_core(self) -> set[str]:
        """What is linked into a program that uses the core, without the core itself."""
        command = ["cargo", "tree", "-p", "callback-profile", "-e", "normal", "--prefix", "none", "--locked"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        first, *lines = done.stdout.splitlines()
        return {line.removesuffix(" (*)") for line in lines if line} - {first}


def one_version(tree: Tree) -> Iterator[str]:
    """Every package has the version of the workspace, and CHANGELOG.md a section for it."""
    package = json.loads((tree.root / "bindings/node/package.json").read_text())
    if package["version"] != tree.version:
        yield f"bindings/node/package.json: version is not {tree.version}"
    project = tomllib.loads((tree.root / "bindings/python/pyproject.toml").read_text())["project"]
    if "version" not in project.get("dynamic", []) and project.get("version") != tree.version:
        yield f"bindings/python/pyproject.toml: version is not {tree.version}"
    if f"## {tree.version}" not in (tree.root / "CHANGELOG.md").read_text():
        yield f"CHANGELOG.md: no section for {tree.version}"


def few_crates(tree: Tree) -> Iterator[str]:
    """The core's normal graph stays small."""
    if (count := len(tree.crates_of_the_core())) > MAX_CRATES:
        yield f"the core's graph has {count} crates, more than {MAX_CRATES}"


def short_files(tree: Tree) -> Iterator[str]:
    """No file of code is longer than one can read, but for what one file must hold."""
    code = (file for file in paths.texts(tree.root) if file.suffix not in (".md", ".toml"))
    for file in sorted(code):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES and tree.named(file) not in LONG_FILES:
            yield f"{tree.named(file)}: {lines} lines, more than {MAX_LINES}"


def every_file_is_reached(tree: Tree) -> Iterator[str]:
    """A file that no `mod` declares is not compiled, and no rule would look at it."""
    for folder, crates in tree.packages.items():
        reached = {file for crate in crates for file in [*crate.sources, *crate.test_files]}
        for file in sorted(folder.rglob("*.rs")):
            if file not in reached:
                yield f"{tree.named(file)}: no module declares it"


def listed_modules(tree: Tree) -> Iterator[str]:
    """Each module of the core is in the table, and the table has no others."""
    files = {tree.module_of(file): file for file in tree.core.sources}
    del files["lib"]  # the root, which hands on what the modules define
    for name in sorted(files.keys() - tree.arrows.keys()):
        yield f"{tree.named(files[name])}: module {name} is not in {ARROWS}"
    for name in sorted(tree.arrows.keys() - files.keys()):
        yield f"{ARROWS}: there is no module {name}"


def arrows_point_down(tree: Tree) -> Iterator[str]:
    """A module of the table lists modules before it only: that order has no circle."""
    order = {name: index for index, name in enumerate(tree.arrows)}
    for name, used in tree.arrows.items():
        for other in used:
            if order.get(other, -1) >= order[name]:
                yield f"{ARROWS}: {name} lists {other}, which is not before it"


def arrows_are_listed(tree: Tree) -> Iterator[str]:
    """Modules of the core use what the table lists for them, no more and no less. `lib` only hands on what they define."""
    used: dict[str, set[str]] = defaultdict(set)
    for arrow in tree.core.arrows():
        module = tree.module_of(arrow.source)
        if module == "lib":
            continue
        if tree.module_of(arrow.target) == "lib":
            yield f"{tree.named(arrow.source)}:{arrow.line}: uses {arrow.name}, which lib.rs defines"
            continue
        others = {tree.module_of(file) for file in (arrow.target, arrow.named)} - {module, "lib"}
        used[module] |= others
        for other in sorted(others - set(tree.arrows.get(module, ()))):
            where = f"{tree.named(arrow.source)}:{arrow.line}"
            yield f"{where}: {module} uses {other} ({arrow.name}), which {ARROWS} does not list"
    for module, listed in tree.arrows.items():
        for other in listed:
            if other not in used[module]:
                yield f"{ARROWS}: {module} lists {other}, but does not use it"


def no_circles_of_files(tree: Tree) -> Iterator[str]:
    """No file uses a file that uses it, by however many others: in the core and in the bindings."""
    for crates in tree.packages.values():
        for crate in crates:
            reasons = {(arrow.source, arrow.target): arrow.name for arrow in crate.arrows() if arrow.is_use}
            arrows: dict[Path, set[Path]] = defaultdict(set)
            for source, target in reasons:
                arrows[source].add(target)
            for knot in graph.knots(arrows):
                yield circle(tree, knot, arrows, reasons)


def circle(
    tree: Tree,
    knot: list[Path],
    arrows: dict[Path, set[Path]],
    reasons: dict[tuple[Path, Path], str],
) -> str:
    """A knot as a sentence: all its files, and one circle with what it is made of."""
    trail = graph.shortest_circle(arrows, knot[0])
    steps = [
        f"{tree.named(source)} uses {reasons[source, target]} of {tree.named(target)}"
        for source, target in itertools.pairwise(trail)
    ]
    files = ", ".join(map(tree.named, knot))
    return f"{len(knot)} files use each other in circles: {files}: {'; '.join(steps)}"


def named_paths_exist(tree: Tree) -> Iterator[str]:
    """Every path that a comment or a document names is there."""
    for where, path, is_there in paths.named_paths(tree.root):
        if not is_there:
            yield f"{where}: names {path}, which is not there"


def links_lead_somewhere(tree: Tree) -> Iterator[str]:
    """Every link of a document to another one leads to a file, and to a heading in it."""
    yield from links.problems(tree.root)


def architecture_has_the_arrows(tree: Tree) -> Iterator[str]:
    """The table of modules in ARCHITECTURE.md says what the code is compared with."""
    yield from documents.module_problems(tree.root, tree.arrows, ARROWS)


def architecture_leads_to_every_file(tree: Tree) -> Iterator[str]:
    """Whoever looks for a file's subject finds it in ARCHITECTURE.md."""
    yield from documents.place_problems(tree.root)


def named_tests_exist(tree: Tree) -> Iterator[str]:
    """Every test and every case that SECURITY.md, TESTING.md and CONTRIBUTING.md name is there."""
    yield from documents.test_problems(tree.root)


ALL = [
    one_version,
    few_crates,
    short_files,
    every_file_is_reached,
    listed_modules,
    arrows_point_down,
    arrows_are_listed,
    no_circles_of_files,
    named_paths_exist,
    links_lead_somewhere,
    architecture_has_the_arrows,
    architecture_leads_to_every_file,
    named_tests_exist,
]
