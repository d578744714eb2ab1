"""What every part of the settings is: frozen, with no unknown names, and its secrets from files where wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


def _text_of(path: object, name: str) -> str:
    """The text of a secret's file. Its path is not told: who mistakes the key puts the secret itself there."""
    try:
        return Path(str(path)).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or (
            "not UTF-8" if isinstance(error, UnicodeDecodeError) else "no path"
        )
        raise ValueError(f"{name}: the file that it names cannot be read: {why}") from None


class Section(BaseModel):
    """A part of the settings; unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)
    secrets: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_files(cls, values: Any) -> Any:
        """KEY_file in place of a secret KEY: the file's text without the white space around it."""
        if not isinstance(values, dict):
            return values
        for key in cls.secrets:
            if (path := values.get(f"{key}_file")) is not None:
                if key in values:
                    raise ValueError(f"{key} and {key}_file are both given")
                rest = {k: v for k, v in values.items() if k != f"{key}_file"}
                values = {**rest, key: _text_of(path, f"{key}_file")}
        return values
