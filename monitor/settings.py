"""monitor.yaml and MONITOR_* to one frozen Settings; a name that does not exist is an error."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from . import strictyaml
from .endpoint import AlertSettings
from .errors import UserError
from .section import Section
from .values import Duration, Size, Slug, Span, is_loopback

PREFIX = "MONITOR_"
SCORER = re.compile(r"blend|vader|[^\W\d]\w*(?:\.[^\W\d]\w*)*:[^\W\d]\w*")
Role = Literal["collect", "cases", "notify", "web"]


class StoreSettings(Section):
    """Where the streams live; url null is the embedded Valkey in data_dir."""

    secrets = ("url",)

    url: SecretStr | None = None
    prefix: Slug = "monitor"
    partitions: Annotated[int, Field(ge=1, le=64)] = 1
    retention: Duration = "30d"  # type: ignore[assignment]
    max_memory: Size = "512mb"


class HttpSettings(Section):
    """The one HTTP server. A token is needed to push posts, to change cases, and beyond loopback."""

    secrets = ("token",)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8420
    hosts: list[str] = []
    token: SecretStr | None = None

    @field_validator("token")
    @classmethod
    def _is_not_empty(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().strip():
            raise ValueError("token is empty")
        return value

    @model_validator(mode="after")
    def _beyond_loopback_needs_a_token(self) -> HttpSettings:
        if not is_loopback(self.host) and self.token is None:
            raise ValueError("host is not loopback, so http.token must be set")
        return self


class SourceSettings(BaseModel):
    """One source: its kind decides which further settings it takes (collect/ checks them)."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str

    @property
    def rest(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class SentimentSettings(Section):
    """Which scorer reads a text: blend, vader, or a class by its dotted path, made with `model` where that is set."""

    scorer: str = "blend"
    model: Path | None = None

    @field_validator("scorer")
    @classmethod
    def _is_one(cls, value: str) -> str:
        if not SCORER.fullmatch(value):
            raise ValueError(f"{value!r} is none of blend, vader, package.module:Class")
        return value

    @model_validator(mode="after")
    def _model_is_for_one_that_reads_it(self) -> SentimentSettings:
        if self.model is not None and self.scorer == "vader":
            raise ValueError("model is for blend or for a scorer of package.module:Class")
        return self


class CaseSettings(Section):
    """How long a case that nothing changes is kept, with its evidence and alerts."""

    retention: Duration = "365d"  # type: ignore[assignment]


class Settings(BaseSettings):
    """All settings; README.md has the table."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=True
    )

    watchlist: str = "qwen"
    store: StoreSettings = StoreSettings()
    data_dir: Path = Path("~/.local/share/monitor")
    http: HttpSettings = HttpSettings()
    roles: Annotated[list[Role], Field(min_length=1)] = list(get_args(Role))
    sources: dict[Slug, SourceSettings] = {
        "bluesky": SourceSettings(kind="jetstream"),
        "push": SourceSettings(kind="push"),
    }
    windows: Annotated[list[Span], Field(min_length=1, max_length=8)] = ["5m", "1h", "24h"]
    thread_window: Duration = "14d"  # type: ignore[assignment]
    sentiment: SentimentSettings = SentimentSettings()
    claims: bool = True
    cases: CaseSettings = CaseSettings()
    alerts: AlertSettings = AlertSettings()

    @field_validator("data_dir")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (env_settings, init_settings)  # the environment wins over the file

    def config_hash(self) -> str:
        """Twelve hex digits over every setting with its secrets masked."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class SettingsAlone(Settings):
    """Settings that no variable of the environment changes, for the demo."""

    @classmethod
    def settings_customise_sources(cls, *args: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        return (sources["init_settings"],)


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of a file (default: ./monitor.yaml if there) and the environment; raises UserError."""
    environ = os.environ if environ is None else environ
    _refuse_unknown_variables(environ)
    path = path if path or not Path("monitor.yaml").exists() else Path("monitor.yaml")
    values = strictyaml.load_file(path.expanduser()) if path else {}
    name = str(path) if path else "settings"
    return build(values, name)


def build(values: dict[str, Any], name: str = "settings", kind: type[Settings] = Settings) -> Settings:
    """A mapping as it stands in monitor.yaml to Settings; raises UserError that names the setting."""
    try:
        return kind(**values)
    except ValidationError as error:
        raise UserError(f"{name}: {_first(error)}") from error
    except SettingsError as error:
        raise UserError(_no_json(error)) from error
    except TypeError as error:
        raise UserError(f"{name}: {error}") from error


def _first(error: ValidationError) -> str:
    one = error.errors(include_input=False)[0]
    where = ".".join(str(part) for part in one["loc"])
    message = one["msg"].removeprefix("Value error, ").partition(" or instance of ")[0]
    message = "no such setting" if one["type"] == "extra_forbidden" else message
    return f"{where}: {message}" if where else message


def _no_json(error: SettingsError) -> str:
    """Which variables hold a list or a mapping that is no JSON; not what they hold, which may be secret."""
    found = re.search(r'field "(\w+)"', str(error))
    start = f"{PREFIX}{found[1] if found else ''}".upper()
    wrong = [
        one
        for one, text in sorted(os.environ.items())
        if one.upper().startswith(start) and not _is_json(text)
    ]
    return f'{", ".join(wrong) or start}: a list or mapping in a variable is JSON: ["a", "b"] or {{"a": 1}}'


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    for variable in sorted(environ):
        if not variable.upper().startswith(PREFIX):
            continue
        parts = variable[len(PREFIX) :].casefold().split("__")
        if not _exists(Settings, parts):
            raise UserError(f"{variable}: no such setting")


def _exists(model: type[BaseModel], parts: list[str]) -> bool:
    field = model.model_fields.get(parts[0])
    if field is None:
        return parts[0].removesuffix("_file") in getattr(model, "secrets", ()) and len(parts) == 1
    if len(parts) == 1 or parts[0] == "sources":
        return True
    inner = field.annotation
    return isinstance(inner, type) and issubclass(inner, BaseModel) and _exists(inner, parts[1:])
