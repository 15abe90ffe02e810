"""Cases of `open` that are about the claims, and about the profile's template, which judges what is authentic."""

from outgoing import FORM
from plain import compact
from received import IDENTIFIER, URL, base
from seal_cases import ISSUED_AT


def claim_cases():
    sender = base()
    for name, rule, changes in (
        ("iat missing", "iat", {"iat": None}),
        ("iat a text", "iat", {"iat": f'"{ISSUED_AT}"'}),
        ("iat with a fraction", "iat", {"iat": f"{ISSUED_AT}.5"}),
        ("iat with a fraction of zero", "iat", {"iat": f"{ISSUED_AT}.0"}),
        ("iat with an exponent", "iat", {"iat": "179e7"}),
        ("iat negative", "iat", {"iat": f"-{ISSUED_AT}"}),
        ("iat null", "iat", {"iat": "null"}),
        ("iat true", "iat", {"iat": "true"}),
        ("iat a list", "iat", {"iat": f"[{ISSUED_AT}]"}),
        ("iat too large for 64 bits", "iat", {"iat": "18446744073709551616"}),
        ("jti missing", "jti", {"jti": None}),
        ("jti empty", "jti", {"jti": '""'}),
        ("jti of one character", None, {"jti": '"1"'}),
        ("jti of 128 characters", None, {"jti": f'"{"x" * 128}"'}),
        ("jti of 129 characters", "jti", {"jti": f'"{"x" * 129}"'}),
        ("jti with a point", "jti", {"jti": '"msg.1"'}),
        ("jti with a blank", "jti", {"jti": '"msg 1"'}),
        ("jti with a line break", "jti", {"jti": '"msg_1\\n"'}),
        ("jti that is not ASCII", "jti", {"jti": '"msg_é"'}),
        ("jti a number", "jti", {"jti": "1"}),
        ("jti null", "jti", {"jti": "null"}),
        ("htm missing", "htm", {"htm": None}),
        ("htm of another method", "htm", {"htm": '"PUT"'}),
        ("htm in lower case", "htm", {"htm": '"post"'}),
        ("htm a list", "htm", {"htm": '["POST"]'}),
        ("htu missing", "htu", {"htu": None}),
        ("htu of another path", "htu", {"htu": '"https://example.com/other"'}),
        ("htu of a path in another case", "htu", {"htu": '"https://example.com/Hooks"'}),
        ("htu with a slash at its end", "htu", {"htu": '"https://example.com/hooks/"'}),
        ("htu of another host", "htu", {"htu": '"https://example.org/hooks"'}),
        ("htu of another port", "htu", {"htu": '"https://example.com:8443/hooks"'}),
        ("htu of another scheme", "htu", {"htu": '"http://example.com/hooks"'}),
        ("htu a number", "htu", {"htu": "1"}),
        ("htu that is spelled otherwise", None, {"htu": '"HTTPS://EXAMPLE.com:443/%68ooks"'}),
        ("params missing", "claims", {"params": None}),
        ("params a list", "claims", {"params": "[]"}),
        ("params a text", "claims", {"params": '"{}"'}),
        ("params null", "claims", {"params": "null"}),
        ("exp", "unknown", {"exp": str(ISSUED_AT + 60)}),
        ("nbf", "unknown", {"nbf": str(ISSUED_AT)}),
        ("aud", "unknown", {"aud": '"https://example.com/"'}),
        ("iss", "unknown", {"iss": '"x"'}),
        ("a name in another case", "unknown", {"Params": "{}"}),
        ("an empty name", "unknown", {"": "1"}),
        ("pid that nobody expects", None, {"pid": '"6f1c"'}),
    ):
        yield sender.sends(f"claims: {name}", sender.token(**changes), rule)
    whole = sender.claims()
    for name, rule, text in (
        ("a list", "claims", f"[{whole}]"),
        ("a text", "claims", compact(whole)),
        ("null", "claims", "null"),
        ("empty", "claims", ""),
        ("no JSON", "claims", whole[:-1]),
        ("text behind it", "claims", whole + "x"),
        ("bytes that are no UTF-8", "claims", whole.encode()[:-3] + b'\xff"}}'),
        ("a byte order mark", "claims", "\ufeff" + whole),
        ("iat twice", "duplicate", f'{{"iat":{ISSUED_AT},' + whole[1:]),
        ("params twice", "duplicate", '{"params":{},' + whole[1:]),
        ("params twice, once escaped", "duplicate", '{"\\u0070arams":{},' + whole[1:]),
        ("a parameter twice", "duplicate", whole.replace('"note"', '"to":"+1","note"')),
        ("in another order, with blanks", None, " " + whole.replace(",", " ,\n").replace(":", ": ", 1)),
    ):
        yield sender.sends(f"claims: {name}", sender.plaintext(text), rule)
    turned = f'{{"params":{sender.params},"jti":"{IDENTIFIER}","htu":"{URL}","htm":"POST","iat":{ISSUED_AT}}}'
    yield sender.sends("claims: params first", sender.plaintext(turned))
    yield from expectations()


def expectations():
    """What the receiver expects: time, method, URL and profile id."""
    sender = base()
    for offset, tolerance, rule in (
        (300, 300, None),
        (-300, 300, None),
        (301, 300, "freshness"),
        (-301, 300, "freshness"),
        (0, 0, None),
        (1, 0, "freshness"),
        (86_400, 300, "freshness"),
        (86_400, 86_400, None),
    ):
        expected = {"now": ISSUED_AT + offset, "tolerance": tolerance}
        yield sender.sends(f"expected: {offset:+} of {tolerance} s", sender.token(), rule, expected=expected)
    unchecked = {"now": None, "tolerance": None, "not_checked": True}
    yield sender.sends("expected: freshness not checked", sender.token(iat="1"), expected=unchecked)
    yield sender.sends(
        "expected: freshness not checked, iat missing", sender.token(iat=None), "iat", expected=unchecked
    )
    nothing = {"method": None, "url": None}
    yield sender.sends("expected: neither method nor URL", sender.token(), expected=nothing)
    without = sender.token(htm=None, htu=None)
    yield sender.sends("expected: neither, and neither is there", without, expected=nothing)
    for method in ("PUT", "GET", "DELETE"):
        yield sender.sends(
            f"expected: the method {method}", sender.token(), "htm", expected={"method": method}
        )
    for name, url, rule in (
        ("spelled otherwise", "HTTPS://Example.com:443/%68ooks?a=1#x", None),
        ("with a user", "https://u:p@example.com/hooks", None),
        ("of another host", "https://example.org/hooks", "htu"),
        ("of another path", "https://example.com/hooks/1", "htu"),
        ("without a path", "https://example.com", "htu"),
        ("of http", "http://example.com/hooks", "htu"),
    ):
        yield sender.sends(f"expected: a URL {name}", sender.token(), rule, expected={"url": url})
    slash = sender.token(htu='"https://example.com/"')
    yield sender.sends("expected: an empty path is /", slash, expected={"url": "https://example.com"})
    for name, pid, rule in (
        ("there", '"6f1c"', None),
        ("another", '"6f1d"', "pid"),
        ("missing", None, "pid"),
        ("in another case", '"6F1C"', "pid"),
        ("a number", "61", "pid"),
        ("null", "null", "pid"),
    ):
        changes = {} if pid is None else {"pid": pid}
        yield sender.sends(
            f"expected: a profile id, {name}", sender.token(**changes), rule, expected={"profile_id": "6f1c"}
        )
    for method in ("GET", "DELETE"):
        query = base(method)
        other = {"GET": "DELETE", "DELETE": "GET"}[method]
        yield query.sends(f"expected: {method}", query.token())
        yield query.sends(f"expected: {method}, sealed for {other}", base(other).token(), "htm")


def template_cases():
    """What the profile's template says of an authentic token."""
    for sender, how in ((base(), ""), (base(kind=FORM), ", form"), (base("GET"), ", query")):
        for name, error, params in (
            ("a name is missing", "missing_parameter", '{"to":"x"}'),
            ("no parameters", "missing_parameter", "{}"),
            ("a name in another case", "missing_parameter", '{"To":"x","note":"id-7"}'),
            ("an object where text is expected", "not_encrypted", '{"to":"x","note":{"$ne":"x"}}'),
            ("an array where text is expected", "not_encrypted", '{"to":"x","note":["id-7"]}'),
            ("an object that is not allowed", "not_encrypted", '{"to":{"a":"x"},"note":"id-7"}'),
            ("an array that is not allowed", "not_encrypted", '{"to":["x"],"note":"id-7"}'),
        ):
            yield sender.sends(f"template{how}: {name}", sender.token(params=params), error=error)
        for absent in (["note"], True):
            token = sender.token(params='{"to":"x"}')
            yield sender.sends(f"template{how}: a name may be absent, {absent}", token, absent=absent)
        token = sender.token(params='{"note":"id-7"}')
        yield sender.sends(
            f"template{how}: another name may be absent", token, absent=["note"], error="missing_parameter"
        )
    sender = base()
    for name, params in (
        ("an array", '{"to":[{"a":"x"},1],"note":"id-7"}'),
        ("an object", '{"to":{"a":[]},"note":"id-7"}'),
    ):
        for structures in (["to"], True):
            token = sender.token(params=params)
            yield sender.sends(
                f"template: {name} that is allowed, {structures}", token, structures=structures
            )
        yield sender.sends(
            f"template: {name}, another is allowed",
            sender.token(params=params),
            structures=["note"],
            error="not_encrypted",
        )
    token = sender.token(params='{"to":"x","note":{"a":"x"}}')
    yield sender.sends(
        "template: an object where text is expected, all allowed",
        token,
        structures=True,
        error="not_encrypted",
    )
    for name, value in (("a number", "7"), ("a boolean", "false"), ("the empty text", '""')):
        yield sender.sends(
            f"template: {name} for a whole name", sender.token(params=f'{{"to":{value},"note":"id-7"}}')
        )
    extra = sender.token(params='{"to":"x","extra":"y","note":"id-7"}')
    yield sender.sends("template: a name that it does not know", extra, unknown=["extra"])
    target = base(url=f"{URL}?q=<q>&k=1")
    yield target.sends(
        "template: parameters of the query are inside",
        target.token(params='{"to":"x","note":"id-7","q":"y","k":"1"}'),
    )
    yield target.sends(
        "template: a parameter of the query is missing",
        target.token(params='{"to":"x","note":"id-7","k":"1"}'),
        error="missing_parameter",
    )
