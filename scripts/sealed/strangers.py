"""The languages of examples/receivers/sealed: how each program is run, and what becomes of it without each of its checks.

`SEALED` opens and makes sealed callbacks, `SIGNATURE` verifies signatures.
"""

from dataclasses import replace

from languages import NOTHING, REMOVE, Language, Mutant

TRAPS = {
    "parts": "five parts, the second empty",
    "base64": "strict base64url",
    "header": "the header to the byte, `kid` with it",
    "key": "the key has 32 bytes",
    "nonce": "the nonce has 12 bytes",
    "tag": "the tag has 16 bytes",
    "verified": "a wrong tag gives nothing",
    "utf8": "the claims are UTF-8",
    "claims": "the claims are an object with `params`",
    "iat": "`iat` is an integer, and fresh",
    "jti": "`jti` is an id",
    "htm": "`htm` is the method",
    "htu": "`htu` is the URL",
    "once": "`jwe` is there exactly once",
    "deep": "a body of nothing but brackets is refused",
}
# Which rules of testdata/sealed.json a check is about: without it one of their cases is accepted.
RULES = {
    "parts": {"malformed"},
    "base64": {"malformed"},
    "header": {"header", "kid"},
    "key": {"key length"},
    "nonce": {"malformed"},
    "tag": {"malformed"},
    "verified": {"key"},
    "utf8": {"claims"},
    "claims": {"claims"},
    "iat": {"iat", "freshness"},
    "jti": {"jti"},
    "htm": {"htm"},
    "htu": {"htu"},
    "once": {"repeated"},
}
TWICE = [Mutant("accepts"), Mutant("accepts")]  # in JSON and in forms
# Go does not compile what imports in vain.
UTF8 = [Mutant("accepts", "Valid(plain)", "Valid(nil)")]
JAVAC = ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-proc:none"]
JACKSON = ":".join(f"/usr/share/java/jackson-{part}.jar" for part in ("core", "databind", "annotations"))


def traps(**others):
    """Each check is a line that is taken out, but for these."""
    return {**dict.fromkeys(TRAPS, REMOVE), "once": TWICE, "deep": NOTHING, **others}


SEALED = [
    Language(
        "php",
        "PHP",
        "`openssl`",
        "sealed.php",
        "php",
        "php-cli",
        traps(verified="`openssl_decrypt` gives false, which is no JSON", utf8="`json_decode` refuses"),
        run=["php", "-d", "display_errors=stderr", "{file}"],
    ),
    Language(
        "java",
        "Java",
        "`javax.crypto`, Jackson",
        "Sealed.java",
        "javac",
        "default-jdk-headless",
        traps(verified="`doFinal` throws", utf8="`newDecoder` throws"),
        compile=["javac", *JAVAC, "-Xlint:all", "-Werror", "-cp", JACKSON, "-d", "{folder}", "{file}"],
        run=["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", "{folder}:" + JACKSON, "Sealed"],
    ),
    Language(
        "go",
        "Go",
        "`crypto/cipher`",
        "sealed.go",
        "go",
        "golang-go",
        traps(verified="`Open` gives nothing, which is no JSON", nonce=[Mutant("crashes")], utf8=UTF8),
        compile=["go", "build", "-o", "{folder}/sealed", "{file}"],
        run=["{folder}/sealed"],
    ),
    Language(
        "ruby",
        "Ruby",
        "`openssl`",
        "sealed.rb",
        "ruby",
        "ruby",
        traps(key="`key=` raises", nonce="`iv=` raises", utf8=[Mutant("crashes")]),
        run=["ruby", "-W0", "{file}"],
    ),
    Language(
        "python",
        "Python",
        "`cryptography`",
        "sealed.py",
        "python3",
        "python3",
        traps(
            verified="`decrypt` raises",
            utf8="`decode` raises",
            deep=[Mutant("crashes", ", RecursionError", "")],
        ),
        run=["{python}", "{file}"],
    ),
    Language(
        "node",
        "Node",
        "`node:crypto`",
        "sealed.mjs",
        "node",
        "nodejs",
        traps(key="`createDecipheriv` throws", utf8="a `fatal` decoder throws"),
        run=["node", "{file}"],
    ),
]

SIGNATURE_TRAPS = {
    "secret": "a secret is `whsec_` and strict base64 of 24 to 64 bytes",
    "headers": "each header is there exactly once",
    "id": "the id is one",
    "timestamp": "the timestamp is written in its one way",
    "many": "at most 16 signatures",
    "signature": "one of them holds",
    "time": "the timestamp is fresh",
}
# The cases of a check begin with these words.
SIGNATURE_RULES = {trap: {trap} for trap in SIGNATURE_TRAPS} | {
    "many": {"signature"},
    "signature": {"signature", "body"},
}
SIGNATURE_USES = {
    "php": "`hash_hmac`",
    "java": "`javax.crypto`",
    "go": "`crypto/hmac`",
    "ruby": "`openssl`",
    "python": "`hmac`",
    "node": "`node:crypto`",
}
GO = {"headers": [Mutant("accepts", "once", "once || true")]}


def renamed(text):
    return text.replace("sealed", "signature").replace("Sealed", "Signature")


SIGNATURE = [
    replace(
        language,
        uses=SIGNATURE_USES[language.name],
        file=renamed(language.file),
        traps=dict.fromkeys(SIGNATURE_TRAPS, REMOVE) | (GO if language.name == "go" else {}),
        compile=[renamed(part) for part in language.compile],
        run=[renamed(part) for part in language.run],
    )
    for language in SEALED
]
