"""Below confirmed nobody "has left": every message, every line of the page says who reports it, or that it is rumoured."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from monitor.consume.notify.message import compose
from monitor.consume.notify.wording import WORDINGS, Language
from monitor.model import STATUSES

from .test_notify_golden import ALERTS, DENIAL, GOLDEN, OWN, REPORT, RUMOUR, alert, case, posted

PAGE = Path(__file__).parents[2] / "monitor" / "consume" / "web" / "static"
# As a fact; "已离职" and the like, or the perfect and the simple past.
FACT = re.compile(
    r"\b(?:has|have|had|'s|’s) (?:now )?(?:left|quit|departed|resigned|gone)\b|\b(?:left|quit|departed|resigned)\b"
    r"|已经?离[职開开]|离职了|已?卸任|已走"
)
SAYS = {
    ("rumoured", "en"): re.compile("^Rumoured"),
    ("reported", "en"): re.compile("^Reported by "),
    ("rumoured", "zh"): re.compile("^传闻"),
    ("reported", "zh"): re.compile("^据.+报道|^据.+改动"),
}
RULES = ["outlet.report has-left", "person.profile bio", "two-voices", "one-voice x", "hedged might", ""]


@pytest.mark.parametrize(("status", "language"), list(SAYS))
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("voices", [0, 1, 2])
def test_title_and_standing_say_who_reports_it(
    status: str, language: Language, rule: str, voices: int
) -> None:
    message = compose(alert(case((status, rule), evidence=[RUMOUR, REPORT], voices=voices)), language)  # type: ignore[arg-type]
    says = SAYS[status, language]
    assert says.search(message.title), message.title
    assert says.search(message.standing), message.standing
    for line in (message.title, message.who, message.standing, *message.notes, message.foot):
        assert not FACT.search(line), line
    for piece in message.pieces:
        assert not piece.words or (piece.words[0] in '“「"' and piece.words[-1] in '”」"'), (
            "quoted words only"
        )
        assert not FACT.search(piece.by)


@pytest.mark.parametrize(
    ("form", "name", "language"), [*itertools.product(["slack", "feishu"], ALERTS, WORDINGS)]
)
def test_no_golden_message_below_confirmed_states_a_fact(form: str, name: str, language: Language) -> None:
    if name in ("confirmed", "test"):
        return
    text = (GOLDEN / f"{form}-{name}-{language}.json").read_text("utf-8")
    assert json.loads(text) == posted(form, ALERTS[name], language)
    said = [line for line in _strings(json.loads(text)) if line.strip() and "“" not in line]
    assert said and not [line for line in said if FACT.search(line)]


@pytest.mark.parametrize("language", list(WORDINGS))
def test_no_wording_of_whatever_status_states_a_fact(language: Language) -> None:
    wording = WORDINGS[language]
    named = [*wording.titles.items(), *wording.standing.items(), *wording.states.items()]
    lines = [line for status, line in named if not status.startswith("confirmed")]
    lines += [*wording.origins.values(), *wording.claims.values(), *wording.by.values()]
    lines += [wording.before, wording.lowers, wording.takes_back]
    assert not [line for line in lines if FACT.search(line)]
    assert set(wording.states) == set(STATUSES)


@pytest.mark.parametrize("evidence", [[OWN], [DENIAL], [RUMOUR, DENIAL]])
@pytest.mark.parametrize("language", list(WORDINGS))
def test_a_correction_states_no_fact(evidence: list, language: Language) -> None:  # type: ignore[type-arg]
    for status, rule in (
        ("denied", "person.denial"),
        ("retracted", "evidence.deleted"),
        ("dismissed", "operator.dismiss"),
    ):
        message = compose(
            alert(case(("reported", "x"), (status, rule), evidence=evidence, voices=1)), language
        )  # type: ignore[arg-type]
        assert not FACT.search(f"{message.title} {message.standing}")


@pytest.mark.parametrize(
    "path", sorted([*PAGE.glob("*.js"), *PAGE.glob("*.html")]), ids=lambda path: path.name
)
def test_the_page_states_no_fact(path: Path) -> None:
    if "uPlot" in path.name:
        return
    text = re.sub(
        r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    places = r">[^<>]+<" if path.suffix == ".html" else r"\"[^\"\n]*\"|`[^`\n]*`|'[^'\n]*'"
    words = re.findall(places, text)
    said = [one for one in words if re.search(r"[\u4e00-\u9fff]|\w \w", one)]
    harmless = ("is left", "left out", "departed (known before)")
    assert not [one for one in said if FACT.search(one) and not any(word in one for word in harmless)]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split("\n")
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [line for child in children for line in _strings(child)]
