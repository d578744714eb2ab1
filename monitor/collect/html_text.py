"""HTML to plain text: lines where blocks end, nothing that is not read, nothing that hides (pure)."""

from __future__ import annotations

import html
import re
from itertools import islice

import nh3

MAX_TEXT = 100_000
# What one text may cost: the tree that a parser must build is slow where elements nest without an end.
MAX_HTML = 200_000
MAX_TAGS = 4_000

_PARAGRAPHS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "hr", "article")
)
_LINES = frozenset(
    (*("br", "div", "li", "dt", "dd", "tr", "caption", "section", "header", "footer", "aside", "main"),)
    + (*("nav", "figure", "figcaption", "address", "details", "summary", "fieldset", "center"),)
)
_CELLS = frozenset(("td", "th"))
_GONE = {
    *("script", "style", "svg", "math", "template", "noscript", "iframe", "object", "canvas", "audio"),
    *("video", "select", "textarea", "title"),
}
_TAG = re.compile(r"</?([a-z0-9]+)>")
_CRUDE = re.compile(r"<[^<>]*>?")
_BREAK = re.compile(r"[ \x02\x03]*[\x02\x03][ \x02\x03]*")

# Controls, surrogates, noncharacters, and every format character: zero widths, the controls of writing
# direction, soft hyphens, invisible tags. They show nothing, and hide or reorder what is shown.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"(?:[^\S\n]|[\u115f\u1160\u3164\uffa0])+")
_WIDE = "[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]"
_BETWEEN_WIDE = re.compile(f"(?<={_WIDE})\n(?={_WIDE})")


def text_of(markup: str) -> str:
    """The text of a piece of HTML, at most MAX_TEXT characters; never raises.

    Blocks end lines, and paragraphs are apart by a blank line.
    """
    if "<" not in markup and "&" not in markup:
        return tidy(_one_line(markup[:MAX_HTML]))
    kept = _kept(_bounded(_UNSEEN.sub("", markup[:MAX_HTML])))
    marked = _TAG.sub(_mark, _one_line(kept[:MAX_HTML]))
    broken = _BREAK.sub(_line_break, _SPACE.sub(" ", html.unescape(marked)))
    return tidy(broken)


def tidy(text: str) -> str:
    """Plain text as it may be shown and matched: without what is unseen, white space folded, bounded."""
    seen = _UNSEEN.sub("", _NEWLINE.sub("\n", text[: 4 * MAX_TEXT]))
    lines = [line.strip() for line in _SPACE.sub(" ", seen).split("\n")]
    folded = "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
    return folded.strip()[:MAX_TEXT].rstrip()


def _bounded(markup: str) -> str:
    """Cut before the tag that is one too many."""
    beyond = next(islice(re.finditer("<", markup), MAX_TAGS, None), None)
    return markup[: beyond.start()] if beyond else markup


def _kept(markup: str) -> str:
    """Only the tags that end lines, without attributes, all else as escaped text."""
    try:
        return nh3.clean(
            markup,
            tags=set(_PARAGRAPHS | _LINES | _CELLS),
            clean_content_tags=_GONE,
            attributes={},
            link_rel=None,
        )
    except BaseException as error:
        # A panic of the parser is no Exception; one item must not end the service.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return _CRUDE.sub(" ", markup)
        raise


def _one_line(markup: str) -> str:
    """Line ends in HTML are spaces; between characters that need no space they are nothing."""
    return _BETWEEN_WIDE.sub("", _NEWLINE.sub("\n", markup)).replace("\n", " ")


def _mark(tag: re.Match[str]) -> str:
    return "\x03" if tag[1] in _PARAGRAPHS else " " if tag[1] in _CELLS else "\x02"


def _line_break(found: re.Match[str]) -> str:
    return "\n\n" if "\x03" in found[0] else "\n"
