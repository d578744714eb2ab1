"""A model's file: whatever is wrong with it is told in one way, and no damaged one is ever read."""

from __future__ import annotations

import json
import math
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UserError
from monitor.score.grams import DENSE, Features
from monitor.score.weights import FORMAT, load, pack

STEPS = bytes([0, 1, 2, 255, 127, 129, 3, 0] * 2)
WHOLE = pack("zh", 1, 0.01, [[0.25], [-0.5]], STEPS)
ABOUT = json.loads(WHOLE.partition(b"\n")[0])


def loaded(folder: Path, raw: bytes, kind: str = "zh") -> Any:
    path = folder / "a.weights"
    path.write_bytes(raw)
    return load(path, kind)


def refused(folder: Path, raw: bytes, kind: str = "zh") -> bool:
    with pytest.raises(UserError, match=r"a\.weights is "):
        loaded(folder, raw, kind)
    return True


def sealed(about: Any, body: bytes | None = None) -> bytes:
    """A file whose checksum is right."""
    whole = json.dumps(about).encode() + b"\n" + (zlib.compress(STEPS) if body is None else body)
    return whole + zlib.crc32(whole).to_bytes(4)


def test_what_is_packed_is_read(tmp_path: Path) -> None:
    found = loaded(tmp_path, WHOLE)
    assert (found.kind, found.version, found.unit, found.dense) == ("zh", 1, 0.01, ((0.25,), (-0.5,)))
    assert found.table[3] == -1 + (-1 << 40) and found.table[4] == 127**2 + (127**2 << 40)
    assert math.isclose(sum(found.probabilities(Features([1, 2**32 - 1], (), 1.0))), 1)


def test_every_byte_counts(tmp_path: Path) -> None:
    for at in range(len(WHOLE)):
        for change in (1, 2, 4, 8, 16, 32, 64, 128, 255):
            assert refused(tmp_path, WHOLE[:at] + bytes([WHOLE[at] ^ change]) + WHOLE[at + 1 :])


def test_every_length_but_its_own_is_refused(tmp_path: Path) -> None:
    assert all(refused(tmp_path, WHOLE[:length]) for length in range(len(WHOLE)))
    assert refused(tmp_path, WHOLE + b"\0") and refused(tmp_path, b"\0" * 4) and refused(tmp_path, WHOLE * 2)


@pytest.mark.parametrize(
    "change",
    [
        {"format": FORMAT - 1},
        {"kind": "en"},
        {"kind": ["zh"]},
        {"version": math.inf},
        {"unit": math.nan},
        {"unit": math.inf},
        {"unit": 0},
        {"unit": -0.1},
        {"unit": 1e300},
        {"unit": None},
        {"buckets": 0},
        {"buckets": -8},
        {"buckets": 7},
        {"buckets": 4},
        {"buckets": 16},
        {"buckets": 1 << 60},
        {"buckets": math.nan},
        {"dense": []},
        {"dense": [[0.1]]},
        {"dense": [[0.1], [0.1], [0.1]]},
        {"dense": [[0.1], []]},
        {"dense": [[0.1, 0.2], [0.1, 0.2]]},
        {"dense": [[math.nan], [0.1]]},
        {"dense": [[0.1], [-math.inf]]},
        {"dense": [[1e300], [0.1]]},
        {"dense": 5},
    ],
    ids=str,
)
def test_a_header_that_cannot_be_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    assert refused(tmp_path, sealed(ABOUT | change))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*ABOUT]), inner),
    )
)
def test_no_header_gives_another_error(tmp_path_factory: pytest.TempPathFactory, about: Any) -> None:
    folder = tmp_path_factory.mktemp("model")
    assert refused(folder, sealed(about))
    if isinstance(about, dict) and about:
        try:
            found = loaded(folder, sealed(ABOUT | about))
        except UserError:
            return
        assert len(found.table) == 8 and 0 < found.unit <= 1


def test_the_body_is_as_long_as_is_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, sealed(ABOUT)).table[1] == 1 + (1 << 40)
    for body in (b"", zlib.compress(STEPS[:-1]), zlib.compress(STEPS + b"\0"), zlib.compress(STEPS)[:-1]):
        assert refused(tmp_path, sealed(ABOUT, body))
    assert refused(tmp_path, sealed(ABOUT, zlib.compress(STEPS) + b"\0"))
    assert refused(tmp_path, sealed(ABOUT, zlib.compress(bytes(50_000_000))))
    assert refused(tmp_path, b"[" * 100_000)


def test_an_english_model_has_all_of_vader_s_figures(tmp_path: Path) -> None:
    rows = [[0.1] * (DENSE + 1)] * 2
    assert loaded(tmp_path, pack("en", 1, 0.01, rows, STEPS), "en").dense[0][-1] == 0.1
    assert refused(tmp_path, pack("en", 1, 0.01, [row[1:] for row in rows], STEPS), "en")
