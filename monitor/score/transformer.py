"""A late scorer: a sentiment model in ONNX form from a directory. Needs the extra `transformer`.

    sentiment: {scorer: "monitor.score.transformer:Transformer", model: path/to/directory}

The directory holds model.onnx (in: input_ids, attention_mask, perhaps token_type_ids; out: a figure for each label) and
tokenizer.json; config.json names the labels (`id2label`), or there are three: negative, neutral, positive. Which
languages it reads is the model's matter: all that it is given is scored.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import UNSET

from ..model import Label, Sentiment
from .scorers import Text

NEEDED = ("onnxruntime", "tokenizers", "numpy")
FILES = ("model.onnx", "tokenizer.json")
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
MOST_TOKENS = 512
MOST_TEXTS = 16  # read at once


class Transformer:
    """Scores batches; reads the model when it is made."""

    name, late = "transformer", True

    @classmethod
    def check(cls, model: Path | None) -> None:
        """ValueError where the model or a package is missing."""
        if missing := [name for name in NEEDED if find_spec(name) is None]:
            raise ValueError(f"needs {', '.join(missing)}: pip install 'monitor[transformer]'")
        if model is None:
            raise ValueError("sentiment.model is not set: the directory of model.onnx and tokenizer.json")
        for name in FILES:
            if not (model.expanduser() / name).is_file():
                raise ValueError(f"{model.expanduser() / name}: no such file")

    def __init__(self, model: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        model = model.expanduser()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._labels = _labels(model / "config.json")

    def batch(self, texts: Sequence[Text]) -> list[Sentiment]:
        """The scores in the texts' order: compound = P(positive) - P(negative)."""
        found: list[Sentiment] = []
        for at in range(0, len(texts), MOST_TEXTS):
            found += self._read(texts[at : at + MOST_TEXTS])
        return found

    def _read(self, texts: Sequence[Text]) -> list[Sentiment]:
        import numpy as np

        read = self._tokenizer.encode_batch([text for text, _ in texts])
        fed = {"input_ids": np.array([one.ids for one in read], dtype=np.int64)}
        fed["attention_mask"] = np.array([one.attention_mask for one in read], dtype=np.int64)
        fed["token_type_ids"] = np.zeros_like(fed["input_ids"])
        fed = {name: value for name, value in fed.items() if name in self._inputs}
        figures = np.asarray(self._session.run(None, fed)[0], dtype=np.float64)
        if figures.shape != (len(texts), len(self._labels)):
            raise ValueError(f"the model gives {figures.shape} figures for {len(self._labels)} labels")
        odds = np.exp(figures - figures.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        rows = zip(texts, read, odds.tolist(), strict=True)
        return [self._sentiment(lang, one, row) for (_, lang), one, row in rows]

    def _sentiment(self, lang: str | None, read: Any, odds: Sequence[float]) -> Sentiment:
        by = dict.fromkeys(LABELS, 0.0)
        for label, share in zip(self._labels, odds, strict=True):
            by[label] += share
        label = max(LABELS, key=lambda one: by[one])
        cut = max((end for _, end in read.offsets), default=0) if read.overflowing else UNSET
        return Sentiment(round(by["positive"] - by["negative"], 4), label, self.name, lang, cut)


def _labels(config: Path) -> list[Label]:
    """What the model's figures stand for, in their order; ValueError for labels of another kind."""
    try:
        named = json.loads(config.read_text("utf-8")).get("id2label") or {}
    except FileNotFoundError:
        named = {}
    words = [str(named[number]).lower() for number in sorted(named, key=int)]
    if not words or words == ["label_0", "label_1", "label_2"]:
        return list(LABELS)
    found = [label for word in words for label in LABELS if label.startswith(word[:3])]
    if len(found) != len(words):
        raise ValueError(f"{config}: labels {', '.join(words)} are none of {', '.join(LABELS)}")
    return found
