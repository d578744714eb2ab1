"""A mistake in the command line is one line that names its place, with exit status 2."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from monitor import cli, model


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([], "monitor: the following arguments are required: COMMAND"),
        (["rnu"], "monitor: argument COMMAND: invalid choice: 'rnu'"),
        (["run", "a\nb"], "monitor: unrecognized arguments: a b"),
        (["demo", "--speed", "0"], "monitor demo: argument --speed: '0' is no number above 0"),
        (["demo", "--speed", "nan"], "--speed: 'nan' is no number above 0"),
        (["demo", "--speed", "fast"], "--speed: 'fast' is no number above 0"),
        (["forget"], "monitor forget: one of the arguments --author --person is required"),
        (["forget", "--author", " "], "argument --author: it is empty"),
        (["match", "x", "--kind", "tweet"], "argument --kind: invalid choice: 'tweet'"),
        (["cases"], "monitor cases: the following arguments are required: action"),
        (["cases", "show"], "monitor: cases show: which one?"),
        (["cases", "list", "x"], "monitor: cases list: it lists all, and takes no 'x'"),
    ],
    ids=repr,
)
def test_a_wrong_command_line_is_one_line(
    line: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(line)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_match_takes_every_kind_of_post() -> None:
    assert get_args(get_type_hints(model.Post)["kind"]) == cli.KINDS
