"""An endpoint that fails at all that it is sent gets a rest, so that its deliveries keep their attempts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

OPENS_AFTER = 5
FIRST = 5.0
LONGEST = 300.0


@dataclass(frozen=True)
class Breaker:
    """Open after five failures in a row: then one probe after `first` seconds, doubling up to five minutes.

    `now` and `until` are monotonic seconds. It only ever holds an attempt back: when a delivery is due is its own
    affair. `failures` are those in a row, of whichever deliveries.
    """

    first: float = FIRST
    failures: int = 0
    until: float = 0.0

    @property
    def is_open(self) -> bool:
        return self.failures >= OPENS_AFTER

    def wait(self, now: float) -> float:
        """The seconds until an attempt may be made; 0 when it may be made now."""
        return max(0.0, self.until - now)

    def failed(self, now: float, asked: float = 0.0) -> Breaker:
        """After one more failure; `asked`: the quiet that the receiver asked for, in seconds."""
        failures = self.failures + 1
        beyond = min(failures - OPENS_AFTER, 30)
        rest = min(LONGEST, self.first * 2**beyond) if beyond >= 0 else 0.0
        return replace(self, failures=failures, until=now + max(rest, asked))

    def answered(self) -> Breaker:
        """After an attempt that ended well: closed."""
        return Breaker(self.first)

    def rested(self) -> Breaker:
        """When nothing waits for the endpoint any more, as others delivered it: one more failure opens it again."""
        return Breaker(self.first, min(self.failures, OPENS_AFTER - 1))


def of_schedule(schedule: Sequence[float]) -> Breaker:
    """A closed one: where retries are set to follow sooner than the first rest, the rest is as short."""
    return Breaker(min([FIRST, *schedule[:1]]))
