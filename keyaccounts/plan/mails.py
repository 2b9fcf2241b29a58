"""The mails about account plans, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import CUSTOMERS, declare

declare("account_plan", _("an account plan, to the customer"), group=CUSTOMERS)
