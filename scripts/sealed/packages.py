"""The published packages, each as one way to open and make a token, or to sign and verify; None is `refused`."""

import base64
import json
import pathlib
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from unittest import mock

import standardwebhooks.webhooks
from joserfc import jwe as joserfc
from joserfc.jwk import OctKey
from jwcrypto.common import base64url_encode
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK
from jwe import encode

ROOT = pathlib.Path(__file__).resolve().parents[2]


def attempt(job, *arguments):
    """A package's answer; whatever it raises is a refusal."""
    with suppress(Exception):
        return job(*arguments)
    return None


class Joserfc:
    surface = "joserfc"

    @staticmethod
    def opened(tokens):
        return [attempt(Joserfc.open_one, token, key) for token, key in tokens]

    @staticmethod
    def open_one(token, key):
        return joserfc.decrypt_compact(token, OctKey.import_key(key), algorithms=["dir", "A256GCM"]).plaintext

    @staticmethod
    def made(orders):
        return [
            joserfc.encrypt_compact(header, claims, OctKey.import_key(key)) for header, claims, key in orders
        ]


class Jwcrypto:
    surface = "jwcrypto"

    @staticmethod
    def opened(tokens):
        return [attempt(Jwcrypto.open_one, token, key) for token, key in tokens]

    @staticmethod
    def open_one(token, key):
        opened = JWE(algs=["dir", "A256GCM"])
        opened.deserialize(token, key=JWK(kty="oct", k=base64url_encode(key)))
        return opened.payload

    @staticmethod
    def made(orders):
        return [Jwcrypto.make_one(*order) for order in orders]

    @staticmethod
    def make_one(header, claims, key):
        made = JWE(claims, json.dumps(header, separators=(",", ":")))
        made.add_recipient(JWK(kty="oct", k=base64url_encode(key)))
        return made.serialize(compact=True)


def node(jobs):
    """What the packages of npm answer."""
    command = ["node", pathlib.Path(__file__).with_name("published.mjs"), ROOT / "build" / "sealed"]
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, timeout=120)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(jobs):
        sys.exit(f"published.mjs: exit {done.returncode}: {done.stderr}")
    return answers


class Jose:
    surface = "jose"

    @staticmethod
    def opened(tokens):
        answers = node([{"do": "open", "token": token, "key": encode(key)} for token, key in tokens])
        return [answer if answer is None else base64.b64decode(answer) for answer in answers]

    @staticmethod
    def made(orders):
        return node(
            [
                {"do": "seal", "header": header, "claims": claims.decode(), "key": encode(key)}
                for header, claims, key in orders
            ]
        )


class PythonWebhooks:
    """`json_parse` is the package's own option; without it a body that is no JSON fails after it was verified."""

    surface = "python"

    @staticmethod
    def signed(orders):
        return [
            standardwebhooks.Webhook(secret).sign(identifier, datetime.fromtimestamp(timestamp, UTC), body)
            for secret, identifier, timestamp, body in orders
        ]

    @staticmethod
    def verified(orders, parse):
        return [attempt(PythonWebhooks.verify_one, *order, parse) is not None for order in orders]

    @staticmethod
    def verify_one(secret, headers, body, now, parse):
        with mock.patch.object(standardwebhooks.webhooks, "datetime", wraps=datetime) as clock:
            clock.now.return_value = datetime.fromtimestamp(now, UTC)
            standardwebhooks.Webhook(secret).verify(body, headers, json_parse=parse)
        return True


class NodeWebhooks:
    """The same; the option is `jsonParse`."""

    surface = "node"

    @staticmethod
    def signed(orders):
        names = ("secret", "id", "timestamp", "body")
        return node([{"do": "sign", **dict(zip(names, order, strict=True))} for order in orders])

    @staticmethod
    def verified(orders, parse):
        names = ("secret", "headers", "body", "now")
        options = {"do": "verify", "options": {"jsonParse": parse}}
        answers = node([{**options, **dict(zip(names, order, strict=True))} for order in orders])
        return [answer is not None for answer in answers]


TOKENS = [Jose, Joserfc, Jwcrypto]
WEBHOOKS = [NodeWebhooks, PythonWebhooks]
