"""One comment, one mention, one attachment: changing, withdrawing, seeing to it, handing it out."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once

from ..beside import attaching, talking
from ..beside.forms import ChangeForm
from ..models import Attachment, Comment, Mention


@once
def change(request: SignedRequest, comment: Comment) -> HttpResponse:
    """Other words, by whoever said the first."""
    own(request, comment)
    form = ChangeForm(request.POST or None, obj=comment.about, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        talking.change(comment.about, comment, form.cleaned_data["text"], form.named)
        return redirect(comment)
    context = {"obj": comment.about, "form": form, "title": _("Change your comment"), "submit": _("Keep")}
    return render(
        request, "desk/beside/form.html", context, status=HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    )


@once
def withdraw(request: SignedRequest, comment: Comment) -> HttpResponse:
    own(request, comment)
    talking.withdraw(comment)
    messages.success(request, _("Your comment is withdrawn. It stays to be seen that there was one."))
    return redirect(comment)


def own(request: SignedRequest, comment: Comment) -> None:
    """Nobody changes another's words."""
    if comment.by_id != request.user.pk:
        raise PermissionDenied(_("Only %(name)s may change this comment.") % {"name": comment.by.name})
    if comment.withdrawn_at:
        raise Http404(_("This comment was withdrawn."))


@once
def mention_done(request: SignedRequest, mention: Mention) -> HttpResponse:
    """It waits on Today no longer."""
    talking.see_to(Mention.objects.filter(pk=mention.pk))
    return redirect("desk:today")


def download(request: SignedRequest, attachment: Attachment) -> HttpResponse:
    """The file under its name, proved to be the one that was kept."""
    if attachment.removed_at:
        raise Http404(_("%(name)s has taken this file away.") % {"name": attachment.removed_by})
    try:
        return serve(attachment.file, attachment.name)
    except Corrupt as corrupt:
        return render(request, "409.html", {"sentence": corrupt.sentence}, status=HTTPStatus.CONFLICT)


@once
def take_away(request: SignedRequest, attachment: Attachment) -> HttpResponse:
    if not attaching.may_remove(attachment, request.user):
        raise PermissionDenied(
            _("Only %(name)s or the program office may take this file away.") % {"name": attachment.by.name}
        )
    attaching.remove(attachment, by=request.user)
    messages.success(request, _("“%(name)s” is taken away. Its name stays in the list.") % {"name": attachment.name})
    return redirect(f"{attachment.url}#attachments")
