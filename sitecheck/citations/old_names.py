"""Names that venues have given up, in citations of what was published later."""

from __future__ import annotations

import re
from functools import lru_cache

from sitecheck.citations.citation import Citation
from sitecheck.citations.venue_table import old_venue_names
from sitecheck.late import late

YEAR = late(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")


@lru_cache(maxsize=1)
def old_name_pattern() -> re.Pattern[str]:
    """Finds the acronyms that were given up."""
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, old_venue_names()))})(?![\w*/-])")


def given_up_name(citation: Citation) -> re.Match[str] | None:
    """Where in its venue a citation has a name that the venue no longer had in that year."""
    match = old_name_pattern().search(citation.venue.value) if citation.venue else None
    if match is None:
        return None
    written = re.sub(r"\D", "", citation.year.value) if citation.year else ""
    years = [int(year) for year in YEAR.findall(citation.text.value)]
    if len(written) == 2:
        years.append(2000 + int(written))
    return match if years and min(years) >= old_venue_names()[match[0]].until else None
