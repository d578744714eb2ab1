"""monitor cases show: a case as JSON, and as lines for people to read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from monitor.dossier import told
from monitor.model import Blind
from tests.consume.test_notify_fair import FACT
from tests.consume.test_notify_golden import DENIAL, FACTS, ONE, OWN, REPORT, RETURN, RUMOUR, TWO, case
from tests.lab import LAB, at, post
from tests.running import Running
from tests.test_forget import write_watchlist

REPORTED = msgspec.structs.replace(REPORT, start=41, end=49)


def test_a_case_says_why_and_who_follows_with_the_words_marked() -> None:
    one = case(ONE, TWO, evidence=[RUMOUR, REPORTED], voices=2, note="asked \x1b[2J twice")
    one = msgspec.structs.replace(one, episode=2, blind=[Blind(source="x", from_=at(-20))], **FACTS)
    lines = list(told(one, LAB))
    text = "\n".join(lines)
    assert lines[0] == "Mara Venn, Orrin Lab"
    assert "  status       reported: a trusted outlet reports it" in lines
    assert "  voices       2 independent" in lines
    assert "episode 2" in text and "  said of      2026-05-31" in lines
    assert "  to           Northwell “Labs” <!here>" in lines and "  followed by  Ilse Danner" in lines
    assert "not readable x from 2026-05-04 11:40:00 to now" in text
    assert "rumoured -> reported: a trusted outlet reports it" in text
    assert "    note: “asked  [2J twice”" in lines
    assert "»has left«, two people" in text and "https://www.daily.example/" in text
    assert "evidence (2)" in lines and "\x1b" not in text


@pytest.mark.parametrize(
    ("path", "evidence", "status"),
    [
        ([("confirmed", "person.announcement")], [OWN], "confirmed: the person's own account"),
        ([TWO, ("denied", "person.denial x")], [DENIAL], "denied: the person's own account denies it"),
        ([TWO, ("denied", "outlet.return x")], [RETURN], "denied: a trusted outlet reports the return"),
        ([TWO, ("retracted", "evidence.deleted")], [], "retracted: the only evidence was deleted"),
        ([TWO, ONE], [RUMOUR], "rumoured: some evidence fell away; what stands: hedged words"),
        ([("dismissed", "operator.dismiss")], [REPORT], "dismissed: an operator dismissed it"),
    ],
)
def test_every_status_has_its_why(path: list, evidence: list, status: str) -> None:  # type: ignore[type-arg]
    lines = list(told(case(*path, evidence=evidence, voices=1), LAB))
    assert f"  status       {status}" in lines
    ours = [line for line in lines if not line.startswith("    ")]
    assert not [line for line in ours if FACT.search(line)]
    assert ("evidence: none stands" in lines) is (not evidence)


def test_a_private_person_is_named_as_such() -> None:
    one = msgspec.structs.replace(
        case(ONE, evidence=[RUMOUR], voices=1), person="Joe Doane", name="Joe Doane"
    )
    assert "a private person who is not on the watchlist" in next(told(one, LAB))


def test_cases_show_of_a_running_service(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    text = "Mara Venn has left Orrin Lab."
    assert running.push(json.dumps({**json.loads(msgspec.json.encode(post("1", text)))}).encode())[0] == 202

    def shown(*words: str) -> str:
        argv = [sys.executable, "-m", "monitor", "cases", *words, "--config", str(running.config)]
        return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=300).stdout

    running.until(lambda: "mara-venn" in running.get("/api/cases")[1].decode(), "there is a case")
    id = "orrin-lab-mara-venn-1"
    assert json.loads(shown("show", id))["person"] == "mara-venn"
    shown("dismiss", id, "--note", "a mix-up")
    told = shown("show", id, "--format", "text")
    assert "dismissed: an operator dismissed it" in told and "note: “a mix-up”" in told
    assert re.search("Mara Venn .*»(has )?left« Orrin Lab", told)
    assert running.stop() == 0
