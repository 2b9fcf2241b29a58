"""What the office watches of the reviews, and what runs by itself with its way by hand (R-20)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.desk.overriding import override
from acr_program.desk.telling import Telling, line
from acr_program.desk.watches import watch
from acr_program.people.choices import Role
from acr_program.workflow.log import LogEntry

from . import schedule
from .choices import ENDED, Audience, ContributionStatus, DocumentStatus, PrintStatus
from .choices import RequestStatus as S
from .models import (
    ContentItem,
    Deviation,
    Document,
    InformationRequest,
    PrintAlarm,
    PrintOrder,
    ReviewRequest,
    Revision,
    Slip,
)
from .tokens import spoken

RENDER = "reviews.document.render_again"


def at(name: str) -> Any:
    """The page of one thing by its key."""
    return lambda key: reverse(f"reviews:{name}", args=[key])


def named(path: str = "request__") -> Concat:
    return Concat(F(f"{path}account__name"), Value(", "), F(f"{path}year__label"))


def since() -> Subquery:
    """When a row came into its state, as the log has it."""
    kinds = OuterRef("kind_of_it")
    steps = LogEntry.objects.filter(content_type=kinds, object_id=OuterRef("pk")).exclude(before=F("after"))
    return Subquery(steps.order_by("-version").values("at")[:1])


def with_kind(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, each knowing the kind of thing it is, as the log names it."""
    return rows.annotate(kind_of_it=Value(ContentType.objects.get_for_model(rows.model).pk))


def failed_documents() -> QuerySet[Any]:
    """The latest documents of reviews that could not be rendered."""
    return Document.objects.filter(status=DocumentStatus.FAILED).exclude(request__status__in=ENDED)


def returned() -> list[QuerySet[Any]]:
    """What was handed back and waits for somebody to mend it."""
    sections = InformationRequest.objects.filter(status=ContributionStatus.RETURNED)
    return [with_kind(ReviewRequest.objects.filter(status__in=[S.RETURNED, S.CHANGES_REQUESTED])), with_kind(sections)]


def stale_texts() -> QuerySet[Any]:
    """Standard text in use that nobody's word keeps fresh any more."""
    return Revision.objects.stale(localdate()).filter(item__in=ContentItem.objects.in_use())


def held_back() -> QuerySet[Any]:
    """Approved, and not gone out: what it needs to be delivered is missing."""
    return with_kind(ReviewRequest.objects.filter(status=S.APPROVED))


def failed_orders() -> QuerySet[Any]:
    """Print orders that could not be handed over, or that the printer says are stuck."""
    return with_kind(PrintOrder.objects.filter(status=PrintStatus.FAILED))


def waiting_deviations() -> QuerySet[Any]:
    """What the program manager has to allow or refuse."""
    return with_kind(Deviation.objects.waiting())


def of_whom() -> Concat:
    """For which audience the text is, and whose it is."""
    audience = Case(
        *(When(item__audience=one.value, then=Value(str(one.label))) for one in Audience), default=Value("")
    )
    owner = Coalesce(F("item__function__contributor__name"), Value(str(Role.MANAGER.label)))
    return Concat(audience, Value(" · "), owner, output_field=TextField())


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    stages = Case(*(When(stage=key, then=Value(str(label))) for key, label in schedule.STAGES), default=Value(""))
    of_request = Telling(_("See what is asked"), at("request"), since(), named(""), F("rep__name"))
    watch(
        "slipped", _("Slipped"), Slip.objects.standing, telling=Telling(
            _("See who has it"), at("request"), "safe_on", named(), line(stages, "request__rep__name"),
            F("request"),
        ),
    )  # fmt: skip
    watch("returned", _("Returned requests"), lambda: returned()[0], telling=of_request)
    watch(
        "returned-sections", _("Returned sections"), lambda: returned()[1], telling=Telling(
            _("See what is asked"), at("contribution"), since(), named(),
            line("section__title", "contributor__name"),
        ),
    )  # fmt: skip
    watch(
        "deviations", _("Deviations waiting"), waiting_deviations, "reviews:deviations", query="state=proposed",
        tone="warn", telling=Telling(
            _("Allow or refuse it"), at("deviation"), since(), named(),
            line("section__title", "reason"),
        ),
    )  # fmt: skip
    watch(
        "documents", _("Not rendered"), failed_documents, telling=Telling(
            _("Render it again"), at("document"), "begun_at", named(), F("error")
        ),
    )  # fmt: skip
    watch(
        "print-late", _("Copies in danger"), PrintAlarm.objects.standing, "reviews:print-orders", query="day=alarm",
        telling=Telling(
            _("Ask where they are"), at("print-order"), "raised_at", named("order__request__"), F("order__request__rep__name"),
            F("order"),
        ),
    )  # fmt: skip
    watch(
        "print-failed", _("Print orders stopped"), failed_orders, "reviews:print-orders", query="state=failed",
        telling=Telling(_("Mend it and hand it over again"), at("print-order"), since(), named(), F("problem")),
    )  # fmt: skip
    watch(
        "held-back", _("Not delivered"), held_back, telling=Telling(
            _("See what is missing"), at("request"), since(), named(""), F("rep__name")
        ),
    )  # fmt: skip
    watch(
        "stale", _("Stale"), stale_texts, "reviews:library", query="fresh=stale", tone="warn", telling=Telling(
            _("Say that it holds, or change it"), at("library-item"), "fresh_until", "item__title", of_whom(),
            F("item"), spoken,
        ),
    )  # fmt: skip
    overrides()


def overrides() -> None:
    """The five tasks that the program takes from the office (R-21 to R-25), and what else the clock does."""
    request = "reviews.reviewrequest."
    office = _("the program office")
    override(
        "creating", _("Requests are created"), _("yearly by rule, by form, from a file"),
        page=_("Requests → Request a review, or Imports"), who=_("a sales representative, or the program office"),
    )  # fmt: skip
    override(
        "accept",
        _("A request that meets every rule is accepted"),
        _("where the program says so"),
        step=request + "accept",
    )
    override(
        "tracking",
        _("Compiling begins with the last section"),
        _("stages follow events"),
        step=request + "start_compiling",
    )
    override(
        "approval",
        _("Approval is asked for"),
        _("as soon as the document is rendered"),
        step=request + "request_approval",
    )
    override("render", _("The document is rendered"), _("with each new version"), step=RENDER)
    override("print", _("The order for print goes out"), _("with the last approval"), step=request + "send_to_print")
    override(
        "hand-over", _("The printer gets ticket and file"), _("as soon as copies are ordered"),
        step="reviews.printorder.send",
    )  # fmt: skip
    override(
        "deliver", _("The customer is sent the link"), _("with the last approval"), step=request + "deliver_digital"
    )
    override("follow", _("A review is closed"), _("30 days after its meeting"), step=request + "close")
    override(
        "remind", _("Reminders and escalations are mailed"), _("beside the day something is due"),
        page=_("“Send it again” on the mail’s page; a comment that names somebody"), who=office,
    )  # fmt: skip
    override(
        "slip", _("A stage that slipped is told"), _("within half an hour"), page=_("the days on the request’s page"),
        who=_("everybody who reads it"),
    )  # fmt: skip
