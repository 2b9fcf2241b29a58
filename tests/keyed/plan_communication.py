"""Readers, team card and proposals of account plans, in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from acr_program.outbox.models import Message
from acr_program.people.models import User
from keyaccounts.models import AccountPlan, Action, PlanReading, Proposal, TeamCard, TeamRole
from keyaccounts.plan import communication_readers as readers
from keyaccounts.plan import communication_team as team
from keyaccounts.plan import communication_words as words
from keyaccounts.plan.content import keep_version
from keyaccounts.plan.kinds import find
from tests.acting import make_user
from tests.factories import make_account
from tests.keyaccounts.making_plan import a_plan, add, token_of, with_mail
from tests.prove.sending import Page, Sent, sent

from . import Slice

if TYPE_CHECKING:
    from tests.prove.company import Company

KEEPERS, OTHER_KEEPERS = {"manager", "admin", "rep", "leader"}, {"manager", "admin", "other rep", "other leader"}
ACTS = (
    "plan-put-on",
    "plan-reader-off",
    "plan-remind",
    "plan-team-publish",
    "plan-team-close",
    "plan-take",
    "plan-keep",
)


def staffed(rep: User) -> AccountPlan:
    plan = a_plan("draft", make_account(manager=rep))
    TeamRole.objects.create(plan=plan, title="Service", person=make_user("contributor"), changed_by=rep)
    return plan


def told(rep: User) -> AccountPlan:
    """With somebody on the list, a card, and a link to it at the customer."""
    plan = staffed(rep)
    readers.put_on(plan, [make_user("contributor")], by=rep)
    team.publish(AccountPlan.objects.get(pk=plan.pk), by=rep, contact=with_mail(plan.account))
    return AccountPlan.objects.get(pk=plan.pk)


def linked(rep: User | None = None) -> AccountPlan:
    account = make_account(manager=rep) if rep else make_account()
    return a_plan("shared", account, contact=with_mail(account))


def proposed(plan: AccountPlan, text: str = "A second contract") -> Proposal:
    version = plan.snapshots.order_by("-number")[0]
    line = next(one for one in words.plan_lines(version.content) if one.kind.key == "opportunities" and one.row)
    return words.propose(plan, version, line, words=text, who="Kim Kunde")


def team_token(plan: AccountPlan) -> str:
    mail = Message.objects.filter(kind="account_team", object_id=str(plan.pk)).latest("created_at")
    return str(mail.private["url"]).rstrip("/").rsplit("/", 1)[-1]


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    """A proposal to Rita's plan, and the tokens of the customer's pages."""
    plan, kind = own["accountplan"], find("we-do")
    assert kind is not None
    version = keep_version(plan, by=plan.account.manager)
    missed = words.propose(plan, version, words.PlanLine(kind, None, ""), words="A wish", who="Kim Kunde")
    return {
        "proposal": missed.pk, "keyaccounts:plan-propose token": token_of(linked()),
        "keyaccounts:team-by-link token": team_token(told(make_account().manager)),
    }  # fmt: skip


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]

    def listed() -> Sent:
        plan = staffed(rep)
        return sent("keyaccounts:plan-put-on", plan.pk, of=plan, rows=PlanReading.objects.all(), people=[rep.pk])

    def off() -> Sent:
        plan = told(rep)
        return sent("keyaccounts:plan-reader-off", plan.pk, plan.readings.get().person_id, of=plan)

    def reminded() -> Sent:
        plan = staffed(rep)
        mails = Message.objects.filter(kind="plan_to_read")
        return sent("keyaccounts:plan-remind", plan.pk, of=plan, rows=mails)

    def published() -> Sent:
        plan = staffed(rep)
        mails = Message.objects.filter(kind="team_card")
        return sent(
            "keyaccounts:plan-team-publish",
            plan.pk,
            of=plan,
            rows=(TeamCard.objects.all(), mails),
            contact="",
            note_to="",
        )

    def closed() -> Sent:
        plan = told(rep)
        return sent("keyaccounts:plan-team-close", plan.pk, of=plan)

    def kept() -> Sent:
        plan = linked(rep)
        found = proposed(plan)
        plan = AccountPlan.objects.get(pk=plan.pk)
        return sent("keyaccounts:plan-keep", plan.pk, found.pk, of=plan, **{"kept-answer": "Ours says it."})

    def taken() -> Sent:
        plan = linked(rep)
        found = proposed(plan)
        taken_over = Proposal.objects.filter(plan=plan, state="taken")
        said = {"what": "A second contract", "state": "open", "base": '{"revision": 1}', "taken-answer": "Gladly."}
        return sent("keyaccounts:plan-take", plan.pk, found.pk, rows=taken_over, **said)

    for name, made in (
        ("plan-put-on", listed), ("plan-reader-off", off), ("plan-remind", reminded), ("plan-team-publish", published),
        ("plan-team-close", closed), ("plan-keep", kept), ("plan-take", taken),
    ):  # fmt: skip
        yield Page(f"keyaccounts:{name}", "rep", made)


# The office that the browser looks at


def furnish(people: dict[str, User]) -> None:
    """The plan with a full direction gets both lists, figures, resources, skills, readers, a card; another the customer's words."""
    rep = people["everything"]
    plan = AccountPlan.objects.filter(portfoliocell_rows__isnull=False).latest("pk")
    role = TeamRole.objects.create(
        plan=plan, title="Service", person=make_user("contributor"), does="Answers within a day.", changed_by=rep
    )
    readers.put_on(plan, [make_user("contributor"), rep], by=rep)
    team.publish(AccountPlan.objects.get(pk=plan.pk), by=rep, contact=with_mail(plan.account))
    for kind, what in (("we-do", "A spare part within a day"), ("we-do-not", "Repairs of other makes")):
        add(plan, kind, what=what)
    add(plan, "kpis", what="Deliveries on time, of all plants together", aim="least", target=95, unit="%")
    add(plan, "skills", role=role, kind="skill", what="Negotiating", needed=4, present=2)
    add(plan, "special-skills", role=role, kind="behaviour", what="Speaks Danish", needed=2, present=2)
    how = {"measured": "By calls", "reviewed": "Each month", "told": "By mail"}
    action = Action.objects.create(plan=plan, what="Open a service desk", changed_by=rep, **how)
    add(plan, "resources", action=action, what="Engineers", days=12, money=8000)
    other = linked(rep)
    proposed(other)
    words.keep_ours(proposed(other, "A third contract"), by=rep, answer="One at a time.")


def links(people: dict[str, User]) -> Iterator[str]:
    plan = linked()
    proposed(plan)
    yield reverse("keyaccounts:plan-propose", args=[token_of(plan)])
    yield reverse("keyaccounts:team-by-link", args=[team_token(told(make_account().manager))])


def keys(ask: Any) -> dict[str, Any]:
    carded = "SELECT max(plan_id) FROM keyaccounts_teamcard"
    said = "SELECT max(plan_id) FROM keyaccounts_proposal WHERE state = 'kept'"
    return {
        "keyaccounts:plan-readers": lambda: ask.keys(carded), "keyaccounts:plan-team": lambda: ask.keys(carded),
        "keyaccounts:plan-proposals": lambda: ask.keys(said),
    }  # fmt: skip


def paths(ask: Any) -> dict[str, list[str]]:
    """A proposal that waits, and one that was answered."""
    rows = ask.office.query("SELECT plan_id, max(id) FROM keyaccounts_proposal GROUP BY plan_id, state")
    return {"keyaccounts:plan-proposal": [f"key-accounts/plans/{of}/proposals/{pk}/" for of, pk in rows]}


SLICE = Slice(
    pages=pages,
    parts=parts,
    numbered=("proposal",),
    narrower={f"keyaccounts:{name}": (KEEPERS, OTHER_KEEPERS) for name in ACTS},
    public={("POST", "keyaccounts:plan-propose"): {400}},
    tokens=("keyaccounts:plan-propose token", "keyaccounts:team-by-link token"),
    without_once={
        "keyaccounts:plan-propose": "who is not signed in has no click: the same words to the same line are kept once"
    },
    furnish=furnish,
    by_link=("keyaccounts:plan-propose", "keyaccounts:team-by-link"),
    links=links,
    keys=keys,
    paths=paths,
)
