from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Severity


class InvalidFrontMatter(PageRule):
    """Front matter or a data file does not parse, or has a key twice.

    The site's generator stops, drops the page, or takes one of the two values without a word. The place is where the
    parser gave up; the cause often stands a line above it.

    Silent where a template stands in the data. Wrong where a generator reads the file with a parser of its own.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > ---
            > title: A page
            > tags: [a, b
            > author: me
                    ^ this is not valid YAML: while parsing a flow sequence did not find expected ',' or ']'
            > ---
            """
        ),
        Example(
            """
            > orcid: 1
            > orcid: 2
              ^^^^^ the key 'orcid' stands twice in this mapping
            """,
            path="people.yml",
        ),
        Example("---\ntitle: A page\n---\n\nText.\n"),
        Example("---\n\nA thematic break, and then text: no front matter.\n"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        for problem in page.problems:
            yield Finding(problem.span, problem.message)
