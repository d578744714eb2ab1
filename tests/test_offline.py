"""analyze, backtest, match, check: by the command line, as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from monitor.model import MAX_POST_BYTES, encode
from monitor.readers import Readers, Run
from tests.lab import LAB, post

SEEDS = Path(__file__).parent.parent / "seeds"


def monitor(
    *words: str, stdin: bytes = b"", folder: Path | None = None, environ: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
    clean |= {"PYTHONPATH": str(Path(__file__).parent.parent), **environ}
    argv = [sys.executable, "-m", "monitor", *words]
    return subprocess.run(argv, input=stdin, capture_output=True, timeout=300, env=clean, cwd=folder)


@pytest.fixture
def lab(tmp_path: Path) -> str:
    (tmp_path / "lab.yaml").write_text(LAB.model_dump_json(by_alias=True))
    (tmp_path / "monitor.yaml").write_text(f"watchlist: {tmp_path}/lab.yaml\n")
    return str(tmp_path / "monitor.yaml")


def reactions(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_analyze_gives_one_line_for_each_line_in_order(lab: str) -> None:
    lines = [
        encode(post("1", "Mara Venn has left Orrin Lab.")),
        encode(post("2", "nothing to see")),
        b"",
        encode(post("3", "heartbroken", parent_id="1")),
        encode(post("4", "Mara Venn has left Orrin Lab!")),
        b'{"source": "x", "id": "5", "te',
        b"\xff\xfe",
        b'{"source":"x","id":"6","text":"\\udc00","created_at":"2026-01-01T00:00:00Z"}',
        b'{"source":"x","id":"7","text":"'
        + b"x" * (MAX_POST_BYTES + 10)
        + b'","created_at":"2026-01-01T00:00:00Z"}',
        b'{"source":"x","id":"8","text":"t","created_at":"yesterday"}',
        encode(post("9", "x" * 1_000_000)),
    ]
    run = monitor("analyze", "--config", lab, stdin=b"\n".join(lines))
    rows = reactions(run.stdout)
    assert run.returncode == 1
    assert len(rows) == len(lines)
    assert rows[0]["about"] == ["mara-venn"]
    assert [claim["claim"] for claim in rows[0]["claims"]] == ["reported"]
    assert rows[1]["about"] == [] and rows[1]["sentiment"]["label"] == "unscored"
    assert rows[3]["about"] == ["mara-venn"] and rows[3]["matches"][0]["rule"] == "thread"
    assert rows[4]["duplicate_of"] == "1"
    errors = {row["line"]: row["error"].partition(":")[0] for row in rows if "error" in row}
    assert errors == {
        3: "bad_json",
        6: "bad_json",
        7: "bad_json",
        8: "bad_text",
        9: "too_large",
        10: "bad_field",
    }
    assert rows[10]["post"]["id"] == "9"


def test_a_delete_says_nothing_offline_either(lab: str, tmp_path: Path) -> None:
    rows = [
        post("1", "Mara Venn has left Orrin Lab."),
        post("1", "Mara Venn has left.", minute=1, deleted=True),
    ]
    lines = b"\n".join(map(encode, rows))
    first, second = reactions(monitor("analyze", "--config", lab, stdin=lines).stdout)
    assert first["claims"] and not second["claims"]
    assert (second["about"], second["post"]["text"]) == (["mara-venn"], "")
    (tmp_path / "p.jsonl").write_bytes(lines)
    run = monitor("backtest", str(tmp_path / "p.jsonl"), "--config", lab, "--format", "json")
    assert [row["to"] for row in reactions(run.stdout)] == ["rumoured", "retracted"]


def test_much_input_on_all_cores_gives_the_same_as_one_after_the_other(lab: str) -> None:
    posts = []
    for number in range(3000):
        copy = number % 7 == 0
        text = "Mara Venn has left Orrin Lab." if copy else f"Mara Venn on kernel {number}"
        thread = {"parent_id": f"n{number - 40}"} if number % 5 == 0 else {}
        posts.append(post(f"n{number}", text if number % 11 else f"well said {number}", **thread))
    lines = [encode(one) for one in posts]
    lines[1234] = b"rubbish"
    rows = reactions(monitor("analyze", "--config", lab, stdin=b"\n".join(lines)).stdout)
    run = Run(Readers(LAB))
    for number, (one, row) in enumerate(zip(posts, rows, strict=True)):
        if number == 1234:
            assert row["line"] == 1235
            continue
        expected = json.loads(encode(run.react(one, "stdin", one.created_at)))
        assert {**row, "scored_at": None} == {**expected, "scored_at": None}


def test_analyze_of_nothing_and_of_good_lines_exits_zero(lab: str) -> None:
    assert monitor("analyze", "--config", lab).returncode == 0
    run = monitor("analyze", "--config", lab, stdin=encode(post("1")) + b"\n")
    assert (run.returncode, len(run.stdout.splitlines())) == (0, 1)


def test_analyze_answers_line_by_line_on_an_open_pipe(lab: str) -> None:
    argv = [sys.executable, "-m", "monitor", "analyze", "--config", lab]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        for number in range(3):
            process.stdin.write(encode(post(str(number))) + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["post"]["id"] == str(number)
        process.stdin.close()


def test_analyze_imports_neither_network_nor_store() -> None:
    program = (
        "import sys, monitor.cli\n"
        "try: monitor.cli.main(['analyze'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('aiohttp', 'redis', 'valkey', 'requests') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], stdin=subprocess.DEVNULL, capture_output=True)
    assert run.stdout.strip() == b"[]", run.stderr


def test_backtest_prints_each_transition(lab: str, tmp_path: Path) -> None:
    rows = [
        post("1", "Mara Venn has left Orrin Lab.", minute=0),
        post("3", "Just in: Mara Venn is gone from Orrin.", minute=5, url="https://daily.example/x"),
        post("4", "I have left Orrin Lab today.", minute=9, handle="maravenn"),
    ]
    (tmp_path / "a.jsonl").write_bytes(encode(rows[2]) + b"\n" + encode(rows[0]) + b"\n")
    (tmp_path / "b.jsonl").write_bytes(encode(rows[1]) + b"\nrubbish\n")
    files = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    run = monitor("backtest", *files, "--config", lab, "--format", "json")
    found = [(t["from"], t["to"], t["post_id"]) for t in reactions(run.stdout)]
    assert found == [(None, "rumoured", "1"), ("rumoured", "reported", "3"), ("reported", "confirmed", "4")]
    assert set(reactions(run.stdout)[0]) >= {"at", "person", "from", "to", "post_id", "rule"}
    assert run.returncode == 1 and b"b.jsonl:2: bad_json" in run.stderr
    table = monitor("backtest", files[0], "--config", lab).stdout.decode()
    assert "confirmed" in table and "mara-venn" in table


def test_backtest_reads_a_profile_by_what_it_said_before(lab: str, tmp_path: Path) -> None:
    """As live: what a bio says again is no news, and takes nothing back; only what it says no more does."""
    bios = [
        "Orrin Lab",
        "Formerly Orrin Lab",
        "Formerly Orrin Lab",
        "Formerly Orrin Lab. Tea.",
        "Orrin Lab again",
    ]
    rows = [
        post("at://mara", bio, minute=n, kind="profile", handle="maravenn", revision=str(n))
        for n, bio in enumerate(bios)
    ]
    run, told = Run(Readers(LAB)), []
    for row in filter(None, map(run.change_of, rows)):
        claims = run.react(row, "test", row.created_at).claims
        told.append((row.revision, row.before, [claim.claim for claim in claims]))
    assert told == [
        ("0", None, []),
        ("1", bios[0], ["profile_changed"]),
        ("3", bios[1], []),
        ("4", bios[3], []),
    ]
    (tmp_path / "bios.jsonl").write_bytes(b"\n".join(map(encode, rows)))
    ran = monitor("backtest", str(tmp_path / "bios.jsonl"), "--config", lab, "--format", "json")
    found = [(row["at"][14:16], row["to"]) for row in reactions(ran.stdout)]
    assert found == [("01", "reported"), ("04", "retracted")]


def test_backtest_over_the_seeds_tells_the_story(tmp_path: Path) -> None:
    files = [str(SEEDS / name) for name in ("quotes.jsonl", "statements.jsonl")]
    run = monitor("backtest", *files, "--format", "json", folder=tmp_path)
    last = {row["person"]: row["to"] for row in reactions(run.stdout)}
    assert last["junyang-lin"] == "confirmed"
    assert last["binyuan-hui"] == "reported"
    assert set(last) == {"junyang-lin", "binyuan-hui", "bowen-yu"}


def test_match_explains(lab: str) -> None:
    out = monitor("match", "Mara Venn has left Orrin Lab.", "--config", lab).stdout.decode()
    assert "Mara Venn" in out and "0-9" in out and "about: mara-venn" in out
    assert "claim: mara-venn reported by" in out
    assert "about: nobody" in monitor("match", "Vera Mann left", "--config", lab).stdout.decode()
    hostile = monitor("match", "Mara Venn \x1b[2J has left Orrin Lab.", "--config", lab).stdout
    assert b"\x1b" not in hostile


@pytest.mark.parametrize(
    ("words", "evidence", "alone"),
    [
        (["Mara Venn has left Orrin Lab."], "weak (one voice)", "rumoured, with an alert"),
        (
            ["Mara Venn has left Orrin Lab.", "--url", "https://daily.example/1"],
            "medium (a",
            "reported, with",
        ),
        (
            ["I have left Orrin Lab.", "--handle", "maravenn", "--source", "x"],
            "strong (the",
            "confirmed, with",
        ),
        (["Ida Holt has left Orrin Lab."], "weak", "rumoured, without an alert: a departure known before"),
        (["Mara Venn has not left Orrin Lab."], "of no weight (somebody else denies it)", "no case"),
        (["I have left Orrin Lab.", "--name", "Joe Doane"], "weak", "a private person, not on the watchlist"),
    ],
)
def test_match_says_what_a_claim_would_do(lab: str, words: list[str], evidence: str, alone: str) -> None:
    out = monitor("match", *words, "--config", lab).stdout.decode()
    assert f"  evidence: {evidence}" in out
    (line,) = [line for line in out.splitlines() if line.startswith("  alone:")]
    assert alone in line
    (clause,) = [line for line in out.splitlines() if line.startswith("  words:")]
    assert "left«" in clause and "»" in clause


def test_match_shows_the_clause_alone_and_says_that_there_is_no_claim(lab: str) -> None:
    out = monitor(
        "match", "Good day. Mara Venn has left Orrin Lab. The end.", "--config", lab
    ).stdout.decode()
    (clause,) = [line for line in out.splitlines() if line.startswith("  words:")]
    assert "Good day" not in clause and "The end" not in clause
    none = monitor("match", "Mara Venn is nice", "--config", lab).stdout.decode()
    assert "claim: none; nothing here is taken as somebody's leaving Orrin Lab\n" in none
    tale = monitor(
        "match", "Mara Venn has left Orrin Lab. In my fanfic, that is.", "--config", lab
    ).stdout.decode()
    assert 'Orrin Lab, because of this: mara-venn: "in my fanfic" makes a tale of it' in tale


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["run", "--config", "missing.yaml"], "missing.yaml: No such file"),
        (["backtest", "missing.jsonl"], "missing.jsonl: No such file"),
        (["cases", "list"], "no service is running on"),
        (["alerts", "test", "x"], "no service is running on"),
        (["cases", "show"], "which one?"),
    ],
)
def test_a_mistake_is_one_line_and_exit_two(words: list[str], line: str, tmp_path: Path) -> None:
    if "--config" not in words:
        (tmp_path / "monitor.yaml").write_text(f"data_dir: {tmp_path}/data\n")
    run = monitor(*words, folder=tmp_path)
    assert run.returncode == 2
    assert run.stdout == b""
    assert line in run.stderr.decode() and run.stderr.count(b"\n") == 1


def test_check_shows_what_is_wrong_and_no_secret(tmp_path: Path) -> None:
    hook = "https://hooks.example/very-secret-path"
    endpoint = f"{{name: ops, url: '{hook}', secret: whsec_{'QUFB' * 8}}}"
    (tmp_path / "monitor.yaml").write_text(
        f"data_dir: {tmp_path}/data\nstore: {{url: 'redis://:hunter2@127.0.0.1:1/0'}}\n"
        f"sources: {{story: {{kind: replay, path: {tmp_path}/none.jsonl}}}}\nalerts: {{endpoints: [{endpoint}]}}\n"
    )
    run = monitor("check", folder=tmp_path)
    out = run.stdout.decode()
    assert run.returncode == 1
    assert out.count("WRONG") == 2, out
    assert not any(word in out for word in ("hunter2", "very-secret", "QUFB"))
    (tmp_path / "monitor.yaml").write_text(f"data_dir: {tmp_path}/data\n")
    assert monitor("check", folder=tmp_path).returncode == 0
