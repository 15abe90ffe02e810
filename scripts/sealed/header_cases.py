"""Cases of `open` that are about the protected header and about the compact form. All but a few are authentic under the key."""

from jwe import decode, encode, header_of
from outgoing import FORM
from received import base
from seal_cases import KIDS

# Names that a header must not have, with what somebody would send there.
REFUSED_NAMES = {
    "zip": '"DEF"',
    "crit": '["exp"]',
    "b64": "false",
    "jku": '"https://example.com/keys"',
    "jwk": '{"kty":"oct","k":"AAAA"}',
    "x5u": '"https://example.com/chain"',
    "x5c": '["AAAA"]',
    "x5t": '"AAAA"',
    "x5t#S256": '"AAAA"',
    "epk": '{"kty":"EC"}',
    "apu": '"AAAA"',
    "apv": '"AAAA"',
    "p2s": '"AAAA"',
    "p2c": "1000000",
    "iv": '"AAAAAAAAAAAAAAAA"',
    "tag": '"AAAAAAAAAAAAAAAAAAAAAA"',
    "cty": '"JWT"',
    "exp": "1790000300",
    "": '""',
    "Alg": '"dir"',
}


def header(kid=None, alg='"dir"', enc='"A256GCM"', typ='"callback+jwt"', more=""):
    """A header of JSON texts; None leaves a member out."""
    kid = f'"{KIDS["usual"]}"' if kid is None else kid
    members = (("alg", alg), ("enc", enc), ("typ", typ), ("kid", kid))
    return "{" + ",".join(f'"{name}":{value}' for name, value in members if value) + more + "}"


def header_cases():
    assert header() == header_of(KIDS["usual"])
    for sender, how in ((base(), ""), (base(kind=FORM), ", form"), (base("GET"), ", query")):
        for name, value in REFUSED_NAMES.items():
            token = sender.under(header(more=f',"{name}":{value}'))
            yield sender.sends(f"header{how}: a member {name!r}", token, "header")
    kid = KIDS["usual"]
    for name, rule, text in (
        ("typ in upper case", None, header(typ='"CALLBACK+JWT"')),
        ("typ with application/", None, header(typ='"application/callback+jwt"')),
        ("typ with Application/, in both cases", None, header(typ='"Application/Callback+JWT"')),
        ("typ with application/ twice", "header", header(typ='"application/application/callback+jwt"')),
        ("another typ", "header", header(typ='"JWT"')),
        ("an empty typ", "header", header(typ='""')),
        ("no typ", "header", header(typ="")),
        ("typ with a parameter", "header", header(typ='"callback+jwt; v=1"')),
        ("typ a list", "header", header(typ='["callback+jwt"]')),
        ("alg A256KW", "header", header(alg='"A256KW"')),
        ("alg A256GCMKW", "header", header(alg='"A256GCMKW"')),
        ("alg none", "header", header(alg='"none"')),
        ("alg in upper case", "header", header(alg='"DIR"')),
        ("no alg", "header", header(alg="")),
        ("alg null", "header", header(alg="null")),
        ("enc A128GCM", "header", header(enc='"A128GCM"')),
        ("enc A256CBC-HS512", "header", header(enc='"A256CBC-HS512"')),
        ("enc in lower case", "header", header(enc='"a256gcm"')),
        ("no enc", "header", header(enc="")),
        ("another kid", "kid", header(kid='"test-2026-12"')),
        ("kid in upper case", "kid", header(kid=f'"{kid.upper()}"')),
        ("kid with a blank", "kid", header(kid=f'"{kid} "')),
        ("kid with a NUL", "kid", header(kid=f'"{kid}\\u0000"')),
        ("kid shorter", "kid", header(kid=f'"{kid[:-1]}"')),
        ("an empty kid", "kid", header(kid='""')),
        ("kid null", "header", header(kid="null")),
        ("kid a list", "header", header(kid=f'["{kid}"]')),
        ("alg twice, alike", "header", header(more=',"alg":"dir"')),
        ("alg twice", "header", '{"alg":"none",' + header()[1:]),
        ("kid twice", "header", header(more=',"kid":"other"')),
        ("kid twice, once escaped", "header", header(more=',"\\u006bid":"other"')),
        ("crit, escaped", "header", header(more=',"\\u0063rit":[]')),
        ("an empty object", "header", "{}"),
        ("an array", "header", "[]"),
        ("a text", "header", '"dir"'),
        ("null", "header", "null"),
        ("empty", "header", ""),
        ("no JSON", "header", header()[:-1]),
        ("a comma too many", "header", header()[:-1] + ",}"),
        ("text behind it", "header", header() + "x"),
        ("two objects", "header", header() * 2),
        ("a byte order mark", "header", "\ufeff" + header()),
        ("a byte that is no UTF-8", "header", header().encode()[:-2] + b'\xff"}'),
        ("an overlong encoding", "header", header().encode().replace(b"dir", b"\xc1\xa4ir")),
        (
            "a lone surrogate as bytes",
            "header",
            header(more=',"x":"?"').encode().replace(b"?", b"\xed\xa0\x80"),
        ),
        ("over 4 KiB, of blanks", "malformed", "{" + " " * 5000 + header()[1:]),
        ("over 4 KiB, of a member", "malformed", header(more=f',"x":"{"y" * 5000}"')),
    ):
        yield base().sends(f"header: {name}", base().under(text), rule)
    other = base(kid="longest")
    yield base().sends("header: another profile's token", other.token(), "kid")
    right, wrong = base(), base(kid="longest")
    wrong.kid = right.kid
    yield right.sends("key: another key under the same kid", wrong.token(), "key")
    case = base(kid="lower case")
    yield case.sends("header: kid that differs in case alone", base(kid="upper case").token(), "kid")


def loose(text):
    """The same bytes, with a bit set that they do not need."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(text) % 4, "nothing is left over"
    return text[:-1] + alphabet[alphabet.index(text[-1]) | 1]


def flip(text, place=0):
    """Base64url of other bytes: one bit changed."""
    data = bytearray(decode(text))
    data[place] ^= 1
    return encode(bytes(data))


def form_cases():
    sender = base()
    token = sender.token()
    head, _, nonce, data, tag = token.split(".")
    assert len(data) % 4 and len(head) % 4 and len(tag) % 4

    def joined(head=head, second="", nonce=nonce, data=data, tag=tag):
        return ".".join([head, second, nonce, data, tag])

    long_nonce = sender.under(sender.header(), nonce=b"0123456789abcdef")
    short_nonce = sender.under(sender.header(), nonce=b"01234567")
    for name, rule, text in (
        ("as it should be", None, joined()),
        ("four parts", "malformed", ".".join([head, nonce, data, tag])),
        ("three parts", "malformed", ".".join([head, data, tag])),
        ("six parts", "malformed", joined() + "."),
        ("six parts, the last not empty", "malformed", joined() + ".AAAA"),
        ("one part", "malformed", head),
        ("nothing but points", "malformed", "...."),
        ("a second part", "malformed", joined(second="AAAA")),
        ("a second part of a whole key", "malformed", joined(second="A" * 43)),
        ("nonce and ciphertext swapped", "malformed", joined(nonce=data, data=nonce)),
        ("ciphertext and tag swapped", "malformed", joined(data=tag, tag=data)),
        ("nonce and tag swapped", "malformed", joined(nonce=tag, tag=nonce)),
        ("header and ciphertext swapped", "header", joined(head=data, data=head)),
        ("the header of another kid", "kid", joined(head=encode(header(kid='"other"').encode()))),
        ("the header spelled otherwise", "key", joined(head=encode(header(typ='"Callback+jwt"').encode()))),
        ("the ciphertext of another token", "key", joined(data=base(to="another").token().split(".")[3])),
        ("the tag of another token", "key", joined(tag=base(to="another").token().split(".")[4])),
        ("no tag", "malformed", joined(tag="")),
        *(
            (f"a tag of {length} bytes", "malformed", joined(tag=encode(decode(tag)[:length])))
            for length in (1, 4, 8, 12, 13, 15)
        ),
        ("a tag of 17 bytes", "malformed", joined(tag=encode(decode(tag) + b"\0"))),
        ("a tag of 32 bytes", "malformed", joined(tag=encode(decode(tag) * 2))),
        ("no nonce", "malformed", joined(nonce="")),
        ("a nonce of 8 bytes", "malformed", short_nonce),
        ("a nonce of 16 bytes", "malformed", long_nonce),
        ("a nonce with a NUL behind it", "malformed", joined(nonce=encode(decode(nonce) + b"\0"))),
        ("no ciphertext", "key", joined(data="")),
        (
            "the tag at the end of the ciphertext",
            "malformed",
            joined(data=encode(decode(data) + decode(tag)), tag=""),
        ),
        ("bits left over in the header", "malformed", joined(head=loose(head))),
        ("bits left over in the header, authentic", "malformed", sender.under("", segment=loose(head))),
        ("bits left over in the ciphertext", "malformed", joined(data=loose(data))),
        ("bits left over in the tag", "malformed", joined(tag=loose(tag))),
        ("padding behind the header", "malformed", joined(head=head + "=" * (-len(head) % 4))),
        (
            "padding behind the header, authentic",
            "malformed",
            sender.under("", segment=head + "=" * (-len(head) % 4)),
        ),
        ("padding behind the ciphertext", "malformed", joined(data=data + "=" * (-len(data) % 4))),
        ("padding behind the tag", "malformed", joined(tag=tag + "==")),
        ("one character too many in the tag", "malformed", joined(tag=tag + "A")),
        ("a lone character in the nonce", "malformed", joined(nonce=nonce + "A")),
        ("the other alphabet", "malformed", joined(data=data.replace("-", "+").replace("_", "/"))),
        ("a blank before it", "malformed", " " + joined()),
        ("a blank behind it", "malformed", joined() + " "),
        ("a line break behind it", "malformed", joined() + "\n"),
        ("a line break in the ciphertext", "malformed", joined(data=data[:8] + "\n" + data[8:])),
        (
            "CR LF in the header, authentic",
            "malformed",
            sender.under("", segment=head[:8] + "\r\n" + head[8:]),
        ),
        ("a tab in the tag", "malformed", joined(tag="\t" + tag)),
        ("a NUL behind it", "malformed", joined() + "\0"),
        ("a character of no alphabet", "malformed", joined(data=data[:8] + "!" + data[8:])),
        ("a letter that is not ASCII", "malformed", joined(data=data[:8] + "é" + data[8:])),
        ("a bit of the header", "header", joined(head=flip(head))),
        ("a bit of the nonce", "key", joined(nonce=flip(nonce))),
        ("a bit of the ciphertext", "key", joined(data=flip(data, 5))),
        ("the last bit of the ciphertext", "key", joined(data=flip(data, -1))),
        ("a bit of the tag", "key", joined(tag=flip(tag))),
        ("the last byte of the tag", "key", joined(tag=flip(tag, -1))),
        ("a byte of the ciphertext lost", "key", joined(data=encode(decode(data)[:-1]))),
        ("a byte of the ciphertext too many", "key", joined(data=encode(decode(data) + b"\0"))),
    ):
        yield sender.sends(f"form: {name}", text, rule)
    assert "-" in data or "_" in data
    serialised = f'{{"protected":"{head}","iv":"{nonce}","ciphertext":"{data}","tag":"{tag}"}}'
    yield sender.case("form: the JSON serialisation for a body", serialised, "malformed")
    yield from nonces_again()


def nonces_again():
    """Tokens that a stranger makes have nonces of their own, which a receiver takes as they are."""
    sender = base()
    for name, nonce in (("zeros", bytes(12)), ("ones", b"\xff" * 12), ("text", b"abcdefghijkl")):
        yield sender.sends(f"form: a stranger's nonce of {name}", sender.under(sender.header(), nonce=nonce))
