from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sitecheck import Example, Finding, Fix, Link, LinkRule, Severity, Verdict

PERSISTENT = re.compile(
    r"(?:.*\.)?(?:doi\.org|purl\.(?:org|oclc\.org|com|net)|w3id\.org|handle\.net|n2t\.net|orcid\.org)"
)
"""hosts whose addresses are made to redirect for ever"""


class RedirectedLink(LinkRule):
    """A link leads to an address that has moved for good, and the old one forwards to the new one.

    One day the old address will be gone. The fix is safe where only `http` becomes `https`: host and path stay.

    Silent where one redirect on the way is not permanent, and for persistent identifiers (DOI, PURL, w3id.org), which
    are made to redirect.

    Wrong where a host calls a redirect permanent that is not, such as one to the language of the visitor.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > [Our lab](http://x.example/lab/#people)
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has moved to https://x.example/lab/
            """,
            fixed="""
            > [Our lab](https://x.example/lab/#people)
            """,
            web=(Verdict("http://x.example/lab/#people", "moved", "", 200, "https://x.example/lab/"),),
        ),
        Example(
            """
            > [The lab](http://old.example/)
                        ^^^^^^^^^^^^^^^^^^^ has moved to https://new.example/our_lab
            """,
            fixed="""
            > [The lab](https://new.example/our_lab)
            """,
            web=(Verdict("http://old.example/", "moved", "", 200, "https://new.example/our_lab"),),
        ),
        Example(
            "[A paper](https://doi.org/10.1000/182)",
            web=(Verdict("https://doi.org/10.1000/182", "moved", "", 200, "https://x.example/182"),),
        ),
    )

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        host = urlsplit(verdict.url).hostname or ""
        if verdict.verdict != "moved" or {"renamed", "soft-404"} & {*verdict.traits} or PERSISTENT.fullmatch(host):
            return
        url = link.url
        target = verdict.final_url
        downgraded = verdict.url.lower().startswith("https:") and target.startswith("http:")
        edit = None if downgraded else self.readdressed(link, verdict, target)
        safe = _only_secured(verdict.url, target)
        fix = Fix.by(edit, safe=safe, title=f"replace by '{target}'")
        yield Finding(url.span(0, len(url.value)), f"has moved to {verdict.final_url}", fix)


def _only_secured(old: str, new: str) -> bool:
    """Whether `http` became `https`, and nothing else."""
    before, after = urlsplit(old), urlsplit(new)
    secured = before._replace(scheme="https", path=before.path or "/", fragment="")
    return before.scheme == "http" and secured == after
