"""Cookies, headers and guards: what a browser is told and what every answer passes."""

from typing import Any

from .danger import Danger

YEAR = 365 * 24 * 3600
GUARDS = {
    "acr_program.config.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
}
LOOSE = {"*", "https:", "http:", "data:", "blob:"}


def no_host_prefix(s: Any) -> bool:
    return not all(name.startswith("__Host-") for name in (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME))


def policy(s: Any, directive: str) -> set[str]:
    return {str(word) for word in (s.SECURE_CSP or {}).get(directive, [])}


def loose_policy(s: Any) -> bool:
    words = policy(s, "script-src") or policy(s, "default-src")
    return not words or any("unsafe" in word or word in LOOSE for word in words)


def loose_origin(s: Any) -> bool:
    return any(not origin.startswith("https://") or "*" in origin for origin in s.CSRF_TRUSTED_ORIGINS)


DANGERS = [
    Danger(
        "plain-session",
        lambda s: not s.SESSION_COOKIE_SECURE,
        "The session cookie would travel unencrypted.",
        "Leave SESSION_COOKIE_SECURE on.",
    ),
    Danger(
        "plain-csrf",
        lambda s: not s.CSRF_COOKIE_SECURE,
        "The form cookie would travel unencrypted.",
        "Leave CSRF_COOKIE_SECURE on.",
    ),
    Danger(
        "script-cookie",
        lambda s: not (s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY),
        "Scripts could read the cookies.",
        "Leave SESSION_COOKIE_HTTPONLY and CSRF_COOKIE_HTTPONLY on.",
        always=True,
    ),
    Danger(
        "cross-cookie",
        lambda s: not {s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE} <= {"Lax", "Strict"},
        "Other sites could make browsers send our cookies along.",
        "Leave SameSite of both cookies at Lax or Strict.",
        always=True,
    ),
    Danger(
        "cookie-name",
        no_host_prefix,
        "A program on a neighbouring host could set our cookies.",
        "Let SESSION_COOKIE_NAME and CSRF_COOKIE_NAME begin with __Host-.",
    ),
    Danger(
        "cookie-session",
        lambda s: s.SESSION_ENGINE.endswith("signed_cookies"),
        "Sessions kept in cookies cannot be ended when somebody leaves.",
        "Leave SESSION_ENGINE at the database.",
        always=True,
    ),
    Danger(
        "hsts",
        lambda s: s.SECURE_HSTS_SECONDS < YEAR,
        "Browsers are not told to come by https only, for a year.",
        "Set SECURE_HSTS_SECONDS to 31536000.",
    ),
    Danger(
        "plain-http",
        lambda s: not s.SECURE_SSL_REDIRECT,
        "Pages would be answered over plain http.",
        "Leave SECURE_SSL_REDIRECT on.",
    ),
    Danger(
        "guard",
        lambda s: not set(s.MIDDLEWARE) >= GUARDS,
        "A guard that every answer passes is missing: headers, https, content policy or the check of forms.",
        "Put MIDDLEWARE back as acr_program/settings.py has it.",
        always=True,
    ),
    Danger(
        "scripts",
        loose_policy,
        "The content policy lets foreign or inline scripts run.",
        "Leave script-src in SECURE_CSP at 'self' and the nonce.",
        always=True,
    ),
    Danger(
        "frames",
        lambda s: policy(s, "frame-ancestors") != {"'none'"},
        "Other sites could show our pages in a frame and steal clicks.",
        "Leave frame-ancestors in SECURE_CSP at 'none'.",
        always=True,
    ),
    Danger(
        "origins",
        loose_origin,
        "Forms would be accepted from unencrypted or unnamed sites.",
        "Name each origin of CSRF_TRUSTED_ORIGINS in full, with https://.",
    ),
]
