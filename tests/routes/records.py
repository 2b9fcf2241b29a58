"""One record of a kind, and those in each of its states."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.bulk.actions import keep
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.exports.models import Export
from acr_program.files.store import store
from acr_program.people.models import User
from acr_program.workflow.edit import begin
from reviews.actions.deviating import propose
from reviews.choices import PrintStatus
from reviews.models import (
    Deviation,
    FollowUp,
    PrintOrder,
    ReviewRequest,
    Section,
    TemplateVersion,
    Trial,
)
from tests import factories as make
from tests.reviews.feedback import answered, asked, held, speak
from tests.reviews.voices import a_star


def a_deviation(rep: User) -> Deviation:
    """Another text that waits for the program manager, in a review that is being gathered."""
    review = make.make_request("gathering", account=make.make_account(manager=rep))
    letter = Section.objects.get(template=review.template, key="letter")
    return propose(review, letter, by=rep, text="Dear friends.", reason="We have known them for long.")


def a_trial(template: TemplateVersion) -> Trial:
    """The version rendered on Rita's account."""
    account = Account.objects.get(name="Account of rep")
    file = store(b"%PDF-1.7 a trial", "application/pdf")
    return Trial.objects.create(
        template=template, at_version=template.version, account=account, asked_by=make.office("manager"), state="done",
        file=file, pages=12,
    )  # fmt: skip


def a_print_order(rep: User) -> PrintOrder:
    """Copies that the printer has been asked for."""
    return make.make_request("printing", account=make.make_account(manager=rep)).print_orders.get()


def print_orders(rep: User, admin: User) -> list[PrintOrder]:
    """One in each state."""
    found = []
    for state in PrintStatus.values:
        order = a_print_order(rep)
        for name in ROAD[state]:
            given = {"ship": {"carrier": "Post", "tracking": "T-1"}, "fail": WHY, "recall": WHY}.get(name, {})
            order = make.take(make.fresh(order), name, admin, **given)
        found.append(order)
    return found


WHY = {"comment": "No paper."}


ROAD = {
    "ordered": [], "sent": ["send"], "printed": ["printed"], "shipped": ["ship"], "delivered": ["ship", "deliver"],
    "failed": ["fail"], "recalled": ["recall"],
}  # fmt: skip


def said(rep: User) -> dict[str, Any]:
    """What is said after a meeting of this representative: the customer has answered, and a suggestion waits."""
    feedback = answered(account=make.make_account(manager=rep))
    spoken = speak(feedback.request, about="stage:gathering", words="A week more.")
    return {"customerfeedback": feedback, "repfeedback": spoken, "suggestion": spoken.suggestions.get()}


def after_meetings(rep: User) -> None:
    """Answers, words and suggestions of Rita in the other states."""
    held(account=make.make_account(manager=rep))
    asked(account=make.make_account(manager=rep))
    make.take(answered(account=make.make_account(manager=rep)), "void", make.office("admin"), comment="Not theirs.")
    silent = asked(account=make.make_account(manager=rep)).request
    speak(silent)
    make.take(silent, "close", make.office("admin"), comment="Silent.")
    for name in ("adopt", "decline"):
        one = speak(held(account=make.make_account(manager=rep)), about="stage:gathering", words="A week more.")
        make.take(one.suggestions.get(), name, make.office("manager"), comment="So be it.")


def after_nominations(leader: User) -> None:
    """Others of Lena's people, nominated, confirmed, declined and ended."""
    for state in ("nominated", "confirmed", "declined", "ended"):
        a_star(make.make_user("rep", reports_to=leader), status=state)


def told(account: Any, by: User) -> dict[str, int]:
    """A fact that holds of the account, and a note pinned to it."""
    from accounts.actions import pin, say_fact

    fact = say_fact(account, by=by, seen=account.version, kind="rfp", since_on=date(2026, 1, 5), reason="They said so.")
    note = pin(account, by=by, seen=make.fresh(account).version, text="To be remembered.")
    return {"fact": fact.pk, "note": note.pk}


def follow_ups(owner: User) -> list[FollowUp]:
    """One in each state."""
    review = ReviewRequest.objects.get(status="delivered", rep=owner)
    ends: dict[str, dict[str, Any]] = {"start": {}, "drop": {"comment": "Closed."}}
    ends["finish"] = {"outcome": "Walked.", "ended_on": localdate()}
    taken = [make.take(a_follow_up(review, owner), name, owner, **said) for name, said in ends.items()]
    return [a_follow_up(review, owner), *taken]


def each_state(model: Any, **of: Any) -> list[Any]:
    """One row of each state there is."""
    rows = model._default_manager.filter(**of).order_by("pk")
    return list({row.status: row for row in rows}.values())


def a_follow_up(review: Any, owner: User) -> FollowUp:
    """Something undertaken in the review, that its representative has to do."""
    one = FollowUp(request=review, owner=owner, what="Walk the dock.", due_on=localdate() + timedelta(days=30))
    return begin(one, by=owner)


def a_choice(person: User, review: Any) -> Bulk:
    """A review chosen to be cancelled, and looked at."""
    bulk = Bulk(
        person=person, step="cancel", content_type=ContentType.objects.get_for_model(review), list_name="requests"
    )
    row = BulkRow(bulk=bulk, place=0, object_id=review.pk, label=str(review), seen=review.version, outcome="open")
    return keep(bulk, [row])


def an_export(person: User) -> Export:
    """A list that lies ready as a file."""
    kept = store(b"rows", "text/csv")
    return Export.objects.create(
        person=person, list_name="accounts", title="Accounts", kind="xlsx", rows=1, file=kept, state="done"
    )
