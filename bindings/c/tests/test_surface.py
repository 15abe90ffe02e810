#!/usr/bin/env python3
"""The surface table in testdata/catalogue.json and what C and C++ really export are the same: test_surface.py ROOT

C: the union of the `c` columns equals bindings/c/exports.txt. C++: the union of the `cpp` columns equals the functions and
public methods of callback_profile.hpp, as `function` and `Class::method`; constructors and operators have no names."""

import json
import pathlib
import re
import sys

SAMPLE = r'''
namespace cbp { // the C++ layer
namespace detail { inline int hidden() { return 0; } }
enum class Kind : unsigned { one = 1 };
struct Options { Kind kind = {}; std::vector<int> list = {}; int size() const { return f(list); } };
class [[nodiscard]] Thing {
  public:
    explicit Thing(int a) : a_(a), b_(a) {}
    ~Thing() { free(a_); }
    static Result<Thing> parse(std::string_view text, const Options &options = {}) { return make([&] { return 1; }); }
    const char *view() const & noexcept { return "{;(}"; }
    const char *view() const && = delete;
    void refused() = delete;
    bool operator()() const { return true; }
    explicit operator bool() const { return true; }
    template <class Call> auto call(Call call) { return call(); }
  private:
    int secret() { return 1; }
    int a_, b_;
  public:
    int later();
};
template <class T> class [[nodiscard]] Result { public: Result(T value); T &value() & { return value_; } private: T value_; };
template <> class Result<void> { public: bool ok() const { return true; } };
inline std::string name(Kind kind) { return text(kind); }
} // namespace cbp
'''
SAMPLE_NAMES = {"Options::size", "Thing::parse", "Thing::view", "Thing::call", "Thing::later", "Result::value",
                "Result::ok", "name"}
CLASS = re.compile(r"\s*(?:template\s*<[^>]*>\s*)?(class|struct)\s+(?:\[\[\w+\]\]\s*)?(\w+)[^()=]*$")


def without_comments(source: str) -> str:
    """No comments, no preprocessor lines, empty strings."""
    source = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', re.sub(r"//.*", "", re.sub(r'(?m)^\s*#.*$', "", source)))
    return re.sub(r"/\*.*?\*/", "", source, flags=re.S)


def end_of_block(text: str, start: int) -> int:
    """The index behind the brace that closes the one at `start`."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    raise ValueError("a block without an end")


def functions(text: str, scope: str = "", public: bool = True):
    """The names of the functions that are declared in `text`, the inside of a namespace or class."""
    head, depth, index = "", 0, 0
    while index < len(text):
        char = text[index]
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == ":" and head.strip() in ("public", "private", "protected"):
            head, public = "", head.strip() == "public"
        elif char == ";" and depth == 0:
            if public:
                yield from name_of(head, scope)
            head = ""
        elif char == "{" and depth == 0:
            end = end_of_block(text, index)
            inside = text[index + 1:end - 1]
            if match := re.search(r"\bnamespace\s+(\w+)\s*$", head):
                if match[1] != "detail":
                    yield from functions(inside)
                head = ""
            elif match := CLASS.match(head):
                yield from functions(inside, match[2], match[1] == "struct")
                head = ""
            elif re.match(r"\s*enum\b", head):
                head = ""
            elif "(" in head:
                if public:
                    yield from name_of(head, scope)
                head = ""
            index = end
            continue
        else:
            head += char
        index += 1


def name_of(head: str, scope: str):
    """The name in a declaration, unless it is data, deleted, a constructor or an operator."""
    if re.search(r"=\s*(delete|default)\s*$", head) or re.match(r"\s*(using|typedef|static_assert)\b", head):
        return
    before = head.split("(")[0]
    match = re.search(r"(~?\w+)\s*$", before)
    if "(" in head and "=" not in before and "operator" not in before and match and match[1].lstrip("~") != scope:
        yield f"{scope}::{match[1]}" if scope else match[1]


def column(table: list, name: str) -> set:
    return {entry for row in table for entry in row[name]}


def differences(what: str, listed: set, real: set) -> int:
    for name in sorted(listed - real):
        print(f"FAILED surface: {name} is in the table and not in {what}")
    for name in sorted(real - listed):
        print(f"FAILED surface: {name} is in {what} and not in the table")
    return len(listed ^ real)


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    sample = set(functions(without_comments(SAMPLE)))
    assert sample == SAMPLE_NAMES, f"the header is not read rightly: {sorted(sample ^ SAMPLE_NAMES)}"
    exports = set((root / "bindings/c/exports.txt").read_text().split())
    header = set(functions(without_comments((root / "include/callback_profile.hpp").read_text("utf-8"))))
    assert len(exports) > 140 and len(header) > 90, (len(exports), len(header))
    if sys.argv[2:] == ["--list"]:
        print(*sorted(header), sep="\n")
        return 0
    table = json.loads((root / "testdata/catalogue.json").read_text("utf-8"))["surface"]
    failed = [differences("exports.txt", column(table, "c"), exports),
              differences("callback_profile.hpp", column(table, "cpp"), header)]
    print(f"count surface c ran={len(exports)} refused=0 failed={failed[0]}")
    print(f"count surface cpp ran={len(header)} refused=0 failed={failed[1]}")
    return 1 if any(failed) else 0


sys.exit(main())
