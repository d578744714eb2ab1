"""Makes the vectors of words that `monitor train english --vectors` takes: python deploy/train/vectors.py OUT.npz MODEL.onnx TOKENIZER.json FILE...

Needs numpy, onnxruntime and tokenizers, for training only. The words are those that stand twice or more in the labelled
files, and VADER's; each is read by the sentence model (all-MiniLM-L6-v2: 384 figures) as a text of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.score.grams import words_of
from monitor.score.train import records

BATCH = 128


def main() -> None:
    """Reads the files' words, writes their vectors."""
    out, model, tokens, *files = sys.argv[1:]
    counts = Counter(
        word for name in files for record in records(Path(name)) for word in words_of(record["text"])
    )
    words = {word for word, count in counts.items() if count > 1 and word[0].isalpha()}
    words |= {word for word in SentimentIntensityAnalyzer().lexicon if word.isalpha()}
    ordered = sorted(words, key=lambda word: (len(word), word))
    tokenizer = Tokenizer.from_file(tokens)
    tokenizer.enable_truncation(12)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    parts = []
    for first in range(0, len(ordered), BATCH):
        read = tokenizer.encode_batch(ordered[first : first + BATCH])
        mask = np.array([one.attention_mask for one in read], dtype=np.int64)
        ids = np.array([one.ids for one in read], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, fed)[0]
        mean = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        parts.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    np.savez(out, words=np.array(ordered), vectors=np.concatenate(parts).astype(np.float16))


if __name__ == "__main__":
    main()
