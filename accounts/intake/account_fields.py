"""What a CRM may tell of an account, and the headings under which it usually does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.intake.fields import Field

from ..choices import Theater

FIELDS = (
    Field(
        "code",
        _("Customer number"),
        required=True,
        max_length=40,
        headings=("customer id", "customer no", "account id", "account number", "account no", "Kundennummer"),
    ),
    Field(
        "name",
        _("Name"),
        required=True,
        headings=("company name", "account name", "company", "customer", "customer name", "Firma", "Kunde"),
    ),
    Field("business_unit", _("Business unit"), max_length=80, headings=("unit", "division")),
    Field("sector", _("Sector"), max_length=80, headings=("industry", "branch", "Branche")),
    Field(
        "theater",
        _("Theater"),
        "choice",
        choices=tuple(Theater.choices),
        help=_("Without it, it follows from the country."),
    ),
    Field("country", _("Country"), max_length=60, headings=("Land",)),
    Field("region", _("Region"), max_length=60, headings=("state", "province", "Bundesland")),
    Field("city", _("City"), max_length=80, headings=("town", "Ort", "Stadt")),
    Field("street", _("Street"), max_length=160, headings=("address", "Adresse", "Straße")),
    Field("postcode", _("Postcode"), max_length=20, headings=("postal code", "zip", "zip code", "PLZ")),
    Field(
        "customer_since",
        _("Customer since"),
        "date",
        past=True,
        headings=("first order", "since", "customer from", "Kunde seit"),
        help=_("A new account with such a day begins as active, one without as a prospect."),
    ),
    Field(
        "manager",
        _("Account manager’s e-mail address"),
        "email",
        headings=("account manager email", "account manager", "owner email", "owner", "sales rep email", "Betreuer"),
    ),
    Field("contact_name", _("Main contact"), max_length=120, headings=("contact", "contact person", "Ansprechpartner")),
    Field("contact_title", _("Main contact’s job title"), max_length=120, headings=("contact position",)),
    Field("contact_email", _("Main contact’s e-mail address"), "email", headings=("email", "e-mail", "contact e-mail")),
    Field("contact_phone", _("Main contact’s phone"), max_length=40, headings=("phone", "telephone", "Telefon")),
)
