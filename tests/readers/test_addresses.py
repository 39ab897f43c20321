"""The cheap scan for addresses misses none that the readers find, on any page, in linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.readers.addresses import find_addresses
from sitecheck.source import Source
from tests.readers.test_corpus import CORPUS, files

BARE = re.compile(r"https?:|ftp:|mailto:|www\.", re.IGNORECASE)
"""How an address begins that is quickly found in the source itself."""


def missing(page: Page) -> list[str]:
    """The addresses of links, as they are written, that the scan did not give."""
    missed = []
    for link in page.links:
        url = link.url.written(0, len(link.url)).strip().replace("\n", "\r")
        is_data = link.key or page.path.endswith(".bib")
        by_scheme = link.kind == "autolink" or (is_data and BARE.match(link.url.value.strip()))
        if not by_scheme and (url or "\n\n") not in page.addresses:
            missed.append(url)
    return missed


URLS = st.sampled_from(
    """http://a.org/b https://a.org/b_(c) https://a.org/b_(c_(d)) a.pdf ../b/c.html #d /e?f=g&amp;h=i mailto:a@b.org
    //cdn.org/x.js https://a.org/b's {{site.url}}/a HTTPS://A.ORG a%20b.pdf https://a.org/%7B%7D www.a.org/b
    https://a.org/b\\_c https://a.org/{x} http:a http://http://a.org a*b*c ftp://a.org TODO""".split()  # noqa: SIM905
) | st.sampled_from(
    ["", " ", "a b.pdf", "{{ site.url }}/b", "{% link a.md %}", "{{ '/a' | relative_url }}", "{{ {y} }}/z"]
)
NEVER_CLOSED = st.sampled_from(["{{ x }", "{% x", "<% x"])
"""Left out of strings of YAML, where paragraphs end elsewhere."""
FORMS = st.sampled_from(
    [
        "[a]({})", "![a]({})", "[a](<{}>)", '[a]({} "b")', "[a]( {} )", "[a][b]\n\n[b]: {}\n", "[b]: <{}> 'c'\n",
        "<{}>", "{}", "({})", "**{}**", "*a {}*", "`{}`", "<a@b.org>", "<b>{}</b>", "[![a]({})](b.html)", "{}<br>",
        '<a href="{}">a</a>', "<a href='{}'>a</a>", "<a href={}>a</a>", "<A HREF = '{}' >a</A>", "<a href>a</a>",
        '<img src="{}" alt="b">', "<img src={}>", '<img srcset="{}, b.png 2x">',
        '<meta http-equiv="refresh" content="0; url={}">', '<div markdown="1">\n[a]({}) b\n</div>',
        '<object data="{}">', '<form action="{}">', '<video poster="{}" src>', "<a href=\n'{}'>b",
        '<a class="c" href="{}" data-x=y>a {} b</a>', "[a]({})[b]({})", "[{}]({})", '"{}"', "'{}'", "[a]({}){{:.b}}",
    ]
)  # fmt: skip


@st.composite
def mark_up(draw: st.DrawFn, urls: st.SearchStrategy[str] = URLS) -> str:
    parts = []
    for form in draw(st.lists(FORMS, min_size=1, max_size=5)):
        url = draw(urls)
        if form.startswith("[a][b]"):
            url = url.strip() or "c"  # a definition without an address takes what stands in the next line
        parts.append(form.replace("{{:.b}}", "\0").replace("{}", url).replace("\0", "{:.b}"))
    return draw(st.sampled_from([" ", "\n", "\n\n", "", " a "])).join(parts)


@settings(max_examples=1000)
@given(mark_up(URLS | NEVER_CLOSED), st.sampled_from([".md", ".html", ".mdx", ".rst", ".qmd"]))
def test_no_address_of_a_page_is_missed(text: str, suffix: str) -> None:
    assert missing(Page(Source(f"a{suffix}", text.encode()), read)) == []


@settings(max_examples=1000)
@given(st.lists(mark_up() | URLS, min_size=1, max_size=3), st.sampled_from(["'", '"', "|", ">", None]))
def test_no_address_of_data_is_missed(values: list[str], style: str | None) -> None:
    import yaml

    assume(not any("refresh" in value and "\\" in value for value in values))  # escapes in escapes, in a rare tag
    data = {f"url_{k}": value for k, value in enumerate(values)}
    text = yaml.dump({"links": [data], **data}, default_style=style)
    assert missing(Page(Source("a.yml", text.encode()), read)) == []
    assert missing(Page(Source("a.md", f"---\n{text}---\n\nText\n".encode()), read)) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real sites beside the repository")
def test_no_address_of_a_real_page_is_missed() -> None:
    pages = [Page(Source(path.as_posix(), path.read_bytes()), read) for path in files()]
    assert [(page.path, missed) for page in pages if (missed := missing(page))] == []


UNITS = [
    "](", "](](", "]({{", "]({", "](a ", "]((", "](\\(", "](<", "]: ", "]:", "]:{{", 'href="', "href='", "href=",
    "href={", "href ", 'href="{{', "href={{", 'href=\\"', "href=''", "src=a", "<a href=", "http:", "http://", "'http:",
    "(http:", "(http:(", "www.", "<a@", "<", "@", "http:\\", "mailto:", "HTTP:", "\u0130 href=", "\n", "{", "}", " ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["", "<", "](", "<a href="])
def test_hostile_repetition_is_scanned_in_linear_time(unit: str, before: str) -> None:
    def seconds(size: int) -> float:
        text = before + unit * (size // len(unit))
        started = time.process_time()
        find_addresses(text)
        return time.process_time() - started

    if seconds(64_000) > 0.1:
        ratio = min(seconds(64_000) for _ in range(4)) / min(seconds(16_000) for _ in range(4))
        assert ratio < 9
