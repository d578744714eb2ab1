"""monitor backtest: why a status changed, and the figures over labelled files; the project's own file holds its own."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import labels, watchlist
from monitor.exam import Alarm, Departure, span, timings_of
from monitor.model import Claim, encode
from monitor.reasons import REASONS
from monitor.terminal import Quote, columns, marked, sentence
from tests.lab import LAB, at, post
from tests.test_offline import monitor, reactions

DATA = Path(__file__).parent / "data"
TIMELINE = DATA / "timeline.jsonl"
WORDS = Path(__file__).parent.parent / "monitor" / "consume" / "web" / "static" / "words.js"


@pytest.fixture
def lab(tmp_path: Path) -> str:
    (tmp_path / "lab.yaml").write_text(LAB.model_dump_json(by_alias=True))
    (tmp_path / "monitor.yaml").write_text(f"watchlist: {tmp_path}/lab.yaml\n")
    return str(tmp_path / "monitor.yaml")


def ran(lab: str, tmp_path: Path, rows: list[Any], *words: str) -> Any:
    (tmp_path / "posts.jsonl").write_bytes(b"\n".join(map(encode, rows)))
    return monitor("backtest", str(tmp_path / "posts.jsonl"), "--config", lab, *words)


def test_each_transition_says_why_by_whom_and_in_which_words(lab: str, tmp_path: Path) -> None:
    rows = [
        post("1", "Hello. Mara Venn has left Orrin Lab. More soon.", minute=0),
        post("2", "Today Mara Venn left Orrin Lab, I saw the box.", minute=1),
        post("2", "", minute=2, deleted=True, revision="2"),
        post("1", "", minute=3, deleted=True, revision="2"),
        post("3", "I have left Orrin Lab today.", minute=9, handle="maravenn"),
    ]
    found = reactions(ran(lab, tmp_path, rows, "--format", "json").stdout)
    told = [(row["to"], row["voices"], row["why"]) for row in found]
    assert told == [
        ("rumoured", 1, "one voice"),
        ("reported", 2, "two independent voices"),
        ("rumoured", 1, "evidence was deleted; what stands: one voice"),
        ("retracted", 0, "the only evidence was deleted"),
        ("confirmed", 1, "the person's own account"),
    ]
    first, gone = found[0], found[3]
    assert first["excerpt"] == rows[0].text
    assert "left" in first["excerpt"][first["start"] : first["end"]]
    assert gone["excerpt"] is None and gone["start"] is None
    table = ran(lab, tmp_path, rows).stdout.decode()
    (line,) = [
        line for line in table.splitlines() if " 1 " in line and "one voice " in line and "-    " in line
    ]
    assert line.rstrip().endswith("left« Orrin Lab.") and "Hello" not in line and "»" in line


def test_a_file_of_labels_gives_figures_and_times(lab: str, tmp_path: Path) -> None:
    def labelled(one: Any, about: list[str], *claims: tuple[str, str]) -> dict[str, Any]:
        value = json.loads(encode(one))
        return {**value, "about": about, "claims": [{"person": p, "claim": c} for p, c in claims]}

    rows = [
        {"departures": [{"person": "mara-venn", "at": at(0)}, {"person": "ida-holt", "at": at(0)}]},
        labelled(post("1", minute=30), ["mara-venn"], ("mara-venn", "reported")),
        labelled(post("2", "Tomas Reed has left Orrin Lab.", minute=40), ["tomas-reed"]),
        labelled(post("3", "Tomas Reed is nice", minute=50), ["tomas-reed"]),
        labelled(
            post("4", "So long, Mara Venn left Orrin.", minute=90), ["mara-venn"], ("mara-venn", "reported")
        ),
        {"id": "5", "text": "nobody here", "author": {"handle": "x"}, "about": [], "claims": []},
    ]
    run = ran(lab, tmp_path, rows, "--labels", "--format", "json")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["labels"]["texts"] == 5
    assert found["labels"]["asserted"] == {
        "right": 2,
        "false": 1,
        "missed": 0,
        "precision": 0.6667,
        "recall": 1.0,
        "f1": 0.8,
    }
    assert found["labels"]["harmless"] == {"texts": 3, "harmed": 1, "rate": 0.3333}
    rumoured, reported = found["alerts"]["rumoured"], found["alerts"]["reported"]
    assert (rumoured["told"], rumoured["departures"], rumoured["false_alarms"]) == (1, 2, 1)
    assert rumoured["seconds_from_first_sign"] == {"p50": 1800.0, "max": 1800.0}
    assert (reported["told"], reported["false_alarms"]) == (1, 0)
    assert reported["seconds_from_first_sign"]["p50"] == 5400.0
    table = ran(lab, tmp_path, rows, "--labels").stdout.decode()
    assert "harmless texts with an asserted claim: 1 of 3" in table and "1 of 2" in table
    plain = ran(lab, tmp_path, rows[:2], "--format", "json")
    assert plain.returncode == 0 and len(reactions(plain.stdout)) == 1


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"departures": [{"person": "x"}]}, "departures: "),
        ({"id": "1", "text": "t", "about": "all", "claims": []}, "labels are"),
        ({"id": "1", "text": "t", "about": [], "claims": [1]}, "labels are"),
        ({"text": "t"}, "`id`"),
        ([], "an object"),
    ],
)
def test_a_wrong_label_is_named_by_file_and_line(lab: str, tmp_path: Path, row: Any, complaint: str) -> None:
    good = {"id": "1", "text": "t", "about": [], "claims": []}
    run = ran(lab, tmp_path, [good, row], "--labels")
    assert run.returncode == 1
    assert b"posts.jsonl:2: bad_field" in run.stderr and complaint in run.stderr.decode()


def test_a_file_without_labels_is_a_mistake(lab: str, tmp_path: Path) -> None:
    run = ran(lab, tmp_path, [post("1")], "--labels")
    assert run.returncode == 2 and b"no line carries labels" in run.stderr


def test_an_alarm_before_the_first_sign_is_a_false_one() -> None:
    alarms = [Alarm("a", at(0), "rumoured"), Alarm("a", at(9), "rumoured"), Alarm("B", at(9), "rumoured")]
    departures = [Departure("a", at(5)), Departure("a", at(8)), Departure("b", datetime(2026, 5, 4, 12, 0))]
    (rumoured, *_) = timings_of(alarms, departures, 2.0)
    assert (rumoured.told, rumoured.departures, rumoured.false, rumoured.a_month) == (2, 3, 1, 0.5)
    assert rumoured.delays == [60.0, 540.0]
    assert [span(one) for one in (0, 59, 120, 7200, 200_000)] == ["0 s", "59 s", "2.0 min", "2.0 h", "2.3 d"]


def test_a_second_alarm_of_one_departure_is_a_false_one() -> None:
    alarms = [
        Alarm("a", at(1), "confirmed"),
        Alarm("a", at(500), "confirmed"),
        Alarm("a", at(900), "confirmed"),
    ]
    departures = [Departure("a", at(0)), Departure("a", at(800))]
    confirmed = timings_of(alarms, departures, 1.0)[-1]
    assert (confirmed.told, confirmed.false) == (2, 1)


def test_labels_count_by_person() -> None:
    figures = labels.Figures()
    record = {
        "about": ["a", "b"],
        "claims": [{"person": "Joe Doe", "claim": "denied"}, {"person": "a", "claim": "reported"}],
    }
    figures.add(record, ["a"], [Claim("joe doe", "denied", 0, 1, ""), Claim("a", "rumoured", 0, 1, "")])
    assert figures.groups["about"].recall == 0.5
    assert figures.groups["denied"].f1 == 1.0
    assert (figures.groups["asserted"].missed, figures.groups["rumoured"].false) == (1, 1)
    assert (figures.exact.right, figures.exact.false, figures.exact.missed) == (1, 1, 1)
    assert (
        labels.labelled_post({"id": "1", "text": "t", "author": {"id": "9", "name": "N"}}).author.id is None
    )


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("First. She has left. Last!", "left", "She has »left«."),
        ("v2.5 of it left us", "left", "v2.5 of it »left« us"),
        ("今天很好。她离职了！再见", "离职", "她»离职«了！"),
        ("Hm? left. He", "left. He", "»left. He«"),
        ("a\nleft\nb", "left", "»left«"),
        ("bad \x1b[2J left \u202e.", "left", "bad  [2J »left«  ."),
    ],
)
def test_the_sentence_with_its_words_marked(text: str, words: str, shown: str) -> None:
    start = text.index(words)
    assert marked(sentence(Quote(text, start, start + len(words)))) == shown


@pytest.mark.parametrize("room", [12, 20, 80])
@pytest.mark.parametrize(
    "text", ["x" * 300 + " left " + "y" * 300, "很" * 200 + "left" + "长" * 200, "left" * 99, "left"]
)
def test_a_quotation_keeps_to_its_room_and_shows_the_words(text: str, room: int) -> None:
    start = text.index("left")
    shown = marked(Quote(text, start, start + 4), room)
    assert columns(shown) <= room and "»left«" in shown


def test_every_reason_has_the_same_words_on_the_page() -> None:
    script = WORDS.read_text("utf-8")
    block = script.partition("const WHY = {")[2].partition("};")[0]
    pairs = [line.strip().rstrip(",").partition(": ") for line in block.splitlines() if line.strip()]
    assert {key.strip('"'): value.strip('"') for key, _, value in pairs} == REASONS


def test_the_projects_own_timeline_holds_its_figures() -> None:
    """Six months of an invented lab: 6 departures, 4 false rumours, a flood, namesakes, and everyday talk."""
    lab = watchlist.load(str(DATA / "lab.yaml"))
    assert len(lab.people) == 12
    run = monitor(
        "backtest",
        str(TIMELINE),
        "--labels",
        "--format",
        "json",
        environ={"MONITOR_WATCHLIST": str(DATA / "lab.yaml")},
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["labels"]["texts"] >= 200 and found["months"] > 5.5
    assert found["labels"]["about"]["f1"] >= 0.97
    assert found["labels"]["asserted"]["recall"] >= 0.9 and found["labels"]["asserted"]["precision"] >= 0.8
    assert found["labels"]["harmless"]["rate"] <= 0.05
    reported = found["alerts"]["reported"]
    assert (reported["told"], reported["departures"]) == (6, 6)
    assert reported["false_alarms"] == 0
    assert reported["seconds_from_first_sign"]["p50"] <= 12 * 3600
    assert found["alerts"]["confirmed"]["false_alarms"] == 0
