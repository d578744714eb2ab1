"""The files of the page: nothing foreign, nothing that makes markup of strings, the chart library as published."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import monitor.consume.web

STATIC = Path(monitor.consume.web.__file__).parent / "static"
LIBRARY = {"uPlot.iife.min.js", "uPlot.min.css"}
OWN = sorted(
    path for path in STATIC.iterdir() if path.name not in LIBRARY and path.suffix in {".js", ".css", ".html"}
)
MARKUP = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML"
    r"|\beval\b|new Function|srcdoc|setAttribute\(\"style|javascript:|\son\w+=[\"']|style=\""
)


def test_the_chart_library_is_the_published_one() -> None:
    for row in (STATIC / "uPlot.sha256").read_text().splitlines():
        digest, name = row.split()
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
        LIBRARY.remove(name)
    assert set() == LIBRARY
    assert "MIT" in (STATIC / "uPlot.LICENSE").read_text()


def test_nothing_is_said_of_cases_before_they_were_read() -> None:
    assert '<p id="cases-empty" class="empty" hidden>' in (STATIC / "index.html").read_text()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_files_make_no_markup_and_name_no_other_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(MARKUP, text)
    hosts = set(re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", text))
    assert hosts <= {"http://www.w3.org"}  # the name of SVG's elements, asked of nobody


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_module_is_small_and_imports_its_neighbours(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) < 250
    for name in re.findall(r'^import .* from "\./(.+?)";$', text, re.MULTILINE):
        assert (STATIC / name).is_file()
