"""What the desk puts into the navigation, and the one count that stands on it."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.roles import overseers, program_office
from acr_program.ui import nav
from acr_program.ui.known import view_with

from .keeping import views_of
from .late import GIVEN_UP, HELD, LATE, UNDELIVERED, given_up, held_mails, late_obligations, undelivered_mails
from .today import counts
from .watches import watch

nav.entry(_("Today"), "desk:today", "home", order=0, count="today")
nav.entry(_("People"), "desk:people", "people", "program", order=80)
nav.entry(_("Exceptions"), "desk:exceptions", "bell", "office", order=5, visible=overseers)
nav.entry(_("What is late"), "desk:late", "clock", "office", order=10, visible=overseers)
nav.entry(_("Messages"), "desk:messages", "mail", "bar", order=10)
nav.entry(_("My page"), "desk:mine", "person", "me", order=10)
nav.entry(_("My settings"), "desk:me", "settings", "me", order=20)
nav.count_with(counts)
view_with(views_of)

watch("late", _("Late"), late_obligations, "desk:late", telling=LATE)
watch("jobs", _("Given up"), given_up, "health", telling=GIVEN_UP)
watch(
    "mail", _("Not sent"), undelivered_mails, "outbox:list", query="state=failed", telling=UNDELIVERED, reads=program_office,
)  # fmt: skip
watch(
    "held", _("Held mails"), held_mails, "outbox:list", query="state=held", tone="warn", telling=HELD, reads=program_office,
)  # fmt: skip
