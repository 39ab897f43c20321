"""What the command line, the configuration and the environment may say of how links are asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sitecheck.rule import UserError
from sitecheck.verdict import VERDICTS

if TYPE_CHECKING:
    from sitecheck.cli import Options
    from sitecheck.config import Config
    from sitecheck.links.settings import Settings

GITHUB = "https://github.com"
LARGEST, MOST = 1e9, 10_000
OF_A_SERVICE = re.compile("SITECHECK_([A-Z_]+)_URL")
"""variables of the environment"""


def settings_of(options: Options, config: Config, tokens: Mapping[str, str]) -> Settings:
    """What the configuration and the command line say of links; the command line goes before."""
    from sitecheck.links.settings import Settings

    said = dict(config.links)
    for name in ("timeout", "concurrency", "per_host", "host_interval", "retries", "accept"):
        value = getattr(options, name)
        if value is not None:
            said[name] = value
    exclude = (*said.pop("exclude", ()), *options.exclude_link)
    return Settings(
        exclude=exclude, remap=tuple(options.remap), allow_private=options.allow_private, max_time=options.max_time,
        services=_services(options), tokens=tokens, **said,
    )  # fmt: skip


def _services(options: Options) -> dict[str, str]:
    """Other addresses of forges and registries: from the environment, and the command line goes before."""
    found = {}
    for name, value in os.environ.items():
        if value and (match := OF_A_SERVICE.fullmatch(name)):
            try:
                service, url = named_address(f"{match[1].lower().replace('_', '-')}={value}")
            except ValueError as error:
                raise UserError(f"{name} in the environment: {error}") from None
            found[service] = url
    return {**found, **dict(options.service)}


def take_tokens() -> dict[str, str]:
    """Secrets, which come from the environment only, and are in it no longer: rules of the site's own are code.

    The token of a GitHub server of one's own is not for github.com.
    """
    names = ("GITHUB_TOKEN", "GH_TOKEN")
    token = next((value for name in names if (value := os.environ.get(name, "").strip())), "")
    for name in names:
        os.environ.pop(name, None)
    elsewhere = os.environ.get("GITHUB_SERVER_URL", GITHUB).rstrip("/") != GITHUB
    return {"github": token} if token and not elsewhere else {}


def number(text: str) -> float:
    """A number from 0. Like those below it raises ValueError, whose text says what is wanted."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < LARGEST:
        raise ValueError(f"a number from 0 is needed, not {text!r}")
    return value


def count(text: str) -> int:
    return _whole(text, 1)


def _whole(text: str, least: int) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= MOST:
        raise ValueError(f"a whole number from {least} to {MOST} is needed, not {text!r}")
    return int(text)


def retries(text: str) -> int:
    return _whole(text, 0)


def pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None


def remapped(text: str) -> tuple[re.Pattern[str], str, int]:
    """`REGEX=ADDRESS` or `REGEX=ADDRESS:PORT`."""
    regex, equals, address = text.rpartition("=")
    host, colon, port = address.rpartition(":")
    if not colon or address.endswith("]"):
        host, port = address, "0"
    if not equals or not regex or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"REGEX=ADDRESS or REGEX=ADDRESS:PORT is needed, not {text!r}")
    return pattern(regex), host.strip("[]"), int(port)


def named_address(text: str) -> tuple[str, str]:
    """`NAME=URL`, for a service that is known."""
    from sitecheck.links.settings import SERVICES

    name, equals, url = text.partition("=")
    if not name or not equals:
        raise ValueError(f"NAME=URL is needed, not {text!r}")
    if name not in SERVICES:
        raise ValueError(f"there is no service {name!r}; there are {', '.join(SERVICES)}")
    if not _is_address(url):
        raise ValueError(f"{name!r} needs an address such as {SERVICES[name]}, not {url!r}")
    return name, url.rstrip("/")


def _is_address(url: str) -> bool:
    """Whether paths can be added to it to ask for something."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = re.fullmatch(r"https?://[!-~]+", url) is not None and not set(url) & set("?#@")
    return plain and bool(parts.hostname) and port != 0


def statuses(text: str) -> frozenset[int]:
    """`403,429` or `400-499`."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not re.fullmatch("[1-9][0-9]{2}", first) or not re.fullmatch("[1-9][0-9]{2}|", last):
            raise ValueError(f"statuses such as 403,500-599 are needed, not {text!r}")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def verdicts(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not set(names) <= set(VERDICTS):
        raise ValueError(f"verdicts are needed ({', '.join(VERDICTS)}), not {text!r}")
    return names


def table(value: object) -> Mapping[str, object]:
    """What the table `[links]` of a configuration says, by the names that Settings has for it. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError("must be a table")
    said: dict[str, object] = {}
    for key, each in value.items():
        if key not in TABLE:
            raise ValueError(f"has the unknown key '{key}'; it may have {', '.join(TABLE)}")
        said[key.replace("-", "_")] = TABLE[key](each, key)
    return said


def _number(value: object, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < LARGEST:
        raise ValueError(f"needs a number from 0 for '{key}'")
    return float(value)


def _count(value: object, key: str) -> int:
    least = 0 if key == "retries" else 1
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise ValueError(f"needs a whole number from {least} to {MOST} for '{key}'")
    return value


def _patterns(value: object, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(text) for text in _texts(value, key))


def _texts(value: object, key: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"needs a list of strings for '{key}'")
    return value


def _statuses(value: object, key: str) -> frozenset[int]:
    if not isinstance(value, list) or not all(isinstance(each, int) and 100 <= each <= 999 for each in value):
        raise ValueError(f"needs a list of statuses for '{key}', such as [403]")
    return frozenset(value)


def _verdict_names(value: object, key: str) -> tuple[str, ...]:
    names = tuple(_texts(value, key))
    if not set(names) <= set(VERDICTS):
        raise ValueError(f"needs verdicts for '{key}': {', '.join(VERDICTS)}")
    return names


def _headers(value: object, key: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError(f"needs a table of hosts for '{key}'")
    found = []
    for host, headers in value.items():
        if not isinstance(headers, dict) or not all(_is_header(*each) for each in headers.items()):
            raise ValueError(f"needs a table of headers for '{host}' in '{key}'")
        found.append((host.lower(), tuple(headers.items())))
    return tuple(found)


def _is_header(name: object, value: object) -> bool:
    return (
        isinstance(name, str) and isinstance(value, str) and value.isprintable()
        and re.fullmatch(r"[A-Za-z0-9-]+", name) is not None and name.lower() not in ("host", "content-length")
    )  # fmt: skip


TABLE: Mapping[str, Callable[[object, str], object]] = {
    "exclude": _patterns,
    "accept": _statuses,
    "timeout": _number,
    "retries": _count,
    "concurrency": _count,
    "per-host": _count,
    "host-interval": _number,
    "max-age": _number,
    "fail-on-verdict": _verdict_names,
    "headers": _headers,
}
"""Every key of `[links]`, and what checks its value."""
