"""Every character that a rule is shown can be found in the file, through languages nested to any depth."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source
from sitecheck.text import PLACEHOLDER, Text

WORDS = st.text(alphabet="abcdefgÉßñ’“—漢字😀é", min_size=1, max_size=8)
"""Letters that no language here takes for mark-up."""

SPICE = st.sampled_from(["&amp;", "&eacute;", "&#8217;", "&lt;", "&#x1F600;"])


def page(path: str, text: str) -> Page:
    return Page(Source(path, text.encode()), read)


def segments(text: Text) -> list[tuple[str, str]]:
    """(what is shown, what is written) of each segment."""
    stops = (*text.at[1:], len(text.value))
    places = zip(text.at, stops, text.begin, text.end, strict=True)
    return [(text.value[at:stop], text.root[begin:end]) for at, stop, begin, end in places]


def assert_exact(text: Text) -> None:
    """Each segment of the text decodes from its source to what is shown."""
    for shown, written in segments(text):
        if shown == PLACEHOLDER and written != PLACEHOLDER:
            assert written
            continue
        source = written
        for layer in text.layers:
            source = layer.decode(source)
        line_break_kept_in_fold = shown == written == "\n"
        assert source == shown or line_break_kept_in_fold, (shown, written, [layer.name for layer in text.layers])


def all_texts(page: Page) -> list[Text]:
    labels = [link.label for link in page.links if link.label is not None]
    return [*page.texts(), *(link.url for link in page.links), *labels, *(anchor.text for anchor in page.anchors)]


# What a nesting is made of: an inline text, wrapped by HTML, then by Markdown, then by YAML

INLINE = st.lists(st.one_of(WORDS, SPICE), min_size=1, max_size=6).map(" ".join)


def plain_reading(inline: str) -> str:
    from html import unescape

    return unescape(inline)


@st.composite
def html_fragments(draw: st.DrawFn) -> tuple[str, str]:
    """HTML, and the words that it shows."""
    inline = draw(INLINE)
    wrap = draw(st.sampled_from(["{}", "<b>{}</b>", "<a href='x.html' title='T'>{}</a>", '<i class="a b">{}</i>']))
    return wrap.format(inline), plain_reading(inline)


@st.composite
def markdown_pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Markdown with HTML in it, and the blocks that it shows, in order."""
    blocks, shown = [], []
    for fragment, reading in draw(st.lists(html_fragments(), min_size=1, max_size=4)):
        form = draw(st.sampled_from(["{}", "- {}", "> {}", "# {}", "<div>\n{}\n</div>", "**{}**", "1. {}"]))
        blocks.append(form.format(fragment))
        shown.append(reading)
    return "\n\n".join(blocks) + "\n", shown


def words_of(texts: list[str]) -> list[str]:
    return " ".join(texts).split()


@given(markdown_pages())
def test_markdown_shows_its_words_and_maps_them_exactly(case: tuple[str, list[str]]) -> None:
    markdown, shown = case
    read_page = page("a.md", markdown)
    assert words_of([block.text.value for block in read_page.blocks if block.kind != "attribute"]) == words_of(shown)
    for text in all_texts(read_page):
        assert_exact(text)


STYLES = ["|", "|-", "|+", "|2", "|2-", ">", ">-", ">+", ">2", '"', "'"]


def as_yaml(markdown: str, style: str, newline: str = "\n") -> str:
    """A document whose key `text` holds `markdown` in the style that is asked for."""
    if style[0] in "|>":
        lines = markdown.split("\n")
        gap = "\n\n" if style[0] == ">" else "\n"  # in a folded scalar only two line breaks make one
        body = gap.join(f"    {line}" if line else "" for line in lines)
        form = f"sections:\n  text: {style.replace('2', '2')}\n{body}\n"
    elif style == '"':
        form = f"sections:\n  text: {json.dumps(markdown)}\n"
    else:
        form = "sections:\n  text: '" + markdown.replace("'", "''").replace("\n", "\n\n    ") + "'\n"
    return form.replace("\n", newline)


@settings(max_examples=300)
@given(markdown_pages(), st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_markdown_in_a_yaml_scalar_maps_exactly(case: tuple[str, list[str]], style: str, newline: str) -> None:
    markdown, _ = case
    document = as_yaml(markdown, style, newline)
    value = yaml.safe_load(document)["sections"]["text"]
    value = value.encode("utf-16", "surrogatepass").decode("utf-16")  # PyYAML leaves the pairs of JSON as they are
    nested, alone = page("data.yml", document), page("a.md", value)
    assert [block.text.value for block in nested.blocks] == [block.text.value for block in alone.blocks]
    assert [link.url.value for link in nested.links] == [link.url.value for link in alone.links]
    for text in all_texts(nested):
        assert_exact(text)


YAML_TEXT = st.text(alphabet="ab \n\t'\"\\:#-&é😀{}[]|>%@", max_size=30)


@settings(max_examples=500)
@given(YAML_TEXT, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.integers(20, 80))
def test_any_scalar_reads_as_libyaml_does(value: str, style: str | None, nested: bool, width: int) -> None:
    """Whatever PyYAML writes, in whichever style it chooses, is read character for character and mapped exactly."""
    data = {"k": {"l": [value, "x"]}} if nested else {"k": value}
    document = yaml.dump(data, default_style=style, allow_unicode=True, width=width)
    from sitecheck.page import Reading
    from sitecheck.readers.yaml import _scalars, masked_for_libyaml, scalar_pieces

    masked = masked_for_libyaml(document)
    scalars = list(_scalars(masked, Text.whole(document), Reading()))
    for scalar in scalars:
        pieces = scalar_pieces(document, masked, scalar)
        assert "".join(shown or "" for shown, _, _ in pieces) == scalar.value
        coarse = len(pieces) == 1 and len(scalar.value) != pieces[0][2] - pieces[0][1] and len(scalar.value.strip()) > 1
        assert not coarse, f"no map was found for {document!r}"


@pytest.mark.parametrize("header", ["|", "|-", "|+", ">", ">-", ">+", "|2", ">2-", "|+2", ">-2"])
@pytest.mark.parametrize(
    "body", ["  a\n\n   b\n  c\n\n", "  a\n  b\n", "\n\n  a\n    - x\n\n    - y\n  z\n\n\n", "  a", "\n"]
)
def test_block_scalars_with_every_indicator(header: str, body: str) -> None:
    document = f"k: {header}\n{body}"
    value = yaml.safe_load(document)["k"]
    read_page = page("a.yml", document + "\nl: end\n" if document.endswith("\n") else document)
    shown = " ".join(block.text.value for block in read_page.blocks if block.name != "l")
    assert [word for word in shown.split() if word != "end"] == [word for word in value.split() if word != "-"]
    for text in all_texts(read_page):
        assert_exact(text)


@given(WORDS, st.sampled_from(['"{}"', "'{}'", '"""{}"""', "'''\n{}'''", '"\\u00e9 {}"']))
def test_toml_strings(word: str, form: str) -> None:
    import tomllib

    document = f"# a comment with 'quotes\ntitle = {form.format(word)} # and \"one\nother = [1, 2]\n"
    read_page = page("a.toml", document)
    assert [block.text.value.strip() for block in read_page.blocks] == [tomllib.loads(document)["title"].strip()]
    for text in all_texts(read_page):
        assert_exact(text)


def test_attributes_links_and_anchors_have_places() -> None:
    text = '# Papers {#papers}\n\n![A *cat*](cat.png "The cat") [pdf](<my paper.pdf>) '
    text += "<a id=\"x\" href='q?a=1&amp;b=2'>y</a>\n"
    read_page = page("a.md", text)
    shown = {block.name: block.text for block in read_page.blocks if block.kind == "attribute"}
    assert shown["alt"].value == "A cat"
    assert shown["title"].value == "The cat"
    urls = [link.url.value for link in read_page.links]
    assert sorted(urls) == ["cat.png", "my paper.pdf", "q?a=1&b=2"]
    assert sorted(anchor.text.value for anchor in read_page.anchors) == ["papers", "x"]
    for link in read_page.links:
        assert link.url.written(0, len(link.url)) in ("cat.png", "my paper.pdf", "q?a=1&amp;b=2")


def test_what_is_no_prose_is_one_placeholder() -> None:
    text = (
        "Use `code`, $x^2$, {{< cite a >}}, {% link b %}, https://x.example/a_b and <code>c</code>{: .kramdown} here.\n"
    )
    (block,) = page("a.md", text).blocks
    hidden = PLACEHOLDER
    assert block.text.value == f"Use {hidden}, {hidden}, {hidden}, {hidden}, {hidden} and {hidden}{hidden} here."


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "<div>\n\n<style>\n\n.teh { color: red }\n\n</style>\n\nshown\n"),
        ("a.md", "<script>\nvar teh = 1;\n</script>\n\nshown\n"),
        ("a.md", "```\nteh\n```\n\n    teh\n\nshown\n"),
        ("a.md", "<!-- teh -->\n\nshown\n"),
        ("a.md", "{% comment %}\nteh\n\nteh\n{% endcomment %}\n\nshown\n"),
        ("a.md", "$$\nteh\n$$\n\nshown\n"),
        ("a.md", "::: {.callout}\nshown\n:::\n"),
        ("a.mdx", "import Teh from './teh'\n\n<Card teh={x > 1 ? 'teh' : {a: 1}}>\n\nshown\n\n</Card>\n"),
        ("a.html", "<style>.teh</style><script>teh</script><!-- teh --><p>shown<pre>teh</pre>"),
        ("a.qmd", "---\ntitle: shown\n---\n\n{{< video teh >}}\n"),
        ("a.bib", "@string{teh = {x}}\n@comment{teh}\n@book{teh, title = {shown}}\n"),
    ],
)
def test_code_comments_and_templates_are_not_prose(path: str, text: str) -> None:
    shown = " ".join(block.text.value for block in page(path, text).blocks)
    assert "shown" in shown
    assert "teh" not in shown


def test_indented_html_is_read_as_html() -> None:
    text = "<ul>\n\n    <li>an item</li>\n\n</ul>\n"
    assert [(block.kind, block.text.value) for block in page("a.md", text).blocks] == [("item", "an item")]


@pytest.mark.parametrize("opening", ["---\ntitle: A\n---\n", '+++\ntitle = "A"\n+++\n', '{"title": "A"}\n'])
def test_front_matter_in_three_languages(opening: str) -> None:
    blocks = page("a.md", f"{opening}\nText\n").blocks
    assert [(block.name, block.text.value) for block in blocks] == [("title", "A"), ("", "Text")]


def test_bibtex_fields_of_entries_that_are_broken_or_not() -> None:
    text = '@article{a, title = "One {T}wo" # " three", year = 2020}\n'
    text += "@book{b, title = {never closed\n\n@misc{c,title={Last}}\n"
    fields = [(block.name, block.text.value) for block in page("a.bib", text).blocks]
    assert fields[:2] == [("title", "One {T}wo"), ("title", " three")]
    assert fields[-1] == ("title", "Last")


def test_an_edit_is_written_in_the_form_of_its_place() -> None:
    cases = [
        ("a.yml", "k: 'it is'\n", "it’s", "k: 'it’s'\n"),
        ("a.yml", "k: 'it is'\n", "it's", "k: 'it''s'\n"),
        ("a.yml", 'k: "it is"\n', 'a "b"', 'k: "a \\"b\\""\n'),
        ("a.html", "<p>it is</p>", "a < b", "<p>a &lt; b</p>"),
        ("a.html", "<img alt='it is'>", "it's", "<img alt='it&#39;s'>"),
    ]
    for path, before, new, after in cases:
        text = next(page(path, before).texts())
        edit = text.edit(0, len(text), new)
        assert edit is not None
        assert before[: edit.start] + edit.text + before[edit.end :] == after


def test_an_edit_that_cannot_be_written_is_refused() -> None:
    plain = next(page("a.yml", "k: value\n").texts())
    assert plain.edit(0, 5, "a: b") is None
    tagged = next(page("a.html", "<p>the <b>the</b></p>").texts())
    assert tagged.value == "the the"
    assert tagged.edit(0, 7, "the") is None
    field = next(page("a.bib", "@book{a, title = {A title}}").texts())
    assert field.edit(0, 1, "{") is None
