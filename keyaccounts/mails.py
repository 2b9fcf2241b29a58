"""The mails of key accounts, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, NEWS, declare

declare(
    "nominated",
    _("an account nominated for the programme"),
    _("An account is nominated; it waits for a veto or the first filter."),
    group=ASKED,
)
declare(
    "nominations_open",
    _("a new round of nominations"),
    _("Accounts can be nominated for the programme, until the day that the mail names."),
    group=NEWS,
)
