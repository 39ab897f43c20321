"""Forges and registries that say more of a link, or with fewer requests, than its page does. One file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitecheck.links.services import arxiv, bitbucket, codeberg, doi, github, gitlab, huggingface, scholar

if TYPE_CHECKING:
    from sitecheck.links.exchange import Exchange
    from sitecheck.links.service import Service

ADDRESSES = {
    "github": "https://github.com",
    "github-api": "https://api.github.com",
    "gitlab": "https://gitlab.com",
    "bitbucket-api": "https://api.bitbucket.org",
    "codeberg": "https://codeberg.org",
    "huggingface": "https://huggingface.co",
    "doi": "https://doi.org",
    "arxiv-api": "https://export.arxiv.org",
}
"""Where each is asked, unless the user names another address on the command line or in the environment."""


def services(exchange: Exchange) -> dict[str, Service]:
    """Which service knows the links of a host."""
    at = {**ADDRESSES, **exchange.settings.services}
    scholar_links = scholar.Scholar()
    doi_links = doi.Doi(exchange, at["doi"])
    forge = github.GitHub(exchange, at["github"], at["github-api"], exchange.settings.tokens.get("github", ""))
    papers = arxiv.Arxiv(exchange, at["arxiv-api"])
    return {
        "github.com": forge,
        "www.github.com": forge,
        "gitlab.com": gitlab.GitLab(exchange, at["gitlab"]),
        "bitbucket.org": bitbucket.Bitbucket(exchange, at["bitbucket-api"]),
        "codeberg.org": codeberg.Codeberg(exchange, at["codeberg"]),
        "huggingface.co": huggingface.HuggingFace(exchange, at["huggingface"]),
        "doi.org": doi_links,
        "dx.doi.org": doi_links,
        "www.doi.org": doi_links,
        "arxiv.org": papers,
        "www.arxiv.org": papers,
        **dict.fromkeys(scholar.HOSTS, scholar_links),
    }
