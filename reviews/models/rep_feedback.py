"""What the sales representative says of the meeting: what worked, and what did not (R-25)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices_feedback import RepStatus as S
from .request import ReviewRequest

FORMS = "reviews.forms.feedback"


class RepFeedbackQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> RepFeedbackQuerySet:
        """Whoever sees the review."""
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def for_page(self) -> RepFeedbackQuerySet:
        return self.select_related("request__account", "request__year", "request__rep__reports_to", "said_by")


class RepFeedback(Machine):
    """What the representative is asked once the meeting is held; what they suggest goes to the program manager."""

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep__reports_to")

    request = models.OneToOneField(
        ReviewRequest, models.PROTECT, related_name="said_by_rep", verbose_name=_("review request")
    )
    worked = models.TextField(_("what worked"), max_length=4000, blank=True)
    did_not = models.TextField(_("what did not"), max_length=4000, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said at"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.ASKED, protected=True)

    objects = RepFeedbackQuerySet.as_manager()
    suggested: tuple[str, str] = ("", "")  # about what, and the words: the consequence of the step begins the row

    BEGINS_AWAITS = (
        Await(_("Say what worked in the meeting and what did not"), rules.the_rep_of_it, "give", days=3, remind=2, escalate=6),
    )  # fmt: skip

    class Meta:
        verbose_name = _("representative’s feedback")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="rep_feedback_status_known"),
            models.CheckConstraint(condition=~Q(status=S.GIVEN) | ~Q(worked=""), name="rep_feedback_given_has_words"),
        )

    def __str__(self) -> str:
        return gettext("Representative’s feedback · %(request)s") % {"request": self.request}

    def get_absolute_url(self) -> str:
        return address_of("reviews:rep-feedback", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @step(
        status, S.ASKED, S.GIVEN, label=_("Say how it went"), by=[rules.rep_of_review], form=f"{FORMS}.RepFeedbackForm"
    )
    def give(self, *, by: User, worked: str, did_not: str = "", about: str = "", words: str = "") -> None:
        """What worked and what did not; a suggestion goes to the program manager."""
        self.worked, self.did_not, self.suggested = worked, did_not, (about, words)
        self.said_by, self.said_at = by, now()

    @step(
        status, S.GIVEN, S.GIVEN, label=_("Suggest one more change"), by=[rules.rep_of_review], kind="quiet",
        form=f"{FORMS}.SuggestionForm",
    )  # fmt: skip
    def suggest(self, *, by: User, about: str, words: str) -> None:
        """Another suggestion for the template or the process; what was said of the meeting stands."""
        self.suggested = about, words
