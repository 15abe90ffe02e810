"""The cases of `open`: everything that is sealed is opened again, and what is broken in one way each is refused."""

import header_cases
from claim_cases import claim_cases, template_cases
from opening import Refused, open_received
from outgoing import FORM, MULTIPART, form
from plain import compact, parse
from received import Case, base
from seal_cases import seal_cases


def again():
    """What a sender sends, read by receivers whose clocks are off by up to the tolerance; structures must be allowed."""
    for number, case in enumerate(seal_cases()):
        if case["name"].startswith("repeated"):
            continue
        profile, sent = parse(case["profile"]), case["callback"]
        claims = parse(case["claims"])
        content_type = next(
            (value for name, value in sent["headers"] if name.lower() == "content-type"), None
        )
        offset = (0, 300, -300, 17)[number % 4]
        yield Case(
            f"again: {case['name']}",
            case["profile"],
            sent["url"] if sent["body"] is None else sent["body"],
            content_type=content_type,
            expected={
                "now": max(case["issued_at"] + offset, 0),
                "tolerance": 300,
                "method": profile["http_method"],
                "url": sent["url"],
                "profile_id": case.get("profile_id"),
            },
            structures=bool({"data", "who"} & claims["params"].keys()),
        )


def repeated():
    """The parameter `jwe`: exactly once, a text, under its own name."""
    token, query = base().token(), base("GET").token()
    other = base(to="another").token()
    for name, rule, body in (
        ("twice", "repeated", f'{{"jwe":"{token}","jwe":"{other}"}}'),
        ("twice, alike", "repeated", f'{{"jwe":"{token}","jwe":"{token}"}}'),
        ("twice, once escaped", "repeated", f'{{"\\u006awe":"{other}","jwe":"{token}"}}'),
        ("absent", "malformed", '{"to":"+919876543210"}'),
        ("no members", "malformed", "{}"),
        ("in upper case", "malformed", f'{{"JWE":"{token}"}}'),
        ("an array", "malformed", f'{{"jwe":["{token}"]}}'),
        ("an object", "malformed", f'{{"jwe":{{"token":"{token}"}}}}'),
        ("null", "malformed", '{"jwe":null}'),
        ("a number", "malformed", '{"jwe":1}'),
        ("true", "malformed", '{"jwe":true}'),
        ("the empty text", "malformed", '{"jwe":""}'),
        ("one level deeper", "malformed", f'{{"data":{{"jwe":"{token}"}}}}'),
    ):
        yield base().case(f"jwe: {name}", body, rule)
    yield base().case("jwe: written with escapes", f'{{"\\u006awe":"{token}"}}')
    for name, rule, fields in (
        ("twice", "repeated", [("jwe", token), ("jwe", other)]),
        ("twice, alike", "repeated", [("jwe", token), ("jwe", token)]),
        ("once empty", "repeated", [("jwe", ""), ("jwe", token)]),
        ("absent", "malformed", [("to", "x")]),
        ("in upper case", "malformed", [("JWE", token)]),
        ("as a list", "malformed", [("jwe[]", token)]),
        ("empty", "malformed", [("jwe", "")]),
    ):
        text = form(fields)
        yield base(kind=FORM).case(f"jwe, form: {name}", text, rule)
        url = f"https://example.com/hooks?{form([(n, query if v == token else v) for n, v in fields])}"
        yield base("GET").case(f"jwe, query: {name}", url, rule)
    yield base(kind=FORM).case(
        "jwe, form: its name twice, once escaped", f"jwe={other}&%6Awe={token}", "repeated"
    )
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="jwe"\r\n\r\n{token}\r\n' for _ in "12")
    yield base(kind=MULTIPART).case(
        "jwe, multipart: twice", f"{parts}--b--\r\n", "repeated", f"{MULTIPART}; boundary=b"
    )
    lone = parts[: len(parts) // 2]
    yield base(kind=MULTIPART).case(
        "jwe, multipart: once", f"{lone}--b--\r\n", None, f"{MULTIPART}; boundary=b"
    )
    url = f"https://example.com/hooks?jwe={query}"
    yield base("GET").case("query: an unknown name beside", f"{url}&utm_source=1")
    yield base("GET").case("query: the URL has a fragment", f"{url}#jwe={query}")
    yield base("GET").case("query: the query alone", f"jwe={query}")


def copies():
    """What is readable beside the token is what is inside, or it is refused."""
    body = {
        "to": "<to>",
        "who": {"name": "<name>", "id": 7, "yes": True},
        "list": [1, {"a": "x"}],
        "none": None,
    }
    inside = '{"to":"+91","who":{"name":"A","id":7,"yes":true},"list":[1,{"a":"x"}],"none":null}'
    sender = base(body=body, enc_params=["to", "who.name"], params=inside)
    for name, rule, outside in (
        ("as sent", None, '"who":{"id":7,"yes":true},"list":[1,{"a":"x"}],"none":null,'),
        ("nothing but the token", None, ""),
        ("some of it", None, '"list":[1,{}],"who":{},'),
        ("in another order", None, '"none":null,"who":{"yes":true,"id":7},'),
        ("what is left out, right", None, '"to":"+91",'),
        ("a value differs", "copy", '"who":{"id":8},'),
        ("what is left out, wrong", "copy", '"to":"+92",'),
        ("a number as text", "copy", '"who":{"id":"7"},'),
        ("a boolean as text", "copy", '"who":{"yes":"true"},'),
        ("another boolean", "copy", '"who":{"yes":false},'),
        ("null for a value", "copy", '"to":null,'),
        ("a value for null", "copy", '"none":0,'),
        ("the empty text for null", "copy", '"none":"",'),
        ("an object for an array", "copy", '"list":{},'),
        ("an array for an object", "copy", '"who":[],'),
        ("a text for an object", "copy", '"who":"A",'),
        ("an object for a text", "copy", '"to":{},'),
        ("an extra member", "copy", '"extra":1,'),
        ("an extra null member", "copy", '"extra":null,'),
        ("an extra member within", "copy", '"who":{"id":7,"admin":true},'),
        ("a name in another case", "copy", '"To":"+91",'),
        ("an element more", "copy", '"list":[1,{"a":"x"},2],'),
        ("an element less", "copy", '"list":[1],'),
        ("elements in another order", "copy", '"list":[{"a":"x"},1],'),
        ("an extra member in an array", "copy", '"list":[1,{"a":"x","b":1}],'),
        ("__proto__", "copy", '"__proto__":{"admin":true},'),
    ):
        yield sender.case(f"copy: {name}", f'{{{outside}"jwe":"{sender.token()}"}}', rule)
    plain = base()
    yield plain.case("copy: without params, right", f'{{"to":"+919876543210","jwe":"{plain.token()}"}}')
    yield plain.case(
        "copy: without params, wrong", f'{{"to":"+919876543211","jwe":"{plain.token()}"}}', "copy"
    )
    after = f'{{"jwe":"{plain.token()}","to":"x"}}'
    yield plain.case("copy: behind the token, wrong", after, "copy")
    fields = base(
        kind=FORM,
        body={**body, "none": "n"},
        enc_params=["to", "who.name"],
        params=compact(
            {"to": "+91", "who": '{"name":"A","id":7,"yes":true}', "list": '[1,{"a":"x"}]', "none": "n"}
        ),
    )
    for name, rule, pairs in (
        ("as sent", None, [("who", '{"id":7,"yes":true}'), ("list", '[1,{"a":"x"}]'), ("none", "n")]),
        ("nothing but the token", None, []),
        ("a value differs", "copy", [("none", "m")]),
        ("a value differs within", "copy", [("who", '{"id":8}')]),
        ("what is left out, wrong", "copy", [("to", "+92")]),
        ("an extra field", "copy", [("extra", "1")]),
        ("a text for an object", "copy", [("who", "A")]),
        ("the empty text", "copy", [("none", "")]),
    ):
        yield fields.case(f"copy, form: {name}", form([*pairs, ("jwe", fields.token())]), rule)
    query = base("GET", url="https://example.com/hooks?k=1&to=<to>", params='{"k":"1","to":"+91"}')
    for name, rule, beside in (("right", None, "k=1"), ("absent", None, "x=1"), ("wrong", "copy", "k=2")):
        url = f"https://example.com/hooks?{beside}&jwe={query.token()}"
        yield query.case(f"copy, query: a constant, {name}", url, rule)
    yield query.case(
        "copy, query: a filled value, wrong", f"https://example.com/hooks?to=x&jwe={query.token()}", "copy"
    )


def bare():
    """A body that is the token alone is received as such by its content type."""
    yield base().case("bare: application/jose", base().token(), None, "application/jose")
    yield base().case("bare: a line break behind it", base().token() + "\n", "malformed", "application/jose")
    yield base().case("bare: in quotes", f'"{base().token()}"', "malformed", "application/jose")
    yield base().case("bare: empty", "", "malformed", "application/jose")


def open_cases():
    """All of them, each as the second opinion finds it, in the form of the file."""
    makers = (
        again,
        repeated,
        header_cases.header_cases,
        header_cases.form_cases,
        claim_cases,
        copies,
        bare,
        template_cases,
    )
    return [finished(case) for maker in makers for case in maker()]


def finished(case):
    """The case as it is written. The rule that it breaks is that which an independent opening names."""
    profile = parse(case.profile)
    assert compact(parse(case.profile)) == case.profile, case.name
    expected = dict.fromkeys(("now", "tolerance", "method", "url", "profile_id")) | case.expected
    try:
        claims = open_received(profile, case.received, case.content_type, expected)
        rule = None
    except Refused as refused:
        rule = refused.rule
    assert rule == case.rule, (case.name, rule, case.rule)
    if rule:
        outcome = {"error": "auth_failed", "rule": rule}
    elif case.error:
        outcome = {"error": case.error, "rule": "template"}
    else:
        outcome = {"values": compact(claims["params"]), "id": claims["jti"], "issued_at": int(claims["iat"])}
        outcome |= {"unknown": case.unknown} if case.unknown else {}
    options = {name: getattr(case, name) for name in ("structures", "absent") if getattr(case, name)}
    return {
        "name": case.name,
        "profile": case.profile,
        "received": case.received,
        **({"content_type": case.content_type} if case.content_type else {}),
        "expected": expected,
        **({"options": options} if options else {}),
        **outcome,
    }
