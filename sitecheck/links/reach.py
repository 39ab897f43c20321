"""Which addresses may be connected to: those of the public internet, unless the user allows more."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

LAST_BYTES = (12, 13, 14, 15)
EMBEDDING = (
    IPv6Network("::/96"),  # IPv4-compatible
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated
    IPv6Network("64:ff9b::/96"),  # NAT64
)
"""addresses of version 4 are written into the last 32 bits of these (RFC 4291, RFC 2765, RFC 6052)"""

LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
LOCAL_NAT64_BYTES = ((6, 7, 9, 10), (7, 9, 10, 11), (9, 10, 11, 12), LAST_BYTES)
"""where the address of version 4 may be, as each network divides this prefix in its own way (RFC 8215, RFC 6052)"""
NOWHERE = IPv4Network("0.0.0.0/8")


class PrivateAddressError(OSError):
    """A connection that was not made, as it would have led into somebody's own network."""


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, however it is wrapped."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _is_global(ip)
    wrapped = _wrapped(ip)
    return all(map(_is_global, wrapped)) if wrapped is not None else _is_global(ip) and not ip.is_site_local


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The addresses of version 4 that one of version 6 may lead to; None where it stands for itself."""
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip.teredo:
        return ip.teredo
    if any(ip in network for network in EMBEDDING):
        return (_picked(ip, LAST_BYTES),)
    if ip in LOCAL_NAT64:
        found = tuple(_picked(ip, places) for places in LOCAL_NAT64_BYTES)
        return tuple(each for each in found if each not in NOWHERE) or found
    return None


def _picked(ip: IPv6Address, places: tuple[int, ...]) -> IPv4Address:
    return IPv4Address(bytes(ip.packed[place] for place in places))
