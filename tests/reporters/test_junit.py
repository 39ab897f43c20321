"""JUnit's XML, read by a library that reads those of others."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitecheck.finding import Fix, Severity
from sitecheck.text import Edit


def parsed(printed: str) -> Any:
    junitparser = pytest.importorskip("junitparser")
    (suite,) = junitparser.JUnitXml.fromfile(io.BytesIO(printed.encode("ascii")))
    return suite


def test_a_report(run: Any) -> None:
    page = run("Anna M\u00c3\u00bcller & <b>a fault</b> here\n", "content/_index.md")
    fix = Fix((Edit(0, 1, ""),), True, 'replace by "ü"')
    page.add("\u00c3\u00bc", "'Ã¼' & <b>]]> \x1b[31m", "mojibake", fix=fix)
    page.add("a fault", severity=Severity.WARNING)
    page.add("here", "a hint", severity=Severity.INFO)
    suite = parsed(page.report("junit", encoding="ascii", seconds=1234.5))
    assert (suite.name, suite.tests, suite.failures, suite.skipped, suite.errors) == ("sitecheck", 3, 2, 1, 0)
    assert suite.time == 1234.5
    first, second, third = suite
    assert (first.name, first.classname) == ("mojibake at 1:7", "content/_index.md")
    (failure,) = first.result
    assert type(failure).__name__ == "Failure"
    assert failure.message == "'Ã¼' & <b>]]> <U+001B>[31m"
    assert failure.type == "error"
    assert failure.text == ("content/_index.md:1:7: error: 'Ã¼' & <b>]]> <U+001B>[31m\nhelp: replace by \"ü\"")
    assert [type(result).__name__ for result in second.result] == ["Failure"]
    assert [type(result).__name__ for result in third.result] == ["Skipped"]
    assert third.result[0].message == "a hint"


def test_a_clean_run_is_a_test_that_passed(run: Any) -> None:
    suite = parsed(run("").report("junit", files=25))
    assert (suite.tests, suite.failures, suite.skipped) == (1, 0, 0)
    (case,) = suite
    assert case.is_passed
    assert case.name == "no findings in files: 25"


HOSTILE = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("<>&\"']\x00\x0b\x1b\ufffe\uffff\udc80\ud800\n"), max_size=20
) | st.sampled_from(["]]>", "<!--", "&lt;", "&#0;", "</failure><testcase/>", "<?x?>", "<!DOCTYPE x>"])


@given(message=HOSTILE, path=HOSTILE, advice=HOSTILE, severity=st.sampled_from(Severity))
@example(message="\ud800", path="\ud800", advice="\udc80", severity=Severity.ERROR)
def test_hostile_texts_and_names(run: Any, message: str, path: str, advice: str, severity: Severity) -> None:
    page = run("text")
    page.add(page.place("text", path=f"p{path}"), message, severity=severity, help=advice)
    printed = page.report("junit", encoding="ascii")
    root = ElementTree.fromstring(printed)  # noqa: S314 - what is parsed is ours
    tags = [element.tag for element in root.iter()]
    assert tags == ["testsuites", "testsuite", "testcase", "skipped" if severity == Severity.INFO else "failure"]
    assert all(char.isprintable() or char == "\n" or ord(char) > 0x9F for char in "".join(root.itertext()))
