"""Hosts that the settings name: which URLs are good, and which addresses may be connected to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from yarl import URL

from ..addresses import Allow
from ..values import is_address, is_loopback, redact


def checked_url(text: str, secure: str, plain: str, private: bool | list[str] | None) -> URL:
    """A URL with a host and one of the two schemes.

    Plain is for addresses, for localhost, and with `private` (allow_private). Raises ValueError without the URL's path.
    """
    try:
        url = URL(text)
    except ValueError as error:
        raise ValueError(f"{redact(text)} is no URL") from error
    host = url.host or ""
    if url.scheme not in (secure, plain) or not host:
        raise ValueError(f"{redact(text)} is no {secure}:// URL")
    if url.scheme == plain and not (private or host == "localhost" or is_address(host)):
        raise ValueError(f"{redact(text)}: {plain}:// is for addresses, localhost, and with allow_private")
    return url


def allow_of(url: str, private: bool | list[str]) -> Allow:
    """What may be connected to for this URL: an address that the settings name may lie anywhere."""
    if private is True:
        return True
    return [*named(url), *(private or [])] or False


def named(url: str) -> list[str]:
    """The networks that a URL of the settings names itself: its literal address, or loopback."""
    host = urlsplit(url).hostname or ""
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return ["127.0.0.0/8", "::1/128"] if is_loopback(host) else []
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return [str(mapped or ip)]
