"""Health in the office's navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.roles import overseers
from acr_program.ui import nav

nav.entry(_("Health"), "health", "eye", "office", order=90, visible=overseers)
