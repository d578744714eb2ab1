"""README.md says what is true: its settings table against the schema, its commands against the parser."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from monitor import cli, collect, strictyaml
from monitor.collect import SOURCES
from monitor.endpoint import Endpoint, FormatName
from monitor.settings import Settings, build
from monitor.watchlist import parse

README = (Path(__file__).parent.parent / "README.md").read_text()


def keys(model: type[BaseModel], start: str = "") -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        nested = isinstance(inner, type) and issubclass(inner, BaseModel)
        found |= keys(inner, f"{start}{name}.") if nested else {f"{start}{name}"}  # type: ignore[arg-type]
    return found


def test_the_settings_table_has_every_key_and_no_other() -> None:
    table = README.partition("\n## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", table, re.MULTILINE)) == keys(Settings)


def test_the_endpoints_tables_have_every_key_and_every_format() -> None:
    section = README.partition("\n## Endpoints")[2].partition("\n## ")[0]
    settings, formats = section.split("| format |")
    keys = set(re.findall(r"^\| `([a-z_]+)` \|", settings, re.MULTILINE))
    assert keys == set(Endpoint.model_fields) - {"name", "url"}
    named = [name for row in re.findall(r"^\| (`.*?) \|", formats, re.MULTILINE) for name in row.split(", ")]
    assert sorted(named) == sorted(f"`{name}`" for name in get_args(FormatName))


def test_the_sources_table_has_every_kind_and_each_of_its_settings() -> None:
    section = README.partition("\n## Sources")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z]+)` \|(.*)$", section, re.MULTILINE))
    assert set(rows) == set(SOURCES)
    for kind, source in SOURCES.items():
        settings = set(source.model_fields) - {"cursor"}
        assert set(re.findall(r"`([a-z_]+)`", rows[kind].rpartition(" | ")[2])) >= settings, kind


def test_every_yaml_of_the_readme_is_a_setting_or_a_watchlist() -> None:
    for text in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL):
        value = strictyaml.load(text.replace('"whsec_..."', f"whsec_{'QUFB' * 8}"), "README.md")
        if "organisation" in value:
            assert parse(value, "README.md").people
        else:
            assert collect.build(build(value).sources)


def test_the_commands_table_has_every_command() -> None:
    (choices,) = (a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction))
    table = README.partition("\n## Commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `monitor ([a-z]+)", table, re.MULTILINE)) == set(choices.choices)


def test_the_signature_of_the_readme_is_right() -> None:
    from pydantic import SecretStr

    from monitor.consume.notify import standard
    from monitor.values import signing_key

    code = re.search(r"```python\n(import base64.*?)```", README, re.DOTALL)
    assert code
    scope: dict[str, object] = {}
    exec(code[1], scope)
    secret = "whsec_" + "QUFB" * 8
    headers = standard.headers("id-1", 1614265330, b"{}", [signing_key(SecretStr(secret))])
    good = scope["good"]
    assert callable(good)
    assert good(secret, headers, b"{}")
    assert not good(secret, headers, b"{ }")
    assert not good(secret, {**headers, "webhook-signature": "v1,ü v1,\udcff"}, b"{}")


@pytest.mark.parametrize("target", ["setup", "run", "demo", "test", "bench", "check", "chaos"])
def test_the_makefile_has_every_target(target: str) -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text()
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
