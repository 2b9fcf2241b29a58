"""The charter's mails, declared."""

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.digest import part_of
from acr_program.outbox.kinds import ASKED, COLLEAGUES, declare

from .models import Receipt

declare("told", _("what the program tells you"), _("The program says what it expects; you confirm it."), group=ASKED)
part_of(Receipt, lambda row: row.communication)
declare("question", _("questions about the program"), _("Somebody asks the program manager, who answers."), group=ASKED)
declare("answer", _("answers to your questions"), _("The program office answers what you asked."), group=COLLEAGUES)
