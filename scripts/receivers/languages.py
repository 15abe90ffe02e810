"""The languages: what each needs, how its receiver is run, and what becomes of it without each of its checks."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TRAPS = {
    "algorithm": "only the six names",
    "key": "the key has exactly the algorithm's length",
    "iv": "the IV has exactly 16 bytes",
    "base64": "strict base64",
    "tag": "the tag has exactly 16 bytes and is the last",
    "verified": "a wrong tag gives nothing",
    "iv16": "GCM with an IV of 16 bytes",
    "cfb128": "CFB is CFB128, not CFB8",
    "raw": "base64 is decoded once",
    "empty": "an empty value is a value",
    "utf8": "the result is UTF-8",
    "object": "a body is an object",
    "absent": "every encrypted name is there",
    "text": "each is a text",
    "twice": "no name comes twice",
}


@dataclass(frozen=True)
class Mutant:
    """A marked line taken out (with the block that it opens), or `old` in it replaced by `new`; and what that does.

    `accepts`: a forged case of the trap's own families is taken. `spoils`: a genuine value is refused or read as
    another. `crashes`: the program ends before its last answer.
    """

    effect: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Language:
    """`traps` has the mutant of each marked line, in their order; or, in words, why no line is needed."""

    name: str
    title: str
    uses: str
    file: str
    needs: str
    package: str
    traps: dict[str, list[Mutant] | str]
    compile: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    # Families of cases that it cannot tell from genuine ones.
    cannot: frozenset[str] = frozenset()

    def is_there(self) -> bool:
        return shutil.which(self.needs) is not None

    def start(self, folder: Path, lines: bytes) -> subprocess.CompletedProcess:
        """Builds and runs the receiver in `folder`. A failing build is a failing run with its message."""
        fill = {"folder": folder, "file": folder / self.file, "python": sys.executable}
        environment = {
            **os.environ,
            "CGO_ENABLED": "0",
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
            "GOFLAGS": "",
        }
        for command in (self.compile, self.run):
            filled = [part.format(**fill) for part in command]
            if filled:
                done = subprocess.run(
                    filled, input=lines, capture_output=True, check=False, env=environment, timeout=120
                )
                if done.returncode and command is self.compile:
                    raise SystemExit(f"{self.title}: {done.stderr.decode(errors='replace')}")
        return done


REMOVE = [Mutant("accepts")]
NOTHING = "no such trap here"

LANGUAGES = [
    Language(
        "php",
        "PHP",
        "`openssl`",
        "receiver.php",
        "php",
        "php-cli",
        {
            "algorithm": REMOVE,
            "key": REMOVE,
            "iv": REMOVE,
            "base64": REMOVE,
            "tag": REMOVE,
            "verified": REMOVE,
            "iv16": "PHP tells OpenSSL the length",
            "cfb128": [
                Mutant("spoils", "strtolower($algo)", "str_replace('cfb', 'cfb8', strtolower($algo))")
            ],
            "raw": [Mutant("spoils", "OPENSSL_RAW_DATA", "0")],
            "empty": NOTHING,
            "utf8": REMOVE,
            "object": "of anything else `(array)` has no names",
            "absent": REMOVE,
            "text": REMOVE,
            "twice": "`json_decode` keeps the last",
        },
        run=["php", "-d", "display_errors=stderr", "{file}"],
        cannot=frozenset({"twice"}),
    ),
    Language(
        "java",
        "Java",
        "`javax.crypto`",
        "Receiver.java",
        "javac",
        "default-jdk-headless",
        {
            "algorithm": REMOVE,
            "key": REMOVE,
            "iv": REMOVE,
            "base64": REMOVE,
            "tag": [Mutant("crashes"), Mutant("accepts", "128", "96")],
            "verified": "`doFinal` throws",
            "iv16": "the specification has the length",
            "cfb128": [Mutant("spoils", "AES/CFB/", "AES/CFB8/")],
            "raw": NOTHING,
            "empty": NOTHING,
            "utf8": REMOVE,
            "object": "it takes a `Map`",
            "absent": REMOVE,
            "text": REMOVE,
            "twice": "your JSON parser must",
        },
        compile=["javac", "-Xlint:all", "-Werror", "-d", "{folder}", "{file}"],
        run=["java", "-XX:TieredStopAtLevel=1", "-cp", "{folder}", "Receiver"],
        cannot=frozenset({"object", "twice"}),
    ),
    Language(
        "go",
        "Go",
        "`crypto/cipher`",
        "receiver.go",
        "go",
        "golang-go",
        {
            "algorithm": REMOVE,
            "key": REMOVE,
            "iv": [Mutant("crashes")],
            "base64": REMOVE,
            "tag": "`Open` takes 16 bytes, the last",
            "verified": REMOVE,
            "iv16": [Mutant("crashes", "NewGCMWithNonceSize(block, 16)", "NewGCM(block)")],
            "cfb128": "there is no other",
            "raw": NOTHING,
            "empty": NOTHING,
            "utf8": [
                Mutant("accepts", "Valid(plain)", "Valid(nil)")
            ],  # Go does not compile what imports in vain
            "object": "`Unmarshal` into a map fails",
            "absent": REMOVE,
            "text": REMOVE,
            "twice": REMOVE,
        },
        compile=["go", "build", "-o", "{folder}/receiver", "{file}"],
        run=["{folder}/receiver"],
    ),
    Language(
        "ruby",
        "Ruby",
        "`openssl`",
        "receiver.rb",
        "ruby",
        "ruby",
        {
            "algorithm": REMOVE,
            "key": "`key=` raises",
            "iv": "`iv=` raises, given `iv_len`",
            "base64": "`unpack1('m0')` raises",
            "tag": [Mutant("crashes")],
            "verified": REMOVE,
            "iv16": [Mutant("spoils")],
            "cfb128": [Mutant("spoils", "algo.downcase", "algo.downcase.sub('cfb', 'cfb8')")],
            "raw": NOTHING,
            "empty": [Mutant("spoils", "bytes.empty? ? '' : ", "")],
            "utf8": REMOVE,
            "object": [Mutant("crashes")],
            "absent": REMOVE,
            "text": REMOVE,
            "twice": REMOVE,
        },
        run=["ruby", "-W0", "{file}"],
    ),
    Language(
        "python",
        "Python",
        "`cryptography`",
        "receiver.py",
        "python3",
        "python3",
        {
            "algorithm": REMOVE,
            "key": REMOVE,
            "iv": REMOVE,
            "base64": REMOVE,
            "tag": "`AESGCM` takes 16 bytes, the last",
            "verified": "`decrypt` raises",
            "iv16": "`AESGCM` takes 8 to 128 bytes",
            "cfb128": [Mutant("spoils", "modes.CFB(", "modes.CFB8(")],
            "raw": NOTHING,
            "empty": NOTHING,
            "utf8": "`decode` raises",
            "object": [Mutant("crashes")],
            "absent": REMOVE,
            "text": REMOVE,
            "twice": REMOVE,
        },
        run=["{python}", "{file}"],
    ),
    Language(
        "node",
        "Node",
        "`node:crypto`",
        "receiver.mjs",
        "node",
        "nodejs",
        {
            "algorithm": REMOVE,
            "key": "`createDecipheriv` throws",
            "iv": REMOVE,
            "base64": REMOVE,
            "tag": REMOVE,
            "verified": REMOVE,
            "iv16": "Node tells OpenSSL the length",
            "cfb128": [Mutant("spoils", "algo.toLowerCase()", "algo.toLowerCase().replace('cfb', 'cfb8')")],
            "raw": NOTHING,
            "empty": NOTHING,
            "utf8": REMOVE,
            "object": [Mutant("crashes")],
            "absent": REMOVE,
            "text": REMOVE,
            "twice": "`JSON.parse` keeps the last",
        },
        run=["node", "{file}"],
        cannot=frozenset({"twice"}),
    ),
]
