"""The maps hold on every page of real sites. Skipped where the pages are not at hand; nothing of them is kept here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from sitecheck.page import Page, Reading
from sitecheck.readers import SUFFIXES, read
from sitecheck.readers.yaml import _scalars, masked_for_libyaml, scalar_pieces
from sitecheck.source import Source
from sitecheck.text import PLACEHOLDER, Text

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real sites beside the repository")


def files() -> Iterator[Path]:
    for folder, _, names in os.walk(CORPUS):
        for name in names:
            if os.path.splitext(name)[1].lower() in SUFFIXES and name != ".tree.txt":
                yield Path(folder, name)


def unexplained(text: Text) -> Iterator[tuple[str, str]]:
    """The segments whose source does not decode to what is shown."""
    stops = (*text.at[1:], len(text.value))
    for at, stop, begin, end in zip(text.at, stops, text.begin, text.end, strict=True):
        shown = text.value[at:stop]
        source = text.root[begin:end]
        if shown == PLACEHOLDER and source:
            continue
        for layer in text.layers:
            source = layer.decode(source)
        written_so = shown == text.root[begin:end]
        behind_a_backslash = written_so and text.root[begin - 1] == "\\"  # it was an escape, and is spent
        break_in_a_fold = written_so and shown == "\n"
        if source != shown and not behind_a_backslash and not break_in_a_fold:
            yield shown, text.root[begin:end]


def test_every_segment_decodes_from_its_source() -> None:
    wrong: list[tuple[str, str, str]] = []
    count = 0
    for path in files():
        page = Page(Source(str(path), path.read_bytes()), read)
        labels = [link.label for link in page.links if link.label is not None]
        for text in (
            *page.texts(),
            *(link.url for link in page.links),
            *labels,
            *(anchor.text for anchor in page.anchors),
        ):
            count += len(text.at)
            wrong += ((path.name, *pair) for pair in unexplained(text))
    assert count > 100_000
    assert wrong == []


def test_blocks_do_not_overlap() -> None:
    for path in files():
        page = Page(Source(str(path), path.read_bytes()), read)
        ranges = sorted(
            (begin, end)
            for text in page.texts()
            for begin, end in zip(text.begin, text.end, strict=True)
            if text.value[text.at[text.begin.index(begin)]] != PLACEHOLDER  # an image's hides its alt text
        )
        for (_, end), (begin, _) in pairwise(ranges):
            assert end <= begin, (path, page.source.position(begin))


def test_every_scalar_of_yaml_has_a_fine_map() -> None:
    coarse = []
    for path in files():
        if path.suffix in (".yml", ".yaml"):
            text = Text.whole(path.read_bytes().decode("utf-8", "surrogateescape"))
            masked = masked_for_libyaml(text.value)
            for scalar in _scalars(masked, text, Reading()):
                pieces = scalar_pieces(text.value, masked, scalar)
                if len(pieces) == 1 and 1 < len(scalar.value) != pieces[0][2] - pieces[0][1]:
                    coarse.append((path.name, scalar.value[:60]))
    assert coarse == []
