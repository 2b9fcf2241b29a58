"""Filters and scorecards in each state, each step at its dearest, and each form as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.models import FilterCriterion, FilterVersion, Score, Scorecard
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent
from tests.workflow.clicks import WORD, Clicks, as_clock, as_office

from .making import a_membership
from .making_filter import a_draft, a_filter, a_scorecard, all_judged, judged

if TYPE_CHECKING:
    from tests.prove.company import Company


def of_rep(rep: User) -> Account:
    return make_account(manager=rep)


def card(status: str, rep: User | None = None, score: int = 4) -> Scorecard:
    """A scorecard in this state, of an account of this representative's."""
    rep = rep or make_user("rep", reports_to=make_user("leader"))
    return a_scorecard(status, a_membership("nominated", of_rep(rep)), score)


def judged_card(rep: User | None = None) -> Scorecard:
    """Everything is judged: it can be confirmed."""
    return all_judged(card("open", rep))


def outdated(rep: User | None = None) -> Scorecard:
    """Open, and scored by a version that has been replaced."""
    found = card("open", rep)
    a_filter(criteria=[judged("sponsor"), judged("potential", 90), judged("fit", 10)])
    return fresh(found)


def tried() -> FilterVersion:
    """A draft that may be published."""
    return take(a_draft(), "try_out", office("manager"))


def versions() -> list[FilterVersion]:
    """One in each state; those that are there, where they are."""
    if not FilterVersion.objects.filter(status="retired").exists():
        a_filter("retired")
    if not FilterVersion.objects.filter(status="discarded").exists():
        a_filter("discarded")
    drafted = a_draft()
    found = [FilterVersion.objects.filter(status=one).first() for one in ("published", "retired", "discarded")]
    return [drafted, *(one for one in found if one)]


def cards(rep: User) -> list[Scorecard]:
    return [card(one, rep) for one in ("open", "confirmed", "passed", "failed", "dropped")]


# Each step at its dearest


def decided() -> Any:
    """Past decisions to be tried out on."""
    for status in ("passed", "failed", "passed"):
        card(status)
    return a_draft()


def publishing() -> Any:
    """The version in force retires, and nominations wait that no filter was there for."""
    a_filter()
    card("open")
    return tried()


def of_a_confirmed(score: int) -> Callable[[], Any]:
    return lambda: card("confirmed", score=score).membership


CLICKS: Clicks = {
    "filterversion": {
        "try_out": as_office("manager", decided), "publish": as_office("manager", publishing, **WORD),
        "discard": as_office("manager", a_draft), "retire": as_clock(a_filter),
    },
    "scorecard": {
        "confirm": as_office("manager", judged_card), "reopen": as_office("manager", lambda: card("confirmed")),
        "take_filter": as_office("manager", outdated), "let_pass": as_clock(lambda: card("confirmed")),
        "turn_down": as_clock(lambda: card("confirmed", score=1)), "drop": as_clock(lambda: card("open")),
    },
    "membership": {
        "pass_filter with its scorecard": as_office("manager", of_a_confirmed(4)),
        "fail_filter with its scorecard": as_office("manager", of_a_confirmed(1), **WORD),
        "veto with its scorecard": as_office("manager", of_a_confirmed(4), **WORD),
    },
}  # fmt: skip


# Each form as it is sent


def forms(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]
    yield Form("filterversion.try_out", "manager", a_draft)
    yield Form("filterversion.publish", "manager", tried, COMMENT)
    yield Form("filterversion.discard", "manager", a_draft)
    yield Form("scorecard.confirm", "manager", lambda: judged_card(rep))
    yield Form("scorecard.reopen", "manager", lambda: card("confirmed", rep))
    yield Form("scorecard.take_filter", "manager", lambda: outdated(rep))


ASKED = {"title": "Culture", "kind": "weighted", "weight": 10, "basis": "judged", "guidance": "0: none, 5: all."}


def pages(company: Company) -> Iterator[Page]:
    rows = FilterCriterion.objects.all()

    def begun() -> Sent:
        a_filter()
        return sent("keyaccounts:begin-filter", rows=FilterVersion.objects.all())

    def on_draft(name: str, *, at: int | None = None, way: tuple[str, ...] = (), **data: Any) -> Callable[[], Sent]:
        def made() -> Sent:
            of = a_draft()
            which = [] if at is None else [list(of.criteria.all())[at].pk]
            more = {"rows": rows} if name == "add-criterion" else {}
            return sent(f"keyaccounts:{name}", of.pk, *which, *way, of=of, **more, **data)

        return made

    yield Page("keyaccounts:begin-filter", "manager", begun)
    yield Page("keyaccounts:filter-bar", "manager", on_draft("filter-bar", bar="50.5"))
    yield Page("keyaccounts:add-criterion", "manager", on_draft("add-criterion", **ASKED))
    yield Page("keyaccounts:criterion", "manager", on_draft("criterion", at=0, **ASKED | {"title": "Sponsors"}))
    yield Page("keyaccounts:move-criterion", "manager", on_draft("move-criterion", at=1, way=("up",)))
    yield Page("keyaccounts:remove-criterion", "manager", on_draft("remove-criterion", at=-1))
    yield from card_pages(company.people["rep"])


def card_pages(rep: User) -> Iterator[Page]:
    def begun() -> Sent:
        membership = a_membership("nominated", of_rep(rep))
        return sent("keyaccounts:begin-scorecard", membership.pk, rows=Scorecard.objects.all())

    def judging() -> Sent:
        of = card("open", rep)
        criterion = of.filter.criteria.filter(basis="judged").first()
        assert criterion is not None
        said = {"score": 4, "why": "As we know them."}
        return sent("keyaccounts:judge-criterion", of.pk, criterion.pk, of=of, rows=Score.objects.all(), **said)

    yield Page("keyaccounts:begin-scorecard", "manager", begun)
    yield Page("keyaccounts:judge-criterion", "manager", judging)
