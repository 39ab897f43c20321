from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class UnregisteredDoi(LinkRule):
    """A DOI is not registered, so that its link leads to an error page of doi.org.

    Most often a character is missing at its end, or one too many was copied. The registry itself is asked, and no
    publisher.

    Silent where the registry does not answer.

    Wrong for a DOI that was assigned a few days ago and will be registered soon.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > [A paper](https://doi.org/10.1000/18)
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ the DOI is not registered
            """,
            web=(
                Verdict(
                    "https://doi.org/10.1000/18", "broken", "the DOI is not registered", 404, traits=("identifier",)
                ),
            ),
        ),
        Example("[A paper](https://doi.org/10.1000/182)", web=(Verdict("https://doi.org/10.1000/182", "ok", "", 200),)),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if verdict.verdict == "broken" and "identifier" in verdict.traits:
            yield Finding(link.url.span(0, len(link.url.value)), verdict.reason)
