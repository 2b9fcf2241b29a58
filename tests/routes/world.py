"""One office in which every path can be tried: everybody who may come, and a record of each kind that is theirs or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType

from acr_program.bulk.actions import keep
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.desk.models import SavedView
from acr_program.exports.models import Export
from acr_program.files.store import store
from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from reviews.actions.by_link import DECIDE, WRITE
from reviews.actions.delivering import PURPOSE
from reviews.choices import RequestStatus
from reviews.models import Approval, Document, InformationRequest, ReviewRequest
from tests import factories as make
from tests.desk.saying import comment_beside, file_beside, mention_beside
from tests.intake.batches import WAYS, make_batch, make_mapping

NOBODY = 999_999  # an id that no row has


@dataclass
class World:
    """People by identity; records by whose they are and by kind; the other parts of addresses by name."""

    people: dict[str, User]
    records: dict[str, dict[str, Any]]
    states: dict[str, list[Any]] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)


def people() -> dict[str, User]:
    """Everybody who signs in; «anonymous» has no account, and whoever is deactivated has one that is shut."""
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
    make.make_absence(leader, found["stand-in"])
    return found


def world() -> World:
    """The office: Rita's side is «own», Otto's is «other»."""
    who = people()
    program, year = make.make_program(), make.make_year()
    old = make.make_template(contributors=(who["contributor"],), sections=1)
    records, parts = {}, {}
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
            "message": message,
            "comment": comment_beside(review, who[rep]),
            "mention": mention_beside(review, who["admin"], who[rep]),
            "attachment": file_beside(review, who[rep]),
            "export": an_export(who[rep]),
            "bulk": a_choice(who[rep], review),
            "logentry": LogEntry.objects.filter(by=who[rep], step="submit").latest("pk"),
            "savedview": SavedView.objects.create(person=who[rep], list_name="accounts", title="Mine"),
        }
        absence = make.make_absence(who[rep], who["admin"], date(2099, 1, 1), date(2099, 1, 2))
        parts[side] = known | {"contact": account.contacts.get().pk, "absence": absence.pk, "key": str(message.pk)}
    shared = {
        "program": program, "programyear": year, "templateversion": make.fresh(old),
        "batch": make_batch("ready", who["admin"]),
    }  # fmt: skip
    records["own"] |= shared
    records["none"] = {kind: a_missing(row) for kind, row in records["own"].items()}
    found = World(who, records, parts=parts)
    found.states = states(who)
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
        "name": "screen.pdf",
        "token": Link.issue(PURPOSE, sealed)[1],
        **links_of(records["own"]),
    }
    parts["none"] = {"fact": NOBODY, "note": NOBODY} | {
        "mapping": NOBODY, "contact": NOBODY, "absence": NOBODY, "function": NOBODY, "label": "no.such", "key": str(uuid4()),
        "name": "no-such", "token": "no-such-token",
    }  # fmt: skip
    return found


def links_of(records: dict[str, Any]) -> dict[str, Any]:
    """A section and an approval as somebody is led to them who answers from the mail."""
    person = make.make_user("contributor", "leader", by_link=True)
    write = Link.issue(WRITE, records["informationrequest"], person=person, code=True)[1]
    decide = Link.issue(DECIDE, records["approval"], person=person, code=True)[1]
    found = {f"reviews:{name} token": write for name in ("write", "write-step")}
    found |= {f"reviews:{name} token": decide for name in ("decide", "decide-file", "decide-step")}
    return found | {"reviews:write-step name": "submit", "reviews:decide-step name": "approve"}


def told(account: Any, by: User) -> dict[str, int]:
    """A fact that holds of the account, and a note pinned to it."""
    from accounts.actions import pin, say_fact

    fact = say_fact(account, by=by, seen=account.version, kind="rfp", since_on=date(2026, 1, 5), reason="They said so.")
    note = pin(account, by=by, seen=make.fresh(account).version, text="To be remembered.")
    return {"fact": fact.pk, "note": note.pk}


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    """Rita's records in each state that a person can meet, so that each step is tried where it is open and where not."""
    found: dict[str, list[Any]] = {"reviewrequest": [], "account": []}
    template = make.make_template(contributors=(who["contributor"],), sections=1)
    for state in RequestStatus.values:
        account = make.make_account(manager=who["rep"])
        found["reviewrequest"].append(make.make_request(state, account=account))
    for state in ("prospect", "active", "at_risk", "closed"):
        found["account"].append(make.make_account(state, manager=who["rep"]))
    returned = ReviewRequest.objects.get(status="gathering").contributions.get()
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
    found["approval"] = each_state(Approval, request__rep=who["rep"])
    found["templateversion"] = [template, draft]
    found["programyear"] = [
        make.make_year(state, label, begins_on=date(2040 + n, 1, 1), ends_on=date(2040 + n, 12, 31))
        for n, (state, label) in enumerate([("drafting", "Y1"), ("communicating", "Y2"), ("closed", "Y3")])
    ]
    return {kind: [make.fresh(row) for row in rows] for kind, rows in found.items()}


def each_state(model: Any, **of: Any) -> list[Any]:
    """One row of each state there is."""
    rows = model._default_manager.filter(**of).order_by("pk")
    return list({row.status: row for row in rows}.values())


def a_missing(row: Any) -> Any:
    """The same kind of thing, of which there is no row."""
    return type(row)(pk=uuid4() if isinstance(row, Message | Export | Bulk) else NOBODY)


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
