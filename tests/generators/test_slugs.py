"""The anchors of headings, by the rule of each generator, as the generators themselves make them."""

from __future__ import annotations

import pytest

from sitecheck.generators import slugs


def anchors(text: str, *rules: slugs.Rule) -> frozenset[str]:
    return slugs.of(text, rules)


@pytest.mark.parametrize(
    ("rule", "heading", "anchor"),
    [
        (slugs.github, "Papers & Documentation", "papers--documentation"),
        (slugs.github, "Cloth/Try-on", "clothtry-on"),
        (slugs.github, "⚙️ Existing datasets", "️-existing-datasets"),
        (slugs.github, "🎮 Existing datasets", "-existing-datasets"),
        (slugs.github, "`code` and *stress* in [a link](x.md)", "code-and-stress-in-a-link"),
        (slugs.github, "snake_case _and_ stress", "snake_case-and-stress"),
        (slugs.github, "Straße, naïve", "straße-naïve"),
        (slugs.gitlab, "Papers & Documentation", "papers-documentation"),
        (slugs.goldmark, "What's new?", "whats-new"),
        (slugs.goldmark, "A &amp; B", "a--b"),
        (slugs.goldmark_ascii, "Über uns", "uber-uns"),
        (slugs.blackfriday, "What's new?", "what-s-new"),
        (slugs.kramdown, "2. What's new?", "whats-new"),
        (slugs.kramdown, "Über uns", "ber-uns"),
        (slugs.kramdown, "中文", "section"),
        (slugs.pandoc, "3. Applications of C.", "applications-of-c."),
        (slugs.pandoc, "Dogs?--in *my* house", "dogs--in-my-house"),
        (slugs.python_markdown, "Über  uns -- heute", "uber-uns-heute"),
        (slugs.python_markdown_unicode, "Über uns", "über-uns"),
        (slugs.docutils, "2. Über uns", "uber-uns"),
    ],
)
def test_a_heading_gets_its_anchor(rule: slugs.Rule, heading: str, anchor: str) -> None:
    assert anchor in anchors(f"text\n\n## {heading}\n\ntext\n", rule)


@pytest.mark.parametrize(
    "text",
    ["## One\n", "##One\n", "One\n---\n", "One\r\n===\r\n", "> # One #\n", "- ## One\n", "<h2 class='x'>One</h2>\n"],
)
def test_a_heading_is_found_however_it_is_written(text: str) -> None:
    assert "one" in anchors(text, slugs.github)


def test_a_heading_that_is_there_twice_gets_a_number() -> None:
    assert anchors("# One\n\n# One\n\n# One\n", slugs.github) == {"one", "one-1", "one_1", "one-2", "one_2"}
