from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Severity, Site, SiteRule, Span

FOLLOWED = frozenset(("link", "image", "definition", "href", "src", "srcset", "poster", "data", "refresh"))
"""The links of mark-up, which a browser follows or loads."""
UNSURE = re.compile(r"[\r\\]")
"""In what may be a longer string than an address, or written with escapes"""
LONGEST = 1000
"""characters of an address that is judged"""


class BrokenRelativeLink(SiteRule):
    """A link leads to a file or page that the site does not have.

    The visitor gets "not found", or a picture that does not load. Files are renamed and pages move; a file's name on
    the web also has upper and lower case, which Windows and macOS forgive and a server does not. Where a link leads is
    seen as a visitor sees it: from the published address of the page, as Hugo, Jekyll, Quarto, MkDocs, Sphinx, Pelican
    or plain HTML give it one, and from the file itself where a forge such as GitHub shows it.

    Silent where something else than the repository may have the file: a theme, a template, a plugin, a submodule, what
    git ignores, another repository of the same owner published beside the site. Wrong where a step of the build that is
    not known here makes the file.
    """

    severity = Severity.ERROR
    needs = frozenset(("addresses", "front"))
    examples = (
        Example(
            """
            > <a href="papers/2023-seeds.pdf">PDF</a> and <a href="papers/2021.pdf">PDF</a>
                                                                   ^^^^^^^^^^^^^^^ no file 'papers/2021.pdf' in the site
            """,
            path="index.html",
            others=(("papers/2023-seeds.pdf", ""),),
        ),
        Example(
            """
            > ---
            > permalink: /research/
            > ---
            > ![Peat](peat.png)
                      ^^^^^^^^ no file 'research/peat.png' in the site
            """,
            path="_pages/research.md",
            others=(("_config.yml", "baseurl: ''\ninclude: [_pages]\n"), ("_pages/peat.png", "")),
        ),
        Example(
            """
            > [CV](Files/cv.pdf)
                   ^^^^^^^^^^^^ no file 'Files/cv.pdf' in the site, only 'files/cv.pdf'
            """,
            path="README.md",
            others=(("files/cv.pdf", ""),),
        ),
        Example(
            "[talk](../peat/) and [notes](notes.pdf?v=2#page=3)",
            path="content/post/seeds/index.md",
            others=(("hugo.toml", "baseURL = 'https://example.org/'"), ("content/post/seeds/notes.pdf", ""),
                    ("content/post/Peat.md", "")),
        ),
        Example('<a href="{{ site.baseurl }}{{ page.pdf }}">PDF</a>', path="index.html"),
    )  # fmt: skip

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        addresses = site.facts(path).addresses
        if not addresses or path.lower().endswith(".bib"):  # what an entry leads to is for a template to say
            return
        generator = site.generator
        if not any(UNSURE.search(each) or generator.resolve(path, each).is_missing for each in addresses):
            return
        for link in site.links(path):
            if link.kind not in FOLLOWED or len(link.address) > LONGEST:
                continue
            resolution = generator.resolve(path, link.address)
            if resolution.is_missing:
                nearest = generator.nearest(resolution.wanted)
                yield self._finding(Span(link.start, link.end), resolution.wanted, nearest)

    def _finding(self, span: Span, wanted: str, nearest: str) -> Finding:
        kind = "file" if "." in wanted.rpartition("/")[2] else "page"
        message = f"no {kind} '{wanted}' in the site"
        if nearest.lower().endswith(wanted.lower()):
            return Finding(span, f"{message}, only '{nearest}'")
        return Finding(span, message, help=f"there is '{nearest}'" if nearest else "")
