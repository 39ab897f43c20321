from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class UnreachableLink(LinkRule):
    """A link got no good answer in three runs over at least three days.

    A host that fails once may be mended tomorrow, so a single failure is only counted in the report. The runs are told
    by the store (`--store`), which has to be kept between them.

    Wrong where the network that the runs come from is kept out by the host, and answers nobody there.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > [Demo](https://demo.x.example/)
                     ^^^^^^^^^^^^^^^^^^^^^^^ no good answer for days: the connection is refused
            """,
            web=(
                Verdict("https://demo.x.example/", "transient", "the connection is refused", traits=("unreachable",)),
            ),
        ),
        Example(
            "[Demo](https://demo.x.example/)",
            web=(Verdict("https://demo.x.example/", "transient", "the connection is refused"),),
        ),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if "unreachable" in verdict.traits:
            yield Finding(link.url.span(0, len(link.url.value)), f"no good answer for days: {verdict.reason}")
