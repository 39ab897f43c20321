from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Link, LinkRule, Severity, Verdict


class RenamedRepository(LinkRule):
    """A link leads to a repository by a name that it no longer has.

    The forge forwards the old name until somebody takes it for another repository. The fix is safe, as the forge itself
    says that both names are those of one repository.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > [Code](https://github.com/someone/paper-code#usage)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the repository is called lab/paper now
            """,
            fixed="""
            > [Code](https://github.com/lab/paper#usage)
            """,
            web=(
                Verdict(
                    "https://github.com/someone/paper-code#usage", "moved", "", 200, "https://github.com/lab/paper",
                    traits=("renamed",),
                ),
            ),
        ),
        Example(
            "[Code](https://github.com/Lab/Paper)",
            web=(Verdict("https://github.com/Lab/Paper", "ok", "", 200),),
        ),
    )  # fmt: skip

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        if "renamed" not in verdict.traits:
            return
        edit = self.readdressed(link, verdict, verdict.final_url)
        name = "/".join(verdict.final_url.split("/")[3:5])
        fix = Fix.by(edit, safe=True, title=f"replace by '{verdict.final_url}'")
        yield Finding(link.url.span(0, len(link.url.value)), f"the repository is called {name} now", fix)
