"""What a row may tell of a request: all that its form asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.intake.lookup import ACCOUNT
from acr_program.intake.fields import Field

from ..choices import Audience, Delivery

FIELDS = (
    ACCOUNT,
    Field("year", _("Program year"), required=True, max_length=12, headings=("program year", "review year", "Jahr")),
    Field(
        "audience", _("Audience"), "choice", required=True, choices=tuple(Audience.choices), headings=("for whom", "review for"),
    ),
    Field("meeting_on", _("Meeting on"), "date", required=True,
          headings=("meeting date", "meeting day", "meeting", "date", "day", "Termin")),
    Field("meeting_place", _("Place"), max_length=160, headings=("meeting place", "location", "where", "Ort")),
    Field("goal", _("What the meeting should achieve"), max_length=2000, headings=("objective", "purpose", "Ziel"),
          help=_("Without it, that of the yearly rule; the representative says it better.")),
    Field("short_notice_reason", _("Why it must be sooner"), max_length=300, headings=("why on short notice", "reason")),
    Field("delivery", _("Delivery"), "choice", choices=tuple(Delivery.choices), help=_("Without it, digital.")),
    Field("recipient", _("Recipient at the customer"), max_length=254, headings=("recipient e-mail", "contact", "Empfänger"),
          help=_("By name or e-mail address, as on the account’s page. Without it, the main contact.")),
    Field("copies", _("Copies"), "integer", headings=("printed copies", "number of copies", "Exemplare")),
    Field("ship_to", _("Deliver the copies to"), max_length=300, headings=("ship to", "delivery address", "Lieferadresse"),
          help=_("For printed copies; without it, the account’s address.")),
)  # fmt: skip
