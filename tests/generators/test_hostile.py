"""What reads pages for links into the site takes time that grows with the text and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sitecheck.generators import anchors, front, slugs
from sitecheck.generators.address import within_site
from sitecheck.generators.generator import GENERATED
from sitecheck.generators.hugo import lowered
from sitecheck.generators.jekyll import LISTS, Jekyll
from sitecheck.generators.repository import FORGE_PAGES, FORGE_ROUTE
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.site import Contents, Site
from sitecheck.source import Source

SIZE = 64_000
PARTS = [
    "# a\n", "# [a](", "# ![", "<h1>", "<h1 ", "a\n---\n", "# *_`", "#", " " * 19 + "#", "> ", "a", "/", "../", ".",
    "id=", 'id="', "<div ", "{#", "{: #a", "{%", "{{<", "{{ site.url }}", "<script>", "<<a", ".. _", "(a", "%", "%41",
    "-", "'", "\n- a", ": ", "README.", "sitemap", "page", "~", "é", "\U0001f600", "\u0301", "https", "x-", "a.b",
    "{{ 'a' | relative_url | a",
]  # fmt: skip


def of_page(work: Callable[[Page], object]) -> Callable[[str], object]:
    return lambda text: work(Page(Source("page.md", text.encode()), read))


def with_front_matter(text: str) -> object:
    page = Page(Source("page.md", f"---\npermalink: {text}\n---\n".encode()), read)
    return front.publishing_keys(page)


JEKYLL = Jekyll(Site("", Contents({"_config.yml": b""}, frozenset())))
READERS: dict[str, Callable[[str], object]] = {
    "slugs": lambda text: slugs.of(text, (slugs.github, slugs.kramdown)),
    "anchors": anchors.written,
    "built": lambda text: anchors.are_built(text, JEKYLL.site),
    "front matter": with_front_matter,
    "header": of_page(front.publishing_keys),
    "address": within_site,
    "liquid": JEKYLL.expanded,
    "lowered": lowered,
    "names": lambda text: [each.fullmatch(text) for each in (GENERATED, FORGE_PAGES, FORGE_ROUTE, LISTS)],
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("reader", READERS)
def test_repetition_costs_no_more_than_its_length(reader: str, part: str) -> None:
    def seconds(size: int) -> float:
        text = (part * size)[:size]
        times = []
        for _ in range(3):
            start = time.process_time()
            READERS[reader](text)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(SIZE) < 10 * seconds(SIZE // 4) + 0.02
