"""One office in which every path can be tried: everybody who may come, and a record of each kind that is theirs or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from acr_program.bulk.models import Bulk
from acr_program.charter.models import Alignment, Goal, Inquiry, Receipt, Training, TrainingAssignment
from acr_program.desk.models import CalendarAddress, SavedView
from acr_program.exports.models import Export
from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from pilots.models import Criterion
from reviews.actions.by_link import DECIDE, TOUCH, WRITE
from reviews.actions.delivering import PURPOSE
from reviews.choices import RequestStatus
from reviews.choices_library import RevisionStatus, TouchStatus
from reviews.models import (
    Approval,
    CustomerFeedback,
    Deviation,
    Document,
    InformationRequest,
    Meeting,
    Note,
    RepFeedback,
    StarPerformer,
    Suggestion,
)
from reviews.models.handover import PURPOSE as PRINTER
from tests import factories as make
from tests.chartering import a_communication, a_question, an_assignment, tell_leaders
from tests.desk.saying import comment_beside, file_beside, mention_beside
from tests.intake.batches import WAYS, make_batch, make_mapping
from tests.keyed import keyed
from tests.piloting import make_candidate, make_finding, make_wave
from tests.reviews.feedback import asked, links_to
from tests.reviews.library import a_text, a_touch, the_text
from tests.reviews.processes import each_state as process_versions
from tests.reviews.voices import a_star

from .pilots import FOOD, pilots
from .records import (
    a_choice,
    a_deviation,
    a_follow_up,
    a_print_order,
    a_trial,
    after_meetings,
    after_nominations,
    an_export,
    each_state,
    follow_ups,
    print_orders,
    said,
    told,
)

NOBODY = 999_999  # an id that no row has


@dataclass
class World:
    """People by identity; records by whose they are and by kind; the other parts of addresses by name."""

    people: dict[str, User]
    records: dict[str, dict[str, Any]]
    states: dict[str, list[Any]] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)


def people() -> dict[str, User]:
    """Everybody who signs in; “anonymous” has no account, and whoever is deactivated has one that is shut."""
    leader, other_leader = make.make_user("leader", name="Lena"), make.make_user("leader", name="Olga")
    found = {
        "rep": make.make_user("rep", name="Rita", reports_to=leader),
        "other rep": make.make_user("rep", name="Otto", reports_to=other_leader),
        "leader": leader,
        "other leader": other_leader,
        "admin": make.make_user("admin", name="Ada"),
        "contributor": make.make_user("contributor", name="Cora"),
        "other contributor": make.make_user("contributor", name="Carl"),
        "manager": make.make_user("manager", name="Max"),
        "executive": make.make_user("executive", name="Eva"),
        "auditor": make.make_user("auditor", name="Aud"),
        "stand-in": make.make_user(name="Stan"),
        "superuser": User.objects.create_superuser("root@example.com", "Root"),
        "deactivated": make.make_user("admin", "manager", name="Dan", is_active=False),
    }
    make.make_absence(leader, found["stand-in"], to_on=localdate() + timedelta(days=1))  # a run may pass midnight
    return found


def world() -> World:
    """The office: Rita's side is “own”, Otto's is “other”."""
    who = people()
    program, year = make.make_program(owner=who["executive"]), make.make_year()
    sent = make.take(a_communication(year=year), "send", who["manager"])
    old = make.make_template(contributors=(who["contributor"],), sections=1)
    processes = process_versions()
    records, parts = {}, {}
    wave = make_wave(**FOOD)
    for side, rep, writer in (("own", "rep", "contributor"), ("other", "other rep", "other contributor")):
        if side == "other":
            make.make_template(contributors=(who[writer],), sections=1)
        account = make.make_account(manager=who[rep], name=f"Account of {rep}")
        known = told(account, who[rep])
        account = make.fresh(account)
        review = make.make_request("in_approval", account=account)
        message = Message.objects.filter(person=who[rep]).order_by("created_at").first()
        records[side] = {
            "user": who[rep],
            "account": account,
            "reviewrequest": review,
            "informationrequest": review.contributions.get(),
            "approval": review.approvals.get(),
            "document": review.latest_document(),
            "deviation": a_deviation(who[rep]),
            "followup": a_follow_up(review, who[rep]),
            "printorder": a_print_order(who[rep]),
            "meeting": review.meetings.get(),
            "touchpoint": a_touch(who[writer]),
            **said(who[rep]),
            "starperformer": a_star(who[rep]),
            "alignment": Alignment.objects.get(leader=who[rep].reports_to),
            "receipt": Receipt.objects.get(person=who[rep], communication=sent),
            "trainingassignment": an_assignment(who[rep]),
            "inquiry": a_question(who[rep], "hand_on"),
            "pilotcandidate": make_candidate(wave=wave, manager=who[rep]),
            "message": message,
            "comment": comment_beside(review, who[rep]),
            "mention": mention_beside(review, who["admin"], who[rep]),
            "attachment": file_beside(review, who[rep]),
            "export": an_export(who[rep]),
            "bulk": a_choice(who[rep], review),
            "logentry": LogEntry.objects.filter(by=who[rep], step="submit").latest("pk"),
            "savedview": SavedView.objects.create(person=who[rep], list_name="accounts", title="Mine"),
            **keyed().records(who, side),
        }
        absence = make.make_absence(who[rep], who["admin"], date(2099, 1, 1), date(2099, 1, 2))
        line = Note.objects.create(meeting=review.meetings.get(), text="Walk the dock.", by=who[rep])
        parts[side] = known | {
            "line": line.pk,
            "contact": account.contacts.get().pk,
            "absence": absence.pk,
            "key": str(message.pk),
            **keyed().of_side(records[side]),
        }
    shared = {
        "program": program, "programyear": year, "communication": make.fresh(sent), "templateversion": make.fresh(old),
        "trial": a_trial(old), "processversion": next(row for row in processes if row.status == "published"),
        "batch": make_batch("ready", who["admin"]), "pilotwave": wave, "finding": make_finding("decided"),
    }  # fmt: skip
    text = a_text(who["contributor"])
    records["own"] |= shared | {"revision": text, "contentitem": text.item}
    records["none"] = {kind: a_missing(row) for kind, row in records["own"].items()}
    found = World(who, records, parts=parts)
    found.states = states(who) | {"processversion": processes} | keyed().states(who)
    sealed = Document.objects.filter(status="sealed").first()
    assert sealed is not None
    parts["own"] |= {
        "mapping": make_mapping(who["admin"]).pk,
        "function": old.sections.exclude(function=None).get().function_id,
        "label": "accounts.account",
        "health-retry label": "outbox.message",
        "exports:start name": "accounts",
        "bulk:choose name": "accounts",
        "desk:keep-view name": "accounts",
        "kind": "csv",
        "training": Training.objects.get().pk,
        "criterion": Criterion.objects.order_by("pk").values_list("pk", flat=True)[0],
        "person": who["rep"].pk,
        "candidate": records["own"]["pilotcandidate"].pk,
        "pilots:plan-by-hand name": "select",
        **{f"charter:{name} kind": "goals" for name in ("new-line", "line", "drop-line")},
        **{f"charter:{name} line": Goal.objects.get().pk for name in ("line", "drop-line")},
        "year": year.pk,
        "name": "screen.pdf",
        "section": "letter",
        "reviews:process-step key": "gathered",
        "reviews:process-step-edit key": "gathered",
        "revision": the_text("letter").pk,
        "token": Link.issue(PURPOSE, sealed)[1],
        **links_of(records["own"]),
        "desk:calendar-feed token": CalendarAddress.issue(who["rep"]),
        "reviews:say token": links_to(asked())[0].rstrip("/").rsplit("/", 1)[-1],
        **keyed().parts(who, records["own"]),
    }
    numbered = ("fact", "training", "criterion", "person", "candidate", "note", "line", *keyed().numbered)
    parts["none"] = dict.fromkeys(numbered, NOBODY) | {
        "mapping": NOBODY, "contact": NOBODY, "absence": NOBODY, "function": NOBODY, "label": "no.such", "key": str(uuid4()),
        "name": "no-such", "token": "no-such-token", "section": "no-such", "revision": NOBODY,
        "year": NOBODY, "kind": "no-such",
    }  # fmt: skip
    return found


def links_of(records: dict[str, Any]) -> dict[str, Any]:
    """A section and an approval as somebody is led to them who answers from the mail."""
    person = make.make_user("contributor", "leader", by_link=True)
    write = Link.issue(WRITE, records["informationrequest"], person=person, code=True)[1]
    decide = Link.issue(DECIDE, records["approval"], person=person, code=True)[1]
    found = {f"reviews:{name} token": write for name in ("write", "write-draft", "write-step")}
    found |= {f"reviews:{name} token": decide for name in ("decide", "decide-file", "decide-step")}
    printer = Link.issue(PRINTER, records["printorder"])[1]
    found |= {f"reviews:{name} token": printer for name in ("printer", "printer-file", "printer-step")}
    touch = Link.issue(TOUCH, a_touch(person), person=person, code=True)[1]
    found |= {f"reviews:{name} token": touch for name in ("touch", "touch-link-answer")}
    over = a_touch(person, "confirmed")
    found["reviews:touch-link-draft token"] = Link.issue(TOUCH, over, person=person, code=True)[1]
    found |= {"reviews:printer-step name": "printed"}
    return found | {"reviews:write-step name": "submit", "reviews:decide-step name": "approve"}


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    """Rita's records in each state that a person can meet, so that each step is tried where it is open and where not."""
    found: dict[str, list[Any]] = {"reviewrequest": [], "account": []}
    template = make.make_template(contributors=(who["contributor"],), sections=1)
    for state in RequestStatus.values:
        account = make.make_account(manager=who["rep"])
        found["reviewrequest"].append(make.make_request(state, account=account))
    for state in ("prospect", "active", "at_risk", "closed"):
        found["account"].append(make.make_account(state, manager=who["rep"]))
    returned = next(row for row in found["reviewrequest"] if row.status == "gathering").contributions.get()
    make.take(returned, "submit", who["contributor"], text="Words.")
    make.take(returned, "send_back", who["admin"], comment="More of them.")
    void = make.make_request("in_approval", account=make.make_account(manager=who["rep"]))
    make.take(void, "cancel", who["rep"], comment="Not this year.")
    draft = make.make_template("operational", status="draft")
    broken = make.make_request("compiling", account=make.make_account(manager=who["rep"]))
    broken.latest_document().on_render_failed("A picture of the template is missing.")
    found["batch"] = [make_batch(state, who["admin"]) for state in WAYS]
    found["informationrequest"] = each_state(InformationRequest, request__rep=who["rep"])
    found["document"] = each_state(Document, request__rep=who["rep"])
    found["deviation"] = each_state(Deviation, request__rep=who["rep"])
    found["approval"] = each_state(Approval, request__rep=who["rep"])
    found["followup"] = follow_ups(who["rep"])
    found["printorder"] = print_orders(who["rep"], who["admin"])
    found["meeting"] = each_state(Meeting, request__rep=who["rep"])
    after_meetings(who["rep"])
    found["customerfeedback"] = each_state(CustomerFeedback, request__rep=who["rep"])
    found["repfeedback"] = each_state(RepFeedback, request__rep=who["rep"])
    after_nominations(who["leader"])
    found["starperformer"] = each_state(StarPerformer, nominated_by=who["leader"])
    found["suggestion"] = each_state(Suggestion, feedback__request__rep=who["rep"])
    found |= charters(who) | pilots(who)
    found["templateversion"] = [template, draft]
    found["revision"] = [a_text(who["contributor"], state) for state in RevisionStatus.values]
    asked_of = who["contributor"]
    found["touchpoint"] = [a_touch(asked_of, state) for state in TouchStatus.values if state != TouchStatus.ANSWERED]
    found["programyear"] = [
        make.make_year(state, label, begins_on=date(2040 + n, 1, 1), ends_on=date(2040 + n, 12, 31))
        for n, (state, label) in enumerate([("drafting", "Y1"), ("communicating", "Y2"), ("closed", "Y3")])
    ]
    tell_leaders(found["programyear"][1])
    return {kind: [make.fresh(row) for row in rows] for kind, rows in found.items()}


def charters(who: dict[str, User]) -> dict[str, list[Any]]:
    """Leaders, communications and receipts in each state."""
    lena = Alignment.objects.get(leader=who["leader"])
    withdrawn = make.take(a_communication(), "send", who["manager"])
    waived = make.take(a_communication(), "send", who["manager"])
    confirmed = make.take(a_communication(), "send", who["manager"])
    of_rita = Receipt.objects.filter(person=who["rep"])
    make.take(of_rita.get(communication=waived), "waive", who["manager"], comment="On leave.")
    make.take(of_rita.get(communication=confirmed), "confirm", who["rep"])
    withdrawn = make.take(withdrawn, "withdraw", who["manager"], comment="A new one follows.")
    return {
        "alignment": [lena],
        "communication": [a_communication(), confirmed, withdrawn],
        "receipt": each_state(Receipt, person=who["rep"]),
        "inquiry": questions(who["rep"]),
        "trainingassignment": [TrainingAssignment.objects.get(person=who["rep"])],
    }


def questions(asker: User) -> list[Inquiry]:
    """One in each state, each given to the administrator."""
    return [a_question(asker, "hand_on", *steps) for steps in ((), ("answer",), ("answer", "settle"))]


def a_missing(row: Any) -> Any:
    """The same kind of thing, of which there is no row."""
    return type(row)(pk=uuid4() if isinstance(row, Message | Export | Bulk) else NOBODY)
