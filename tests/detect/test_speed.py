"""Reading a text takes time in proportion to its length, whatever it holds: ratios of CPU time, so any machine will do."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.detect.regex import regex
from monitor.match.names import Matcher
from monitor.model import post_of
from tests.cost import assert_linear

WATCHLIST = watchlist.load(str(Path(__file__).parent / "data" / "watchlist.yaml"))
MATCHER, READER = Matcher(WATCHLIST), ClaimReader(WATCHLIST)

UNITS = [
    "Weiyu Song left Orrin. ", "宋维宇离开奥林，", "走", '"', "'a", "if ", "and ", "Song, ", "Mara Venn ", "...", "\n", "ex-", "time at orrin ",
    "he ", "episode 1 ", "share ", "另一个", "是到底", "not the ", "a.b", "½", "👏", "Song said: \"I have left Orrin\"\n", "[1] * | ",
    "Weiyu Song resigned from Orrin. ", "a person close to ", "宋维宇宣布离职。", "祝宋维宇",
]  # fmt: skip


def read(text: str) -> None:
    author = {"handle": "MarcusSong88", "name": "Weiyu Song"}
    post = post_of(
        {"source": "x", "id": "1", "created_at": "2026-05-04T12:00:00Z", "text": text, "author": author}
    )
    READER.read(post, MATCHER.find(post))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("length", [8_000, 400_000])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str, length: int) -> None:
    assert_linear(read, lambda most: "Weiyu Song of Orrin has left. " + unit * (most // len(unit)), length)


def test_a_pattern_is_compiled_at_its_first_use_and_is_one_then() -> None:
    late = regex(r"(?P<word>[a-z]+)\d", 2)  # re.I
    assert late.search("..Abc1").group("word") == "Abc"  # type: ignore[union-attr]
    assert [m.group() for m in late.finditer("a1 B2")] == ["a1", "B2"]
    assert late.pattern == r"(?P<word>[a-z]+)\d" and late.fullmatch("x") is None
    assert regex("a").sub("b", "aa") == "bb" and regex(",").split("a,b") == ["a", "b"]
