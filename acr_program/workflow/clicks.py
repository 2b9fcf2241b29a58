"""One click is one effect (P6), for forms that are no step: the same form arriving again meets the first one's answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from hashlib import file_digest, sha256
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest

CLICK = re.compile(r"[\w.:-]{1,64}", re.ASCII)
KEPT = timedelta(days=30)
OF_THE_SESSION = "csrfmiddlewaretoken"  # says who sends, not what is sent

View = Callable[..., HttpResponse]


class Click(models.Model):
    """A form that was sent and had its effect, and where its answer led."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    location = models.TextField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("click")
        constraints = (models.UniqueConstraint(fields=["person", "digest"], name="click_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest[:8]}"


class Undone(HttpResponseRedirect):
    """The way back from a click that changed nothing: its sentence says why, and sent again it is looked at again."""


def key_in(request: SignedRequest) -> str | None:
    """The name of the click; whatever else somebody sends there becomes one that fits."""
    key = request.POST.get("key", "")
    return (key or None) if not key or CLICK.fullmatch(key) else sha256(key.encode(errors="replace")).hexdigest()


def once(view: View) -> View:
    """Let the same click have one effect, however often it arrives; the others are led where the first was led.

    For views whose POST changes something and is no step. The whole view is one transaction, and an answer that is no
    redirect (a form with its errors, a refusal) takes it back, so that the mended form may come under the same key.
    Two people at the same thing in the same instant: what the database refuses the second is looked at once more, and
    the form finds what the first has made. `tests/house/test_clicks.py` names the paths that go without.
    """

    @wraps(view)
    def clicked(request: SignedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return take(view, request, *args, **kwargs)
        except IntegrityError:
            return take(view, request, *args, **kwargs)

    clicked.once = True  # type: ignore[attr-defined]
    clicked.again = again  # type: ignore[attr-defined]
    return clicked


def take(view: View, request: SignedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    with transaction.atomic():
        click = arrive(request) if key_in(request) else None
        if click and click.location:
            return led(request, click)
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseRedirect) or isinstance(response, Undone):
            transaction.set_rollback(True)
        elif click:
            click.location = response.url
            click.save(update_fields=["location"])
    return response


def again(request: SignedRequest) -> HttpResponse | None:
    """The answer of a click that has had its effect and finds nothing to act on any more, as it dropped it."""
    known = Click.objects.filter(person=request.user, digest=digest_of(request)).exclude(location="")
    click = known.first() if key_in(request) else None
    return led(request, click) if click else None


def led(request: SignedRequest, click: Click) -> HttpResponse:
    """To where the first was led, with a word that it was."""
    messages.info(request, _("That was done already."))
    return HttpResponseRedirect(click.location)


def arrive(request: SignedRequest) -> Click:
    """The row of this click; of two that arrive together the second waits here for the first's answer."""
    return Click.objects.get_or_create(person=request.user, digest=digest_of(request))[0]


def digest_of(request: SignedRequest) -> str:
    """What makes two clicks the same: address, key and everything sent. Who went back and typed anew clicks anew."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != OF_THE_SESSION)
    sent += [(name, [str(file.name), contents(file)]) for name, file in sorted(request.FILES.items())]  # type: ignore[union-attr]
    return sha256(repr((request.path, sent)).encode(errors="replace")).hexdigest()


def contents(file: Any) -> str:
    """What a file that was sent holds, by its digest; it is read from its beginning afterwards."""
    file.seek(0)
    digest = file_digest(file.file, "sha256").hexdigest()
    file.seek(0)
    return digest


@duty("forget old clicks", at=time(4, 30))
def forget(moment: datetime) -> None:
    """No page stands open for so long."""
    Click.objects.filter(made_at__lt=moment - KEPT).delete()
