"""Where the files that come with the program and with codespell are."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec


def data_file(name: str) -> str:
    """The path of a file in rules/data."""
    return os.path.join(next(iter(import_module("sitecheck.rules").__path__)), "data", name)


def codespell_file(name: str) -> str:
    """The path of one of codespell's lists. Only the list is read; none of its code is run."""
    spec = find_spec("codespell_lib")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError("codespell is not installed, and its list of misspellings is needed")
    return os.path.join(next(iter(folders)), "data", name)
