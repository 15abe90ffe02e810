"""A receiver on the loopback that keeps every request as it came: request line, header lines and body, as bytes."""

import queue
import socket
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Received:
    """One request; nothing is decoded but the framing of the body."""

    method: bytes
    target: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def values(self, name: str) -> list[bytes]:
        """The values of every header line of this name, whose case carries no meaning (RFC 9110 §5.1)."""
        wanted = name.lower().encode()
        return [value for known, value in self.headers if known.lower() == wanted]


class Receiver:
    """Answers 200 to everything; `port` is chosen by the system."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self._received: queue.SimpleQueue[Received | str] = queue.SimpleQueue()
        threading.Thread(target=self._accept, daemon=True).start()

    def take(self) -> list[Received | str]:
        """What has arrived since the last call: requests, or what was wrong with one."""
        taken = []
        while not self._received.empty():
            taken.append(self._received.get())
        return taken

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # A connection stays open for as many requests as the client sends on it.
        with connection, connection.makefile("rb") as stream:
            while True:
                try:
                    request = _read(stream)
                    if request is None:
                        return
                except (ValueError, OSError) as error:
                    self._received.put(f"unreadable request: {error}")
                    return
                self._received.put(request)  # before the answer: the client's end means that it is there
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def _line(stream) -> bytes:
    line = stream.readline(1 << 20)
    if not line.endswith(b"\r\n"):
        raise ValueError("a line that does not end in CR LF")
    return line[:-2]


def _read(stream) -> Received | None:
    first = stream.readline(1 << 20)
    if not first:
        return None
    method, target, version = first.removesuffix(b"\r\n").split(b" ")
    if version != b"HTTP/1.1":
        raise ValueError("another version than HTTP/1.1")
    headers = []
    while line := _line(stream):
        name, colon, value = line.partition(b":")
        if not colon or name != name.strip():
            raise ValueError("a header line without a name")
        headers.append((name, value.strip(b" \t")))  # blanks around a value are none of it (RFC 9110 §5.5)
    request = Received(method, target, headers, b"")
    if request.values("transfer-encoding"):
        return Received(method, target, headers, _chunks(stream))
    lengths = request.values("content-length") or [b"0"]
    if len(lengths) > 1:
        raise ValueError("two content-lengths")
    return Received(method, target, headers, stream.read(int(lengths[0])))


def _chunks(stream) -> bytes:
    body = b""
    while size := int(_line(stream), 16):
        body += stream.read(size)
        _line(stream)
    _line(stream)
    return body
