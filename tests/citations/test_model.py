"""The statistical parser: references without cues, whatever else it is given, and how its time grows."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.citations.model import label, parse, runs, with_beginnings, words

REFERENCE = "Lin A, Moe B. Growth of kelp in cold water. Journal of Marine Biology 2014; 12(3): 45-67."


def test_the_parts_of_a_reference_without_markup() -> None:
    found = {name: REFERENCE[begin:end] for name, (begin, end) in parse(REFERENCE).items()}

    assert found["authors"] == "Lin A, Moe B."
    assert found["title"] == "Growth of kelp in cold water."
    assert found["venue"] == "Journal of Marine Biology"
    assert found["year"] == "2014;"


def test_each_word_has_one_label() -> None:
    assert label([]) == []
    assert len(label(words(REFERENCE))) == len(words(REFERENCE))
    assert not any(each.startswith("B-") for each in label(words(REFERENCE)))


def test_a_part_begins_where_the_label_changes() -> None:
    assert with_beginnings(["author", "author", "title"]) == ["B-author", "author", "B-title"]


def test_a_reference_has_one_title() -> None:
    reference = "Snoad, B., 1969. Neoplasm of the pods. In: C. Darlington, eds. Chromosomes today. Edinburgh: Oliver."

    labels = label(words(reference))

    assert [each.label for each in runs(labels)].count("title") == 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_text_its_parts_lie_in_it(text: str) -> None:
    for begin, end in parse(text).values():
        assert 0 <= begin < end <= len(text)


@pytest.mark.parametrize("unit", ["a", "1-", "A.", "A. ", "(", "“", "é", "2020 ", "pp. 1-", "@article{a, title={B}} "])
def test_time_grows_with_the_length(unit: str) -> None:
    times = []
    for size in (16_000, 64_000):
        text = unit * (size // len(unit))
        own = []
        for number in range(3):
            started = time.process_time()
            parse(f"{number}{text}")
            own.append(time.process_time() - started)
        times.append(min(own))

    assert times[1] < 0.05 or times[1] < 9 * times[0]


def test_the_model_is_read_only_when_a_reference_needs_it() -> None:
    code = "import sys, sitecheck.citations.model; print('pycrfsuite' in sys.modules, 'marisa_trie' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "False"]
