"""Which fragments lead somewhere, and which are not judged."""

from __future__ import annotations

import pytest

from sitecheck.site import Contents, Site

FORGE = {"README.md": "# Data\n\n<a name='by-hand'></a>\n"}


def lacks(files: dict[str, str], path: str, fragment: str) -> bool:
    contents = {path: text.encode() for path, text in files.items()}
    return Site("", Contents(contents, frozenset(("front",)))).generator.lacks(path, fragment)


@pytest.mark.parametrize("fragment", ["data", "Data", "by-hand"])
def test_a_forge_finds_an_anchor_in_any_case(fragment: str) -> None:
    assert not lacks(FORGE, "README.md", fragment)


def test_an_anchor_that_is_not_there_is_missed() -> None:
    assert lacks(FORGE, "README.md", "code")


@pytest.mark.parametrize(
    ("generator", "path", "text"),
    [
        ("_config.yml", "index.md", "## Heading {#x}\n"),
        ("_config.yml", "index.md", "## Heading\n{: #x .y}\n"),
        ("_config.yml", "index.md", "<div class=y id=x>\n"),
        ("_quarto.yml", "index.qmd", "::: {#x .column}\n:::\n"),
        ("conf.py", "index.md", "(x)=\n# Heading\n"),
        ("hugo.toml", "content/post/a.md", '{{< figure src="a.png" id="x" >}}'),
        ("index.html", "index.html", "<script>$('#x').show()</script>"),
        ("index.html", "index.html", '<div id="root"></div>'),
        ("_config.yml", "index.md", "{% include sections.html %}\n"),
        ("_config.yml", "index.md", "{% bibliography %}\n"),
        ("hugo.toml", "content/_index.md", "text"),
        ("hugo.toml", "content/home/about.md", "text"),
        ("index.html", "plot.svg", "<svg></svg>"),
    ],
)
def test_what_may_be_an_anchor_is_one(generator: str, path: str, text: str) -> None:
    assert not lacks({generator: "", path: text}, path, "x")


def test_a_template_of_the_site_may_hold_the_anchor() -> None:
    files = {"_config.yml": "", "_layouts/page.html": '<div id="x">{{ content }}</div>', "index.md": "---\n---\n"}
    assert not lacks(files, "index.md", "x")
    assert lacks(files, "index.md", "y")


def test_an_include_that_is_there_is_read() -> None:
    files = {"_config.yml": "", "_includes/team.html": '<p id="team">', "index.md": "{% include team.html %}\n"}
    assert not lacks(files, "index.md", "team")
    assert lacks(files, "index.md", "people")


def test_a_page_that_cannot_be_read_lacks_nothing() -> None:
    class Listed(Contents):
        """A site whose list names a page that is not there."""

        def paths(self) -> frozenset[str]:
            return super().paths() | {"people.html"}

    site = Site("", Listed({"index.html": b""}, frozenset(("front",))))
    assert not site.generator.lacks("people.html", "x")


def test_the_list_of_all_contributors_links_to_anchors_that_never_were() -> None:
    cell = '<td><a href="#doc-ana" title="Documentation">D</a></td>'
    listed = (
        f"<!-- ALL-CONTRIBUTORS-LIST:START -->\n<table><tr>{cell}</tr></table>\n<!-- ALL-CONTRIBUTORS-LIST:END -->\n"
    )

    assert not lacks({"README.md": listed}, "README.md", "doc-ana")
    assert lacks({"README.md": listed}, "README.md", "doc")
    assert lacks({"README.md": cell}, "README.md", "doc-ana")
