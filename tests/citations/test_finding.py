"""Citations are found in every shape, and their parts, at the exact characters."""

from __future__ import annotations

import pytest

from sitecheck.citations.citation import Citation
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source


def citations(path: str, text: str) -> list[Citation]:
    return Page(Source(path, text.encode()), read).citations


def parts(citation: Citation) -> dict[str, str]:
    return {name: part.value for name, part in citation.parts()}


MLA = 'Li, Yong, Guo Hu, and Ting Ling. "Growth of kelp: A survey." Journal of Tides 34, no. 8 (2021): 506-517.'

SHAPES = {
    "item": ("a.md", f"## Papers\n\n- {MLA}\n- {MLA}\n"),
    "paragraph": ("a.md", f"## Papers\n\n{MLA}\n"),
    "html item": ("a.html", f"<h2>Papers</h2><ol><li>{MLA}<li>{MLA}</ol>"),
    "html paragraph": ("a.html", f"<h2>Papers</h2><p>{MLA}</p>"),
    "lines": ("a.html", f"<h2>Papers</h2><p>{MLA}<br>{MLA}</p>"),
    "numbered lines": ("a.html", f"<h2>Papers</h2><p>[1] {MLA}<br>\n[2] {MLA}</p>"),
    "row": ("a.md", f"## Papers\n\n| n | paper |\n|--|--|\n| 1 | {MLA} |\n"),
    "yaml text": ("a.yml", f"papers:\n  - '{MLA}'\n"),
    "front matter": ("a.md", f"---\nsections:\n  - text: |\n      ### Papers\n\n      - {MLA}\n---\n"),
    "rst": ("a.rst", f"Papers\n\n{MLA}\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_reference_is_found_in_each_shape(shape: str) -> None:
    path, text = SHAPES[shape]
    found = citations(path, text)

    assert len(found) == text.count("Journal")
    assert parts(found[-1]) == {
        "authors": "Li, Yong, Guo Hu, and Ting Ling",
        "title": "Growth of kelp: A survey",
        "venue": "Journal of Tides",
        "year": "2021",
        "volume": "34",
        "issue": "8",
        "pages": "506-517",
    }
    for name, part in found[-1].parts():
        low, high = part.span(0, len(part))
        assert text[low:high] == part.value, name


REFERENCES = {
    "linked title, venue in italics": (
        "- Ann Lin, **Bo Roe**. [Growth of kelp in cold water](https://arxiv.org/abs/2001.01234), *ICLR 2020* "
        "[[slides]](a.pdf)",
        {"authors": "Ann Lin, Bo Roe.", "title": "Growth of kelp in cold water", "venue": "ICLR", "year": "2020"},
    ),
    "APA": (
        "- Lin, A., & Roe, B. (2020). Growth of kelp in cold water. *Journal of Tides*, 7(3), 12–19. "
        "https://doi.org/10.1000/x",
        {
            "authors": "Lin, A., & Roe, B.",
            "title": "Growth of kelp in cold water",
            "venue": "Journal of Tides",
            "year": "2020",
            "volume": "7",
            "issue": "3",
            "pages": "12–19",
        },
    ),
    "tag in front": (
        "- **NeurIPS'24:** [Growth of kelp in cold water](a.pdf)",
        {"title": "Growth of kelp in cold water", "venue": "NeurIPS", "year": "24"},
    ),
    "lines of a block": (
        "- Growth of kelp in cold water  \n  Ann Lin, Bo Roe, and Cy Doe  \n  Conference on Robot Learning (CoRL) 2020",
        {
            "authors": "Ann Lin, Bo Roe, and Cy Doe",
            "title": "Growth of kelp in cold water",
            "venue": "Conference on Robot Learning (CoRL)",
            "year": "2020",
        },
    ),
    "cells of a row": (
        "| year | venue | name | paper |\n|--|--|--|--|\n"
        "| 2020 | ECCV | KelpNet | [Growth of kelp in cold water](https://arxiv.org/abs/2001.01234) |",
        {"title": "Growth of kelp in cold water", "venue": "ECCV", "year": "2020"},
    ),
    "bold venue behind an italic title": (
        "- Ann Lin, Bo Roe. *Growth of kelp in cold water* (2020), __Kelp Letters__, 7:12-19.",
        {
            "authors": "Ann Lin, Bo Roe",
            "title": "Growth of kelp in cold water",
            "venue": "Kelp Letters",
            "year": "2020",
            "pages": "12-19",
        },
    ),
    "year between full stops": (
        "- Lin, A., and B. Roe. 2020. Growth of kelp in cold water. *Journal of Tides* 7:12–19.",
        {
            "authors": "Lin, A., and B. Roe",
            "title": "Growth of kelp in cold water",
            "venue": "Journal of Tides",
            "year": "2020",
            "pages": "12–19",
        },
    ),
    "place and date": (
        '- Ann Lin, Bo Roe. "Growth of kelp in cold water." European Conference on Kelp, Cologne, Germany, '
        "July 3-5, 2020.",
        {
            "authors": "Ann Lin, Bo Roe",
            "title": "Growth of kelp in cold water",
            "venue": "European Conference on Kelp",
            "year": "2020",
        },
    ),
    "initials without full stops": (
        "- I D Lin, B Roe. *Growth of kelp in cold water* (2020), **Heart**, 102:7.",
        {
            "authors": "I D Lin, B Roe",
            "title": "Growth of kelp in cold water",
            "venue": "Heart",
            "year": "2020",
            "volume": "102",
        },
    ),
    "acronym before the name": (
        "- **Growth of kelp in cold water**<br>Ann Lin, Bo Roe<br>[ICML'23] The International Conference on Tides",
        {
            "authors": "Ann Lin, Bo Roe",
            "title": "Growth of kelp in cold water",
            "venue": "The International Conference on Tides",
            "year": "23",
        },
    ),
    "abbreviated journal": (
        '- A. Lin, B. Roe, "Growth of kelp in cold water," IEEE Rev. Biomed. Eng., vol. 11, pp. 2-20, 2018.',
        {
            "authors": "A. Lin, B. Roe",
            "title": "Growth of kelp in cold water",
            "venue": "IEEE Rev. Biomed. Eng",
            "year": "2018",
            "volume": "11",
            "pages": "2-20",
        },
    ),
    "year before the venue, remark behind it": (
        '- Ann Lin, Bo Roe. "Growth of kelp in cold water." In 2018 IEEE Conference on Kelp (accepted).',
        {
            "authors": "Ann Lin, Bo Roe",
            "title": "Growth of kelp in cold water",
            "venue": "IEEE Conference on Kelp",
            "year": "2018",
        },
    ),
    "linked title and a venue that nobody knows": (
        "- [Growth of kelp in cold water](a.pdf). KLPC, 2020. [[Page]](b.html)",
        {"title": "Growth of kelp in cold water", "venue": "KLPC", "year": "2020"},
    ),
    "linked title alone": (
        "- [Growth of kelp in cold water](https://arxiv.org/abs/2001.01234)",
        {"title": "Growth of kelp in cold water"},
    ),
    "quotation over two lines": (
        "Lin, Ann and Bo Roe (2003). “Growth of kelp in cold\nwater.” In: Journal of Tides 8.1, p. 258.",
        {
            "authors": "Lin, Ann and Bo Roe",
            "title": "Growth of kelp in cold\nwater",
            "venue": "Journal of Tides",
            "year": "2003",
            "pages": "258",
        },
    ),
    "nested items": (
        "* **Growth of kelp in cold water** | [Github](https://github.com/lin/kelp)\n"
        "  * Ann Lin, Bo Roe\n  * University of the Sea\n  * [ECCV2020] https://arxiv.org/abs/2001.01234",
        {"authors": "Ann Lin, Bo Roe", "title": "Growth of kelp in cold water", "venue": "ECCV", "year": "2020"},
    ),
    "editors before the venue": (
        "- Lin, A., & Roe, B. (2020). Growth of kelp in cold water. In C. Doe & D. Poe (Eds.), Proceedings of the "
        "Congress of Kelp, pp. 1-9.",
        {
            "authors": "Lin, A., & Roe, B.",
            "title": "Growth of kelp in cold water",
            "venue": "Proceedings of the Congress of Kelp",
            "year": "2020",
            "pages": "1-9",
        },
    ),
    "a line that breaks within the venue": (
        '- Ann Lin, Bo Roe. "Growth of kelp in cold water". Proceedings of the\n  Congress of Kelp, Volume 7, 2020.',
        {
            "authors": "Ann Lin, Bo Roe",
            "title": "Growth of kelp in cold water",
            "venue": "Proceedings of the\nCongress of Kelp",
            "volume": "7",
            "year": "2020",
        },
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_parts_of_a_reference(name: str) -> None:
    text, wanted = REFERENCES[name]
    (found,) = citations("a.md", f"## Papers\n\n{text}\n")

    assert {key: value.rstrip(".") for key, value in parts(found).items()} == {
        key: value.rstrip(".") for key, value in wanted.items()
    }


ORG = "- Ann Lin and Bo Roe. /Growth of kelp in cold water./ In: Journal of Tides 36.1 (2023), p. 2."
RST = "- Ann Lin and Bo Roe. *Growth of kelp in cold water*. Journal of Tides 36 (2023), p. 2."


@pytest.mark.parametrize(("path", "text"), [("a.org", ORG), ("a.rst", RST)])
def test_mark_up_of_org_and_rst(path: str, text: str) -> None:
    (found,) = citations(path, f"Papers\n\n{text}\n")

    assert found.title is not None
    assert found.title.value == "Growth of kelp in cold water"
    assert found.venue is not None
    assert found.venue.value == "Journal of Tides"
    assert found.authors is not None
    assert found.authors.value.startswith("Ann Lin and Bo Roe")


def test_references_of_a_page_about_something_else() -> None:
    apa = "Lin, A., & Roe, B. (2020). Growth of kelp in cold water. *Journal of Tides*, 7(3), 12–19."
    linked = "[Growth of kelp in cold water](https://arxiv.org/abs/2001.01234)"
    post = "content/post/kelp/index.md"

    assert len(citations(post, f"Some words.\n\n{apa}\n\n[1] {MLA}\n")) == 2
    assert citations(post, f"Some words.\n\n{linked}\n") == []
    assert len(citations(post, f"Some words.\n\n**References**\n\n{linked}\n")) == 1
    assert citations("content/talks/kelp.md", f"{apa}\n") == []
    assert citations(post, "Lin, A. (2020). Growth of kelp in cold water. Talk at the Conference on Tides.\n") == []


def test_an_entry_of_bibtex() -> None:
    text = (
        "@article{a, author = {Lin, Ann and Roe, Bo}, title = {{G}rowth of kelp}, "
        'journal = "J. Tides", year = 2020, doi = {10.1/A}}'
    )
    (found,) = citations("a.bib", text.replace("10.1/A", "10.1000/A"))

    assert parts(found) == {
        "authors": "Lin, Ann and Roe, Bo",
        "title": "{G}rowth of kelp",
        "venue": "J. Tides",
        "year": "2020",
    }
    assert [(each.scheme, each.value) for each in found.identifiers] == [("doi", "10.1000/a")]


def test_links_that_show_an_icon_belong_to_the_entry_before_them() -> None:
    icon = '<i class="ai ai-doi"></i>'
    text = f'## Papers\n\n- {MLA} <a href="https://doi.org/10.1000/a">{icon}</a> <a href=/b.pdf>{icon}</a>\n- {MLA}\n'
    one, other = citations("a.md", text)

    assert [each.value for each in one.identifiers] == ["10.1000/a", "/b.pdf"]
    assert other.identifiers == ()


def test_a_part_on_data_sets_of_a_list_of_papers() -> None:
    assert len(citations("README.md", f"# Papers on kelp\n\n## Datasets\n\n- {MLA}\n")) == 1
    assert citations("README.md", f"# Kelp\n\n## Datasets\n\n- {MLA}\n") == []


def test_a_page_of_its_own_in_toml() -> None:
    text = (
        '+++\ntitle = "Growth of kelp"\ndate = 2020-07-06T00:00:00\n# e.g. [{name = "x"}]\n'
        'authors = ["Ann Lin",\n  "Bo Roe"]\npublication = "Journal of Tides"\ndoi = "10.1000/a"\n+++\n'
    )
    (found,) = citations("content/publication/kelp/index.md", text)

    assert parts(found) == {
        "authors": "Ann Lin, Bo Roe",
        "title": "Growth of kelp",
        "venue": "Journal of Tides",
        "year": "2020",
    }
    assert found.identifiers[0].value == "10.1000/a"


def test_a_thesis_on_a_page_of_its_own() -> None:
    text = "---\ntitle: Growth of kelp\ntype: thesis\nyear: 2012\npdf: kelp.pdf\n---\n"
    (found,) = citations("_publications/kelp.html", text)

    assert parts(found) == {"title": "Growth of kelp", "year": "2012"}
    assert citations("_posts/kelp.html", text) == []


def test_a_place_behind_a_venue_is_no_part_of_it() -> None:
    venue = "The 4th Conference on Kelp, Banff, Alberta, Canada, pp. 3-5, 2019."
    (found,) = citations("a.md", f'## Papers\n\n- A. Lin, B. Roe. "Growth of kelp." {venue}\n')

    assert found.venue is not None
    assert found.venue.value == "The 4th Conference on Kelp"


def test_a_list_in_data() -> None:
    text = (
        '- title: "Growth of kelp"\n  authors: A. Lin, <b>B. Roe</b>\n  link:\n    url: https://arxiv.org/abs/2001.01234\n'
        "    display: Journal of Tides (2020)\n"
    )
    (found,) = citations("_data/publist.yml", text)

    assert parts(found) == {
        "authors": "A. Lin, B. Roe",
        "title": "Growth of kelp",
        "venue": "Journal of Tides",
        "year": "2020",
    }
    assert found.identifiers[0].value == "2001.01234"


def test_a_page_of_its_own() -> None:
    text = (
        "---\ntitle: Growth of kelp\nauthors:\n- Ann Lin\n- admin\n"
        'date: "2020-01-02"\npublication: In *Journal of Tides*\n---\nText.\n'
    )
    (found,) = citations("content/publication/kelp/index.md", text)

    assert found.shape == "paper"
    assert parts(found) == {
        "authors": "Ann Lin, admin",
        "title": "Growth of kelp",
        "venue": "Journal of Tides",
        "year": "2020",
    }
    assert citations("content/post/kelp/index.md", text) == []


NO_CITATIONS = [
    "- PhD in Computer Science, University of the Sea, 2015 - 2020",
    "- Best Paper Award, European Conference on Computer Vision, 2020",
    "- [Jan 2020] Our paper [Growth of kelp in cold water](a.pdf) is accepted by ECCV 2020!",
    "- Ann Lin gave a talk on **Growth of kelp in cold water** at ECCV 2020",
    "- Associate Editor, Journal of Tides (2020 - )",
    "- Ann Lin, University of the Sea (2018 - 2022)",
    "- Fellowship of the University of the Sea, August 2024 - July 2025.",
    "- Area Chair: BMVC 2022, 2023",
    "- [Lectures on the growth of kelp](https://arxiv.org/abs/2001.01234), KLPC, 2020",
    "- **Submission Deadline** Ann Lin, Bo Roe, ECCV 2020",
    "- **Author Notification** Ann Lin, Bo Roe, ECCV 2020",
    "- Introduction to Tides, spring 2020, University of the Sea",
]


@pytest.mark.parametrize("line", NO_CITATIONS)
def test_what_is_no_citation(line: str) -> None:
    assert citations("a.md", f"## About\n\n{line}\n") == []


@pytest.mark.parametrize("heading", ["News", "Invited talks", "Teaching", "Education"])
def test_sections_about_something_else(heading: str) -> None:
    assert citations("a.md", f"## {heading}\n\n- {MLA}\n") == []


def test_learning_under_supervision_is_no_supervision() -> None:
    assert len(citations("a.md", f"## Weakly-supervised\n\n- {MLA}\n")) == 1


FIELDS = [
    (
        "A. Roe, M. Lin, and P. Oak, Spin currents in kelp, Phys. Rev. Lett. **128**, 101302 (2022).",
        ("Spin currents in kelp", "Phys. Rev. Lett", "128", "101302"),
    ),
    (
        "Roe A, van der Oak K. Walking after a stroke. Age Ageing 2020;395(2):afac045. PMID: 31234567",
        ("Walking after a stroke", "Age Ageing", "395", "afac045"),
    ),
    (
        "Roe, A.; Lin, M. Reduction of Imines by Kelp. *Angew. Chem. Int. Ed.* **2020**, *59*, 9876–9881.",
        ("Reduction of Imines by Kelp", "Angew. Chem. Int. Ed", "59", "9876–9881"),
    ),
    (
        "“Salt Smugglers of the Tides,” *Past & Present* 212 (2011): 33–67.",
        ("Salt Smugglers of the Tides", "Past & Present", "212", "33–67"),
    ),
    (
        '"Kelp under Uncertainty" (joint with Bo Oak), *Amer. Econ. Rev.*, 2020, 110(9), 2781-2817.',
        ("Kelp under Uncertainty", "Amer. Econ. Rev", "110", "2781-2817"),
    ),
]


@pytest.mark.parametrize(("line", "wanted"), FIELDS)
def test_numbers_and_journals_as_fields_write_them(line: str, wanted: tuple[str, ...]) -> None:
    (found,) = citations("a.md", f"## Papers\n\n- {line}\n")

    assert tuple(parts(found)[name] for name in ("title", "venue", "volume", "pages")) == wanted


def test_authors_besides_the_page_s_own() -> None:
    text = "**Minimum Wages and Firm Entry** (with Ann Lin), *submitted*. [[Paper]](https://ssrn.com/abstract=3512345)"
    (found,) = citations("a.md", f"## Working Papers\n\n{text}\n")

    assert parts(found)["authors"] == "Ann Lin"
    assert parts(found)["title"] == "Minimum Wages and Firm Entry"


@pytest.mark.parametrize(
    "text",
    [
        "- **Calibrated Trees**\n  Ann Lin, Bo Oak.\n  *ECCV, 2023*.\n",
        "### Calibrated Trees of the Sea\nAnn Lin, Bo Oak\n*ECCV 2023*\n",
        "### Calibrated Trees of the Sea\n\nAnn Lin, Bo Oak\n\n*ECCV 2023*\n",
    ],
)
def test_a_title_above_names(text: str) -> None:
    (found,) = citations("a.md", f"# Publications\n\n{text}\n")

    assert parts(found)["authors"] == "Ann Lin, Bo Oak"
    assert parts(found)["venue"] == "ECCV"


def test_headings_above_names_that_are_no_title() -> None:
    assert citations("a.md", "# Team\n\n### Kelp and Vision Group\nAnn Lin, Bo Oak\n") == []


def test_the_date_of_a_post_is_no_year() -> None:
    assert citations("a.md", "---\ndate: 2020-01-02\n---\n- Ann Lin, Bo Oak. **Kelp in cold water**\n") == []


def test_a_number_that_two_fields_give_names_the_work_once() -> None:
    entry = "@misc{a, title = {Growth of kelp}, year = 2020, doi = {10.48550/arXiv.2001.01234}, eprint = {2001.01234}}"
    [citation] = citations("a.bib", entry)
    assert [(each.scheme, each.value) for each in citation.identifiers] == [("arxiv", "2001.01234")]


@pytest.mark.parametrize(
    ("written", "venue"),
    [
        ("*J. Acoust. Soc. Am.*, 153(4), 2101-2112, 2023.", "J. Acoust. Soc. Am"),
        ("*IEEE Trans. Geosci. Remote Sens.*, 62:1-14, 2024.", "IEEE Trans. Geosci. Remote Sens"),
        ("Mar. Ecol. Prog. Ser. 153, 21-30, 2019.", "Mar. Ecol. Prog. Ser"),
        ("*Nature*. Oslo, 2020.", "Nature"),
    ],
)
def test_a_full_stop_within_an_abbreviated_name_is_not_its_end(written: str, venue: str) -> None:
    [citation] = citations(
        "page.md", f'# Publications\n\n- M. Roe and A. Lin. "Growth of kelp in cold water." {written}\n'
    )
    assert citation.venue is not None
    assert citation.venue.value.rstrip(".") == venue
