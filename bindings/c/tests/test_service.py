#!/usr/bin/env python3
"""Starts service, inbox and dispatcher, and lets them talk over loopback: test_service.py FOLDER [WRAPPER ...]

A thousand stored profiles, of which half have the old key and half the new one; what arrived is read from the inbox's database.
FOLDER has the programs."""

import contextlib
import http.client
import http.server
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

KEYS = {"2026-01": "K1abcdefghijkl2P", "2026-02": "NEWabcdefghijkl2"}
GOOD = "AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="  # +919876543210 under the first key
REQUEST = {"api-key": "A0", "content-type": "application/json"}
checks = failures = 0


def check(right, what):
    global checks, failures
    checks += 1
    if not right:
        failures += 1
        print(f"FAILED service: {what}")


def profile(url, key_id, key=None, **changed):
    return {"title": "sms", "http_method": "POST", "url": url, "body": {"to": "<recipient>"}, "headers": {"x-key-id": key_id},
            "response_message": 'Thank you, {"name": "first_name"}',
            "enc": {"algo": "AES-128-GCM", "key": key or KEYS[key_id], "IV": "POabcdefghijklLY"}} | changed


def record(number):
    return json.dumps({"recipient": f"+91{number:010}", "first_name": "Asha"})


def profile_id(number):
    return f"{number:032x}"


class Program:
    """A program that says where it listens, and its log."""

    def __init__(self, *command):
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        self.lines = []
        while not self.lines or not self.lines[-1].startswith("listening on 127.0.0.1:"):
            line = self.process.stdout.readline()
            assert line, (command, self.log)
            self.lines.append(line.strip())
        self.port = int(self.lines[-1].rsplit(":", 1)[1])

    def send(self, path, body, headers=None, method="POST"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def says(self, words):
        """Whether the log has these words by now; they come through a pipe and may be late."""
        for _ in range(200):
            if any(words in line for line in self.log):
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.reader.join(60)
        check(code == 0, f"it ends with {code}: {self.log[-20:]}")


def rows(database, sql):
    with contextlib.closing(sqlite3.connect(database, timeout=60)) as connection:
        return connection.execute(sql).fetchall()


def start_inbox(programs, folder, *keys):
    arguments = []
    for key_id in keys:
        path = folder / f"{key_id}.json"
        path.write_text(json.dumps(profile("http://127.0.0.1/callbacks", key_id)))
        arguments.append(f"{key_id}={path}")
    return Program(*programs("inbox"), folder / "inbox.db", "0", *arguments)


def inbox_alone(programs, folder):
    """What a receiver meets; nothing of it is written down, and the sender learns nothing."""
    inbox = start_inbox(programs, folder, *KEYS)
    good = json.dumps({"to": GOOD})

    def refused(name, code, body, key_id="2026-01", content_type="application/json", status=400):
        headers = {"content-type": content_type} | ({"x-key-id": key_id} if key_id else {})
        got, answer = inbox.send("/callbacks", body, headers)
        check(got == status and (status != 400 or json.loads(answer)["code"] == "RBC302"), f"{name}: {got} {answer}")
        check(code not in answer and inbox.says(f": {code}"), f"{name}: {answer} {inbox.log[-1:]}")

    refused("the key of another id", "auth_failed", good, key_id="2026-02")
    refused("a key that nobody has", "unknown_key", good, key_id="2025-12")
    refused("no key", "unknown_key", good, key_id=None)
    refused("a truncated body", "invalid_json", good[:-3])
    refused("a truncated text", "auth_failed", good.replace("aIt0/vY=", "aIt0"))
    refused("a number", "not_encrypted", '{"to":1}')
    refused("null", "not_encrypted", '{"to":null}')
    refused("a structure", "not_encrypted", '{"to":{"$ne":null}}')
    refused("a text in clear", "invalid_encoding", '{"to":"+91 9876543210"}')
    refused("nothing", "missing_parameter", "{}")
    refused("another content type", "unsupported_content_type", good, content_type="text/plain")
    check(inbox.send("/callbacks", "x" * 300_000)[0] == 413, "too large a body")
    check(inbox.send("/other", good)[0] == 404 and inbox.send("/callbacks", None, method="GET")[0] == 404, "no such place")
    with socket.create_connection(("127.0.0.1", inbox.port), timeout=60) as connection:
        connection.sendall(b"POST /callbacks HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
        connection.shutdown(socket.SHUT_WR)
        check(connection.recv(64).startswith(b"HTTP/1.1 400 "), "fewer bytes than promised")
    for head in [b"\r\n\r\n", b"POST\r\n\r\n", b"POST / HTTP/1.1\r\nno colon\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                 b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                 b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * 65 + b"\r\n"]:
        with socket.create_connection(("127.0.0.1", inbox.port), timeout=60) as connection:
            connection.sendall(head)
            check(connection.recv(64).startswith(b"HTTP/1.1 400 "), f"a head that is none: {head[:40]}")
    check(rows(folder / "inbox.db", "SELECT * FROM received") == [], "nothing was received")
    status, answer = inbox.send("/callbacks", good, {"content-type": "application/json", "x-key-id": "2026-01"})
    check((status, answer) == (200, "{}"), f"a good one: {status} {answer}")
    check(rows(folder / "inbox.db", "SELECT * FROM received") == [("2026-01", "+919876543210")], "it was received")
    inbox.stop()
    check(not any(word in line for line in inbox.log for word in ("98765", *KEYS.values())), "a value is in the log")


def store(folder, inbox_port, count):
    """Profiles as service.c stores them; one is refused, since its key is masked."""
    url = f"http://127.0.0.1:{inbox_port}/callbacks"
    key_ids = list(KEYS)
    stored = [(profile_id(number), json.dumps(profile(url, key_ids[number % 2]))) for number in range(count)]
    stored.append((profile_id(count), json.dumps(profile(url, key_ids[0], "********"))))
    with contextlib.closing(sqlite3.connect(folder / "profiles.db")) as connection:
        connection.execute("CREATE TABLE profiles (id TEXT PRIMARY KEY, json TEXT NOT NULL)")
        connection.executemany("INSERT INTO profiles VALUES (?, ?)", stored)
        connection.commit()


def service(programs, folder):
    inbox = start_inbox(programs, folder, *KEYS)
    store(folder, inbox.port, 1000)
    running = Program(*programs("service"), folder / "profiles.db", "0", "loopback")
    check(running.lines[0] == "loaded 1000 profiles, refused 1", f"{running.lines}")
    before = len(rows(folder / "inbox.db", "SELECT * FROM received"))

    # Register: the answer masks the key, the database has it.
    url = f"http://127.0.0.1:{inbox.port}/callbacks"
    status, answer = running.send("/v1/HX1/callback/profiles", json.dumps(profile(url, "2026-01")), REQUEST)
    envelope = json.loads(answer)
    check(status == 201 and envelope["code"] == "RBC024" and KEYS["2026-01"] not in answer, f"registered: {status} {answer}")
    first = rows(folder / "profiles.db", "SELECT id, json FROM profiles ORDER BY rowid DESC LIMIT 1")[0]
    check(first[0] in answer and KEYS["2026-01"] in first[1], "stored with its key")
    status, answer = running.send("/v1/HX1/callback/profiles", '{"title":"x"}', REQUEST)
    errors = json.loads(answer)["error"]
    check(status == 400 and len(errors) == 3 and "http_method" in answer, f"every violation: {status} {answer}")
    status, answer = running.send("/v1/HX1/callback/profiles", json.dumps(profile(url, "2026-01"))[:-1], REQUEST)
    check(status == 400 and json.loads(answer)["code"] == "RBC302", f"a truncated payload: {status} {answer}")
    status, answer = running.send("/v1/HX1/callback/profiles", json.dumps(profile(url, "2026-01")))
    check(status == 400 and "api-key" in answer, f"no api-key: {status} {answer}")

    # Send: the message is the answer, the callback arrives; under the new key as well.
    status, answer = running.send("/v1/HX1/callback/profiles", json.dumps(profile(url, "2026-02")), REQUEST)
    second = rows(folder / "profiles.db", "SELECT id FROM profiles ORDER BY rowid DESC LIMIT 1")[0]
    for number, (one, key_id) in enumerate([(first[0], "2026-01"), (second[0], "2026-02"), (profile_id(7), "2026-02")]):
        status, answer = running.send(f"/messages/{one}", record(number))
        check((status, answer) == (200, "Thank you, Asha"), f"a message: {status} {answer}")
        got = rows(folder / "inbox.db", "SELECT * FROM received ORDER BY rowid DESC LIMIT 1")
        check(got == [(key_id, f"+91{number:010}")], f"it arrived: {got}")
    for name, body in [("no object", "[]"), ("a truncated record", record(1)[:-2]), ("nothing", ""), ("a wrong type", '"x"')]:
        status, answer = running.send(f"/messages/{first[0]}", body)
        check(status == 400 and "JSON" in answer, f"{name}: {status} {answer}")
    check(running.send(f"/messages/{profile_id(9999)}", record(1))[0] == 404, "an unknown profile")
    check(running.send("/messages/", record(1))[0] == 404 and running.send("/", "")[0] == 404, "no such place")
    for name, wrong, reason in [("a wrong key", profile(url, "2026-01", "WRONGKEYefghijkl"), "status 400"),
                                ("a private address", profile("http://10.0.0.1/", "2026-01"), "address_refused"),
                                ("a closed port", profile("http://127.0.0.1:1/", "2026-01"), "cannot_connect"),
                                ("https", profile("https://127.0.0.1/", "2026-01"), "https_needs_tls")]:
        running.send("/v1/HX1/callback/profiles", json.dumps(wrong), REQUEST)
        one = rows(folder / "profiles.db", "SELECT id FROM profiles ORDER BY rowid DESC LIMIT 1")[0][0]
        check(running.send(f"/messages/{one}", record(1))[0] == 502 and running.says(reason), f"{name}: {running.log[-1:]}")
    check(len(rows(folder / "inbox.db", "SELECT * FROM received")) == before + 3, "three arrived")
    running.stop()
    running = Program(*programs("service"), folder / "profiles.db", "0")
    check(running.lines[0] == "loaded 1006 profiles, refused 1", f"after a restart: {running.lines}")
    check(running.send(f"/messages/{first[0]}", record(1))[0] == 502 and running.says("address_refused"), "loopback is not allowed")
    running.stop()
    inbox.stop()


class Wrong(http.server.BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        kind = self.path.strip("/")
        if kind == "chunked":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        elif kind == "garbage":
            self.wfile.write(b"what is this, and why?\r\n\r\n")
        elif kind != "nothing":
            self.send_response(int(kind), None)
            self.end_headers()

    def log_message(self, *_):
        pass


def dispatcher(programs, folder):
    inbox = start_inbox(programs, folder, *KEYS)
    wrong = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    threading.Thread(target=wrong.serve_forever, daemon=True).start()
    store(folder, inbox.port, 1000)
    others = {f"{kind:x>32}": profile(f"http://127.0.0.1:{wrong.server_port}/{kind}", "2026-01")
              for kind in ("500", "301", "chunked", "garbage", "nothing")}
    others["a" * 32] = profile(f"http://127.0.0.1:{inbox.port}/callbacks", "2026-01", "WRONGKEYefghijkl")
    others["b" * 32] = profile("http://169.254.169.254/latest", "2026-01")
    others["c" * 32] = profile("https://127.0.0.1/", "2026-01")
    with contextlib.closing(sqlite3.connect(folder / "profiles.db")) as connection:
        connection.executemany("INSERT INTO profiles VALUES (?, ?)", [(one, json.dumps(text)) for one, text in others.items()])
        connection.commit()

    def run(jobs, *arguments):
        done = subprocess.run([*programs("dispatcher"), folder / "profiles.db", "8", *arguments], input="".join(f"{job}\n" for job in jobs),
                              capture_output=True, text=True, timeout=600)
        lines = done.stdout.splitlines()
        return done.returncode, lines[0], dict(line.rsplit(" ", 1) for line in lines[1:]), done.stderr

    jobs = [f"{profile_id(number)} {record(number)}" for number in range(1000)]
    code, loaded, counts, log = run(jobs, "loopback")
    check(loaded == "loaded 1008 profiles, refused 1", loaded)
    check(code == 0 and counts == {"delivered": "1000"}, f"a thousand: {code} {counts} {log[-500:]}")
    got = rows(folder / "inbox.db", "SELECT key_id, recipient FROM received")
    expected = [(list(KEYS)[number % 2], f"+91{number:010}") for number in range(1000)]
    check(len(got) == 1000 and set(got) == set(expected), f"{len(got)} arrived, each with its own value and key")

    bad = [f"{one} {record(0)}" for one in others] + [f"{profile_id(5000)} {record(0)}", f"{profile_id(1)} [1]", f"{profile_id(1)} {{", "", " "]
    code, _, counts, log = run(bad, "loopback")
    check(code == 1 and counts == {"status_500": "1", "status_301": "1", "delivered": "1", "no_answer": "2", "status_400": "1",
                                   "address_refused": "1", "https_needs_tls": "1", "unknown_profile": "3", "not_an_object": "1",
                                   "invalid_json": "1"}, f"what goes wrong: {code} {counts}")
    check("line 10: not_an_object" in log, f"the job of each: {log}")
    code, _, counts, _ = run(jobs[:20])
    check(code == 1 and counts == {"address_refused": "20"}, f"loopback is not allowed: {counts}")
    check(run([])[0] == 0 and len(rows(folder / "inbox.db", "SELECT 1 FROM received")) == 1000, "no jobs, and nothing more arrived")
    missing = subprocess.run([*programs("dispatcher"), folder / "absent/absent.db", "1"], input="", capture_output=True, text=True)
    check(missing.returncode == 2 and "dispatcher: " in missing.stderr, "no such folder")
    check(not any(word in log for word in ("+91", *KEYS.values())), "a value is in the log")
    wrong.shutdown()
    inbox.stop()


def main():
    folder, wrapper = pathlib.Path(sys.argv[1]), sys.argv[2:]
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None  # the inbox waits for the disk after each callback
    for part in (inbox_alone, service, dispatcher):
        for language in ("", "_cpp"):  # service and inbox are there in both
            names = {"service": f"service{language}", "inbox": f"inbox{language}", "dispatcher": "dispatcher"}
            with tempfile.TemporaryDirectory(dir=memory) as data:
                part(lambda name: [*wrapper, folder / names[name]], pathlib.Path(data))
    print(f"count service c ran={checks} refused=0 failed={failures}")
    return failures > 0 or checks < 150


sys.exit(main())
