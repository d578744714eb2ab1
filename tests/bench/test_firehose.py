"""The frames of the benchmark are such as the source reads, and of the sizes of real ones."""

from __future__ import annotations

import time
from statistics import mean

from monitor.collect.jetstream_events import read_commit, read_frame
from monitor.model import Author
from tests.bench import firehose


def test_every_frame_is_read() -> None:
    sizes, kinds = [], set()
    for number, (kind, pieces) in enumerate(firehose.templates(2000)):
        text = firehose.filled(pieces, kind, number)
        sizes.append(len(text.encode()))
        frame = read_frame(text, time.time_ns() // 1000)
        kinds.add(kind)
        if kind in ("identity", "account"):
            assert frame.kind == kind
        else:
            post = read_commit(frame, Author(id=frame.did))
            assert (
                post
                and post.deleted == (kind == "delete")
                and (post.kind == "profile") == (kind == "profile")
            )
            assert abs(time.time() - post.created_at.timestamp()) < 60
    assert kinds == set(firehose.KINDS) and 550 < mean(sizes) < 870
