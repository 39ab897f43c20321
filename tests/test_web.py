"""Which links of a page are asked for."""

from __future__ import annotations

import pytest

from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source
from sitecheck.web import web_links


@pytest.mark.parametrize("path", ["refs.bib", "REFS.BIB"])
def test_what_programs_write_for_themselves_is_not_asked_for(path: str) -> None:
    text = "@article{a,\n url = {https://a.example/x},\n bdsk-url-1 = {https://b.example/y},\n __markedentry = {https://c.example},\n}\n"
    page = Page(Source(path, text.encode()), read)
    assert [link.url for link in web_links(page)] == ["https://a.example/x"]
