"""monitor.yaml and MONITOR_* to one frozen Settings; a name that does not exist is an error."""

from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from . import strictyaml
from .errors import UserError

PREFIX = "MONITOR_"
Role = Literal["collect", "cases", "notify", "web"]
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds(value: Any) -> float:
    """A duration as written ("500ms", "5s", "2m", "1h", "30d"; a bare number is seconds) in seconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h|d|w)", str(value).strip())
    if not found:
        raise ValueError(f"{value!r} is no duration: write 30s, 5m, 1h or 7d")
    return float(found[1]) * _UNITS[found[2]]


def _size(value: Any) -> str:
    if not re.fullmatch(r"\d{1,12}(kb|mb|gb)?", str(value).strip().casefold()):
        raise ValueError(f"{value!r} is no size: write 512mb or 2gb")
    return str(value).strip().casefold()


Duration = Annotated[float, BeforeValidator(seconds), Field(gt=0)]
Span = Annotated[str, BeforeValidator(lambda v: seconds(v) and str(v).strip())]
Size = Annotated[str, BeforeValidator(_size)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


def signing_key(secret: SecretStr) -> bytes:
    """The bytes of a Standard Webhooks secret ("whsec_" and base64; the prefix may be left out)."""
    text = secret.get_secret_value().removeprefix("whsec_")
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("secret must be whsec_ followed by base64 of 24 to 64 random bytes")
    return key


def is_loopback(host: str) -> bool:
    """Is it the name or an address of this machine's loopback?"""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() in ("localhost", "localhost.")


class Section(BaseModel):
    """A part of the settings; unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class StoreSettings(Section):
    """Where the streams live; url null is the embedded Valkey in data_dir."""

    url: SecretStr | None = None
    prefix: Slug = "monitor"
    partitions: Annotated[int, Field(ge=1, le=64)] = 1
    retention: Duration = "30d"  # type: ignore[assignment]
    max_memory: Size = "512mb"


class HttpSettings(Section):
    """The one HTTP server. A token is needed to push posts, to change cases, and beyond loopback."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8420
    hosts: list[str] = []
    token: SecretStr | None = None

    @model_validator(mode="after")
    def _beyond_loopback_needs_a_token(self) -> HttpSettings:
        if not is_loopback(self.host) and (self.token is None or not self.token.get_secret_value()):
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
    """Which scorer reads a text."""

    scorer: Literal["vader"] = "vader"


class Endpoint(Section):
    """One receiver of alerts. The URL is a secret: chat services put their key into it."""

    name: Slug
    url: SecretStr
    format: Literal["standard"] = "standard"
    secret: list[SecretStr] = []
    min_status: Literal["rumoured", "reported", "confirmed"] = "reported"
    events: list[Literal["departure", "source", "delivery"]] = ["departure"]
    allow_private: bool | list[str] = False

    @field_validator("secret", mode="before")
    @classmethod
    def _one_or_two(cls, value: Any) -> Any:
        return [value] if isinstance(value, str | SecretStr) else value or []

    @field_validator("secret")
    @classmethod
    def _is_base64(cls, value: list[SecretStr]) -> list[SecretStr]:
        for secret in value:
            signing_key(secret)
        return value

    @field_validator("allow_private")
    @classmethod
    def _are_networks(cls, value: bool | list[str]) -> bool | list[str]:
        if isinstance(value, list):
            for network in value:
                ipaddress.ip_network(network)
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Endpoint:
        try:
            parts = urlsplit(self.url.get_secret_value())
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            raise ValueError("url is no http(s) URL")
        if parts.scheme == "http" and not self.allow_private:
            raise ValueError("url must be https:// unless allow_private is set")
        if self.format == "standard" and not self.secret:
            raise ValueError("secret is missing: format standard signs with it (whsec_ and base64)")
        return self


class AlertSettings(Section):
    """When an alert is raised, and to whom it goes."""

    retry: list[Duration] = ["5s", "30s", "2m", "10m", "30m", "2h", "5h", "10h", "14h", "20h"]  # type: ignore[list-item]
    max_age: Duration = "7d"  # type: ignore[assignment]
    unlisted: bool = False
    language: Literal["en", "zh"] = "en"
    endpoints: list[Endpoint] = []

    @field_validator("endpoints")
    @classmethod
    def _names_are_unique(cls, value: list[Endpoint]) -> list[Endpoint]:
        names = [endpoint.name for endpoint in value]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"endpoint {name!r} is given twice")
        return value


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
    sources: dict[Slug, SourceSettings] = {"push": SourceSettings(kind="push")}
    windows: Annotated[list[Span], Field(min_length=1, max_length=8)] = ["5m", "1h", "24h"]
    thread_window: Duration = "14d"  # type: ignore[assignment]
    sentiment: SentimentSettings = SentimentSettings()
    claims: bool = True
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
    values = read_secret_files(values, name)
    for variable, key in _file_variables(environ).items():
        _put(values, key.split("."), _secret_of(Path(environ[variable]), variable))
    return build(values, name)


def build(values: dict[str, Any], name: str = "settings", kind: type[Settings] = Settings) -> Settings:
    """A mapping as it stands in monitor.yaml to Settings; raises UserError that names the setting."""
    try:
        return kind(**values)
    except ValidationError as error:
        raise UserError(f"{name}: {_first(error)}") from error
    except SettingsError as error:
        raise UserError(f"{name}: {error}; {error.__cause__ or ''}".rstrip("; ")) from error
    except TypeError as error:
        raise UserError(f"{name}: {error}") from error


def _first(error: ValidationError) -> str:
    one = error.errors(include_input=False)[0]
    where = ".".join(str(part) for part in one["loc"])
    message = (
        "no such setting" if one["type"] == "extra_forbidden" else one["msg"].removeprefix("Value error, ")
    )
    return f"{where}: {message}" if where else message


def read_secret_files(value: Any, place: str) -> Any:
    """Every KEY_file in a mapping becomes KEY with the file's text; so for each secret."""
    if isinstance(value, list):
        return [read_secret_files(one, place) for one in value]
    if not isinstance(value, dict):
        return value
    read: dict[str, Any] = {}
    for key, inner in value.items():
        base = key.removesuffix("_file")
        if base != key and base in ("token", "secret", "url"):
            if base in value:
                raise UserError(f"{place}: {key} and {base} are both given")
            read[base] = _secret_of(Path(str(inner)), f"{place}: {key}")
        else:
            read[key] = read_secret_files(inner, place)
    return read


def _secret_of(path: Path, place: str) -> str:
    try:
        return path.expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise UserError(f"{place}: {path}: {reason}") from error


def _file_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """MONITOR_HTTP__TOKEN_FILE -> http.token."""
    names = {f"{PREFIX}HTTP__TOKEN_FILE": "http.token", f"{PREFIX}STORE__URL_FILE": "store.url"}
    return {v: names[v.upper()] for v in environ if v.upper() in names}


def _put(values: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = value


def _refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    known = set(_file_variables(environ))
    for variable in sorted(environ):
        if not variable.upper().startswith(PREFIX) or variable in known:
            continue
        parts = variable[len(PREFIX) :].casefold().split("__")
        if not _exists(Settings, parts):
            raise UserError(f"{variable}: no such setting")


def _exists(model: type[BaseModel], parts: list[str]) -> bool:
    field = model.model_fields.get(parts[0])
    if field is None:
        return False
    if len(parts) == 1 or parts[0] == "sources":
        return True
    inner = field.annotation
    return isinstance(inner, type) and issubclass(inner, BaseModel) and _exists(inner, parts[1:])
