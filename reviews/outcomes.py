"""What each step of a review leads to, as its page and its mail say it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.workflow.words import Outcome, tell_outcomes

from . import outcomes_feedback
from .models import (
    Approval,
    Deviation,
    Document,
    FollowUp,
    InformationRequest,
    Meeting,
    PrintOrder,
    ProcessVersion,
    ReviewRequest,
    Revision,
    TemplateVersion,
    TouchPoint,
)
from .pages.goes_out import after_approval


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    of_requests()
    of_sections()
    of_deviations()
    of_follow_ups()
    of_print_orders()
    of_meetings()
    of_library()
    outcomes_feedback.register()
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
        reinstate=Outcome(
            _("The template is published again"), _("New requests begin with it; those under way keep theirs.")
        ),
        unpublish=Outcome(_("The template is a draft again"), _("No new request begins with it; it can be worked on.")),
        discard=Outcome(_("The draft is discarded"), _("A new one begins from what is published.")),
    )
    tell_outcomes(
        ProcessVersion,
        publish=Outcome(_("The process is in force"), _("New reviews are bound to it; those under way keep theirs.")),
        retire=Outcome(_("This version of the process is retired"), _("No new review is bound to it.")),
        discard=Outcome(_("The draft of the process is discarded"), _("A new one begins from what is in force.")),
    )


def of_meetings() -> None:
    tell_outcomes(
        Meeting,
        hold=Outcome(_("The meeting was held"), _("Its notes can be made follow-ups.")),
        cancel=Outcome(_("The meeting is cancelled"), _("Whoever was invited is told; another can be planned.")),
    )


def of_follow_ups() -> None:
    tell_outcomes(
        FollowUp,
        start=Outcome(_("Work on it has begun"), _("It is due as before.")),
        finish=Outcome(_("It is done"), _("What came of it stands in the customer's next document.")),
        hand_over=Outcome(_("It is in other hands"), _("Whoever has it now does it by the day named.")),
        drop=Outcome(_("It is dropped"), _("The reason stands in the customer's next document.")),
        reopen=Outcome(_("It is open again"), _("It is to be done, and is asked about until it is.")),
    )


def of_print_orders() -> None:
    tell_outcomes(
        PrintOrder,
        send=Outcome(_("The printer has the order"), _("What becomes of it is said by the printer, or entered here.")),
        printed=Outcome(_("The copies are printed"), _("The shipment is entered next.")),
        ship=Outcome(_("The copies are on their way"), _("The review says so too.")),
        deliver=Outcome(_("The copies have arrived"), _("The review says so too; the meeting comes next.")),
        fail=Outcome(_("The order has stopped"), _("The program office reads why and hands it over again.")),
        try_again=Outcome(_("The order goes to the printer again"), _("You may leave; it goes on by itself.")),
        change=Outcome(_("The order is changed"), _("The printer gets the new ticket in place of the old.")),
        recall=Outcome(_("The order is recalled"), _("The printer is told where he has it already.")),
    )


def of_requests() -> None:
    meeting_next = _("The meeting comes next.")
    tell_outcomes(
        ReviewRequest,
        submit=Outcome(_("The request is submitted"), _("The program office accepts it or sends it back.")),
        recall=Outcome(_("The request is a draft again"), _("Change it, and submit it when it is right.")),
        send_back=Outcome(_("The request is sent back"), _("Its representative mends it and submits it again.")),
        accept=Outcome(_("The request is accepted"), _("Each section is asked of its contributor now.")),
        upgrade=Outcome(
            _("The review goes on with the newer template"), _("What was answered is kept; new sections are asked for.")
        ),
        upgrade_in_rework=Outcome(
            _("The review goes on with the newer template"), _("The leader’s word still waits for its answer.")
        ),
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


def of_deviations() -> None:
    tell_outcomes(
        Deviation,
        allow=Outcome(
            _("The deviation is allowed"), _("The document says it in place of the standard, marked as such.")
        ),
        refuse=Outcome(_("The deviation is refused"), _("The standard text stands.")),
        withdraw=Outcome(_("The deviation is withdrawn"), _("The standard text stands.")),
    )


def of_library() -> None:
    tell_outcomes(
        Revision,
        accept=Outcome(_("The text is current"), _("Documents say it from now on; what was sealed stays as it was.")),
        reject=Outcome(_("The text is rejected"), _("Its author reads why; the text in use stays in use.")),
        confirm=Outcome(_("The text still holds"), _("It is fresh until its owner is asked about it next.")),
        supersede=Outcome(_("The text is superseded"), _("Reviews that keep an older template version still say it.")),
    )
    tell_outcomes(
        TouchPoint,
        ask=Outcome(_("They are asked"), _("They have ten working days and are reminded twice; then their lead is told.")),
        confirm_unchanged=Outcome(
            _("You have confirmed your texts"), _("They are fresh until you are asked about them next.")
        ),
        report_change=Outcome(
            _("Your answers are in"), _("The program manager reads what is new; until it is accepted the old text stays in use.")
        ),
        answer=Outcome(_("Your answer is in"), _("The program manager reads it and answers.")),
        lapse=Outcome(_("The quarter is over without an answer"), _("Its texts are stale until somebody confirms them.")),
    )  # fmt: skip
