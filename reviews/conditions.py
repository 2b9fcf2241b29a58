"""Which accounts see a section: conditions kept as data, and the one function that holds an account against them (R-05)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.choices import FactKind, Theater
from accounts.models import Account, Fact

STRATEGIC, STANDARD = "strategic", "standard"
TIERS: dict[str, str | Promise] = {STRATEGIC: _("strategic for us"), STANDARD: _("not strategic")}
ATTRIBUTES: dict[str, str | Promise] = {
    "sector": _("segment"),
    "business_unit": _("business unit"),
    "theater": _("theater"),
    "tier": _("tier"),
}
MOST = 40  # values of one condition; a longer list is no condition any more
LONGEST = 80  # characters of one value, as an account may have it

Conditions = dict[str, list[str]]


def check(conditions: Any) -> None:
    """Known attributes with lists of short texts, and nothing else; ValidationError otherwise."""
    fit = isinstance(conditions, dict) and all(
        name in ATTRIBUTES
        and isinstance(values, list)
        and 0 < len(values) <= MOST
        and all(isinstance(value, str) and 0 < len(value) <= LONGEST for value in values)
        for name, values in conditions.items()
    )
    if not fit:
        raise ValidationError(say("A condition names segments, business units, theaters or tiers of accounts."))


def value_of(account: Any, name: str) -> str:
    """What a condition asks of an account."""
    return tier_of(account) if name == "tier" else str(getattr(account, name))


def tier_of(account: Any) -> str:
    """Read once for each account that is in hand."""
    known = vars(account)
    if "known_tier" not in known:
        holds = account.facts.filter(kind=FactKind.STRATEGIC, ended_on=None).exists()
        known["known_tier"] = STRATEGIC if holds else STANDARD
    tier: str = known["known_tier"]
    return tier


def applies(section: Any, account: Any) -> bool:
    """Whether the section is one of this account's document: every condition met by one of its values."""
    return not section.conditions or not unmet(section, account)


def applying(sections: Iterable[Any], account: Any) -> list[Any]:
    """Those of them that are of this account's document."""
    return [section for section in sections if applies(section, account)]


def ordered(conditions: Conditions) -> list[tuple[str, list[str]]]:
    """As the editor asks for them; databases keep the keys of JSON in orders of their own."""
    return [(name, conditions[name]) for name in ATTRIBUTES if name in conditions]


def unmet(section: Any, account: Any) -> list[str]:
    """The attributes by which the account falls outside."""
    return [name for name, values in ordered(section.conditions) if value_of(account, name) not in values]


def because(section: Any, account: Any) -> str:
    """Why a conditional section is in this account's document, or is not; empty where it is in every one."""
    if not section.conditions:
        return ""
    outside = unmet(section, account)
    told = ", ".join(
        say("%(attribute)s %(value)s")
        % {"attribute": ATTRIBUTES[name], "value": worded(name, value_of(account, name)) or say("not set")}
        for name in (outside or [name for name, _values in ordered(section.conditions)])
    )
    words = (
        say("Left out: it is for %(whom)s; this account has %(own)s.")
        if outside
        else say("In, for this account has %(own)s.")
    )
    return words % {"whom": whom(section.conditions), "own": told}


def worded(name: str, value: str) -> str:
    """A value as people read it."""
    if name == "theater":
        return str(dict(Theater.choices).get(value, value))
    return str(TIERS.get(value, value)) if name == "tier" else value


def whom(conditions: Conditions) -> str:
    """Whom the conditions let in, within a sentence."""
    if not conditions:
        return say("every account")
    return say(" and ").join(
        say("%(attribute)s %(values)s")
        % {"attribute": ATTRIBUTES[name], "values": say(" or ").join(worded(name, value) for value in values)}
        for name, values in ordered(conditions)
    )


def sentence(conditions: Conditions) -> str:
    """Who will see the section, with the number of active accounts that is."""
    number = reached(conditions).count()
    words = ngettext(
        "Who will see this section: %(whom)s. That is %(n)d active account now.",
        "Who will see this section: %(whom)s. That is %(n)d active accounts now.",
        number,
    )
    who = say("accounts with %(whom)s") % {"whom": whom(conditions)} if conditions else whom(conditions)
    return words % {"whom": who, "n": number}


def reached(conditions: Conditions) -> QuerySet[Account]:
    """The active accounts that the conditions let in: `applies`, asked of the database."""
    found = Q(**{f"{name}__in": values for name, values in conditions.items() if name != "tier"})
    rows = Account.objects.live().filter(found)
    tiers = set(conditions.get("tier", ()))
    if len(tiers) == 1:
        strategic = Exists(Fact.objects.filter(account=OuterRef("pk"), kind=FactKind.STRATEGIC, ended_on=None))
        rows = rows.filter(strategic if STRATEGIC in tiers else ~strategic)
    return rows
