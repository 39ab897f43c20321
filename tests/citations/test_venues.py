"""Which venue a name means, however it is written."""

from __future__ import annotations

import pytest

from sitecheck.citations.venues import abbreviates, is_official, is_venue, kind_of, table, written

ECCV = "European Conference on Computer Vision"


@pytest.mark.parametrize(
    "name",
    [
        "ECCV",
        "ECCV 2020",
        "ECCV'20",
        "ECCV2020",
        "Proc. ECCV",
        ECCV,
        f"{ECCV} (ECCV)",
        f"Proceedings of the 16th {ECCV}",
        f"In Proceedings of the {ECCV} (ECCV), 2020",
        "European conference on computer vision",
        "Eur. Conf. Comput. Vis.",
    ],
)
def test_one_venue_in_many_forms(name: str) -> None:
    assert written(name).venue == table().acronyms["eccv"]


@pytest.mark.parametrize(
    "name", ["ECCV Workshop", f"{ECCV} Workshops", f"Kelp workshop at {ECCV}", f"Findings of {ECCV}"]
)
def test_what_is_held_with_it_is_another_venue(name: str) -> None:
    assert written(name).key != written("ECCV").key


def test_the_acronym_stands_for_its_name_only_where_the_name_agrees() -> None:
    assert written("Marine Mammals (MM)").venue is None


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("IEEE Signal Process. Lett.", "IEEE Signal Processing Letters"),
        ("J. Tides", "Journal of Tides"),
        ("Ann. Phys.", "Annalen der Physik"),
        ("Int. J. Comput. Vis.", "International Journal of Computer Vision"),
    ],
)
def test_abbreviations(short: str, long: str) -> None:
    assert abbreviates(short, long)
    assert abbreviates(long, short)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AAAI Conference on Artificial Intelligence", "Australasian Conference on Artificial Intelligence"),
        ("Journal of Tides", "Journal of Time"),
        ("Semantic Challenge", "Semantic Challenges"),
    ],
)
def test_no_abbreviations(one: str, other: str) -> None:
    assert not abbreviates(one, other)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("arXiv preprint arXiv:2001.01234", "preprint"),
        ("bioRxiv", "preprint"),
        ("Journal of Tides", "journal"),
        ("ECCV", "conference"),
        ("ECCV Workshop", "workshop"),
        ("PhD thesis, University of the Sea", "thesis"),
        ("Tides", ""),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("text", ["Growth of kelp in cold water", "Ann Lin", "University of the Sea", ""])
def test_what_is_no_venue(text: str) -> None:
    assert not is_venue(text)


def test_the_table_names_each_acronym_once() -> None:
    """Of two venues with one acronym, one could never be meant."""
    venues = {venue.name: venue.acronym for venue in table().acronyms.values()}
    acronyms = [acronym.casefold() for acronym in venues.values()]

    assert len(acronyms) == len(set(acronyms))


def test_each_venue_of_the_table_can_be_asked_about() -> None:
    for venue in table().names.values():
        assert is_official(venue.name, venue) == (" " in venue.name)
