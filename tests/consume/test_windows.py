"""Rolling windows against a brute-force count over the list of what was said, and the rules one by one."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor import watchlist
from monitor.consume.windows.cell import Window
from monitor.consume.windows.series import SPANS, Point
from monitor.consume.windows.state import Windows
from monitor.identity import author_key
from monitor.model import LABELS, Author, Post, Reaction, Sentiment
from monitor.revision import supersedes

WATCHED = watchlist.parse(
    {
        "organisation": {"id": "acme", "name": "Acme"},
        "people": [
            {"id": "ann", "name": "Ann Arbor", "handles": {"x": "ann", "bluesky": "ann.example"}},
            {"id": "bob", "name": "Bob Stone", "handles": {"x": ["@Bob", "bobby"]}},
        ],
    },
    "test",
)
LENGTHS = (5, 20, 60)
HORIZON = 8 * 60
NAN = dict.fromkeys(LABELS, math.nan)


def at(second: float) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=second)


def reaction(
    id: str = "1",
    created: float = 100,
    arrived: float | None = None,
    *,
    source: str = "x",
    via: str | None = None,
    who: str = "zoe",
    about: tuple[str, ...] = ("ann",),
    score: float | None = 0.5,
    toward: dict[str, float | None] | None = None,
    copy_of: str | None = None,
    revision: str = "",
    deleted: bool = False,
) -> Reaction:
    """One reaction; `created` and `arrived` (at once, if not given) are POSIX seconds."""
    label = (
        "unscored" if score is None else "neutral" if not score else "positive" if score > 0 else "negative"
    )
    return Reaction(
        post=Post(
            source=source,
            id=id,
            revision=revision,
            author=Author(handle=who),
            text="",
            created_at=at(created),
            deleted=deleted,
        ),
        via=via or source,
        about=list(about),
        sentiment=Sentiment(score, label),
        toward=toward or {},
        duplicate_of=copy_of,
        scored_at=at(created if arrived is None else arrived),
    )


def same(a: Window, b: Window) -> bool:
    return repr(a) == repr(b)


# The brute-force count. It keeps a list, and looks at all of it for each question.


class Said:
    """What a reader of the stream knows: the newest entry of each post, forgotten after a horizon."""

    def __init__(self, horizon: int = HORIZON) -> None:
        self.entries: list[tuple[Reaction, int]] = []
        self.horizon = horizon

    def forget(self, now: float) -> None:
        self.entries = [(r, last) for r, last in self.entries if last > math.floor(now) - self.horizon]

    def add(self, new: Reaction, now: float) -> None:
        self.forget(now)
        arrival = math.floor(new.scored_at.timestamp())
        for i, (old, last) in enumerate(self.entries):
            if (old.post.source, old.post.id) == (new.post.source, new.post.id):
                kept = new if replaces(new.post, old.post) else old
                self.entries[i] = (kept, max(last, arrival))
                return
        self.entries.append((new, arrival))

    def live(self) -> list[Reaction]:
        return [r for r, _ in self.entries if not r.post.deleted]

    def within(self, person: str, after: int, until: int, source: str | None = None) -> list[Reaction]:
        return [
            r
            for r in self.live()
            if person in r.about
            and source in (None, r.post.source, r.via)
            and after < math.floor(min(r.post.created_at.timestamp(), r.scored_at.timestamp())) <= until
            and r.post.author.handle not in OWN.get((person, r.post.source), ())
        ]

    def voice(self, r: Reaction) -> str:
        if r.duplicate_of is None:
            return author_key(r.post)
        for other in self.live():
            if (other.post.source, other.post.id) == (r.post.source, r.duplicate_of):
                return author_key(other.post)
        return f"copy {r.post.source} {r.duplicate_of}"

    def series(self, person: str, span: str, now: float) -> list[Point]:
        self.forget(now)
        (length, step), t = SPANS[span], math.floor(now)
        starts = range(t // step * step - length + step, t + 1, step)
        return [self.point(person, start, min(t, start + step - 1)) for start in starts]

    def point(self, person: str, start: int, end: int) -> Point:
        inside = self.within(person, start - 1, end)
        known = [s for s in (score_of(r, person) for r in inside) if s is not None]
        mean = sum(known) / len(known) / 1_000_000 if known else math.nan
        labels = {label: sum(r.sentiment.label == label for r in inside) for label in LABELS}
        return Point(start, len(inside), mean, labels)

    def window(self, person: str, length: int, now: float, source: str | None = None) -> Window:
        self.forget(now)
        t = math.floor(now)
        inside = self.within(person, t - length, t, source)
        if not inside:
            return Window(0, 0, math.nan, NAN, 0.0)
        known = [s for s in (score_of(r, person) for r in inside) if s is not None]
        places = [(t - (k + 1) * length, t - k * length) for k in range(1, 8)]
        before = sum(len(self.within(person, *place, source)) for place in places) / 7
        return Window(
            len(inside),
            len({self.voice(r) for r in inside}),
            sum(known) / len(known) / 1_000_000 if known else math.nan,
            {label: sum(r.sentiment.label == label for r in inside) / len(inside) for label in LABELS},
            len(inside) / max(1.0, before),
        )


def score_of(r: Reaction, person: str) -> int | None:
    score = r.toward.get(person)
    score = r.sentiment.compound if score is None else score
    return None if score is None else round(score * 1_000_000)


OWN = {("ann", "x"): ("ann",), ("ann", "bluesky"): ("ann.example",), ("bob", "x"): ("bob", "bobby")}


def replaces(new: Post, old: Post) -> bool:
    if old.deleted and new.revision == old.revision and not new.deleted:
        return False
    return int(new.revision) >= int(old.revision)


scores = st.none() | st.floats(-1, 1).map(lambda x: round(x, 4)) | st.just(0.0)
reactions = st.builds(
    reaction,
    id=st.sampled_from("abcdef"),
    source=st.sampled_from(["x", "bluesky"]),
    via=st.sampled_from([None, "bluesky", "sky"]),
    who=st.sampled_from(["zoe", "yan", "ann", "bob", "bobby", "ann.example"]),
    about=st.sampled_from([(), ("ann",), ("bob",), ("ann", "bob"), ("ann", "nobody")]),
    score=scores,
    toward=st.dictionaries(st.sampled_from(["ann", "bob"]), scores, max_size=2),
    copy_of=st.none() | st.sampled_from("abcdefg"),
    revision=st.sampled_from(["0", "1", "2", "10"]),
    deleted=st.booleans().flatmap(lambda d: st.booleans() if d else st.just(False)),
)


def moved(r: Reaction, created: float, arrived: float) -> Reaction:
    return replace(r, post=replace(r.post, created_at=at(created)), scored_at=at(arrived))


# Seconds since the step before; how late the post is (negative: its clock is ahead); how late its score.
steps = st.tuples(
    st.sampled_from([0, 0, 0.25, 1, 3.5, 5, 20, 60, 70, 400]),
    reactions,
    st.sampled_from([0, 0.25, 1, 4.75, 5, 20, 59, 60, 61, 300, 470, 480, 500, -1, -30]),
    st.sampled_from([0, 0, 0, -2.5, 0.5, 30, 600]),
    st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(steps, max_size=40), st.floats(1000, 1010), st.sampled_from([0, 1000]))
def test_windows_equal_a_brute_force_count_at_any_moment(script, now, trim_after):
    windows, said = Windows(WATCHED, LENGTHS), Said()
    windows.trim_after = trim_after
    for wait, r, late, score_late, read in script:
        now += wait
        r = moved(r, now - late, now - score_late)
        windows.add(r, now)
        said.add(r, now)
        if read:
            check(windows, said, now)
    for wait in (0, 1, 100, 1000):
        check(windows, said, now + wait)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(1000, 1000 + HORIZON - 61), reactions, st.floats(0, 60)), max_size=30))
def test_a_clock_that_goes_back_leaves_them_exact(script):
    windows, said = Windows(WATCHED, LENGTHS), Said()
    for now, r, late in script:
        r = moved(r, 1000 + late, 1000 + late)
        windows.add(r, now)
        said.add(r, now)
        check(windows, said, now)


def check(windows: Windows, said: Said, now: float) -> None:
    for person in ("ann", "bob"):
        for length in LENGTHS:
            got, want = windows.read(person, length, now), said.window(person, length, now)
            assert same(got, want), (person, length, now, got, want)
    for source in ("x", "sky"):
        got, want = windows.read_of(source, "ann", 20, now), said.window("ann", 20, now, source)
        assert same(got, want), (source, now, got, want)
    assert repr(windows.series("ann", "5m", now)) == repr(said.series("ann", "5m", now))


far = st.sampled_from([0, 1, 59, 60, 299, 900, 3600, 7200, 86399, 86400, 7 * 86400, 604799, 605000, -100])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(far, reactions, far), max_size=25), st.integers(10**6, 10**6 + 7200))
def test_series_of_all_spans_equal_a_brute_force_count(script, now):
    windows, said = Windows(WATCHED, [86400]), Said(8 * 86400)
    windows.trim_after = 0
    for wait, r, late in script:
        now += abs(wait)
        r = moved(r, now - late, now)
        windows.add(r, now)
        said.add(r, now)
    assert windows.spans() == list(SPANS)
    for person in ("ann", "bob"):
        for span, (length, step) in SPANS.items():
            got = windows.series(person, span, now)
            assert repr(got) == repr(said.series(person, span, now))
            assert len(got) == length // step and got[-1].at <= now < got[-1].at + step


def test_a_step_holds_nothing_that_is_yet_to_come():
    windows = windows_of(reaction("1", 1000.0, arrived=1004.0), reaction("2", 1003.0))
    assert [windows.series("ann", "5m", now)[-1].count for now in (999, 1000, 1002.9, 1003, 1004)] == [
        0,
        1,
        1,
        2,
        2,
    ]
    assert Windows(WATCHED, LENGTHS).spans() == ["5m"]


def windows_of(*entries: Reaction) -> Windows:
    windows = Windows(WATCHED, LENGTHS)
    for entry in entries:
        windows.add(entry, entry.scored_at.timestamp())
    return windows


def test_window_covers_whole_seconds_left_open():
    windows = windows_of(reaction(created=100.9))
    counts = {now: windows.read("ann", 5, now).count for now in (99.99, 100.0, 104.99, 105.0)}
    assert counts == {99.99: 0, 100.0: 1, 104.99: 1, 105.0: 0}


def test_empty_window():
    assert same(Windows(WATCHED, LENGTHS).read("ann", 5, 100), Window(0, 0, math.nan, NAN, 0.0))


def test_created_later_than_arrival_is_arrival():
    assert windows_of(reaction(created=5000, arrived=100)).read("ann", 5, 101).count == 1


def test_own_posts_do_not_count_but_about_another_they_do():
    windows = windows_of(
        reaction(who="@Ann", about=("ann", "bob")), reaction("2", source="bluesky", who="ann")
    )
    assert windows.read("ann", 20, 100).count == 1
    assert windows.read("bob", 20, 100).count == 1


def test_mean_prefers_toward_and_falls_back_to_compound():
    windows = windows_of(
        reaction("1", score=0.5, toward={"ann": -1.0}),
        reaction("2", score=0.5, toward={"ann": None}),
        reaction("3", score=None),
    )
    window = windows.read("ann", 20, 100)
    assert window.mean == -0.25
    assert window.ratios == {"positive": 2 / 3, "neutral": 0, "negative": 0, "unscored": 1 / 3}


def test_copies_speak_with_the_voice_of_the_original_once_it_is_known():
    windows = windows_of(
        reaction("2", who="a", copy_of="1"), reaction("3", who="b", copy_of="1"), reaction("4", who="zoe")
    )
    assert windows.read("ann", 20, 100).voices == 2
    windows.add(reaction("1", who="zoe", about=()), 100)
    assert windows.read("ann", 20, 100).voices == 1
    windows.add(reaction("1", deleted=True), 101)
    assert windows.read("ann", 20, 101) == Window(
        3, 2, 0.5, {"positive": 1, "neutral": 0, "negative": 0, "unscored": 0}, 3.0
    )


def test_an_original_outside_the_window_still_lends_its_voice():
    windows = windows_of(reaction("1", 100, who="zoe"), reaction("2", 200, copy_of="1"), reaction("3", 200))
    assert windows.read("ann", 5, 200).voices == 1


def test_an_original_that_is_forgotten_takes_its_voice_along():
    windows = windows_of(reaction("1", 100, who="zoe"), reaction("2", 560, copy_of="1"), reaction("3", 560))
    assert windows.read("ann", 60, 579.9).voices == 1
    assert windows.read("ann", 60, 580).voices == 2
    assert windows.read("ann", 60, 619.9).voices == 2
    assert windows.read("ann", 60, 620).voices == 0


def test_a_post_is_forgotten_a_horizon_after_its_last_entry():
    windows = windows_of(reaction(revision="2", deleted=True), reaction(revision="1", arrived=400))
    windows.add(reaction(revision="1", created=879), 879)
    assert windows.read("ann", 60, 879).count == 0
    windows.add(reaction(revision="1", created=2000), 2000)
    assert windows.read("ann", 60, 2000).count == 1


def test_an_edit_after_the_timeline_was_cut_touches_no_other_post():
    windows = windows_of(reaction("1", 100, revision="2"), reaction("2", 100))
    windows.trim_after = 0
    windows.add(reaction("1", 100, 500, revision="1"), 500)
    windows.add(reaction("3", 590), 590)
    windows.add(reaction("1", 595, revision="3"), 595)
    assert windows.read("ann", 20, 595).count == 2
    assert windows.read("ann", 20, 610).count == 1


def test_edits_and_deletes():
    windows = windows_of(reaction(revision="2", score=0.5), reaction(revision="1", score=-0.5))
    assert windows.read("ann", 20, 100).mean == 0.5
    windows.add(reaction(revision="2", score=-0.5), 100)
    assert windows.read("ann", 20, 100).mean == -0.5
    windows.add(reaction(deleted=True), 100)
    assert windows.read("ann", 20, 100).count == 0
    windows.add(reaction(revision="2"), 100)
    assert windows.read("ann", 20, 100).count == 0
    windows.add(reaction(revision="10"), 100)
    assert windows.read("ann", 20, 100).count == 1


def test_surge_is_over_the_mean_of_seven_windows_but_at_least_one():
    windows = windows_of(*(reaction(str(i), 1000 - i / 2) for i in range(10)))
    assert windows.read("ann", 5, 1000).surge == 9.0
    before = [(960, 3), (961, 7), (995, 7)]  # The first is out of the seven, which begin after it.
    windows = windows_of(*(reaction(f"{second}-{i}", second) for second, n in before for i in range(n)))
    windows.add(reaction("now", 1000), 1000)
    assert windows.read("ann", 5, 1000).surge == 0.5


def test_who_is_not_watched_has_no_window():
    windows = windows_of(reaction(about=()), reaction("2", about=("stranger",)))
    assert windows.read("ann", 20, 100).count == 0
    with pytest.raises(KeyError):
        windows.read("stranger", 20, 100)
    with pytest.raises(KeyError):
        windows.read("ann", 21, 100)


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ("10", "9", True),
        ("9", "10", False),
        ("007", "7", True),
        ("", "", True),
        ("1", "", True),
        ("", "1", False),
        ("3lbxq", "3lbxp", True),
        ("2026-03-03T16:30:00Z", "2026-03-03T16:30:01Z", False),
        ("0123456789abcdef", "fedcba9876543210", True),
        ("fedcba9876543210", "0123456789abcdef", True),
        ("0123456789ABCDEF" * 4, "f" * 64, True),
        ("1234567890123456", "9999999999999999", False),
        ("abc", "abd", False),
        ("\u0661", "2", True),
        ("9" * 512, "8" * 512, True),
    ],
)
def test_supersedes(new, old, expected):
    assert supersedes(new, old) is expected


def test_what_is_over_leaves_and_what_it_costs(capsys):
    lengths = (300, 3600, 86400)
    windows, n = Windows(WATCHED, lengths), 20_000
    step = windows.horizon / n
    entries = [
        reaction(str(i), i * step, who=f"u{i % 999}", copy_of=str(i - 1) if i % 9 == 8 else None)
        for i in range(3 * n)
    ]
    started = time.process_time()
    for entry in entries:
        windows.add(entry, entry.scored_at.timestamp())
    added = (time.process_time() - started) / 3 / n
    assert len(windows._seen) <= n + 1
    assert len(windows._arrivals) <= n + 1
    assert len(windows._timelines["ann"]) <= 1.5 * n
    now = 3 * windows.horizon - 1.0
    for length in lengths:
        windows.read("ann", length, now)
    started = time.process_time()
    for i in range(3000):
        windows.read("ann", lengths[i % 3], now + i)
    spent = (time.process_time() - started) / 3000
    with capsys.disabled():
        print(f"\nwindows: add {added * 1e6:.1f} us, read {spent * 1e6:.1f} us, over {n} posts")
    windows.read("ann", 300, now + 3 * windows.horizon)
    assert not (windows._seen or windows._arrivals or windows._timelines["ann"] or windows._copies)
