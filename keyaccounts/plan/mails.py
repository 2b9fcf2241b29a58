"""The mails about account plans, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, CUSTOMERS, REMINDERS, declare

declare("account_plan", _("an account plan, to the customer"), group=CUSTOMERS)
declare(
    "plan_late", _("late work of an account plan"),
    _("Something in an account plan is late, and you stand on its escalation ladder."), group=REMINDERS,
)  # fmt: skip
declare(
    "plan_rescue", _("a rescue plan that was started"),
    _("An account may be lost, and you are named in its rescue plan or answer for the account."), group=ASKED,
)  # fmt: skip
