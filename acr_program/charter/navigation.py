"""The program in the navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.ui import nav

nav.entry(_("The program"), "charter:home", "shield", "program", order=60)
nav.entry(_("Functions"), "charter:functions", "list", "program", order=70)
