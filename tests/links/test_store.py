"""The history of a link: what fails in three runs over three days is unreachable, and nothing less is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitecheck.links.store import DAY, LinkStore
from sitecheck.verdict import Verdict

URL = "https://x.example/"


def judge(path: Path, *runs: tuple[float, str]) -> list[tuple[str, ...]]:
    """The traits of the verdicts of runs at so many days each."""
    traits = []
    for day, verdict in runs:
        store = LinkStore(str(path / "links.db"), DAY, pytest.fail, now=lambda day=day: 1e9 + day * DAY)  # type: ignore[misc]
        traits.append(store.judged(Verdict(URL, verdict)).traits)
        store.flush()
    return traits


@pytest.mark.parametrize(
    ("runs", "unreachable"),
    [
        ([(0, "transient"), (1, "transient"), (3, "transient")], True),
        ([(0, "transient"), (1, "transient"), (2.9, "transient")], False),
        ([(0, "transient"), (5, "transient")], False),
        ([(0, "transient"), (0.001, "transient"), (5, "transient")], False),
        ([(0, "transient"), (1, "ok"), (3, "transient"), (4, "transient")], False),
        ([(0, "transient"), (1, "blocked"), (3, "transient"), (5, "transient")], False),
        ([(0, "ok"), (1, "transient"), (2, "transient"), (4, "transient")], True),
        ([(0, "transient"), (1, "transient"), (4, "broken")], False),
    ],
)
def test_what_makes_a_link_unreachable(tmp_path: Path, runs: list[tuple[float, str]], unreachable: bool) -> None:
    assert (judge(tmp_path, *runs)[-1] == ("unreachable",)) is unreachable


def test_only_what_was_there_is_an_answer_and_for_its_time_only(tmp_path: Path) -> None:
    judge(tmp_path, (0, "ok"))

    def known(day: float) -> bool:
        store = LinkStore(str(tmp_path / "links.db"), DAY, pytest.fail, now=lambda: 1e9 + day * DAY)
        return URL in store.known([URL])

    assert known(0.5)
    assert not known(1.5)
    assert not known(-0.5)  # somebody's clock was wrong
    judge(tmp_path, (0.6, "transient"))
    assert not known(0.7)
