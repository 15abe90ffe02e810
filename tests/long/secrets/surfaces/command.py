"""A canary key and IV in many failing calls of the command: command.py CBP [CALLS]"""

import pathlib
import random
import subprocess
import sys
import tempfile

KEY, IV = "CANARYkEy7Qz2Wx5", "CANARYiVq8Zr2LmV"
PAYLOAD = (
    '{"title":"canary","http_method":"POST","url":"http://10.0.0.1/<p>?q=<x>","body":{"a":"<x>","b":5},'
    '"enc":{"algo":"AES-128-GCM","key":"' + KEY + '","IV":"' + IV + '","params":["a","q"]}}'
)
PATCH = '{"title":"patched","enc":{"algo":"AES-128-CFB","key":"' + KEY + '","IV":"' + IV + '"}}'
RECORD = '{"x":"v","p":"p"}'
SPLINTERS = ['"', "{", "}", "[", "]", "\\", ",", ":", "é", "null", "1", "\r\n", "<x>", "%", "A", ""]


def mutated(numbers, text):
    for _ in range(numbers.randint(1, 3)):
        at = numbers.randrange(len(text) + 1)
        text = text[:at] + numbers.choice(SPLINTERS) + text[at + numbers.randrange(4) :]
    return text


def main(cbp, calls):
    numbers = random.Random(20260824)
    folder = pathlib.Path(tempfile.mkdtemp())
    profile, other = folder / "profile.json", folder / "other.json"
    failures = leaks = tries = 0
    while failures < calls and tries < calls * 5:
        tries += 1
        name = numbers.choice(
            [
                *[
                    "validate",
                    "validate --json",
                    "validate --format json",
                    "validate --format github",
                    "patch",
                    "callback",
                ],
                *[
                    "callback --json",
                    "message",
                    "open",
                    "open --explain",
                    "open --json",
                    "decrypt",
                    "decrypt --explain",
                ],
                *["diagnose", "diff", "diff --json", "request", "fields --json"],
            ]
        )
        is_broken = name.startswith("validate") or numbers.random() < 0.5
        profile.write_text(mutated(numbers, PAYLOAD) if is_broken else PAYLOAD)
        arguments = [str(profile)]
        if (command := name.split()[0]) in ("patch", "callback", "message", "open", "diff"):
            source = {"patch": PATCH, "open": '{"a":"x","b":5}', "diff": PAYLOAD}.get(command, RECORD)
            other.write_text(mutated(numbers, source))
            arguments.append(str(other))
        elif command in ("decrypt", "diagnose"):
            arguments.append("AAAA")
        done = subprocess.run([cbp, *name.split(), *arguments], capture_output=True, check=False)
        if done.returncode not in (0, 1, 2):
            sys.exit(f"{name} ended with {done.returncode}")
        if done.returncode:
            failures += 1
            said = (done.stdout + done.stderr).decode(errors="replace")
            if KEY in said or IV in said:
                leaks += 1
                print("LEAK:", name, said)
    print(f"count canary cli ran={failures} refused=0 failed={leaks}")
    return 1 if leaks or failures < calls else 0


sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2_000))
