"""What is built and installed: the wheel's content, the pinned packages, the make targets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from monitor import __version__

ROOT = Path(__file__).parent.parent
PINNED = ("requirements.txt", "requirements-dev.txt")
TARGETS = ["setup", "run", "demo", "test", "bench", "check", "chaos"]


def pins(name: str) -> dict[str, Requirement]:
    """The requirements of a pinned file, by canonical name."""
    text = (ROOT / "deploy" / name).read_text()
    lines = [line for line in text.replace("\\\n", " ").splitlines() if not line.startswith("#")]
    found = [Requirement(line.split("--hash")[0].strip()) for line in lines]
    assert all("--hash=sha256:" in line for line in lines)
    return {canonicalize_name(pin.name): pin for pin in found}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built as `pip install --no-build-isolation` builds it."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def test_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    package = [path for path in (ROOT / "monitor").rglob("*") if path.is_file()]
    assert {str(p.relative_to(ROOT)) for p in package if "__pycache__" not in p.parts} <= names
    seeds = {f"monitor/seeds/{path.name}" for path in (ROOT / "seeds").iterdir() if path.is_file()}
    assert {
        "monitor/seeds/quotes.jsonl",
        "monitor/seeds/invented.jsonl",
        "monitor/watchlists/qwen.yaml",
    } <= names
    assert seeds <= names
    assert any(re.fullmatch(r"monitor/scripts/\w+\.lua", name) for name in names)


def test_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"monitor", f"monitor-{__version__}.dist-info"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name]


def test_wheel_installs_the_command(wheel: zipfile.ZipFile) -> None:
    points = wheel.read(f"monitor-{__version__}.dist-info/entry_points.txt").decode()
    assert "monitor = monitor.cli:main" in points.splitlines()


@pytest.mark.parametrize("name", PINNED)
def test_pinned_file_fits_the_project(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables"]
    if name != "requirements.txt":
        wanted += project["dependency-groups"]["dev"]
    found = pins(name)
    for requirement in map(Requirement, wanted):
        (pin,) = found[canonicalize_name(requirement.name)].specifier
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), requirement


def test_both_pinned_files_agree() -> None:
    run, dev = map(pins, PINNED)
    assert {name: str(pin) for name, pin in run.items()} == {name: str(dev[name]) for name in run}


@pytest.mark.parametrize("name", PINNED)
def test_pinned_file_names_no_index_and_no_path(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text()
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|(?<![\w.])/\w", text)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_make_knows_its_targets() -> None:
    subprocess.run(["make", "-n", *TARGETS], cwd=ROOT, env=plain(), check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_make_says_when_there_is_no_python(tmp_path: Path) -> None:
    folder = tmp_path / "a path with spaces"
    (folder / "deploy").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "deploy/requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    command = ["make", "setup", "PYTHON=/nowhere/python"]
    ran = subprocess.run(command, cwd=folder, env=plain(), capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "no Python 3.11 or later" in ran.stderr.splitlines()[0]
    assert not (folder / ".venv").exists()


def plain() -> dict[str, str]:
    """The environment without what an outer make hands down."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}


def test_ci_run_is_a_sound_executable() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
