from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from acr_program.bulk.acts import register
        from acr_program.outbox.ways import way_in
        from acr_program.workflow.registry import after, edit_door

        from . import intake, leading, lists, navigation, navigation_work, outcomes, panels  # noqa: F401 (lists are known by name)
        from .actions import (
            approving,
            by_link,
            compiling,
            delivering,
            drafting,
            following,
            gather,
            handing_over,
            yearly,
        )
        from .forms.request import KEPT
        from .models import Approval, InformationRequest, ReviewRequest
        from .pages.request_page import may_designate, may_edit

        register(yearly.YEARLY)
        intake.hand_in()
        way_in(InformationRequest, by_link.way_to_write)
        way_in(Approval, by_link.way_to_decide)
        navigation.register()
        edit_door(ReviewRequest, (*KEPT, "year"), may_edit)
        edit_door(ReviewRequest, ("approver_designated",), may_designate)
        after("reviewrequest.accept", gather.ask_contributors)
        after("informationrequest.accept", gather.section_settled)
        after("informationrequest.waive", gather.section_settled)
        after("informationrequest.send_back", gather.section_reopened)
        after("informationrequest.reconsider", gather.section_reopened)
        after("informationrequest.ask_again", gather.section_reopened)
        after("informationrequest.submit", drafting.drop_drafts)
        after("informationrequest.waive", drafting.drop_drafts)
        after("informationrequest.withdraw", drafting.drop_drafts)
        after("reviewrequest.start_compiling", gather.go_without)
        after("reviewrequest.start_compiling", compiling.compile_first)
        after("reviewrequest.rework", compiling.rework)
        after("reviewrequest.reopen", compiling.rework)
        after("reviewrequest.cancel", compiling.withdraw_everything)
        after("document.render_again", compiling.render_again)
        after("document.rendered", compiling.approval_when_ready)
        after("document.void", delivering.revoke_links)
        after("reviewrequest.request_approval", approving.ask_approvers)
        after("approval.approve", approving.approved)
        after("approval.ask_for_changes", approving.changes_asked)
        after("approval.withdraw", approving.withdrawn)
        after("reviewrequest.approve_all", approving.seal_and_send)
        after("reviewrequest.deliver_digital", delivering.send_link)
        after("account.close", delivering.cancel_all)
        after("account.edit", handing_over.follow_manager)
        following.register()
        navigation_work.register()
        panels.register()
        outcomes.register()
        leading.register()
