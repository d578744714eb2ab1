"""Vectors of words, so that words that mean the like get like weights. For training only; needs numpy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile
from zlib import crc32
from zlib import error as ZlibError

import numpy as np

from ..errors import UserError
from .grams import Features


class Meanings:
    """Vectors of words. Their sum over a text stands beside VADER's figures while fitting; being linear, what it is
    worth is then added to the weights of the single words, so that the file holds no vectors."""

    def __init__(self, path: Path, axes: int, reach: float) -> None:
        try:
            if path.exists() and not is_zipfile(path):
                raise ValueError("not an .npz file")
            with np.load(path, allow_pickle=False) as held:
                words, vectors = [str(word) for word in held["words"]], held["vectors"].astype(np.float64)
            if vectors.ndim != 2 or len(vectors) != len(words) or not np.isfinite(vectors).all():
                raise ValueError("not a row of numbers for each word")
            if not (words and vectors.std(axis=0).any()):
                raise ValueError("no two words differ")
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, ZlibError) as error:
            raise UserError(f"{path}: no words and vectors: {error}") from None
        # The axes on which words differ most, the signs settled.
        centred = vectors - vectors.mean(axis=0)
        _, found = np.linalg.eigh(product(centred.T, centred))
        found = found[:, ::-1][:, :axes]
        found *= np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
        placed = product(centred, found)
        if not (spread := np.abs(placed).std()):
            raise UserError(f"{path}: no words and vectors: no two words differ")
        self._placed = placed / spread * reach
        self._rows = {word: row for row, word in enumerate(words)}

    def beside(self, features: Features, words: Iterable[str]) -> Features:
        """The features with the sum of the words' vectors behind the dense figures."""
        found = self._placed[[self._rows[word] for word in words if word in self._rows]].sum(axis=0)
        return features._replace(dense=(*features.dense, *(found * features.scale)))

    def folded(self, fitted: Any, buckets: int) -> Any:
        """The fitted weights without the vectors' own, which went into the words' buckets."""
        first = len(fitted) - 1 - self._placed.shape[1]
        worth = product(self._placed, fitted[first:-1])
        for word, row in self._rows.items():
            fitted[crc32(word.encode()) % buckets] += worth[row]
        return np.concatenate([fitted[:first], fitted[-1:]])


def spans_of(text: str) -> list[str]:
    """The letters, pairs and triples of letters of a Chinese text, each once: its words are among them."""
    found = {text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1)}
    return sorted(found)


def product(left: Any, right: Any) -> Any:
    """A matrix product summed in numpy's own order: that of a BLAS hangs on the machine and its threads."""
    return np.einsum("ij,jk->ik", left, right, optimize=False)
