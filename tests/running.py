"""A real `monitor run` in a process of its own, to be asked over HTTP, killed and started again."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

TOKEN = "a-token-of-the-tests"
STARTED: list[subprocess.Popen[bytes]] = []


@atexit.register
def _end_what_failed_tests_left() -> None:
    for process in STARTED:
        if process.poll() is None:
            process.kill()


class Running:
    """One configuration; start() and kill() as often as wanted. Its data lives in `folder`/data."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.config = folder / "monitor.yaml"
        self.log = folder / "log"
        base = {
            "data_dir": str(self.data),
            "http": {"port": 0, "token": TOKEN},
            "sources": {"push": {"kind": "push"}},
        }
        self.config.write_text(yaml.safe_dump({**base, **settings}, allow_unicode=True))
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def start(self, ready: bool = True) -> Running:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
        begin = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "monitor", "run", "--config", self.config],
                stderr=log,
                env=environ,
            )
        STARTED.append(self.process)
        if ready:
            self._find_port(begin)
            self.until(lambda: self.get("/readyz")[0] == 200, "it is ready")
        return self

    def _find_port(self, begin: int) -> None:
        def port() -> int:
            for line in self.log.read_bytes()[begin:].splitlines(keepends=True):
                if b"listening on" in line and line.endswith(b"\n"):
                    return int(json.loads(line)["message"].rpartition(":")[2])
            return 0

        self.port = self.until(port, "it listens")

    def until(self, predicate: Any, what: str, timeout: float = 240.0) -> Any:
        deadline = time.monotonic() + timeout
        while not (value := predicate()):
            if self.process is not None and self.process.poll() is not None:
                pytest.fail(f"{what}: it ended with {self.process.returncode}: {self.tail()}")
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {timeout} s: {self.tail()}")
            time.sleep(0.02)
        return value

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, number: signal.Signals = signal.SIGTERM, timeout: float = 180.0) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout)

    def request(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), dict(error.headers)
        except (OSError, http.client.HTTPException):
            return 0, b"", {}

    def get(self, path: str) -> tuple[int, bytes]:
        return self.request("GET", path)[:2]

    def items(self, path: str) -> list[dict[str, Any]]:
        """What the API lists; it says 503 where the process was held up for three seconds, and is asked again."""
        status, body = self.until(
            lambda: (got := self.get(path))[0] not in (0, 503) and got, f"{path} answers"
        )
        assert status == 200, body
        found: list[dict[str, Any]] = json.loads(body)["items"]
        return found

    def push(
        self, body: bytes, kind: str = "application/json", token: str = TOKEN
    ) -> tuple[int, dict[str, Any]]:
        headers = {"Content_Type": kind, "Authorization": f"Bearer {token}"}
        status, answer, _ = self.request("POST", "/api/posts", body, **headers)
        return status, json.loads(answer or b"{}")

    def metric(self, line: str) -> float:
        """The value of one series as it is written, 'monitor_x{a="b"}'."""
        for row in self.get("/metrics")[1].decode().splitlines():
            if row.startswith(line + " "):
                return float(row.rpartition(" ")[2])
        return float("nan")
