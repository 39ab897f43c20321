"""Replies that are meant for machines: challenges, logins and refusals. None of them says that a link is dead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yarl import URL

REFUSALS = {
    400: "does not take the request", 401: "asks for a password", 402: "asks for money", 403: "refuses machines",
    406: "refuses machines", 407: "asks for a proxy's password", 418: "refuses machines", 421: "refuses the connection",
    429: "asks for fewer requests", 451: "is withheld for legal reasons", 999: "refuses machines",
}  # fmt: skip

MITIGATED = "cf-mitigated"
"""the header with which Cloudflare says that a reply is its own"""

KEEPERS = (
    (MITIGATED, "", "Cloudflare challenge"),
    ("x-datadome", "", "DataDome"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-iinfo", "", "Imperva"),
    ("x-sucuri-block", "", "Sucuri"),
    ("server", "cloudflare", "Cloudflare"),
    ("server", "AkamaiGHost", "Akamai"),
)
"""What a protecting service says of itself in each reply: header, part of its value, name"""

CHALLENGES = re.compile(
    rb"cf-browser-verification|cdn-cgi/challenge-platform/h/|<title>just a moment\.\.\."
    rb"|attention required! \| cloudflare"
    rb"|_incapsula_resource|captcha-delivery\.com|awswafcookiedomainlist|px-captcha"
    rb"|checking your browser|are you a robot|verify (?:that )?you are (?:a )?human"
    rb"|unusual traffic from your computer|making sure you(?:'|&#39;|\xe2\x80\x99)re not a bot|anubis_challenge",
    re.IGNORECASE,
)
"""What only pages say that stand in front of another one"""

LARGEST_CHALLENGE = 64 * 1024
"""bytes: a longer page is one that people read, though it may hold a challenge, too"""

LIARS = re.compile(
    r"(?:.+\.)?(?:linkedin|facebook|instagram|twitter|x|researchgate|quora|tiktok|threads)\.(?:com|net)", re.IGNORECASE
)
"""hosts that tell machines 404 of what people see"""

LOGIN_HOST = re.compile(r"(?:login|signin|sso|idp|accounts?|auth|cas|shibboleth|passport)\d*\.", re.IGNORECASE)
LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sign_in|logon|sso|saml2?|shibboleth(?:-ds)?|cas|oauth2?|authwall|authorize|checkpoint"
    r"|wp-login|servicelogin|idp|users/sign_in)(?:[/.;]|$)",
    re.IGNORECASE,
)
"""Where a redirect leads to a login"""


def keeper(headers: Mapping[str, str]) -> str:
    """Which service protects the host; empty where none says so."""
    for header, part, name in KEEPERS:
        value = headers.get(header)
        if value is not None and part.lower() in value.lower():
            return name
    return ""


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a reply is no more than the question whether somebody is human."""
    if headers.get(MITIGATED, "").lower() == "challenge":
        return True
    return 0 < len(body) < LARGEST_CHALLENGE and CHALLENGES.search(body) is not None


def is_login(asked: URL, reached: URL) -> bool:
    """Whether redirects led to a login that was not what was asked for."""

    def looks_so(url: URL) -> bool:
        return bool(LOGIN_HOST.match(url.host or "") or LOGIN_PATH.search(url.path))

    return asked != reached and looks_so(reached) and not looks_so(asked)


def lies(host: str) -> bool:
    """Whether the host is known to say 404 to machines of what is there."""
    return LIARS.fullmatch(host) is not None
