"""The errors that stages share; everything else that is raised is a bug and ends the process."""

from __future__ import annotations


class UserError(Exception):
    """A mistake of the user's: one line that names the setting, file and line, or source (exit 2)."""


class TryLater(Exception):
    """A transient fault of one source or endpoint; `after` is the wait in seconds that it asked for."""

    def __init__(self, reason: str, after: float | None = None, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.after = after


class Malformed(Exception):
    """One item that cannot be read. `reason` is one of a closed set (see model.DROP_REASONS)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class StoreDown(Exception):
    """The store did not answer, is loading, read-only or full. Whether the call took effect is unknown."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class Fenced(Exception):
    """Another process owns this source now, or the store was rolled back: claim it again."""


class ReplyError(Exception):
    """The server refused one command, and it had no effect: `code` is the first word ("NOGROUP")."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code} {message}".rstrip())
        self.code = code
        self.message = message
