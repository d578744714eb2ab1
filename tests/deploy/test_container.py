"""The image: what its recipe says, and the image itself, built and run by deploy/try-image."""

from __future__ import annotations

import os
import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

from monitor import __version__
from tests.conftest import debian

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "deploy/Dockerfile").read_text()
SCRIPT = ROOT / "deploy/try-image"
STEPS = [
    "image",
    "first start",
    "what is in it",
    "a post is pushed",
    "SIGTERM",
    "second start, same volume",
    "the post is still counted",
    "kill -9",
    "third start, same volume",
    "the post is still counted",
    "SIGTERM again",
]


def orders(name: str) -> list[str]:
    """The arguments of every instruction of that name, continued lines joined."""
    text = re.sub(r"^#.*\n", "", RECIPE, flags=re.MULTILINE).replace("\\\n", " ")
    return [line.partition(" ")[2].strip() for line in text.splitlines() if line.startswith(name + " ")]


def test_both_stages_stand_on_the_base() -> None:
    assert orders("FROM") == ["${BASE} AS build", "${BASE}"]
    assert orders("ARG")[0] == "BASE=python:3.13-slim-bookworm"


def test_it_runs_as_nobody_in_particular_and_in_exec_form() -> None:
    assert orders("USER") == ["65532:65532"]
    assert orders("ENTRYPOINT") == ['["monitor"]']
    assert orders("CMD") == ['["run"]']
    assert orders("STOPSIGNAL") == ["SIGTERM"]
    assert orders("HEALTHCHECK")[0].endswith('CMD ["monitor", "healthcheck"]')
    (environ,) = orders("ENV")[1:]
    for name in ("PYTHONUNBUFFERED=1", "PYTHONDONTWRITEBYTECODE=1", "MONITOR_DATA_DIR=/data"):
        assert name in environ.split()


def test_packages_come_by_hash_and_from_nowhere_that_is_written_down() -> None:
    (fetch,) = [order for order in orders("RUN") if "pip download" in order]
    assert "--require-hashes" in fetch
    assert "--mount=type=secret,id=pip,target=/etc/pip.conf,required=false" in fetch
    for order in orders("RUN"):
        assert ("pip install" in order or "pip --python" in order) <= ("--no-index" in order), order
    for text in (RECIPE, SCRIPT.read_text()):
        assert not re.search(r"https?://(?!127\.0\.0\.1)", text)


def test_the_label_is_the_version() -> None:
    assert f"VERSION={__version__}" in orders("ARG")


def test_the_context_holds_what_is_copied_and_no_more() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("", "#")]
    assert lines[0] == "*"
    kept = {line[1:] for line in lines if line.startswith("!")}
    copied = {name for order in orders("COPY") if "--from" not in order for name in order.split()[:-1]}
    assert kept == copied
    assert all((ROOT / name).exists() for name in kept)
    assert any(fnmatch("monitor/__pycache__", line) for line in lines[1:])


def test_the_script_is_sound() -> None:
    assert os.access(SCRIPT, os.X_OK)
    subprocess.run(["bash", "-n", SCRIPT], check=True, timeout=60)


@pytest.mark.debian
@pytest.mark.timeout(1000)
def test_the_image_is_built_and_does_its_work(tmp_path: Path) -> None:
    for tool in ("buildah", "podman", "runc", "debootstrap", "curl"):
        debian(tool)
    if os.geteuid() != 0:
        missing = pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip
        missing("only root can make a base image")
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [SCRIPT], env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=960)
        finally:
            process.terminate()  # it then ends its containers and takes its folder away
    assert process.returncode == 0, said
    assert re.findall(r"^ok: (.*) \(\d+ s\)$", said, re.MULTILINE)[1:] == STEPS
    sizes = re.search(r"^image (\d+) MB, of which the base is (\d+) MB$", said, re.MULTILINE)
    assert sizes, said
    assert int(sizes[1]) - int(sizes[2]) < 80
    assert list(tmp_path.iterdir()) == []
