"""Tokens that others make, with fresh keys: each is opened by the independent program, and kept for our library to open."""

import json
import os

from jwe import PREFIX, encode
from opening import Refused, claims_of, open_token
from outgoing import JSON, MULTIPART, callback
from plain import compact, parse
from seal_cases import seal_cases


def orders(who):
    """What others shall seal: the callbacks of testdata/sealed.json under keys that nobody else has."""
    for number, case in enumerate(seal_cases()):
        profile = parse(case["profile"])
        kid = f"fresh-{who}.{number}"[:64]
        profile["enc"] |= {"kid": kid, "key": PREFIX + encode(os.urandom(32))}
        options = {name: case[name] for name in ("bare",) if name in case}
        made = callback(compact(profile), case["record"], **options)
        if made.kind != MULTIPART and not case["name"].startswith("repeated"):
            yield case, profile, made, parse(case["claims"])


def record(who, case, profile, made, token):
    """The received callback in the form of `open` of testdata/sealed.json."""
    sent, claims = made.sent(token), parse(case["claims"])
    content_type = next((value for name, value in sent["headers"] if name.lower() == "content-type"), None)
    return {
        "name": f"{who}: {case['name']}",
        "profile": compact(profile),
        "received": sent["url"] if sent["body"] is None else sent["body"],
        **({"content_type": content_type or JSON} if sent["body"] is not None else {}),
        "expected": {
            "now": case["issued_at"],
            "tolerance": 300,
            "method": sent["method"],
            "url": sent["url"],
            "profile_id": case.get("profile_id"),
        },
        "options": {"structures": True},
        "values": compact(claims["params"]),
        "id": case["id"],
        "issued_at": case["issued_at"],
    }


def is_made(profile, token, claims):
    """Whether the independent program finds in the token what was to be sealed."""
    try:
        return claims_of(open_token(token, profile["enc"]["kid"], profile["enc"]["key"])) == claims
    except Refused:
        return False


def kept(who, suite, surface, wanted, tokens):
    """Prints the count of what somebody made; gives the failures and the cases for our library."""
    wanted, records, nonces = list(wanted), [], set()
    for (case, profile, made, claims), token in zip(wanted, tokens, strict=False):
        if is_made(profile, token, claims):
            records.append(record(who, case, profile, made, token))
            nonces.add(token.split(".")[2])
    failed = len(wanted) - len(records) + (len(records) - len(nonces))
    print(f"count {suite} {surface} ran={len(wanted)} refused=0 failed={failed}")
    return failed, records


def by_stranger(language, folder):
    """What the program of a language seals."""
    wanted = list(orders(language.name))
    jobs = [
        {"do": "seal", "kid": profile["enc"]["kid"], "key": profile["enc"]["key"], "claims": compact(claims)}
        for _, profile, _, claims in wanted
    ]
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    answers = language.start(folder, lines.encode()).stdout.decode().split("\n")
    tokens = [answer.removeprefix("ok ") for answer in answers if answer.startswith("ok ")]
    return kept(language.title, "sealed_made", language.name, wanted, tokens)
