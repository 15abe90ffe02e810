#!/usr/bin/env python3
"""Makes testdata/diagnosis.json: texts with every mistake of the catalogue, by Python's `cryptography`, not by this library.

    make_diagnosis.py            writes the file
    make_diagnosis.py --check    fails if it is not, byte for byte, what would be written

There is no randomness. The cases that say `made_by` are texts of real programs, which scripts/diagnosis/run.py puts
there; they are kept as they are.
"""

import json
import pathlib
import sys

import mistakes_callback
import mistakes_cipher
import mistakes_text

FILE = pathlib.Path(__file__).resolve().parents[2] / "testdata/diagnosis.json"


class Cases:
    """The cases so far. `row` is the row of the catalogue that a case is for, and its cause unless `causes` says others."""

    def __init__(self):
        self.list = []

    def _add(self, row, what, members, causes, grade, **more):
        case = {"name": f"{row}: {what}", **members}
        more = {name: value for name, value in more.items() if value not in (None, "")}
        case |= {"causes": causes or [row], **({"grade": grade} if grade else {}), **more, "reason": row}
        self.list.append(case)

    def one(self, row, what, sender, text, expected=(), causes=None, grade=None, **more):
        members = {"enc": sender.enc, "texts": [text]}
        if expected:
            members["expected"] = list(expected)
        self._add(row, what, members, causes, grade, **more)

    def both(self, row, what, sender, text, value, **more):
        """Without the expected value and with it."""
        self.several(row, what, sender, [text], [value], **more)

    def several(
        self,
        row,
        what,
        sender,
        texts,
        values,
        causes=None,
        grade=None,
        alone=None,
        only_with_value=False,
        both_causes=None,
        **more,
    ):
        """Texts without and with their values. `grade` is that of both; else proved, and `alone` without values.

        `both_causes` are those that nothing but the value can tell apart.
        """
        alone = alone or ("proved" if sender.mode == "GCM" else "likely")
        members = {"enc": sender.enc, "texts": texts}
        if not only_with_value:
            self._add(row, what, members, both_causes or causes, alone if grade is None else grade, **more)
        is_short = sum(len(value.encode()) for value in values) < 8 and alone != "proved"
        grade = (alone if is_short else "proved") if grade is None else grade
        self._add(row, f"{what}, with the value", {**members, "expected": values}, causes, grade, **more)

    def body(self, row, what, payload, received, causes=None, grade=None, content_type=None, **more):
        members = {"payload": payload, "body": received}
        if content_type:
            members["content_type"] = content_type
        self._add(row, what, members, causes, grade, **more)


def made():
    cases = Cases()
    for module in (mistakes_text, mistakes_cipher, mistakes_callback):
        for rows in module.ROWS:
            rows(cases)
    return cases.list


def by_programs():
    """The cases of real programs, as they are in the file."""
    if not FILE.exists():
        return []
    return [case for case in json.loads(FILE.read_text("utf-8")) if "made_by" in case]


def written(cases):
    names = [case["name"] for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, twice
    lines = ",\n".join(f"  {json.dumps(case, ensure_ascii=False)}" for case in cases)
    return f"[\n{lines}\n]\n".encode()


def main():
    data = written(made() + by_programs())
    if sys.argv[1:] == ["--check"]:
        assert FILE.read_bytes() == data, "testdata/diagnosis.json is not what make_diagnosis.py makes"
    else:
        FILE.write_bytes(data)
    print(f"diagnosis: {len(data)} bytes, {'fresh' if sys.argv[1:] else 'written'}")


if __name__ == "__main__":
    main()
