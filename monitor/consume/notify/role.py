"""The role notify: the tasks that send alerts, and those that tell of sources, of deliveries and of the day."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import Any, NamedTuple

from ...alert import Alert
from ...endpoint import AlertSettings
from ...http import Http
from ...keys import Keys
from ...store import Store
from ...telemetry import Telemetry
from ...watchlist import Watchlist
from .blindness import Sights, tell_blindness
from .deliver import deliver
from .digest import Changed, Digests, MoodOf, tell_digests
from .outbox import Outbox
from .signal import Signal
from .tend import tend
from .undelivered import Notices


class Notifier(NamedTuple):
    """What the role works with. `changed`: the cases that changed since a moment; `mood_of` is None where no
    windows are kept; `owner` is the instance under which deliveries are leased."""

    alerts: AlertSettings
    watchlist: Watchlist
    store: Store
    keys: Keys
    outbox: Outbox
    http: Http
    telemetry: Telemetry
    wake: Signal
    owner: str
    sights: Sights
    changed: Changed
    mood_of: MoodOf | None

    def tasks(self) -> Iterator[tuple[str, Coroutine[Any, Any, Any]]]:
        """The tasks by name."""
        alerts, store, keys = self.alerts, self.store, self.keys
        notices = Notices(alerts.endpoints)
        yield "outbox", tend(self.outbox, self.telemetry, notices=notices)
        yield "blindness", tell_blindness(self.sights, self.outbox, store, keys, alerts, self._announced)
        digests = Digests(
            alerts, self.watchlist, self.outbox, store, keys, self.changed, self._announced, self.mood_of
        )
        yield "digests", tell_digests(digests)
        proxy = alerts.proxy.get_secret_value() if alerts.proxy else None
        for endpoint in alerts.endpoints:
            to = (endpoint, self.outbox, self.http, self.telemetry, alerts.retry, self.wake, self.owner)
            work = deliver(*to, alerts.language, proxy=proxy, notices=notices)
            yield f"notify:{endpoint.name}", work

    @property
    def _announced(self) -> Callable[[Alert], None]:
        def announced(alert: Alert) -> None:
            self.telemetry.alerts[alert.type].inc()
            self.wake.set()

        return announced
