"""A webhook receiver on loopback, in a thread of its own: checks signatures, fails on demand."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS10ZXN0cy1vbmx5IQ=="


class Received:
    """What came in: every attempt, and the alerts that were answered 2xx, by webhook-id."""

    def __init__(self, answers: Sequence[int | str]) -> None:
        self.answers: Iterator[int | str] = iter(answers)
        self.attempts: list[tuple[str, int | str]] = []
        self.accepted: dict[str, list[dict[str, Any]]] = {}
        self.unsigned = 0
        self.lock = threading.Lock()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=hidden"

    def alerts(self) -> list[dict[str, Any]]:
        with self.lock:
            return [bodies[0] for bodies in self.accepted.values()]


@contextmanager
def receiver(*answers: int | str) -> Iterator[Received]:
    """Answers in turn with each of `answers` (a status, "429" is with Retry-After, "reset"), then 204."""
    received = Received(answers)

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with received.lock:
                answer = next(received.answers, 204)
                id = self.headers["webhook-id"]
                received.attempts.append((id, answer))
                try:
                    Webhook(SECRET).verify(body, {k.lower(): v for k, v in self.headers.items()})
                except Exception:
                    received.unsigned += 1
                if answer == 204:
                    received.accepted.setdefault(id, []).append(json.loads(body))
            self._answer(answer)

        def _answer(self, answer: int | str) -> None:
            if answer == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            self.send_response(int(answer))
            if answer == "429":
                self.send_header("Retry-After", "1")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    received.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
