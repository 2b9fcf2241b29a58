"""Outgoing mail in the office's navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.roles import program_office
from acr_program.ui import nav

nav.entry(_("Outgoing mail"), "outbox:list", "mail", "office", order=40, visible=program_office)
