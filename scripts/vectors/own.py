"""Reads our own vectors, testdata/vectors/, into the rows that fetch.py writes."""

import json

# How many cases a suite has, and how many of them are against a rule of ours: short tags, and CFB8, which is no algorithm.
TOTALS = {
    "own-gcm16": (2250, 192),
    "own-cfb": (1086, 312),
    "own-callback": (120, 0),
}


def load(path):
    file = json.loads(path.read_text("utf-8"))
    count = sum(len(group["tests"]) for group in file["testGroups"])
    assert count == file["numberOfTests"], (path, count)
    for group in file["testGroups"]:
        for test in group["tests"]:
            yield group, test


def values(path):
    """One value under a key and an IV. A text that must not be read has no plaintext, but for CFB8."""
    for group, test in load(path):
        expected = "ok" if test["result"] == "valid" else "bad"
        if group["algorithm"].endswith("CFB8"):
            expected = "refused:unknown_algorithm"
        elif test.get("comment", "").startswith("short tag"):
            expected = "refused:auth_failed"
        name = f"{group['algorithm']} {test['tcId']} {test.get('comment', '')}".strip()
        texts = (group["key"], group["iv"], test.get("tag", "appended"), test["text"])
        yield ("value", expected, name, group["algorithm"], *texts, test.get("plaintext", "").encode("utf-8"))


def callbacks(path):
    """Profile and record, and the exact callback. A callback without a body says `none`, which is no hexadecimal."""
    for _, test in load(path):
        headers = "".join(f"{name}: {value}\n" for name, value in test["headers"])
        body = "none" if test["body"] is None else test["body"].encode("utf-8")
        texts = (test[member].encode("utf-8") for member in ("profile", "record"))
        made = (test["method"], test["url"], headers.encode("utf-8"), body, test["opened"].encode("utf-8"))
        structures = ",".join(test.get("structures", []))
        yield ("callback", "ok", test["name"], *texts, test.get("boundary", ""), *made, structures)


def suites(folder):
    return {
        "own-gcm16": values(folder / "gcm16.json"),
        "own-cfb": values(folder / "cfb.json"),
        "own-callback": callbacks(folder / "callbacks.json"),
    }
