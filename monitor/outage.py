"""What the log says of a store that is away: who waits for it asks twice a second, for hours if need be."""

from __future__ import annotations

import logging
import time

AGAIN = 30.0  # seconds


class Outage:
    """Tells of each reason at once, and while it lasts every half minute."""

    def __init__(self, log: logging.Logger, text: str) -> None:
        """`text` has one %s, for the reason."""
        self._log = log
        self._text = text
        self._told: dict[str, float] = {}

    def tell(self, reason: str, now: float | None = None) -> None:
        now = time.monotonic() if now is None else now
        if now - self._told.get(reason, -AGAIN) >= AGAIN:
            self._told[reason] = now
            self._log.warning(self._text, reason)
