#!/usr/bin/env python3
"""Cleans what cargo-cyclonedx wrote: bill.py BILL ROOT FOLDER. The result is FOLDER/<name of the package>.json.

Packages of the checkout are named by their path there; a path of the machine says nothing to others, and changes the bytes."""

import json
import sys
from pathlib import Path


def main() -> None:
    bill, root, folder = sys.argv[1:]
    text = (
        Path(bill).read_text(encoding="utf-8").replace(f"path+file://{root}", "path+file:///callback-profile")
    )
    document = json.loads(text)
    assert root not in text, f"{bill} names {root}"
    assert document["components"], f"{bill} has no components"
    name = document["metadata"]["component"]["name"]
    Path(folder, f"{name}.json").write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


main()
