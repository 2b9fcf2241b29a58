"""The mails of pilots, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import ASKED, declare

declare(
    "pilot",
    _("an account proposed for a pilot"),
    _("An account is proposed; you say what only you can say."),
    group=ASKED,
)
