"""The configuration files of generators. What cannot be read says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitecheck.site import Site


def settings(site: Site, path: str) -> dict[str, Any]:
    """The keys of one file, in lower case, as Hugo reads them; {} where it cannot be read."""
    text = site.text(path)
    try:
        found = _parsed(path, text)
    except Exception:  # whatever a parser raises, that is `invalid-front-matter`'s to say
        return {}
    return lowered(found) if isinstance(found, dict) else {}


def lowered(value: Any) -> Any:
    """With the keys of all mappings in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): lowered(each) for key, each in value.items()}
    return value


def _parsed(path: str, text: str) -> Any:
    if path.endswith(".toml"):
        import tomllib

        return tomllib.loads(text)
    if path.endswith(".json"):
        import json

        return json.loads(text)
    import yaml

    class Loader(yaml.CSafeLoader):
        """Reads `!!python/name:...`, as MkDocs has it, as nothing."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    loader = Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def strings(value: Any) -> Iterator[str]:
    """A setting that is a string, or a list of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (str(each) for each in value if isinstance(each, str | int))


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""
