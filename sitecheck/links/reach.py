"""Which addresses may be connected to: those of the public internet, unless the user allows more."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")
"""addresses of version 4 are written into its last 32 bits (RFC 6052)"""


class PrivateAddressError(OSError):
    """A connection that was not made, as it would have led into somebody's own network."""


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, however it is wrapped."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        ip = _wrapped(ip) or ip
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The address of version 4 that one of version 6 stands for."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
