from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class BrokenRepository(LinkRule):
    """A link leads to a repository that is not public, or to a file or branch that is gone from it.

    Forges do not say whether a repository is missing or private; a visitor sees neither.

    Wrong where the token that a forge was asked with may not see what everybody else may.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > [Code](https://github.com/someone/paper-code)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the repository does not exist, or is not public
            """,
            web=(
                Verdict(
                    "https://github.com/someone/paper-code", "broken",
                    "the repository does not exist, or is not public", 404, traits=("repository",),
                ),
            ),
        ),
        Example(
            "[Code](https://github.com/someone/paper-code)",
            web=(Verdict("https://github.com/someone/paper-code", "ok", "", 200, traits=("archived",)),),
        ),
    )  # fmt: skip

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if verdict.verdict == "broken" and "repository" in verdict.traits:
            yield Finding(link.url.span(0, len(link.url.value)), verdict.reason)
