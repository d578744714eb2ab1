"""What a call costs, as a ratio: a busy machine or a slow one makes no test fail."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def assert_linear(call: Callable[[str], object], text: Callable[[int], str], length: int) -> None:
    """Four times the text costs about four times as much, not sixteen times; what takes no hundredth of a second passes."""
    short, long = text(length // 4), text(length)
    call(short)  # what is read at the first use is no cost of the text
    little, much = _seconds(call, short), _seconds(call, long)
    assert much < 10 * max(little, 0.01), f"{little:.3f} s, and {much:.3f} s for four times as much"


def _seconds(call: Callable[[str], object], text: str) -> float:
    """CPU seconds of a call: the least of three if it is short, while the garbage collector rests, which walks all that other tests left."""
    best = float("inf")
    gc.disable()
    try:
        for number in range(1, 4):
            other = text + " " * number  # another one each time, for what was just read may be remembered
            begun = time.process_time()
            call(other)
            best = min(best, time.process_time() - begun)
            if best > 0.3:  # long enough to be told from chance
                break
    finally:
        gc.enable()
    return best
