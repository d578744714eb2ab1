"""The invented reactions: what the generator wrote, about the watched people, and not one claim."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.match.names import Matcher
from monitor.model import Post, decode_post

SEEDS = Path(__file__).parent.parent / "seeds"
INVENTED = SEEDS / "invented.jsonl"
START, STOP = datetime(2026, 3, 2, 18, 10, tzinfo=UTC), datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
ANNOUNCED = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
DEPARTURE = re.compile(
    r"\b(?:leav\w*|left|depart\w*|resign\w*|quit\w*|farewell|(?:good)?bye|los(?:e|es|ing|s|t)|end(?:s|ed|ing)?"
    r"|go(?:ne|es|ing)?|went|step\w*|former\w*|last|final\w*|stay\w*|era|miss\w*|retire\w*|fired?|hired?"
    r"|join\w*|replac\w*|rumou?r\w*|reported\w*|mov(?:e|es|ed|ing)|still (?:here|at)|not true)\b"
    r"|\bex-|[离離辞辭退走别別]|再见|毕业|失去|损失|结束|最后|留任|回归|加入|接任|曾|据说|听说|网传|传闻|前任",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    return [decode_post(line) for line in INVENTED.read_bytes().splitlines()]


def replies(posts: list[Post]) -> list[Post]:
    """Those under the announcement; the answers stand under other invented posts."""
    return [post for post in posts if post.parent_id == "seed-001"]


def test_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    subprocess.run([sys.executable, SEEDS / "invent.py", again], check=True, timeout=300)
    assert again.read_bytes() == INVENTED.read_bytes()


def test_ids_sources_and_accounts_are_invented(posts: list[Post]) -> None:
    assert [post.id for post in posts] == [f"invented-{number:04}" for number in range(1, len(posts) + 1)]
    assert {post.source for post in posts} == {"invented"}
    assert all((post.author.handle or "").endswith(".example") for post in posts)
    assert len({post.author.handle for post in posts}) > 200


def test_times_are_those_of_the_story(posts: list[Post]) -> None:
    times = [post.created_at for post in posts]
    assert times == sorted(times)
    assert times[0] >= START and times[-1] <= STOP
    assert sum(at < ANNOUNCED for at in times) < len(times) / 4
    assert all(post.created_at > ANNOUNCED for post in replies(posts))


def test_texts_are_varied_with_a_few_copies(posts: list[Post]) -> None:
    assert 380 <= len(posts) <= 420
    langs = Counter(post.lang for post in posts)
    assert set(langs) == {"en", "zh"} and 0.55 < langs["en"] / len(posts) < 0.65
    voices: dict[str, set[str | None]] = {}
    first = [post for post in posts if not post.parent_id]
    for post in first:
        voices.setdefault(post.text, set()).add(post.author.handle)
    copies = [text for text, handles in voices.items() if len(handles) > 1]
    assert 5 <= len(copies) <= 15
    assert len(voices) == len(first) - len(copies)


def test_sentences_are_written_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SEEDS))
    say = importlib.import_module("sentences")
    sentences = [line for lang in say.REPLIES for line in say.REPLIES[lang] + say.ANSWERS[lang]]
    sentences += [line for people in say.POSTS.values() for lines in people.values() for line in lines]
    assert len(set(sentences)) == len(sentences) >= 120
    assert all(re.search("qwen|千问", line, re.IGNORECASE) for line in sentences if "{short}" in line)


def test_no_text_holds_a_word_of_leaving(posts: list[Post]) -> None:
    assert [post.text for post in posts if DEPARTURE.search(post.text)] == []


def test_replies_and_answers_stand_under_earlier_posts(posts: list[Post]) -> None:
    times = {post.id: post.created_at for post in posts} | {"seed-001": ANNOUNCED}
    comments = [post for post in posts if post.parent_id]
    assert [post.id for post in posts if post.kind == "comment"] == [post.id for post in comments]
    assert len(replies(posts)) >= 20 and len(comments) - len(replies(posts)) >= 20
    assert all(times[post.parent_id or ""] < post.created_at for post in comments)


def test_each_post_is_about_someone_and_claims_nothing(posts: list[Post]) -> None:
    qwen = watchlist.load("qwen")
    matcher, reader = Matcher(qwen), ClaimReader(qwen)
    found = [(post, matcher.find(post)) for post in posts]
    assert [
        post.text for post, matches in found if not matches and post.parent_id in (None, "seed-001")
    ] == []
    assert [(post.text, claim) for post, matches in found for claim in reader.read(post, matches)] == []
    people = Counter(match.person for _, matches in found for match in matches)
    assert set(people) == {"junyang-lin", "binyuan-hui", "bowen-yu"}
