from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Related, Severity, Text


class DuplicateKey(PageRule):
    """Two entries of a BibTeX file have the same key.

    One of the two is lost, and which one depends on the program. BibTeX itself does not tell `Smith20` from `smith20`.

    Wrong where the program that reads the file does tell keys by their case, or never shows the two entries together.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > @article{lin20, title = {Growth of kelp}}
            > @article{Lin20, title = {On tides}}
                       ^^^^^ the key 'Lin20' is taken already
            """,
            path="a.bib",
        ),
        Example("@article{lin20, title = {Growth of kelp}}\n@article{lin21, title = {On tides}}", path="a.bib"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not page.is_bibtex:
            return
        seen: dict[str, Text] = {}
        for record in page.records:
            if record.key is None or not record.key.value or record.kind in ("@comment", "@string", "@preamble"):
                continue
            key = record.key
            first = seen.setdefault(key.value.casefold(), key)
            if first is not key:
                yield Finding(
                    key.span(0, len(key)),
                    f"the key '{key.value}' is taken already",
                    related=(Related(first.span(0, len(first)), "by this entry"),),
                    help="remove the entry, or give it a key of its own",
                )
