"""Somebody who looks on: the events of GET /api/stream, read in a thread as they come."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.running import Running
from tests.test_push import children, command_of


class Event(NamedTuple):
    name: str
    id: str | None
    data: Any
    at: float  # monotonic


class Events:
    """One connection; `all` are the events so far, `ended` is set when the service ends it."""

    def __init__(self, port: int, after: str | None = None, *, header: bool = True, **headers: str) -> None:
        if after is not None and header:
            headers["Last-Event-ID"] = after
        query = f"?after={after}" if after is not None and not header else ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._connection.request("GET", f"/api/stream{query}", headers=headers)
        self.response = self._connection.getresponse()
        self.all: list[Event] = []
        self.last_id: str | None = None
        self.comments = 0
        self.ended = threading.Event()
        self.whole = False  # It was ended by the service, and not cut off.
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            for raw in self.response:
                line = raw.decode().rstrip("\n")
                if line.startswith(":"):
                    self.comments += 1
                elif line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                else:
                    self.last_id = fields.get("id", self.last_id)
                    if "data" in fields:
                        data = json.loads(fields["data"])
                        self.all.append(Event(fields["event"], fields.get("id"), data, time.monotonic()))
                    fields = {}
            self.whole = self.response.chunk_left is None  # The last chunk, of no length, was read.
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.ended.set()

    def of(self, name: str) -> list[Any]:
        return [event.data for event in list(self.all) if event.name == name]

    def posts(self) -> list[str]:
        """The ids of the posts that were told, in order."""
        return [reaction["post"]["id"] for reaction in self.of("reaction")]

    def until(self, predicate: Callable[[], Any], what: str, timeout: float = 180.0) -> Any:
        deadline = time.monotonic() + timeout
        while not (value := predicate()):
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {timeout} s: {[event[:2] for event in self.all]}")
            time.sleep(0.01)
        return value

    def close(self) -> None:
        if self._connection.sock is not None:
            self._connection.sock.shutdown(2)
        self._thread.join(5)
        self._connection.close()

    def __enter__(self) -> Events:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def store_pid(running: Running) -> int:
    """The process of a service's embedded store."""
    (pid,) = [pid for pid in children(running) if "valkey" in command_of(pid)]
    return int(pid)
