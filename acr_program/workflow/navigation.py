"""The machines in the office's navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.roles import overseers
from acr_program.ui import nav

nav.entry(_("Machines"), "workflow:machines", "cycle", "office", order=70, visible=overseers)
