import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

from acr_program.ui import shell

from .safe import Ours, Trusted, defuse, defuse_html, one_line

LONGEST_SUBJECT = 200
GAPS = re.compile(r"\s*\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Letter:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str


def render(template: str, context: Mapping[str, Any], private: Mapping[str, str]) -> Letter:
    """Subject, text and page of mail/<template>.txt and .html; every link in them is Trusted or it is broken."""
    ours = Ours()
    hidden = ours.hide({**of_the_house(), **context}) | ours.hide_private(private)
    text = _fill(f"mail/{template}.txt", hidden, escape=False)
    head, _gap, body = text.lstrip().partition("\n\n")
    label, _colon, subject = head.partition(":")
    if label != "Subject":
        raise ValueError(f"mail/{template}.txt does not begin with “Subject: …” and an empty line.")
    subject = ours.show(defuse(one_line(subject)), html=False)[:LONGEST_SUBJECT]
    page = _fill(f"mail/{template}.html", hidden | {"subject": subject}, escape=True)
    return Letter(
        subject=subject,
        text=GAPS.sub("\n\n", ours.show(defuse(body), html=False)).strip() + "\n",
        html=ours.show(defuse_html(page, ours), html=True).strip() + "\n",
    )


def of_the_house() -> dict[str, Any]:
    """What every mail says of us: the company, and whom to ask (R-07)."""
    contact = shell.contact()
    return {
        "company": shell.company(),
        "contact": contact and {"name": contact.name, "email": Trusted(contact.email)},
    }


def _fill(name: str, context: dict[str, Any], *, escape: bool) -> str:
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=escape)))


def absolute(path: str) -> Trusted:
    """A path of the program as a whole address."""
    return Trusted(settings.SITE_URL + path)


def url_of(about: models.Model) -> Trusted:
    """Where the thing is seen; the first page for what has none of its own."""
    page = getattr(about, "get_absolute_url", None)
    path = page() if page else getattr(about, "url", "")
    return absolute(path if isinstance(path, str) and path.startswith("/") else "/")


def choices_url() -> Trusted:
    """Where people choose which mails they get: a page behind the sign-in, which opening does not change."""
    return absolute(reverse("desk:my-mails"))
