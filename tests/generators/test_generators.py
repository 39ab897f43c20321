"""Where the links of a page lead, in small sites of each generator."""

from __future__ import annotations

import pytest

from sitecheck.generators.resolution import FOUND, MISSING, UNKNOWN
from sitecheck.site import Contents, Site

NEEDS = frozenset(("front",))


def made(files: dict[str, str]) -> Site:
    """A site of these files; one whose content does not matter is empty."""
    return Site("", Contents({path: text.encode() for path, text in files.items()}, NEEDS))


HUGO = {
    "hugo.toml": "baseURL = 'https://example.org/'\n[permalinks]\nevent = '/talk/:slug/'\n",
    "content/_index.md": "",
    "content/post/Seeds.md": "---\nslug: all-seeds\naliases: [/old-seeds/, '/older/']\n---\n",
    "content/post/peat/index.md": "---\ntitle: Peat\n---\n",
    "content/post/peat/cores.png": "",
    "content/post/_index.md": "",
    "content/event/2024-kyiv/index.md": "---\ntitle: Peat - a talk\n---\n",
    "content/about.fr.md": "+++\nurl = '/a-propos/'\n+++\n",
    "content/home/team.md": "",
    "static/files/CV.pdf": "",
    "assets/media/me.jpg": "",
}
JEKYLL = {
    "_config.yml": "baseurl: /lab\ncollections:\n  talks:\n    output: true\n    permalink: /talks/:title/\n"
    "include: [_pages]\npermalink: /blog/:year/:title/\nexclude: [bin/]\n",
    "_layouts/default.html": "",
    "index.md": "---\n---\n",
    "_pages/team.md": "---\npermalink: /people/\nredirect_from:\n  - /group/\n---\n",
    "_pages/photo.png": "",
    "_posts/2024-01-02-peat.md": "---\ntitle: Peat\n---\n",
    "_talks/kyiv.md": "---\n---\n",
    "bin/x.md": "",
    "notes/first.md": "---\n---\n",
    "notes/pic.png": "",
    "images/me.jpg": "",
    "files/paper (1).pdf": "",
    "_data/news.yml": "",
}
QUARTO = {
    "_quarto.yml": "project:\n  type: website\n  output-dir: docs\n",
    "index.qmd": "",
    "posts/peat/index.qmd": "---\naliases: [/old/]\n---\n",
    "posts/peat/core.png": "",
    "docs/index.html": "",
    "files/cv.pdf": "",
}
MKDOCS = {
    "mkdocs.yml": "name: x\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.x\n",
    "README.md": "",
    "docs/index.md": "",
    "docs/guide/start.md": "",
    "docs/guide/pic.png": "",
    "docs/img/logo.png": "",
}
SPHINX = {
    "conf.py": "project = 'x'",
    "index.rst": "",
    "guide/start.md": "",
    "guide/end.rst": "",
    "guide/pic.png": "",
    "_static/logo.png": "",
}
PELICAN = {
    "pelicanconf.py": "PATH = 'content'\n",
    "content/pages/team.md": "Title: Team\nSlug: people\n\nWe.",
    "content/images/me.jpg": "",
    "content/news/first.md": "Title: First\n\nNew.",
}
PLAIN = {
    "CNAME": "example.org",
    "index.html": "",
    "people.html": "",
    "papers/2023.pdf": "",
    "papers/Ünïcode name.pdf": "",
    "sub/index.html": "",
    "sub/css/style.css": "",
    "about/page.html": "",
}
FORGE = {"README.md": "", "docs/usage.md": "", "figures/Plot.png": "", ".gitignore": "results/\n*.log\n"}
FRAMEWORK = {"package.json": "{}", "src/app.js": "", "public/img/a.png": "", "content/x.md": "", "README.md": ""}

CASES = [
    (HUGO, "content/post/peat/index.md", "cores.png", FOUND),
    (HUGO, "content/post/peat/index.md", "Cores.png", MISSING),
    (HUGO, "content/post/peat/index.md", "../all-seeds/", FOUND),
    (HUGO, "content/post/peat/index.md", "/post/seeds/#x", FOUND),
    (HUGO, "content/post/peat/index.md", "/Post/Peat", FOUND),
    (HUGO, "content/post/peat/index.md", "/old-seeds", FOUND),
    (HUGO, "content/post/peat/index.md", "/older/", FOUND),
    (HUGO, "content/post/peat/index.md", "/post/sedes/", MISSING),
    (HUGO, "content/post/peat/index.md", "../", FOUND),
    (HUGO, "content/post/peat/index.md", "/files/CV.pdf", FOUND),
    (HUGO, "content/post/peat/index.md", "/files/cv.pdf", MISSING),
    (HUGO, "content/post/peat/index.md", "/talk/peat-a-talk/", UNKNOWN),
    (HUGO, "content/post/peat/index.md", "/talk/2024-kyiv/", UNKNOWN),
    (HUGO, "content/post/peat/index.md", "/tags/peat/", UNKNOWN),
    (HUGO, "content/post/peat/index.md", "/post/index.xml", UNKNOWN),
    (HUGO, "content/post/peat/index.md", "/fr/a-propos/", UNKNOWN),
    (HUGO, "content/post/peat/index.md", "/a-propos/", FOUND),
    (HUGO, "content/post/peat/index.md", "me.jpg", FOUND),
    (HUGO, "content/post/Seeds.md", "peat/cores.png", MISSING),
    (HUGO, "content/post/Seeds.md", "../peat/cores.png", FOUND),
    (HUGO, "content/post/Seeds.md", "peat/index.md", FOUND),
    (HUGO, "content/post/Seeds.md", '{{< relref "peat" >}}', FOUND),
    (HUGO, "content/post/Seeds.md", '{{< relref "peat/index.md#cores" >}}', FOUND),
    (HUGO, "content/post/Seeds.md", '{{% ref "/post/seeds" %}}', FOUND),
    (HUGO, "content/post/Seeds.md", '{{< ref "about" >}}', FOUND),
    (HUGO, "content/post/Seeds.md", '{{< relref "#top" >}}', FOUND),
    (HUGO, "content/post/Seeds.md", '{{< relref "nope.md" >}}', MISSING),
    (HUGO, "content/post/Seeds.md", '{{< relref .Params.page >}}', UNKNOWN),
    (HUGO, "content/home/team.md", "files/CV.pdf", FOUND),
    (HUGO, "content/post/Seeds.md", "/my-other-repository/", UNKNOWN),
    (JEKYLL, "_pages/team.md", "photo.png", MISSING),
    (JEKYLL, "_pages/team.md", "../images/me.jpg", FOUND),
    (JEKYLL, "_pages/team.md", "/images/me.jpg", FOUND),
    (JEKYLL, "_pages/team.md", "/lab/images/me.jpg", FOUND),
    (JEKYLL, "_pages/team.md", "/lab/images/you.jpg", MISSING),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/images/me.jpg", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.url }}{{ site.baseurl }}/images/you.jpg", MISSING),
    (JEKYLL, "_pages/team.md", "{{ '/images/you.jpg' | relative_url }}", MISSING),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}{{ page.image }}", UNKNOWN),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/group/", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/talks/kyiv/", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/talks/lviv/", MISSING),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/blog/2024/peat/", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/blog/2024/", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/files/paper%20(1).pdf?raw=1", FOUND),
    (JEKYLL, "_pages/team.md", "{{ site.baseurl }}/feed.xml", UNKNOWN),
    (JEKYLL, "notes/first.md", "pic.png", FOUND),
    (JEKYLL, "notes/first.md", "second.md", MISSING),
    (JEKYLL, "_posts/2024-01-02-peat.md", "../../../images/me.jpg", FOUND),
    (JEKYLL, "bin/x.md", "nothing.png", UNKNOWN),
    (JEKYLL, "_data/news.yml", "nothing.png", UNKNOWN),
    (QUARTO, "posts/peat/index.qmd", "core.png", FOUND),
    (QUARTO, "posts/peat/index.qmd", "cores.png", MISSING),
    (QUARTO, "index.qmd", "posts/peat/index.html", FOUND),
    (QUARTO, "index.qmd", "posts/peat", FOUND),
    (QUARTO, "index.qmd", "/posts/peat/index.qmd", FOUND),
    (QUARTO, "index.qmd", "old/", FOUND),
    (QUARTO, "index.qmd", "files/CV.pdf", MISSING),
    (QUARTO, "docs/index.html", "site_libs/x.js", UNKNOWN),
    (MKDOCS, "docs/guide/start.md", "../index.md", FOUND),
    (MKDOCS, "docs/guide/start.md", "pic.png", FOUND),
    (MKDOCS, "docs/guide/start.md", "../pic.png", FOUND),
    (MKDOCS, "docs/guide/start.md", "end.md", MISSING),
    (MKDOCS, "README.md", "docs/guide/start.md", FOUND),
    (MKDOCS, "README.md", "docs/guide/end.md", MISSING),
    (SPHINX, "guide/start.md", "end", FOUND),
    (SPHINX, "guide/start.md", "end.html", FOUND),
    (SPHINX, "guide/start.md", "/guide/pic.png", FOUND),
    (SPHINX, "guide/start.md", "picture.png", MISSING),
    (SPHINX, "guide/start.md", "some-label", UNKNOWN),
    (PELICAN, "content/news/first.md", "{static}/images/me.jpg", FOUND),
    (PELICAN, "content/news/first.md", "{filename}../pages/team.md", FOUND),
    (PELICAN, "content/news/first.md", "{filename}/pages/nobody.md", MISSING),
    (PELICAN, "content/news/first.md", "|filename|/images/you.jpg", MISSING),
    (PELICAN, "content/news/first.md", "{tag}peat", UNKNOWN),
    (PELICAN, "content/news/first.md", "/pages/people.html", UNKNOWN),
    (PLAIN, "index.html", "people.html#top", FOUND),
    (PLAIN, "index.html", "people", FOUND),
    (PLAIN, "index.html", "./papers/", FOUND),
    (PLAIN, "index.html", "papers/2022.pdf", MISSING),
    (PLAIN, "index.html", "papers/%C3%9Cn%C3%AFcode%20name.pdf", FOUND),
    (PLAIN, "about/page.html", "/papers/2023.pdf", FOUND),
    (PLAIN, "about/page.html", "papers/2023.pdf", MISSING),
    (PLAIN, "sub/index.html", "/css/style.css", UNKNOWN),
    (PLAIN, "sub/index.html", "../../elsewhere.html", UNKNOWN),
    (PLAIN, "index.html", "/another-repository/", UNKNOWN),
    (PLAIN, "index.html", "//cdn.example.org/x.js", UNKNOWN),
    (PLAIN, "index.html", "mailto:me@example.org", UNKNOWN),
    (PLAIN, "index.html", "me@example.org", UNKNOWN),
    (PLAIN, "index.html", "us-rse.org", UNKNOWN),
    (PLAIN, "index.html", "http//example.org/", UNKNOWN),
    (PLAIN, "index.html", "TODO", UNKNOWN),
    (PLAIN, "index.html", "?page=2", FOUND),
    (FORGE, "README.md", "docs/usage.md", FOUND),
    (FORGE, "README.md", "./docs", FOUND),
    (FORGE, "README.md", "figures/plot.png", MISSING),
    (FORGE, "README.md", "results/plot.png", UNKNOWN),
    (FORGE, "README.md", "../../issues", UNKNOWN),
    (FORGE, "README.md", "blob/main/x.py", UNKNOWN),
    (FORGE, "docs/usage.md", "/figures/Plot.png", FOUND),
    (FRAMEWORK, "content/x.md", "/img/b.png", MISSING),
    (FRAMEWORK, "content/x.md", "/imgs/b.png", UNKNOWN),
    (FRAMEWORK, "content/x.md", "../other", UNKNOWN),
    (FRAMEWORK, "README.md", "docs/x.md", MISSING),
]  # fmt: skip


@pytest.mark.parametrize(("files", "path", "address", "state"), CASES, ids=[f"{path} {a}" for _, path, a, _ in CASES])
def test_an_address_leads_where_a_visitor_gets(files: dict[str, str], path: str, address: str, state: str) -> None:
    resolution = made(files).generator.resolve(path, address)
    assert resolution.state == state, resolution


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("Papers/2023.PDF", "papers/2023.pdf"),
        ("files/2023.pdf", "papers/2023.pdf"),
        ("papers/2032.pdf", "papers/2023.pdf"),
        ("poeple.html", "people.html"),
        ("nothing-like-it.html", ""),
    ],
)
def test_the_file_that_may_be_meant_is_named(wanted: str, nearest: str) -> None:
    assert made(PLAIN).generator.nearest(wanted) == nearest


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        (["config.toml", "content/_index.md"], "Hugo"),
        (["config/_default/hugo.toml", "content/_index.md"], "Hugo"),
        (["config.toml", "README.md"], "Forge"),
        (["_config.yml", "index.md"], "Jekyll"),
        (["_config.yml", "scaffolds/post.md"], "Unknown"),
        (["_config.yml", "_toc.yml"], "Sphinx"),
        (["conf.py", "index.rst"], "Sphinx"),
        (["conf.py", "plot.py"], "Forge"),
        (["mkdocs.yml", "docs/index.md"], "MkDocs"),
        (["_quarto.yml", "index.qmd"], "Quarto"),
        (["pelicanconf.py", "content/a.md"], "Pelican"),
        (["astro.config.mjs", "package.json", "index.html"], "Unknown"),
        (["package.json", "src/index.js"], "Unknown"),
        (["package.json", "index.html"], "Plain"),
        (["docs/index.html", "README.md"], "Plain"),
        (["README.md", "src/templates/index.html"], "Forge"),
        ([], "Forge"),
    ],
)
def test_the_generator_is_told_by_its_files(marks: list[str], name: str) -> None:
    assert type(made(dict.fromkeys(marks, "")).generator).__name__ == name


def test_pictures_are_not_missed_where_only_the_texts_of_a_site_are() -> None:
    texts = {"README.md": "", "docs/usage.md": ""}
    assert made(texts).generator.resolve("README.md", "figures/plot.png").state == UNKNOWN
    assert made(texts).generator.resolve("README.md", "docs/use.md").state == MISSING


def test_what_lies_in_a_submodule_is_not_missed() -> None:
    files = FORGE | {".gitmodules": '[submodule "data"]\n\tpath = data\n\turl = https://example.org/data.git\n'}
    assert made(files).generator.resolve("README.md", "data/raw.csv").state == UNKNOWN


def test_an_address_that_the_server_rewrites_is_not_missed() -> None:
    files = PLAIN | {"_redirects": "/old.html /people.html 301\n", ".htaccess": "RewriteEngine on\n"}
    assert made(files).generator.resolve("index.html", "old.html").state == UNKNOWN
    assert made(files).generator.resolve("index.html", "older.html").state == MISSING


def test_a_name_in_another_normal_form_is_the_same() -> None:
    files = PLAIN | {"papers/A\u0308.pdf": ""}
    assert made(files).generator.resolve("index.html", "papers/%C3%84.pdf").state == FOUND


def test_a_changelog_of_a_manual_may_link_to_a_label() -> None:
    manual = {"README.md": "", "docs/conf.py": "", "docs/index.md": "", "docs/changelog.md": "", "docs/guide.md": ""}
    generator = made(manual).generator

    assert generator.resolve("docs/changelog.md", "guide.md").state == FOUND
    assert generator.resolve("docs/changelog.md", "peat.cores.Core.slice").state == UNKNOWN
    assert generator.resolve("docs/changelog.md", "guides.md").state == MISSING
    assert generator.resolve("README.md", "docs/guides.md").state == MISSING
