"""What is asked about nominations and the calling of a panel."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Long
from acr_program.workflow.forms import StepForm


class CallPanelForm(StepForm):
    """Before the year is over only with the reason, which is kept as the exception (K-11)."""

    comment = Long(label=_("Why before the year is over"), rows=4, required=False, max_length=4000)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        ends = self.obj.incubating_until
        if ends and localdate() < ends and not given.get("comment"):
            self.add_error("comment", _("The year is not over: say why the panel is called before its end."))
        return given
