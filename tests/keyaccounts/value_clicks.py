"""The steps of what customers get, are told and know, at their dearest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from keyaccounts.actions import value as acts
from tests.acting import make_user, office
from tests.factories import make_function
from tests.workflow.clicks import WORD, Click, Clicks, as_clock, as_office

from .making_value import a_proposition, plan_for
from .value_rows import a_rep, an_unwritten, another_answers, asked_of, known, told


def hands(make_it: Callable[[], Any], **data: Any) -> Callable[[], Click]:
    """Taken by whoever manages the account."""

    def made() -> Click:
        one = make_it()
        return one, one.membership.account.manager, dict(data)

    return made


def sending(status: str, how: str) -> Callable[[], Click]:
    def made() -> Click:
        one = told(status, make_user("rep", reports_to=make_user("leader")))
        contact = one.membership.account.contacts.first()
        if how == "mail":
            type(contact).objects.filter(pk=contact.pk).update(email="kim@customer.example")
            contact.refresh_from_db()
        return one, one.membership.account.manager, {"how": how, "contact": contact}

    return made


def planned() -> Click:
    one = told("draft", a_rep())
    return one, one.membership.account.manager, plan_for(one.membership.account.manager)


def confirming() -> Click:
    asked = asked_of(make_user("contributor"))
    return asked, asked.person, {"words": "We pick up the telephone first."}


def replacing() -> Click:
    """A version that functions still are asked about gives way to the next."""
    before = a_proposition(functions=[make_function() for _n in range(4)])
    draft = acts.write_next(before, by=office("manager"))
    return draft, office("manager"), {"functions": [make_function() for _n in range(4)]}


def by_customer() -> Click:
    return told("sent", a_rep()), User.objects.customer(), {"who": "Kim Kunde", "said": "All clear."}


CLICKS: Clicks = {
    "proposition": {
        "publish": replacing, "replace": as_clock(lambda: a_proposition(functions=[make_function() for _n in range(4)])),
        "discard": as_office("manager", lambda: a_proposition("draft")),
    },
    "understanding": {
        "confirm": confirming, "hand_on": as_office("manager", another_answers),
        "lapse": as_clock(lambda: asked_of(make_user("contributor"))),
    },
    "knowing": {
        "tell": hands(lambda: known("confirmed", a_rep()), whom="Kim Kunde", how="phone"),
        "confirm": hands(lambda: known("told", a_rep()), who="Kim Kunde", how="phone"),
    },
    "statement": {
        "write": as_clock(lambda: an_unwritten(a_rep())),
        "submit": planned, "hand_back": as_office("manager", lambda: told("to_approve", a_rep()), **WORD),
        "approve": as_office("manager", lambda: told("to_approve", a_rep())),
        "send": sending("ready", "mail"), "send_again": sending("sent", "mail"), "confirm": by_customer,
        "confirm_said": hands(lambda: told("sent", a_rep()), who="Kim Kunde", how="phone", on=localdate()),
        "end": as_clock(lambda: told("sent", a_rep())),
    },
}  # fmt: skip
