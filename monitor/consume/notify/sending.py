"""One attempt on the wire: what came of it, whatever the format and however it failed."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from pathlib import Path

from ...addresses import Blocked
from ...errors import TryLater
from ...http import Http
from .attempt import Attempt
from .formats import FORMATS, SENDERS, Format
from .policy import Answer

log = logging.getLogger(__name__)


async def send(attempt: Attempt, http: Http, timeout: float, proxy: str | None = None) -> Answer:
    """Make one attempt, within `timeout` seconds.

    A mistake in a format, or in what it uses, costs this attempt and not the deliveries of all others.
    """
    name = attempt.endpoint.format
    try:
        if sender := SENDERS.get(name):
            async with asyncio.timeout(timeout):
                return await sender.send(attempt)
        return await _post(FORMATS[name], attempt, http, timeout, proxy)
    except (TryLater, Blocked) as error:
        return Answer("retry", error.reason)
    except TimeoutError:
        return Answer("retry", "timeout")
    except Exception as error:
        # What it says may hold the URL, so that only its kind and place are told.
        *_, last = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        about = {"endpoint": attempt.endpoint.name, "webhook_id": attempt.id, "place": place}
        log.error("format %s failed", name, extra=about)
        return Answer("retry", f"format {name} failed")


async def _post(form: Format, attempt: Attempt, http: Http, timeout: float, proxy: str | None) -> Answer:
    request = form.request(attempt)
    response = await http.request(
        "POST",
        request.url,
        # Alerts are rare: a connection kept from the last one would often be closed by now.
        headers={**request.headers, "connection": "close"},
        data=request.body,
        allow_private=attempt.endpoint.allow_private,
        timeout=timeout,
        status_is_enough=True,
        proxy=proxy,
    )
    return form.read(response, time.time())
