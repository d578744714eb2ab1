"""Feed documents to items, and items to posts (pure). Everything that a feed says is hostile."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct

from ..errors import Malformed
from ..model import Author, Post
from ..values import is_address
from .html_text import text_of, tidy

LONGEST_READING = 5.0
MOST_URL = 4096
MOST_ID = 2048
_LANG = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8}){0,3}")
_TAG_URI = re.compile(r"(?i)tag:(?:[^@,:]*@)?([a-z0-9.-]+)[,:]")
_ADDRESS = re.compile(r"\S*@\S*")
_NOT_WORDS = re.compile(r"[\W_]+")


class Item(Struct, frozen=True):
    """One item as the document gives it. Times are seconds since 1970."""

    id: str = ""
    link: str = ""
    title: str = ""
    title_html: bool = False
    body: str = ""
    body_html: bool = False
    author: str = ""
    lang: str = ""
    published: float | None = None
    updated: float | None = None


class Document(Struct, frozen=True):
    """A feed: its items, oldest first. `ttl` is in seconds; `whole` is false where it was mended."""

    items: list[Item]
    ttl: float = 0.0
    whole: bool = True


class Draft(NamedTuple):
    """A post of an item, before it is known whether it is new.

    `updated` is what its revision is made of. A post without a text comes from an item without words; one
    that is not dated has no time of its own.
    """

    post: Post
    updated: float | None
    dated: bool


class Origin(NamedTuple):
    """Where a document comes from: the feed's URL in the settings, and the one that answered."""

    platform: str
    url: str
    answered: str


_document = msgspec.json.Decoder(Document)


def document_of(answer: bytes) -> Document:
    """What feed_xml has written; raises Malformed."""
    try:
        return _document.decode(answer)
    except (msgspec.MsgspecError, UnicodeError) as error:
        told = _error_in(answer)
        raise Malformed("bad_json", told or "the feed cannot be read") from error


def _error_in(answer: bytes) -> str:
    try:
        value = msgspec.json.decode(answer)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return ""
    return str(value.get("error", "")) if isinstance(value, dict) else ""


def drafts_of(
    document: Document, origin: Origin, now: datetime, given_up: Callable[[], bool] = lambda: False
) -> list[Draft]:
    """The posts of a document, oldest first; of an id that it holds twice, the newest.

    Raises Malformed when it takes longer than LONGEST_READING, or as soon as `given_up` says so.
    """
    end = time.monotonic() + LONGEST_READING
    drafts: dict[str, Draft] = {}
    for item in document.items:
        if time.monotonic() > end or given_up():
            raise Malformed("too_large", "the feed takes too long to read")
        draft = draft_of(item, origin, now)
        drafts.pop(draft.post.id, None)
        drafts[draft.post.id] = draft
    return list(drafts.values())


def draft_of(item: Item, origin: Origin, now: datetime) -> Draft:
    """One item as a post of revision "". Its time is never later than `now`."""
    title = " ".join((text_of(item.title) if item.title_html else tidy(item.title)).split())
    body = text_of(item.body) if item.body_html else tidy(item.body)
    more = _only_words(body) not in ("", _only_words(title))
    text = "\n\n".join(part for part in (title, body if more else "") if part)
    when = item.published if item.published is not None else item.updated
    at = _instant(when, now)
    post = Post(
        source=origin.platform,
        id=_id(item, title, origin),
        kind="article" if more else "title",
        url=_url(item, origin),
        author=Author(name=_author(item.author)),
        text=tidy(text),
        lang=item.lang.replace("_", "-") if _LANG.fullmatch(item.lang) else None,
        created_at=at or now,
    )
    return Draft(post, item.updated, at is not None)


def _only_words(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()


def _instant(when: float | None, now: datetime) -> datetime | None:
    try:
        return None if when is None else min(datetime.fromtimestamp(when, UTC), now)
    except (ValueError, OverflowError, OSError):
        return None


def _author(name: str) -> str | None:
    """A display name; a mail address or a handle beside it is no name, and nobody's business."""
    plain = " ".join(_ADDRESS.sub("", tidy(name[:1000])).split())
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    return plain[:200].strip() or None


def _id(item: Item, title: str, origin: Origin) -> str:
    """What the item is called for good: its guid, else its link, else its words.

    A guid is unique within a feed only ("123"), so it stands behind the feed's host. A URL or a tag: URI is
    unique by itself, and is left as it is where it belongs to the feed's own site: under a foreign one's
    name, a feed could replace what that site has said.
    """
    guid = " ".join(tidy(item.id).split())
    if guid:
        own = guid if _is_own(guid, origin) else f"{host_of(origin.url)}#{guid}"
    elif link := _link(item, origin):
        own = link if _is_own(link, origin) else f"{host_of(origin.url)}#{link}"
    else:
        own = f"{host_of(origin.url)}#{_digest(repr((title, item.published, item.updated)))}"
    return own if len(own) <= MOST_ID else f"{host_of(origin.url)}#{_digest(own)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_own(uri: str, origin: Origin) -> bool:
    """Does this URL or tag: URI lie on the site that the feed comes from?"""
    tag = _TAG_URI.match(uri)
    host = tag[1].casefold().rstrip(".") if tag else host_of(uri)
    return any(same_site(host, host_of(url)) for url in (origin.url, origin.answered))


def _url(item: Item, origin: Origin) -> str:
    """Where the item can be read, and whose word it is: the host of this URL is what an outlet is known by.

    A link to a foreign host is a feed's claim that somebody else has said something: the title beside it
    is the feed's, whatever stands behind the link. Taken as it is, anyone's feed could forge a report of
    any outlet. So the URL is then the feed's own, with the link as its fragment.
    """
    link = _link(item, origin)
    if link and _is_own(link, origin):
        return link
    parts = urlsplit(origin.url)
    feed = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
    return f"{feed}#{link}"[:MOST_URL] if link else feed


def _link(item: Item, origin: Origin) -> str:
    """The absolute http(s) URL of an item without credentials; "" where there is none."""
    written = item.link[: 2 * MOST_URL].strip()
    if not written or len(written) > MOST_URL:
        return ""
    try:
        parts = urlsplit(urljoin(origin.answered, written))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        link = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    except ValueError:
        return ""
    plain = tidy(link).replace(" ", "%20")
    return plain if len(plain) <= MOST_URL and "\n" not in plain else ""


def host_of(url: str) -> str:
    """The host of an http(s) URL in one case and in ASCII; "" for anything else, or longer than MOST_URL."""
    if len(url) > MOST_URL:
        return ""  # urlsplit takes quadratic time where somebody strings combining marks together.
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def same_site(host: str, feed: str) -> bool:
    """Is a link's host the feed's own, a subdomain of it, or a domain above it?

    A domain above adds nothing to what the feed may say for itself: an outlet's domain that the host above
    belongs to, the feed's host belongs to as well.
    """
    host, feed = host.removeprefix("www."), feed.removeprefix("www.")
    if host == feed:
        return bool(host)
    if "." not in host or "." not in feed or is_address(host) or is_address(feed):
        return False
    return host.endswith("." + feed) or feed.endswith("." + host)
