"""Taking the newer template for many reviews in one act, each looked at before."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.bulk.acts import ListAct
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.book import reading
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform

from .actions.upgrading import STEPS, Plan, plans_of
from .choices import TemplateStatus
from .models import ReviewRequest, TemplateVersion


class UpgradeMany(ListAct):
    """Each review takes the step of its own state, as the office would on its page."""

    def is_for(self, user: User) -> bool:
        return program_office(user)

    def meaning(self, bulk: Bulk) -> str:
        return _(
            "Each review goes on with the version that is published for its audience. What was answered is kept, new "
            "sections are asked for, and whoever is concerned is told."
        )

    def looks(self, objs: list[Any], by: User) -> list[tuple[bool, str]]:
        """What the step would do to each; templates, sections and answers are read once for all."""
        pks = {obj.template_id for obj in objs if obj.template_id}
        known = TemplateVersion.objects.in_bulk(pks)
        published = {one.audience: one for one in TemplateVersion.objects.filter(status=TemplateStatus.PUBLISHED)}
        with reading():
            for obj in objs:
                obj.template, obj.published_template = known.get(obj.template_id), published.get(obj.audience)
            shut = {obj.pk: why_not(obj) for obj in objs}
            plans = plans_of([Plan(obj, obj.newer_template, obj.template_id) for obj in objs if not shut[obj.pk]])
            said = {plan.request.pk: in_short(plan) for plan in plans}
        return [(not shut[obj.pk], shut[obj.pk] or said[obj.pk]) for obj in objs]

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        """Looked at once more; a version that nobody has looked at is not taken."""
        obj = ReviewRequest.objects.visible_to(by).filter(pk=row.object_id).first()
        if obj is None:
            raise Refused(_("There is nothing here that you can see."))
        if reason := why_not(obj):
            raise Refused(reason)
        newer = obj.newer_template
        if newer is None or published_since(newer, bulk):
            raise Refused(_("Another version was published since these were looked at. Choose them again."))
        done = perform(obj, STEPS[obj.status], by=by, seen=row.seen, key=f"bulk-{row.pk}", to=newer)
        row.data["entry"] = done.taken.entry.pk
        return _("goes on with version %(n)s") % {"n": newer.number}


def why_not(obj: ReviewRequest) -> str:
    """Why this review cannot take a newer version now; empty where it can."""
    if obj.status not in STEPS:
        return _("Only a review whose content is still open takes a newer template: %(state)s.") % {
            "state": obj.get_status_display()
        }
    step = ReviewRequest.declared_steps()[STEPS[obj.status]]
    return " ".join(obj.unmet(step))


def published_since(version: TemplateVersion, bulk: Bulk) -> bool:
    kind = ContentType.objects.get_for_model(TemplateVersion)
    came = LogEntry.objects.filter(content_type=kind, object_id=version.pk, after=TemplateStatus.PUBLISHED)
    return came.exclude(before=TemplateStatus.PUBLISHED).filter(at__gt=bulk.made_at).exists()


def in_short(plan: Plan) -> str:
    """To version 3: 1 section asked for, 4 kept, 1 given up, 1 deviation lapses."""
    words = [_("to version %(n)s") % {"n": plan.to.number}]
    for number, says in (
        (len(plan.asked), ngettext("%(n)d section asked for", "%(n)d sections asked for", len(plan.asked))),
        (len(plan.kept), ngettext("%(n)d kept", "%(n)d kept", len(plan.kept))),
        (len(plan.gone), ngettext("%(n)d given up", "%(n)d given up", len(plan.gone))),
        (len(plan.lapsed), ngettext("%(n)d deviation lapses", "%(n)d deviations lapse", len(plan.lapsed))),
    ):
        words += [says % {"n": number}] if number else []
    return ", ".join(words)


UPGRADE_MANY = UpgradeMany("reviews.upgrade", list_name="requests", label=gettext_lazy("Take the newer template"))
