"""How the words right before an English cue tell a noun from a verb, and a passive from an active."""

from __future__ import annotations

from ..regex import regex

NOUN_BEFORE = regex(
    r"(?:\b(?:the|a|an|this|that|his|her|their|my|its|no|any|another|your|big|sudden|abrupt|shock|surprise|of)|'s) $"
)
BE_BEFORE = regex(
    r"(?:\b(?:is|are|was|were|be|been|being|am|'s|'re|'m|get|gets|got|getting|isn't|wasn't|aren't|not|now|just|also|already|officially|both|him|her|them|and|to be|suddenly|finally|abruptly|reportedly|has been|have been)|'s|'re|'m|isn't|wasn't)\s+(?:\w+ly )?(?:\w+ly )?$"
)
