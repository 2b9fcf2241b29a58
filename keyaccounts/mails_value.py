"""The mails about what customers get and are told, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, CUSTOMERS, NEWS, declare

declare("expectations", _("what is expected and promised, to the customer"), group=CUSTOMERS)
declare("farewell", _("the end of a status, to the customer"), group=CUSTOMERS)
declare(
    "expectations_confirmed", _("what a customer confirmed"), _("A customer confirms what is expected."), group=NEWS
)
declare(
    "value_to_know", _("what customers of the programme get"),
    _("You answer for a function, and are asked whether it knows what they get."), group=ASKED,
)  # fmt: skip
