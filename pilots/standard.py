"""What a company begins with: the standard criteria, and the tools that pilots test beside the steps of the process.

All of it is the company's own from then on: reworded, extended, retired (P-05).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .choices import Evidence, Subject

Words = Any

STRATEGIC, STABLE, EXISTING = _("Strategic"), _("Financially stable"), _("Existing customer")
MANAGER = _("The account manager")


def criterion(
    key: str, about: Subject, part_of: Words, evidence: Evidence, title: Words, words: Words
) -> dict[str, Any]:
    """The fields of its row; the words are looked up in the reader's language when it is written."""
    return {"key": key, "about": about, "part_of": part_of, "evidence": evidence, "title": title, "words": words}


STANDARD = (
    criterion(
        "potential", Subject.ACCOUNT, STRATEGIC, Evidence.OPPORTUNITY, _("Potential is identified"),
        _("At least one opportunity or solution is known by name that this account could take up next."),
    ),
    criterion(
        "closer", Subject.ACCOUNT, STRATEGIC, Evidence.SAID, _("The customer wants a closer relationship"),
        _("Somebody at the customer has said so, and it is known who and when."),
    ),
    criterion(
        "negotiation", Subject.ACCOUNT, STABLE, Evidence.NEGOTIATION, _("No contract is being negotiated"),
        _("A review in the middle of a negotiation would be read as a part of it."),
    ),
    criterion(
        "rfp", Subject.ACCOUNT, STABLE, Evidence.RFP, _("No request for proposal is open"),
        _("An account that is asking others for offers is no place to try something new."),
    ),
    criterion(
        "age", Subject.ACCOUNT, EXISTING, Evidence.AGE, _("A customer for more than one year"),
        _("There has to be a year to look back on: exactly one year does not do."),
    ),
    criterion(
        "success", Subject.ACCOUNT, EXISTING, Evidence.OUTCOME, _("Success has been shown"),
        _("Something that we did for them has worked, and it is known what and when."),
    ),
    criterion(
        "planning", Subject.MANAGER, MANAGER, Evidence.PLAN, _("Plans accounts effectively"),
        _("The sales leader has read the account plan and rates it."),
    ),
    criterion(
        "feedback", Subject.MANAGER, MANAGER, Evidence.AGREEMENT, _("Will give feedback"),
        _("They have agreed to say what they think of processes and tools, and what it did for the customer."),
    ),
    criterion(
        "example", Subject.MANAGER, MANAGER, Evidence.WORDS, _("Exemplifies a good seller here"),
        _("They prepare meetings, keep what they promise, and know the customer’s business. Say here what a good seller is "
        "in your company."),
    ),
)  # fmt: skip

# Each with the step of the process in which a pilot meets it.
TOOLS = (
    (_("Form that asks for a review"), "asked"),
    (_("Page on which contributors write"), "gathered"),
    (_("Standard template"), "compiled"),
    (_("The document itself"), "compiled"),
    (_("Page on which leaders approve"), "approved"),
    (_("Delivery, by link or in print"), "delivered"),
    (_("Meeting, with its calendar file"), "met"),
    (_("Questions to the customer by link"), "fed-back"),
    (_("List of follow-ups"), "followed-up"),
)  # fmt: skip

FUNCTIONS = (_("Product management"), _("Marketing"))  # the first whose contributors are engaged (P-23)
