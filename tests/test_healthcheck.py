"""`monitor healthcheck` against a real service, and against what is none."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor import healthcheck, settings
from monitor.errors import UserError

from .conftest import held_port
from .running import TOKEN, Running

PUSH = {"push": {"kind": "push"}}
HEAVY = {"pydantic", "pydantic_settings", "aiohttp", "redis", "msgspec", "prometheus_client"}


def check(*arguments: str | Path, cwd: Path | None = None, **variables: str) -> tuple[int, str]:
    """Exit status and stderr of the command in a process of its own; stdout stays empty."""
    environ = {k: v for k, v in os.environ.items() if not k.upper().startswith("MONITOR_")}
    command = [sys.executable, "-W", "error", "-m", "monitor", "healthcheck", *map(str, arguments)]
    ran = subprocess.run(
        command, capture_output=True, text=True, env={**environ, **variables}, cwd=cwd, timeout=300
    )
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) <= 1, ran.stderr
    return ran.returncode, ran.stderr.strip()


@contextlib.contextmanager
def answering(answer: bytes | None) -> Iterator[tuple[int, list[bytes]]]:
    """A port where each connection gets these bytes (None: nothing, for as long as it waits)."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    asked.append(connection.recv(65536))
                    if answer is None:
                        connection.recv(1)
                    else:
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], asked
        finally:
            thread.join(10)


def test_a_service_is_ready_then_gone(tmp_path: Path) -> None:
    with held_port() as port:
        running = Running(tmp_path, http={"port": port, "token": TOKEN, "host": "0.0.0.0"}, sources=PUSH)
        running.start()

        def well(*arguments: str | Path, **more: Any) -> None:
            # A service that is held up for some seconds is not ready, and is asked again.
            running.until(lambda: check(*arguments, **more) == (0, ""), f"ready by {arguments} {more}")

        try:
            well("--config", running.config)
            well("--config", running.config, "--live")
            well(cwd=tmp_path)
            well(MONITOR_HTTP__PORT=str(port), monitor_http__host="0.0.0.0")
            well(MONITOR_HTTP=f'{{"port": {port}}}')
            assert running.stop() == 0
        finally:
            running.kill()
        nobody = f"nobody listens on 127.0.0.1:{port}"
        assert check("--config", running.config) == (1, f"monitor: not ready: {nobody}")
        assert check("--config", running.config, "--live") == (1, f"monitor: not live: {nobody}")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'HTTP/1.1 503 X\r\n\r\n{"ready": false, "failing": ["store", "windows"]}', "store, windows"),
        (b'HTTP/1.1 503 X\r\n\r\n{"failing": ["a\\nb", "cases"]}', "cases"),
        (b"HTTP/1.1 503 X\r\n\r\n" + b"[" * 70_000, "answers 503"),
        (b'HTTP/1.1 404 X\r\n\r\n{"failing": 5}', "answers 404"),
        (b"HTTP/1.1 302 X\r\nLocation: http://192.0.2.1/\r\n\r\n", "answers 302"),
        (b"-ERR no HTTP at all\r\n", "-ERR no HTTP at all"),
        (b"", "closed connection"),
    ],
)
def test_it_says_what_fails(
    answer: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(healthcheck, "WAIT", 60.0)
    with answering(answer) as (port, asked):
        monkeypatch.setenv("MONITOR_HTTP__PORT", str(port))
        assert healthcheck.healthcheck(None) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("monitor: not ready: ")
    assert said in line
    assert asked[0].startswith(b"GET /readyz ")
    assert b"\r\nHost: localhost\r\n" in asked[0]


def test_a_service_that_hangs_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healthcheck, "WAIT", 0.2)
    with answering(None) as (port, _):
        assert healthcheck.fault("127.0.0.1", port, "/readyz").endswith("did not answer within 0.2 s")


def test_the_defaults_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    plain = settings.HttpSettings()
    assert healthcheck.address(None) == (plain.host, plain.port)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("http: {host: '::1', port: 9000}", {}),
        ("http: {port: '9001'}", {"MONITOR_HTTP__HOST": "127.0.0.2"}),
        ("http: {host: 127.0.0.3, port: 1}", {"Monitor_Http__Port": "9002"}),
        ("http: {host: 127.0.0.3, port: 1}", {"MONITOR_HTTP": '{"host": "127.0.0.4"}'}),
        ("http: {port: 1}", {"MONITOR_HTTP": '{"port": 3}', "MONITOR_HTTP__PORT": "9004"}),
        ("data_dir: /nowhere", {}),
        ("", {}),
    ],
)
def test_the_address_is_that_of_the_service(
    text: str, variables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "monitor.yaml"
    config.write_text(text)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    loaded = settings.load(config).http
    assert healthcheck.address(config) == (loaded.host, loaded.port)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("http: {port: 0}", "http.port"),
        ("http: {port: many}", "http.port"),
        ("http: {port: 70000}", "http.port"),
        ("http: {port: true, host: []}", "http.host"),
        ("http:", "http"),
        ("http: {port: 1, port: 2}", "monitor.yaml:1"),
        ("[]", "monitor.yaml"),
    ],
)
def test_a_mistake_is_one_line(text: str, names: str, tmp_path: Path) -> None:
    (tmp_path / "monitor.yaml").write_text(text)
    with pytest.raises(UserError, match=names):
        healthcheck.address(tmp_path / "monitor.yaml")
    code, said = check(cwd=tmp_path)
    assert code == 2
    assert names in said


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    code, said = check("--config", tmp_path / "none.yaml")
    assert code == 2
    assert "none.yaml" in said


def test_it_imports_nothing_heavy(tmp_path: Path) -> None:
    code = f"""
import sys
from monitor import cli
try:
    cli.main(["healthcheck", "--config", {str(tmp_path / "monitor.yaml")!r}])
except SystemExit as end:
    print(end.code, sorted({HEAVY!r} & set(sys.modules)))
"""
    with held_port() as port:
        (tmp_path / "monitor.yaml").write_text(f"http: {{host: 0.0.0.0, port: {port}, token: t}}")
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert ran.stdout == "1 []\n", ran.stderr
