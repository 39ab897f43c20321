from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Related, Site, SiteRule, shared_over_files

if TYPE_CHECKING:
    from sitecheck import SharedInFiles

NAMES = {"doi": "DOI", "arxiv": "arXiv number", "pdf": "PDF"}


class SharedCollectionIdentifier(SiteRule):
    """Two papers of one collection, each in a file of its own, have the same DOI, arXiv number or PDF.

    The file of one was copied for the other, and what names the paper was left. `shared-identifier` looks for the same
    in lists on one page.

    Silent where three or more papers have it (it is their volume's), and where the titles are alike.

    Wrong where a volume with one DOI has two papers of the collection.
    """

    preview = True
    needs = frozenset(("citations",))
    examples = (
        Example(
            """
            > ---
            > title: Tides of the Wadden Sea
            > authors: [C. Roe]
            > publication: Journal of Marine Science
            > date: 2021-05-01
            > doi: 10.1000/kelp
                   ^^^^^^^^^^^^ another paper of this collection has this DOI, too
            > ---
            """,
            path="content/publication/tides/index.md",
            others=(
                (
                    "content/publication/kelp/index.md",
                    "---\ntitle: Growth of kelp\nauthors: [A. Lin]\npublication: Journal of Marine Science\n"
                    "date: 2020-05-01\ndoi: 10.1000/kelp\n---\n",
                ),
            ),
        ),
        Example(
            "---\ntitle: Tides of the Wadden Sea\nauthors: [C. Roe]\npublication: Journal of Marine Science\n"
            "date: 2021-05-01\ndoi: 10.1000/tides\n---\n",
            path="content/publication/tides/index.md",
            others=(
                (
                    "content/publication/kelp/index.md",
                    "---\ntitle: Growth of kelp\nauthors: [A. Lin]\npublication: Journal of Marine Science\n"
                    "date: 2020-05-01\ndoi: 10.1000/kelp\n---\n",
                ),
            ),
        ),
    )

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        if not site.facts(path).citations:
            return
        for shared in shared_over_files(path, site):
            yield _finding(shared)


def _finding(shared: SharedInFiles) -> Finding:
    return Finding(
        shared.place,
        f"another paper of this collection has this {NAMES[shared.scheme]}, too",
        related=(Related(shared.other, "here", shared.other_path),),
        help="find out which of the two it belongs to",
    )
