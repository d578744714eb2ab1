"""The name under which this process holds leases: kept in data_dir, so that a restart takes its own back."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import AsyncExitStack
from pathlib import Path

from .errors import UserError


def instance_of(data_dir: Path, opened: AsyncExitStack) -> str:
    """The id in data_dir/instance, held by a lock; an id of its own for a second process beside it.

    Raises UserError when data_dir cannot be written.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(data_dir / "instance", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError(f"data_dir: {data_dir}: {error.strerror}") from error
    opened.callback(os.close, file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return secrets.token_hex(8)
    id = os.read(file, 64).decode("ascii", "replace").strip()
    if not id:
        id = secrets.token_hex(8)
        os.write(file, id.encode())
    return id
