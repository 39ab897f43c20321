"""Forges and registries that say more of a link, or with fewer requests, than its page does. One file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitecheck.links.services import arxiv, bitbucket, codeberg, doi, github, gitlab, huggingface, scholar
from sitecheck.links.settings import SERVICES

if TYPE_CHECKING:
    from sitecheck.links.exchange import Exchange
    from sitecheck.links.service import Service


def services(exchange: Exchange) -> dict[str, Service]:
    """Which service knows the links of a host."""
    at = {**SERVICES, **exchange.settings.services}
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
