"""Voices: who speaks, however a post names its author."""

from __future__ import annotations

import pytest

from monitor.identity import author_key
from tests.lab import post

SITE = "https://Daily.example:443/a/1"


@pytest.mark.parametrize(
    ("fields", "voice"),
    [
        ({"author": {"id": "did:1", "handle": "a"}}, "x did:1"),
        ({"author": {"handle": "@Some.One"}}, "x some.one"),
        ({"author": {"name": "Some One"}, "url": SITE}, "x some one"),
        ({"author": {"name": "Some One"}, "url": SITE, "kind": "title"}, "x host daily.example"),
        ({"author": {"name": "Another"}, "url": SITE, "kind": "article"}, "x host daily.example"),
        ({"author": {"name": "Some One"}, "kind": "article"}, "x some one"),
        ({"author": {}, "url": SITE}, "x host daily.example"),
        ({"author": {}}, "x post p"),
    ],
)
def test_a_voice_is_an_account_or_a_site(fields: dict[str, object], voice: str) -> None:
    assert author_key(post("p", **fields)) == voice
