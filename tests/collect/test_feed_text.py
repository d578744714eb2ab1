"""HTML to text: what is read, what is not, and what hostile markup may cost."""

from __future__ import annotations

import re
import unicodedata

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.html_text import MAX_TEXT, text_of, tidy
from tests.cost import assert_linear


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain words", "plain words"),
        ("two\nlines are   one", "two lines are one"),
        ("<p>One.</p><p>Two <b>bold</b><br>three</p>", "One.\n\nTwo bold\nthree"),
        ("<ul><li>a</li>\n<li>b</li></ul>after", "a\nb\n\nafter"),
        ("<h1>Head</h1>body<hr>foot", "Head\n\nbody\n\nfoot"),
        ("<div>a<div>b</div></div>c", "a\nb\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("AT&amp;T &lt;b&gt; &#8220;q&#8221; &nbsp;x&eacute;", "AT&T <b> “q” xé"),
        ("&amp;amp; &amp;lt;p&amp;gt;", "&amp; &lt;p&gt;"),
        ("a<script>bad()</script><style>p{}</style><svg><text>s</text></svg>b", "ab"),
        ("a<template>t</template><noscript>n</noscript><!-- c --><iframe>i</iframe>b", "ab"),
        ("<p onclick='x'>a</p><img src=x onerror=alert(1)><a href='javascript:x'>b</a>", "a\n\nb"),
        ("<p>unclosed <b>tags <i>everywhere", "unclosed tags everywhere"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("林俊旸离开\n通义千问", "林俊旸离开通义千问"),
        ("<p>林俊旸\n离开</p>", "林俊旸离开"),
        ("English\nwords", "English words"),
        ("a\u202eb\u200bc\u2066d\ufeffe\xadf\x00g\x1bh&#8238;i&#x200b;j", "abcdefghij"),
        ("", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)
def test_html_reads_like_text(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_plain_text_keeps_its_lines_and_its_signs() -> None:
    assert tidy(" a\t b \r\n\r\n\n\nc\u2028d <b>&amp;</b>\u3000e ") == "a b\n\nc\nd <b>&amp;</b> e"


def test_all_that_is_unseen_goes() -> None:
    """Every control, format character and surrogate of Unicode, but those that are white space."""
    unseen = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    assert tidy("".join(unseen)) == ""


HOSTILE = [
    *("<div>", "<b>", "<a><b>", "<p>", "<table><tr><td>", "<svg><template>", "<select><option>", "<", "<!--"),
    *("&", "&amp;", "<a href='", "<font size=1><p>", "</p>", "<script>", "<table><b>", "<!", "<?", "<a b=c "),
    *("\x00", "\ud800", "\u202e", " ", "\n", "<br>", "\x02", "\x03 ", "<math><mi>", "<![CDATA["),
    *(" \u115f", "\u3164&nbsp;", "\x85"),
]


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_hostile_markup_costs_little(piece: str) -> None:
    def read(markup: str) -> None:
        assert len(text_of(markup)) <= MAX_TEXT

    assert_linear(read, lambda length: piece * (length // len(piece)) + "end", 1_000_000)


def test_many_different_open_tags_cost_little() -> None:
    def markup(length: int) -> str:
        return "".join(f"<font a={n}>" for n in range(length)) + "<p>" * length

    assert_linear(text_of, markup, 100_000)


def test_a_panic_of_the_parser_costs_one_texts_form_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*args: object, **more: object) -> str:
        raise PanicException

    monkeypatch.setattr(nh3, "clean", panics)
    assert text_of("<p>Mara <b>Venn</b></p>") == "Mara Venn"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;#'\"= pbrscript!-\n\x02\x03"), st.characters())))
def test_any_text_becomes_text(markup: str) -> None:
    for text in (text_of(markup), tidy(markup)):
        assert text == text.strip() and not re.search("\n\n\n|  |[\x00-\x09\x0b-\x1f\ud800-\udfff]", text)
        text.encode()
