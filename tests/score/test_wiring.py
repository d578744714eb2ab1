"""Toward and kinds on their way: pipeline, metrics, windows, API."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import msgspec
import pytest
import yaml

from monitor.consume.web.query import OfReactions
from monitor.consume.web.reactions import is_wanted
from monitor.consume.windows.state import Windows
from monitor.model import KINDS, Arrival, Post, Reaction, Sentiment, encode
from monitor.offline import explain
from monitor.operate import check
from monitor.readers import Readers, Run, readers_of
from monitor.score.scorers import scorer
from monitor.settings import build
from monitor.tally import count
from monitor.telemetry import Telemetry
from tests.lab import LAB, NOW, at, post

GRIEF = "Heartbroken. Mara Venn leaving Orrin Lab is an immense loss, a terrible and sad day"
MARA = "mara-venn"


def react(one: Post) -> Reaction:
    return Run(Readers(LAB)).react(one, "test", NOW)


def telemetry() -> Telemetry:
    return Telemetry(
        people=[MARA], sources=["test"], windows=["1h"], endpoints=[], config_hash="", version=""
    )


def test_a_reaction_carries_both_how_it_sounds_and_how_it_is_toward_the_person() -> None:
    one = react(post("1", GRIEF))
    assert (one.sentiment.compound or 0) < -0.5 and (one.toward[MARA] or 0) > 0.5
    assert "sadness" in one.kinds


def test_what_matches_nobody_has_neither() -> None:
    one = react(post("1", "heartbroken, such a loss"))
    assert one.toward == {} and one.kinds == []


def test_ones_own_farewell_is_no_reaction_to_oneself() -> None:
    own = react(post("1", "I am leaving Orrin Lab. bye my beloved lab, thank you all", handle="maravenn"))
    assert own.about == [MARA] and own.toward == {} and "gratitude" in own.kinds
    windows = Windows(LAB, [3600])
    windows.add(own, NOW.timestamp())
    windows.add(react(post("2", GRIEF)), NOW.timestamp())
    window = windows.read(MARA, 3600, NOW.timestamp())
    assert window.count == 1 and window.mean > 0.5


def test_a_farewell_under_an_unknown_handle_does_not_enter_the_mean() -> None:
    author = {"handle": "mv_elsewhere", "name": "Mara Venn"}
    one = react(post("1", "I am leaving Orrin Lab today. A sad, terrible day, I hate this.", author=author))
    assert one.about == [MARA] and one.toward == {} and (one.sentiment.compound or 0) < -0.5
    windows = Windows(LAB, [3600])
    windows.add(one, NOW.timestamp())
    alone = windows.read(MARA, 3600, NOW.timestamp())
    assert alone.count == 1 and alone.mean != alone.mean
    windows.add(react(post("2", GRIEF)), NOW.timestamp())
    both = windows.read(MARA, 3600, NOW.timestamp())
    assert both.count == 2 and both.mean > 0.5


def test_a_reply_to_the_farewell_is_toward_its_author() -> None:
    run = Run(Readers(LAB))
    run.react(post("1", "I am leaving Orrin Lab.", handle="maravenn"), "test", NOW)
    answer = run.react(post("2", "gutted. we will miss you, legend", parent_id="1"), "test", NOW)
    assert (answer.toward[MARA] or 0) > 0.5 and {"sadness", "praise"} <= set(answer.kinds)
    back = run.react(post("3", "thank you!", handle="maravenn", parent_id="2"), "test", NOW)
    assert back.about == [MARA] and back.toward == {}


def test_the_kinds_are_counted_from_zero() -> None:
    metrics = telemetry()
    assert {kind for person, kind in metrics.reactions_kind if person == MARA} == set(KINDS)
    one = react(post("1", GRIEF, minute=-1))
    count(metrics, "test", [Arrival(one.post, None)], [one], "a")
    text = metrics.render("text/plain")[0].decode()
    assert f'monitor_reactions_kind_total{{kind="sadness",person="{MARA}"}} 1.0' in text
    assert f'monitor_reactions_kind_total{{kind="report",person="{MARA}"}} 0.0' in text


def test_the_api_can_ask_for_a_kind() -> None:
    one = react(post("1", GRIEF, minute=-1))
    assert is_wanted(one, OfReactions(kind="sadness", since=at(-5)), {MARA})
    assert not is_wanted(one, OfReactions(kind="report"), {MARA})


def test_the_default_scorer_reads_chinese_and_leaves_other_languages() -> None:
    found = react(post("1", "Mara Venn 要走了，太难过了"))
    assert found.sentiment.scorer == "blend" and (found.sentiment.compound or 0) < 0
    german = react(post("2", "Mara Venn geht heute und ich bin wirklich sehr traurig, warum nur", lang="de"))
    assert german.about == [MARA] and german.sentiment.label == "unscored"
    assert german.sentiment.compound is None and german.sentiment.lang == "de"


def test_english_whose_source_says_chinese_is_read_as_english() -> None:
    one, other = (react(post(lang, "Mara Venn left, sad", lang=lang)).sentiment for lang in ("en", "zh"))
    assert one.lang == other.lang == "en" and one.compound == other.compound and (one.compound or 0) < -0.5


def test_what_was_cut_is_noted_and_else_left_out() -> None:
    for name in ("blend", "vader"):
        readers = readers_of(build({"sentiment": {"scorer": name}}), LAB)
        long = Run(readers).react(post("1", "Mara Venn is good. " * 5000), "s", NOW)
        assert long.sentiment.cut == 20_000 and b'"cut":20000' in encode(long)
        assert msgspec.json.decode(encode(long), type=Reaction) == long
        assert b'"cut"' not in encode(Run(readers).react(post("1", "Mara Venn is good."), "s", NOW))


def test_match_shows_sentiment_toward_and_kinds_with_their_words() -> None:
    text = "heartbroken. Junyang Lin leaving Qwen is an immense loss, thank you for everything"
    sink = StringIO()
    explain(build({"watchlist": "qwen"}), text, None, None, (None, None), None, sink)
    said = sink.getvalue()
    assert re.search(r"^sentiment: [+-]0\.\d\d \w+ by blend, read as en$", said, re.M)
    assert "toward junyang-lin: +1.00: warm (heartbroken), " in said
    assert "kinds: gratitude (thank you), sadness (heartbroken)" in said


async def test_check_tells_of_the_scorer_and_warns_of_names_that_are_words(tmp_path: Path) -> None:
    graced = LAB.model_dump(mode="json", by_alias=True)
    graced["people"][0]["name"], graced["people"][0]["short_names"] = "Grace Venn", ["Grace"]
    (tmp_path / "lab.yaml").write_text(yaml.safe_dump(graced))
    config = {
        "watchlist": f"{tmp_path}/lab.yaml",
        "data_dir": str(tmp_path),
        "sources": {"push": {"kind": "push"}},
    }
    path, sink = tmp_path / "monitor.yaml", StringIO()
    path.write_text(yaml.safe_dump(config))
    assert await check(path, sink) == 0
    assert re.search(r"^sentiment +blend +ok ", sink.getvalue(), re.M)
    assert re.search(r"^name +mara-venn +warning +Grace in Grace Venn ", sink.getvalue(), re.M)
    sink = StringIO()
    path.write_text(yaml.safe_dump({**config, "sentiment": {"scorer": "no.such:Scorer"}}))
    assert await check(path, sink) == 1
    assert re.search(r"^sentiment +no\.such:Scorer +WRONG +sentiment\.scorer: ", sink.getvalue(), re.M)


def test_a_scorer_that_is_not_there_ends_the_start_with_one_line(tmp_path: Path) -> None:
    for command in (["run"], ["analyze"], ["match", "x"], ["backtest", os.devnull]):
        environment = {
            **os.environ,
            "MONITOR_SENTIMENT__SCORER": "no.such:Scorer",
            "MONITOR_DATA_DIR": str(tmp_path),
        }
        done = subprocess.run(
            [sys.executable, "-m", "monitor", *command],
            env=environment,
            input=b"",
            capture_output=True,
            timeout=300,
        )
        lines = done.stderr.decode().splitlines()
        assert done.returncode == 2 and len(lines) == 1 and "sentiment.scorer" in lines[0], command


def test_a_language_that_nobody_reads_is_toward_nobody_by_a_word_that_it_shares() -> None:
    french = react(post("1", "Mara Venn a quitté le labo, quelle tristesse, merci pour tout"))
    assert french.sentiment.label == "unscored" and french.toward == {MARA: None}
    assert react(post("2", "Mara Venn a quitté le labo ❤️ merci")).toward[MARA] == 0.6, "a heart is read"
    for text, lang in (
        ("qué terrible lo de Mara Venn", "es"),
        ("Mara Venn lol жаль", None),
        ("Mara Venn天才", "ja"),
    ):
        found = react(post("3", text, lang=lang))
        assert found.sentiment.label == "unscored" and found.toward == {MARA: None}, text


class Unsound:
    """A scorer of one's own that raises for one text, and for another gives what is no score."""

    name = "unsound"

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        if "dies" in text:
            raise RuntimeError("boom")
        figures = {"nan": float("nan"), "big": 7.0, "none": None}
        found = [Sentiment(value, "positive") for word, value in figures.items() if word in text]
        if "bare" in text:
            return 0.5  # type: ignore[return-value]
        return (
            found[0] if found else Sentiment(0.0, "unscored") if "zero" in text else Sentiment(1, "positive")
        )


def test_what_is_no_score_is_unscored_and_the_stream_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    scores = scorer(f"{__name__}:Unsound")
    for word in ("dies", "nan", "big", "none", "bare", "zero"):
        run = Run(Readers(LAB, scores=scores))
        found = run.react(post(word, f"Mara Venn {word}"), "test", NOW).sentiment
        assert found == Sentiment(None, "unscored", "unsound", None), word
    assert scores.score("fine") == Sentiment(1, "positive")
    assert [one.getMessage() for one in caplog.records] == [
        "sentiment: unsound: RuntimeError: boom; such texts are unscored"
    ]
