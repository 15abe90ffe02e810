"""Which file of a crate uses which: every name is followed through imports and re-exports to the file that defines it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import rust


@dataclass
class Module:
    """A module of the crate, in a file of its own or within one."""

    file: Path
    scope: rust.Scope
    parent: "Module | None" = None
    children: dict[str, "Module"] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrow:
    """A file uses what another one defines. `name` is what is written, `line` where."""

    source: Path
    target: Path
    name: str
    line: int
    named: Path  # the file of the module that is named: it may re-export what `target` defines
    is_use: bool = True  # false if the file hands the name on and does not use it


class Crate:
    """The files that are reached from a crate's root."""

    def __init__(self, root: Path):
        self.sources: dict[Path, rust.Source] = {}
        self.modules: list[Module] = []
        self.test_files: set[Path] = set()
        self.macros: dict[str, Path] = {}
        self.root = self.load(root, None)

    def load(self, file: Path, parent: Module | None) -> Module:
        source = rust.read(file)
        self.sources[file] = source
        self.macros.update(dict.fromkeys(source.macros, file))
        folder = file.parent if file.name in ("lib.rs", "main.rs", "mod.rs") else file.with_suffix("")
        for name in source.test_children:
            self.test_files.update(self.files_below(folder, name))
        return self.add(Module(file, source.scope, parent), folder)

    def add(self, module: Module, folder: Path) -> Module:
        """Adds a module with all that are below it; files of its children are in the folder."""
        self.modules.append(module)
        for name in sorted(module.scope.children):
            for file in (folder / f"{name}.rs", folder / name / "mod.rs"):
                if file.exists():
                    module.children[name] = self.load(file, module)
        for name, scope in module.scope.inner.items():
            module.children[name] = self.add(Module(module.file, scope, module), folder / name)
        return module

    @staticmethod
    def files_below(folder: Path, name: str) -> Iterator[Path]:
        yield folder / f"{name}.rs"
        yield from (folder / name).rglob("*.rs")

    def arrows(self) -> Iterator[Arrow]:
        """All arrows between different files, a name at a time."""
        for module in self.modules:
            for found in self.arrows_of(module):
                if found.source != found.target:
                    yield found

    def arrows_of(self, module: Module) -> Iterator[Arrow]:
        for entry in module.scope.imports:
            path = entry.path
            target = self.resolve(module, path.names)
            if target is None:
                continue
            if entry.name == "*":
                yield from self.arrows_of_glob(module, path, target)
                continue
            words = self.sources[module.file].words
            is_reexport = entry.is_public and words[entry.name] == 0
            # What a module is imported for is found where a path goes through it.
            is_use = not is_reexport and not isinstance(target, Module)
            yield self.arrow(module, path, target.file, is_use)
        for path in module.scope.paths:
            target = self.resolve(module, path.names)
            if target is not None and not isinstance(target, Module):
                yield self.arrow(module, path, target.file)
        for macro in module.scope.macros:
            if file := self.macros.get(macro.names[0]):
                yield Arrow(module.file, file, f"{macro.names[0]}!", macro.line, file)

    def arrows_of_glob(self, module: Module, path: rust.Mention, target: "Module | Item") -> Iterator[Arrow]:
        """The module of a `use …::*`, and of all names that it brings those that the file has as words."""
        if not isinstance(target, Module):  # the variants of an enum
            yield self.arrow(module, path, target.file)
            return
        yield self.arrow(module, path, target.file, is_use=False)
        for word in self.sources[module.file].words:
            found = self.find(target, word, frozenset())
            if isinstance(found, Item):
                yield self.arrow(module, path, found.file)

    def arrow(self, module: Module, path: rust.Mention, target: Path, is_use: bool = True) -> Arrow:
        named = self.named(module, path.names)
        return Arrow(module.file, target, "::".join(path.names), path.line, named, is_use)

    def named(self, module: Module, names: tuple[str, ...]) -> Path:
        """The file of the last module that a path goes through by name, without following re-exports."""
        here = {"crate": self.root, "self": module, "super": module.parent}.get(names[0])
        here = here or module.children.get(names[0]) or self.imported_module(module, names[0]) or module
        for name in names[1:]:
            step = here.parent if name == "super" else here.children.get(name)
            if step is None:
                break
            here = step
        return here.file

    def imported_module(self, module: Module, name: str) -> Module | None:
        found = self.find(module, name, frozenset())
        return found if isinstance(found, Module) else None

    def resolve(
        self, module: Module, names: tuple[str, ...], seen: frozenset[tuple[int, str]] = frozenset()
    ) -> "Module | Item | None":
        """What a path names: a module, an item, or nothing of this crate."""
        head, *rest = names
        here: Module | Item | None
        if head in ("crate", "self", "super"):
            here = {"crate": self.root, "self": module, "super": module.parent}[head]
        else:
            here = self.find(module, head, seen)
        for name in rest:
            if not isinstance(here, Module):
                return here  # what follows an item are its own: variants, functions, constants
            if name == "super":
                here = here.parent
            elif name != "self":
                # What is not found is made by a macro: it counts for the module that is named.
                here = self.find(here, name, seen) or Item(here.file)
        return here

    def find(self, module: Module, name: str, seen: frozenset[tuple[int, str]]) -> "Module | Item | None":
        """What a name means in a module: a child, an item, something imported; `seen` ends circles of re-exports."""
        if name in module.children:
            return module.children[name]
        if name in module.scope.items:
            return Item(module.file)
        if (id(module), name) in seen:
            return None
        seen = seen | {(id(module), name)}
        for entry in module.scope.imports:
            if entry.name == name and entry.path.names:
                return self.resolve(module, entry.path.names, seen)
        for entry in module.scope.imports:
            if entry.name == "*" and entry.path.names:
                target = self.resolve(module, entry.path.names, seen)
                if isinstance(target, Module) and (found := self.find(target, name, seen)):
                    return found
        return None


@dataclass(frozen=True)
class Item:
    """Something that a file defines."""

    file: Path


def knots(arrows: dict[Path, set[Path]]) -> list[list[Path]]:
    """Sets of files of which each reaches each other, sorted: the strongly connected components (Tarjan, 1972)."""
    index: dict[Path, int] = {}
    low: dict[Path, int] = {}
    stack: list[Path] = []
    found: list[list[Path]] = []

    def visit(file: Path) -> None:
        index[file] = low[file] = len(index)
        stack.append(file)
        for target in sorted(arrows.get(file, ())):
            if target not in index:
                visit(target)
                low[file] = min(low[file], low[target])
            elif target in stack:
                low[file] = min(low[file], index[target])
        if low[file] == index[file]:
            at = stack.index(file)
            knot = sorted(stack[at:])
            del stack[at:]
            if len(knot) > 1:
                found.append(knot)

    for file in sorted(arrows):
        if file not in index:
            visit(file)
    return found


def shortest_circle(arrows: dict[Path, set[Path]], start: Path) -> list[Path]:
    """The fewest arrows from a file of a knot back to it: begins and ends with the file."""
    trails, seen = [[start]], set()
    while trails:
        trail = trails.pop(0)
        for target in sorted(arrows.get(trail[-1], ())):
            if target == start:
                return [*trail, start]
            if target not in seen:
                seen.add(target)
                trails.append([*trail, target])
    raise AssertionError(f"{start} is in no circle")
