from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class ArchivedRepository(LinkRule):
    """A link leads to a repository that its owner has archived.

    That may be just right for the code of an old paper. It is not where the code is said to be maintained.

    Silent where GitHub is asked without a token (`GITHUB_TOKEN`), as it does not tell then.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > [Code](https://github.com/someone/paper-code)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the repository is archived
            """,
            web=(Verdict("https://github.com/someone/paper-code", "ok", "", 200, traits=("archived",)),),
        ),
        Example(
            "[Code](https://github.com/someone/paper-code)",
            web=(Verdict("https://github.com/someone/paper-code", "ok", "", 200),),
        ),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if "archived" in verdict.traits:
            yield Finding(link.url.span(0, len(link.url.value)), "the repository is archived")
