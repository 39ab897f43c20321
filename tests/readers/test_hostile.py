"""Input that was made to break readers: it is read, in linear time, and never raises."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.engine import ActiveRule, examine
from sitecheck.readers import SUFFIXES
from sitecheck.rule import built_in_rules

RULES = [ActiveRule(rule) for rule in built_in_rules()]

UNITS = [
    "{{", "{%", "{#", "<%", "{:", "{::x ", "{.", "{", "}}", "{{x}}", "\\(", "\\[", "\\\\(", "\\begin{a}",
    ":::\n", "[", "](", "![", "[a](", "[x]: <\n", "*", "_a", "**a", "`", "``a`", "~", "$", "$$", "$a ", "> ",
    "- ", "1. ", "#", "<a ", "<a b='\"", '<a b="', "<script ", "<style>", "<!--", "<!-- -->", "<?", "<![CDATA[",
    "<b>", "</b>", "<a href=x>", "<code>", "<div>\n\n", "<textarea>", "<svg>", "<li>", "<", "&", "&amp;", "&#",
    "&amp;amp;", "<br", "http://a)", "http://", "www.a.", "|a", "|-", "\n|", "a\n|-\n", "\n", "\r", "\r\n", " ",
    "\t", "    a\n", ": a\n", "[^1]", "[^1]: ", "\ufeff", "â€", "Ã", "Â", "â€™", "Ã©", "Ãƒ", "\x92", "\ufffd",
    "ï¿½", "\u202e", "\u200b", "a\u200b", "асе", "aс", "ﬁ", '{\\"o}', '\\"', "\\'e", "\\textit{", "\\H{", "a: ",
    "- a\n", "a:\n ", "a: |\n", "? ", "&a ", "*a ", "!a ", '"', "'", "''", "\\", "\\u", "\\ud83d", '"\\', "%",
    "@a{", "@a{b,c={", "@a{b,c=\"", "x={", "= #", ",", '"""', "'''", "a=", "a=[", "[[a]]\n", "[a.b]\n", "+++\n",
    "---\n", "...\n", "sitecheck: ", "<!-- sitecheck: ignore", "`a", "漢", "😀", "\x00", "\x0c", "\x85",
    "\u2028",
]  # fmt: skip
SIZE = 16_000
"""Characters. The larger input is four times as long, 64 KB."""

PREFIXES = {"html": ["", "<a b="], "yaml": ["", 'a: "', "a: >\n  "]}


def seconds(path: str, text: str) -> float:
    """CPU time for reading a page with every rule, all its blocks included."""
    raw = text.encode("utf-8", "surrogatepass")
    started = time.process_time()
    examined = examine(raw, path, RULES)
    assert examined.errors == ()
    return time.process_time() - started


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".html", ".yml", ".toml", ".bib", ".rst"])
def test_hostile_repetition_is_read_in_linear_time(suffix: str) -> None:
    """Four times the input takes about four times as long, for each thing that might be repeated."""
    slow = []
    for prefix in PREFIXES.get(SUFFIXES[suffix], [""]):
        for unit in UNITS:
            small, large = (prefix + unit * (size // len(unit)) for size in (SIZE, 4 * SIZE))
            long = seconds(f"page{suffix}", large)
            if long < 0.2:  # quadratic time would be felt by now
                continue
            ratio = long / seconds(f"page{suffix}", small)
            if ratio > 9:  # or a collection of garbage fell into it: the fastest of a few tells
                long, short = (min(seconds(f"page{suffix}", text) for _ in range(4)) for text in (large, small))
                ratio = long / short
            if ratio > 9:
                slow.append((prefix, unit, round(long, 2), round(ratio, 1)))
    assert slow == []


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=60)
@given(text=st.lists(st.sampled_from(UNITS), max_size=40).map("".join))
def test_any_mixture_is_read(suffix: str, text: str) -> None:
    assert examine(text.encode("utf-8", "surrogatepass"), f"page{suffix}", RULES).errors == ()


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=60)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_read(suffix: str, raw: bytes) -> None:
    assert examine(raw, f"page{suffix}", RULES).errors == ()


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("a.yml", BOMB, None),
        ("a.yml", "[" * 100_000, "invalid-front-matter"),
        ("a.yml", "- " * 30_000, "invalid-front-matter"),
        ("a.md", "---\na: " + "[" * 60_000 + "\n---\n", "invalid-front-matter"),
        ("a.md", "---\ntitle: never closed\n\nText\n", "invalid-front-matter"),
        ("a.md", "---\n\nA break, and text\n", None),
        ("a.md", "> " * 500 + "deep", None),
        ("a.md", "<div>" * 500 + "deep", None),
        ("a.toml", "a = " + "[" * 5_000, "invalid-front-matter"),
        ("a.md", "|a" * 4_000 + "\n" + "|-" * 4_000 + "\n" + "|\n" * 16_000, None),
        ("a.yml", "a: 'x\x92s'\n", "mojibake"),
        ("a.yml", "a: x \0\n", "invalid-front-matter"),
        ("a.yml", 'a: "\\ud83d\\ude00"\n', None),
        ("a.yml", "a: &x hi\nb: !!str ho\nc: *x\n", None),
        ("a.md", "", None),
        ("a.md", "\ufeff", None),
        ("a.html", "<p>a</p>" + "\0" * 100, None),
        ("a.md", "{{ never closed\n\nNvidiaâ€™s\n", "mojibake"),
        ("a.md", "x" * 65_000 + "Nvidiaâ€™s", "mojibake"),
    ],
)
def test_each_trap_is_a_finding_or_nothing(path: str, text: str, rule: str | None) -> None:
    examined = examine(text.encode(), path, RULES)
    assert examined.errors == ()
    assert {found.rule for found in examined.diagnostics} == ({rule} if rule else set())


def test_utf16_without_a_mark_is_said_to_be_so() -> None:
    (found,) = examine("Some text that was saved as UTF-16".encode("utf-16-le"), "a.txt", RULES).diagnostics
    assert found.rule == "invalid-encoding"
    assert "UTF-16" in found.message
