from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class BrokenLink(LinkRule):
    """A link leads to nothing: its own host says so, or there is no such host.

    Its host answers 404 or 410, or redirects in a circle; its certificate is one that browsers refuse; its name does
    not exist. A fragment that is not on the page is a warning, as the visitor still sees the page.

    Silent where the host refuses machines, fails, or does not answer in time: those links are counted in the report,
    and `unreachable-link` finds what does not answer for days.

    Wrong where a host says 404 to machines only, without saying that it keeps them out; `accept` and `exclude` in the
    configuration name what to pass over.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > The [slides](https://x.example/slides.pdf) are online.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 404 from the host itself
            """,
            web=(Verdict("https://x.example/slides.pdf", "broken", "404 from the host itself", 404),),
        ),
        Example(
            """
            > See [the list](https://x.example/#papers).
                             ^^^^^^^^^^^^^^^^^^^^^^^^^ the page has no 'papers'
            """,
            web=(
                Verdict("https://x.example/#papers", "broken", "the page has no 'papers'", 200, traits=("fragment",)),
            ),
        ),
        Example(
            "My [profile](https://x.example/me) and [theirs](https://y.example/).",
            web=(
                Verdict("https://x.example/me", "blocked", "refuses machines: 403", 403),
                Verdict("https://y.example/", "transient", "no complete reply in time"),
            ),
        ),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if verdict.verdict == "broken" and not {"repository", "identifier"} & {*verdict.traits}:
            severity = Severity.WARNING if "fragment" in verdict.traits else None
            yield Finding(link.url.span(0, len(link.url.value)), verdict.reason, severity=severity)
