from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitecheck import Example, Finding, Severity
from sitecheck.suppress import EVERY_RULE, CommentRule, Unused


class UnusedSuppression(CommentRule):
    """A comment suppresses a rule that finds nothing there, or one that does not exist.

    What it was for has been mended, or it stands in the wrong place, or the name is misspelt. Left where it is, it
    would hide the next fault.

    A name is judged only where all that it means has run: with `--select`, or with rules ignored, a comment may be
    for one of the others. Preview rules count only where they are named. What a comment says of this rule itself is not
    judged, and a comment without names does not silence it.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > All is well here. <!-- sitecheck: ignore -->
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^ this comment suppresses nothing
            """
        ),
        Example(
            """
            > Dear Müller Lab <!-- sitecheck: ignore[mojibaek] quoted as received -->
                                                     ^^^^^^^^ no rule or group is called 'mojibaek'
            """
        ),
        Example("Write `<!-- sitecheck: ignore -->` at the end of the line."),
        Example(
            """
            <!-- sitecheck: ignore-file[unused-suppression] a program fills in the table -->
            | Müller | <!-- sitecheck: ignore -->
            """
        ),
    )

    def review(self, unused: Iterable[Unused]) -> Iterator[Finding]:
        for name, known, span in unused:
            if not known:
                yield Finding(
                    span, f"no rule or group is called '{name}'", severity=Severity.WARNING, help="see --list-rules"
                )
            elif name == EVERY_RULE:
                yield Finding(span, "this comment suppresses nothing", help="delete it")
            else:
                yield Finding(span, f"this suppresses no finding of '{name}'", help="delete it")
