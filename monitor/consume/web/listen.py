"""Opens the one HTTP server."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

from aiohttp import web

from ...errors import UserError
from ...settings import HttpSettings
from .server import Parts, application

log = logging.getLogger(__name__)


async def listen(opened: AsyncExitStack, settings: HttpSettings, parts: Parts) -> int:
    """Serve until the stack is closed; the port. Raises UserError when it cannot be had."""
    runner = web.AppRunner(
        application(settings, parts), access_log=None, shutdown_timeout=2.0, keepalive_timeout=30.0
    )
    await runner.setup()
    opened.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, settings.host, settings.port)
    try:
        await site.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"http.port: {settings.host}:{settings.port}: {reason}") from error
    port = int(runner.addresses[0][1])
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    log.info("listening on http://%s:%s", host, port)
    return port
