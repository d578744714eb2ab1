"""The settings of alerts: the endpoints with their formats, and when each of them is told."""

from __future__ import annotations

import re
from datetime import UTC, time, tzinfo
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator

from .addresses import is_allowed, named
from .section import Section
from .values import Clock, Duration, Private, QuietHours, Slug, redact, shown, signing_key

FormatName = Literal[
    "standard",
    "cloudevents",
    "alertmanager",
    "slack",
    "discord",
    "feishu",
    "dingtalk",
    "wecom",
    "teams",
    "ntfy",
    "apprise",
]
# Those whose secret is a bearer token: it stands in a header as it is.
BEARER = ("alertmanager", "ntfy")
# How many secrets a format takes at most; Standard Webhooks has two while they are changed over.
SECRETS: dict[str, int] = {
    "standard": 2,
    "cloudevents": 2,
    "feishu": 1,
    "dingtalk": 1,
    "alertmanager": 1,
    "ntfy": 1,
}


class Endpoint(Section):
    """One receiver of alerts. The URL is a secret: chat services put their key into it.

    `quiet` and `digest` are times of day in `timezone`; `prefix` stands before each title, for bots that want a
    keyword. `secret` signs (standard, cloudevents, feishu, dingtalk) or is a bearer token (alertmanager, ntfy).
    """

    secrets = ("url", "secret")

    name: Slug
    url: SecretStr
    format: FormatName = "standard"
    secret: list[SecretStr] = []
    min_status: Literal["rumoured", "reported", "confirmed"] = "reported"
    events: Annotated[list[Literal["departure", "source", "delivery"]], Field(min_length=1)] = ["departure"]
    allow_private: Private = False
    quiet: QuietHours | None = None
    digest: Clock | None = None
    timezone: str = "UTC"
    prefix: Annotated[str, Field(max_length=40)] = ""

    @property
    def place(self) -> str:
        """Where it is, as it may be shown; the host in a URL of apprise may be a key."""
        url = self.url.get_secret_value()
        return f"{url.partition('://')[0]}://" if self.format == "apprise" else redact(url)

    @property
    def zone(self) -> tzinfo:
        # The default needs no database of time zones, which a small system may not have.
        return UTC if self.timezone == "UTC" else ZoneInfo(self.timezone)

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """From when to when nothing is sent, by the clock of `zone`; over midnight where the first is later."""
        if self.quiet is None:
            return None
        start, _, end = self.quiet.partition("-")
        return time.fromisoformat(start), time.fromisoformat(end)

    @property
    def digest_at(self) -> time | None:
        return None if self.digest is None else time.fromisoformat(self.digest)

    @field_validator("secret", mode="before")
    @classmethod
    def _one_or_two(cls, value: object) -> object:
        return value if isinstance(value, list) else [] if value is None else [value]

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        try:
            if value != "UTC":
                ZoneInfo(value)
        except (ValueError, OSError, KeyError):
            raise ValueError(f"{shown(value)} is no time zone: write one like Asia/Shanghai") from None
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Endpoint:
        if self.format == "apprise":
            if self.allow_private is not True:
                raise ValueError(
                    "format apprise opens its own connections, unchecked: set allow_private: true"
                )
            return self
        try:
            parts = urlsplit(self.url.get_secret_value())
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            raise ValueError("url is no http(s) URL")
        if re.search(r"\s", self.url.get_secret_value().strip()):
            raise ValueError("url has a blank in it")
        if parts.scheme == "http" and not self.allow_private:
            raise ValueError("url must be https:// unless allow_private is set")
        if self.digest and "departure" not in self.events:
            raise ValueError("digest: it tells of departures, and events is without departure")
        if self.format == "ntfy" and not parts.path.strip("/"):
            raise ValueError("url: format ntfy needs the topic as its path (https://ntfy.example/topic)")
        return self

    @model_validator(mode="after")
    def _can_sign(self) -> Endpoint:
        most = SECRETS.get(self.format, 0)
        if self.format == "standard" and not self.secret:
            raise ValueError("secret is missing: format standard signs with it (whsec_ and base64)")
        if not most and self.secret:
            raise ValueError(f"secret: format {self.format} signs nothing; its URL is the secret")
        if any(not secret.get_secret_value().strip() for secret in self.secret):
            raise ValueError("secret is empty")
        if len(self.secret) > most:
            raise ValueError(f"secret: format {self.format} takes {'one' if most == 1 else 'at most two'}")
        if self.format in ("standard", "cloudevents"):
            for secret in self.secret:
                signing_key(secret)
        if self.format in BEARER and self.secret:
            if not re.fullmatch("[ -~]+", self.secret[0].get_secret_value()):
                raise ValueError(
                    f"secret: format {self.format} takes a token, in one line of plain characters"
                )
            if self.format == "alertmanager" and "@" in urlsplit(self.url.get_secret_value()).netloc:
                raise ValueError("secret: the url has a name and password; only one of the two can be sent")
        return self


class AlertSettings(Section):
    """When an alert is raised, and to whom it goes. A source that is blind for `blind_after` is told of."""

    secrets = ("proxy",)

    retry: list[Duration] = ["5s", "30s", "2m", "10m", "30m", "2h", "5h", "10h", "14h", "20h"]  # type: ignore[list-item]
    max_age: Duration = "7d"  # type: ignore[assignment]
    unlisted: bool = False
    language: Literal["en", "zh"] = "en"
    blind_after: Duration = "10m"  # type: ignore[assignment]
    proxy: SecretStr | None = None
    endpoints: list[Endpoint] = []

    @field_validator("proxy")
    @classmethod
    def _is_a_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                parts = urlsplit(value.get_secret_value())
                good = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
            except ValueError:
                good = False
            if not good:
                raise ValueError("proxy is no http:// URL")
        return value

    @field_validator("endpoints")
    @classmethod
    def _can_be_reached(cls, value: list[Endpoint]) -> list[Endpoint]:
        for endpoint in value:
            address = named(urlsplit(endpoint.url.get_secret_value()).hostname or "")
            if endpoint.format != "apprise" and address and not is_allowed(address, endpoint.allow_private):
                raise ValueError(
                    f"endpoint {endpoint.name!r}: its url names a private address: allow_private must name it too"
                )
        return value

    @field_validator("endpoints")
    @classmethod
    def _names_are_unique(cls, value: list[Endpoint]) -> list[Endpoint]:
        names = [endpoint.name for endpoint in value]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"endpoint {name!r} is given twice")
        return value
