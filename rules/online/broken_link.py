from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, LinkRule, Severity, Verdict


class BrokenLink(LinkRule):
    """A link leads to nothing: its own host says so, or there is no such host.

    Its host answers 404 or 410, or redirects in a circle; its certificate is one that browsers refuse; its name does
    not exist. A fragment that is not on the page is a warning, as the visitor still sees the page.

    Where a host answers made-up addresses in the same way as the linked one, the link is probably dead: an info.

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
            """
            > [Poster](https://x.example/2009/poster.pdf)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads where made-up addresses lead, too: to the host's own page
            """,
            web=(
                Verdict(
                    "https://x.example/2009/poster.pdf", "ok",
                    "leads where made-up addresses lead, too: to the host's own page", 200, traits=("soft-404",),
                ),
            ),
        ),
        Example(
            "My [profile](https://x.example/me) and [theirs](https://y.example/).",
            web=(
                Verdict("https://x.example/me", "blocked", "refuses machines: 403", 403),
                Verdict("https://y.example/", "transient", "no complete reply in time"),
            ),
        ),
    )  # fmt: skip

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        span = link.url.span(0, len(link.url.value))
        if "soft-404" in verdict.traits:
            yield Finding(span, verdict.reason, severity=Severity.INFO)
        elif verdict.verdict == "broken" and not {"repository", "identifier"} & {*verdict.traits}:
            yield Finding(span, verdict.reason, severity=Severity.WARNING if "fragment" in verdict.traits else None)
