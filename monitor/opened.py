"""What a process opens before anything runs: its name, the store, the streams and the HTTP client."""

from __future__ import annotations

from contextlib import AsyncExitStack

from . import __version__
from .embedded import Embedded
from .http import Http
from .instance import instance_of
from .keys import Keys
from .settings import Settings
from .store import Store
from .stream import Stream
from .telemetry import Telemetry


class Opened:
    """Opened in order, closed by the stack in reverse: the store outlives all that uses it."""

    instance: str
    embedded: Embedded | None = None
    store: Store
    http: Http

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.keys = Keys(settings.store.prefix, settings.store.partitions)

    async def open(self, stack: AsyncExitStack) -> None:
        """Raises UserError for a data_dir or a store that cannot be had."""
        settings = self._settings
        self.instance = instance_of(settings.data_dir, stack)
        url = settings.store.url.get_secret_value() if settings.store.url else None
        if url is None:
            self.embedded = Embedded(settings.data_dir, settings.store.max_memory)
            stack.push_async_callback(self.embedded.stop, 3.0)
            await self.embedded.start()
            url = self.embedded.url
        self.store = await Store.open(url)
        stack.push_async_callback(self.store.close)
        self.http = await stack.enter_async_context(Http())
        self.stream = self._stream(self.store)

    def reader(self, stack: AsyncExitStack) -> Stream:
        """A stream with a connection of its own, for a consumer that waits on it."""
        connection = self.store.reader()
        stack.push_async_callback(connection.close)
        return self._stream(connection)

    def _stream(self, store: Store) -> Stream:
        settings = self._settings
        retention, window = settings.store.retention, settings.thread_window
        return Stream(store, self.keys, retention=retention, thread_window=window)


def telemetry_of(settings: Settings, people: list[str], sources: list[str]) -> Telemetry:
    """Every metric of these settings."""
    return Telemetry(
        people=people,
        sources=sources,
        windows=settings.windows,
        endpoints=[endpoint.name for endpoint in settings.alerts.endpoints],
        config_hash=settings.config_hash(),
        version=__version__,
    )
