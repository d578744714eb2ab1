"""The kinds of value that settings hold: durations, sizes, names, secrets."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

LONGEST_SHOWN = 16
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def shown(value: Any) -> str:
    """A wrong value as a complaint may quote it: a long one may be a secret under the wrong key."""
    return repr(value) if len(str(value)) <= LONGEST_SHOWN else "this"


def seconds(value: Any) -> float:
    """A duration as written ("500ms", "5s", "2m", "1h", "30d"; a bare number is seconds) in seconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h|d|w)", str(value).strip())
    if not found:
        raise ValueError(f"{shown(value)} is no duration: write 30s, 5m, 1h or 7d")
    return float(found[1]) * _UNITS[found[2]]


def span(value: Any) -> str:
    """The length of a window as written: whole seconds, from one to a hundred days."""
    length = seconds(value)
    if not (1 <= length <= 100 * 86400 and length == int(length)):
        raise ValueError(f"{shown(value)} is no window: whole seconds, from 1s to 100d")
    return str(value).strip()


def size(value: Any) -> str:
    if not re.fullmatch(r"\d{1,12}(kb|mb|gb)?", str(value).strip().casefold()):
        raise ValueError(f"{shown(value)} is no size: write 512mb or 2gb")
    return str(value).strip().casefold()


def as_networks(value: Any) -> Any:
    """A single network may stand without a list round it."""
    return [value] if isinstance(value, str) and any(mark in value for mark in ".:") else value


def are_networks(value: bool | list[str]) -> bool | list[str]:
    for network in value if isinstance(value, list) else ():
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise ValueError(f'{shown(network)} is no network: write "10.0.0.0/8"') from None
    return value


def clock(value: Any) -> str:
    """A time of day as written, HH:MM."""
    # YAML 1.1 reads an unquoted 22:00 as a number of base sixty.
    text = f"{value // 60:02d}:{value % 60:02d}" if isinstance(value, int) else str(value).strip()
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f'{shown(value)} is no time of day: write "08:00"')
    return text


def quiet_hours(value: Any) -> str:
    """Two times of day as written, "22:00-07:00"; the second may be on the next day."""
    start, _, end = str(value).partition("-")
    try:
        start, end = clock(start), clock(end)
    except ValueError:
        raise ValueError(f'{shown(value)} are no quiet hours: write "22:00-07:00"') from None
    if start == end:
        raise ValueError(f"{shown(value)}: the quiet hours would never end")
    return f"{start}-{end}"


Duration = Annotated[float, BeforeValidator(seconds), Field(gt=0, le=20 * 366 * 86400, allow_inf_nan=False)]
Span = Annotated[str, BeforeValidator(span)]
Size = Annotated[str, BeforeValidator(size)]
Clock = Annotated[str, BeforeValidator(clock)]
QuietHours = Annotated[str, BeforeValidator(quiet_hours)]
# Whether a host's name may lead to a private address: to any, to none, or within these networks.
Private = Annotated[bool | list[str], BeforeValidator(as_networks), AfterValidator(are_networks)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


def signing_key(secret: SecretStr) -> bytes:
    """The bytes of a Standard Webhooks secret ("whsec_" and base64; the prefix may be left out)."""
    text = secret.get_secret_value().removeprefix("whsec_")
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("secret must be whsec_ followed by base64 (of 24 to 64 random bytes)")
    return key


def redact(url: str) -> str:
    """Scheme and host of a URL: the rest may hold a key."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "(no URL)"
    host = parts.hostname or ""
    return f"{parts.scheme}://[{host}]{port}" if ":" in host else f"{parts.scheme}://{host}{port}"


def is_loopback(host: str) -> bool:
    """Is it the name or an address of this machine's loopback?"""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() in ("localhost", "localhost.")


def is_address(host: str) -> bool:
    """Is it an address, not a name?"""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
