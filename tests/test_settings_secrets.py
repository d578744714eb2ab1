"""A mistake with a secret is named without the secret: under the wrong key, or with a mark of YAML at its begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitor import strictyaml
from monitor.endpoint import AlertSettings, Endpoint
from monitor.errors import UserError
from monitor.settings import build, load

KEY = "T0KEYKEYKEYKEYKEYB0KEY"
SECRETS = [
    f"https://hooks.slack.example/services/{KEY}",
    f"whsec_{KEY}",
    f"~{KEY}/x",
    f"{KEY}\0",
    "x" * 300 + KEY,
]
GOOD = {"name": "ops", "url": "https://ops.example/", "format": "slack"}


def complaint(values: dict[str, Any]) -> str:
    try:
        build(values)
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("key", [*Endpoint.model_fields, "url_file", "secret_file"])
def test_no_key_of_an_endpoint_tells_a_secret(key: str, secret: str) -> None:
    one = {name: value for name, value in GOOD.items() if f"{name}_file" != key}
    for value in (secret, [secret]):
        said = complaint({"alerts": {"endpoints": [{**one, key: value}]}})
        assert KEY not in said and "\n" not in said
    if key.endswith("_file"):
        assert f"{key}: the file that it names cannot be read" in complaint(
            {"alerts": {"endpoints": [{**one, key: secret}]}}
        )


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "keys",
    [
        *(("alerts", key) for key in (*AlertSettings.model_fields, "proxy_file")),
        *(("http", "token_file"), ("store", "url_file")),
    ],
)
def test_no_other_key_tells_a_secret(keys: tuple[str, str], secret: str) -> None:
    assert KEY not in complaint({keys[0]: {keys[1]: secret}})


@pytest.mark.parametrize(
    "mark", ["*", "!", "!!", "!a!", "!<", "&a *", "&", "%", "@", "`", "|", ">", "{", "[", "? "]
)
@pytest.mark.parametrize("before", ["", "- "])
def test_no_mistake_in_yaml_tells_a_secret(mark: str, before: str, tmp_path: Path) -> None:
    path = tmp_path / "monitor.yaml"
    path.write_text(f"alerts:\n  proxy: {before}{mark}{KEY}'\n")
    with pytest.raises(UserError) as error:
        load(path)
    assert KEY not in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: *KEY", "f:1: found undefined alias: a text that begins with * or ! needs quotes"),
        ("b: 1\na: !KEY x", "f:2: could not determine a constructor for the tag: a text that"),
        ("a: !K!EY x", "f:1: found undefined tag handle: a text that"),
        ("a: 0b__", "f: a number or a date in it is none"),
        ("a: 2026-13-45", "f: a number or a date in it is none"),
        ("a: \a", "f: special characters are not allowed at character 3"),
        ("[" * 5000, "f: nested too deeply"),
        ("a: [", "f:1: expected the node content, but found '<stream end>'"),
    ],
)
def test_what_yaml_says_is_kept_where_it_quotes_nothing(text: str, words: str) -> None:
    with pytest.raises(UserError) as error:
        strictyaml.load(text, "f")
    assert str(error.value).startswith(words)
