from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from accounts.actions import bar
        from acr_program.bulk.acts import register
        from acr_program.outbox.ways import way_in
        from acr_program.workflow.registry import after, edit_door, gate

        from . import (  # noqa: F401 (lists are known by name)
            accountable,
            exceptions,
            intake,
            leading,
            lists,
            lists_consistency,
            lists_feedback,
            lists_library,
            lists_process,
            lists_voices,
            mails,
            navigation,
            navigation_work,
            outcomes,
            panels,
            readiness,
        )
        from .actions import (  # noqa: F401 (duties are known by name)
            approving,
            by_link,
            compiling,
            delivering,
            deviating,
            drafting,
            feedback,
            follow_ups,
            following,
            gather,
            handing_over,
            library,
            meeting,
            print_alarms,
            printing,
            showing,
            slipping,
            touching,
            trials,
            upgrading,
            voices,
            waiving,
            yearly,
        )
        from .approving_many import APPROVE_MANY
        from .evidence import taking
        from .forms.request import KEPT
        from .models import Approval, InformationRequest, ReviewRequest, TouchPoint
        from .pages import meeting_page
        from .pages.request_page import may_designate, may_edit
        from .upgrading_many import UPGRADE_MANY

        register(yearly.YEARLY)
        register(APPROVE_MANY)
        register(UPGRADE_MANY)
        intake.hand_in()
        way_in(InformationRequest, by_link.way_to_write)
        way_in(Approval, by_link.way_to_decide)
        way_in(TouchPoint, by_link.way_to_touch)
        mails.register()
        navigation.register()
        edit_door(ReviewRequest, (*KEPT, "year"), may_edit)
        edit_door(ReviewRequest, ("approver_designated",), may_designate)
        gate("reviewrequest.start_compiling").add(waiving.fresh_enough)
        after("templateversion.publish", library.take_texts)
        after("revision.accept", library.put_in_use)
        after("touchpoint.ask", touching.put_questions)
        after("touchpoint.confirm_unchanged", touching.all_unchanged)
        after("touchpoint.report_change", touching.take_answers)
        after("touchpoint.answer", touching.drop_draft)
        after("touchpoint.lapse", touching.go_stale)
        after("reviewrequest.accept", meeting.plan_with_review)
        after("reviewrequest.accept", gather.ask_contributors)
        after("reviewrequest.upgrade", upgrading.upgraded)
        after("reviewrequest.upgrade_in_rework", upgrading.upgraded)
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
        after("reviewrequest.cancel", deviating.withdraw_proposed)
        after("deviation.allow", deviating.deviation_allowed)
        after("deviation.refuse", deviating.deviation_left_out)
        after("deviation.withdraw", deviating.deviation_left_out)
        after("reviewrequest.cancel", following.approvals_end)
        after("reviewrequest.close", following.approvals_end)
        after("document.render_again", compiling.render_again)
        after("document.rendered", compiling.approval_when_ready)
        after("document.void", delivering.revoke_links)
        after("reviewrequest.request_approval", approving.ask_approvers)
        after("approval.approve", showing.decided)
        after("approval.approve", approving.approved)
        after("approval.ask_for_changes", showing.decided)
        after("approval.ask_for_changes", approving.changes_asked)
        after("approval.withdraw", approving.withdrawn)
        after("reviewrequest.approve_all", approving.seal_and_send)
        after("reviewrequest.send_to_print", printing.order_print)
        after("reviewrequest.ship", printing.review_shipped)
        after("reviewrequest.confirm_delivery", printing.review_delivered)
        after("printorder.try_again", printing.hand_over)
        after("printorder.change", printing.hand_over)
        after("printorder.recall", printing.recalled)
        after("printorder.ship", printing.shipped)
        after("printorder.deliver", printing.delivered)
        after("document.void", printing.document_void)
        after("reviewrequest.deliver_digital", delivering.send_link)
        after("reviewrequest.deliver_digital", follow_ups.begin_from_commitments)
        after("reviewrequest.confirm_delivery", follow_ups.begin_from_commitments)
        after("reviewrequest.hold_meeting", meeting.held)
        after("reviewrequest.cancel", meeting.cancel_with_review)
        after("meeting.cancel", meeting.cancelled)
        after("reviewrequest.hold_meeting", feedback.begin_asking)
        after("reviewrequest.close", feedback.stop_asking)
        after("customerfeedback.ask", feedback.send_questions)
        after("customerfeedback.remind", feedback.send_questions)
        after("customerfeedback.void", feedback.close_links)
        after("customerfeedback.lapse", feedback.close_links)
        after("repfeedback.give", feedback.begin_suggestion)
        after("repfeedback.suggest", feedback.begin_suggestion)
        after("account.close", delivering.cancel_all)
        after("account.edit", handing_over.follow_manager)
        after("account.hand_over", handing_over.tell_manager)
        bar(handing_over.deciders)
        after("touchpoint.answer", voices.suggested_with_lesson)
        touching.asks_stars(voices.stars_of_the_day)
        following.register()
        navigation_work.register()
        panels.register()
        meeting_page.register()
        readiness.register_own()
        accountable.register()
        exceptions.register()
        outcomes.register()
        leading.register()
        taking.register()
