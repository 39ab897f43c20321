from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class EmptyRepository(LinkRule):
    """A link leads to a repository without a single commit.

    "Code coming soon" was meant, and forgotten.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > [Code](https://github.com/someone/paper-code)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the repository is empty
            """,
            web=(Verdict("https://github.com/someone/paper-code", "ok", "", 200, traits=("empty",)),),
        ),
        Example(
            "[Code](https://github.com/someone/paper-code)",
            web=(Verdict("https://github.com/someone/paper-code", "ok", "", 200),),
        ),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if "empty" in verdict.traits:
            yield Finding(link.url.span(0, len(link.url.value)), "the repository is empty")
