"""The outbox's own mail, declared."""

from django.utils.translation import gettext_lazy as _

from .kinds import declare

declare("digest", _("your day in one mail"), sums_up=True)
