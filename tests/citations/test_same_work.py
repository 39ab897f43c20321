"""When two citations are one work, another version of it, or two works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.citations.cited import DISTINCT, SAME, VERSION, Work
from sitecheck.citations.identifiers import doi
from sitecheck.citations.pairs import likely_pairs
from sitecheck.citations.same_work import compare
from sitecheck.citations.work import families, work

KELP = "Growth of kelp in cold water: A survey"


def made(
    title: str = KELP, authors: str = "Ann Lin, Bo Roe", year: int | None = 2020, venue: str = "ECCV", doi: str = ""
) -> Work:
    return work(title, families(authors), "et al" not in authors, year, venue, dois=(doi,) if doi else ())


ONE_WORK = {
    "case and punctuation": made("Growth of Kelp in Cold-Water - a survey."),
    "LaTeX": made("{G}rowth of \\emph{kelp} in cold water: A survey"),
    "subtitle dropped": made("Growth of kelp in cold water"),
    "a typing error": made("Growht of kelp in cold water: A survey"),
    "initials": made(authors="A. Lin and B. Roe"),
    "inverted": made(authors="Lin, A., & Roe, B."),
    "order of authors": made(authors="Bo Roe, Ann Lin"),
    "et al.": made(authors="Ann Lin et al."),
    "full name of the venue": made(venue="European Conference on Computer Vision (ECCV)"),
    "no venue": made(venue=""),
    "oral": made(f"{KELP} (Oral)"),
}


@pytest.mark.parametrize("name", ONE_WORK)
def test_one_work(name: str) -> None:
    assert compare(made(), ONE_WORK[name]) == SAME
    assert compare(ONE_WORK[name], made()) == SAME


def test_one_publication_is_told_by_its_pages_though_venues_are_written_apart() -> None:
    def printed(venue: str, pages: str) -> Work:
        return work(KELP, families("Ann Lin, Bo Roe"), True, 2020, venue, pages=pages)

    assert compare(printed("Tide Trans.", "433-444"), printed("Acta of Botany", "433-445")) == SAME
    assert compare(printed("Tide Trans.", "5-12"), printed("Acta of Botany", "5-12")) == SAME
    assert compare(printed("Tide Trans.", "1-12"), printed("Acta of Botany", "1-12")) == VERSION
    assert compare(printed("STOC", ""), printed("24th Annual Symposium on the Theory of Computing pp", "")) == SAME


def test_no_journal_prints_a_work_twice() -> None:
    def printed(issue: tuple[str, str], year: int, pages: str = "", venue: str = "Tide Letters") -> Work:
        return made("Opening words of the president", year=year, venue=venue)._replace(issue=issue, pages=pages)

    first = printed(("14", "1"), 1993, "5-6")
    assert compare(first, printed(("16", "1"), 1995, "5-7")) == DISTINCT
    assert compare(first, printed(("14", "2"), 1993)) == DISTINCT
    assert compare(printed(("14", "1"), 1993, venue=""), printed(("16", "1"), 1995, venue="")) == DISTINCT
    assert compare(first, printed(("14", ""), 1993)) == SAME
    assert compare(first, printed(("14", "2"), 1993, "5-6")) == SAME  # a number is wrong
    assert compare(first, printed(("3", "2"), 1994, venue="Acta of Botany")) == VERSION


IN_ONE_PLACE = {
    "a word more": (KELP, "Growth of brown kelp in cold water: A survey"),
    "a report's subtitle": ("Report on kelp in the cold waters", "Report on kelp in the cold waters (KELP 2000, Oslo)"),
    "carelessly written": ("Joining kelp with jobs of the sea", "Joining kelp with jobs on the seas"),
    "a session": ("Kelp in the sea (panel session): Cold or warm?", "Kelp in the sea: Cold or warm?"),
    "a year and a name in front": ("Roe 2020 Growth of kelp in cold water", "Growth of kelp in cold water"),
    "a number of the programme": ("P3 Growth of kelp in cold water", "Growth of kelp in cold water"),
    "what it says of itself": ("Growth of kelp in cold water", "Growth of kelp in cold water: Poster"),
    "a Greek letter": ("The p operator on kelp in cold water", "The ρ operator on kelp in cold water"),
    "parts in another order": ("An open store for kelp objects of seas", "An open kelp-object store of the sea"),
    "an abbreviation": ("Kelp at the department of cold seas", "Kelp at the dept. of cold seas"),
    "a column and its subject": ("Kelp in the cold sea - Guest editorial", "Guest editorial"),
}


@pytest.mark.parametrize("name", IN_ONE_PLACE)
def test_the_same_people_publish_once_in_one_place(name: str) -> None:
    one, other = IN_ONE_PLACE[name]

    assert compare(made(one), made(other)) == SAME


def test_one_long_title_in_one_place_is_one_work_whoever_is_named() -> None:
    assert compare(made(), made(authors="Admin, Cy Doe")) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Microstructure of kelp in cold water", "Macrostructure of kelp in cold water"),
        ("Convex kelp growth in cold water", "Non convex kelp growth in cold water"),
        ("Hypoglycemia of seals in cold water", "Hyperglycemia of seals in cold water"),
    ],
)
def test_a_word_of_contrary_meaning_is_no_typing_error(one: str, other: str) -> None:
    assert compare(made(one), made(other)) != SAME


VERSIONS = {
    "preprint": made(venue="arXiv preprint arXiv:2001.01234"),
    "journal": made(venue="Journal of Tides", year=2022),
    "another venue": made(venue="ICCV"),
    "another DOI": made(doi="10.1000/b"),
    "extended abstract": made(f"{KELP} (Extended Abstract)"),
    "thesis": made(venue="PhD thesis, University of Oslo"),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_another_version(name: str) -> None:
    assert compare(made(doi="10.1000/a"), VERSIONS[name]) == VERSION


def test_all_the_same_people_wrote_it_again_for_a_journal() -> None:
    names = "Ann Lin, Bo Roe, Cy Doe"
    one = made("Evaluating tide models for kelp growth, grazing and harvest", names, 2019, "ECCV")
    other = made("Towards better seas: Tide models for kelp growth, grazing and harvest", names, 2021, "Sea Letters")

    assert compare(one, other) == VERSION
    assert compare(one, other._replace(families=("lin", "poe", "doe"))) == DISTINCT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("From text to image of kelp and sea", "From image to text of kelp and sea"),
        ("Kelp as a grazing store", "Kelp as an efficient grazing store engine"),
        ("The structure of kelp in cold water", "The structure of kelp in cold water under load"),
        ("Draft genome of the brown kelp", "Draft genome of the green kelp"),
    ],
)
def test_the_same_people_publish_two_works_in_one_place(one: str, other: str) -> None:
    assert compare(made(one), made(other)) != SAME


def test_one_name_of_two_may_be_misread_where_the_title_is_long() -> None:
    assert compare(made(), made(authors="Ann Lin, Xi Ma")) == SAME
    assert compare(made(), made(authors="Xi Ma, Bo Roe", venue="")) == DISTINCT


def test_a_meeting_of_another_year_printed_it_again_where_another_author_leads() -> None:
    assert compare(made(), made(year=2021)) == SAME
    assert compare(made(), made(year=2021, authors="Bo Roe, Ann Lin")) == VERSION


def test_two_unknown_venues_are_one_where_most_of_their_words_are() -> None:
    one = made(venue="Meeting on tides and cold seas")

    assert compare(one, made(venue="Meeting on cold seas, Oslo")) == SAME
    assert compare(one, made(venue="Annals of tides, grazing and harvest")) == VERSION


@pytest.mark.parametrize(("file", "verdict"), [("a.pdf", SAME), ("b.pdf", VERSION)])
def test_one_paper_is_told_by_its_pdf_though_venues_are_written_apart(file: str, verdict: str) -> None:
    def linked(venue: str, file: str) -> Work:
        return work(KELP, families("Ann Lin, Bo Roe"), True, 2020, venue, files=(file,))

    assert compare(linked("Sea Meeting", "a.pdf"), linked("Proceedings of the Ocean Days", file)) == verdict


TWO_WORKS = {
    "parts": ("Growth of kelp in cold water, Part I", "Growth of kelp in cold water, Part II"),
    "sections": ("Growth of kelp in cold water, Section 3.4", "Growth of kelp in cold water, Section 4.3"),
    "sections of a section": (
        "Growth of kelp in cold water, Section 3.3.1",
        "Growth of kelp in cold water, Section 3.1",
    ),
    "a number that begins another": ("Growth of kelp in cold water, part 1", "Growth of kelp in cold water, part 12"),
    "numbers": ("2nd workshop on kelp and cold water", "3rd workshop on kelp and cold water"),
    "years in names": ("Kelp at the WMT17 shared task on water", "Kelp at the WMT19 shared task on water"),
    "columns": ("Editorial", "Editorial"),
    "one word for another": ("Growth of kelp in cold water", "Growth of kelp in warm water"),
    "reply": ("Growth of kelp in cold water", "Reply: Growth of kelp in cold water"),
}


@pytest.mark.parametrize("name", TWO_WORKS)
def test_two_works(name: str) -> None:
    one, other = TWO_WORKS[name]

    assert compare(made(one), made(other)) == DISTINCT


def test_other_authors_make_another_work() -> None:
    assert compare(made(), made(authors="Cy Doe, Di Poe", venue="ICCV")) == DISTINCT


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_is_written_makes_it_fail(one: str, other: str) -> None:
    a, b = made(one, other), made(other, one)

    assert compare(a, b) == compare(b, a)
    assert compare(a, a) in (SAME, DISTINCT)


@given(
    st.lists(st.sampled_from(["kelp", "tide", "cold", "warm", "water", "growth", "of", "in"]), min_size=3, max_size=8)
)
def test_equal_titles_are_always_compared(words: list[str]) -> None:
    works = [made(" ".join(words)), made("Something else altogether"), made(" ".join(words).title())]

    assert (0, 2) in set(likely_pairs(works)) or len("".join(words)) < 4


def test_one_doi_of_two_versions() -> None:
    """The entry of the conference was given the journal's DOI."""
    one, other = made(doi="10.1000/a"), made(venue="Journal of Tides", year=2024, doi="10.1000/a")

    assert compare(one, other) == VERSION
    assert compare(one, made(venue="Journal of Tides", doi="10.1000/a")) == SAME  # of one year: it is one publication
    assert compare(one, made("Growth of kelp in colder water: A survey", doi="10.1000/a")) == SAME


def test_a_preprint_with_another_title_is_a_version_and_a_pasted_number_is_none() -> None:
    one, retitled, other = (
        work(title, families(names), True, 2020, "arXiv", arxiv=("2001.01234",))
        for title, names in (
            ("Growth of kelp shapes the tides of cold water", "Ann Lin, Bo Roe"),
            ("How does kelp shape tides?", "Ann Lin, Bo Roe"),
            ("Sand on Mars: A survey of dunes", "Ann Lin, Bo Roe"),
        )
    )

    assert compare(one, retitled) == VERSION
    assert compare(one, other) == DISTINCT


def test_a_doi_is_one_with_or_without_the_suffix_of_its_file() -> None:
    """Data has addresses as text, too: `https://link.example/content/pdf/10.1000/ab-8.pdf`."""
    assert doi("10.1000/ab-8.pdf") == doi("10.1000/AB-8") == ("doi", "10.1000/ab-8")


def test_a_version_of_a_program_is_written_with_or_without_its_zero() -> None:
    assert compare(made("KELPO 2.0: Growth of kelp"), made("Kelpo 2: growth of kelp")) == SAME
    assert compare(made("KELPO 2.1: Growth of kelp"), made("Kelpo 2: growth of kelp")) == DISTINCT
