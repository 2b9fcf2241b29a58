"""The mails about account plans, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, CUSTOMERS, NEWS, REMINDERS, declare

declare("account_plan", _("an account plan, to the customer"), group=CUSTOMERS)
declare("account_team", _("the team card of an account, to the customer"), group=CUSTOMERS)
declare(
    "plan_to_read", _("account plans that you are to see"),
    _("You are on the list of those who must see an account plan, or a new version of it was shared."), group=ASKED,
)  # fmt: skip
declare(
    "plan_proposal", _("what a customer proposes to an account plan"),
    _("A customer would say something in your plan in other words, and waits for an answer."), group=ASKED,
)  # fmt: skip
declare(
    "plan_late", _("late work of an account plan"),
    _("Something in an account plan is late, and you stand on its escalation ladder."), group=REMINDERS,
)  # fmt: skip
declare(
    "plan_rescue", _("a rescue plan that was started"),
    _("An account may be lost, and you are named in its rescue plan or answer for the account."), group=ASKED,
)  # fmt: skip
declare(
    "team_card", _("team cards of accounts"), _("The roles on the team of one of your accounts are published."), group=NEWS
)  # fmt: skip
