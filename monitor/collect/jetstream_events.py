"""One frame of a Jetstream (v1 wire) and what it means. Pure; times are unix microseconds."""

from __future__ import annotations

import re

import msgspec
from msgspec import Raw, Struct

from ..errors import Malformed
from ..model import MAX_POST_BYTES, Author, Post, decode_json
from .bluesky_records import (
    POST,
    PROFILE,
    REPOST,
    deleted_post,
    is_did,
    post_of_record,
    profile_of_record,
    repost_of_record,
)

_READ = frozenset({POST, REPOST, PROFILE})
_OPERATIONS = frozenset({"create", "update", "delete"})
# An account of which this is said is gone with its words; a suspended or deactivated one may come back.
_GONE = frozenset({"deleted", "takendown"})
_AHEAD = 86_400_000_000
_NO_RECORD = Raw(b"")
_RKEY = re.compile(r"(?!\.\.?$)[A-Za-z0-9._:~-]{1,512}")
_REV = re.compile(r"[A-Za-z0-9._:~-]{1,64}")


class Commit(Struct):
    """A record that was created, changed or deleted; its content is read where it is wanted."""

    rev: str
    operation: str
    collection: str
    rkey: str
    record: Raw = _NO_RECORD


class Account(Struct):
    """Whether an account is there, and if not, why: deleted, takendown, suspended, deactivated."""

    active: bool = True
    status: str | None = None
    seq: int = 0


class Frame(Struct):
    """One event: `kind` is commit, identity, account, or something new."""

    did: str
    time_us: int
    kind: str
    commit: Commit | None = None
    account: Account | None = None


_frame = msgspec.json.Decoder(Frame)


def read_frame(frame: str, now: int) -> Frame:
    """The envelope of one text frame.

    Raises Malformed: too_large, bad_json, bad_text, or bad_field, also for a time a day ahead of `now`,
    which as a cursor would hide all that comes after.
    """
    if len(frame) > MAX_POST_BYTES:
        raise Malformed("too_large", f"a frame is at most {MAX_POST_BYTES} bytes")
    try:
        read = _frame.decode(frame)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        decode_json(frame)
        raise Malformed("bad_field", str(error)) from error
    if not 0 < read.time_us < now + _AHEAD:
        raise Malformed("bad_field", "time_us is out of range")
    if not is_did(read.did):
        raise Malformed("bad_field", "did is none")
    return read


def key_of(frame: Frame) -> tuple[str, ...]:
    """What stays the same when an event comes again."""
    if frame.commit is not None:
        return frame.did, frame.commit.collection, frame.commit.rkey, frame.commit.rev
    return frame.did, frame.kind, str(frame.account.seq if frame.account else frame.time_us)


def is_gone(frame: Frame) -> bool:
    """Does it say that the account is no more, with all that it said?"""
    account = frame.account
    return frame.kind == "account" and account is not None and not account.active and account.status in _GONE


def read_commit(frame: Frame, author: Author) -> Post | None:
    """A post, repost or profile; None for other collections and operations. Raises Malformed."""
    commit = frame.commit
    if commit is None:
        raise Malformed("bad_field", "a commit without its commit")
    if commit.collection not in _READ or commit.operation not in _OPERATIONS:
        return None
    did, rkey, rev, seen = frame.did, commit.rkey, commit.rev, frame.time_us
    if _RKEY.fullmatch(rkey) is None or _REV.fullmatch(rev) is None:
        raise Malformed("bad_field", "rkey or rev is none")
    deleted = commit.operation == "delete"
    if commit.record is _NO_RECORD and not deleted:
        raise Malformed("bad_field", f"{commit.operation} without a record")
    if commit.collection == PROFILE:
        record = None if deleted else commit.record
        return profile_of_record(did, rev, record, author, seen) if rkey == "self" else None
    if deleted:
        return deleted_post(did, commit.collection, rkey, rev, seen)
    read = post_of_record if commit.collection == POST else repost_of_record
    return read(did, rkey, rev, commit.record, author, seen)
