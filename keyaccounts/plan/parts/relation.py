"""Relationship diagnostic: whom we know and how well, our team, the history, what must be remembered, research (N3.1 to N3.9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.rules import keepers
from acr_program.ui import markup
from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment
from acr_program.ui.phrases import names

from ...choices_plan import EventKind, FindingKind, Influence, PartKey, Side
from ...models import Event, Finding, PersonMap, TeamRole
from ...plan_rules import may_write
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..relation_forms import HistoryForm, NoteForm, PersonForm, ResearchForm, SeatForm
from ..relation_history import events_of, history_of
from ..relation_map import map_of
from ..relation_people import HARDLY, Strength, divisions_of, hardly_known
from ..relation_research import flag_of, led_from, research, sides
from ..relation_team import is_held, team_of
from ..relation_wallet import wallet_of

PART = PartKey.RELATION
OLD = timedelta(days=366)


# What is wrong with a row, in a few words


def remark_on_person(one: PersonMap) -> str:
    if one.influence == Influence.DECIDES and one.strength in HARDLY:
        return say("Decides, and we hardly know them")
    return "" if one.owner else say("Nobody of us looks after them")


def remark_on_seat(one: TeamRole) -> str:
    if one.person is None:
        return say("To be filled")
    return "" if is_held(one) else say("Has left: to be filled")


def remark_on_research(one: Finding) -> str:
    return say("More than a year old") if one.on < localdate() - OLD else ""


def strength_of(one: PersonMap) -> Any:
    words = f"{one.strength}: {Strength(one.strength).label}"
    return markup.badge(words, Strength.tones[one.strength], "bare")


PEOPLE = kind(
    Kind(
        "people", PART, PersonMap, _("People at the customer"), one=_("person"), add=_("Put somebody on the map"),
        empty=_("Nobody is on the map yet: begin with whoever decides, and with those you speak to each week."),
        columns=[
            Column("name", _("Name"), sub="title"), Column("division", _("Division")),
            Column("influence", _("Influence"), "get_influence_display"), Column("strength", _("Strength"), strength_of),
            Column("owner", _("Who of us"), "owner.name", empty=_("nobody")),
            Column("last_on", _("Last in touch"), nowrap=True, empty=_("not known")),
        ],
        fields=(
            "name", "contact", "title", "division", "ours", "influence", "strength", "owner", "rhythm", "last_on",
            "next_on", "note",
        ),
        form=PersonForm, remark=remark_on_person,
    )
)  # fmt: skip
TEAM = kind(
    Kind(
        "team", PART, TeamRole, _("The account team"), one=_("seat"), add=_("Add a seat"),
        empty=_("No seat is written down yet: begin with those of the pattern."),
        columns=[
            Column("title", _("Seat")), Column("person", _("Who holds it"), "person.name", empty=_("nobody")),
            Column("does", _("Responsible for"), whole=True, empty=_("not said")), Column("phone", _("Phone"), empty=""),
        ],
        fields=("title", "person", "does", "phone", "shown"), form=SeatForm, remark=remark_on_seat,
    )
)  # fmt: skip
HISTORY = kind(
    Kind(
        "history", PART, Event, _("History"), one=_("event"), add=_("Add what happened"),
        empty=_("Nothing is written down yet."), of={"kind": EventKind.HISTORY},
        columns=[
            Column("what", _("What happened"), whole=True), Column("on", _("On"), nowrap=True),
            Column("who", _("Who at the customer"), empty=""), Column("source", _("Source"), empty=_("no source")),
        ],
        fields=("what", "on", "who", "source"), form=HistoryForm,
    )
)  # fmt: skip
NOTES = kind(
    Kind(
        "notes", PART, Finding, _("To be remembered"), one=_("note"), add=_("Add a note"),
        empty=_("Nothing must be remembered yet: what would hurt if the next one here did not know it?"),
        of={"kind": FindingKind.NOTE},
        columns=[
            Column("words", _("What to remember"), whole=True), Column("pinned", _("In every preparation of a review")),
            Column("state", _("State")), Column("source", _("Source")), Column("on", _("On"), nowrap=True),
        ],
        fields=("words", "source", "on", "severity", "pinned", "state"), form=NoteForm,
    )
)  # fmt: skip
RESEARCH = kind(
    Kind(
        "research", PART, Finding, _("Research"), one=_("finding"), add=_("Add a finding"),
        empty=_("No research is written down yet: what do our own people know, what does somebody independent say?"),
        of={"kind": FindingKind.RESEARCH},
        columns=[
            Column("words", _("What we found"), whole=True), Column("side", _("Inside or outside")),
            Column("source", _("Source")), Column("on", _("On"), nowrap=True), Column("state", _("State")),
        ],
        fields=("words", "side", "source", "on", "state"), form=ResearchForm, remark=remark_on_research,
    )
)  # fmt: skip


# Pictures and comparisons


def draw_map(plan: Any, user: Any) -> Fragment | None:
    """All divisions on one map (N3.1, N3.2; feature 77); none while nobody stands on it: the list says what to do."""
    people = PEOPLE.read(plan)
    if not people:
        return None
    divisions, hardly = divisions_of(people), names(hardly_known(people))
    said = {"map": map_of(divisions), "divisions": divisions, "hardly": hardly}
    return Fragment("keyaccounts/plan_relation_map.html", said)


def compare_team(plan: Any, user: Any) -> Fragment:
    """Seats that there are to be beside those that are held (N3.3)."""
    team = team_of(plan, TEAM.read(plan), may_write(user, plan))
    return Fragment("keyaccounts/plan_relation_team.html", {"team": team})


def tell_history(plan: Any, user: Any) -> Fragment:
    """How long they have been a customer, and what happened (N3.4, N3.5)."""
    events = events_of(plan, user)
    HISTORY.share(plan, [one for one in events if one.plan_id == plan.pk])
    said = {"history": history_of(plan, user, events), "account": plan.account}
    return Fragment("keyaccounts/plan_relation_history.html", said)


def weigh_wallet(plan: Any, user: Any) -> Fragment:
    """What they spend with us over what they spend in all (N3.7); entered where the account's other figures are."""
    url = reverse("accounts:new-figure", args=[plan.account_id]) + "?kind=wallet" if keepers(user, plan.account) else ""
    return Fragment("keyaccounts/plan_relation_wallet.html", {"wallet": wallet_of(plan), "tell_url": url})


def weigh_research(plan: Any, user: Any) -> Fragment:
    """Whether it is of one kind only (N3.8), and what was made of it (N3.9)."""
    rows = RESEARCH.read(plan)
    said = {"flag": flag_of(sides({one.side for one in rows})), "led": led_from(plan, rows, may_write(user, plan))}
    return Fragment("keyaccounts/plan_relation_research.html", said)


for draw in (draw_map, compare_team, tell_history, weigh_wallet, weigh_research):
    hang(PART, draw)

UNHELD = Q(person=None) | Q(person__is_active=False)
demand(
    Demand(PART, "people", _("Put the people you know on the map, with their divisions."), "personmap", weight=2),
    Demand(PART, "wider", _("Put somebody of the wider organisation on the map."), "personmap", Q(ours=False)),
    Demand(
        PART, "deciders", _("Get to know whoever decides and is hardly known to us."), "personmap",
        Q(influence=Influence.DECIDES, strength__in=HARDLY), most=0,
    ),
    Demand(PART, "owners", _("Say who of us looks after each person on the map."), "personmap", Q(owner=None), most=0),
    Demand(PART, "seats", _("Write down the seats of the account team."), "teamrole", weight=2),
    Demand(PART, "gaps", _("Fill the open seats of the account team."), "teamrole", UNHELD, most=0),
    Demand(PART, "history", _("Write down what happened between us."), "event", Q(kind=EventKind.HISTORY)),
    Demand(PART, "own_research", _("Add research of our own."), "finding", research(Side.INSIDE)),
    Demand(PART, "other_research", _("Add independent research from outside."), "finding", research(Side.OUTSIDE)),
    Demand(PART, "led", _("Link an opportunity to the finding it came from."), "opportunity", Q(finding__isnull=False)),
)  # fmt: skip
