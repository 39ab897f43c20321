"""The history of a link: what fails in three runs over three days is unreachable, and nothing less is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitecheck.links.settings import SERVICES, Settings
from sitecheck.links.store import DAY, LinkStore
from sitecheck.verdict import Verdict

URL = "https://x.example/"


def store_at(path: Path, day: float, settings: Settings | None = None) -> LinkStore:
    digest = (settings or Settings()).digest()
    return LinkStore(str(path / "links.db"), digest, DAY, pytest.fail, now=lambda: 1e9 + day * DAY)


def judge(path: Path, *runs: tuple[float, str], settings: Settings | None = None) -> list[tuple[str, ...]]:
    """The traits of the verdicts of runs at so many days each."""
    traits = []
    for day, verdict in runs:
        store = store_at(path, day, settings)
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
        return URL in store_at(tmp_path, day).known([URL])

    assert known(0.5)
    assert not known(1.5)
    assert not known(-0.5)  # somebody's clock was wrong
    judge(tmp_path, (0.6, "transient"))
    assert not known(0.7)


LOCAL = (re.compile("x"), "127.0.0.1", 80)

OTHERWISE = [
    Settings(accept=frozenset((403,))),
    Settings(allow_private=True),
    Settings(remap=(LOCAL,)),
    Settings(remap=((re.compile("x", re.IGNORECASE), "127.0.0.1", 80),)),
    Settings(services={"github": "http://127.0.0.1:8765"}),
    Settings(headers=(("x.example", (("Cookie", "a=b"),)),)),
]


@pytest.mark.parametrize("settings", OTHERWISE)
def test_what_was_asked_otherwise_is_another_answer(tmp_path: Path, settings: Settings) -> None:
    judge(tmp_path, (0, "ok"), settings=settings)

    assert URL in store_at(tmp_path, 0.5, settings).known([URL])
    assert not store_at(tmp_path, 0.5).known([URL])


@pytest.mark.parametrize("settings", OTHERWISE)
def test_what_failed_otherwise_is_another_history(tmp_path: Path, settings: Settings) -> None:
    judge(tmp_path, (0, "transient"), (1, "transient"), settings=settings)

    assert judge(tmp_path, (3, "transient")) == [()]
    assert judge(tmp_path, (3.5, "transient"), settings=settings) == [("unreachable",)]


def test_limits_and_secrets_leave_answers_what_they_are() -> None:
    same = [
        Settings(timeout=1.0, retries=0, per_host=1, max_age=0.0, exclude=(re.compile("x"),)),
        Settings(tokens={"github": "a-secret"}),
        Settings(services={"github": SERVICES["github"]}),
    ]

    assert {settings.digest() for settings in same} == {Settings().digest()}
