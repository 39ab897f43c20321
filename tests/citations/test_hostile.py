"""Lists that were made to be slow: citations are looked for in linear time, and whatever is there, nothing raises."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.citations.bare_venue import name_alone
from sitecheck.citations.cues import parse
from sitecheck.citations.identifiers import of_text, of_url
from sitecheck.citations.marks import Mark
from sitecheck.citations.names import bibtex_people, name_share, people
from sitecheck.citations.venues import is_venue, written
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source

UNITS = [
    " (with ",
    ", Phys. Rev. ",
    ", in: ",
    "'A",
    " 2 (2013): ",
    "2013;12(",
    "A. Lin, ",
    "A.",
    "Lin, A., ",
    "and ",
    "et al. ",
    "Aa ",
    "Aa-",
    "Aa Bb, ",
    '"',
    "“",
    "''",
    "(2020)",
    "(2020). ",
    "2020 ",
    "2020-",
    "12(3)",
    "12:",
    "pp. 1-",
    "1-",
    "vol. ",
    "no. ",
    "In ",
    "Proceedings of the ",
    "21st ",
    "(ABC ",
    "[ABC ",
    "ABC'",
    "arXiv:",
    "10.1000/",
    "2001.01234 ",
    "a, ",
    "; ",
    ", IEEE International Conference on ",
    ", ABC 2020",
    "Findings of ABC: ",
    "A. Lin (Eds.), ",
    "2020 Aa Workshop ",
    "of the\n",
    ". ",
    "? ",
    ": ",
    "- ",
    "\n",
    "\n\n",
    "\ufffc",
    "twenty-",
    "Int. J. ",
    "@",
    "{",
    "\\'e",
    "'",
    "de ",
    "ÀB ",
    "[1] 2020\n",
    "1. 2020\n",
    "x 2020\n",
    "/a b",
    "/a/ ",
    "*a ",
    "`a <",
    "[[a][b",
    "“abcdefgh\n",
    "[1] ",
    "References\n\n",
]
SIZE = 4_000


def work(text: str) -> None:
    """All that looks at a citation's text, without the bound on its length."""
    half = len(text) // 2
    parse(text, [Mark("em", 0, half), Mark("link", half, len(text)), Mark("quote", half, len(text))])
    parse(text, [])
    people(text)
    bibtex_people(text)
    name_share(text)
    is_venue(text)
    name_alone(text)
    written(text)
    list(of_text(text))
    list(of_url(text))


def seconds(text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def test_repetition_is_parsed_in_linear_time() -> None:
    slow = []
    for unit in UNITS:
        small, large = (unit * (size // len(unit)) for size in (SIZE, 4 * SIZE))
        if seconds(large) < 0.1:
            continue
        long, short = (min(seconds(text) for _ in range(3)) for text in (large, small))
        if long > 9 * short:
            slow.append((unit, round(long, 2), round(long / short, 1)))

    assert slow == []


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.yml", "a.bib", "a.org", "a.rst", "posts/a.md"])
def test_a_page_of_repetition_is_searched_in_linear_time(path: str) -> None:
    slow = []
    for unit in [*UNITS, '- A. Lin. "Kelp in water." ECCV, 2020.\n', "<li>A 2020", "<br>A. Lin 2020"]:
        times = []
        for size in (SIZE, 4 * SIZE):
            page = Page(Source(path, ("2020\n" + unit * (size // len(unit))).encode()), read)
            _ = page.blocks
            started = time.process_time()
            _ = page.citations
            times.append(time.process_time() - started)
        if times[1] > 0.5 and times[1] > 9 * times[0]:
            slow.append((unit, times))

    assert slow == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(UNITS), st.text(max_size=4)), max_size=40).map("".join))
def test_nothing_raises_and_parts_lie_in_the_text(text: str) -> None:
    work(text)
    for start, stop in parse(text, []).fields.values():
        assert 0 <= start <= stop <= len(text)
