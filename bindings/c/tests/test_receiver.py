#!/usr/bin/env python3
"""Starts the receiver and sends it real requests, good and bad: test_receiver.py RECEIVER [WRAPPER ...]

The good ciphertexts are those of testdata/callback.json and testdata/open.json; the signatures are made here, of the standard
library alone. What had an effect is read from the receiver's database."""

import base64
import concurrent.futures
import contextlib
import hashlib
import hmac
import http.client
import itertools
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PROFILE = {"title": "receiver", "http_method": "POST", "url": "https://example.com/sms", "body": {"to": "<to>"},
           "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}
GOOD = '{"to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}'
OPENED = {"to": "+919876543210"}
SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + base64.b64encode(b"another secret, of 32 bytes: abc").decode()]
NEW_IDS = (f"msg_{number}" for number in itertools.count())
checks = failures = 0


def check(right, what):
    global checks, failures
    checks += 1
    if not right:
        failures += 1
        print(f"FAILED receiver: {what}")


def signed(body, message_id, at=None, secret=SECRETS[0]):
    """The three headers of Standard Webhooks."""
    body = body.encode() if isinstance(body, str) else body or b""
    timestamp = str(int(time.time()) if at is None else at)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{base64.b64encode(mac).decode()}"}


class Receiver:
    """A receiver with a database in a folder, which outlives it."""

    def __init__(self, command, folder, profile, *structures):
        self.database = pathlib.Path(folder) / "callbacks.db"
        (pathlib.Path(folder) / "profile.json").write_text(json.dumps(profile))
        (pathlib.Path(folder) / "secrets").write_text("\n".join(SECRETS) + "\n")
        self.process = subprocess.Popen([*command, f"{folder}/profile.json", f"{folder}/secrets", self.database, "0", *structures],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        assert line.startswith("listening on 127.0.0.1:"), (line, self.log)
        self.port = int(line.rsplit(":", 1)[1])

    def send(self, body, method="POST", content_type="application/json", message_id=None, signature=None):
        message_id = message_id or next(NEW_IDS)
        headers = signed(body, message_id) if signature is None else signature
        if content_type:
            headers = headers | {"content-type": content_type}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, "/sms", body, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def send_truncated(self, body):
        """Promises more bytes than it sends, and hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body[:len(body) // 2].encode())

    def send_and_leave(self, body, message_id):
        """Sends a whole request and reads no answer; the connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        headers = signed(body, message_id) | {"Host": "x", "Content-Type": "application/json", "Content-Length": len(body)}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"POST /sms HTTP/1.1\r\n{head}\r\n{body}".encode())
        return connection

    def effects(self, message_id=None):
        """How often a message had its effect, or all of them."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as database:
            where, values = ("WHERE id = ?", (message_id,)) if message_id else ("", ())
            return database.execute(f"SELECT count(*) FROM effects {where}", values).fetchone()[0]

    def says(self, code):
        """Whether the last line of the log has this code; the line comes through a pipe and may be late."""
        for _ in range(200):
            if self.log and code in self.log[-1]:
                return True
            time.sleep(0.05)
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(60)
        self.reader.join(60)

    def stop(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.reader.join(60)
        return code


def requests(command, folder):
    receiver = Receiver(command, folder, PROFILE)
    envelope = ["code", "message", "data", "error", "status"]

    def refused(name, status, code, *arguments, **settings):
        before = receiver.effects()
        got, answer = receiver.send(*arguments, **settings)
        check(got == status and list(answer) == envelope, f"{name}: {got} {answer}")
        check(answer["code"] == "RBC302" and answer["data"] == {} and answer["status"] == status, f"{name}: {answer}")
        if code:
            check(receiver.says(code), f"{name}: the log says {receiver.log[-1:]}")
            check(code not in json.dumps(answer), f"{name}: the sender learns {code}")
        check(receiver.effects() == before, f"{name}: it has an effect")

    def accepted(name, opened, *arguments, **settings):
        got, answer = receiver.send(*arguments, **settings)
        check(got == 200 and list(answer) == envelope and answer["data"] == opened, f"{name}: {got} {answer}")

    accepted("a good callback", OPENED, GOOD)
    accepted("without a content type", OPENED, GOOD, content_type=None)
    accepted("PUT", OPENED, GOOD, method="PUT")
    accepted("by the other secret", OPENED, GOOD, signature=signed(GOOD, "other", secret=SECRETS[1]))
    check(receiver.effects() == 4, "each has its effect")
    now = int(time.time())
    foreign = "whsec_" + base64.b64encode(bytes(32)).decode()
    refused("no signature", 400, "signature_refused", GOOD, signature={})
    refused("another secret", 400, "signature_refused", GOOD, signature=signed(GOOD, "a", secret=foreign))
    refused("the signature of another body", 400, "signature_refused", GOOD, signature=signed(GOOD + " ", "a"))
    refused("another id", 400, "signature_refused", GOOD, signature=signed(GOOD, "a") | {"webhook-id": "b"})
    refused("another time", 400, "signature_refused", GOOD, signature=signed(GOOD, "a", now) | {"webhook-timestamp": str(now + 1)})
    refused("an old message", 400, "timestamp_refused", GOOD, signature=signed(GOOD, "a", now - 400))
    refused("a message of the future", 400, "timestamp_refused", GOOD, signature=signed(GOOD, "a", now + 400))
    refused("a changed text", 400, "auth_failed", GOOD.replace("Avy", "Bvy"))
    refused("a text in clear", 400, "invalid_encoding", '{"to":"+91 9876543210"}')
    refused("a number", 400, "not_encrypted", '{"to":1}')
    refused("null", 400, "not_encrypted", '{"to":null}')
    refused("an operator of a database", 400, "not_encrypted", '{"to":{"$ne":null}}')
    refused("an array", 400, "not_encrypted", GOOD.replace(":", ":[").replace("}", "]}"))
    refused("an absent parameter", 400, "missing_parameter", "{}")
    refused("invalid JSON", 400, "invalid_json", GOOD[:-1])
    refused("duplicate names", 400, "invalid_json", '{"to":1,"to":2}')
    refused("no object", 400, "not_an_object", "[]")
    refused("nothing", 400, "invalid_json", "")
    refused("a MiB of zeros", 400, "invalid_json", bytes(1024 * 1024))
    refused("a MiB of brackets", 400, "invalid_json", "[" * (1024 * 1024))
    refused("no UTF-8", 400, "invalid_json", b'{"to":"\xff"}')
    refused("another content type", 400, "unsupported_content_type", GOOD, content_type="text/plain")
    refused("three MiB", 413, None, bytes(3 * 1024 * 1024))
    refused("GET", 405, None, None, method="GET")
    receiver.send_truncated(GOOD)
    accepted("after a truncated body", OPENED, GOOD)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: receiver.send(GOOD), range(200)))
    check(all(status == 200 and answer["data"] == OPENED for status, answer in answers), "200 requests from 16 threads")
    check(receiver.effects() == 205, f"the effects of all: {receiver.effects()}")
    code = receiver.stop()
    check(code == 0, f"the receiver ends with {code}: {receiver.log[-30:]}")
    secret = any("K1abc" in line or "98765" in line or "MfKQ" in line for line in receiver.log)
    check(not secret, "the log holds a secret")


def profiles(command, folder):
    other = Receiver(command, folder, PROFILE, "x", "to")
    status, answer = other.send(GOOD.replace(":", ":[").replace("}", "]}"))
    check(status == 200 and answer["data"] == {"to": [OPENED["to"]]}, f"a structure by name: {status} {answer}")
    status, answer = other.send('{"to":{"$gt":"AvywPFw"}}')
    check(status == 400 and answer["data"] == {}, f"a structure of plain text: {status} {answer}")
    check(other.stop() == 0, "the receiver of structures ends")
    other = Receiver(command, folder, PROFILE | {"enc": PROFILE["enc"] | {"key": "K1abcdefghijkl2Q"}})
    status, answer = other.send(GOOD)
    check(status == 400 and answer["data"] == {}, f"a wrong key: {status} {answer}")
    check(other.stop() == 0 and any("auth_failed" in line for line in other.log), "a wrong key is in the log")


def replays(command, folder):
    """One effect per message, however often it comes."""
    receiver = Receiver(command, folder, PROFILE)

    def again(name, message_id, **settings):
        status, answer = receiver.send(GOOD, message_id=message_id, **settings)
        right = status == 200 and answer["message"] == "Callback received before" and answer["data"] == {}
        check(right and receiver.effects(message_id) == 1, f"{name}: {status} {answer} {receiver.effects(message_id)}")

    first = signed(GOOD, "one")
    status, answer = receiver.send(GOOD, signature=first)
    check(status == 200 and answer["data"] == OPENED and receiver.effects("one") == 1, f"once: {status} {answer}")
    again("the same bytes", "one", signature=first)
    again("a retry with a new timestamp", "one", signature=signed(GOOD, "one", int(time.time()) + 5))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: receiver.send(GOOD, message_id="eight"), range(8)))
    check(all(status == 200 for status, _ in answers), f"eight at once: {answers}")
    check(sum(answer["data"] == OPENED for _, answer in answers) == 1, f"one of eight gets the values: {answers}")
    check(receiver.effects("eight") == 1, "eight deliveries, one effect")
    status, _ = receiver.send(GOOD, signature=signed(GOOD, "wrong", secret="whsec_" + "A" * 44))
    check(status == 400 and receiver.effects("wrong") == 0, "a wrong signature has no effect")
    status, _ = receiver.send(GOOD, message_id="wrong")
    check(status == 200 and receiver.effects("wrong") == 1, "nor does it use up the id")

    # An effect that fails: the sender comes again, and then it has it.
    with contextlib.closing(sqlite3.connect(receiver.database)) as database:
        database.execute("ALTER TABLE effects RENAME TO hidden")
    status, _ = receiver.send(GOOD, message_id="failing")
    check(status == 503, f"a failing effect: {status}")
    with contextlib.closing(sqlite3.connect(receiver.database)) as database:
        database.execute("ALTER TABLE hidden RENAME TO effects")
    status, answer = receiver.send(GOOD, message_id="failing")
    check(status == 200 and answer["data"] == OPENED and receiver.effects("failing") == 1, f"and then: {status} {answer}")
    check(receiver.stop() == 0, "the receiver ends")
    receiver = Receiver(command, folder, PROFILE)
    again("after a restart", "one")
    again("after a restart", "eight")
    check(receiver.stop() == 0, "the receiver ends again")


def kills(command, folder):
    """The process is killed between receipt and answer; the sender, who got none, delivers again."""

    def delivered_again(name, message_id):
        receiver = Receiver(command, folder, PROFILE)
        status, _ = receiver.send(GOOD, message_id=message_id)
        check(status == 200 and receiver.effects(message_id) == 1, f"{name}: {status}, {receiver.effects(message_id)} effects")
        check(receiver.stop() == 0, f"{name}: the receiver ends")

    # Before the effect: the database is locked by somebody else until the process is gone.
    receiver = Receiver(command, folder, PROFILE)
    with contextlib.closing(sqlite3.connect(receiver.database, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        with receiver.send_and_leave(GOOD, "before") as connection:
            connection.settimeout(1)
            with contextlib.suppress(TimeoutError):
                check(connection.recv(1) == b"?", "no answer before the effect")
            receiver.kill()
        database.execute("ROLLBACK")
    check(receiver.effects("before") == 0, "killed before the effect")
    delivered_again("killed before the effect", "before")

    # After the effect: as soon as it is there. The sender reads no answer.
    receiver = Receiver(command, folder, PROFILE)
    with receiver.send_and_leave(GOOD, "after"):
        while receiver.effects("after") == 0:
            pass
        receiver.kill()
    delivered_again("killed after the effect", "after")

    # At any time, with eight deliveries of two messages under way.
    for number in range(12):
        receiver = Receiver(command, folder, PROFILE)
        ids = [f"kill_{number}_{index % 2}" for index in range(8)]
        connections = [receiver.send_and_leave(GOOD, message_id) for message_id in ids]
        time.sleep(random.Random(number).uniform(0, 0.02))
        receiver.kill()
        for connection in connections:
            connection.close()
        receiver = Receiver(command, folder, PROFILE)
        check(all(receiver.effects(message_id) <= 1 for message_id in ids), f"{ids[0]}: doubled")
        answers = [receiver.send(GOOD, message_id=message_id)[0] for message_id in ids]
        counts = [receiver.effects(message_id) for message_id in ids]
        check(answers == [200] * 8 and counts == [1] * 8, f"{ids[0]}: {answers} {counts}")
        check(receiver.stop() == 0, f"{ids[0]}: the receiver ends")


def main():
    command = [*sys.argv[2:], os.path.abspath(sys.argv[1])]
    for part in (requests, profiles, replays, kills):
        with tempfile.TemporaryDirectory() as folder:
            part(command, folder)
    print(f"count receiver c ran={checks} refused=0 failed={failures}")
    sys.exit(failures > 0 or checks < 160)


main()
