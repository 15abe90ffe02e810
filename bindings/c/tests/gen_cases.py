#!/usr/bin/env python3
"""Writes the shared cases of testdata/ as a C table: gen_cases.py TESTDATA OUT.c

Expectations stay in testdata/; this only changes their form, so that C needs no JSON parser."""

import json
import pathlib
import sys

LISTS = {  # member: how many texts an element has
    "violations": 4, "advisories": 2, "replacers": 2, "headers": 2, "missing_names": 1, "parameters": 1, "structures": 1,
    "absent": 1, "details": 1, "unknown": 1, "causes": 1, "fields": 2, "texts": 1, "expected": 1, "also": 1,
    "refused": 1, "signing_secrets": 1, "failed": 2,
}
TEXTS = ["payload", "profile", "record", "patch", "stored", "received", "envelope", "sid", "profile_id", "content_type",
         "boundary", "algorithm", "key", "iv", "plaintext", "text", "decrypted", "json", "opened", "method", "url",
         "body", "error", "error_class", "parameter", "kind", "verdict", "grade", "settings", "random", "id",
         "expected_method", "expected_url", "expected_profile_id"]
CHOICES = {
    "policy": ["documented", "strict"], "encoding": ["base64", "base64url", "hex"], "tag": ["appended", "prepended"],
    "reading": ["tolerant", "strict"], "missing": ["empty", "keep", "error", "null"], "surrogates": ["refuse", "replace"], "secrets": ["masked", "shown"],
}
NUMBERS = ["status", "unlisted", "pairs", "partial", "accepted", "all_structures", "all_absent", "told", "bare", "check_freshness",
           "now", "tolerance", "issued_at", "timestamp"]
CLASSED = ["message", "callback", "open", "value"]  # suites whose cases name the class beside each error
KNOWN = {"name", "position", "limits", "note", "reason", "rule", "host", "made_by", *LISTS, *TEXTS, *CHOICES, *NUMBERS}


def literal(data: bytes) -> str:
    pieces, line = [], ""
    for byte in data:
        plain = 32 <= byte < 127 and byte not in b'"\\?'
        line += chr(byte) if plain else f"\\{byte:03o}"
        if len(line) > 100:
            pieces.append(f'"{line}"')
            line = ""
    pieces.append(f'"{line}"')
    return "\n    ".join(pieces)


def text(value) -> str:
    if value is None:
        return "{0, 0}"
    data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return f"{{{literal(data)}, {len(data)}}}"


class Table:
    def __init__(self):
        self.out, self.lists, self.suites = [], 0, []

    def list_of(self, flat, width) -> str:
        self.lists += 1
        items = ",\n".join(text(item) for item in flat) or "{0, 0}"
        self.out.append(f"static const cbp_str list{self.lists}[] = {{{items}}};\n")
        return f"{{list{self.lists}, {len(flat) // width}}}"

    def suite(self, name, cases):
        rows = []
        for case in cases:
            case = dict(case)
            for member in [member for member in case if member.endswith("_hex")]:
                case[member[:-4]] = bytes.fromhex(case.pop(member))
            if name in CLASSED:
                assert ("class" in case) == ("error" in case), f"{name}: {case['name']}: a class is beside each error"
                case["error_class"] = case.pop("class", None)  # `class` is a keyword of C++
            for member in ["structures", "absent"]:  # true, or names
                if isinstance(case.get(member), bool):
                    case[f"all_{member}"] = case.pop(member)
            if isinstance(case.get("decrypted"), list):  # of value.json it is a text
                case["details"] = case.pop("decrypted")
            if fields := case.get("fields"):  # pointers hold no line break
                case["fields"] = [[field, "\n".join(pointers)] for field, pointers in fields]
            unknown = case.keys() - KNOWN
            assert not unknown, f"{name}: {case.get('name')}: the harness does not know {unknown}"
            rows.append(self.row(name, case))
        assert len(rows) == len({case.get("name") for case in cases}), f"{name}: names are not unique"
        rows = ",\n".join(rows)
        self.out.append(f"static const test_case {name.replace('-', '_')}_cases[] = {{\n{rows}\n}};\n")
        self.suites.append((name, len(cases)))

    def row(self, suite, case) -> str:
        fields = [f".name = {literal(case['name'].encode())}"]
        for member in TEXTS:
            if isinstance(case.get(member), (str, bytes)):
                fields.append(f".{member} = {text(case[member])}")
        for member, width in LISTS.items():
            if (value := case.get(member)) is not None:
                if isinstance(value, dict):
                    value = list(value.items())
                if member == "violations" and suite != "request":
                    value = [["body", *violation] for violation in value]
                flat = [item for element in value for item in (element if width > 1 else [element])]
                assert len(flat) == width * len(value), case
                fields.append(f".{member} = {self.list_of(flat, width)}")
        for member, names in CHOICES.items():
            if member in case:
                fields.append(f".{member} = {names.index(case[member])}")
        for member in NUMBERS:
            if case.get(member) is not None:
                fields.append(f".{member} = {int(case[member])}")
        if position := case.get("position"):
            fields.append(f".line = {position[0]}, .column = {position[1]}")
        if limits := case.get("limits"):
            pairs = [f"{{CBP_LIMIT_{name.upper()}, {value}}}" for name, value in limits.items()]
            fields.append(f".limits = {{{', '.join(pairs)}}}, .limit_count = {len(pairs)}")
        return "{" + ", ".join(fields) + "}"


def crypto(cases):
    """The five-implementation vectors, in the members of value.json."""
    for number, case in enumerate(cases):
        yield {"name": f"{number}: {case['algo']}, {len(case['pt'])} bytes, IV of {len(case['iv'])}",
               "algorithm": case["algo"], "key": case["key"], "iv": case["iv"], "plaintext": case["pt"],
               "text": case.get("ct_tag_b64", case["ct_b64"]),
               # raw bytes, for the functions below the text rules
               "decrypted_hex": case["ct_hex"] + case.get("tag_hex", "")}


def url(cases):
    for number, case in enumerate(cases):
        payload = json.dumps({"title": "url", "http_method": "GET", "url": case["url"]}, ensure_ascii=False)
        yield {"name": f"{number}: {case['url']!r}", "payload": payload, "accepted": case["accepted"]}


def partial(cases):
    """Bodies of which some parameters do not open; an error is that of the whole."""
    for case in cases:
        yield {**case, "partial": 1}


def address(parts):
    """Addresses with their verdict, and hosts: what is known of them is the case's kind."""
    for number, case in enumerate(parts["addresses"] + parts["spellings"] + parts["names"]):
        known = {"text": case["address"]} if case.get("address") is not None else {}
        host = case.get("host", known.get("text"))
        if "verdict" in case:
            kind, known["verdict"] = "verdict", case["verdict"]
            host = f"[{host}]" if ":" in host else host
        elif not host or ".." in host or case.get("reading") == "malformed":
            kind = "refused"
        elif "internal" in case:
            kind = "private" if case["internal"] else "public"
        else:
            kind = "address" if case["reading"] == "address" else "name"
        payload = json.dumps({"title": "address", "http_method": "GET", "url": f"https://{host}/"}, ensure_ascii=False)
        yield {"name": f"{number}: {host!r}", "kind": kind, "payload": payload, "url": host, **known}


def diagnosis_published(cases):
    """Texts that do not open, without and with the expected value, and whether one of the causes comes first then."""
    for case in cases:
        shared = {"payload": payload_of(case["enc"]), "texts": [case["text"]], "causes": case["causes"]}
        yield {"name": case["id"], "told": "not_told" not in case, **shared}
        yield {"name": f"{case['id']} with the value", "told": case.get("not_told") != "always",
               "expected": [case["value"]], **shared}


def diagnosis(cases):
    """Our own texts, and whole bodies: `also` and `enc` as payloads, `settings` as JSON."""
    for case in cases:
        case = {"told": 1, **case}
        if "enc" in case:
            case["payload"] = payload_of(case.pop("enc"))
        if "also" in case:
            case["also"] = [payload_of(enc) for enc in case["also"]]
        if "settings" in case:
            case["settings"] = json.dumps(case["settings"], separators=(",", ":"))
        yield case


def sealed(cases):
    """Callbacks that are sealed, and received ones: what is expected and the settings as members of their own."""
    for case in cases:
        case = dict(case)
        case.pop("claims", None)  # what strangers open; here the bytes of the callback are compared
        if "random" in case:
            case["random_hex"] = case.pop("random")
        if "values" in case:
            case["opened"] = case.pop("values")
        case.update(case.pop("callback", {}))
        case.update(case.pop("options", {}))
        if expected := case.pop("expected", None):
            assert expected.get("not_checked", False) == (expected["now"] is None)
            case["check_freshness"] = not expected.get("not_checked")
            case.update({name: expected[name] for name in ("now", "tolerance")})
            case.update({f"expected_{name}": expected[name] for name in ("method", "url", "profile_id")})
        yield case


def signature(cases):
    """Secrets, messages that are signed, received ones."""
    for number, case in enumerate(cases):
        case = {"name": f"{number}", **case}
        if "valid" in case:
            case["accepted"] = case.pop("valid")
        case["signing_secrets"] = case.pop("secrets", None)
        case.update(case.pop("verified", {}))
        yield case


def payload_of(enc):
    return json.dumps({"title": "diagnosis", "http_method": "POST", "url": "https://example.com/", "body": {"to": "<to>"},
                       "enc": enc})


def main():
    testdata, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    load = lambda name: json.loads((testdata / f"{name}.json").read_text("utf-8"))
    table = Table()
    for name in ["profile", "request", "patch", "stored", "envelope", "message", "callback", "open", "value"]:
        table.suite(name, load(name))
    table.suite("partial", list(partial(load("partial"))))
    table.suite("crypto", list(crypto(load("crypto"))))
    table.suite("url", list(url(load("url"))))
    table.suite("address", list(address(load("address"))))
    table.suite("diagnosis-published", list(diagnosis_published(load("vectors/diagnosis"))))
    table.suite("diagnosis", list(diagnosis(load("diagnosis"))))
    for array in ("seal", "open"):
        table.suite(f"sealed-{array}", list(sealed(load("sealed")[array])))
    for array in ("secrets", "sign", "verify"):
        table.suite(f"signature-{array}", list(signature(load("signature")[array])))
    suites = ",\n".join(f'{{"{name}", {name.replace("-", "_")}_cases, {count}}}' for name, count in table.suites)
    out.write_text('#include "cases.h"\n\n' + "\n".join(table.out)
                   + f"\nconst test_suite test_suites[] = {{\n{suites}\n}};\n"
                   + f"const size_t test_suite_count = {len(table.suites)};\n")


main()
