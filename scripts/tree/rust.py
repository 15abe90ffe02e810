"""Reads a Rust file as far as arrows need it: modules, imports, items, paths and comments, without what only tests use.

A file is split into tokens, the items under `#[cfg(test)]` are dropped, and the rest is walked once. Nothing is resolved
here: `graph.py` does that, when all files of a crate were read.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TOKEN = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<comment>//[^\n]*)
  | (?P<block>/\*)
  | (?P<text>[bc]?r(?P<hashes>\#*)".*?"(?P=hashes) | [bc]?"(?:\\.|[^"\\])*" | b?'(?:\\u\{[^}]*\}|\\x..|\\.|[^'\\])')
  | (?P<lifetime>'\w+)
  | (?P<word>(?:r\#)?\w+)
  | (?P<sign>::|.)
    """,
    re.X | re.S,
)
OPENING, CLOSING = {"(", "[", "{"}, {")", "]", "}"}
ITEMS = {"fn", "struct", "enum", "union", "trait", "type", "const", "static"}


@dataclass(frozen=True)
class Token:
    """A word, a sign, or a literal (whose text does not matter and is left out)."""

    text: str
    line: int
    is_word: bool = False


@dataclass(frozen=True)
class Mention:
    """A path as it is written: `crate::json::Kind` is `("crate", "json", "Kind")`."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Import:
    """One name of a `use`. `name` is `*` where all names are taken."""

    path: Mention
    name: str
    is_public: bool


@dataclass
class Scope:
    """A module of the file: the file's own, or one that is written within it."""

    inner: dict[str, "Scope"] = field(default_factory=dict)
    children: set[str] = field(default_factory=set)  # `mod name;`, which have files of their own
    imports: list[Import] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    paths: list[Mention] = field(default_factory=list)
    macros: list[Mention] = field(default_factory=list)  # invocations, by name


@dataclass
class Source:
    """What a file says."""

    scope: Scope
    words: Counter[str]  # how often each word is written outside of `use`
    test_children: set[str]  # `mod name;` under `#[cfg(test)]`
    macros: set[str]  # names that `macro_rules!` defines


def comments(text: str) -> list[tuple[int, str]]:
    """The comments of a Rust text, each with its line."""
    return [(line, found) for kind, found, line in split(text) if kind == "comment"]


def read(file: Path) -> Source:
    """Reads a file without what only tests use."""
    code = [
        Token(found if kind != "text" else '""', line, kind == "word")
        for kind, found, line in split(file.read_text(encoding="utf-8"))
        if kind != "comment"
    ]
    code, dropped = without_tests(code)
    walk = Walk(code)
    walk.run()
    return Source(walk.root, walk.words, dropped, walk.defined_macros)


@cache  # one rule asks for the code of a file, another one for its comments
def split(text: str) -> tuple[tuple[str, str, int], ...]:
    """The tokens and comments of a Rust text: kind, text, line."""
    found, at, line = [], 0, 1
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match, f"line {line}: every character is a sign at least"
        kind, part = str(match.lastgroup), match[0]
        if kind == "block":
            part, kind = text[at : end_of_block(text, at)], "comment"
        if kind not in ("blank", "lifetime"):
            found.append((kind, part, line))
        at += len(part)
        line += part.count("\n")
    return tuple(found)


def end_of_block(text: str, at: int) -> int:
    """Where the block comment that starts at `at` ends; such comments may hold others."""
    depth = 0
    for mark in re.finditer(r"/\*|\*/", text[at:]):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return at + mark.end()
    return len(text)


def without_tests(code: list[Token]) -> tuple[list[Token], set[str]]:
    """The tokens without the items under `#[cfg(test)]`, and the names of the modules among these that have files."""
    kept: list[Token] = []
    dropped: set[str] = set()
    at = 0
    while at < len(code):
        if not is_attribute(code, at):
            kept.append(code[at])
            at += 1
            continue
        end = end_of_group(code, at + 1)
        if not is_test_only([token.text for token in code[at + 2 : end - 1]]):
            kept.extend(code[at:end])
            at = end
            continue
        while is_attribute(code, end):  # further attributes of the same item
            end = end_of_group(code, end + 1)
        item_end = end_of_item(code, end)
        words = [token.text for token in code[end:item_end]]
        if words[-1:] == [";"] and "mod" in words:
            dropped.add(words[words.index("mod") + 1])
        at = item_end
    return kept, dropped


def is_attribute(code: list[Token], at: int) -> bool:
    return [token.text for token in code[at : at + 2]] == ["#", "["]


def is_test_only(attribute: list[str]) -> bool:
    """Whether an attribute is `cfg(test)` or `cfg(all(test, …))`."""
    return attribute[:4] == ["cfg", "(", "test", ")"] or (
        attribute[:4] == ["cfg", "(", "all", "("] and "test" in attribute
    )


def end_of_group(code: list[Token], at: int) -> int:
    """The index after the bracket that closes the one at `at`."""
    depth = 0
    for index in range(at, len(code)):
        depth += (code[index].text in OPENING) - (code[index].text in CLOSING)
        if depth == 0:
            return index + 1
    return len(code)


def end_of_item(code: list[Token], at: int) -> int:
    """The index after an item: after its `;`, or after its block. A `use` has braces that end nothing."""
    is_use = False
    while at < len(code):
        text = code[at].text
        is_use |= text == "use"
        if text == ";":
            return at + 1
        if text in CLOSING:  # of what the item is in
            return at
        end = end_of_group(code, at) if text in OPENING else at + 1
        if text == "{" and not is_use:
            return end
        at = end
    return at


class Walk:
    """One walk over the tokens of a file, which fills the scopes."""

    def __init__(self, code: list[Token]):
        self.code = code
        self.at = 0
        self.depth = 0
        self.root = Scope()
        self.scopes = [(self.root, 0)]  # the scope, and the depth of braces at which its items are
        self.words: Counter[str] = Counter()
        self.defined_macros: set[str] = set()

    def run(self) -> None:
        while self.at < len(self.code):
            if not self.take():
                self.at += 1

    @property
    def scope(self) -> Scope:
        return self.scopes[-1][0]

    def text(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.code[index].text if 0 <= index < len(self.code) else ""

    def take(self) -> bool:
        """Takes what begins at this token; false if it is of no interest and has to be stepped over."""
        text = self.text()
        if text in OPENING or text in CLOSING:
            return self.take_bracket(text)
        if not self.code[self.at].is_word:
            return False
        if text == "mod" and self.text(1).isidentifier():
            return self.take_module()
        if text == "use" and self.is_start_of_item():
            return self.take_use()
        self.note_item(text)
        return self.take_path()

    def take_bracket(self, text: str) -> bool:
        self.depth += 1 if text in OPENING else -1
        if text == "}" and len(self.scopes) > 1 and self.depth < self.scopes[-1][1]:
            self.scopes.pop()
        return False

    def take_module(self) -> bool:
        name = self.text(1)
        if self.text(2) == ";":
            self.scope.children.add(name)
            self.at += 3
        elif self.text(2) == "{":
            inner = self.scope.inner.setdefault(name, Scope())
            self.depth += 1
            self.scopes.append((inner, self.depth))
            self.at += 3
        else:
            return False
        return True

    def is_start_of_item(self) -> bool:
        """Whether a `use` is an import here and not the precise capturing of a type (`impl Trait + use<>`)."""
        return self.text(1) != "<"

    def take_use(self) -> bool:
        before = -1
        if self.text(before) == ")":  # of `pub(crate)` or `pub(in …)`
            while self.text(before) not in ("(", ""):
                before -= 1
            before -= 1
        is_public = self.text(before) == "pub"
        self.at += 1
        self.take_tree((), is_public)
        return True

    def take_tree(self, prefix: tuple[str, ...], is_public: bool) -> None:
        """A tree of a `use`, up to its `;`, `,` or closing brace."""
        names, line = list(prefix), self.code[self.at].line
        while (text := self.text()) not in (";", ",", "}", ""):
            if text == "{":
                self.at += 1
                while self.text() not in ("}", ""):
                    self.take_tree(tuple(names), is_public)
                    if self.text() == ",":
                        self.at += 1
                self.at += 1
                return
            if text == "as":
                self.at += 1
                self.add_import(names, self.text(), line, is_public)
                self.at += 1
                return
            if text not in ("::", "$"):  # `$crate` is `crate` here
                names.append(text)
            self.at += 1
        if len(names) > len(prefix):
            self.add_import(names, names[-1], line, is_public)

    def add_import(self, names: list[str], name: str, line: int, is_public: bool) -> None:
        if len(names) > 1 and names[-1] == "self":  # `json::{self}` is `json`
            name = names[-2] if name == "self" else name
            names = names[:-1]
        path = names[:-1] if name == "*" else names
        self.scope.imports.append(Import(Mention(tuple(path), line), name, is_public))

    def note_item(self, text: str) -> None:
        """Notes the name of an item that begins here, if it is directly in its module."""
        if self.depth != self.scopes[-1][1]:
            return
        if text == "macro_rules":
            self.defined_macros.add(self.text(2))
            self.scope.items.add(self.text(2))
        elif text in ITEMS and self.text(1) not in ITEMS:
            name = self.text(2) if self.text(1) == "mut" else self.text(1)
            self.scope.items.add(name)

    def take_path(self) -> bool:
        """A path of two names or more, a macro's invocation, or a word."""
        start = self.code[self.at]
        names = [start.text]
        follows = self.text(-1) == "::"  # the rest of a path that began with `<T as Trait>` or `$name`
        ahead = 1
        while self.text(ahead) == "::" and self.text(ahead + 1).replace("r#", "").isidentifier():
            names.append(self.text(ahead + 1))
            ahead += 2
        self.words.update(names[:1])
        if self.text(ahead) == "!" and self.text(ahead + 1) in OPENING and start.text != "macro_rules":
            self.scope.macros.append(Mention((names[-1],), start.line))
        if len(names) > 1 and not follows:
            self.scope.paths.append(Mention(tuple(names), start.line))
        self.at += ahead
        return True
