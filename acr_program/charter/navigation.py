"""The program in the navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.desk.glances import glance
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .glance import set_up_first
from .models import Program, ProgramYear

say(
    Program, create=_("set up the program"), edit=_("changed the program"), start_pilot=_("started the pilot"),
    roll_out=_("rolled the program out"),
)  # fmt: skip
say(
    ProgramYear, create=_("added the year"), edit=_("changed the year"), announce=_("announced the year"),
    start=_("started the year"), close=_("closed the year"),
)  # fmt: skip

tell_outcomes(
    Program,
    start_pilot=Outcome(_("The pilot has begun"), _("The accounts of the pilot may have reviews now.")),
    roll_out=Outcome(_("The program is rolled out"), _("Every active account may have a review now.")),
)
tell_outcomes(
    ProgramYear,
    announce=Outcome(_("The year is announced"), _("Reviews can be requested once it is started.")),
    start=Outcome(_("The year has begun"), _("Its reviews can be requested now.")),
    close=Outcome(_("The year is closed"), _("No new review of it begins; those under way go on.")),
)

nav.entry(_("The program"), "charter:home", "shield", "program", order=60)
nav.entry(_("Functions"), "charter:functions", "list", "program", order=70)
glance(set_up_first)
