"""From an address as it is written to what is requested, as browsers read it (https://url.spec.whatwg.org)."""

from __future__ import annotations

import re
from socket import inet_aton, inet_ntoa
from typing import NamedTuple
from urllib.parse import quote

from yarl import URL

SCHEMES = ("http", "https")

KEPT = "!$%&'()*+,-./:;=?@[\\]^_|~{}`"
"""What is sent as it is. Servers tell `(` from `%28`, so nothing is encoded that need not be."""

PLAIN = re.compile(
    r"https?://(?:(?:[a-z0-9-]{1,30}\.){1,4}[a-z]{2,20}|(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2}))"
    r"(?::[1-5][0-9]{4}|:[1-9][0-9]{0,3})?(?:/(?!\.)[A-Za-z0-9._~%+,=&?@:;()!$*-]*)+"
)
"""Most addresses: they are sent as they are, and need not be taken apart."""

PARTS = re.compile(r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//(?P<host>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?")
NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
FORBIDDEN = re.compile(r"[\x00-\x20\"#%/<>?@\\^`{|}]")


class AddressError(ValueError):
    """An address that no browser can open. The text says why: lower case, no full stop."""


class Address(NamedTuple):
    """What is requested, and which place on it is meant."""

    url: URL
    key: str
    """equal where the same thing is requested"""
    host: str
    fragment: str = ""


def parsed(text: str) -> Address:
    """Read an absolute address of http or https; one without scheme (`//host`) is taken for https.

    Raises AddressError where it has no host that could exist.
    """
    if PLAIN.fullmatch(text):
        url = URL(text, encoded=True)
        return Address(url, text, url.raw_host or "")
    written, _, fragment = re.sub(r"[\t\n\r]", "", text.strip("\x00 \t\n\r\f")).partition("#")
    match = PARTS.match(written.replace("\\", "/"))
    if not match or (match["scheme"] or "https").lower() not in SCHEMES:
        raise AddressError("not an address of the web")
    scheme = (match["scheme"] or "https").lower()
    _, _, authority = match["host"].rpartition("@")  # a name and password are not sent: the link shows them to all
    host, port = _host(authority)
    path = _without_dots(match["path"]) or "/"
    try:
        url = URL.build(scheme=scheme, host=host, port=port)
        rest = quote(path + (match["query"] or ""), safe=KEPT, errors="replace")
        url = URL(f"{scheme}://{_authority(url)}{rest}", encoded=True)
    except (ValueError, UnicodeError) as error:
        raise AddressError(f"the host name {_shown(host)} is not possible") from error
    return Address(url, str(url), url.raw_host or "", fragment)


def joined(base: URL, location: str) -> Address:
    """The target of a redirect. Raises AddressError."""
    location = location.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", location):
        return parsed(location)
    if location.startswith(("//", "\\\\", "/\\")):
        return parsed(f"{base.scheme}:{location}")
    origin = f"{base.scheme}://{_authority(base)}"
    if location.startswith(("/", "\\")):
        return parsed(origin + location)
    if location.startswith("?"):
        return parsed(origin + base.raw_path + location)
    if not location or location.startswith("#"):
        return parsed(str(base) + location)
    return parsed(f"{origin}{base.raw_path.rpartition('/')[0]}/{location}")


def _authority(url: URL) -> str:
    host = url.raw_host or ""
    shown = f"[{host}]" if ":" in host else host
    return shown if url.is_default_port() else f"{shown}:{url.port}"


def _host(authority: str) -> tuple[str, int | None]:
    if authority.startswith("["):
        host, bracket, rest = authority[1:].partition("]")
        if not bracket:
            raise AddressError("a bracket of the host is not closed")
    else:
        host, colon, rest = authority.partition(":")
        rest = colon + rest
    host = host.rstrip(".")
    if not host:
        raise AddressError("there is no host in it")
    port = rest.removeprefix(":")
    if port and not (port.isascii() and port.isdigit()):
        raise AddressError(f"the port {_shown(port)} is no number")
    if port and (len(port) > 6 or not 0 < int(port) < 65536):
        raise AddressError(f"the port {_shown(port)} is not between 1 and 65535")
    if FORBIDDEN.search(host) or len(host) > 253 or not all(0 < len(label) < 64 for label in host.split(".")):
        raise AddressError(f"the host name {_shown(host)} is not possible")
    if ":" not in host and NUMBER.fullmatch(host.rpartition(".")[2]):
        host = _dotted(host)
    return host, int(port) if port else None


def _dotted(host: str) -> str:
    """An address of version 4 in its usual form: browsers take 127.1, 0x7f.1 and 2130706433 for 127.0.0.1."""
    try:
        return inet_ntoa(inet_aton(host))
    except OSError:
        raise AddressError(f"the address {_shown(host)} is not possible") from None


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 60 else f"{text[:60]}...")


def _without_dots(path: str) -> str:
    """The path with `.` and `..` taken out, as a browser does before it asks."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
