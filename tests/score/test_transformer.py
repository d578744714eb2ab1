"""The example of a late scorer: a tiny model in ONNX form, made here, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.errors import UserError
from monitor.score import transformer
from monitor.score.scorers import check, scorer
from monitor.score.workers import Worker

NAME = "monitor.score.transformer:Transformer"
WORDS = ["[PAD]", "[UNK]", "good", "bad", "lab"]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Three figures a text: how many of its words are bad, 1, how many are good."""
    pytest.importorskip("onnxruntime", reason="only the example scorer needs onnxruntime")
    onnx = pytest.importorskip("onnx", reason="makes the tiny model")
    tokenizers = pytest.importorskip("tokenizers")
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    table = np.zeros((len(WORDS), 3), dtype=np.float32)
    table[WORDS.index("good")], table[WORDS.index("bad")] = [0, 0, 3], [3, 0, 0]
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("ReduceSum", ["rows", "axes"], ["sums"], keepdims=0),
        helper.make_node("Add", ["sums", "bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axes"),
            numpy_helper.from_array(np.array([0, 1, 0], dtype=np.float32), "bias"),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    onnx.save(made, str(tmp_path / "model.onnx"))
    words = {word: number for number, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def test_it_scores_by_its_labels_and_tells_what_it_cut(model: Path) -> None:
    read = scorer(NAME, model)
    assert [read.score(text).label for text in ("good lab", "bad lab", "lab")] == [
        "positive",
        "negative",
        "neutral",
    ]
    found = read.score("good " * 1000, "en")
    assert (found.cut, found.lang, found.scorer) == (5 * transformer.MOST_TOKENS - 1, "en", "transformer")
    (model / "config.json").write_text(json.dumps({"id2label": {"0": "POS", "1": "NEU", "2": "NEG"}}))
    assert scorer(NAME, model).score("good").label == "negative"
    (model / "config.json").write_text(json.dumps({"id2label": {"0": "joy", "1": "anger"}}))
    with pytest.raises(UserError, match="joy"):
        scorer(NAME, model)


async def test_it_reads_in_a_process_of_its_own(model: Path) -> None:
    worker = Worker(NAME, model)
    try:
        found = await worker.score([("good lab", "en"), ("bad", None)] * 20)
        assert found and [one.label for one in found] == ["positive", "negative"] * 20
    finally:
        await worker.close()


def test_what_is_missing_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transformer, "NEEDED", ("no_such_package",))
    with pytest.raises(UserError, match=r"needs no_such_package: pip install 'monitor\[transformer\]'"):
        check(NAME, tmp_path)
    monkeypatch.setattr(transformer, "NEEDED", ())
    with pytest.raises(UserError, match=r"sentiment\.model"):
        check(NAME, None)
    with pytest.raises(UserError, match=r"model\.onnx: no such file"):
        check(NAME, tmp_path)
