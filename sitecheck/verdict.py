"""What asking for a link has shown."""

from __future__ import annotations

from typing import NamedTuple

OK, MOVED, BROKEN, BLOCKED, TRANSIENT, SKIPPED = VERDICTS = ("ok", "moved", "broken", "blocked", "transient", "skipped")
"""In this order: it is there; it is there, behind permanent redirects; its own host says that it is gone; the host
refuses machines; nobody knows today; it was not asked for."""

FRAGMENT = "fragment"
"""the page is there, and the place on it is not"""
REPOSITORY = "repository"
"""broken: the repository is not public, or has no such path"""
EMPTY, ARCHIVED, RENAMED = "empty", "archived", "renamed"
"""what else there is to say of a repository"""
IDENTIFIER = "identifier"
"""broken: a DOI that is not registered"""
SOFT = "soft-404"
"""the host answers made-up addresses in the same way"""
UNREACHABLE = "unreachable"
"""transient now, and so it was in earlier runs"""


class Verdict(NamedTuple):
    """One link, as it is written, and what became of it."""

    url: str
    verdict: str
    """one of `VERDICTS`"""
    reason: str = ""
    """for a person: lower case, no full stop"""
    status: int = 0
    """of the last reply; 0 where there was none"""
    final_url: str = ""
    """where redirects ended; empty where they did not, or there were none"""
    seconds: float = 0.0
    """from the first request to the last reply, without the time spent in a queue"""
    traits: tuple[str, ...] = ()
    """what rules need to know beyond the verdict: the constants of this module"""

    @property
    def is_telling(self) -> bool:
        """Whether a rule may have something to say of it."""
        return bool(self.traits) or self.verdict in (BROKEN, MOVED)


class Answer(NamedTuple):
    """A verdict that is not yet of a link: several links may differ in their fragments only."""

    verdict: str
    reason: str = ""
    status: int = 0
    final_url: str = ""
    traits: tuple[str, ...] = ()
    again: bool = False
    """whether asking once more may give another answer"""

    def of(self, url: str, seconds: float = 0.0) -> Verdict:
        return Verdict(url, self.verdict, self.reason, self.status, self.final_url, seconds, self.traits)
