"""The mails of reviews, declared: in which words they are listed, and what their reader may choose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.digest import part_of
from acr_program.outbox.kinds import ASKED, COLLEAGUES, CUSTOMERS, NEWS, REMINDERS, declare
from acr_program.workflow.mails import acted_on

from .models import (
    Approval,
    CustomerFeedback,
    Deviation,
    Document,
    FollowUp,
    InformationRequest,
    Meeting,
    PrintOrder,
    RepFeedback,
    Slip,
    Suggestion,
)  # fmt: skip

OF_A_REVIEW = (
    Approval, CustomerFeedback, Deviation, Document, FollowUp, InformationRequest, Meeting, PrintOrder, RepFeedback, Slip,
)  # fmt: skip


def register() -> None:
    for part in OF_A_REVIEW:
        part_of(part, lambda row: row.request)
    part_of(Suggestion, lambda row: row.feedback or row.touch)
    declare("contribution", _("a section to write"), _("A section of a document waits for your words."), asks=True)
    declare("touch_point", _("what has changed this quarter"), _("Your standard texts are asked about."), asks=True)
    declare(
        "touch_missed",
        _("a quarter without your word"),
        _("A quarter went by, and your texts are stale."),
        group=REMINDERS,
    )
    declare("revision", _("a text to accept"), _("A standard text is proposed anew, and you decide."), asks=True)
    declare(
        "section_changed", _("a section asked for otherwise"), _("What is asked of you in a section has changed."),
        group=ASKED,
    )  # fmt: skip
    declare("approval", _("a document to approve"), _("A document waits for your approval."), asks=True)
    declare(
        "deviation", _("a deviation to allow"), _("A review wants to leave the standard, and you decide."), asks=True
    )
    declare("print", _("an order for print"), _("A sealed document is to be ordered from the printer."), group=ASKED)
    declare(
        "follow_ups", _("follow-ups to see to"), _("What you promised a customer is kept from now on."), group=ASKED
    )
    declare(
        "yearly",
        _("reviews planned for the year"),
        _("Reviews of your accounts are planned for the year."),
        group=ASKED,
    )
    declare(
        "accepted", _("a request accepted"), _("The office took up a review that you asked for."),
        group=NEWS, newest=True, over=acted_on,
    )  # fmt: skip
    declare("decided_by_link", _("decided from the mail"))  # “if that was not you”: nobody switches that off
    declare("failed", _("a rendering that failed"), _("A document could not be rendered."), group=NEWS)
    declare(
        "slip", _("a stage that slipped"), _("A stage was not over by its latest safe day, so a meeting is in danger."),
        group=REMINDERS,
    )  # fmt: skip
    declare(
        "handover", _("an account handed over"), _("Accounts and what waits on them come to you."), group=COLLEAGUES
    )
    declare(
        "handed_on",
        _("follow-ups handed on"),
        _("What you undertook for a customer is somebody else’s now."),
        group=COLLEAGUES,
    )
    declare("meeting", _("an invitation to a meeting"))  # its calendar file has to be there, changed or called off
    declare("feedback", _("what a customer answered"), _("A customer answered the five questions."), group=NEWS)
    declare("received", _("a document received"), _("A customer says that the document is there."), group=NEWS)
    declare(
        "print_failed", _("an order for print that could not go on"), _("A print order waits for a hand."), group=ASKED
    )
    declare("print_late", _("copies that may come late"), _("Copies are late, or in danger to be."), group=REMINDERS)
    declare("customer_questions", _("five questions to the customer"), group=CUSTOMERS)
    declare("customer_reminder", _("the questions once more"), group=CUSTOMERS)
    declare("delivery", _("the document for the customer"), group=CUSTOMERS)
