#!/usr/bin/env python3
"""Takes the paths of this machine out of the bill of materials in a wheel: wheel.py WHEEL ROOT FOLDER

maturin writes them there. The wheel is packed again, with the same files in the same order and the time of the commit, into FOLDER; the bill is put beside it."""

import base64
import hashlib
import os
import re
import sys
import time
import zipfile
from pathlib import Path

COMMITTED = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))


def cleaned(text: str, root: str) -> str:
    text = text.replace(f"path+file://{root}", "path+file:///callback-profile")
    assert root not in text, "the bill names the checkout"
    text, times = re.subn(r'(?<="timestamp": ")[^"]+', time.strftime("%Y-%m-%dT%H:%M:%SZ", COMMITTED), text)
    assert times == 1, f"the bill has {times} times"
    return text


def main() -> None:
    wheel, root, folder = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    bills: dict[str, bytes] = {}
    with (
        zipfile.ZipFile(wheel) as old,
        zipfile.ZipFile(folder / wheel.name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        assert old.infolist()[-1].filename.endswith(".dist-info/RECORD"), "RECORD is not the last file"
        for item in old.infolist():
            data = old.read(item)
            item.date_time = COMMITTED[:6]
            if "/sboms/" in item.filename:
                data = bills[item.filename] = cleaned(data.decode(), root).encode()
            if item.filename.endswith(".dist-info/RECORD"):
                data = recorded(data.decode(), bills).encode()
            new.writestr(item, data)
    [bill] = bills.values()
    (folder / f"{wheel.name}.cdx.json").write_bytes(bill)


def recorded(text: str, changed: dict[str, bytes]) -> str:
    """RECORD with the hashes and sizes of what was changed."""
    lines = []
    for line in text.splitlines():
        name = line.split(",")[0]
        if name in changed:
            digest = base64.urlsafe_b64encode(hashlib.sha256(changed[name]).digest()).rstrip(b"=").decode()
            line = f"{name},sha256={digest},{len(changed[name])}"
        lines.append(line)
    assert sum(name in changed for name in (line.split(",")[0] for line in lines)) == len(changed)
    return "\n".join(lines) + "\n"


main()
