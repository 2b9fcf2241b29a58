"""The mails of key accounts, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, declare

declare(
    "nominated",
    _("an account nominated for the programme"),
    _("An account is nominated; it waits for a veto or the first filter."),
    group=ASKED,
)
