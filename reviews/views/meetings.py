"""The meeting with the customer: its page, its plan, its calendar file, its notes, and the follow-ups made of them."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.ui.phrases import names
from acr_program.workflow.clicks import Undone, key_in, once
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in
from reviews import schedule
from reviews.actions.inviting import REQUEST, file_of
from reviews.actions.meeting import plan, plan_anew
from reviews.actions.noting import mark, write_note
from reviews.forms.meeting import MarkForm, NoteForm, OutcomeForm, PlanForm
from reviews.models import Meeting, ReviewRequest
from reviews.pages.meeting_page import MeetingPage
from reviews.rules import may_undertake


def meeting_page(request: SignedRequest, meeting: Meeting) -> HttpResponse:
    return show(request, meeting, NoteForm())


def show(request: SignedRequest, meeting: Meeting, note: NoteForm) -> HttpResponse:
    page = MeetingPage(meeting, request.user)
    review = meeting.request
    way = [Crumb(str(review), review.get_absolute_url() if page.may_see_review else "")]
    context = {"page": page, "of": meeting, "way": way, "note": note}
    return render(
        request, "reviews/meeting.html", context, status=HTTPStatus.BAD_REQUEST if note.is_bound else HTTPStatus.OK
    )


def way_to(meeting: Meeting) -> list[Crumb]:
    return [Crumb(str(thing), thing.get_absolute_url()) for thing in (meeting.request, meeting)]


def only(request: SignedRequest, review: ReviewRequest, what: str) -> None:
    if not may_undertake(request.user, review):
        raise PermissionDenied(_("“%(what)s” is for %(who)s.") % {"what": what, "who": may_undertake.title})


@once
def plan_for_review(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """Another meeting in place of a cancelled one, to be planned on the page that follows."""
    only(request, review, _("Plan the meeting"))
    try:
        meeting = plan_anew(review, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(review.get_absolute_url())
    return redirect("reviews:meeting-plan", meeting.pk)


@once
def plan_meeting(request: SignedRequest, meeting: Meeting) -> HttpResponse:
    """Day, time, place, both sides, agenda; what is refused keeps what was typed."""
    only(request, meeting.request, _("Plan the meeting"))
    form = PlanForm(request.POST if request.method == "POST" else None, meeting=meeting)
    refusal = "" if meeting.is_planned else _("This meeting is not planned any more: it was held or cancelled.")
    if form.is_valid() and not refusal:
        try:
            kept = plan(meeting, by=request.user, seen=seen_in(request), key=key_in(request), **form.values())
        except Refused as refused:
            refusal = refused.sentence
        else:
            say_planned(request, kept)
            return redirect(kept)
    return ask(request, "reviews/meeting_plan.html", meeting, form, refusal)


def say_planned(request: SignedRequest, meeting: Meeting) -> None:
    """That it is kept, who is not invited yet, and which stage the new day has left behind."""
    review = meeting.request
    messages.success(request, " ".join([_("The plan of the meeting is kept."), *told(*meeting.told)]))
    late = schedule.slipped(review.status, review.meeting_on, review.delivery, localdate(), review.own_pace)
    if late:
        words = _("With this day the review is late already for: %(stages)s. The office is told of it.")
        messages.warning(request, words % {"stages": names(stage.label for stage in late)})


def told(changed: int, invited: int) -> Iterator[str]:
    """To how many mails went with it; that none did where nobody was invited."""
    if invited:
        words = ngettext("An invitation went to %(n)d person.", "Invitations went to %(n)d people.", invited)
        yield words % {"n": invited}
    if changed:
        words = ngettext("%(n)d person was told of the change.", "%(n)d people were told of the change.", changed)
        yield words % {"n": changed}
    if not invited and not changed:
        yield _("No mail went out.")


def ask(
    request: SignedRequest, template: str, meeting: Meeting, form: forms.Form, refusal: str = "", **context: Any
) -> HttpResponse:
    """The form with its errors, or with the reason why it is not taken."""
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    if refusal and form.is_bound:  # whoever sends it again has been told
        meeting = Meeting.objects.for_page().get(pk=meeting.pk)
        form.data = request.POST.copy()
        form.data["seen"] = str(meeting.version)
    context |= {"of": meeting, "form": form, "refusal": refusal, "way": way_to(meeting)}
    return render(request, template, context, status=status)


def meeting_file(request: SignedRequest, meeting: Meeting) -> HttpResponse:
    """The calendar file of this meeting as it stands."""
    answer = HttpResponse(
        file_of(meeting, REQUEST, meeting.attendees.all()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@once
def add_note(request: SignedRequest, meeting: Meeting) -> HttpResponse:
    """One line more, from the form at the foot of the notes."""
    only(request, meeting.request, _("Write a note"))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, form)
    try:
        write_note(meeting, by=request.user, text=form.cleaned_data["text"])
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(meeting.get_absolute_url())
    return redirect(f"{meeting.get_absolute_url()}#notes")


@once
def mark_note(request: SignedRequest, meeting: Meeting, line: int) -> HttpResponse:
    """Who does what the note says, and by when: the note is a follow-up from then on."""
    only(request, meeting.request, _("Make it a follow-up"))
    found = meeting.notes.select_related("follow_up").filter(pk=line).first()
    if found is None:
        raise Http404(_("There is no such note of this meeting."))
    form = MarkForm(request.POST if request.method == "POST" else None, initial={"what": found.text})
    refusal = _("Somebody has made this note a follow-up already.") if found.follow_up_id else ""
    if form.is_valid() and not refusal:
        try:
            made = mark(meeting, found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("It is a follow-up now. %(name)s has been told.") % {"name": made.owner.name})
            return redirect(f"{meeting.get_absolute_url()}#notes")
    return ask(request, "reviews/meeting_mark.html", meeting, form, refusal, note=found)


@once
def write_outcome(request: SignedRequest, meeting: Meeting) -> HttpResponse:
    """What came of it, where it was not said at once, or has to be mended."""
    only(request, meeting.request, _("Write the outcome"))
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial={"outcome": meeting.outcome})
    refusal = "" if meeting.status == "held" else _("This meeting was not held yet: there is no outcome of it.")
    if form.is_valid() and not refusal:
        try:
            edit(meeting, seen=seen_in(request), by=request.user, key=key_in(request), **form.cleaned_data)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The outcome is kept."))
            return redirect(meeting)
    return ask(request, "reviews/meeting_outcome.html", meeting, form, refusal)
