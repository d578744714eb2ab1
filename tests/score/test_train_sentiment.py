"""The trainer: the same bytes whatever the hash seed, and a model that tells its own labels apart."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import UserError
from monitor.score.grams import chinese, english, words_of
from monitor.score.valence import Valence
from monitor.score.weights import load

np = pytest.importorskip("numpy", reason="only the trainer needs numpy")

from monitor.score.meanings import Meanings  # noqa: E402
from monitor.score.train import balanced, of_target, reader, records, train  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
TEXTS = {
    "en": {
        "positive": ["what a lovely day", "so happy for Mara", "a lovely surprise, happy now", "lovely work"],
        "neutral": [
            "the meeting is on Tuesday",
            "Tuesday at the lab",
            "a meeting at noon",
            "the lab opens at noon",
        ],
        "negative": [
            "what a dreadful day",
            "so sad for Mara",
            "a dreadful surprise, sad now",
            "dreadful work",
        ],
    },
    "zh": {
        "positive": ["今天真开心", "太喜欢了", "开心极了", "好喜欢她"],
        "neutral": ["会议在周二", "周二到实验室", "会议在中午", "实验室中午开门"],
        "negative": ["今天真难过", "太讨厌了", "难过极了", "好讨厌他"],
    },
}
WORDS = {
    "en": ["happy", "lovely", "sad", "dreadful", "meeting", "glad"],
    "zh": ["开心", "喜欢", "难过", "讨厌", "会议", "高兴"],
}
RUN = """
import sys
from pathlib import Path
from monitor.score.train import PLANS, train
plan = PLANS[sys.argv[1]]._replace(buckets=1 << 10, strength=1.0, axes=2)
vectors = Path(sys.argv[4]) if len(sys.argv) > 4 else None
train(sys.argv[1], [Path(sys.argv[3])], Path(sys.argv[2]), plan, vectors)
"""


def trained(kind: str, out: Path, source: Path, seed: str, *more: str) -> bytes:
    command = [sys.executable, "-c", RUN, kind, str(out), str(source), *more]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, timeout=300)
    return out.read_bytes()


@pytest.mark.parametrize(("kind", "with_vectors"), [("en", False), ("en", True), ("zh", False), ("zh", True)])
def test_two_processes_make_the_same_bytes(tmp_path: Path, kind: str, with_vectors: bool) -> None:
    lines = [
        json.dumps({"text": text, "label": label, **({"target": "Mara"} if "Mara" in text else {})})
        for label, texts in TEXTS[kind].items()
        for text in texts
    ]
    source = tmp_path / "own.jsonl.gz"
    source.write_bytes(gzip.compress("\n".join(lines).encode()))
    more = []
    if with_vectors:
        more = [str(tmp_path / "words.npz")]
        words = np.array(WORDS[kind])
        vectors = np.array([[1, 0, 0], [0.9, 0.1, 0], [-1, 0, 0], [-0.9, 0.1, 0], [0, 1, 0], [1, 0.05, 0]])
        np.savez(more[0], words=words, vectors=vectors)
    one = trained(kind, tmp_path / "one", source, "1", *more)
    assert one == trained(kind, tmp_path / "two", source, "2", *more)
    weights, valence = load(tmp_path / "one", kind), Valence()
    for at, (_, texts) in enumerate(sorted(TEXTS[kind].items())):
        for text in texts:
            seen = chinese(text) if kind == "zh" else english(text, words_of(text), valence)
            odds = weights.probabilities(seen)
            assert odds.index(max(odds)) == at


def test_the_words_about_a_target_count_as_much_as_the_whole_sentence() -> None:
    read = reader("en")
    text = "Mara Venn shone again, while the board of the lab was booed by everybody who had come"
    whole, near = read(text), read("Mara Venn shone again,")
    found = of_target({"text": text, "target": "Mara Venn"}, read)
    assert found.hashes == whole.hashes + near.hashes
    assert found.dense[3] == (whole.dense[3] + near.dense[3]) / 2
    for record in ({"text": text}, {"text": text, "target": "Tomas"}, {"text": text, "target": ""}):
        assert of_target(record, read) == whole


def test_labels_weigh_the_same_in_each_stretch_of_a_file() -> None:
    numbers = np.array([0, 0, 1, 2] * 50 + [0, 1, 2, 2] * 50)
    weights = balanced(numbers, 200)
    for part in (slice(0, 200), slice(200, 400)):
        sums = np.bincount(numbers[part], weights[part])
        assert np.allclose(sums, 200 / 3)
    # Sorted by label, no stretch has all of them: the file is balanced as a whole.
    assert np.allclose(np.bincount(np.sort(numbers), balanced(np.sort(numbers), 100)), 400 / 3)


def run(*args: str, without: str = "") -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.modules[{without!r}] = None; " if without else ""
    command = [sys.executable, "-c", f"{code}from monitor.cli import main; main()", "train", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_the_command_writes_a_model_that_can_be_read(tmp_path: Path) -> None:
    source, out = tmp_path / "own.jsonl", tmp_path / "zh.weights"
    lines = [
        json.dumps({"text": text, "label": label}) for label, texts in TEXTS["zh"].items() for text in texts
    ]
    source.write_text("\n".join(lines))
    done = run("chinese", str(source), "--out", str(out))
    assert done.returncode == 0 and "from 12 texts" in done.stdout
    assert done.stderr == "train: a model of so few texts is not to be relied on; take thousands\n"
    assert load(out, "zh").kind == "zh"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "good", "label": "positive"}\n{"text": "good"}', ":2: no "),
        ("[]", ":1: no "),
        ('{"text": "good", "label": "fine"}', ":1: no "),
        ("", "no labelled text"),
        ('{"text": "good", "label": "positive"}\n' * 3, "no text is labelled negative or neutral"),
    ],
)
def test_a_line_that_is_no_labelled_text_is_named(tmp_path: Path, line: str, said: str) -> None:
    source = tmp_path / "own.jsonl"
    source.write_text(line)
    done = run("english", str(source), "--out", str(tmp_path / "out"))
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_numpy_it_says_what_is_missing(tmp_path: Path) -> None:
    done = run("english", str(tmp_path / "none"), "--out", str(tmp_path / "out"), without="numpy")
    assert done.returncode == 2 and "monitor[train]" in done.stderr and done.stderr.count("\n") == 1
    done = run("english", str(tmp_path / "none"), "--out", str(tmp_path / "out"))
    assert done.returncode == 2 and "No such file" in done.stderr


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"text": "good", "label": "positive"}\n', "utf-8")
    with pytest.raises(UserError, match=r"labelled\.jsonl is read"):
        train("en", [file], tmp_path / "." / "labelled.jsonl")
    link = tmp_path / "link.jsonl"
    link.hardlink_to(file)
    with pytest.raises(UserError, match=r"link\.jsonl is read"):
        train("en", [file], link)
    assert file.read_text("utf-8").startswith('{"text"')


def test_where_nothing_can_be_written_nothing_is_read(tmp_path: Path) -> None:
    for out, said in (
        (tmp_path / "none" / "en.weights", "none is no directory"),
        (tmp_path, "cannot be written"),
    ):
        with pytest.raises(UserError, match=said):
            train("en", [tmp_path / "none.jsonl"], out)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"text": "good", "label": "positive"}\n', "utf-8-sig")
    assert [one["text"] for one in records(file)] == ["good"]


def test_a_lone_surrogate_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"text": "good \\ud800", "label": "positive"}\n', "utf-8")
    with pytest.raises(UserError, match=r"labelled\.jsonl:1: no "):
        train("en", [file], tmp_path / "en.weights")


@pytest.mark.parametrize(
    "vectors", [[[1.0], [2.0], [3.0]], [1.0, 2.0], [[1.0], [float("nan")]], [[1.0], [1.0]]], ids=range(4)
)
def test_vectors_that_are_none_are_refused(tmp_path: Path, vectors: list[Any]) -> None:
    path = tmp_path / "vectors.npz"
    np.savez(path, words=np.array(["good", "bad"]), vectors=np.array(vectors))
    with pytest.raises(UserError, match="no words and vectors"):
        Meanings(path, 2, 0.05)


def test_a_bare_array_is_no_vectors(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npy"
    np.save(path, np.zeros(3))
    with pytest.raises(UserError, match="no words and vectors"):
        Meanings(path, 2, 0.05)
    path.write_text('{"text": "good", "label": "positive"}')
    with pytest.raises(UserError, match=r"no words and vectors: not an \.npz file$"):
        Meanings(path, 2, 0.05)
