"""What each step of a review leads to, as its page and its mail say it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.workflow.words import Outcome, tell_outcomes

from .models import Approval, Document, InformationRequest, ReviewRequest, TemplateVersion
from .pages.goes_out import after_approval


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    of_requests()
    of_sections()
    tell_outcomes(
        Document,
        rendered=Outcome(_("The document is rendered"), _("It goes to the leaders when the content is complete.")),
        failed=Outcome(_("The document could not be rendered"), _("The program office looks at what stopped it.")),
        render_again=Outcome(_("The document is being rendered again"), _("You may leave; it goes on by itself.")),
        seal=Outcome(_("The document is sealed"), _("Only the files of its manifest are handed out from now on.")),
        void=Outcome(_("This version is void"), _("Nobody can approve, print or open it for a customer any more.")),
    )
    tell_outcomes(
        Approval,
        approve=Outcome(
            _("You have approved"),
            _("The next leader is asked; after the last one the document goes out."),
            after_approval,
        ),
        ask_for_changes=Outcome(
            _("You have asked for changes"), _("The program office reads your word and answers it.")
        ),
        withdraw=Outcome(
            _("You have withdrawn your approval"), _("The program office reads your word; nothing goes out meanwhile.")
        ),
        lapse=Outcome(_("The approval has lapsed"), _("Nothing more is asked of the leader.")),
    )
    tell_outcomes(
        TemplateVersion,
        publish=Outcome(_("The template is published"), _("New requests begin with it; those under way keep theirs.")),
        retire=Outcome(_("The template is retired"), _("No new request begins with it.")),
    )


def of_requests() -> None:
    meeting_next = _("The meeting comes next.")
    tell_outcomes(
        ReviewRequest,
        submit=Outcome(_("The request is submitted"), _("The program office accepts it or sends it back.")),
        recall=Outcome(_("The request is a draft again"), _("Change it, and submit it when it is right.")),
        send_back=Outcome(_("The request is sent back"), _("Its representative mends it and submits it again.")),
        accept=Outcome(_("The request is accepted"), _("Each section is asked of its contributor now.")),
        start_compiling=Outcome(_("Compiling has begun"), _("The document is put together and rendered by itself.")),
        request_approval=Outcome(_("Approval is asked for"), _("The leaders read the document, one after the other.")),
        ask_for_changes=Outcome(
            _("A leader has asked for changes"), _("The program office answers it, and the leaders are asked again.")
        ),
        rework=Outcome(
            _("The review goes back to compiling"), _("A new version is made once every section is accepted again.")
        ),
        approve_all=Outcome(
            _("All leaders have approved"), _("The document is sealed and goes out the way it was asked for.")
        ),
        send_to_print=Outcome(_("The order for print is given"), _("The sealed files are printed, and no others.")),
        deliver_digital=Outcome(_("The customer has been sent the document"), meeting_next),
        ship=Outcome(_("The copies are on their way"), _("Whoever sees them arrive confirms the delivery.")),
        confirm_delivery=Outcome(_("The delivery is confirmed"), meeting_next),
        hold_meeting=Outcome(
            _("The meeting was held"), _("The program office closes the review with what the customer said.")
        ),
        close=Outcome(_("The review is closed"), _("Nothing more is asked of anybody.")),
        reopen=Outcome(
            _("The review is reopened"), _("Every approval is void, and a new version goes to the leaders.")
        ),
        cancel=Outcome(
            _("The review is cancelled"), _("What was asked of others is withdrawn, and the document is void.")
        ),
    )


def of_sections() -> None:
    tell_outcomes(
        InformationRequest,
        submit=Outcome(_("The section is handed in"), _("The program office reads it next.")),
        recall=Outcome(_("The section is yours again"), _("Write on, and hand it in when it is right.")),
        accept=Outcome(_("The section is accepted"), _("It goes into the document as it stands.")),
        reconsider=Outcome(_("The section is to be read again"), _("It goes into no document before it is accepted.")),
        send_back=Outcome(_("The section is sent back"), _("Its contributor mends it and hands it in again.")),
        waive=Outcome(_("The section is waived"), _("The review goes without it.")),
        ask_again=Outcome(_("The section is wanted after all"), _("Its contributor writes it.")),
        withdraw=Outcome(_("The section is not wanted any more"), _("Nothing has to be written.")),
    )
