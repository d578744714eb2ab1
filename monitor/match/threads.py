"""The thread rule: an answer to, or a quote or repost of, a post about a person is about that person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Match, Post


def references(post: Post) -> list[str]:
    """The ids of the posts that a post answers, quotes or reposts, nearest first, each once."""
    ids = (post.parent_id, post.quote_of, post.repost_of, post.root_id)
    return list(dict.fromkeys(id for id in ids if id))


def by_thread(post: Post, about: Mapping[str, Sequence[str]], known: set[str]) -> list[Match]:
    """A match (rule "thread") for each person that a referenced post is about and the words are not.

    `about` maps a referenced post's id to people; `alias` of the match is that id, its span is empty.
    """
    matches = []
    for id in references(post):
        for person in about.get(id, ()):
            if person not in known:
                known = known | {person}
                matches.append(Match(person, id, 0, 0, "thread"))
    return matches
