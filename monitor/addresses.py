"""Which addresses may be connected to: those of the public internet, and what the settings allow beside them."""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote

Allow = bool | Sequence[str]

_UNICAST = ip_network("2000::/3")
# Not for the public although is_global says so, and the ranges that carry another address inside.
_SPECIAL = [
    ip_network(network)
    for network in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
]


class Blocked(OSError):
    """A private address that is not allowed, or a URL that names no host. The text names neither."""

    def __init__(self, reason: str = "the address is not public") -> None:
        super().__init__(reason)
        self.reason = reason


def is_allowed(address: str, allow: Allow) -> bool:
    """May we connect to it? `allow`: True for anything, or the networks that may be private."""
    ip = _unmapped(address)
    if isinstance(allow, bool):
        return allow or _is_public(ip)
    return _is_public(ip) or any(ip in ip_network(network) for network in allow)


def _unmapped(address: str) -> IPv4Address | IPv6Address:
    ip = ip_address(address)
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if ip.version == 6 and ip not in _UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _SPECIAL)


def named(host: str) -> str | None:
    """The address that a URL's host stands for with nobody asked, localhost too; None for any other name.

    As clients read it: with its percents resolved, and wide or circled letters and dots taken as the plain ones.
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".").rstrip(".").casefold()
    return "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else literal(host)


def literal(host: str) -> str | None:
    """The address that a host is a notation of ("2130706433" and "0x7f.1" are some); None for a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None
