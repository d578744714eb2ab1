"""Who speaks and which post it is, as text that compares: handles, voices, posts in the indexes."""

from __future__ import annotations

import re

from .model import Post

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)")


def bare_handle(handle: str | None) -> str | None:
    """A handle without its @ and in one case, as all comparisons want it; None if there is none."""
    if not handle:
        return None
    return handle.strip().removeprefix("@").casefold() or None


def author_key(post: Post) -> str:
    """Who speaks, as one voice: the platform with the author's id, handle or name, else the host.

    What a site publishes is one voice under whatever names it puts its texts.
    """
    host = _HOST.match(post.url or "")
    name = (post.author.name or "").casefold()
    if host and post.kind in ("article", "title"):
        name = ""
    who = post.author.id or bare_handle(post.author.handle) or name
    if who:
        return f"{post.source} {who}"
    return f"{post.source} host {host[1].casefold()}" if host else f"{post.source} post {post.id}"


def post_key(source: str, id: str) -> str:
    """A post in the indexes: its platform and id, apart by a character that no name holds."""
    return f"{source}\x1f{id}"
