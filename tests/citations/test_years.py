"""What is told of years that contradict what stands beside them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.citations.volumes import believed
from sitecheck.cli import main


def told(folder: Path, capsys: pytest.CaptureFixture[str], entries: list[str], name: str = "page.md") -> list[str]:
    """The findings on a list of entries."""
    (folder / name).write_text("\n".join(entries), encoding="utf-8")
    main(["--format", "concise", "--no-cache", "--select", "year-mismatch", str(folder / name)])
    return [line for line in capsys.readouterr().out.splitlines() if "year-mismatch" in line]


def article(volume: int, year: int) -> str:
    title = f"Growth of kelp number {volume} in {year}."
    return f'- A. Lin. "{title}" Journal of Marine Science {volume}, no. 7 ({year}): 5-9.'


def test_one_slip_is_told_once_and_at_its_own_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = [article(volume, 2000 + volume) for volume in range(10, 20)]
    entries.insert(3, article(9, 2018))

    [finding] = told(tmp_path, capsys, entries)

    assert "page.md:4:" in finding
    assert "volume 9 is of 2018 here" in finding


def test_a_volume_that_stretches_over_two_years_is_no_slip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, capsys, [article(10, 2010), article(10, 2011), article(11, 2011), article(11, 2012)]) == []


def test_proceedings_of_a_school_come_out_late_and_those_of_a_known_conference_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = "@inproceedings{{a, author = {{A. Lin}}, title = {{Growth of kelp}}, booktitle = {{{}}}, year = {}}}"
    school = entry.format("Proceedings of the 2014 Kiel Winter School on Kelp", 2017)
    known = entry.format("Proceedings of CVPR 2014", 2017)

    assert told(tmp_path, capsys, [school], "a.bib") == []
    [finding] = told(tmp_path, capsys, [known], "b.bib")
    assert "the entry is of 2017, and its venue of 2014" in finding


issues = st.lists(st.tuples(st.integers(1, 30), st.integers(1990, 2020)), max_size=30)


@given(issues, st.sampled_from([None, 1980]))
def test_what_is_believed_does_not_contradict_itself(known: list[tuple[int, int]], base: int | None) -> None:
    sure = sorted(believed(known, base))

    assert set(sure) <= set(known)
    assert bool(sure) == bool(known)
    for (volume, year), (next_volume, next_year) in pairwise(sure):
        assert year <= next_year
        assert volume != next_volume or next_year - year == 1
        assert base is None or volume == next_volume or year < next_year


@given(st.lists(st.integers(1, 100), min_size=3, max_size=30, unique=True), st.data())
def test_one_slip_among_many_is_not_believed(volumes: list[int], data: st.DataObject) -> None:
    right = [(volume, 1900 + volume) for volume in volumes]
    slip = (data.draw(st.integers(101, 120)), 1900)

    assert believed([*right, slip], None) == set(right)


def test_the_time_that_belief_takes_is_linear() -> None:
    def seconds(many: int) -> float:
        known = [(1 + k * 7919 % many, 1900 + k * 104_729 % 120) for k in range(many)]
        begin = process_time()
        believed(known, None)
        return process_time() - begin

    assert min(seconds(20_000) for _ in range(3)) < 8 * min(seconds(5_000) for _ in range(3))
