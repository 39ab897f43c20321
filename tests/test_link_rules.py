"""The rules that look at the links of one page: what each finds and what not, its fixes, and its time."""

from __future__ import annotations

import time

import pytest

from sitecheck.engine import ActiveRule, examine
from sitecheck.fixer import fix_text
from sitecheck.rule import PageRule, built_in_rules

RULES = {rule.name: rule for rule in built_in_rules() if rule.group == "links" and isinstance(rule, PageRule)}


def found(name: str, text: str, path: str = "page.md") -> list[str]:
    """What the places that the rule finds hold."""
    examined = examine(text.encode(), path, [ActiveRule(RULES[name])])
    assert examined.errors == ()
    return [text[each.place.start.offset : each.place.end.offset] for each in examined.diagnostics]


def fixed(name: str, text: str, *, unsafe: bool = False, path: str = "page.md") -> str:
    return fix_text(text.encode(), path, [ActiveRule(RULES[name])], unsafe=unsafe).raw_after.decode()


MALFORMED = [
    ("https://https://a.org/x", "https://a.org/x"),
    ("https:https://a.org", "https://a.org"),
    ("hhttps://a.org/x", "https://a.org/x"),
    ("htps://a.org", "https://a.org"),
    ("htttp://a.org", "http://a.org"),
    ("ttps://a.org", "https://a.org"),
    ("http//a.org/b", "http://a.org/b"),
    ("http:/a.org/b", "http://a.org/b"),
    ("https:a.org/b", "https://a.org/b"),
    ("http:///a.org/b", "http://a.org/b"),
    ("https;//a.org", "https://a.org"),
    ("%20https://a.org", "https://a.org"),
    ("#http://a.org", "http://a.org"),
    ("us-rse.org", "https://us-rse.org"),
    ("www.a.de/b?c=d", "https://www.a.de/b?c=d"),
    ("github.com/a/b", "https://github.com/a/b"),
    ("me@uni.edu", "mailto:me@uni.edu"),
    ("mailto://me@uni.edu", "mailto:me@uni.edu"),
]


@pytest.mark.parametrize(("url", "meant"), MALFORMED)
@pytest.mark.parametrize(
    ("form", "path"), [("[a]({})\n", "a.md"), ('<a href="{}">a</a>\n', "a.html"), ("- t: '[a]({})'\n", "a.yml")]
)
def test_a_malformed_address_with_one_reading_is_mended(url: str, meant: str, form: str, path: str) -> None:
    text = form.replace("{}", url)
    assert found("malformed-link", text, path) == [url]
    assert fixed("malformed-link", text, path=path) == form.replace("{}", meant)


@pytest.mark.parametrize("url", ["http://https://a.org/x", "https://http://a.org", "https//:a.edu", "http://http://"])
def test_where_there_are_two_readings_or_none_nothing_is_mended_by_itself(url: str) -> None:
    assert found("malformed-link", f"[a]({url})\n") == [url]
    assert fixed("malformed-link", f"[a]({url})\n") == f"[a]({url})\n"


@pytest.mark.parametrize(
    "url",
    """https://a.org http://a.org:8080/x https://web.archive.org/web/2020/https://a.org https://a.org/?u=http://b.org
    //cdn.org/a.js paper.pdf notes.md cv.tex index.html a.py fig.ai data.info main.rs archive.tar.gz v1.2.3 2024.bib
    mailto:?subject=Hi mailto:a@b.org?cc=c@d.org mailto:a@b.org,c@d.org mailto:%61@b.org mailto:me[at]uni.edu
    tel:+123 doi:10.1000/182 javascript:void(0) #https https httpd/ ../https:/x {{site.url}} ftp://a.org https://münchen.de
    https://a.org/b_(c) https://[::1]/ https://a.org/%20https://b.org""".split(),  # noqa: SIM905  # a list of 30 reads worse
)
def test_what_browsers_can_follow_is_not_malformed(url: str) -> None:
    assert found("malformed-link", f"[a]({url})\n") == []
    assert found("malformed-link", f'<p><a href="{url}">a</a></p>\n', "a.html") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("See [a] (https://a.org) for\n", "[a] (https://a.org)"),
        ("See (a)[https://a.org/b] for\n", "(a)[https://a.org/b]"),
        ("See [a](https://a.org/b for\n", "[a](https://a.org/b"),
        ("See [1] (https://a.org)\n", None),
        ("See [a](https://a.org) (https://b.org)\n", None),
        ("Code: `[a] (https://a.org)`\n", None),
        ('See [a](https://a.org "b c") and\n', None),
    ],
)
def test_a_link_that_is_shown_as_it_is_written(text: str, place: str | None) -> None:
    assert found("malformed-link", text) == ([place] if place else [])


def test_a_bare_address_without_its_colon() -> None:
    assert fixed("malformed-link", "It runs at http//a.org/b.\n") == "It runs at http://a.org/b.\n"
    assert found("malformed-link", "See `http//a.org` or https://b.org/http//c.org\n") == []


def test_two_readings_have_no_safe_fix() -> None:
    text = '<a href="[https://a.org](https://b.org)">a</a>\n'
    assert fixed("malformed-link", text, path="a.html") == text
    assert fixed("malformed-link", text, unsafe=True, path="a.html") == '<a href="https://b.org">a</a>\n'


def test_a_port_that_does_not_exist() -> None:
    assert found("malformed-link", "[a](http://a.org:70000/b) [c](http://a.org:65535)\n") == ["http://a.org:70000/b"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[a](TODO) [b](xxx) [c](None) [d](your-link-here)\n", ["TODO", "xxx", "None", "your-link-here"]),
        ("[a](#) [](#) [![b](c.png)](#) [top](#) [↑](#)\n", ["#"]),
        ('<a href="#" onclick="f()">a</a> <a href="#" class="dropdown-toggle">b</a> <a href="#" id="c">c</a>\n', []),
        ("[a](https://example.org/b) [my example](https://example.com) https://example.net\n", ["https://example.org/b"]),
        ("[code](https://github.com) [on GitHub](https://github.com/) [c](https://github.com/a)\n", ["https://github.com"]),
        ("[a](https://github.com/<username>/b) [c](mailto:me@example.com)\n",
         ["https://github.com/<username>/b", "mailto:me@example.com"]),
        ("---\nurl_pdf: '#'\nurl_code: ''\nurl: http://example.org\nicon: '#'\n---\n", ["#", "http://example.org"]),
        ("- name: None\n  image: none\n", []),
    ],
)  # fmt: skip
def test_placeholders(text: str, places: list[str]) -> None:
    assert found("placeholder-link", text, "a.yml" if text.startswith("- ") else "a.md") == places


@pytest.mark.parametrize(
    ("label", "url"),
    [
        ("arXiv:2401.00001", "https://arxiv.org/abs/2401.00002"),
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/183"),
        ("10.1000/182", "https://doi.org/10.1000/183"),
        ("https://a.org/x", "https://b.org/x"),
        ("www.a.org/x", "https://a.org/y"),
    ],
)
@pytest.mark.parametrize("form", ["[{}](<>)", '<a href="<>">{}</a>', "<a\nclass=\"b\" href='<>'><b>{}</b></a>"])
def test_a_text_that_names_another_address(label: str, url: str, form: str) -> None:
    assert len(found("link-text-mismatch", form.replace("{}", label).replace("<>", url) + "\n")) == 1


@pytest.mark.parametrize(
    ("label", "url"),
    [
        ("arXiv:2401.00001", "https://arxiv.org/pdf/2401.00001v3.pdf"),
        ("arXiv:2401.00001v1", "https://arxiv.org/abs/2401.00001"),
        ("arXiv:2401.00001", "https://doi.org/10.1000/183"),
        ("https://doi.org/10.1000/A(B)", "https://doi.org/10.1000/a%28b%29"),
        ("https://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("http://a.org/x/", "https://www.a.org/X"),
        ("https://a.org/long…", "https://a.org/longer/path"),
        ("https://a.org", "https://a.org/x?y=z"),
        ("https://a.org/x", "/x"),
        ("https://a.org/x", "https://web.archive.org/web/2020/https://a.org/x"),
        ("https://a.org/x", "https://bit.ly/abc"),
        ("a.org and b.org", "https://c.org"),
        ("10.1000/182 and 10.1000/183", "https://doi.org/10.1000/184"),
    ],
)
def test_a_text_that_names_the_same_address_in_another_form(label: str, url: str) -> None:
    assert found("link-text-mismatch", f"[{label}]({url})\n") == []
    assert found("link-text-mismatch", f'<a href="{url}">{label}</a>\n') == []


def test_an_empty_address_is_found_wherever_a_link_can_stand() -> None:
    text = "[a]() [b](<>) ![c]( ) <a href=''>d</a> <a href>e</a> <img src=\"\">\n"
    assert len(found("empty-link", text)) == 6
    assert found("empty-link", "<a name='x'>a</a> <img data-src='a' src=''> <form action=''> [x] ()\n") == []


def test_ids_are_told_apart_by_case_and_not_counted_in_code() -> None:
    assert found("duplicate-id", '<p id="a"><p id="A">\n', "a.html") == []
    assert found("duplicate-id", "# A {#a}\n\n`{#a}` and `$x_{#a}$`\n\n```\n::: {#a}\n```\n") == []
    assert found("duplicate-id", "# A {#a}\n\n<p id=a>\n") == ["a"]
    assert found("duplicate-id", "<!-- <p id=a> --> <p id='a'>\n", "a.html") == []


def test_code_defines_no_link() -> None:
    assert found("malformed-link", "[x]\n\n[x]: http//a.org/b\n") == ["http//a.org/b"]
    assert found("malformed-link", "```\n[x]: http//a.org/b\n```\n\n- a\n\n  ~~~\n  [x]: http//a.org/b\n  ~~~\n") == []


PAGE = "<!DOCTYPE html><html><body>{}<script>{}</script></body></html>"


@pytest.mark.parametrize(
    ("body", "script", "missing"),
    [
        ("<p id=b>", "document.getElementById('a').remove()", ["a"]),
        ("<p id=a>", "document.getElementById('a').remove()", []),
        ("<p>", "document.getElementById('a')?.remove()", []),
        ("<p>", "var x = document.getElementById('a'); if (x) x.remove()", []),
        ("<p>", "p.innerHTML = '<b id=\"a\">'; document.getElementById('a').remove()", []),
        ("{% include b.html %}", "document.getElementById('a').remove()", []),
        ("<p>", "document.querySelector('#a').remove()", ["a"]),
    ],
)
def test_elements_that_scripts_ask_for(body: str, script: str, missing: list[str]) -> None:
    text = PAGE.replace("{}", body, 1).replace("{}", script)
    assert found("missing-element", text, "a.html") == missing


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_a_rule_finds_does_not_hang_on_how_the_page_is_scanned(name: str) -> None:
    """A text around the address, which makes the scan take more for it, changes nothing."""
    bad = {
        "empty-link": "[a]()", "placeholder-link": "[a](TODO)", "malformed-link": "[a](hhttps://a.org)",
        "legacy-doi": "[a](http://dx.doi.org/10.1000/1)", "link-text-mismatch": "[https://a.org/x](https://b.org/y)",
        "duplicate-id": "<b id=a></b><i id=a></i>",
    }  # fmt: skip
    if name not in bad:
        pytest.skip("looks at whole documents only")
    for form in ("{}", "a {}{{ b }}", "({})", "- {}, c", "> **{}**", "| {} |\n|---|\n", "*{}*: [c](d)"):
        assert len(found(name, form.replace("{}", bad[name], 1) + "\n")) == 1, form


UNITS = [
    "](", "](h", "](https:", "](hhttps:", "](https://https:", "](mailto:", "](mailto:a@", "](a@", "](a.", "](a-",
    "](your-", "](#", "](%20", "]([", "[a](#)", "[a]()", "] (https:", ")[https:", "[https://a", "[10.1000/", "arxiv:",
    "arXiv : ",
    "[arXiv:2401.00001](https://arxiv.org/abs/2401.00002", 'href="', "href=a>", '<a href="#">', "<a href=''>", " id=",
    "id=a ", "{#a}", "{#", "{.a ", "getElementById('a').", "querySelector('#a').", "<li>", "http:/", "http//", "h",
    "a.", "www.a.", "example.", "https://example.org/", "https://github.com/", "class='",
]  # fmt: skip


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize("name", sorted(RULES))
def test_hostile_repetition_takes_linear_time(name: str, path: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        found(name, text, path)
        return time.process_time() - started

    slow = []
    for unit in UNITS:
        for head, joint in (("", ""), ("<!DOCTYPE html><html><a href=", ""), ("", "\n")):
            short, long = (head + (unit + joint) * (size // len(unit + joint)) for size in (4_000, 16_000))
            if seconds(long) > 0.1:  # a quarter of what the issue asks for, as there are many
                ratio = min(seconds(long) for _ in range(3)) / min(seconds(short) for _ in range(3))
                if ratio > 9:
                    slow.append((unit, head, joint, round(ratio, 1)))
    assert slow == []
