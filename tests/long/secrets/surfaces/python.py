"""A canary key and IV in a great many failing calls of the Python package: python.py [CALLS]"""

import random
import sys
import traceback

from callback_profile import Cipher, Profile, ProfileError, StoredProfile, parse_request

KEY, IV = "CANARYkEy7Qz2Wx5", "CANARYiVq8Zr2LmV"
PAYLOAD = (
    '{"title":"canary","http_method":"POST","url":"http://10.0.0.1/<p>?q=<x>","body":{"a":"<x>","b":5},'
    '"headers":{"x-a":"<h>"},"enc":{"algo":"AES-128-GCM","key":"'
    + KEY
    + '","IV":"'
    + IV
    + '","params":["a","q"]}}'
)
RECORD = '{"x":"v","y":"w","p":"p","h":"h"}'
PATCH = '{"title":"patched","enc":{"algo":"AES-128-CFB","key":"' + KEY + '","IV":"' + IV + '"}}'
SPLINTERS = [
    '"',
    "{",
    "}",
    "[",
    "]",
    "\\",
    ",",
    ":",
    "é",
    "\0",
    "null",
    "1",
    "\r\n",
    " ",
    "<x>",
    "%",
    "A",
    "",
    "\ud800",
]


def mutated(numbers: random.Random, text: str) -> str:
    for _ in range(numbers.randint(1, 3)):
        near = text.find("CANARY") if numbers.random() < 0.25 else -1
        at = near + numbers.randrange(40) if near >= 0 else numbers.randrange(len(text) + 1)
        if numbers.random() < 0.125:
            text = text[:at]
        else:
            text = text[:at] + numbers.choice(SPLINTERS) + text[at + numbers.randrange(4) :]
    return text


def main(calls: int) -> int:
    numbers = random.Random(20260824)
    profile = Profile.parse(PAYLOAD)
    body = profile.callback(RECORD).body
    kinds = [
        lambda: Profile.parse(mutated(numbers, PAYLOAD)),
        lambda: StoredProfile.parse(mutated(numbers, PAYLOAD)),
        lambda: profile.patch(mutated(numbers, PATCH)),
        lambda: parse_request("HX0", {"api-key": "k", "content-type": "x"}, mutated(numbers, PAYLOAD)),
        lambda: profile.callback(mutated(numbers, RECORD)),
        lambda: profile.open(mutated(numbers, body)),
        lambda: Cipher("AES-128-GCM", mutated(numbers, KEY), mutated(numbers, IV)),
    ]
    failures, leaks, of_kind = 0, 0, [0] * len(kinds)
    while failures < calls:
        kind = numbers.randrange(len(kinds))
        try:
            kinds[kind]()
        except (ValueError, TypeError) as error:
            failures, of_kind[kind] = failures + 1, of_kind[kind] + 1
            shown = [f"{error} {error!r} {error.args!r} {vars(error)!r}"]
            shown += [
                repr(getattr(error, name, None))
                for name in ("violations", "envelope", "parameter", "missing")
            ]
            chain = error
            while chain is not None:
                shown += traceback.format_exception_only(type(chain), chain)
                chain = chain.__cause__ or chain.__context__
            if isinstance(error, ProfileError):
                shown.append(error.envelope.to_json())
            text = "".join(shown)
            if KEY in text or IV in text:
                leaks += 1
                print("LEAK:", text)
    print("failures of each kind:", of_kind)
    if min(of_kind) < calls / 100:
        sys.exit("a kind of call hardly ever failed")
    print(f"count canary python ran={failures} refused=0 failed={leaks}")
    return 1 if leaks else 0


sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
