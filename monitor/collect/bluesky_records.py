"""Records of Bluesky (posts, reposts, profiles) to posts. Pure; times are unix microseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from ..errors import Malformed
from ..model import Author, Post, decode_json

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
PROFILE = "app.bsky.actor.profile"
MOST_BIO = 5_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
_DID = re.compile(r"did:(?:plc|web):[A-Za-z0-9._:%-]{1,250}")
_LANG = re.compile(r"[A-Za-z0-9-]{2,35}")
_BASE32 = "234567abcdefghijklmnopqrstuvwxyz"
R = TypeVar("R")


class _Link(Struct):
    uri: str | None = None


class _Reply(Struct):
    root: _Link | None = None
    parent: _Link | None = None


class _Quoted(Struct):
    uri: str | None = None
    record: _Link | None = None


class _Embed(Struct):
    record: _Quoted | None = None


class _Post(Struct, rename="camel"):
    text: str | None = None
    created_at: str | None = None
    langs: list[str] | None = None
    reply: _Reply | None = None
    embed: _Embed | None = None
    subject: _Link | None = None


class _Profile(Struct, rename="camel"):
    display_name: str | None = None
    description: str | None = None


_post = msgspec.json.Decoder(_Post)
_profile = msgspec.json.Decoder(_Profile)


def post_of_record(did: str, rkey: str, rev: str, record: Raw, author: Author, seen: int) -> Post:
    """A post or an answer; `seen` is when the stream had it. Raises Malformed."""
    read = _read(_post, record)
    if read.text is None:
        raise Malformed("bad_field", "text is no text")
    reply = read.reply
    return Post(
        source="bluesky",
        id=f"at://{did}/{POST}/{rkey}",
        revision=rev,
        kind="comment" if reply else "post",
        url=f"https://bsky.app/profile/{did}/post/{rkey}",
        author=author,
        text=read.text,
        lang=_lang(read.langs),
        created_at=_created(read.created_at, seen),
        parent_id=_uri(reply.parent) if reply else None,
        root_id=_uri(reply.root) if reply else None,
        quote_of=_quoted(read.embed),
    )


def repost_of_record(did: str, rkey: str, rev: str, record: Raw, author: Author, seen: int) -> Post:
    """A repost: it has no words, only what it repeats. Raises Malformed."""
    read = _read(_post, record)
    subject = _uri(read.subject)
    if subject is None:
        raise Malformed("bad_field", "a repost of nothing")
    return Post(
        source="bluesky",
        id=f"at://{did}/{REPOST}/{rkey}",
        revision=rev,
        author=author,
        text="",
        created_at=_created(read.created_at, seen),
        repost_of=subject,
    )


def profile_of_record(did: str, rev: str, record: Raw | None, author: Author, seen: int) -> Post:
    """A profile as it is from now on; no record: it was deleted, and the bio with it. Raises Malformed."""
    read = _read(_profile, record) if record is not None else _Profile()
    named = msgspec.structs.replace(author, name=short(read.display_name), bio=bio_of(read.description))
    return profile_post(did, rev, read.description or "", named, instant(seen))


def profile_post(did: str, rev: str, text: str, author: Author, at: datetime) -> Post:
    """A profile as a post: its text is the bio."""
    return Post(
        source="bluesky",
        id=f"at://{did}/{PROFILE}/self",
        revision=rev,
        kind="profile",
        url=f"https://bsky.app/profile/{did}",
        author=author,
        text=text,
        created_at=at,
    )


def deleted_post(did: str, collection: str, rkey: str, rev: str, seen: int) -> Post:
    """What is left of a deleted post or repost."""
    return Post(
        source="bluesky",
        id=f"at://{did}/{collection}/{rkey}",
        revision=rev,
        author=Author(id=did),
        text="",
        created_at=instant(seen),
        deleted=True,
    )


def is_did(value: str) -> bool:
    """Is it shaped like an account's identifier?"""
    return _DID.fullmatch(value) is not None


def tid(us: int) -> str:
    """A moment as a revision that sorts among those of commits: thirteen letters for 64 bits."""
    value = (us & (1 << 53) - 1) << 10
    return "".join(_BASE32[value >> shift & 31] for shift in range(60, -1, -5))


def instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)


def short(name: str | None) -> str | None:
    """A name or handle within what a post may carry; None for an empty one."""
    return name[:512] or None if name else None


def bio_of(text: str | None) -> str | None:
    """A description as far as an author carries it along."""
    return text[:MOST_BIO] or None if text else None


def _read(decoder: msgspec.json.Decoder[R], record: Raw) -> R:
    """A record, without those of its parts that have another shape than theirs."""
    try:
        return decoder.decode(record)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        value = decode_json(bytes(record))
    if not isinstance(value, dict):
        raise Malformed("bad_field", "the record is no object")
    kept = {name: part for name, part in value.items() if _fits(decoder.type, {name: part})}
    if "reply" in value:
        kept.setdefault("reply", {})  # An answer stays one, to whatever it was.
    return msgspec.convert(kept, decoder.type)


def _fits(kind: Any, part: dict[str, Any]) -> bool:
    try:
        msgspec.convert(part, kind)
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


def _created(text: str | None, seen: int) -> datetime:
    """The author's clock where it makes sense, and never later than the stream's."""
    latest = instant(seen)
    try:
        said = datetime.fromisoformat(text) if text else latest
        said = said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, OverflowError):
        return latest
    return said if _OLDEST <= said < latest else latest


def _lang(langs: list[str] | None) -> str | None:
    return langs[0] if langs and _LANG.fullmatch(langs[0]) else None


def _uri(link: _Link | None) -> str | None:
    uri = link.uri if link else None
    return uri if uri and uri.startswith("at://") and len(uri) <= 2048 else None


def _quoted(embed: _Embed | None) -> str | None:
    """embed.record.uri, or embed.record.record.uri where media stand beside the quote."""
    if embed is None or embed.record is None:
        return None
    return _uri(_Link(embed.record.uri)) or _uri(embed.record.record)
