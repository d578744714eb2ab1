"""All that the package apprise knows (format: apprise), an optional extra: services without a format of ours.

It blocks, has its own ways with addresses and proxies, and says no more than whether it worked. So it runs in
threads that nobody waits for, and every failure is tried again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from ...endpoint import Endpoint
from ...errors import UserError
from .attempt import Attempt, message_of
from .policy import Answer
from .prose import lines, tame

MOST_THREADS = 4
CONNECT, READ = 4.0, 8.0  # Seconds; the courier gives up after 15.
# By the kind of a message; all else is apprise's "info".
KINDS = {"reported": "warning", "confirmed": "warning", "denied": "success", "retracted": "success"}
_threads = threading.BoundedSemaphore(MOST_THREADS)


class Handed(NamedTuple):
    """What apprise sends: plain text, with one of its own kinds of message."""

    title: str
    body: str
    notify_type: str


def check(endpoints: Iterable[Endpoint]) -> None:
    """Raises UserError where an endpoint wants the package and it is not there, or does not know its URL."""
    for endpoint in endpoints:
        if endpoint.format != "apprise":
            continue
        where = f"alerts.endpoints: {endpoint.name}:"
        if find_spec("apprise") is None:
            raise UserError(f"{where} format apprise needs a package: pip install 'monitor[apprise]'")
        if _service(endpoint.url.get_secret_value()) is None:
            raise UserError(f"{where} url is none that apprise knows")


async def send(attempt: Attempt) -> Answer:
    """Hands the message over; a send whose caller has gone ends by itself, unheard."""
    told = handed(attempt)
    if not _threads.acquire(blocking=False):
        return Answer("retry", "apprise is busy")
    done = await _in_thread(lambda: _notify(attempt.url, told))
    return Answer("delivered") if done else Answer("retry", "apprise said no")


def handed(attempt: Attempt) -> Handed:
    """The message as apprise gets it."""
    message = message_of(attempt)
    return Handed(tame(message.title), "\n".join(lines(message)), KINDS.get(message.kind, "info"))


def _notify(url: str, message: Handed) -> bool:
    service = _service(url)
    if service is None:
        return False
    told = _package().Apprise(asset=service.asset)
    told.add(service)
    return bool(told.notify(**message._asdict(), body_format="text"))


def _service(url: str) -> Any:
    """The service behind a URL, None if unknown; it follows no redirect and tries once, whatever the URL says."""
    apprise = _package()
    # With a time limit of its own it would use a pool of threads, whose end Python waits for.
    asset = apprise.AppriseAsset(
        http_redirects=False, storage_mode="memory", async_mode=False, service_timeout=0
    )
    service = apprise.Apprise.instantiate(url, asset=asset)
    if service is not None:
        service.redirects, service.retry = False, 0
        service.socket_connect_timeout = min(service.socket_connect_timeout or CONNECT, CONNECT)
        service.socket_read_timeout = min(service.socket_read_timeout or READ, READ)
    return service


@cache
def _package() -> Any:
    """The package with all of its services loaded, which warns of what Python deprecates."""
    # What it logs quotes answers and may name the URL; what matters of it is in ours.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        apprise = import_module("apprise")
        apprise.Apprise.instantiate("json://localhost")
    return apprise


async def _in_thread(call: Callable[[], bool]) -> bool:
    """What a call says in a thread that holds up no end; false where it raises."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bool] = loop.create_future()

    def settle(value: bool) -> None:
        if not answer.done():
            answer.set_result(value)

    def work() -> None:
        value = False
        try:
            # Whatever goes wrong in one of its services is that service's failure.
            with suppress(Exception):
                value = call()
        finally:
            _threads.release()
        with suppress(RuntimeError):  # The loop may be closed by now.
            loop.call_soon_threadsafe(settle, value)

    threading.Thread(target=work, name="apprise", daemon=True).start()
    return await answer
