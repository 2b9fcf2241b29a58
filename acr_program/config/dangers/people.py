"""Sign-in and mail: how people come in and how they are reached."""

from typing import Any

from .danger import LOOPBACK, Danger

SLOW_HASHES = ("PBKDF2", "Argon2", "Scrypt", "BCrypt")


def mailer(s: Any) -> dict[str, Any]:
    found: dict[str, Any] = s.MAILERS.get("default", {})
    return found


def mail_in_the_open(s: Any) -> bool:
    options = mailer(s).get("OPTIONS", {})
    remote = options.get("host") not in LOOPBACK
    return "smtp" in mailer(s).get("BACKEND", "") and remote and not (options.get("use_tls") or options.get("use_ssl"))


def short_passwords(s: Any) -> bool:
    return not any(rule.get("OPTIONS", {}).get("min_length", 0) >= 12 for rule in s.AUTH_PASSWORD_VALIDATORS)


def quick_hash(s: Any) -> bool:
    return not s.PASSWORD_HASHERS[0].rsplit(".", 1)[-1].startswith(SLOW_HASHES)


def limits_off(s: Any) -> bool:
    limits = s.ACCOUNT_RATE_LIMITS or {}
    return not (limits.get("login_failed") and limits.get("reset_password"))


def limits_apart(s: Any) -> bool:
    return s.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1] not in {"DatabaseCache", "RedisCache"}


DANGERS = [
    Danger(
        "no-mail",
        lambda s: "smtp" not in mailer(s).get("BACKEND", ""),
        "No mail server is named, so no message would leave the house.",
        "Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587.",
    ),
    Danger(
        "plain-mail",
        mail_in_the_open,
        "Mail and its password would travel unencrypted to another machine.",
        "Begin EMAIL_URL with smtp+tls:// or smtp+ssl://.",
    ),
    Danger(
        "sender",
        lambda s: s.DEFAULT_FROM_EMAIL.rstrip(">").endswith(("@localhost", "@example.com")),
        "Mail would come from an address that nobody can answer.",
        "Set ACR_MAIL_FROM, such as: Customer reviews <reviews@your-company.com>",
    ),
    Danger(
        "hash",
        quick_hash,
        "Passwords would be kept in a form that is quickly guessed.",
        "Leave PASSWORD_HASHERS as Django has it.",
    ),
    Danger(
        "short-passwords",
        short_passwords,
        "Passwords shorter than 12 characters would be accepted.",
        "Leave the minimum length in AUTH_PASSWORD_VALIDATORS at 12 or more.",
        always=True,
    ),
    Danger(
        "no-limits",
        limits_off,
        "Nothing limits how often a password may be tried.",
        "Leave login_failed and reset_password in ACCOUNT_RATE_LIMITS.",
        always=True,
    ),
    Danger(
        "limits-apart",
        limits_apart,
        "Tries at passwords would be counted for each process apart.",
        "Leave CACHES at the database.",
        always=True,
    ),
    Danger(
        "sign-up",
        lambda s: s.ACCOUNT_ADAPTER != "acr_program.config.adapter.AccountAdapter",
        "Anybody might sign up.",
        "Leave ACCOUNT_ADAPTER at acr_program.config.adapter.AccountAdapter.",
        always=True,
    ),
]
