"""YAML that refuses a key given twice: PyYAML would silently keep the last one."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from .errors import UserError

# What PyYAML quotes of the text beside single characters.
_QUOTES = re.compile(r"""\b(alias|tag|handle) ['"].*""", re.DOTALL)


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"key {key!r} is given twice", key_node.start_mark
                    )
                seen.add(key)
        return super().construct_mapping(node, deep)


def load(text: str, name: str) -> dict[str, Any]:
    """A YAML mapping; an empty text is an empty one. Raises UserError with name and line."""
    try:
        value = yaml.load(text, _Loader)  # noqa: S506 - the loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        raise UserError(f"{place}: {_told(error)}") from None
    except yaml.reader.ReaderError as error:
        raise UserError(f"{name}: {error.reason} at character {error.position}") from None
    except RecursionError:
        raise UserError(f"{name}: nested too deeply") from None
    except (yaml.YAMLError, ValueError):
        raise UserError(f"{name}: a number or a date in it is none; put texts in quotes") from None
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(k, str) for k in value):
        raise UserError(f"{name}: expected a mapping of names to values at the top")
    return value


def _told(error: yaml.MarkedYAMLError) -> str:
    """What is wrong, without the text that is: it may be a secret that begins with a mark of YAML."""
    problem = str(error.problem)
    hidden = _QUOTES.sub(r"\1", problem)
    return problem if hidden == problem else f"{hidden}: a text that begins with * or ! needs quotes"


def load_file(path: Path) -> dict[str, Any]:
    """The same for a file in UTF-8."""
    try:
        return load(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 at byte {error.start}") from error
