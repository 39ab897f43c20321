"""Which venue a name means, however it is written."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from sitecheck.citations.venue_table import abbreviates, is_official, plain, table
from sitecheck.citations.venues import is_venue, kind_of, written
from sitecheck.cli import main

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


def test_the_table_gives_each_name_to_one_venue() -> None:
    """Of two venues with one acronym or name, one could never be meant."""
    meant: dict[str, set[str]] = {}
    folder = Path(next(iter(import_module("sitecheck.rules").__path__)))
    for line in (folder / "data" / "venues.csv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _, acronym, name, aliases, *_ = line.split(";")
            for each in filter(None, (acronym, name, *aliases.split("|"))):
                meant.setdefault(plain(each.partition("<")[0]), set()).add(name)

    assert len(meant) > 1000
    assert {each: names for each, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    "name",
    [
        "ECCV 2020, Part II",
        "ECCV, Glasgow, UK",
        f"{ECCV} - ECCV 2020",
        f"{ECCV}, Glasgow, United Kingdom",
        f"{ECCV} (ECCV), Glasgow, UK",
    ],
)
def test_places_parts_and_acronyms_behind_a_name(name: str) -> None:
    assert written(name).venue == table().acronyms["eccv"]


def test_the_proceedings_of_the_three_conferences_on_cryptology() -> None:
    assert written("Advances in Cryptology - CRYPTO 2014").venue == written("CRYPTO").venue


def bibliography(*venues: str) -> str:
    """Entries that name these venues, each on a line."""
    return "".join(
        f"@article{{k{number}, author = {{Lin, A.}}, title = {{Growth of kelp in water {number}}}, "
        f"journal = {{{venue}}}, year = {2001 + number}}}\n"
        for number, venue in enumerate(venues)
    )


def found(folder: Path, capsys: pytest.CaptureFixture[str], *venues: str) -> list[str]:
    """What the program says of the venues of a list."""
    (folder / "page.bib").write_text(bibliography(*venues), encoding="utf-8")
    code = main(["--format", "concise", "--select", "inconsistent-venue", "page.bib"])
    out = capsys.readouterr()
    return [out.err] if code == 2 else [line for line in out.out.splitlines() if line.startswith("page.bib")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Journal of Kelp Research", "Journal of kelp research"),
        ("Journal of Kelp and Eelgrass", "Journal of Kelp & Eelgrass"),
        ("Journal of Kelp Research", "J. Kelp Res."),
        ("Journal of Kelp Physiology", "Journal of Kelp Physoilogy"),
        ("International Conference on Kelp Physics", "Conference on Kelp Physics"),
        ("European Conference on Computer Vision", "European Conference on Computer Vision - ECCV"),
        ("Conference on Kelp Networks", "Conference on Kelp Network"),
        ("J Neurosci", "Journal of Neuroscience"),
        ("The 32nd European Conference on Computer Vision, Glasgow, UK, August 3-5, 2020", "ECCV"),
        ("ArXiv", "Arxiv"),
        ("International Conference on Kelp Physics", "Kelp Physics Conference"),
        (
            "International Conference on Computer Vision",
            "Computer Vision (ICCV), 2015 IEEE 9th International Conference on",
        ),
        ("EUROPEAN CONFERENCE ON COMPUTER VISION", "European Conference on Computer Vision (ECCV) 2016, Graz, Austria"),
        ("European Conference on Computer Vision Workshops", "ECCVW"),
        ("Proceedings of the National Academy of Sciences", "PNAS"),
        ("Proc. ACM Hum.-Comput. Interact.", "Proceedings of the ACM on Human-Computer Interaction"),
        ("ICLR", "ICRL"),
        ("Science", "Science (New York, N.Y.)"),
        ("ApJ", "Astrophysical Journal"),
        ("ICRA", "Robotics and Automation, 2004. Proceedings. ICRA'04. 2004 IEEE International Conference on"),
        ("Harvard Business Review", "Harv. Bus. Rev."),
        ("Int'l Journal of Computer Vision", "International Journal of Computer Vision"),
        ("Findings of EMNLP 2020", "EMNLP 2021 (Findings)"),
        ("Findings of ACL", "Findings of the Association for Computational Linguistics: ACL 2023"),
    ],
)
def test_one_venue_in_two_forms(folder: Path, capsys: pytest.CaptureFixture[str], one: str, other: str) -> None:
    assert len(found(folder, capsys, one, other)) == 1
    assert found(folder, capsys, one, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Proceedings of the 3rd Conference on Kelp", "Proceedings of the 4th Conference on Kelp"),
        ("Journal of Neuroscience", "International Journal of Neuroscience"),
        ("Journal of Kelp", "International Journal of Kelp"),
        ("Econometric Reviews", "Int. Econ. Rev."),
        ("Journal of Kelp Oncology", "Journal of Kelp Ontology"),
        ("Physical Review A", "Physical Review B"),
        ("Conference on Kelp Physics (CKP)", "CKP"),
        ("IEEE International Conference on Computer Vision", "IEEE/CVF International Conference on Computer Vision"),
        (
            "SIGCHI Conference on Human Factors in Computing Systems",
            "CHI Conference on Human Factors in Computing Systems",
        ),
        ("Workshop on Kelp at ECCV", "ECCV"),
        ("Workshop on Kelp at European Conference on Computer Vision (ECCV)", "ECCV Resources Track (ECCV)"),
        ("Kelp Workshop (co-located with ECCV)", "Kelp Workshop"),
        ("Keynote at Conference on Kelp Physics", "Conference on Kelp Physics"),
        ("ACM Web Conference", "The Web Conference"),
        ("IEEE Secur. Priv.", "IEEE Symposium on Security and Privacy"),
        ("NIPS", "NeurIPS"),
        ("Kelp Gems II", "Kelp Gems III"),
        ("Findings of ACL 2020", "Findings of EMNLP 2021"),
        ("NeurIPS", "NeurIPS 2023 Kelp Workshop"),
        ("The 32nd European Conference on Computer Vision, ECCV 2020, Glasgow, UK, August 3-5, 2020", "ECCV"),
        ("CHI '20: CHI Conference on Human Factors in Computing Systems, Oslo, Norway", "CHI"),
        ("The 11th edition of the European Conference on Computer Vision", ECCV),
        (f"{ECCV} ECCV, Graz, Austria, 2020", f"{ECCV} (ECCV)"),
    ],
)
def test_what_is_one_form_or_two_venues(folder: Path, capsys: pytest.CaptureFixture[str], one: str, other: str) -> None:
    assert found(folder, capsys, one, other) == []


def test_three_forms_are_one_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    venues = ("Journal of Kelp Research", "Journal of kelp research", "J. Kelp Res.", "Journal of Kelp Research")
    [line] = found(folder, capsys, *venues)
    assert "3 ways: this one once, 'Journal of Kelp Research' 2 times, 'J. Kelp Res' once" in line


def test_the_own_spelling_of_a_venue_is_not_the_one_that_is_pointed_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = found(folder, capsys, "Neurips", "NeurIPS", "Neurips", "Neurips")
    assert "info" in line
    assert "this one 3 times, 'NeurIPS' once" in line


def test_no_standard_leaves_out_a_word(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = "Conference on Kelp Physics"
    [line] = found(folder, capsys, short, short, short, f"International {short}")
    assert "info" in line


def test_venues_of_the_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result from before the configuration changed is not taken from the cache."""
    venues = ("Symposium on Kelp", "Kelp Days", "KELPSYM")
    assert found(folder, capsys, *venues) == []
    (folder / "sitecheck.toml").write_text(
        '[venues]\n"Symposium on Kelp" = ["Kelp Days", "KELPSYM"]\n', encoding="utf-8"
    )
    [line] = found(folder, capsys, *venues)
    assert "3 ways" in line


def test_a_name_of_two_venues_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sitecheck.toml").write_text('[venues]\nTides = ["KD"]\nKelp = ["kd"]\n', encoding="utf-8")
    [said] = found(folder, capsys, "Kelp Days")
    assert "sitecheck.toml: 'venues' has 'kd' of two venues, 'Tides' and 'Kelp'; name it once" in said


def test_each_venue_of_the_table_can_be_asked_about() -> None:
    for venue in table().names.values():
        assert is_official(venue.name, venue) == (" " in venue.name or venue.name == venue.acronym)
