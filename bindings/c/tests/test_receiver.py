#!/usr/bin/env python3
"""Starts the receiver and sends it real requests, good and bad: test_receiver.py RECEIVER [WRAPPER ...]

The good ciphertexts are those of testdata/callback.json and testdata/open.json."""

import concurrent.futures
import http.client
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROFILE = {"title": "receiver", "http_method": "POST", "url": "https://example.com/sms", "body": {"to": "<to>"},
           "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}
GOOD = '{"to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}'
OPENED = {"to": "+919876543210"}
checks = failures = 0


def check(right, what):
    global checks, failures
    checks += 1
    if not right:
        failures += 1
        print(f"FAILED receiver: {what}")


class Receiver:
    def __init__(self, command, profile, *structures):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".json")
        json.dump(profile, self.file)
        self.file.flush()
        self.process = subprocess.Popen([*command, self.file.name, "0", *structures], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        assert line.startswith("listening on 127.0.0.1:"), (line, self.log)
        self.port = int(line.rsplit(":", 1)[1])

    def send(self, body, method="POST", content_type="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, "/sms", body, {"content-type": content_type} if content_type else {})
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        return response.status, json.loads(answer)

    def send_truncated(self, body):
        """Promises more bytes than it sends, and hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body[:len(body) // 2].encode())

    def says(self, code):
        """Whether the last line of the log has this code; the line comes through a pipe and may be late."""
        for _ in range(200):
            if self.log and code in self.log[-1]:
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.reader.join(60)
        self.file.close()
        return code


def main():
    command = [*sys.argv[2:], sys.argv[1]]
    receiver = Receiver(command, PROFILE)
    envelope = ["code", "message", "data", "error", "status"]

    def refused(name, status, code, *arguments, **settings):
        got, answer = receiver.send(*arguments, **settings)
        check(got == status and list(answer) == envelope, f"{name}: {got} {answer}")
        check(answer["code"] == "RBC302" and answer["data"] == {} and answer["status"] == status, f"{name}: {answer}")
        if code:
            check(receiver.says(code), f"{name}: the log says {receiver.log[-1:]}")
            check(code not in json.dumps(answer), f"{name}: the sender learns {code}")

    def accepted(name, opened, *arguments, **settings):
        got, answer = receiver.send(*arguments, **settings)
        check(got == 200 and list(answer) == envelope and answer["data"] == opened, f"{name}: {got} {answer}")

    accepted("a good callback", OPENED, GOOD)
    accepted("without a content type", OPENED, GOOD, content_type=None)
    accepted("PUT", OPENED, GOOD, method="PUT")
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
    code = receiver.stop()
    check(code == 0, f"the receiver ends with {code}: {receiver.log[-30:]}")
    check(not any("K1abc" in line or "98765" in line for line in receiver.log), "the log holds a secret")

    other = Receiver(command, PROFILE, "x", "to")
    status, answer = other.send(GOOD.replace(":", ":[").replace("}", "]}"))
    check(status == 200 and answer["data"] == {"to": [OPENED["to"]]}, f"a structure by name: {status} {answer}")
    status, answer = other.send('{"to":{"$gt":"AvywPFw"}}')
    check(status == 400 and answer["data"] == {}, f"a structure of plain text: {status} {answer}")
    check(other.stop() == 0, "the receiver of structures ends")

    other = Receiver(command, PROFILE | {"enc": PROFILE["enc"] | {"key": "K1abcdefghijkl2Q"}})
    status, answer = other.send(GOOD)
    check(status == 400 and answer["data"] == {}, f"a wrong key: {status} {answer}")
    check(other.stop() == 0 and any("auth_failed" in line for line in other.log), "a wrong key is in the log")
    print(f"count receiver c ran={checks} refused=0 failed={failures}")
    sys.exit(failures > 0 or checks < 60)


main()
