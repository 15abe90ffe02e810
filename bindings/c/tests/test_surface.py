#!/usr/bin/env python3
"""The surface table in testdata/catalogue.json and what C and C++ really export are the same: test_surface.py ROOT

C: the union of the `c` columns equals bindings/c/exports.txt. C++: the union of the `cpp` columns equals what
callback_profile.hpp declares in public: functions (`function`, and `function(Enum)` for those that an enum has), types
(`Class`, `Enum`, aliases), methods (`Class::method`) and data members (`Class.member`). Constructors and operators have no
names. Enumerators are those of the C header's sets of numbers, and are compared with them."""

import json
import pathlib
import re
import sys

SAMPLE = r'''
namespace cbp { // the C++ layer
namespace detail { inline int hidden() { return 0; } }
enum class Kind : unsigned { one = CBP_KIND_ONE, two = CBP_KIND_TWO };
struct Options { Kind kind = {}; std::vector<int> list = {}; int size() const { return f(list); } int last; };
struct Plain { std::pair<int, int> both; std::optional<std::string> text = std::nullopt; };
using Plains = std::vector<Plain>;
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
inline std::string title(std::string_view text) { return text; }
class Hidden { int data_ = 0; static constexpr int none = 1; };
} // namespace cbp
'''
SAMPLE_NAMES = {"Kind", "Options", "Options.kind", "Options.list", "Options.last", "Options::size", "Plain", "Plain.both",
                "Plain.text", "Plains", "Thing", "Thing::parse", "Thing::view", "Thing::call", "Thing::later", "Result",
                "Result::value", "Result::ok", "name(Kind)", "title", "Hidden"}
SAMPLE_NUMBERS = {"Kind": {"CBP_KIND_ONE", "CBP_KIND_TWO"}}
CLASS = re.compile(r"\s*(?:template\s*<[^>]*>\s*)?(class|struct)\s+(?:\[\[\w+\]\]\s*)?(\w+)[^()=]*$")
ENUM = re.compile(r"enum\s+class\s+(\w+)[^{;]*\{([^}]*)\}")
# Numbers of the C header that C++ has as something else: the code of an error, the text of a context, sizes.
NOT_IN_ENUMS = re.compile(r"CBP_(ERROR_\w+|CONTEXT_\w+|OK|ABI_VERSION|VERSION_\w+|IV_LEN|TAG_LEN|KEY_LEN_MAX|DEFAULT_TOLERANCE|\w+_RANDOM_LEN)$")


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


def declared(text: str, enums: set, scope: str = "", public: bool = True):
    """The names that are declared in `text`, the inside of a namespace or class."""
    head, depth, index = "", 0, 0
    while index < len(text):
        char = text[index]
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == ":" and head.strip() in ("public", "private", "protected"):
            head, public = "", head.strip() == "public"
        elif char == ";" and depth == 0:
            if public:
                yield from names_of(head, scope, enums)
            head = ""
        elif char == "{" and depth == 0 and not re.search(r"=\s*$", head):
            end = end_of_block(text, index)
            inside = text[index + 1:end - 1]
            if match := re.search(r"\bnamespace\s+(\w+)\s*$", head):
                if match[1] != "detail":
                    yield from declared(inside, enums)
                head = ""
            elif match := CLASS.match(head):
                yield match[2]
                yield from declared(inside, enums, match[2], match[1] == "struct")
                head = ""
            elif match := re.match(r"\s*enum\s+class\s+(\w+)", head):
                yield match[1]
                head = ""
            elif "(" in head:
                if public:
                    yield from names_of(head, scope, enums)
                head = ""
            index = end
            continue
        else:
            head += char
        index += 1


def names_of(head: str, scope: str, enums: set):
    """The name in a declaration of a function, a data member or an alias, unless it is deleted, a constructor or an operator."""
    if re.search(r"=\s*(delete|default)\s*$", head) or re.match(r"\s*(typedef|static_assert)\b", head):
        return
    if match := re.match(r"\s*using\s+(\w+)\s*=", head):
        yield match[1]
        return
    before = re.split(r"[(=]", head)[0]
    match = re.search(r"(~?\w+)\s*$", before)
    if not match or "operator" in before or match[1].lstrip("~") == scope:
        return
    if not head[len(before):].startswith("("):
        yield f"{scope}.{match[1]}" if scope else match[1]
    elif scope:
        yield f"{scope}::{match[1]}"
    else:
        argument = re.match(r"\(\s*(\w+)", head[len(before):])
        yield f"{match[1]}({argument[1]})" if argument and argument[1] in enums else match[1]


def names_and_numbers(source: str):
    """Everything that a C++ header declares, and the numbers of each enum."""
    text = without_comments(source)
    numbers = {match[1]: set(re.findall(r"\bCBP_\w+", match[2])) for match in ENUM.finditer(text)}
    return set(declared(text, set(numbers))), numbers


def numbers_of(source: str) -> set:
    """The numbers of the C header that are values of a set."""
    numbers = re.findall(r"(?m)^#define (CBP_\w+) \d+", source)
    return {name for name in numbers if not NOT_IN_ENUMS.match(name)}


def column(table: list, name: str) -> set:
    return {entry for row in table for entry in row[name]}


def differences(what: str, listed: set, real: set) -> int:
    for name in sorted(listed - real):
        print(f"FAILED surface: {name} is expected and not in {what}")
    for name in sorted(real - listed):
        print(f"FAILED surface: {name} is in {what} and not expected")
    return len(listed ^ real)


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    sample, numbers = names_and_numbers(SAMPLE)
    assert sample == SAMPLE_NAMES, f"the header is not read rightly: {sorted(sample ^ SAMPLE_NAMES)}"
    assert numbers == SAMPLE_NUMBERS, f"enums are not read rightly: {numbers}"
    exports = set((root / "bindings/c/exports.txt").read_text().split())
    header, enums = names_and_numbers((root / "include/callback_profile.hpp").read_text("utf-8"))
    numbers = numbers_of((root / "include/callback_profile.h").read_text("utf-8"))
    assert len(exports) > 140 and len(header) > 150 and len(numbers) > 50, (len(exports), len(header), len(numbers))
    if sys.argv[2:] == ["--list"]:
        print(*sorted(header), sep="\n")
        return 0
    table = json.loads((root / "testdata/catalogue.json").read_text("utf-8"))["surface"]
    failed = [differences("exports.txt", column(table, "c"), exports),
              differences("callback_profile.hpp", column(table, "cpp"), header),
              differences("an enum of callback_profile.hpp", numbers, set().union(*enums.values()))]
    print(f"count surface c ran={len(exports)} refused=0 failed={failed[0]}")
    print(f"count surface cpp ran={len(header) + len(numbers)} refused=0 failed={failed[1] + failed[2]}")
    return 1 if any(failed) else 0


sys.exit(main())
