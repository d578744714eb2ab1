"""Why a place where a name stands is not the person's."""

from __future__ import annotations

from typing import NamedTuple


class Refusal(NamedTuple):
    """`why` is told to people. `taken`: by the words beside it the name is somebody else's, here and further on."""

    why: str
    taken: bool = False
