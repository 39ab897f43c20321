"""What the place that a report goes to can show: how many columns, and whether colours."""

from __future__ import annotations

import os
from typing import TextIO

PIPED_WIDTH = 100
"""columns of a report that no terminal shows, unless COLUMNS says otherwise"""

NARROWEST = 20
"""columns that every report is given, however few the terminal has"""


def colored(wish: str, out: TextIO) -> bool:
    """Whether to use colours there. NO_COLOR and FORCE_COLOR count when they are set and not empty; NO_COLOR wins."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (out.isatty() and os.environ.get("TERM") != "dumb")


def width_of(out: TextIO) -> int:
    """In columns: of the terminal, or as COLUMNS says."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) <= len("9999"):
        return max(int(columns), NARROWEST)
    try:
        return max(os.get_terminal_size(out.fileno()).columns or PIPED_WIDTH, NARROWEST)
    except (OSError, ValueError):  # no terminal
        return PIPED_WIDTH
