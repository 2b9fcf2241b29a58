"""The program in the navigation."""

from django.utils.translation import gettext_lazy as _

from acr_program.desk.commands import command
from acr_program.desk.glances import glance
from acr_program.desk.today import count_as
from acr_program.people.roles import anyone
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .glance import set_up_first
from .models import Alignment, Communication, Inquiry, Program, ProgramYear, Receipt, TrainingAssignment

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

say(
    Alignment, create=_("added the leader"), edit=_("changed the leader's alignment"), brief=_("noted the briefing"),
    agree=_("agreed"), ask=_("asked something first"), answer=_("answered"),
)  # fmt: skip
say(
    Communication, create=_("wrote the draft"), edit=_("changed the draft"), send=_("sent it"),
    withdraw=_("withdrew it"), tell_newcomers=_("asked those who came later"),
)  # fmt: skip
say(
    Receipt, create=_("asked for a confirmation"), edit=_("changed the receipt"), confirm=_("confirmed it"),
    waive=_("waived the confirmation"), lapse=_("let it lapse"),
)  # fmt: skip
tell_outcomes(
    Alignment,
    brief=Outcome(_("The briefing is noted"), _("The leader is asked to agree, or to say what they ask.")),
    agree=Outcome(_("Agreed"), _("The leader stands behind the program.")),
    ask=Outcome(_("The question is with the program manager"), _("The leader is asked again once it is answered.")),
    answer=Outcome(_("It is answered"), _("The leader is asked to agree.")),
)
tell_outcomes(
    Communication,
    send=Outcome(_("It is sent"), _("Everybody whom it is for is asked to confirm it.")),
    tell_newcomers=Outcome(_("Those who came later are asked"), _("Each of them is asked to confirm it.")),
    withdraw=Outcome(_("It is withdrawn"), _("Nobody has to confirm it any more.")),
)
tell_outcomes(
    Receipt,
    confirm=Outcome(_("Confirmed"), _("The program office sees that you know it.")),
    waive=Outcome(_("The confirmation is waived"), _("The program goes on without it.")),
    lapse=Outcome(_("It has lapsed"), _("What it confirms was withdrawn.")),
)

say(
    TrainingAssignment, create=_("was assigned the training"), edit=_("changed the training"),
    complete=_("noted that it is completed"), waive=_("waived the training"),
)  # fmt: skip
tell_outcomes(
    TrainingAssignment,
    complete=Outcome(_("The training is completed"), _("It counts where a meeting is set.")),
    waive=Outcome(_("The training is waived"), _("Nobody is warned of it any more.")),
)

say(
    Inquiry, create=_("asked the program office"), edit=_("changed the question"), answer=_("answered"),
    hand_on=_("gave it to an administrator"), add=_("added something"), ask_again=_("asked again"),
    settle=_("closed the question"), withdraw=_("took the question back"),
)  # fmt: skip
tell_outcomes(
    Inquiry,
    answer=Outcome(_("The question is answered"), _("Whoever asked is told.")),
    hand_on=Outcome(_("It is handed on"), _("The administrator is told, and answers.")),
    add=Outcome(_("It is added"), _("Whoever answers reads it with your question.")),
    ask_again=Outcome(_("It is asked again"), _("The program manager answers.")),
    settle=Outcome(_("The question is closed"), _("Whoever asked can ask again at any time.")),
    withdraw=Outcome(_("The question is taken back"), _("Nobody has to answer it any more.")),
)
count_as("questions", Inquiry)
command(_("Ask the program office"), "charter:ask", "comment", anyone, _("help, contact, question"))

nav.entry(_("My part"), "charter:my-part", "check", "program", order=55)
nav.entry(_("The program"), "charter:home", "shield", "program", order=60)
nav.entry(_("Questions"), "charter:questions", "comment", "program", order=65, count="questions")
nav.entry(_("Functions"), "charter:functions", "list", "program", order=70)
glance(set_up_first)
