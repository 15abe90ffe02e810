#!/usr/bin/env python3
"""Makes testdata/sealed.json and testdata/signature.json independently of this library, with Python's `cryptography`.

    vectors.py            writes the files
    vectors.py --check    fails if they are not, byte for byte, what would be written

There is no randomness: keys, secrets and random bytes come from SHA-256 of a label and a counter.
"""

import json
import pathlib
import sys

from jwe import key_of
from open_cases import open_cases
from seal_cases import KIDS, nonces, seal_cases
from signature_cases import secret_cases, sign_cases, verify_cases

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "testdata"
LEAST = {"seal": 60, "open": 150, "sign": 15, "verify": 80, "secrets": 20}


def sealed():
    return {
        "keys": [{"kid": kid, "key": key_of(kid)} for kid in KIDS.values()],
        "nonce": list(nonces()),
        "seal": seal_cases(),
        "open": open_cases(),
    }


def signature():
    return {"secrets": list(secret_cases()), "sign": list(sign_cases()), "verify": list(verify_cases())}


def check(file):
    """Names are unique, and there is enough of each."""
    for suite, cases in file.items():
        names = [case.get("name") or case.get("kid") or case.get("text") for case in cases]
        assert len(set(names)) == len(names), (suite, [name for name in names if names.count(name) > 1])
        assert len(cases) >= LEAST.get(suite, 0), suite
    for suite in file.keys() & {"open", "verify"}:
        negative = sum("error" in case for case in file[suite])
        assert negative * 2 >= len(file[suite]), (suite, negative, len(file[suite]))


def written(file):
    """A case on each line."""
    suites = []
    for suite, cases in file.items():
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        suites.append(f'"{suite}": [\n{lines}\n]')
    return ("{\n" + ",\n".join(suites) + "\n}\n").encode("utf-8")


def main():
    for name, file in (("sealed", sealed()), ("signature", signature())):
        check(file)
        data = written(file)
        if sys.argv[1:] == ["--check"]:
            stored = (FOLDER / f"{name}.json").read_bytes()
            assert stored == data, f"testdata/{name}.json is not what scripts/sealed/vectors.py makes"
        else:
            (FOLDER / f"{name}.json").write_bytes(data)
        sizes = ", ".join(f"{len(cases)} {suite}" for suite, cases in file.items())
        print(f"{name} vectors: {sizes}; {len(data)} bytes, {'fresh' if sys.argv[1:] else 'written'}")


main()
