"""Published packages both ways: they open what our vectors hold and make what must open, they sign and verify.

What a package accepts and we refuse is named here, so that a new version which differs is noticed. Prints what `make test`
counts.
"""

import json
import pathlib
import sys

import differences
import made
from jwe import bytes_of, encode, header_of, key_bytes, token_of
from opening import Refused, received
from packages import TOKENS, WEBHOOKS, Joserfc, NodeWebhooks
from plain import compact, parse
from seal_cases import seal_cases
from stranger_cases import TESTDATA

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build" / "sealed"
JOSERFC_BYTES = 49_152  # the longest ciphertext that joserfc opens: 65,536 characters of base64url


def count(suite, surface, ran, refused, problems):
    """Prints the count and what is wrong; gives the failures."""
    for problem in problems[:5]:
        print(f"  {surface}: {problem}")
    print(f"count {suite} {surface} ran={ran} refused={refused} failed={len(problems)}")
    return len(problems)


def sealed_tokens():
    """The tokens of all sealed callbacks, each with its key and plaintext."""
    for case in seal_cases():
        enc, sent = parse(case["profile"])["enc"], case["callback"]
        content_type = next(
            (value for name, value in sent["headers"] if name.lower() == "content-type"), None
        )
        token, _ = received(sent["body"] or sent["url"], sent["method"], content_type)
        yield case["name"], token, key_bytes(enc["key"]), case["claims"].encode()


def opened(package):
    """Our tokens, opened by a package."""
    cases = list(sealed_tokens())
    answers = package.opened([(token, key) for _, token, key, _ in cases])
    problems = [name for (name, _, _, claims), got in zip(cases, answers, strict=True) if got != claims]
    return count("sealed_opened", package.surface, len(cases), 0, problems)


def forged_tokens():
    """Tokens that are broken in their form or under the key."""
    for case in json.loads((TESTDATA / "sealed.json").read_text("utf-8"))["open"]:
        profile = parse(case["profile"])
        if case.get("rule") in ("malformed", "key"):
            try:
                token, _ = received(case["received"], profile["http_method"], case.get("content_type"))
            except (Refused, ValueError):
                continue
            yield case["name"], token, key_bytes(profile["enc"]["key"])


def forged(package):
    """Broken tokens, refused but for those that the package is known to take."""
    cases = list(forged_tokens())
    answers = package.opened([(token, key) for _, token, key in cases])
    accepted = {name for (name, _, _), got in zip(cases, answers, strict=True) if got is not None}
    for name in sorted(accepted):
        print(f"  {package.surface} takes what ours refuses: {name}")
    problems = sorted(accepted ^ differences.TOKENS[package.surface])
    return count("sealed_forged", package.surface, len(cases), len(cases) - len(accepted), problems)


def limits():
    """Ciphertexts as long as joserfc takes them, and one byte longer: ours and the others open both."""
    key = bytes_of("sealed key for tests: limits", 32)
    failures = 0
    for length in (JOSERFC_BYTES, JOSERFC_BYTES + 1):
        plaintext = b'{"a":"' + b"x" * (length - 8) + b'"}'
        token = token_of(key, header_of("test-limits"), plaintext, bytes_of("nonce", 12))
        for package in TOKENS:
            [got] = package.opened([(token, key)])
            should = package is not Joserfc or length == JOSERFC_BYTES
            problems = [] if (got == plaintext) == should else [f"{length} bytes: {got is not None}"]
            failures += count(f"sealed_length_{length}", package.surface, 1, int(not should), problems)
    return failures


def makes(package):
    """What a package makes, opened by the independent program and kept for our library."""
    wanted = list(made.orders(package.surface))
    orders = [
        (parse(header_of(profile["enc"]["kid"])), compact(claims).encode(), key_bytes(profile["enc"]["key"]))
        for _, profile, _, claims in wanted
    ]
    tokens = package.made(orders)
    other = sum(
        token.split(".")[0] != encode(compact(order[0]).encode())
        for token, order in zip(tokens, orders, strict=True)
    )
    print(f"  {package.surface}: {other} of {len(tokens)} headers are spelled otherwise than ours")
    return made.kept(package.surface, "sealed_made", package.surface, wanted, tokens)


def signs(package):
    """The package's signatures are those of the vectors."""
    cases = json.loads((TESTDATA / "signature.json").read_text("utf-8"))["sign"]
    orders = [
        (secret, case["id"], case["timestamp"], case["body"]) for case in cases for secret in case["secrets"]
    ]
    wanted = [text for case in cases for text in case["headers"]["webhook-signature"].split(" ")]
    answers = package.signed(orders)
    problems = [order[1] for order, want, got in zip(orders, wanted, answers, strict=True) if want != got]
    return count("webhook_signed", package.surface, len(orders), 0, problems)


def verifies(package):
    """What the package says of the received headers, one secret at a time; it has one tolerance and no repeated headers."""
    cases = json.loads((TESTDATA / "signature.json").read_text("utf-8"))["verify"]
    cases = [
        case
        for case in cases
        if case["tolerance"] == 300
        and len({name.lower() for name, _ in case["headers"]}) == len(case["headers"])
    ]
    orders = [
        (number, (secret, dict(case["headers"]), case["body"], case["now"]))
        for number, case in enumerate(cases)
        for secret in case["secrets"]
    ]
    answers = package.verified([order for _, order in orders], False)
    held = {number for (number, _), got in zip(orders, answers, strict=True) if got}
    different = {
        case["name"] for number, case in enumerate(cases) if (number in held) != ("verified" in case)
    }
    for name in sorted(different):
        print(f"  standardwebhooks, {package.surface}, differs from ours: {name}")
    problems = sorted(different ^ differences.WEBHOOKS[package.surface])
    return count("webhook_verified", package.surface, len(cases), len(cases) - len(held), problems)


def parses(package):
    """Forms and empty bodies need the option that stops the package from reading them as JSON."""
    cases = json.loads((TESTDATA / "signature.json").read_text("utf-8"))["verify"]
    problems, ran, refused = [], 0, 0
    for name, is_json in (
        ("a form", False),
        ("an empty body", package is NodeWebhooks),
        ("one secret", True),
    ):
        case = next(case for case in cases if case["name"] == f"again: {name}")
        order = (case["secrets"][0], dict(case["headers"]), case["body"], case["now"])
        for parse_json, wanted in ((False, True), (True, is_json)):
            ran, refused = ran + 1, refused + (not wanted)
            if package.verified([order], parse_json) != [wanted]:
                problems.append(f"{name}, parsed: {parse_json}")
    return count("webhook_parsed", package.surface, ran, refused, problems)


def main():
    failures = limits()
    records = json.loads((BUILD / "made-by-strangers.json").read_text("utf-8"))
    for package in TOKENS:
        failures += opened(package) + forged(package)
        failed, kept = makes(package)
        failures, records = failures + failed, records + kept
    for package in WEBHOOKS:
        failures += signs(package) + verifies(package) + parses(package)
    (BUILD / "made.json").write_text(
        "[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in records) + "\n]\n"
    )
    print(f"build/sealed/made.json: {len(records)} callbacks that others made")
    return 1 if failures else 0


sys.exit(main())
