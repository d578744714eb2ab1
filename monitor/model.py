"""What flows through the service, as JSON: Post -> Reaction -> Case -> Alert (design section 5)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple, get_args

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from .errors import Malformed

MAX_POST_BYTES = 2 * 1024 * 1024
DROP_REASONS = ("bad_json", "bad_field", "bad_text", "too_large", "unknown_delete")

ClaimKind = Literal["self_announced", "reported", "profile_changed", "rumoured", "denied"]
ASSERTED: frozenset[str] = frozenset({"self_announced", "reported", "profile_changed"})
Status = Literal["rumoured", "reported", "confirmed", "denied", "dismissed", "retracted"]
STATUSES: tuple[Status, ...] = get_args(Status)
Label = Literal["positive", "neutral", "negative", "unscored"]
LABELS: tuple[Label, ...] = get_args(Label)
Kind = Literal["gratitude", "sadness", "worry", "surprise", "praise", "anger", "mockery", "report"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Name = Annotated[str, Meta(max_length=512)]
Id = Annotated[str, Meta(min_length=1, max_length=2048)]
Instant = Annotated[datetime, Meta(tz=True)]
Count = int | float | str | bool | None


class Author(Struct, frozen=True):
    """Who wrote a post; all of it may be unknown."""

    id: Name | None = None
    handle: Name | None = None
    name: Name | None = None
    bio: str | None = None
    followers: int | None = None


NOBODY = Author()


class Post(Struct, frozen=True, kw_only=True):
    """One thing that somebody said. Times are UTC; a profile record carries the text before."""

    source: Annotated[str, Meta(min_length=1, max_length=64)]
    id: Id
    revision: Name = ""
    kind: Literal["post", "comment", "title", "article", "profile", "bio"] = "post"
    url: Annotated[str, Meta(max_length=4096)] | None = None
    author: Author = NOBODY
    text: str
    before: str | None = None
    lang: Name | None = None
    created_at: Instant
    parent_id: Id | None = None
    root_id: Id | None = None
    quote_of: Id | None = None
    repost_of: Id | None = None
    deleted: bool = False
    engagement: dict[str, Count | dict[str, Count]] = {}

    def __post_init__(self) -> None:
        if self.kind == "bio":
            msgspec.structs.force_setattr(self, "kind", "profile")
        if self.created_at.tzinfo is not UTC:
            try:
                msgspec.structs.force_setattr(self, "created_at", self.created_at.astimezone(UTC))
            except OverflowError as error:
                raise ValueError("created_at is out of range") from error


class Match(Struct, frozen=True):
    """Why a post is about a person. Offsets count code points of post.text, end exclusive."""

    person: str
    alias: str
    start: int
    end: int
    rule: str


class Sentiment(Struct, frozen=True):
    """A score of the whole text: compound is -1..1, null when unscored.

    `cut`: of a longer text only so many characters were read.
    """

    compound: float | None = None
    label: Label = "unscored"
    scorer: str = ""
    lang: str | None = None
    cut: int | UnsetType = UNSET


class Claim(Struct, frozen=True, omit_defaults=True):
    """A departure claimed, hedged or denied by the words from `start` to `end` of post.text.

    By the text: `occurred_at` is when it happens or happened (UTC midnight of the day, of the first day where
    only a month is named), `destination` where the person goes, `replacement` who takes the post. `returned`:
    denied because the person came back after having left.
    """

    person: str
    claim: ClaimKind
    start: int
    end: int
    rule: str
    occurred_at: Instant | None = None
    destination: str | None = None
    replacement: str | None = None
    returned: bool = False


class Reaction(Struct, frozen=True, kw_only=True):
    """A post with whom it is about, how it sounds and what it claims."""

    post: Post
    via: str
    about: list[str] = []
    matches: list[Match] = []
    sentiment: Sentiment = Sentiment()
    toward: dict[str, float | None] = {}
    kinds: list[str] = []
    claims: list[Claim] = []
    duplicate_of: str | None = None
    duplicate_source: str | None = None
    scored_at: Instant


class Arrival(NamedTuple):
    """What a source hands over: a post, or what it dropped, with the cursor that stands after it.

    `dropped` is one of DROP_REASONS; `at` is the monotonic time of arrival in seconds. `polled`: a profile
    that was looked up and did not come as an event, so that the first one is a baseline. `gap`: from when
    to when what was said will not come any more. `account`: an author, as the platform and its id, whose
    account is gone with all that it said.
    """

    post: Post | None
    cursor: str | None
    at: float = 0.0
    dropped: str | None = None
    polled: bool = False
    gap: tuple[datetime, datetime] | None = None
    account: tuple[str, str] | None = None


_post_decoder = msgspec.json.Decoder(Post)
_encoder = msgspec.json.Encoder()
_LONE_ESCAPE = re.compile(r"(?i)\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab]..\\u)d[c-f])")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_post(line: bytes | str) -> Post:
    """One JSON object to a Post; a null in place of an optional field means that it is absent.

    Raises Malformed with a reason of DROP_REASONS and a detail that names the field.
    """
    if len(line) > MAX_POST_BYTES:
        raise Malformed("too_large", f"a post is at most {MAX_POST_BYTES} bytes")
    try:
        return _post_decoder.decode(line)
    except msgspec.ValidationError:
        return post_of(decode_json(line))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _unreadable(line, error) from error


def decode_json(line: bytes | str) -> Any:
    """Any JSON value; raises Malformed (bad_json or bad_text)."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _unreadable(line, error) from error


def post_of(value: Any) -> Post:
    """A decoded JSON value to a Post; raises Malformed("bad_field") that names the field."""
    if isinstance(value, dict):
        value = {k: v for k, v in value.items() if v is not None}
    try:
        post = msgspec.convert(value, Post)
    except (msgspec.ValidationError, OverflowError) as error:
        raise Malformed("bad_field", str(error)) from error
    if len(post.text) > MAX_POST_BYTES:
        raise Malformed("too_large", f"a post is at most {MAX_POST_BYTES} bytes")
    if _SURROGATE.search(post.text):
        raise Malformed("bad_text", "text holds a lone surrogate")
    return post


def _unreadable(line: bytes | str, error: Exception) -> Malformed:
    text = line if isinstance(line, str) else line.decode("latin-1")
    if isinstance(error, UnicodeError) or "utf-" in str(error).lower() or _LONE_ESCAPE.search(text):
        return Malformed("bad_text", str(error))
    return Malformed("bad_json", str(error))


def encode(value: Any) -> bytes:
    """Any of these structs (or a plain value) to compact JSON, times with Z."""
    return _encoder.encode(value)


class Who(Struct, frozen=True):
    """The author as it stands in evidence."""

    id: str | None = None
    handle: str | None = None
    name: str | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """One post that bears on a case; the excerpt is at most 280 code points round the words.

    `start` and `end` are where in the excerpt the words stand.
    """

    source: str
    post_id: str
    url: str | None = None
    author: Who = Who()
    claim: ClaimKind
    excerpt: str
    start: int | None = None
    end: int | None = None
    created_at: Instant
    strength: Literal["strong", "medium", "weak", "none"] = "weak"
    rule: str = ""


class Change(Struct, frozen=True, kw_only=True):
    """One line of a case's history."""

    at: Instant
    from_: Status | None = msgspec.field(name="from")
    to: Status
    rule: str
    post_id: str | None = None
    note: str = ""


class Blind(Struct, frozen=True, kw_only=True):
    """A stretch in which a source could not be read."""

    source: str
    from_: Instant = msgspec.field(name="from")
    to: Instant | None = None


class Case(Struct, frozen=True, kw_only=True):
    """Whether one person leaves the organisation, as far as is known, with what it rests on."""

    id: str
    version: int
    person: str
    name: str
    organisation: str
    episode: int = 1
    status: Status
    opened_at: Instant
    changed_at: Instant
    occurred_at: Instant | None = None
    destination: str | None = None
    replacement: str | None = None
    first_seen: Instant
    voices: int = 0
    history: list[Change] = []
    evidence: list[Evidence] = []
    blind: list[Blind] = []
