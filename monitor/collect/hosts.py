"""Hosts that the settings name: which URLs are good, and which addresses may be connected to."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from yarl import URL

from ..http import Allow, redact

_LOCAL = ("127.0.0.0/8", "::1/128")


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
    networks = private if isinstance(private, list) else []
    host = URL(url).host or ""
    if host == "localhost":
        return [*networks, *_LOCAL]
    return [*networks, host] if is_address(host) else networks or False


def networks_of(value: bool | list[str]) -> bool | list[str]:
    """allow_private as it is; raises ValueError for what is no network."""
    for network in value if isinstance(value, list) else ():
        ip_network(network)
    return value


def is_address(host: str) -> bool:
    """Is it an address, not a name?"""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
