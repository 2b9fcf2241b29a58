"""Where mail goes, read from one address: smtp+tls://user:password@host:587, or nothing for a folder of files."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
FILES = "acr_program.outbox.mailbox.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mailers(address: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Django's MAILERS for one address; a wrong one is refused with the forms that are right."""
    if not address:
        return {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(folder)}}}
    url = urlsplit(address)
    if url.scheme not in PORTS or not url.hostname:
        raise ValueError("EMAIL_URL must look like smtp+tls://user:password@host:587, smtp+ssl://… or smtp://….")
    options = {
        "host": url.hostname,
        "port": url.port or PORTS[url.scheme],
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_tls": url.scheme == "smtp+tls",
        "use_ssl": url.scheme == "smtp+ssl",
        "timeout": 10,  # a hanging server must not hold a worker
    }
    return {"default": {"BACKEND": SMTP, "OPTIONS": options}}
