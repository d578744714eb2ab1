"""`monitor healthcheck`: asks the running service whether it is ready.

A container's engine calls it every few seconds, so it reads two settings itself and imports no schema.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from . import strictyaml
from .errors import UserError

HOST, PORT = "127.0.0.1", 8420
WAIT = 4.0
MAX_ANSWER = 64 * 1024
_ANY = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the other way round


def healthcheck(path: Path | None, live: bool = False) -> int:
    """0 when the service is ready (`live`: when its loop runs), else 1 and one line on stderr.

    Raises UserError for settings that no service could run with.
    """
    host, port = address(path)
    wrong = fault(_ANY.get(host, host), port, "/healthz" if live else "/readyz")
    if wrong:
        print(f"monitor: not {'live' if live else 'ready'}: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


def address(path: Path | None) -> tuple[str, int]:
    """http.host and http.port as `monitor run` has them, by the same file and variables."""
    path = path if path or not Path("monitor.yaml").exists() else Path("monitor.yaml")
    http = strictyaml.load_file(path.expanduser()).get("http", {}) if path else {}
    given = {**http, **_variables(os.environ)} if isinstance(http, dict) else {"host": None}
    host, port = given.get("host", HOST), given.get("port", PORT)
    if not (isinstance(host, str) and type(port) is int and 0 <= port <= 65535):
        from .settings import load  # slow; it reads every notation, and says what is wrong

        settings = load(path).http
        host, port = settings.host, settings.port
    if port == 0:
        raise UserError("http.port: 0 is any free port, and a healthcheck cannot know which: set one")
    return host, port


def _variables(environ: Mapping[str, str]) -> dict[str, Any]:
    """What MONITOR_HTTP__HOST and MONITOR_HTTP__PORT say; None is for the schema to read."""
    found = {name.casefold(): value for name, value in environ.items()}
    if "monitor_http" in found:
        return {"host": None}
    given: dict[str, Any] = {}
    if "monitor_http__host" in found:
        given["host"] = found["monitor_http__host"]
    if "monitor_http__port" in found:
        text = found["monitor_http__port"]
        given["port"] = int(text) if text.isascii() and text.isdigit() else None
    return given


def fault(host: str, port: int, path: str) -> str:
    """Why the service at an address does not say 200, in one line; "" when it does."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    connection = HTTPConnection(host, port, timeout=WAIT)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        status, body = answer.status, answer.read(MAX_ANSWER)
    except ConnectionRefusedError:
        return f"nobody listens on {place}"
    except TimeoutError:
        return f"{place} did not answer within {WAIT:g} s"
    except (OSError, HTTPException) as error:
        return f"{place}: {' '.join(str(error).split())[:200] or type(error).__name__}"
    finally:
        connection.close()
    return "" if status == 200 else _failing(body) or f"{place} answers {status}"


def _failing(body: bytes) -> str:
    """The checks that fail, of an answer of /readyz."""
    try:
        names = [str(name)[:40] for name in json.loads(body)["failing"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return ", ".join(name for name in names[:20] if name.isprintable())
