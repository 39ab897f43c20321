"""What the speller says of words, wherever they stand, and of words where they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.page import Page
from sitecheck.patterns import read_patterns
from sitecheck.readers import read
from sitecheck.source import Source
from sitecheck.spelling.data import codespell_file, data_file
from sitecheck.spelling.lexicon import COMMON, NAME, UNKNOWN, entry, neighbours
from sitecheck.spelling.misspellings import LIST, corrections
from sitecheck.spelling.prose import spelling
from sitecheck.spelling.speller import doubt
from sitecheck.spelling.wordlists import NOUNS


def suspected(text: str, path: str = "page.md") -> dict[str, str]:
    """The suspected words of a page, each with the best guess."""
    page = Page(Source(path, text.encode()), read)
    return {suspect.word: suspect.guesses[0] for suspect in spelling(page).suspects}


def test_the_lexicon_knows_words_names_and_how_frequent_they_are() -> None:
    assert entry("house").kind & COMMON
    assert entry("colour").kind & COMMON
    assert entry("color").kind & COMMON
    assert entry("samantha").kind == NAME
    assert entry("house").english > entry("household").english > entry("householder").english > 0
    assert entry("maison").foreign > 5 > entry("maison").english
    assert entry("qwxzzk") == UNKNOWN


@given(st.sampled_from(["technique", "laboratory", "of", "spectral", "received"]), st.data())
def test_every_frequent_word_is_found_from_one_slip_away(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    )
    slipped = data.draw(st.sampled_from(slips))
    assert (word in neighbours(slipped)) == (len(word) >= 4)


def test_every_entry_of_codespells_list_is_found() -> None:
    with open(codespell_file(LIST), encoding="utf-8") as lines:
        entries = dict(line.rstrip("\n").split("->", 1) for line in lines)
    lost = [word for word in entries if word == word.lower() and not corrections(word)]
    assert len(entries) > 50_000
    assert lost == []
    assert corrections("recieve") == ("receive",)
    assert corrections("house") == corrections("") == corrections("zzzzzz") == ()


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("techiques", "techniques"),
        ("sutdent", "student"),
        ("dimensioanality", "dimensionality"),
        ("thattheir", "that their"),
        ("Deparment", "department"),
        ("Wednsday", "Wednesday"),
        ("sugessted", "suggested"),
    ],
)
def test_misspellings_and_what_was_meant(word: str, guess: str) -> None:
    found = doubt(word)
    assert found is not None
    assert found.guesses[0] == guess
    assert found.sure


@pytest.mark.parametrize(
    "word",
    [
        "organise",
        "organize",
        "modelling",
        "modeling",
        "unbatched",
        "hoverable",
        "convnets",
        "Soeller",
        "Rivest",
        "Helly",
    ],
)
def test_words_terms_and_names_that_nothing_is_said_against(word: str) -> None:
    assert doubt(word) is None


@pytest.mark.parametrize(
    "text",
    [
        "See `techiques` or $techiques$ or [here](https://x.test/techiques).",
        "Read src/techiques/all.py, techiques.html, @techiques, techiques_new, techiques2 and my.techiques.",
        "Nous avons étudié plusieurs techiques dans cette région, et nous les avons comparées.",
        "by Amanda Sutdenter and J. Algorithmus",
        "Lorem ipsum dolor sit amet, nascetur ridiculus mus.",
        "We use [fieldnotes](https://x.test/fieldnotes), and fieldnotes is fast.",
        "The archaeon Haloferax volcanii, and M. mazei.",
    ],
)
def test_where_words_are_left_alone(text: str) -> None:
    assert suspected(text) == {}


def test_the_rest_of_a_word_behind_an_accent_of_tex_is_no_word() -> None:
    entry = "@article{a, title = {R\\'eformes of the techiques}, year = 2020}"
    assert suspected(entry, "page.bib") == {"techiques": "techniques"}


def test_fields_for_names_hold_no_prose_and_tell_names() -> None:
    page = Page(Source("a.md", b"---\nauthors: Jo Cheemistry\n---\nAsk Cheemistry about it.\n"), read)
    found = spelling(page)
    assert [(use.word, use.named) for use in found.uses] == [("cheemistry", True)]


def test_genitives_and_capitals_keep_their_form() -> None:
    assert suspected("The Deparment's head praised the goverment's plan.") == {
        "Deparment": "Department",
        "goverment": "government",
    }


@pytest.mark.parametrize("piece", ["a", "ab-", "A", "Ab ", "a.", "/", "é", "'a", "techiques ", "Techiques and ", "a- "])
def test_time_grows_no_faster_than_the_page(piece: str) -> None:
    def seconds(size: int) -> float:
        page = Page(Source("a.txt", (piece * (size // len(piece))).encode()), read)
        assert page.blocks
        spelling(page)  # what is looked up once in the life of a process is not what is measured
        started = time.process_time()
        spelling(page)
        return time.process_time() - started

    quarter = min(seconds(16_000) for _ in range(3))
    assert min(seconds(64_000) for _ in range(3)) < 12 * quarter + 0.01


def test_nouns_without_a_plural_are_left_to_the_rule_that_says_why() -> None:
    patterns = read_patterns(data_file("uncountable-noun.toml"))["uncountable-noun"]
    told = {pattern.match for pattern in patterns if pattern.match.isalpha()}
    assert told == NOUNS - {"researches"}
    assert [noun for noun in NOUNS if doubt(noun)] == []
