"""Mode, key and names: who the program is and what it answers to."""

from typing import Any
from urllib.parse import urlsplit

from .danger import LOOPBACK, Danger

NEW_KEY = "python -c 'import secrets; print(secrets.token_urlsafe(64))'"


def weak_key(key: str) -> bool:
    return len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure") or "change-me" in key.lower()


def any_host(s: Any) -> bool:
    return any("*" in host or host.startswith(".") for host in s.ALLOWED_HOSTS)


def embedded_in_public(s: Any) -> bool:
    return s.ACR_MODE == "embedded" and not set(s.ALLOWED_HOSTS) <= {*LOOPBACK, "testserver"}


DANGERS = [
    Danger(
        "mode",
        lambda s: s.ACR_MODE not in {"embedded", "production"},
        "ACR_MODE names no mode.",
        "Set ACR_MODE to embedded or production.",
        always=True,
    ),
    Danger(
        "debug",
        lambda s: s.DEBUG,
        "Debug is on: error pages would show code, settings and data.",
        "Set ACR_DEBUG=0.",
    ),
    Danger(
        "key",
        lambda s: weak_key(s.SECRET_KEY),
        "The secret key is missing, short or a default: sessions could be forged.",
        f"Set ACR_SECRET_KEY to the answer of: {NEW_KEY}",
    ),
    Danger(
        "old-key",
        lambda s: any(weak_key(key) for key in s.SECRET_KEY_FALLBACKS),
        "An old secret key that is still accepted is weak.",
        "Take it out of ACR_SECRET_KEY_FALLBACKS; who is signed in with it signs in anew.",
    ),
    Danger(
        "no-host",
        lambda s: not s.ALLOWED_HOSTS,
        "No host name is allowed, so nobody could reach the program.",
        "Set ACR_HOSTS to the name people type, such as reviews.example.com.",
    ),
    Danger(
        "any-host",
        any_host,
        "Any host name is allowed: links in mail could be made to lead elsewhere.",
        "Name each host in full in ACR_HOSTS.",
        always=True,
    ),
    Danger(
        "embedded-in-public",
        embedded_in_public,
        "Embedded mode answers to a public name, and it has neither https nor Secure cookies.",
        "Take the name out of ACR_HOSTS, or set ACR_MODE=production.",
        always=True,
    ),
    Danger(
        "plain-address",
        lambda s: not s.SITE_URL.startswith("https://"),
        "Links in mail would lead to an unencrypted page.",
        "Set ACR_URL to the address people use, beginning with https://.",
    ),
    Danger(
        "foreign-address",
        lambda s: (urlsplit(s.SITE_URL).hostname or "") not in s.ALLOWED_HOSTS,
        "Links in mail would lead to a host that the program does not answer for.",
        "Let ACR_URL and ACR_HOSTS name the same host.",
    ),
    Danger(
        "proxies",
        lambda s: not 0 <= s.TRUSTED_PROXIES <= 5,
        "The number of our own proxies cannot be right: people could forge their address.",
        "Set ACR_TRUSTED_PROXIES to how many stand before the program, usually 1.",
        always=True,
    ),
    Danger(
        "debug-log",
        lambda s: s.LOG_LEVEL.upper() == "DEBUG",
        "The log would hold queries with people's data.",
        "Set ACR_LOG_LEVEL=INFO.",
    ),
    Danger(
        "local-time",
        lambda s: not s.USE_TZ or s.TIME_ZONE != "UTC",
        "Moments would be kept in local time, where one hour of the year happens twice.",
        "Leave USE_TZ on and TIME_ZONE at UTC.",
        always=True,
    ),
]
