"""Settings as a good production has them; each test spoils one."""

from pathlib import Path
from typing import Any

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "acr", "USER": "acr", "PASSWORD": "r4nd0m-long-enough"}
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode = WAL;"}
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def good(data: Path) -> dict[str, Any]:
    """What acr_program/settings.py makes of a filled-in .env, with a data folder of its own."""
    (data / "files").mkdir(mode=0o700)
    data.chmod(0o700)
    return {
        "ACR_MODE": "production",
        "PRODUCTION": True,
        "DEBUG": False,
        "SECRET_KEY": "k7Zq9w-" * 10,
        "SECRET_KEY_FALLBACKS": [],
        "ALLOWED_HOSTS": ["reviews.acme.test"],
        "SITE_URL": "https://reviews.acme.test",
        "TRUSTED_PROXIES": 1,
        "LOG_LEVEL": "INFO",
        "ACR_ANCHOR_EMAIL": "audit@trustee.test",
        "DATA": data,
        "FILES_ROOT": data / "files",
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": ["https://reviews.acme.test"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "DATABASES": postgres(),
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
        "CELERY_BROKER_URL": "redis://:r4nd0m-long-enough@redis:6379/0",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 120},
        "MAILERS": mail(host="mail.acme.test", use_tls=True),
        "DEFAULT_FROM_EMAIL": "Reviews <reviews@acme.test>",
    }


def mail(**options: Any) -> dict[str, Any]:
    return {"default": {"BACKEND": SMTP, "OPTIONS": options}}


def postgres(**change: Any) -> dict[str, Any]:
    return {"default": POSTGRES | change}


def sqlite(**change: Any) -> dict[str, Any]:
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": SQLITE_OPTIONS | change}}
