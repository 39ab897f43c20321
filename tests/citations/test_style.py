"""The form of entries against the page's own majority, and slips that are wrong on any page."""

from __future__ import annotations

import time

import pytest

from sitecheck.engine import ActiveRule, examine
from sitecheck.rule import built_in_rules

STYLE, PUNCTUATION, INCOMPLETE, NAMES, ACRONYMS = (
    next(ActiveRule(rule, rule.severity) for rule in built_in_rules() if rule.name == name)
    for name in (
        "citation-style",
        "citation-punctuation",
        "incomplete-citation",
        "inconsistent-author-name",
        "title-acronym-case",
    )
)
YEARS = next(ActiveRule(rule, rule.severity) for rule in built_in_rules() if rule.name == "year-mismatch")
LONG = '- Ann Lin, Bo Roe, and Cy Fay. "Growth of kelp in sea {k}." Journal of Tides {k}, pp. 1{k}–2{k}, 201{k}.'
SHORT = '- Ann Lin, Bo Roe, and Cy Fay. "Growth of kelp in sea {k}." ECCV, 201{k}.'


def messages(rule: ActiveRule, *lines: str, path: str = "page.md") -> list[str]:
    return [each.message for each in examine("\n".join(lines).encode(), path, [rule]).diagnostics]


def listed(usual: str, odd: str) -> list[str]:
    return [*(usual.format(k=k) for k in range(5)), odd]


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ('- Ann Lin, Bo Roe, & Cy Fay. "On the tides of a lake." ECCV, 2019.', "'&' before the last author"),
        ('- Ann Lin, Bo Roe and Cy Fay. "On the tides of a lake." ECCV, 2019.', "no comma before the word"),
        ('- Ann Lin, Bo Roe, et al. "On the tides of a lake." ECCV, 2019.', "'et al.' in place of authors"),
        ('- A. Lin, B. Roe, and C. Fay. "On the tides of a lake." ECCV, 2019.', "initials for given names"),
        ('- Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." ECCV 2019.', "a space between acronym and year"),
        ('- Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." ECCV, 2019', "no period at the end"),
        ('- Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." In ECCV, 2019.', "'In' before the venue"),
    ],
)
def test_an_entry_in_another_form_is_told(odd: str, told: str) -> None:
    found = messages(STYLE, *listed(SHORT, odd))

    assert len(found) == 1
    assert found[0].startswith(told)


@pytest.mark.parametrize(
    "odd",
    [
        SHORT.format(k=7),
        '- Ann Lin and Bo Roe. "On the tides of a lake." ECCV, 2019.',
        '- Ann Lin, Bo Roe, and Cy Fay. "Tides of a lake." ECCV, 2019. [[pdf]](https://lin.example/a.pdf)',
        '- Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." ECCV. 2019.',  # citation-punctuation tells
    ],
)
def test_what_is_no_other_form(odd: str) -> None:
    assert messages(STYLE, *listed(SHORT, odd)) == []


def test_a_section_may_have_a_form_of_its_own() -> None:
    other = [f'- Ann Lin, Bo Roe, & Cy Fay. "On the tides of lake {k}." ECCV, 2019.' for k in range(3)]

    assert messages(STYLE, "# One", "", *listed(SHORT, ""), "", "# Two", "", *other) == []


def test_a_page_of_two_styles_has_no_standard() -> None:
    other = [f'- Ann Lin, Bo Roe, and Cy Fay. 2019. "On the tides of lake {k}." ECCV.' for k in range(2)]

    assert [each for each in messages(STYLE, *listed(SHORT, ""), *other) if "year" in each.split("where")[0]] == []
    assert [each for each in messages(STYLE, *listed(SHORT, ""), other[0]) if "year" in each.split("where")[0]]


def test_the_places_of_one_facet_are_one_finding() -> None:
    other = [f'- Ann Lin, Bo Roe, & Cy Fay. "On the tides of lake {k}." ECCV, 2019.' for k in range(2)]

    (found,) = messages(STYLE, *listed(SHORT, ""), *other)
    assert "(2 times), where 5 of 7 entries" in found


@pytest.mark.parametrize(
    "odd",
    [
        LONG.format(k=7),
        LONG.format(k=7).replace("–", "--"),  # a generator makes it an en dash
        LONG.format(k=7).replace('sea 7."', "sea 7.”").replace('"', "“"),
        '- Ann Lin, Bo Roe, and Cy Fay. "On the tides." Springer Press, 2017. isbn: 978-3-030-63286-1.',
        '- Ann Lin, Bo Roe, and Cy Fay. "On the tides." In ECCV, volume 89 of PMLR, pages 6–9. PMLR, 16-18 Apr 2017.',
    ],
)
def test_what_is_no_other_dash_between_pages(odd: str) -> None:
    assert [each for each in messages(STYLE, *listed(LONG, odd)) if "dash" in each or "hyphen" in each] == []


def test_two_hyphens_are_shown_as_they_are_in_html() -> None:
    items = [f"<li>{each[2:]}</li>" for each in listed(LONG, LONG.format(k=7).replace("–", "--"))]

    assert messages(STYLE, "<ul>", *items, "</ul>", path="page.html") == [
        "two hyphens between page numbers, where 5 of 6 entries have an en dash"
    ]


def test_a_hyphen_is_never_proposed_for_an_en_dash() -> None:
    lines = listed(LONG.replace("–", "-"), LONG.format(k=7))
    (found,) = examine("\n".join(lines).encode(), "page.md", [STYLE]).diagnostics

    assert found.message.startswith("an en dash between page numbers")
    assert found.fix is None
    assert "en dash" in found.help


def test_an_entry_that_differs_in_several_facets_is_one_finding() -> None:
    odd = "- Lin, A., Roe, B. & Fay, C. (2017). On the tides of a lake. Journal of Tides 7, 17-27"

    (found,) = messages(STYLE, *listed(LONG, odd))
    assert found.startswith("this entry is in another form than the others: ")
    assert "'&' before the last author" in found
    assert "the year before the title" in found


@pytest.mark.parametrize(
    "odd",
    [
        '- [New] Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." ECCV, 2019.',
        '- [KELP2014@ECCV] Ann Lin, Bo Roe, and Cy Fay. "On the tides of a lake." ECCV, 2019.',
    ],
)
def test_a_tag_in_front_is_neither_name_nor_year(odd: str) -> None:
    assert messages(STYLE, *listed(SHORT, odd)) == []


def test_the_year_of_a_remark_is_no_year_of_a_volume() -> None:
    lines = [
        "- A. Lin. Growth of kelp in cold water. Journal of Machine Learning Research, 2019, 20(110): 1-30.",
        "- B. Roe. Tides of a lake. Journal of Machine Learning Research, 2019, 20(68): 1-55. (NIPS 2017 prize)",
    ]

    assert messages(YEARS, *lines) == []


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("https://lin.example/KELPNET/public.pdf", []),
        ("https://github.com/LIN/KELPNET", ["the acronym is 'KELPNET'"]),
        ("https://github.com/lin/KELPNET", ["the acronym is 'KELPNET'"]),
        ("https://lin.github.io/KelpNet/", ["the acronym is 'KelpNet'"]),
        ("https://lin.example/2020_KelpNet.pdf", ["the acronym is 'KelpNet'"]),
    ],
)
def test_an_address_in_capitals_alone_proves_no_capitals(link: str, told: list[str]) -> None:
    entry = f'- Ann Lin and Bo Roe. "Kelpnet: Growth of kelp in cold water." ECCV, 2020. [pdf]({link})'

    assert messages(ACRONYMS, entry) == told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('- Ann Lin, , and Bo Roe. "On the tides of a lake." ECCV, 2019.', "a comma is doubled"),
        ('- Ann Lin et. al. "On the tides of a lake." ECCV, 2019.', "'et' is no abbreviation and has no period"),
        ('- Ann Lin. "On the tides of a lake." Journal of Tides 7, pp. pp. 1-9, 2019.', "'pp.' is doubled"),
    ],
)
def test_slips_that_are_wrong_on_any_page(entry: str, told: str) -> None:
    assert messages(PUNCTUATION, entry) == [told]


def test_a_linked_title_tells_where_the_authors_end() -> None:
    usual = "- Ann Lin, Bo Roe, and Cy Fay. [Growth of kelp in sea {k}](https://lin.example/{k}). ECCV, 201{k}."
    odd = "- Ann Lin, Bo Roe, Cy Fay. [On the tides of a lake](https://lin.example/9). ECCV, 2019."
    unlinked = "- Ann Lin, Bo Roe, Cy Fay. On the tides of a lake. ECCV, 2019."

    assert messages(PUNCTUATION, *listed(usual, odd)) == ["'and' is missing before the last author"]
    assert messages(PUNCTUATION, *listed(usual, unlinked)) == []


@pytest.mark.parametrize(
    "authors", ["Ann Lin, Bo Roe et Cy Fay", "Ann Lin, Bo Roe y Cy Fay", "Ann Lin, Bo Roe, ..., Cy Fay"]
)
def test_the_last_author_is_joined_in_any_language(authors: str) -> None:
    usual = "- Ann Lin, Bo Roe, and Cy Fay. [Growth of kelp in sea {k}](https://lin.example/{k}). ECCV, 201{k}."
    odd = f"- {authors}. [On the tides of a lake](https://lin.example/9). ECCV, 2019."

    assert messages(PUNCTUATION, *listed(usual, odd)) == []


def test_a_year_that_stands_behind_a_badly_cut_entry_is_not_missing() -> None:
    lines = [f'- A. Lin. "Growth of kelp, part {k}." Journal of Tides {k}, pp. 1-9, 2012.' for k in range(9)]

    assert messages(INCOMPLETE, *lines, '- A. Lin. "Lights of the sea." Journal of Tides 7.')
    assert messages(INCOMPLETE, *lines, "- [Lights of the sea](https://lin.example/a). Tides and Lights, 2023.") == []


def test_a_middle_initial_is_no_second_spelling() -> None:
    lines = [f'- Ann B. Lin and Bo Roe. "Growth of kelp in sea {k}." ECCV, 201{k}.' for k in range(5)]

    assert messages(NAMES, *lines, '- Ann Lin and Bo Roe. "On the tides of a lake." ECCV, 2019.') == []


def test_a_row_that_names_the_method_proves_its_capitals() -> None:
    row = "| 2021 | ECCV | KelpNet | [Kelpnet: Growth of kelp in cold water](https://lin.example/a) |"

    assert messages(ACRONYMS, "| Year | Venue | Name | Paper |", "|---|---|---|---|", row) == [
        "the acronym is 'KelpNet'"
    ]


@pytest.mark.parametrize("part", ["Lin, ", "pp. ", "et. ", "(", '"', "In "])
def test_time_grows_with_the_length_and_no_faster(part: str) -> None:
    def seconds(size: int) -> float:
        entry = f'- A. Lin. "Kelp in {part * (size // len(part))}." ECCV, 2019.'
        text = "\n".join([entry] * 5).encode()
        times = []
        for _ in range(3):
            start = time.process_time()
            examine(text, "page.md", [STYLE, PUNCTUATION])
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(2_400) < 12 * max(seconds(600), 0.002)
