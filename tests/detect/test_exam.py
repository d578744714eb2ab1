"""How well claims are read: the frozen exam holds its figures, and nothing of it was learned from.

The exam's texts are by hands who saw no rule, and whoever writes rules or phrases reads the build files, never these.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import watchlist
from tests.detect.figures import Figures, measure, read_file

ROOT = Path(__file__).parent.parent.parent
DATA = Path(__file__).parent / "data"
WATCHLIST = watchlist.load(str(DATA / "watchlist.yaml"))
LEARNED = (
    "build",
    "second_build",
    "third_build",
    "fourth_build",
    "articles_build",
    "train",
    "clauses",
    "articles_train",
    "old_exams",
)
EXAMS = ("exam", "exam_second", "exam_third", "exam_articles")

# (precision, recall) that the exams reached; a change may raise these, not lower them.
LEAST = {
    "exam": {
        "about": (0.97, 0.99),
        "asserted": (0.95, 0.86),
        "rumoured": (0.96, 0.92),
        "denied": (0.94, 0.84),
    },
    "exam_second": {
        "about": (0.98, 0.99),
        "asserted": (0.95, 0.88),
        "rumoured": (0.91, 0.88),
        "denied": (0.94, 0.90),
    },
    "exam_third": {
        "about": (0.98, 0.99),
        "asserted": (0.94, 0.89),
        "rumoured": (0.94, 0.89),
        "denied": (0.93, 0.90),
    },
    "exam_articles": {
        "about": (1.0, 1.0),
        "asserted": (0.94, 0.80),
        "rumoured": (1.0, 0.75),
        "denied": (0.85, 0.75),
    },
}
MOST_HARM = {"exam": 0.027, "exam_second": 0.034, "exam_third": 0.035, "exam_articles": 0.0}


@pytest.fixture(scope="module", params=EXAMS)
def exam(request: pytest.FixtureRequest) -> tuple[str, Figures]:
    return request.param, measure(read_file(DATA / f"{request.param}.jsonl"), WATCHLIST)


def test_the_exam_holds(exam: tuple[str, Figures]) -> None:
    name, figures = exam
    for group, (precision, recall) in LEAST[name].items():
        count = figures.groups[group]
        assert count.precision >= precision and count.recall >= recall, (group, count)


def test_harmless_texts_stay_harmless(exam: tuple[str, Figures]) -> None:
    name, figures = exam
    assert figures.harmless_rate <= MOST_HARM[name]


def test_there_are_enough_texts_by_hand_and_no_exam_text_was_learned_from() -> None:
    learned = [record for name in LEARNED for record in read_file(DATA / f"{name}.jsonl")]
    asked = [record for name in EXAMS for record in read_file(DATA / f"{name}.jsonl")]
    assert len(learned) + len(asked) >= 1500
    articles = [r for r in (*learned, *asked) if r["kind"] == "article" and len(r["text"]) >= 2000]
    assert len(articles) >= 80
    texts = {" ".join(record["text"].split()).casefold() for record in learned}
    assert not texts & {" ".join(record["text"].split()).casefold() for record in asked}


def test_no_rule_phrase_or_weight_names_a_watched_person() -> None:
    names = {
        name.casefold()
        for people in (WATCHLIST, watchlist.load("qwen"))
        for person in people.people
        for name in (*person.full_names, *(h for hs in person.handles.values() for h in hs))
    }
    for path in (ROOT / "monitor" / "detect").rglob("*"):
        if path.suffix in (".py", ".tsv", ".txt"):
            text = path.read_text("utf-8").casefold()
            assert not [name for name in names if name in text], path


TRAIN = """
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("departures", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.DATA = Path(sys.argv[2])
sys.stdout.write(module.fit(list(module.examples(module.DATA / "few.jsonl", rules=True))))
"""


def test_training_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    (tmp_path / "watchlist.yaml").write_text((DATA / "watchlist.yaml").read_text("utf-8"), "utf-8")
    few = read_file(DATA / "second_build.jsonl")[:80]
    (tmp_path / "few.jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in few), "utf-8"
    )
    made = [trained(tmp_path, seed) for seed in ("1", "2")]
    assert made[0] == made[1] and len(made[0].splitlines()) > 100


def trained(data: Path, seed: str) -> str:
    """The weights that a process of its own makes; sets come in another order with each seed."""
    script = str(ROOT / "deploy" / "train" / "departures.py")
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TRAIN, script, str(data)]
    return subprocess.run(
        command, env=environ, check=True, capture_output=True, text=True, timeout=300
    ).stdout
