"""What the steps of feedback and suggestions lead to, as their pages and mails say it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.workflow.words import Outcome, tell_outcomes

from .models import CustomerFeedback, RepFeedback, StarPerformer, Suggestion


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    tell_outcomes(
        CustomerFeedback,
        ask=Outcome(_("The customer is asked"), _("A link to the five questions is on its way.")),
        remind=Outcome(_("The customer is reminded"), _("They are not reminded again.")),
        answer=Outcome(_("The customer has answered"), _("The program office closes the review with it.")),
        void=Outcome(_("The answer is void"), _("It counts nowhere, and the customer can be asked anew.")),
        lapse=Outcome(_("The customer has not answered"), _("The review is closed, and nothing more is asked.")),
    )
    tell_outcomes(
        RepFeedback,
        give=Outcome(_("You have said how the meeting went"), _("The program office closes the review with it.")),
        suggest=Outcome(_("Your suggestion is handed on"), _("The program manager answers it.")),
    )
    tell_outcomes(
        StarPerformer,
        confirm=Outcome(
            _("The star performer is confirmed"), _("Each quarter they are asked what their meetings taught.")
        ),
        decline=Outcome(_("The nomination is declined"), _("Whoever nominated them is told why.")),
        end=Outcome(_("They are no star performer any more"), _("They and whoever nominated them are told why.")),
    )
    tell_outcomes(
        Suggestion,
        adopt=Outcome(_("The suggestion is adopted"), _("Whoever made it is told.")),
        decline=Outcome(_("The suggestion is declined"), _("Whoever made it is told why.")),
    )
