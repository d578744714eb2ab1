"""Who is behind a did: handles, names and bios from Bluesky's AppView, looked up beside the stream.

A handle is believed where the AppView says it, which checks both ways (the handle names the did, and the
did the handle). The handle in an identity event is not: relays may pass it on as they got it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from itertools import islice
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from ..addresses import Allow
from ..errors import TryLater
from ..http import Http, retry_after
from ..identity import bare_handle
from ..model import Author, Post
from ..watchlist import Watchlist
from .bluesky_records import bio_of, instant, is_did, profile_post, short, tid

log = logging.getLogger(__name__)
MOST_AUTHORS = 10_000
MOST_WAITING = 1_000
ACTORS = 25
FRESH = 6 * 3600.0
SETTLES = 120.0
PAUSE = 1.0
_HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z][a-z0-9-]{0,62}")


class Profile(Struct, rename="camel"):
    """One account as getProfiles tells of it."""

    did: str
    handle: str
    display_name: str | None = None
    description: str | None = None
    followers_count: int | None = None

    def author(self) -> Author:
        """Within what a post may carry; the AppView writes handle.invalid where it does not agree."""
        count = self.followers_count
        return Author(
            id=self.did,
            handle=None if self.handle == "handle.invalid" else short(self.handle),
            name=short(self.display_name),
            bio=bio_of(self.description),
            followers=count if count is not None and 0 <= count < 1 << 53 else None,
        )


class _Profiles(Struct):
    profiles: list[msgspec.Raw]


async def get_profiles(http: Http, appview: str, allow: Allow, actors: Iterable[str]) -> list[Profile]:
    """The accounts with these dids or handles, at most ACTORS of them; who is not there is left out.

    Raises TryLater and OSError.
    """
    query = urlencode([("actors", actor) for actor in actors])
    url = f"{appview}/xrpc/app.bsky.actor.getProfiles?{query}"
    answer = await http.request("GET", url, allow_private=allow, timeout=15, max_body=4_000_000)
    if answer.status == 429:
        raise TryLater("rate_limited", retry_after(answer.headers, time.time()))
    if answer.status != 200 or not answer.complete:
        raise TryLater("http_5xx" if answer.status >= 500 else "http_4xx", None, f"status {answer.status}")
    try:
        rows = msgspec.json.decode(answer.body, type=_Profiles).profiles
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise TryLater("protocol", None, "the answer is no list of profiles") from error
    found = [profile for row in rows if (profile := _profile(row))]
    return [profile for profile in found if is_did(profile.did)]


def _profile(row: msgspec.Raw) -> Profile | None:
    try:
        return msgspec.json.decode(row, type=Profile)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


class Authors:
    """What is known of authors: those of the watchlist's handles, and the last ones that matched."""

    def __init__(self, watchlist: Watchlist | None = None) -> None:
        owners = [watchlist.organisation.handles, *(p.handles for p in watchlist.people)] if watchlist else []
        known = {bare_handle(handle) for handles in owners for handle in handles.get("bluesky", ())}
        self.handles = sorted(
            handle for handle in known if handle and (is_did(handle) or _HANDLE.fullmatch(handle))
        )
        self._watched: dict[str, Author] = {}
        self._others: dict[str, tuple[Author, float]] = {}
        self._waiting: dict[str, None] = {}
        self._bios: dict[str, deque[tuple[str, str]]] = {}
        self._told: dict[str, float] = {}
        self.poll_due = 0.0
        self._polled = asyncio.Event()
        if not self.handles:
            self._polled.set()

    async def known(self, timeout: float) -> None:
        """Until the known handles were looked up once, or that failed; at most so many seconds."""
        if not self._polled.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    await self._polled.wait()
        self._polled.set()

    def poll_ended(self) -> None:
        """Nobody needs to wait for it any more."""
        self._polled.set()

    def author(self, did: str) -> Author:
        """What is known now; the rest is null."""
        watched = self._watched.get(did)
        if watched is not None:
            return watched
        other = self._others.get(did)
        return other[0] if other is not None else Author(id=did)

    def want(self, did: str | None, now: float) -> None:
        """Look this author up when there is time, if what we know is old."""
        if did is None or did in self._watched or not is_did(did) or len(self._waiting) >= MOST_WAITING:
            return
        known = self._others.get(did)
        if known is None or now - known[1] > FRESH:
            self._waiting[did] = None

    def changed(self, did: str, now: float) -> None:
        """The account or its handle is another: nothing that we knew holds until it is looked up."""
        if self._watched.pop(did, None) is not None:
            self.poll_due = min(self.poll_due, now + 5.0)
        elif self._others.pop(did, None) is not None:
            self.want(did, now)

    def next_batch(self) -> list[str]:
        """The longest waiting, at most ACTORS; they wait no longer."""
        batch = list(islice(self._waiting, ACTORS))
        for did in batch:
            del self._waiting[did]
        return batch

    def learn(self, profiles: Iterable[Profile], now: float) -> None:
        """Keep what was looked up; the oldest are forgotten above MOST_AUTHORS."""
        for profile in profiles:
            self._others.pop(profile.did, None)
            self._others[profile.did] = profile.author(), now
        while len(self._others) > MOST_AUTHORS:
            del self._others[next(iter(self._others))]

    def polled(self, profiles: Iterable[Profile], at_us: int, now: float) -> list[Post]:
        """The watched are these profiles; as posts, but for those of which an event has just told more."""
        posts = []
        ours = [p for p in profiles if {bare_handle(p.handle), bare_handle(p.did)} & set(self.handles)]
        self._watched = {profile.did: profile.author() for profile in ours}
        for profile in ours:
            author = self._watched[profile.did]
            if now - self._told.get(profile.did, -SETTLES) < SETTLES:
                continue
            post = profile_post(profile.did, tid(at_us), author.bio or "", author, instant(at_us))
            self._remember(post)
            posts.append(post)
        return posts

    def with_before(self, post: Post, now: float) -> Post:
        """A profile as an event tells it, with the bio before where it is known.

        The same event gives the same answer when it comes again, for the first one may not have been stored.
        """
        did = post.author.id or ""
        if did not in self._watched and did not in self._bios:
            return post
        self._told[did] = now
        bios = self._remember(post)
        older = [(revision, bio) for revision, bio in bios if revision < post.revision]
        if did in self._watched and post.revision == max(bios)[0]:
            fresh = {"name": post.author.name, "bio": bio_of(post.text)}
            self._watched[did] = msgspec.structs.replace(self._watched[did], **fresh)
        return msgspec.structs.replace(post, before=max(older)[1]) if older else post

    def _remember(self, post: Post) -> deque[tuple[str, str]]:
        bios = self._bios.setdefault(post.author.id or "", deque(maxlen=8))
        if all(revision != post.revision for revision, _ in bios):
            bios.append((post.revision, post.text))
        return bios


async def look_up(
    http: Http, appview: str, allow: Allow, authors: Authors
) -> AsyncGenerator[list[Post], None]:
    """One request a second while there is something to look up; yields the polled profiles."""
    quiet = False
    while True:
        wait = PAUSE
        try:
            polled = await _poll(http, appview, allow, authors)
            if batch := authors.next_batch():
                authors.learn(await get_profiles(http, appview, allow, batch), time.monotonic())
            quiet = quiet and not (polled or batch)
        except (TryLater, OSError) as error:
            wait = max(30 * PAUSE, getattr(error, "after", None) or 0.0)
            polled = []
            if not quiet:
                log.warning("look-ups at the AppView fail: %s; posts go on without handles", error)
            quiet = True
        if polled:
            yield polled
        await asyncio.sleep(wait)


async def _poll(http: Http, appview: str, allow: Allow, authors: Authors) -> list[Post]:
    """The profiles of the watchlist's handles, when they are due."""
    if time.monotonic() < authors.poll_due:
        return []
    at_us, authors.poll_due = time.time_ns() // 1000, time.monotonic() + FRESH
    found: list[Profile] = []
    try:
        for first in range(0, len(authors.handles), ACTORS):
            await asyncio.sleep(PAUSE if first else 0)
            found += await get_profiles(http, appview, allow, authors.handles[first : first + ACTORS])
        return authors.polled(found, at_us, time.monotonic())
    except BaseException:
        authors.poll_due = 0.0
        raise
    finally:
        authors.poll_ended()
