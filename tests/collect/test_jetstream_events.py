"""One frame and what it means: pure, and hostile frames raise nothing but Malformed."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.bluesky_records import PROFILE, REPOST, instant, tid
from monitor.collect.jetstream_events import is_gone, key_of, read_commit, read_frame
from monitor.errors import Malformed
from monitor.model import Author, Post, Reaction, encode
from monitor.revision import supersedes
from tests.collect.jetstream_server import DIDS, LIKE, POST, Log

NOW = time.time_ns() // 1000
SEEN = 1_777_888_999_000_123
DID = DIDS[5]
URI = f"at://{DIDS[6]}/{POST}/3mroot"


def read(frame: Any) -> Post | None:
    text = frame if isinstance(frame, str) else json.dumps(frame)
    return read_commit(read_frame(text, NOW), Author(id=DID))


def commit(record: Any = None, collection: str = POST, **more: Any) -> dict[str, Any]:
    inner = {"rev": "3mrev", "operation": "create", "collection": collection, "rkey": "3mkey", "cid": "c"}
    inner |= {"record": record} if record is not None else {}
    return {"did": DID, "time_us": SEEN, "kind": "commit", "commit": {**inner, **more}, "cursor": 17}


def one(record: Any, **more: Any) -> Post:
    post = read(commit(record, **more))
    assert post is not None
    return post


def test_a_post() -> None:
    post = one(
        {"text": "a\u0000b 林", "createdAt": "2026-05-04T08:00:00.5+02:00", "langs": ["zh-Hans", "en"]}
    )
    assert post == Post(
        source="bluesky",
        id=f"at://{DID}/{POST}/3mkey",
        revision="3mrev",
        url=f"https://bsky.app/profile/{DID}/post/3mkey",
        author=Author(id=DID),
        text="a\u0000b 林",
        lang="zh-Hans",
        created_at=datetime(2026, 5, 4, 6, 0, 0, 500000, UTC),
    )


def test_an_answer_and_a_quote() -> None:
    reply = {"root": {"uri": URI, "cid": "c"}, "parent": {"uri": URI + "2", "cid": "c"}}
    post = one({"text": "", "reply": reply, "embed": {"$type": "x", "record": {"uri": URI, "cid": "c"}}})
    assert (post.kind, post.root_id, post.parent_id, post.quote_of) == ("comment", URI, URI + "2", URI)
    media = {
        "record": {"$type": "y", "record": {"uri": URI, "cid": "c"}},
        "media": {"images": [{"alt": "x"}]},
    }
    assert one({"text": "q", "embed": media}).quote_of == URI
    assert one({"text": "q", "embed": {"images": [{"alt": "Mara Venn"}]}}).quote_of is None


@pytest.mark.parametrize(
    "said",
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:00",
     "yesterday", "", "2026-05-04T25:00:00Z", 7, None, "2031-01-01T00:00:00Z", ["2026-01-01"], "1969-01-01"],
)  # fmt: skip
def test_an_absurd_time_is_the_streams(said: Any) -> None:
    assert one({"text": "a", "createdAt": said}).created_at == instant(SEEN)


@pytest.mark.parametrize(
    "said", ["2019-05-04T10:00:00Z", "2019-05-04T10:00:00", "2019-05-04T10:00:00.000000000Z"]
)
def test_an_old_or_naive_time_is_kept(said: str) -> None:
    assert one({"text": "a", "createdAt": said}).created_at == datetime(2019, 5, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "odd",
    [
        {"langs": "en"}, {"langs": [7]}, {"langs": ["x" * 900]}, {"langs": []}, {"langs": ["<b>"]}, {"facets": 7},
        {"embed": [1]}, {"embed": {"record": "x"}}, {"embed": {"record": {"uri": 7}}}, {"subject": 7}, {"tags": 1},
        {"embed": {"record": {"uri": "https://x.example"}}}, {"embed": {"record": {"uri": "at://" + "x" * 3000}}},
    ],
)  # fmt: skip
def test_an_optional_part_of_a_wrong_shape_is_left_out(odd: dict[str, Any]) -> None:
    post = one({"text": "a", "createdAt": "2026-05-04T08:00:00Z", **odd})
    assert (post.text, post.kind, post.lang, post.quote_of) == ("a", "post", None, None)
    assert post.created_at == datetime(2026, 5, 4, 8, tzinfo=UTC)


def test_an_answer_to_something_odd_stays_an_answer() -> None:
    for reply in ({"root": 7, "parent": 8}, [], "x", {"parent": {"uri": 7}}):
        post = one({"text": "a", "reply": reply})
        assert (post.kind, post.parent_id, post.root_id) == ("comment", None, None)


def test_a_profile_and_its_delete() -> None:
    post = one(
        {"displayName": "Mara", "description": "at Orrin"},
        collection=PROFILE,
        rkey="self",
        operation="update",
    )
    assert (post.kind, post.text, post.author.name, post.author.bio) == (
        "profile",
        "at Orrin",
        "Mara",
        "at Orrin",
    )
    assert post.id == f"at://{DID}/{PROFILE}/self" and post.url == f"https://bsky.app/profile/{DID}"
    assert one({}, collection=PROFILE, rkey="self").text == ""
    long = one({"displayName": "x" * 900, "description": 7}, collection=PROFILE, rkey="self")
    assert (len(long.author.name or ""), long.text) == (512, "")
    gone = read(commit(collection=PROFILE, rkey="self", operation="delete"))
    assert gone and (gone.kind, gone.text, gone.deleted, gone.revision) == ("profile", "", False, "3mrev")
    assert read(commit({}, collection=PROFILE, rkey="other")) is None


def test_a_delete_has_no_words() -> None:
    post = read(commit(operation="delete"))
    assert post and post.deleted and (post.text, post.author, post.revision) == ("", Author(id=DID), "3mrev")
    assert post.created_at == instant(SEEN) and post.id == f"at://{DID}/{POST}/3mkey"


def test_a_repost_is_of_something() -> None:
    record = {"subject": {"uri": URI, "cid": "c"}, "createdAt": "2026-05-04T08:00:00Z"}
    post = one(record, collection=REPOST)
    assert (post.text, post.repost_of, post.kind) == ("", URI, "post")
    with pytest.raises(Malformed):
        one({"subject": {"uri": "x"}}, collection=REPOST)


def test_what_is_not_for_us_is_nothing() -> None:
    assert read(commit({"subject": 7}, collection=LIKE)) is None
    assert read(commit({"text": "a"}, operation="sync")) is None
    assert read(commit([], collection=LIKE, rkey="../x")) is None


@pytest.mark.parametrize(
    "bad",
    [
        commit({"text": 7}), commit({}), commit([]), commit(), commit({"text": "a"}, rkey=".."), commit({"text": "a"}, rkey=""),
        commit({"text": "a"}, rkey="a/b"), commit({"text": "a"}, rkey="a?b"), commit({"text": "a"}, rkey="a\n"),
        commit({"text": "a"}, rev="x" * 65), commit({"text": "a"}, rev=""), commit({"text": "a"}, rev=7),
        commit(operation="update"), {**commit({"text": "a"}), "did": "did:plc:a/../b"}, {**commit(), "did": "did:key:zzz"},
        {**commit({"text": "a"}), "did": "did:plc:" + "a" * 300}, {**commit({"text": "a"}), "time_us": 1.5},
        {**commit({"text": "a"}), "time_us": -1}, {**commit({"text": "a"}), "time_us": 10**30}, [], 7, None, "x",
        {**commit({"text": "a"}), "commit": None}, {**commit(), "did": None},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_malformed(bad: Any) -> None:
    with pytest.raises(Malformed) as raised:
        read(json.dumps(bad))
    assert raised.value.reason == "bad_field"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "bad_json"), ("{", "bad_json"), ('{"a":"\\ud800"}', "bad_text"), ("x" * 2_097_153, "too_large"),
     (json.dumps(commit({"text": "\ud800"})), "bad_text"), ("[" * 100_000, "bad_json"), ("\x00", "bad_json")],
)  # fmt: skip
def test_rubbish_has_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Malformed) as raised:
        read(text)
    assert raised.value.reason == reason


def test_a_text_of_a_megabyte_is_read() -> None:
    assert len(one({"text": "林" * 300_000}).text) == 300_000


def test_which_accounts_are_gone() -> None:
    log = Log()
    gone = [
        is_gone(read_frame(str(log.account(DID, status).frame), log.now))
        for status in ("deleted", "takendown", "suspended", "deactivated", None)
    ]
    assert gone == [True, True, False, False, False]
    assert not is_gone(read_frame(str(log.identity(DID).frame), log.now))


def test_the_key_of_an_event_is_its_own() -> None:
    log = Log()
    events = [log.post("a", rkey="1"), log.delete("1"), log.profile(DID, "x"), log.account(DID, "deleted")]
    keys = [key_of(read_frame(str(event.frame), log.now)) for event in [*events, *events]]
    assert len(set(keys)) == 4 and keys[:4] == keys[4:]


def test_a_tid_sorts_as_its_time() -> None:
    times = [0, 1, 31, 32, SEEN - 1, SEEN, SEEN + 1, NOW, (1 << 53) - 1]
    revisions = [tid(at) for at in times]
    assert revisions == sorted(revisions) and {len(revision) for revision in revisions} == {13}
    # The revision of a real commit is such a one: 3jzfcijpj2z2a was made on 1 July 2023.
    assert tid(1_688_137_381_887_007)[:11] == "3jzfcijpj2z"
    assert supersedes(tid(NOW), tid(SEEN))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([DID, URI, POST, PROFILE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
KEYS = [
    "text",
    "createdAt",
    "langs",
    "reply",
    "embed",
    "root",
    "parent",
    "record",
    "uri",
    "subject",
    "description",
]
records = st.dictionaries(st.sampled_from(KEYS), json_values, max_size=5)
parts = ["rev", "operation", "collection", "rkey", "record"]
odd_commits = st.builds(
    lambda record, odd: {**commit(record), "commit": {**commit(record)["commit"], **odd}},
    records | json_values,
    st.dictionaries(st.sampled_from(parts), json_values, max_size=2),
)
frames = st.builds(
    lambda frame, odd: {**frame, **odd},
    odd_commits,
    st.dictionaries(
        st.sampled_from(["did", "time_us", "kind", "commit", "account"]), json_values, max_size=2
    ),
)


@settings(max_examples=250, deadline=None)
@given(st.one_of(frames, odd_commits, json_values).map(json.dumps) | st.text())
def test_rubbish_raises_nothing_but_malformed(text: str) -> None:
    try:
        post = read(text)
    except Malformed:
        return
    if post is not None:
        reaction = Reaction(post=post, via="test", scored_at=post.created_at)
        assert msgspec.json.decode(encode(reaction), type=Reaction) == reaction


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 500), st.integers(0, 30))
def test_a_frame_with_wrong_bytes_raises_nothing_but_malformed(wrong: bytes, at: int, cut: int) -> None:
    frame = json.dumps(commit({"text": "a \ud83d\ude00 b", "createdAt": "2026-05-04T08:00:00Z"})).encode()
    with contextlib.suppress(Malformed):
        read((frame[:at] + wrong + frame[at + cut :]).decode("utf-8", "replace"))
