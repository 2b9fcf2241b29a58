"""What a statement says to the customer, composed once and kept as it was (K-22, M16): requirements, promise, team, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.ui.kept import gettext as _
from acr_program.ui.phrases import long_day

from .choices_value import Occasion
from .models import Proposition, programme_words

ENTRY, KEEP = "entry", "maintain"
Standing = Callable[[Any, str], Iterable[Any]]
_standing: list[Standing] = []


def standing_is(standing: Standing) -> None:
    """How an account stands against the requirements, told by incubation from its `register`.

    `standing(membership, "entry")` gives those to achieve the status, `"maintain"` those to keep it. Each line has
    `measure` (its `title` and `words`), `target`, `value`, `date` and `met`; target and value in words, with their unit.
    """
    _standing[:] = [standing]


def lines_of(membership: Any, kind: str) -> list[dict[str, Any]]:
    """The requirements as they are kept in a statement; none where none are written down."""
    return [told(line) for standing in _standing for line in standing(membership, kind)]


def told(line: Any) -> dict[str, Any]:
    on: date | None = line.date
    return {
        "title": str(line.measure.title), "words": str(line.measure.words), "target": str(line.target),
        "value": said(line.value), "on": on.isoformat() if on else "", "met": line.met,
    }  # fmt: skip


def said(value: Any) -> str:
    """A value in words; nothing where it is not known yet."""
    return "" if value is None else str(value)


def composed(membership: Any, occasion: str, proposition: Proposition | None) -> dict[str, Any]:
    """Everything that the customer reads, as plain values: nothing of it moves when the data beneath it do."""
    return {
        "program": programme_words().one, "account": membership.account.name, "opening": opening(membership, occasion),
        "tier": str(membership.tier_now or ""), "as_of": localdate().isoformat(),
        "until": day_of(membership.incubating_until), "re_review": day_of(membership.re_review_on),
        "since": day_of(membership.key_since), "missing": [str(one) for one in membership.missing],
        "entry": lines_of(membership, ENTRY), "keep": lines_of(membership, KEEP),
        "promise": proposition.promise if proposition else "",
        "does": proposition.done if proposition else [], "does_not": proposition.not_done if proposition else [],
        "proofs": [proof_of(one) for one in proposition.proofs.all()] if proposition else [],
        "team": [member_of(person) for person in team_of(membership.account)],
    }  # fmt: skip


def day_of(day: date | None) -> str:
    return day.isoformat() if day else ""


def proof_of(proof: Any) -> dict[str, str]:
    return {"words": proof.words, "source": proof.source, "on": proof.on.isoformat()}


def member_of(person: User) -> dict[str, str]:
    return {"name": person.name, "title": person.title, "email": person.email}


def team_of(account: Any) -> list[User]:
    """Who looks after the account: its manager, the leader above, and the leaders designated for it; each once."""
    manager = account.manager
    above = manager.reports_to if manager else None
    people = [person for person in (manager, above) if person is not None and person.is_active]
    people += account.designated_leaders.filter(is_active=True).order_by("name")
    return list({person.pk: person for person in people}.values())


def opening(membership: Any, occasion: str) -> str:
    """The first sentences: what has happened, and what follows for the customer."""
    known = {
        "account": membership.account.name, "word": programme_words().one,
        "until": long_day(membership.incubating_until), "next": long_day(membership.re_review_on),
    }  # fmt: skip
    return sentences()[occasion] % known


def sentences() -> dict[str, str]:
    return {
        Occasion.INCUBATION: _(
            "We would like to find out whether %(account)s becomes a %(word)s of ours. Until %(until)s we invest in working"
            " together more closely, and measure what comes of it. Below is what we look at, what you get, and who looks after you."
        ),
        Occasion.MORE_PROOF: _(
            "Much of what we looked for is there; some proof is still missing. We go on together until %(until)s, and decide"
            " then whether %(account)s becomes a %(word)s. Below is what we still look for."
        ),
        Occasion.QUALIFIED: _(
            "%(account)s is a %(word)s of ours. Below is what you get from us, what keeps the status, and who is there for you."
            " We look at it together again on %(next)s."
        ),
        Occasion.MAINTAINED: _(
            "%(account)s stays a %(word)s of ours. Below is how you stand against what keeps the status, and what you get from us."
            " We look at it together again on %(next)s."
        ),
        Occasion.RETURNED: _(
            "Not everything that keeps the status is there at present. Until %(until)s we work on it together, and decide then"
            " whether %(account)s stays a %(word)s. Below is what is missing."
        ),
        Occasion.ANEW: _(
            "Something of what we agreed has changed. Below is what holds for %(account)s from now on: what we look at,"
            " what you get from us, and who is there for you."
        ),
        Occasion.DOWN_TIERED: _(
            "From now on %(account)s is not a %(word)s of ours any more. Below is how you stood against what keeps the status."
        ),
    }  # fmt: skip
