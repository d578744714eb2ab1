"""The versions of a case whose id had one before that was dropped: they go on, as receivers drop what they had."""

from __future__ import annotations

import msgspec

from ..casefile import Transition
from ..keys import Keys
from ..store import Store


async def numbered(store: Store, keys: Keys, transition: Transition) -> Transition:
    """The first transition of a case with the version after the last one under its id; any other as it is."""
    file = transition.file
    if transition.before is not None:
        return transition
    last = int(await store.call("GET", keys.version(file.case.id)) or 0)
    case = msgspec.structs.replace(file.case, version=file.case.version + last)
    return transition._replace(file=msgspec.structs.replace(file, case=case))
