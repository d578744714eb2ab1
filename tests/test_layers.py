"""The house: stages import shared files, never each other; only app.py, pipeline.py and readers.py know them all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "monitor"
STAGES = {"collect", "match", "score", "detect", "consume"}
KNOW_ALL = {"app.py", "pipeline.py", "readers.py"}
COMMANDS = {
    "analyze.py",
    "backtest.py",
    "cli.py",
    "demo.py",
    "exam.py",
    "forget.py",
    "offline.py",
    "operate.py",
}
COMMANDS |= {"__main__.py"}
FILES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules of this package that a file imports, dotted from its root."""
    parts = path.parts[:-1]
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / path).read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [
                *parts[: len(parts) - node.level + 1],
                *((node.module or "").split(".") if node.module else []),
            ]
            found |= {
                ".".join([*base, alias.name]) if not node.module else ".".join(base) for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("monitor."):
            found.add((node.module or "").removeprefix("monitor."))
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_stage_imports_no_other_stage(path: Path) -> None:
    if path.name in KNOW_ALL | COMMANDS and len(path.parts) == 1:
        return
    stage = path.parts[0] if path.parts[0] in STAGES else None
    used = {module.split(".")[0] for module in imported(path)} & STAGES
    assert used <= {stage}, f"{path} belongs to {stage or 'the shared files'} and imports {used}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_the_commands_import_app_and_pipeline(path: Path) -> None:
    used = {module.split(".")[0] for module in imported(path)} & {"app", "pipeline", "readers", "cli", "demo"}
    assert not used or path.name in KNOW_ALL | COMMANDS


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_is_one_room(path: Path) -> None:
    assert len((PACKAGE / path).read_text().splitlines()) <= 300


def test_redis_is_spoken_in_one_place() -> None:
    users = {str(path) for path in FILES if "from redis" in (PACKAGE / path).read_text()}
    assert users == {"store.py"}


def test_the_page_speaks_no_commands_to_the_store() -> None:
    files = [path for path in FILES if path.parts[:2] == ("consume", "web")]
    assert files and not [path for path in files if ".store.call" in (PACKAGE / path).read_text()]
    assert not [path for path in files if ".store.many" in (PACKAGE / path).read_text()]
